"""The next weight and reps of an exercise: double progression that takes effort (RIR) into account.

One table decides, and its first match wins. `ROWS` at the end of this module is that table. Each of its functions
returns an answer, or None where the next one is to decide. No row asks for more than the lifter has shown.
"""

import math
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from decimal import Decimal

from metricgain.numbers import plain
from training.progression.config import CONFIG, Config
from training.progression.load.grid import Grid
from training.progression.load.performance import FELL, MISSED, performance
from training.progression.load.plan import Done, ExercisePlan, check_done, check_plan, shown_lo
from training.progression.load.rir import STILL_SORE, eased_rir
from training.progression.load.shown import Shown, shown_by_log, shown_by_plan
from training.progression.load.start import ask
from training.progression.load.target import Signals, Target, check_signals, check_target
from training.progression.reasons.reasons import Reason, percent
from training.progression.reasons.set_reasons import Param

NO_SIGNALS = Signals()


@dataclass(frozen=True, slots=True, kw_only=True)
class _Case:
    """Everything that the rows of the table look at."""

    plan: ExercisePlan
    shown: Shown
    target: Target
    signals: Signals
    rir: int  # the RIR of the target, eased
    config: Config

    @property
    def grid(self) -> Grid:
        return self.target.grid

    @property
    def expected(self) -> Decimal:
        """The reps to expect at the main weight with next week's RIR."""
        return self.shown.reps + self.shown.rir - self.rir

    @property
    def reps(self) -> int:
        return math.floor(self.expected)

    def cost(self, weight: Decimal) -> Decimal:
        config = self.config
        return self.grid.cost_in_reps(self.shown.weight, to=weight, k=config.k_choose, config=config)

    def reps_at(self, weight: Decimal) -> int:
        return math.floor(self.expected - self.cost(weight))

    def is_within(self, weight: Decimal, *, share: Decimal) -> bool:
        """Returns whether the load at `weight` is within `share` times the load so far: at most that where `share` is
        above 1, at least that where it is below. Where the load is unknown: whether it is within four steps."""
        load = self.grid.load_moved(self.shown.weight)
        if load is None:
            return abs(self.grid.steps(self.shown.weight, to=weight)) <= self.config.steps_limit
        moved = self.grid.load_moved(weight)
        if moved is None:
            return False
        return moved <= load * share if share > 1 else moved >= load * share


@dataclass(frozen=True, slots=True, kw_only=True)
class _Answer:
    weight: Decimal
    reps: int
    code: str
    params: Mapping[str, Param] = field(default_factory=dict)


def plan_load(
    plan: ExercisePlan,
    *,
    done: Sequence[Done],
    target: Target,
    signals: Signals = NO_SIGNALS,
    config: Config = CONFIG,
) -> ExercisePlan:
    """Returns the plan of the next session of one exercise, from the plan just done and its log.

    `done`: the working sets in order; empty: the exercise was skipped. `target.next_rir` is the RIR of the week; it
    rises by 1 here after soreness 3 or a gap of more than 10 days. Without `signals.perf` the session is scored here,
    without a look at last week. Without `signals.gap_days` there was no gap. Where the plan has no weight and nothing
    was logged, the plan asks again (weight None).
    Raises EngineError outside the border. Chapter "Weight and reps"; how load trades against reps: Berger, Nuzzo
    2024; raising the load or the reps builds the same muscle: Plotkin 2022.
    """
    check_plan(plan, grid=target.grid)
    check_done(done, grid=target.grid)
    check_target(target, config=config)
    check_signals(signals)

    rir = eased_rir(target.next_rir, soreness=signals.soreness, gap_days=signals.gap_days, config=config)
    gap, recovery = signals.gap_days or 0, signals.recovery
    if not done and not recovery and (gap <= config.break_days or plan.weight is None):
        return _skipped(plan, lo=target.lo, rir=rir, sets=target.next_sets, config=config)
    if not done and plan.weight is None:
        return _recovery_without_weight(plan, lo=target.lo, sets=target.next_sets, config=config)
    perf = signals.perf
    if done and perf is None:
        perf = performance(plan, done=done, grid=target.grid, config=config)
    case = _Case(
        plan=plan,
        shown=shown_by_log(plan, done=done, grid=target.grid, config=config) if done else shown_by_plan(plan),
        target=target,
        signals=replace(signals, perf=perf),
        rir=config.recovery_rir if recovery else rir,
        config=config,
    )
    return _planned(case, next(answer for answer in (row(case) for row in ROWS) if answer))


def _planned(case: _Case, answer: _Answer) -> ExercisePlan:
    reps = max(1, answer.reps)
    return ExercisePlan(
        sets=case.target.next_sets,
        weight=answer.weight,
        reps=reps,
        reps_lo=shown_lo(reps, drop=case.shown.drop, sets=case.target.next_sets, lo=case.target.lo),
        rir=case.rir,
        drop=case.shown.drop,
        recovery=case.signals.recovery,
        reasons=(Reason(answer.code, answer.params),),
    )


# -- nothing logged ---------------------------------------------------------------------------------


def _skipped(plan: ExercisePlan, *, lo: int, rir: int, sets: int, config: Config) -> ExercisePlan:
    """Returns the plan again. Its RIR falls by 1 at most, and the reps change with the RIR."""
    if plan.rir is not None:
        rir = max(rir, plan.rir - 1)
    reps = plan.reps
    if plan.weight is not None and plan.rir is not None:
        # Where the RIR rises (still sore, or after a gap), the reps fall. The same reps at the same weight with more
        # in reserve would ask for more than was planned, let alone shown.
        reps = max(1, min(reps + plan.rir - rir, max(config.most_reps, reps)))
    reasons: tuple[Reason, ...]
    if plan.weight is None:
        reasons = (ask(reps, rir=rir),)
    else:
        reasons = (Reason("LOAD_SKIPPED"),)
        if plan.carries("LOAD_HOLD_BELOW"):  # the last try at this weight is still to come
            reasons += (Reason("LOAD_HOLD_BELOW", {"lo": lo, "reps": reps}),)
    reps_lo = shown_lo(reps, drop=plan.drop, sets=sets, lo=lo)
    return replace(plan, sets=sets, reps=reps, reps_lo=reps_lo, rir=rir, recovery=False, reasons=reasons)


def _recovery_without_weight(plan: ExercisePlan, *, lo: int, sets: int, config: Config) -> ExercisePlan:
    reps = math.ceil(Decimal(plan.reps) / 2)
    rir = config.recovery_rir
    return replace(
        plan,
        sets=sets,
        reps=reps,
        reps_lo=shown_lo(reps, drop=plan.drop, sets=sets, lo=lo),
        rir=rir,
        recovery=True,
        reasons=(Reason("LOAD_RECOVERY"), ask(reps, rir=rir)),
    )


# -- the rows ---------------------------------------------------------------------------------------


def _recovery(case: _Case) -> _Answer | None:
    if not case.signals.recovery:
        return None
    return _Answer(weight=case.shown.weight, reps=math.ceil(case.shown.reps / 2), code="LOAD_RECOVERY")


def _break(case: _Case) -> _Answer | None:
    """After a break: a little lighter. Strength hardly fades in 2-3 weeks and returns fast (McMaster 2013, Halonen
    2024)."""
    days = case.signals.gap_days or 0
    if days <= case.config.break_days:
        return None
    held, grid = case.shown.weight, case.grid
    easier = grid.easier(held)
    factor = break_factor(days, config=case.config)
    rusty = case.expected + factor.ln() / case.config.k_choose
    load = grid.load_moved(held)
    is_lighter_due = load is not None or days > case.config.break_step_days
    if is_lighter_due and easier is None:
        return _lightest(case, reps=math.floor(rusty))
    if load is not None:
        weight = grid.nearest_not_harder(grid.weight_moving(load * factor), than=held)
    else:
        weight = easier if is_lighter_due else held
    assert weight is not None, "where a lighter one is due there is one"
    reps = min(math.floor(rusty - case.cost(weight)), case.target.hi)
    if weight == held:
        return _Answer(weight=held, reps=reps, code="LOAD_BREAK_HOLD", params={"days": days})
    params: dict[str, Param] = {"pct": _share_off(case, weight), "days": days}
    return _Answer(weight=weight, reps=reps, code="LOAD_BREAK", params=params)


def break_factor(days: int, *, config: Config = CONFIG) -> Decimal:
    """Returns the share of the load to use after `days` without training; 1 up to 14 days.

    Chapter "After a break".
    """
    if days <= config.break_days:
        return Decimal(1)
    for up_to, factor in config.break_factors:
        if days <= up_to:
            return factor
    return config.longest_break_factor


def _reset(case: _Case) -> _Answer | None:
    if case.signals.perf != FELL or not case.signals.fell_twice:
        return None
    held, grid = case.shown.weight, case.grid
    weight = grid.easier(held)
    if weight is None:
        return _lightest(case, reps=case.reps)
    if grid.kind == "load":
        down = grid.down_to_grid(held * case.config.reset_factor)
        # In a list with wide gaps this can be far too light: then it is one step instead.
        if down is not None and case.is_within(down, share=case.config.load_down_limit):
            weight = down
    reps = min(case.reps_at(weight), case.target.hi)
    return _Answer(weight=weight, reps=reps, code="LOAD_RESET", params={"pct": _share_off(case, weight)})


def _above(case: _Case) -> _Answer | None:
    """More reps than the rep range asks for: a heavier weight, unless a reason holds it."""
    if case.reps <= case.target.hi:
        return None
    held = case.shown.weight
    if case.signals.soreness == STILL_SORE:
        return _Answer(weight=held, reps=case.target.hi, code="LOAD_HOLD_SORE")
    if (case.signals.perf is not None and case.signals.perf >= MISSED) or case.shown.missed:
        return _Answer(weight=held, reps=case.target.hi, code="LOAD_HOLD_MISSED")
    free_reps = min(case.reps, case.config.most_reps)
    next_weight = case.grid.harder(held)
    if next_weight is None:
        return _Answer(weight=held, reps=free_reps, code="LOAD_NO_HEAVIER")
    if case.reps_at(next_weight) < case.target.lo:
        params = {"next": plain(next_weight), "unit": case.grid.unit}
        return _Answer(weight=held, reps=free_reps, code="LOAD_STEP_TOO_BIG", params=params)
    weight = _first_in_range(case, next_weight)
    reps = min(case.reps_at(weight), case.config.most_reps)
    last = math.floor(reps - case.shown.drop * (case.target.next_sets - 1))
    if last < case.target.lo - case.config.last_sets_slack:
        return _Answer(weight=held, reps=free_reps, code="LOAD_HOLD_LAST_SETS")
    return _Answer(weight=weight, reps=reps, code="LOAD_UP", params=_step_params(case, weight))


def _first_in_range(case: _Case, weight: Decimal) -> Decimal:
    """Returns the first setting from `weight` up at which the reps are `hi` or fewer. It stops before a load of more
    than +10 %, and before the reps fall below `lo`."""
    for _ in range(case.config.most_search_steps - 1):
        harder = case.grid.harder(weight)
        if case.reps_at(weight) <= case.target.hi or harder is None or case.reps_at(harder) < case.target.lo:
            break
        if not case.is_within(harder, share=case.config.load_up_limit):
            break
        weight = harder
    return weight


def _below(case: _Case) -> _Answer | None:
    """Fewer reps than the rep range asks for: one more try where one rep is missing, else a lighter weight."""
    if case.reps >= case.target.lo:
        return None
    held = case.shown.weight
    weight = case.grid.easier(held)
    if weight is None:
        return _lightest(case, reps=case.reps)
    if case.reps == case.target.lo - 1 and not _tried_before(case):
        params = {"lo": case.target.lo, "reps": max(1, case.reps)}
        return _Answer(weight=held, reps=case.reps, code="LOAD_HOLD_BELOW", params=params)
    for _ in range(case.config.most_search_steps - 1):
        easier = case.grid.easier(weight)
        if case.reps_at(weight) >= case.target.lo or easier is None:
            break
        if not case.is_within(easier, share=case.config.load_down_limit):
            break
        weight = easier
    reps = min(case.reps_at(weight), case.target.hi)
    return _Answer(weight=weight, reps=reps, code="LOAD_DOWN", params=_step_params(case, weight))


def _tried_before(case: _Case) -> bool:
    plan = case.plan
    return (
        plan.carries("LOAD_HOLD_BELOW")
        and plan.weight is not None
        and case.grid.near(plan.weight, to=case.shown.weight, config=case.config)
    )


def _in_range(case: _Case) -> _Answer:
    """Reps within the range: the same weight, and the reps that were shown, at next week's RIR. Nothing is added on
    top."""
    last = math.floor(case.shown.reps)
    params: dict[str, Param] = {"reps": case.reps, "rir": case.rir}
    if case.reps > last:
        params |= {"r": last, "rir0": plain(round(case.shown.rir, 1))}
        return _Answer(weight=case.shown.weight, reps=case.reps, code="REPS_UP", params=params)
    code = "REPS_MATCH" if case.reps == last else "REPS_EASIER"
    return _Answer(weight=case.shown.weight, reps=case.reps, code=code, params=params)


def _lightest(case: _Case, *, reps: int) -> _Answer:
    return _Answer(weight=case.shown.weight, reps=min(reps, case.target.hi), code="LOAD_HOLD_LIGHTEST")


def _step_params(case: _Case, weight: Decimal) -> dict[str, Param]:
    return {
        "delta": plain(abs(weight - case.shown.weight)),
        "unit": case.grid.unit,
        "kind": case.grid.kind,
        "r": math.floor(case.shown.reps),
        "lo": case.target.lo,
        "hi": case.target.hi,
    }


def _share_off(case: _Case, weight: Decimal) -> str | None:
    """Returns the per cent that is taken off the load moved; None where the load is unknown."""
    before, after = case.grid.load_moved(case.shown.weight), case.grid.load_moved(weight)
    return None if before is None or after is None else percent(1 - after / before)


ROWS: tuple[Callable[[_Case], _Answer | None], ...] = (_recovery, _break, _reset, _above, _below, _in_range)
