"""The cards of the workout page: an exercise and its sets, with everything that the page shows of them as text."""

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from itertools import groupby

from exercises.models import Equipment, Exercise, Loading, MuscleGroup
from metricgain.numbers import plain
from metricgain.units import in_unit
from metricgain.users.models import User
from training import progression
from training.models import Prescription
from training.models.bounds import SETS
from training.models.done_set import DoneSet, in_words
from training.prescribing.parameters import grid_of
from training.prescribing.week_plan.reading import as_plan
from training.progression import Grid, SetMark
from training.session.forms import SetForm
from training.session.page.continuing import GoesOn, with_row
from training.session.page.loading import Placed
from training.session.page.muscle_questions import (
    PerformanceQuestion,
    SorenessQuestion,
    performance_question,
    soreness_question,
)
from training.session.page.phone_words import done_words, rest_words, say
from training.session.page.reading import SessionExercise, SessionReading
from training.session.page.set_rows import SetRow, rows_of
from training.session.page.targets import SetTargets, bias_of, least_reps, looks_odd, targets_of

LOADED_WITH_PLATES = (Equipment.BARBELL, Equipment.PLATE_LOADED)
MOST_LIKELY = 5
# By the code of a reason, the link to the settings of the exercise that it asks for.
TOLD_IN_SETTINGS = {"START_ASK": "Say how many you can do", "STEP_HINT": "Say which weights you have"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Card:
    """An exercise of the session. `soreness`: the question before it, `performance`: the question after it; None where
    it is not asked."""

    exercise: Exercise | None  # None: not chosen yet
    prescription: Prescription | None
    id: str
    name: str
    muscle: str  # in words
    planned: str  # what is asked of it, in one line
    line: str  # the same, or what was done of it
    url: str  # changes to the exercise are posted below it
    prescription_id: str  # empty where the exercise is not in the plan
    asks_weight: bool  # False with the body alone: the weight is 0, unless another one was logged
    reps_label: str
    rows: tuple[SetRow, ...]
    extra: tuple[SetRow, ...]  # one more set, where it cannot be asked for, or what was typed of it was refused
    next: (
        str  # the number of a further set, where it does not simply follow, because there are sets of merged exercises
    )
    weight_label: str
    rest_seconds: int
    superset: int | None = None  # its mark
    is_paired: bool = False
    pairs_with: Placed | None = None  # the next exercise, where the two may become a superset
    side_pause: str = ""  # the seconds between its sides, where the lifter wants a pause there
    of_muscle: str = ""  # why the sets of the muscle are as they are, at its first exercise
    words: str = ""  # why the remaining sets ask for another weight than planned
    last_time: str = ""  # its sets of the last session, shown beside the reasons
    # Its grid as JSON: which weights there are. From that of a hold the page works out nothing else: it expects no reps
    # at another weight, and takes no set for a slip of the thumb.
    grid: str = ""
    slope: str = ""  # the lifter's own reps per ln(load)
    lo: int | None = None  # a set of fewer reps makes the following sets lighter
    plan: str = ""  # its targets as JSON, from which the page works out what the sets after the first go for
    refs: str = "[]"  # as JSON, [[weight, reps, RIR], ...]: earlier sets, which a slip of the thumb is unlike
    rest: dict[str, str] = field(default_factory=dict)  # the sentences about these sets, see `rest_words`
    likely: tuple[str, ...] = ()  # weights that the lifter will probably want, as typed, the lowest first
    best: str = "[]"  # as JSON, [[weight, reps, RIR], ...]: the earlier sets that a record has to beat; none: no record
    warm_ups: tuple[tuple[str, int], ...] = ()  # (weight, reps) of the suggested warm-up sets
    climb: str = ""  # as JSON, the way to a weight that the lifter has yet to choose: the page works out its warm-ups
    bar: str = ""  # the weight of the bar; empty where the exercise takes no plates
    plates: str = ""  # as JSON, [[weight, pairs], ...], the heaviest first
    note: str = ""  # the lifter's note of the exercise, the same in every session
    note_url: str = ""
    told_in_settings: str = ""  # what to say about the exercise, where a reason asks for it
    # The values that its buttons post; empty where there is no such button.
    fewer: str = ""
    more: str = ""
    up: str = ""
    down: str = ""
    soreness: SorenessQuestion | None = None
    performance: PerformanceQuestion | None = None

    @property
    def is_hold(self) -> bool:
        return bool(self.exercise and self.exercise.is_hold)

    @property
    def is_of_sides(self) -> bool:
        """Whether one side is done after the other."""
        return bool(self.exercise and self.exercise.unilateral)


def card_of(
    reading: SessionReading,
    place: int,
    *,
    refused: SetForm | None = None,
    goes_on: GoesOn | None = None,
    settled: Mapping[str, str],
) -> Card:
    """Builds the card at `place` (0, 1, 2...) of the page."""
    one, earlier, later = reading.exercises[place], reading.exercises[:place], reading.exercises[place + 1 :]
    exercise, prescription, muscle = one.exercise, one.prescription, one.muscle
    unit = prescription.unit if prescription else (one.done[-1].unit if one.done else reading.user.unit)
    kept = prescription.grid if prescription else None
    grid = kept or grid_of(exercise, one.own, unit=unit, body=None)
    working = [each for each in one.done if each.counts]
    targets = targets_of(prescription, working, grid=kept, refs=one.last_time) if prescription else None
    best = _best(one, grid) if reading.tests_strength(one) else ()
    records = _records(one, best, grid)
    *rows, extra = rows_of(
        one, targets, session_url=reading.url, unit=unit, kind=grid.kind, records=records, refused=refused
    )
    rows = with_row(rows, extra, goes_on, grid) if goes_on else rows
    bar, plates = _plates(exercise, reading.user, grid, unit)
    url = f"{reading.url}exercises/{exercise.id}/"
    is_first = all(other.muscle != muscle for other in earlier)
    is_last = all(other.muscle != muscle for other in later)
    return Card(
        exercise=exercise,
        prescription=prescription,
        id=str(exercise.id),
        name=exercise.name,
        muscle=MuscleGroup(muscle).label,
        planned=prescription.target if prescription else "",
        line=_line(one, sum(not row.extends for row in rows)) or (prescription.target if prescription else ""),
        url=url,
        prescription_id=str(prescription.id) if prescription else "",
        asks_weight=exercise.loading != Loading.BODYWEIGHT or any(each.weight for each in one.done),
        reps_label=f"{exercise.get_measure_display()}{' a side' if exercise.unilateral else ''}",
        last_time=", ".join(in_words(one.last_time)),
        rows=tuple(rows),
        extra=() if prescription and not extra.errors else (extra,),
        next=str(extra.number) if one.names else "",
        weight_label=extra.weight_label,
        rest_seconds=one.rest_seconds,
        superset=prescription.superset if prescription else None,
        is_paired=len(reading.superset_of(exercise.id)) > 1,
        pairs_with=reading.pairs_with(exercise.id),
        side_pause=str((one.own and one.own.side_pause) or ""),
        of_muscle=_of_muscle(reading, muscle) if is_first else "",
        grid=json.dumps(grid.to_dict(), separators=(",", ":")),
        likely=_likely(one, targets, grid, unit),
        refs=_refs(one.last_time, prescription, unit),
        best=json.dumps([_told(mark) for mark in best], separators=(",", ":")),
        bar=bar,
        plates=plates,
        note=(one.own and one.own.note) or "",
        note_url=f"{url}note/",
        soreness=soreness_question(reading, muscle) if is_first else None,
        performance=performance_question(reading, muscle, no_effect=settled.get(muscle, "")) if is_last else None,
        up=str(place) if prescription and place else "",
        down=str(place + 2) if any(other.prescription for other in later) else "",
        words=targets.words if targets and not (one.is_done or reading.has_ended) else "",
        **(_of_plan(prescription, targets, grid, is_warm=not is_first) if prescription and targets else {}),
    )


def sets_of(cards: Sequence[Card]) -> tuple[int, int]:
    """Returns how many sets are done, and how many there are, without the rows that continue one."""
    sets = [row for card in cards for row in card.rows if not row.extends]
    return sum(bool(row.done) for row in sets), len(sets)


def _line(one: SessionExercise, asked: int) -> str:
    """Returns what was done of an exercise in one line: "80 kg × 8, 7, 6", or "1 of 3: 80 kg × 8"."""
    counted = sum(each.counts for each in one.done)
    if counted < len(one.done):
        done = ", ".join(in_words(one.done))
    else:
        loads = groupby(one.done, key=lambda each: (each.weight, each.unit))
        is_hold = one.exercise.is_hold
        done = "; ".join(
            done_words(plain(weight), unit, [each.counted for each in sets], is_hold=is_hold)
            for (weight, unit), sets in loads
        )
    if done and one.exercise.unilateral:
        done = say("a_side", sets=done)
    return done if counted == asked or not done else say("begun", done=counted, n=asked, sets=done)


def _of_muscle(reading: SessionReading, muscle: str) -> str:
    rows = (one.prescription for one in reading.exercises if one.muscle == muscle and one.prescription)
    return next(filter(None, (row.sentence_of_muscle for row in rows)), "")


def blank_card(session_url: str, unit: str) -> Card:
    """Builds the card of an exercise that is not chosen yet, with three sets to do and one more."""
    url = f"{session_url}exercises/0/"
    rows = tuple(
        SetRow(
            key=f"0-{number}",
            number=number,
            sign=str(number),
            name=f"Exercise, {say('nth', order=number)}",
            words=f"{say('nth', order=number)} of Exercise",
            url=f"{url}sets/{number}/",
            unit=unit,
            weight_label=f"Weight ({unit})",
        )
        for number in range(1, 5)
    )
    return Card(
        exercise=None,
        prescription=None,
        id="0",
        name="Exercise",
        muscle="",
        planned="",
        line="",
        url=url,
        prescription_id="",
        asks_weight=True,
        reps_label="Reps",
        rows=rows[:3],
        extra=rows[3:],
        next="",
        weight_label=f"Weight ({unit})",
        rest_seconds=progression.CONFIG.rest_unknown,
    )


def _of_plan(prescription: Prescription, targets: SetTargets, grid: Grid, *, is_warm: bool) -> dict:
    """Returns the fields of a card that come from its prescription: its warm-ups, when it becomes lighter, and a set
    more or less."""
    weight = targets.weight if prescription.weight is None else prescription.weight
    mechanic, reps = prescription.exercise.mechanic, max(1, prescription.reps)
    is_deload = prescription.kind == Prescription.Kind.DELOAD
    way = progression.climb(reps=reps, grid=grid, mechanic=mechanic, is_warm=is_warm, is_deload=is_deload)
    codes = {reason["code"] for reason in prescription.reasons}
    is_hold = prescription.exercise.is_hold
    is_of_reps = not is_hold and prescription.weight is not None
    lo = least_reps(prescription) if is_of_reps and prescription.inputs.get("grid") else None
    return {
        "warm_ups": () if is_hold else tuple((plain(weight), reps) for weight, reps in way.to(weight, grid)),
        "climb": _climb(way) if weight is None and not is_hold else "",
        "lo": lo,
        "told_in_settings": next((words for code, words in TOLD_IN_SETTINGS.items() if code in codes), ""),
        "slope": prescription.inputs.get("slope", ""),
        "plan": "" if lo is None else _plan(prescription),
        "rest": {} if lo is None else rest_words(lo, unit=grid.unit, kind=grid.kind),
        "fewer": str(prescription.sets - 1) if prescription.sets > 1 else "",
        "more": str(prescription.sets + 1) if prescription.sets < SETS.most else "",
    }


def _climb(way: progression.Climb) -> str:
    shares = [[float(share), reps] for share, reps in way.shares]
    return json.dumps([float(way.least), *shares], separators=(",", ":")) if shares else ""


def _plan(prescription: Prescription) -> str:
    plan, given = as_plan(prescription), prescription.inputs
    targets = {
        "weight": None if plan.weight is None else float(plan.weight),
        "reps": [plan.target(place) for place in range(plan.sets)],
        "rir": plan.rir,
        "lo": given["lo"],
        "hi": given["hi"],
        "drop": float(plan.drop),
        "bias": float(bias_of(prescription)),
    }
    return json.dumps(targets, separators=(",", ":"))


def _refs(sets: list[DoneSet], prescription: Prescription | None, unit: str) -> str:
    """Returns the working sets of last time in `unit`, with the RIR that was said, else asked."""
    asked = (prescription and prescription.rir) or 0
    told = [
        [float(each.weight), each.reps, asked if each.rir is None else float(each.rir)]
        for each in sets
        if each.counts and each.unit == unit and each.seconds is None
    ]
    return json.dumps(told, separators=(",", ":"))


def _plates(exercise: Exercise, user: User, grid: Grid, unit: str) -> tuple[str, str]:
    """Returns `bar` and `plates` of a card."""
    if exercise.equipment not in LOADED_WITH_PLATES or exercise.loading != Loading.WEIGHT:
        return "", ""
    gym = user.gym(unit)
    bar = gym.bar_for(grid.min) if exercise.equipment == Equipment.BARBELL else grid.min
    return plain(bar), json.dumps([[float(weight), pairs] for weight, pairs in gym.plates], separators=(",", ":"))


def _best(one: SessionExercise, grid: Grid) -> tuple[SetMark, ...]:
    """Returns the frontier of the earlier sets that count, in the unit of the grid."""
    marks = [(_mark(done, done.rir, unit=grid.unit), is_sure) for done, is_sure in one.best]
    marks = [(mark, is_sure) for mark, is_sure in marks if progression.shows_something(mark, kind=grid.kind)]
    counts = progression.that_count(marks, grid=grid)
    return progression.frontier((mark for (mark, _), it in zip(marks, counts, strict=True) if it), grid=grid)


def _mark(done: DoneSet, rir: Decimal | int | None, *, unit: str) -> SetMark:
    weight = done.weight if done.unit == unit else in_unit(done.weight_kg, unit)
    return SetMark(weight, done.counted, rir)


def _told(mark: SetMark) -> list[float | int | None]:
    return [float(mark.weight), mark.reps, None if mark.rir is None else float(mark.rir)]


def _records(one: SessionExercise, best: Sequence[SetMark], grid: Grid) -> set[int]:
    """Returns the set numbers of the records. A set that looks like a slip of the thumb is none. Of a hold the longest
    is one."""
    done = sorted((each for each in one.done if each.counts), key=lambda each: (each.performed_at, each.set_number))
    is_hold, asked = one.exercise.is_hold, None if one.exercise.is_hold else one.rir
    marks = [_mark(each, asked if is_hold or each.rir is None else each.rir, unit=grid.unit) for each in done]
    found = progression.records(marks, earlier=best, grid=grid)
    return {
        each.set_number
        for place, (each, is_record) in enumerate(zip(done, found, strict=True))
        if is_record and (is_hold or not looks_odd(one.prescription, done, place, grid=grid, refs=one.last_time))
    }


def _likely(one: SessionExercise, targets: SetTargets | None, grid: Grid, unit: str) -> tuple[str, ...]:
    """Returns the weights that the lifter will probably want next: the one aimed for, the planned one, those done
    before, and one step easier and harder."""
    if grid.kind != "load" and grid.step is None:
        return ()  # the body alone
    wanted = dict.fromkeys(weight for weight in _wanted(one, targets, grid, unit) if weight is not None)
    return tuple(plain(weight) for weight in sorted([*wanted][:MOST_LIKELY]))


def _wanted(one: SessionExercise, targets: SetTargets | None, grid: Grid, unit: str) -> Iterator[Decimal | None]:
    planned = [targets.weight, one.prescription.weight] if targets and one.prescription else []
    known = [each.weight for each in (*one.done[-1:], *one.last_time[:1]) if each.unit == unit]
    found = (weight for weight in (*planned, *known) if weight is not None and (weight or grid.kind != "load"))
    start = next(found, None)
    if start is None:
        return
    yield from planned
    yield start
    yield grid.easier(start)
    yield grid.harder(start)
    yield from known
