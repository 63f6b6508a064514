"""Invariants of the number of sets of an exercise that is its muscle's only one. `SET_CHECKS` has them by number and
name.

A log has no feedback. So each case from the log is planned again with every possible answer; equal cases are planned
once.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from functools import cache
from itertools import pairwise

from training.progression import CONFIG, EngineError, Ex, PlannedSets, SlotCtx, plan_sets, sentence, strongest

ONLY = 0  # the exercise's id
SCORES = (0, 1, 2, 3)
ANSWERS = (None, *SCORES)
ENDS = (None, 0, 3)
GAP_BANDS = (CONFIG.gap_days, CONFIG.break_days, 28, 56, 112)


@dataclass(frozen=True, slots=True, kw_only=True)
class SetsAsked:
    """The inputs of one decision on sets."""

    ctx: SlotCtx
    exercise: Ex

    def planned(self, *, strict_rp: bool = False, **answers) -> PlannedSets:
        return plan_sets(replace(self.ctx, **answers), [self.exercise], strict_rp)

    def sets(self, **answers) -> int:
        return self.planned(**answers).sets[ONLY]

    @property
    def case(self) -> "SetsAsked":
        """The same case with the gap at the last day of its band, because nothing may depend on the day within a
        band."""
        gap = self.ctx.gap_days
        if gap is None:
            return self
        band = next((days for days in GAP_BANDS if gap <= days), GAP_BANDS[-1] + 1)
        return replace(self, ctx=replace(self.ctx, gap_days=band))


def broken_by_sets(asked: SetsAsked) -> tuple[str, ...]:
    """Returns the names of the invariants that a case breaks with any answer. An exception breaks the invariant that
    raised it."""
    same_sets = asked.sets() == asked.case.sets()
    return _broken_by_case(asked.case) + (() if same_sets else ("sets: alike within a band of days off",))


@cache
def _broken_by_case(asked: SetsAsked) -> tuple[str, ...]:
    return tuple(name for name, holds in SET_CHECKS.items() if not _holds(holds, asked))


def _holds(check: Callable[[SetsAsked], bool], asked: SetsAsked) -> bool:
    try:
        return check(asked)
    except (EngineError, ArithmeticError, LookupError):
        return False


def _never_rises(sets: Sequence[int]) -> bool:
    return all(before >= after for before, after in pairwise(sets))


def _is_deterministic(asked: SetsAsked) -> bool:
    return asked.planned() == asked.planned()


def _stays_in_bounds(asked: SetsAsked) -> bool:
    """Checks that the sets are 1 to 15, and at most one more than before."""
    before = asked.exercise.sets
    every = (asked.sets(soreness=sore, pump=pump) for sore in ANSWERS for pump in ANSWERS)
    return all(1 <= sets <= min(before + 1, CONFIG.most_sets) for sets in every)


def _grows_on_an_answer_alone(asked: SetsAsked) -> bool:
    every = (asked.sets(soreness=sore, pump=0, challenge=0) for sore in (None, 3))
    return all(sets <= asked.exercise.sets for sets in every)


def _falls_with_soreness(asked: SetsAsked) -> bool:
    return all(
        _never_rises([asked.sets(soreness=sore, pump=pump, challenge=challenge) for sore in SCORES])
        for pump in ENDS
        for challenge in ENDS
    )


def _falls_with_stimulus(asked: SetsAsked) -> bool:
    return all(
        _never_rises([asked.sets(soreness=sore, **{name: answer, other: fixed}) for answer in SCORES])
        for name, other in (("pump", "challenge"), ("challenge", "pump"))
        for sore in ANSWERS
        for fixed in ENDS
    )


def _falls_with_performance(asked: SetsAsked) -> bool:
    cases = [replace(asked, exercise=replace(asked.exercise, perf=perf, fell_twice=False)) for perf in SCORES]
    return all(_never_rises([case.sets(soreness=sore) for case in cases]) for sore in ANSWERS)


def _grows_within_its_limits(asked: SetsAsked) -> bool:
    ctx, before = asked.ctx, asked.exercise.sets
    most = max(asked.sets(soreness=sore, pump=0, challenge=0) for sore in ANSWERS)
    if most <= before:
        return True
    gained = most - before
    within = ctx.weekly_sets + gained <= ctx.mrv and most <= CONFIG.session_sets_most
    return within and (ctx.gap_days or 0) <= CONFIG.gap_days


def _keeps_what_was_skipped(asked: SetsAsked) -> bool:
    skipped = replace(asked, exercise=replace(asked.exercise, perf=None, fell_twice=False, completed=0))
    return skipped.sets(gap_days=None) == asked.exercise.sets


def _says_why(asked: SetsAsked) -> bool:
    every = [asked.planned(soreness=sore, challenge=challenge) for sore in ANSWERS for challenge in ANSWERS]
    every.append(asked.planned(was_recovery=True))
    said = [sentence(reason) for each in every for reason in (*each.reasons, strongest(each.reasons))]
    return bool(said) and all(each.endswith(".") for each in said)


def _recovers_on_a_second_fall(asked: SetsAsked) -> bool:
    planned = asked.planned()
    if not planned.recovery:
        return True
    return asked.exercise.fell_twice and planned.sets[ONLY] == -(-asked.exercise.sets // 2)


def _resumes_no_higher(asked: SetsAsked) -> bool:
    return asked.sets(was_recovery=True) <= asked.exercise.sets


def _follows_the_book(asked: SetsAsked) -> bool:
    """Checks `strict_rp`: every fall leads to a recovery session, and no single set is ever taken off."""
    for sore in ANSWERS:
        planned = asked.planned(strict_rp=True, soreness=sore, gap_days=None)
        if planned.recovery != (asked.exercise.perf == 3):
            return False
        if not planned.recovery and planned.sets[ONLY] < asked.exercise.sets:
            return False
    return True


SET_CHECKS: dict[str, Callable[[SetsAsked], bool]] = {
    "I1 sets: same input, same output": _is_deterministic,
    "I2, I7 sets: 1-15, one more at most": _stays_in_bounds,
    "I3 sets: no growth when sore or unasked": _grows_on_an_answer_alone,
    "I4 sets: never more for more soreness": _falls_with_soreness,
    "I5 sets: never more for more pump or challenge": _falls_with_stimulus,
    "I6 sets: never more for worse performance": _falls_with_performance,
    "I8 sets: growth within week, session and gap": _grows_within_its_limits,
    "I15 sets: unchanged when skipped": _keeps_what_was_skipped,
    "I18 sets: a reason with a sentence": _says_why,
    "I22 sets: recovery needs a second fall": _recovers_on_a_second_fall,
    "sets: no more after a recovery than before": _resumes_no_higher,
    "sets: strictly by the book": _follows_the_book,
}
