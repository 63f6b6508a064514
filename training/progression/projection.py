"""The outlook: the coming weeks of a mesocycle, played through the rules for sets under three kinds of feedback.

It is never a prescription. Each week goes through `plan_sets` in the order of the workouts, as the real week will, so
every limit on growth holds here too.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from training.progression.border import (
    EngineError,
    check_choice,
    check_score,
    check_whole,
    check_whole_or_missing,
    refuse,
)
from training.progression.config import CONFIG, Config
from training.progression.deload import plan_deload
from training.progression.load.grid import Grid
from training.progression.load.plan import ExercisePlan
from training.progression.load.rest import time_room
from training.progression.load.rir import STILL_SORE
from training.progression.load.showing.performance import AS_PLANNED, BETTER, FELL, MISSED
from training.progression.sets.sets import plan_sets
from training.progression.sets.slot import Ex, Id, SlotCtx

KINDS = ("normal", "recovery", "deload")


@dataclass(frozen=True, slots=True, kw_only=True)
class Feedback:
    """The answers and the performance to assume after every workout. Scores 0..3; None: not answered.

    perf: 0 (better than planned) .. 2 (missed). 3 is refused: two falls in a row call for a recovery session, which
    nobody can foresee.
    """

    soreness: int | None = None
    perf: int = AS_PLANNED
    pump: int | None = None
    challenge: int | None = None

    def __post_init__(self) -> None:
        for name in ("soreness", "pump", "challenge"):
            check_score(name, getattr(self, name))
        check_whole("perf", self.perf, least=BETTER, most=FELL - 1)


# BEST: not sore, targets beaten, with the pump and challenge that add most sets. TYPICAL: recovered early, as planned,
# middling. WORST: still sore and targets missed, the worst in the table without a recovery session.
BEST = Feedback(soreness=0, perf=BETTER, pump=1, challenge=1)
TYPICAL = Feedback(soreness=1, perf=AS_PLANNED, pump=2, challenge=1)
WORST = Feedback(soreness=STILL_SORE, perf=MISSED, pump=2, challenge=2)


@dataclass(frozen=True, slots=True, kw_only=True)
class ExAhead:
    """One exercise of a muscle in one workout, with the sets already prescribed.

    id: whole number or text. pos: place in the workout, from 0. asked: sets 0..15 for the running week and each later
    week that has a prescription; 0 where the exercise was left out. in_full: for each of those weeks the sets 1..15
    that its next week builds on, which differ from `asked` in a shortened, recovery or deload session; None: as
    `asked`. week1_sets: 1..15; None: as before. pace: seconds of one set (see `set_pace`). Raises EngineError when a
    value is out of range.
    """

    id: Id
    pos: int
    asked: tuple[int, ...]
    in_full: tuple[int, ...] | None = None
    week1_sets: int | None = None
    pace: int = CONFIG.pace_compound

    def __post_init__(self) -> None:
        if type(self.id) not in (int, str):
            refuse("id", self.id, wanted="a whole number or text")
        check_whole("pos", self.pos, least=0)
        for name, weeks, least in (("asked", self.asked, 0), ("in_full", self.base, 1)):
            if not isinstance(weeks, tuple) or not weeks:
                refuse(name, weeks, wanted="a tuple of sets, one for each week")
            for sets in weeks:
                check_whole(name, sets, least=least, most=CONFIG.most_sets)
        if len(self.base) != len(self.asked):
            refuse("in_full", self.in_full, wanted=f"sets of {len(self.asked)} weeks")
        check_whole_or_missing("week1_sets", self.week1_sets, least=1, most=CONFIG.most_sets)
        check_whole("pace", self.pace, least=1)

    @property
    def base(self) -> tuple[int, ...]:
        return self.asked if self.in_full is None else self.in_full


@dataclass(frozen=True, slots=True, kw_only=True)
class SlotAhead:
    """One muscle in one workout. kind: the kind of its last prescribed session: "normal", "recovery" or "deload".
    minutes: those that the whole workout may take; None: no limit."""

    workout: Id
    muscle: str
    exercises: tuple[ExAhead, ...]
    kind: str = "normal"
    minutes: int | None = None

    def __post_init__(self) -> None:
        if type(self.workout) not in (int, str):
            refuse("workout", self.workout, wanted="a whole number or text")
        if type(self.muscle) is not str or not self.muscle:
            refuse("muscle", self.muscle, wanted="a name")
        exercises = self.exercises
        if not isinstance(exercises, tuple) or not exercises or not all(isinstance(one, ExAhead) for one in exercises):
            refuse("exercises", exercises, wanted="a tuple of at least one ExAhead")
        if len({one.id for one in exercises}) < len(exercises):
            refuse("exercises", [one.id for one in exercises], wanted="exercises that each come once")
        if len({len(one.asked) for one in exercises}) > 1:
            refuse("asked", [one.asked for one in exercises], wanted="as many weeks for each exercise of a slot")
        check_choice("kind", self.kind, of=KINDS)
        check_whole_or_missing("minutes", self.minutes, least=1)

    @property
    def weeks_asked(self) -> int:
        return len(self.exercises[0].asked)

    def follows(self, kind: str, *, ahead: int) -> bool:
        """Returns whether the session `ahead` weeks after the running week follows a prescribed session of `kind`."""
        return self.kind == kind and self.weeks_asked == ahead


@dataclass(frozen=True, slots=True, kw_only=True)
class Outlook:
    """Sets of one muscle in one week to come; worst <= typical <= best."""

    week: int
    worst: int
    typical: int
    best: int


def project(
    slots: Sequence[SlotAhead],
    *,
    week: int,
    weeks: int,
    mrv: Mapping[str, int],
    rir: Mapping[int, int] | None = None,
    config: Config = CONFIG,
) -> dict[str, tuple[Outlook, ...]]:
    """Returns the outlook for each muscle: its sets in each week after `week`, the running one, of a mesocycle of
    `weeks` (3-7).

    `slots`: in the order of the week. `mrv`: the MRV of each muscle. `rir`: the target RIR of each week before the
    deload; None: as usual, without a repeated week. What is already prescribed stands; the rest is played through
    under WORST, TYPICAL and BEST, as if every set were done and no day missed. Raises EngineError outside the border.
    """
    worst, typical, best = (
        play_out(slots, feedback=each, week=week, weeks=weeks, mrv=mrv, rir=rir, config=config)
        for each in (WORST, TYPICAL, BEST)
    )
    return {
        muscle: tuple(
            _outlook(week + ahead, worst=low, typical=middle, best=high)
            for ahead, (low, middle, high) in enumerate(
                zip(*(_totals(run, slots, muscle) for run in (worst, typical, best)), strict=True)
            )
            if ahead
        )
        for muscle in dict.fromkeys(slot.muscle for slot in slots)
    }


def _outlook(week: int, *, worst: int, typical: int, best: int) -> Outlook:
    # Better feedback can end one set lower: near a limit, sets added early in a week take the room of later ones, and
    # half of an odd number is rounded up. Sorted, the range still holds all three numbers.
    low, _, high = sorted((worst, typical, best))
    return Outlook(week=week, worst=low, typical=typical, best=high)


_Sets = dict[tuple[Id, Id], int]  # by (workout, exercise)


def _totals(run: Sequence[_Sets], slots: Sequence[SlotAhead], muscle: str) -> list[int]:
    keys = _keys(slots, muscle)
    return [sum(week[key] for key in keys) for week in run]


def play_out(
    slots: Sequence[SlotAhead],
    *,
    feedback: Feedback,
    week: int,
    weeks: int,
    mrv: Mapping[str, int],
    rir: Mapping[int, int] | None = None,
    config: Config = CONFIG,
) -> list[_Sets]:
    """Returns the sets by (workout, exercise id) of the running week and each later week, under one kind of feedback.

    The arguments are those of `project`. Raises EngineError outside the border.
    """
    _check(slots, week=week, weeks=weeks, mrv=mrv, config=config)
    if not isinstance(feedback, Feedback):
        refuse("feedback", feedback, wanted="a Feedback")
    if rir is not None and not set(range(week, weeks)) <= set(rir):
        refuse("rir", rir, wanted="the reps in reserve of each week before the deload")
    usual = dict(enumerate(dict(config.rir_by_weeks)[weeks], start=1))
    run = _Run(
        slots=slots,
        feedback=feedback,
        week=week,
        weeks=weeks,
        mrv=mrv,
        rir=usual if rir is None else rir,
        config=config,
    )
    played, base = [run.asked(0)], run.full(0)
    for ahead in range(1, weeks - week + 1):
        sets = run.next_week(ahead, base)
        played.append(sets)
        base = sets | run.full(ahead)
    return played


@dataclass(frozen=True, slots=True, kw_only=True)
class _Run:
    slots: Sequence[SlotAhead]
    feedback: Feedback
    week: int
    weeks: int
    mrv: Mapping[str, int]
    rir: Mapping[int, int]
    config: Config

    def asked(self, ahead: int) -> _Sets:
        return {key: one.asked[ahead] for key, one in self._asked_by(ahead)}

    def full(self, ahead: int) -> _Sets:
        return {key: one.base[ahead] for key, one in self._asked_by(ahead)}

    def _asked_by(self, ahead: int) -> Iterator[tuple[tuple[Id, Id], ExAhead]]:
        for slot in self.slots:
            if slot.weeks_asked > ahead:
                yield from (((slot.workout, one.id), one) for one in slot.exercises)

    def next_week(self, ahead: int, base: _Sets) -> _Sets:
        """Returns the sets of the week `ahead` weeks after the running one. `base`: the sets of the week before."""
        sets = self.asked(ahead)
        for slot in self.slots:
            if slot.weeks_asked > ahead:
                continue
            before = {one.id: base[slot.workout, one.id] for one in slot.exercises}
            if self.week + ahead == self.weeks:
                planned = {exercise: _deloaded(count, config=self.config) for exercise, count in before.items()}
            elif slot.follows("deload", ahead=ahead):
                planned = before  # nothing is learned from a deload: the sets stay
            else:
                exercises = [self._done(one, before[one.id]) for one in slot.exercises]
                planned = plan_sets(self._context(slot, ahead, base, sets), exercises, config=self.config).sets
            sets |= {(slot.workout, exercise): count for exercise, count in planned.items()}
        return sets

    def _done(self, one: ExAhead, sets: int) -> Ex:
        return Ex(id=one.id, pos=one.pos, sets=sets, perf=self.feedback.perf, completed=sets, week1_sets=one.week1_sets)

    def _context(self, slot: SlotAhead, ahead: int, base: _Sets, sets: _Sets) -> SlotCtx:
        week, feedback, keys = self.week + ahead, self.feedback, _keys(self.slots, slot.muscle)
        return SlotCtx(
            soreness=feedback.soreness,
            prev_soreness=feedback.soreness,
            pump=feedback.pump,
            challenge=feedback.challenge,
            rir=self.rir[week - 1],
            weekly_sets=sum(sets.get(key, base[key]) for key in keys),
            mrv=self.mrv[slot.muscle],
            added_this_week=sum(max(0, sets.get(key, base[key]) - base[key]) for key in keys),
            next_is_last=week == self.weeks - 1,
            was_recovery=slot.follows("recovery", ahead=ahead),
            room=self._room(slot, base | sets),
            minutes=slot.minutes,
            muscle=slot.muscle,
        )

    def _room(self, slot: SlotAhead, sets: _Sets) -> int | None:
        """Returns how many more sets fit into the minutes of the workout; None without a limit."""
        if slot.minutes is None:
            return None
        beside = (one for each in self.slots if each.workout == slot.workout for one in each.exercises)
        planned = [(sets[slot.workout, one.id], one.pace) for one in beside]
        return time_room(slot.minutes, planned, config=self.config)


def _keys(slots: Sequence[SlotAhead], muscle: str) -> list[tuple[Id, Id]]:
    return [(slot.workout, one.id) for slot in slots if slot.muscle == muscle for one in slot.exercises]


_ANY_GRID = Grid(kind="load", step=Decimal(1))


def _deloaded(sets: int, *, config: Config) -> int:
    plan = ExercisePlan(sets=sets, weight=None, reps=1, reps_lo=1, rir=0)
    return plan_deload(plan, best_reps=None, grid=_ANY_GRID, session_index=0, sessions_in_week=1, config=config).sets


def _check(slots: Sequence[SlotAhead], *, week: int, weeks: int, mrv: Mapping[str, int], config: Config) -> None:
    accumulation = dict(config.rir_by_weeks)
    check_whole("weeks", weeks, least=min(accumulation), most=max(accumulation))
    check_whole("week", week, least=1, most=weeks)
    if not isinstance(slots, Sequence) or not all(isinstance(one, SlotAhead) for one in slots):
        refuse("slots", slots, wanted="a sequence of SlotAhead")
    if not isinstance(mrv, Mapping):
        refuse("mrv", mrv, wanted="a mapping from muscle to sets")
    places = [(slot.workout, slot.muscle) for slot in slots]
    exercises = [(slot.workout, one.id) for slot in slots for one in slot.exercises]
    for name, keys in (("muscle", places), ("exercise", exercises)):
        if len(set(keys)) < len(keys):
            raise EngineError(f"each {name} may come once in a workout, not as in {keys!r}")
    for slot in slots:
        if slot.weeks_asked > weeks - week + 1:
            refuse("asked", slot.exercises[0].asked, wanted=f"sets of {weeks - week + 1} weeks at most")
        if slot.muscle not in mrv:
            raise EngineError(f"mrv lacks the muscle {slot.muscle!r}")
        check_whole(f"mrv of {slot.muscle}", mrv[slot.muscle], least=0)
