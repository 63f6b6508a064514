"""Invariants of each prescription, checked from outside the engine. `CHECKS` has them by number and name.

`broken(asked, result)` names the invariants that one step breaks. An exception from a varied input counts as broken.
"""

from collections.abc import Callable
from dataclasses import dataclass, replace
from decimal import Decimal
from functools import cached_property

from training.progression import (
    CONFIG,
    Background,
    Done,
    EngineError,
    ExercisePlan,
    Grid,
    Past,
    Shown,
    Signals,
    Target,
    kept,
    main_weight,
    performance,
    plan_deload,
    plan_load,
    seed,
)
from training.progression import sentence as sentence_of

UNIT_FACTOR = Decimal("2.2046226218")
EASING = {"LOAD_BREAK", "LOAD_BREAK_HOLD", "LOAD_RESET", "LOAD_DOWN", "LOAD_HOLD_LIGHTEST"}
ROUNDING = Decimal("1e-9")


@dataclass(frozen=True, kw_only=True)  # without slots, so that what the checks ask again and again is worked out once
class Asked:
    """All inputs of one prescription. `next_sets` was decided before."""

    plan: ExercisePlan
    done: tuple[Done, ...]
    prev_done: tuple[Done, ...]
    prev_rir: int | None
    history: tuple[Past, ...]  # the last three sessions, as days before the next one
    grid: Grid
    lo: int
    hi: int
    next_rir: int
    next_sets: int
    perf: int | None
    fell_twice: bool
    gap_days: int | None
    prev: Shown | None = None
    refs: tuple[Done, ...] = ()

    @cached_property
    def places(self) -> tuple[int, ...]:
        return tuple(index for index, _ in kept(self.plan, done=self.done, refs=self.refs, grid=self.grid))

    @cached_property
    def counted(self) -> tuple[Done, ...]:
        return tuple(self.done[index] for index in self.places)

    @cached_property
    def held(self) -> Decimal:
        return main_weight(self.counted, grid=self.grid) if self.counted else self.plan.weight

    def cost(self, weight: Decimal, *, to: Decimal) -> Decimal:
        return self.grid.cost_in_reps(weight, to=to, k=CONFIG.k_choose)

    def scored(self) -> int | None:
        return performance(
            self.plan,
            done=self.done,
            prev_done=self.prev_done,
            grid=self.grid,
            prev_rir=self.prev_rir,
            refs=self.refs,
        )

    def planned(self, *, soreness: int | None = None) -> ExercisePlan:
        target = Target(lo=self.lo, hi=self.hi, grid=self.grid, next_rir=self.next_rir, next_sets=self.next_sets)
        signals = Signals(soreness=soreness, perf=self.perf, fell_twice=self.fell_twice, gap_days=self.gap_days)
        earlier = Background(prev=self.prev, refs=self.refs)
        return plan_load(self.plan, done=self.done, target=target, signals=signals, background=earlier)


def broken(asked: Asked, result: ExercisePlan) -> list[str]:
    return [name for name, holds in CHECKS.items() if not _holds(holds, asked, result)]


def _holds(check: Callable[[Asked, ExercisePlan], bool], asked: Asked, result: ExercisePlan) -> bool:
    try:
        return check(asked, result)
    except (EngineError, ArithmeticError, LookupError):
        return False


def _codes(result: ExercisePlan) -> set[str]:
    return {reason.code for reason in result.reasons}


def _is_harder(asked: Asked, result: ExercisePlan) -> bool:
    return asked.grid.is_harder(result.weight, than=asked.held)


def _capacity(asked: Asked, result: ExercisePlan) -> Decimal:
    return result.reps + result.rir + asked.cost(asked.held, to=result.weight)


# -- the list ---------------------------------------------------------------------------------------


def _is_deterministic(asked: Asked, result: ExercisePlan) -> bool:
    return asked.planned() == result and asked.scored() == asked.perf


def _has_sets(asked: Asked, result: ExercisePlan) -> bool:
    return 1 <= result.sets <= CONFIG.most_sets and result.sets == asked.next_sets


def _has_reps(asked: Asked, result: ExercisePlan) -> bool:
    """Checks that at most 30 reps are asked, unless the lifter already does more."""
    shown = max((each.reps for each in asked.counted), default=asked.plan.reps)
    return 1 <= result.reps_lo <= result.reps <= max(CONFIG.most_reps, shown)


def _can_be_set(asked: Asked, result: ExercisePlan) -> bool:
    return result.weight == asked.held or asked.grid.is_on(result.weight)


def _is_near(asked: Asked, result: ExercisePlan) -> bool:
    grid, held, weight = asked.grid, asked.held, result.weight
    if weight in (held, grid.harder(held), grid.easier(held)):
        return True
    before, after = grid.load_moved(held), grid.load_moved(weight)
    if before is None:
        return abs(grid.steps(held, to=weight)) <= CONFIG.steps_limit
    return before * CONFIG.far_down_limit <= after <= before * CONFIG.far_up_limit


def _eases(asked: Asked, result: ExercisePlan) -> bool:
    return not (_codes(result) & EASING and _is_harder(asked, result))


def _returns_gently(asked: Asked, result: ExercisePlan) -> bool:
    if asked.gap_days is None or asked.gap_days <= CONFIG.break_days:
        return True
    grid, held = asked.grid, asked.held
    if _is_harder(asked, result):
        return False
    before, harder = grid.load_moved(held), grid.harder(result.weight)
    if result.weight == held or harder is None:
        return True
    if before is None:
        return result.weight == grid.easier(held)
    factor = next((share for days, share in CONFIG.break_factors if asked.gap_days <= days), None)
    return grid.load_moved(harder) >= before * (factor or CONFIG.longest_break_factor)


def _is_within_shown(asked: Asked, result: ExercisePlan) -> bool:
    """Checks that nothing is asked above what was shown, a day that counts half, or a stretch of a rep or two."""
    if result.reps == 1:  # nobody can be asked for less
        return True
    plan, held = asked.plan, asked.held
    shown = [
        each.reps - asked.cost(each.weight, to=held) + _in_reserve(asked, each)
        for each in asked.counted
        if not each.is_missed
    ]
    if not shown:
        return _capacity(asked, result) <= ROUNDING + plan.reps + (plan.rir or 0)
    most = max(shown)
    if asked.prev is not None and asked.grid.near(held, to=asked.prev.weight):
        most = max(most, asked.prev.capacity - asked.cost(asked.prev.weight, to=held) - CONFIG.form_free)
    if plan.rir is not None and len(shown) == plan.sets:
        most = max(most, plan.reps + plan.rir - asked.cost(plan.weight, to=held) + CONFIG.stretch_easy)
    return _capacity(asked, result) <= CONFIG.round_trip + most


def _in_reserve(asked: Asked, done: Done) -> Decimal:
    logged = done.credited_rir()
    return Decimal(asked.plan.rir or 0) if logged is None else logged


def _is_near_the_range(asked: Asked, result: ExercisePlan) -> bool:
    free = {"LOAD_NO_HEAVIER", "LOAD_HOLD_ODD", "LOAD_SKIPPED", "LOAD_RECOVERY"}
    return bool(_codes(result) & free) or result.reps <= min(CONFIG.most_reps, int(CONFIG.top_share * asked.hi))


def _rises_on_merit(asked: Asked, result: ExercisePlan) -> bool:
    speaks_against = (asked.perf or 0) >= 2 or any(each.is_missed for each in asked.counted)
    up = _codes(result) & {"LOAD_UP", "LOAD_UP_BIG"}
    if not _is_harder(asked, result):
        return not up
    least = -(-asked.lo // 2) if "LOAD_UP_BIG" in up else asked.lo
    return bool(up) and not speaks_against and result.reps >= least


def _never_rises_sore(asked: Asked, result: ExercisePlan) -> bool:
    return not _is_harder(asked, asked.planned(soreness=3))


def _rewards_a_rep(asked: Asked, result: ExercisePlan) -> bool:
    """Checks that one more rep never costs more than one. Scores without last week, because a better score may end a
    reset, which is another rule."""
    if asked.fell_twice or any(each.is_missed for each in asked.done):
        return True
    plain = replace(asked, prev_done=(), prev_rir=None, prev=None)
    plain = replace(plain, perf=plain.scored())
    better = replace(plain, done=tuple(replace(each, reps=each.reps + 1) for each in plain.done))
    better = replace(better, perf=better.scored())
    if better.places != plain.places:  # an odd set more or fewer is another rule
        return True
    return _capacity(better, better.planned()) >= _capacity(plain, plain.planned()) - 1 - ROUNDING


def _is_alike_in_every_unit(asked: Asked, result: ExercisePlan) -> bool:
    grid = asked.grid
    scaled = replace(
        asked,
        plan=replace(asked.plan, weight=asked.plan.weight * UNIT_FACTOR),
        done=tuple(replace(each, weight=each.weight * UNIT_FACTOR) for each in asked.done),
        prev_done=tuple(replace(each, weight=each.weight * UNIT_FACTOR) for each in asked.prev_done),
        refs=tuple(replace(each, weight=each.weight * UNIT_FACTOR) for each in asked.refs),
        prev=asked.prev and replace(asked.prev, weight=asked.prev.weight * UNIT_FACTOR),
        grid=replace(
            grid,
            step=grid.step and grid.step * UNIT_FACTOR,
            min=grid.min * UNIT_FACTOR,
            explicit=tuple(each * UNIT_FACTOR for each in grid.explicit),
        ),
    )
    there = scaled.planned()
    same = (there.reps, there.reps_lo, there.rir, _codes(there)) == (
        result.reps,
        result.reps_lo,
        result.rir,
        _codes(result),
    )
    return same and there.weight == result.weight * UNIT_FACTOR and scaled.scored() == asked.perf


def _repeats_what_was_skipped(asked: Asked, result: ExercisePlan) -> bool:
    skipped = replace(asked, plan=result, done=(), perf=None, fell_twice=False, gap_days=None, next_sets=result.sets)
    again = skipped.planned()
    return (again.sets, again.weight) == (result.sets, result.weight) and "LOAD_SKIPPED" in _codes(again)


def _deloads(asked: Asked, result: ExercisePlan) -> bool:
    best = max((each.reps for each in asked.counted), default=asked.plan.reps)
    grid = asked.grid
    for mode, index in (("rp", 0), ("rp", 1), ("simple", 0)):
        deload = plan_deload(
            replace(asked.plan, weight=asked.held),
            best_reps=best,
            grid=grid,
            session_index=index,
            sessions_in_week=2,
            mode=mode,
        )
        less = deload.sets <= asked.plan.sets and deload.reps <= best
        if not less or grid.is_harder(deload.weight, than=asked.held):
            return False
        if asked.plan.sets > 1 and deload.sets == asked.plan.sets:
            return False
    return True


def _has_a_reason(asked: Asked, result: ExercisePlan) -> bool:
    return bool(result.reasons) and all(sentence_of(reason).endswith(".") for reason in result.reasons)


def _scores_far_weights_gently(asked: Asked, result: ExercisePlan) -> bool:
    planned = asked.plan.weight
    if not asked.counted:
        return asked.perf is None
    if any(asked.grid.near(each.weight, to=planned) for each in asked.counted):
        return True
    if all(each.credited_rir() is not None for each in asked.counted):
        return True
    harder = [asked.grid.is_harder(each.weight, than=planned) for each in asked.counted]
    if all(harder):
        return asked.perf != 0
    return any(harder) or asked.perf != 3


def _resets_on_a_second_fall_alone(asked: Asked, result: ExercisePlan) -> bool:
    if "LOAD_RECOVERY" in _codes(result) or result.recovery:
        return False
    return "LOAD_RESET" not in _codes(result) or (asked.fell_twice and asked.perf == 3)


def _seeds_within_shown(asked: Asked, result: ExercisePlan) -> bool:
    """Checks the first plan that the last three sessions would give: settable, explained, and within the best shown."""
    lo, hi, grid = asked.lo, asked.hi, asked.grid
    seeded = seed(asked.history, lo=lo, hi=hi, grid=grid, rir=asked.next_rir, sets=asked.next_sets)
    if seeded is None:
        return all(each.days_ago > CONFIG.seed_days for each in asked.history)
    shown = max(
        each.reps
        + (past.rir if each.credited_rir() is None else each.credited_rir())
        - asked.cost(each.weight, to=seeded.weight)
        for past in asked.history
        for each in past.done
        if not each.is_missed
    )
    within = seeded.reps == 1 or seeded.reps + seeded.rir <= shown + ROUNDING
    used = {each.weight for past in asked.history for each in past.done}
    settable = grid.is_on(seeded.weight) or seeded.weight in used
    return within and settable and _has_a_reason(asked, seeded)


CHECKS: dict[str, Callable[[Asked, ExercisePlan], bool]] = {
    "I1 same input, same output": _is_deterministic,
    "I2 sets 1-15": _has_sets,
    "reps from 1, at most 30 or what is done already": _has_reps,
    "I10 a weight that can be set": _can_be_set,
    "I10 within 60-200 % or one step": _is_near,
    "I10 easing never raises": _eases,
    "I10 after a break lighter, not by more than factor and step": _returns_gently,
    "I11 never above what was shown, and a stretch": _is_within_shown,
    "I23 near the rep range": _is_near_the_range,
    "I12 the weight rises on merit, into the range": _rises_on_merit,
    "I12 sore, the weight never rises": _never_rises_sore,
    "I13 one more rep never costs more than one": _rewards_a_rep,
    "I14 alike in every unit": _is_alike_in_every_unit,
    "I15 skipped: sets and weight stay": _repeats_what_was_skipped,
    "I16 a deload is less of everything": _deloads,
    "I18 a reason with a sentence": _has_a_reason,
    "a seed within what the last three sessions showed": _seeds_within_shown,
    "I21 far from the plan, lighter is never 3, heavier never 0": _scores_far_weights_gently,
    "I22 a reset needs a second fall": _resets_on_a_second_fall_alone,
}
