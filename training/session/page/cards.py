"""An exercise of the workout page and its sets: all that the page shows of them, put into words."""

import json
from collections.abc import Iterator
from dataclasses import dataclass, field
from decimal import Decimal
from itertools import count, islice

from exercises.models import Equipment, Exercise, Loading
from metricgain.numbers import plain
from metricgain.units import in_unit
from training import progression
from training.models import Prescription
from training.models.done_set import DoneSet
from training.prescribing.parameters import grid_of, rest_of
from training.progression import Grid
from training.session.forms import SetForm
from training.session.page.phone_words import aim_words, difference_words, lighter_words, say
from training.session.page.sets_around import SetsAround
from training.session.page.targets import SetTargets, least_reps, targets_of
from training.session.questions import AnswerOption, Performance

# What the number in the weight field is, where it is not simply the weight.
WEIGHT_LABELS = {Loading.ADDED: "Added", Loading.ASSISTED: "Help", Loading.BODYWEIGHT: "Added"}
LOADED_WITH_PLATES = (Equipment.BARBELL, Equipment.PLATE_LOADED)
MOST_LIKELY = 5
USUAL_REST = progression.usual_rest(mechanic="compound", loading="weight")


@dataclass(slots=True)
class SetRow:
    """A set: done, or still to do. What the page calls "set 3" is its order; its number may differ, and so may its
    address (`own_exercise.merged_places`).

    A page has thirty of these, so all that it shows is at hand as text: a template that looks in vain for what is not
    there, or puts words together, takes longer than one that prints what is."""

    key: str  # names the row on the page
    number: int
    sign: str  # stands before it: its place, or "+" where it belongs to the set before it
    name: str  # "Lat Pulldown, set 3"
    words: str  # "set 3 of Lat Pulldown"
    url: str  # where it is stored
    unit: str
    done: DoneSet | None
    set_type: str
    weight_label: str
    weight: str
    reps: str
    rir: str
    aim: str  # what is aimed for
    hint: str  # what was done last time
    last: str = ""  # that in short, "100 × 8 @ 2"
    last_weight: str = ""
    last_reps: str = ""
    last_unit: str = ""
    difference: str = ""  # of a done set to it: "+1 rep", "+2.5 kg"
    record: bool = False  # no set before it had at least its weight and its reps
    errors: dict[str, str] = field(default_factory=dict)  # by field, what is wrong with what was typed

    def take_back(self, refused: SetForm) -> None:
        """Shows what was typed and refused."""
        self.weight, self.reps, self.rir = (refused[name].value() or "" for name in ("weight", "reps", "rir"))
        self.errors = {name: " ".join(messages) for name, messages in refused.errors.items()}


@dataclass(slots=True)
class Card:
    """An exercise of the session. `soreness` is asked before it, `performance` after it; None where it is not."""

    exercise: Exercise
    prescription: Prescription | None
    id: str
    name: str
    muscle: str  # in words
    url: str  # what changes it is stored below
    prescription_id: str  # the prescription's id; empty where it is not in the plan
    asks_weight: bool  # where only the body moves it is 0, unless something else was logged
    reps_label: str
    rows: list[SetRow]
    extra: list[SetRow]  # one more set than was asked
    words: str = ""  # why the sets to come ask for another weight than planned
    last_time: str = ""  # its sets the last time, for the reasons to stand beside
    rest_seconds: int = USUAL_REST
    grid: str = ""  # as JSON, the weights there are, for the page to say what another one means in reps
    lo: int | None = None  # fewer reps make the sets after them lighter
    lighter: tuple[str, str] = ("", "")  # what is said then: with {weight} to be put in, and of the body alone
    likely: tuple[str, ...] = ()  # weights that will be wanted, as typed, the least first
    best: str = "[]"  # as JSON, [[weight, reps], ...]: the earlier sets that a record has to beat; none: no record yet
    warm_ups: tuple[tuple[str, int], ...] = ()  # weight and reps on the way to the first set
    bar: str = ""  # what the bar weighs; empty where no plates go on
    plates: str = ""  # as JSON, [[weight, pairs], ...], the heaviest first
    note: str = ""  # the lifter's own, of this exercise wherever it is trained
    note_url: str = ""
    # What its buttons ask for; empty where there is no such button.
    fewer: str = ""
    more: str = ""
    up: str = ""
    down: str = ""
    soreness: list[AnswerOption] | None = None
    soreness_no_effect: str = ""
    performance: Performance | None = None

    @property
    def asks_soreness_still(self) -> bool:
        return self.soreness is not None and not any(choice.chosen for choice in self.soreness)

    @property
    def done(self) -> list[DoneSet]:
        return [row.done for row in self.rows if row.done]


def card_of(session, exercise: Exercise, prescription: Prescription | None, around: SetsAround) -> Card:
    """The card of an exercise of `session`; `exercise.own` is how the lifter does it."""
    done, last_time = around.done[exercise.id], around.last_time[exercise.id]
    user = session.mesocycle.user
    unit = prescription.unit if prescription else (done[-1].unit if done else user.unit)
    grid = (prescription and prescription.grid) or grid_of(exercise, exercise.own, unit=unit, body=None)
    own_sets = [one for one in done if one.counts]
    targets = targets_of(prescription, own_sets) if prescription else None
    url = f"{session.url}exercises/{exercise.id}/"
    card = Card(
        exercise=exercise,
        prescription=prescription,
        id=str(exercise.id),
        name=exercise.name,
        muscle=exercise.get_muscle_group_display(),
        url=url,
        prescription_id=str(prescription.id) if prescription else "",
        asks_weight=exercise.loading != Loading.BODYWEIGHT or any(one.weight for one in done),
        reps_label="Reps a side" if exercise.unilateral else "Reps",
        last_time=", ".join(one.words for one in last_time),
        rows=[],
        extra=[],
        words=targets.words if targets else "",
        rest_seconds=rest_of(exercise, exercise.own),
        grid=json.dumps(grid.to_dict()),
        lo=least_reps(prescription) if prescription and prescription.grid and prescription.weight is not None else None,
        likely=_likely(prescription, targets, grid, [*done[-1:], *last_time[:1]], unit),
        note=(exercise.own and exercise.own.note) or "",
        note_url=f"{url}note/",
    )
    if card.lo is not None:
        card.lighter = lighter_words(card.lo, unit=grid.unit, kind=grid.kind)
    if prescription:
        is_warm = any(one.exercise.muscle_group == exercise.muscle_group for one in session.cards)
        card.warm_ups = _warm_ups(prescription, targets, grid, is_warm=is_warm)
    if exercise.equipment in LOADED_WITH_PLATES and exercise.loading == Loading.WEIGHT:
        gym = user.gym(unit)
        card.bar = plain(gym.bar_for(grid.min)) if exercise.equipment == Equipment.BARBELL else plain(grid.min)
        card.plates = json.dumps([[float(weight), pairs] for weight, pairs in gym.plates])
    _place_rows(card, around, session_url=session.url, targets=targets, unit=unit, kind=grid.kind)
    _place_records(card, around.best[exercise.id], unit=unit, kind=grid.kind)
    return card


def _place_rows(
    card: Card, around: SetsAround, *, session_url: str, targets: SetTargets | None, unit: str, kind: str
) -> None:
    exercise, prescription = card.exercise, card.prescription
    by_number = {one.set_number: one for one in around.done[exercise.id]}
    by_place = [one for one in around.last_time[exercise.id] if one.counts]
    names = {place: name for (of, place), name in around.names.items() if of == exercise.id}
    free = (number for number in count(1) if number in by_number or number not in names)
    prescribed = islice(free, prescription.sets if prescription else 0)
    label = WEIGHT_LABELS.get(exercise.loading, "Weight")
    # Where the weight is the lifter's to choose, the set before is the best guess for the next.
    weight = targets.weight if targets else None
    if weight is None and exercise.loading in (Loading.ADDED, Loading.BODYWEIGHT):
        weight = Decimal(0)  # the body alone, until the lifter says otherwise
    order = 0
    numbers = sorted({*by_number, *prescribed})
    extra = max([*numbers, *names], default=0) + 1  # a set number is a name, never given twice
    for number in [*numbers, extra]:
        of, called = names.get(number, (exercise.id, number))
        one = by_number.get(number)
        counts = one is None or one.counts
        order += counts  # a drop or myo-rep row belongs to the set before it
        last = by_place[order - 1] if counts and order <= len(by_place) else None
        if one and (targets is None or targets.weight is None):
            weight = one.weight
        target = targets.reps(order) if targets and one is None else None
        reps = one.reps if one else target
        aim = aim_words(target) if number != extra else ""
        row_unit = one.unit if one else unit
        nth = say("nth", order=order)
        row = SetRow(
            key=f"{of}-{called}",
            number=number,
            sign=str(order) if counts else "+",
            name=f"{card.name}, {nth}",
            words=f"{nth} of {card.name}",
            url=f"{session_url}exercises/{of}/sets/{called}/",
            unit=row_unit,
            done=one,
            set_type=one.set_type if one else "",
            weight_label=f"{label} ({row_unit})",
            weight=plain(one.weight if one else weight),
            reps="" if reps is None else str(reps),
            rir=plain(one.rir) if one else "",
            aim=aim,
            hint=f"Last time {last.words}." if last else "",
            last=last.short if last else "",
            last_weight=plain(last.weight) if last else "",
            last_reps=str(last.reps) if last else "",
            last_unit=last.unit if last else "",
            difference=difference_words(one, last, kind=kind) if one and last else "",
        )
        (card.extra if number == extra else card.rows).append(row)


def _place_records(card: Card, earlier: list[DoneSet], *, unit: str, kind: str) -> None:
    """Marks the done sets that are records, each against what was done before it; says what the next has to beat.

    Compared in kilograms; the page is told in `unit`."""
    earlier = [one for one in earlier if progression.shows_something((one.weight, one.reps), kind=kind)]
    marks = [((one.weight if one.unit == unit else in_unit(one.weight_kg, unit)), one.reps) for one in earlier]
    best = progression.frontier(marks, less_is_more=kind == "assist")
    card.best = json.dumps([[float(weight), reps] for weight, reps in best])
    rows = [row for row in card.rows if row.done and row.done.counts]
    rows.sort(key=lambda row: (row.done.performed_at, row.number))
    done = [(row.done.weight_kg, row.done.reps) for row in rows]
    before = [(one.weight_kg, one.reps) for one in earlier]
    for row, is_record in zip(rows, progression.records(done, earlier=before, kind=kind), strict=True):
        row.record = is_record


def _likely(
    prescription: Prescription | None, targets: SetTargets | None, grid: Grid, done: list[DoneSet], unit: str
) -> tuple[str, ...]:
    """The weights that the next set may well have: what it aims for and was planned, what was done, a step around."""
    if grid.kind != "load" and grid.step is None:
        return ()  # the body alone
    wanted = dict.fromkeys(weight for weight in _wanted(prescription, targets, grid, done, unit) if weight is not None)
    return tuple(plain(weight) for weight in sorted([*wanted][:MOST_LIKELY]))


def _wanted(prescription, targets, grid, done, unit) -> Iterator[Decimal | None]:
    planned = [targets and targets.weight, prescription and prescription.weight]
    known = [*planned, *(one.weight for one in done if one.unit == unit)]
    start = next((weight for weight in known if weight is not None and (weight or grid.kind != "load")), None)
    if start is None:
        return
    yield from planned
    yield start
    yield grid.easier(start)
    yield grid.harder(start)
    yield from known[2:]


def _warm_ups(
    prescription: Prescription, targets: SetTargets, grid: Grid, *, is_warm: bool
) -> tuple[tuple[str, int], ...]:
    weight = targets.weight if prescription.weight is None else prescription.weight
    steps = progression.warm_ups(
        weight,
        reps=max(1, prescription.reps),
        grid=grid,
        mechanic=prescription.exercise.mechanic,
        is_warm=is_warm,
    )
    return tuple((plain(weight), reps) for weight, reps in steps)
