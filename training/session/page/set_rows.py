"""The set rows of the workout page as text: what was done, what to aim for, or what was typed and refused."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from decimal import Decimal
from typing import NamedTuple

from exercises.models import Loading
from metricgain.numbers import plain
from training.models import Prescription
from training.models.done_set import DoneSet
from training.session.forms import SetForm
from training.session.page.phone_words import aim_words, difference_words, in_milliseconds, say
from training.session.page.reading import SessionExercise
from training.session.page.targets import SetTargets

# The label of the weight field where the number is not simply the weight.
WEIGHT_LABELS: dict[str, str] = {Loading.ADDED: "Added", Loading.ASSISTED: "Help", Loading.BODYWEIGHT: "Added"}


@dataclass(frozen=True, slots=True, kw_only=True)
class SetRow:
    """A set: done, or still to do. The page calls it "set 3" by its order. Its set number may differ from that, and so
    may the number in its address (`own_exercise.merged_places`).

    A page has thirty of these rows, so each holds all it shows as text: a template that looks up missing values or
    builds sentences takes longer than one that prints text."""

    key: str  # identifies the row on the page
    number: int
    sign: str  # shown before the row: its order, or "+" where it continues a set
    name: str  # "Lat Pulldown, set 3"
    words: str  # "set 3 of Lat Pulldown"
    url: str  # where it is stored
    unit: str
    weight_label: str
    done: DoneSet | None = None
    set_type: str = ""
    extends: str = ""  # the number, in its address, of the set that it continues
    may_go_on: bool = False  # whether a drop or myo-reps can continue it
    weight: str = ""
    reps: str = ""  # of a hold, its seconds: the field has one name, by which phones post it
    rir: str = ""
    aim: str = ""  # the reps to aim for
    probably: str = ""  # the reps to expect of the first set
    open: bool = False  # whether it asks for as many reps as the lifter has
    hint: str = ""  # the same set of the last session
    last_weight: str = ""
    last_reps: str = ""
    last_unit: str = ""
    difference: str = ""  # how a done set differs from it: "+1 rep", "+2.5 kg"
    record: bool = False  # whether no set before had both at least its weight and at least its reps
    errors: dict[str, str] = field(default_factory=dict)  # by field, what is wrong with what was typed

    @property
    def done_at(self) -> str:
        """When it was done, in milliseconds."""
        return in_milliseconds(self.done.performed_at) if self.done else ""

    @property
    def rounded(self) -> str:
        """The sentence after a weight was typed with more decimals than are stored."""
        return say("rounded", weight=self.weight, unit=self.unit)


class SetPlace(NamedTuple):
    """A set at its place in the exercise. `weight` and `reps`: as done, else as aimed for."""

    number: int
    order: int  # 1, 2, 3...; a drop or myo-rep row has the order of the set before it
    done: DoneSet | None
    last: DoneSet | None  # the set at this place in the last session
    weight: Decimal | None
    reps: int | None  # of a hold, its seconds


def rows_of(
    one: SessionExercise,
    targets: SetTargets | None,
    *,
    session_url: str,
    unit: str,
    kind: str,
    records: set[int],
    refused: SetForm | None,
) -> Iterator[SetRow]:
    """Yields a row for each set, done and to do, and then one for another set. `kind`: the kind of the grid. `records`:
    the set numbers of the records."""
    exercise, numbers = one.exercise, one.numbers
    typed = _number_of(refused, one, numbers) if refused else None
    label = WEIGHT_LABELS.get(exercise.loading, "Weight")
    for place in places_of(one, numbers, targets):
        number, order, done, last, _, reps = place
        of, called = one.name_of(number)
        set_type = done.set_type if done else ""
        nth = say("nth" if not done or done.counts else f"nth_{set_type}", order=order)
        row_unit = done.unit if done else unit
        is_open = not done and order == 1 and bool(one.prescription and one.prescription.open)
        yield SetRow(
            key=f"{of}-{called}",
            number=number,
            sign="+" if done and not done.counts else str(order),
            name=f"{exercise.name}, {nth}",
            words=f"{nth} of {exercise.name}",
            url=f"{session_url}exercises/{of}/sets/{called}/",
            unit=row_unit,
            weight_label=f"{label} ({row_unit})",
            done=done,
            set_type=set_type,
            extends=str(one.name_of(done.extends)[1]) if done and done.extends else "",
            may_go_on=bool(done and done.counts and not exercise.is_hold),
            aim=""
            if done or number == numbers[-1]
            else aim_words(reps, rir=one.rir, is_open=is_open, is_hold=exercise.is_hold),
            probably=_probably(one.prescription) if order == 1 and not done else "",
            open=is_open,
            difference=difference_words(done, last, kind=kind) if done and last else "",
            record=number in records,
            **_fields(place, refused if number == typed else None),
            **_last_time(last),
        )


def _probably(prescription: Prescription | None) -> str:
    foretold = prescription.inputs.get("expect") if prescription else None
    return f"Probably {foretold[1]}–{foretold[2]}." if foretold else ""


def places_of(one: SessionExercise, numbers: list[int], targets: SetTargets | None) -> Iterator[SetPlace]:
    done = {each.set_number: each for each in one.done}
    last_time = [each for each in one.last_time if each.counts]
    # Where the lifter chooses the weight, that of the set before is the best guess.
    weight = aimed = targets.weight if targets else None
    if aimed is None and one.exercise.loading in (Loading.ADDED, Loading.BODYWEIGHT):
        weight = Decimal(0)  # the body alone, until the lifter types another weight
    order = 0
    for number in numbers:
        now = done.get(number)
        if now and not now.counts:
            last = None
        else:
            order += 1
            last = last_time[order - 1] if order <= len(last_time) else None
        if now:
            weight = now.weight if aimed is None else weight
            yield SetPlace(number, order, now, last, now.weight, now.counted)
        else:
            yield SetPlace(number, order, None, last, weight, targets.reps(order) if targets else None)


def _number_of(refused: SetForm, one: SessionExercise, numbers: list[int]) -> int | None:
    """Returns the number of the set whose row shows a refused form: its own, else that of the additional row; None
    where it belongs to another exercise."""
    called = (refused.exercise_id, refused.number)
    own = (number for number in numbers if one.name_of(number) == called)
    return next(own, numbers[-1] if one.exercise.id == refused.exercise_id else None)


def _fields(place: SetPlace, refused: SetForm | None) -> dict:
    if refused:
        errors = {name: " ".join(map(str, messages)) for name, messages in refused.errors.items()}
        return {name: refused[name].value() or "" for name in ("weight", "reps", "rir")} | {"errors": errors}
    return {
        "weight": plain(place.weight),
        "reps": "" if place.reps is None else str(place.reps),
        "rir": plain(place.done.rir) if place.done else "",
    }


def _last_time(last: DoneSet | None) -> dict[str, str]:
    if last is None:
        return {}
    return {
        "hint": f"Last time {last.words}.",
        "last_weight": plain(last.weight),
        "last_reps": str(last.counted),
        "last_unit": last.unit,
    }
