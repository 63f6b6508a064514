"""The table that decides the next weight and reps. Its first match wins.

`ROWS` at the end of this module is that table. Each of its functions returns an answer, or None where the next one is
to decide. No row asks for more than the lifter has shown, but for a stretch of a rep or two.
"""

import math
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from functools import cached_property

from metricgain.numbers import plain
from training.progression.config import Config
from training.progression.load.capacity import whole_reps
from training.progression.load.gap import break_factor
from training.progression.load.grid import Grid
from training.progression.load.plan import ExercisePlan
from training.progression.load.rir import STILL_SORE
from training.progression.load.showing import form
from training.progression.load.showing.performance import FELL, MISSED
from training.progression.load.showing.shown import Shown
from training.progression.load.stretch import stretched
from training.progression.load.target import Background, Signals, Target
from training.progression.reasons.reasons import Reason, percent
from training.progression.reasons.set_reasons import Param, whole


@dataclass(frozen=True, kw_only=True)
class LoadCase:
    """Everything that the rows of the table look at. stretch: the reps asked beyond the aim."""

    plan: ExercisePlan
    shown: Shown
    target: Target
    signals: Signals
    background: Background
    rir: int  # the RIR of the target, eased
    stretch: int
    config: Config

    @property
    def grid(self) -> Grid:
        return self.target.grid

    @cached_property
    def risen(self) -> Decimal:
        """The reps by which the session showed more than the one before."""
        before, gap = self.background.prev, self.signals.gap_days
        return form.risen(self.shown, before=before, gap_days=gap, grid=self.grid, config=self.config)

    @property
    def capacity(self) -> Decimal:
        """What the session showed, as far as the form of the day counts."""
        return form.counting(self.shown.capacity, risen=self.risen, config=self.config)

    @property
    def expected(self) -> Decimal:
        """The reps to ask at the main weight with next week's RIR."""
        return max(self.capacity, stretched(self.shown.aim, by=self.stretch)) - self.rir

    @property
    def reps(self) -> int:
        return self.whole(self.expected)

    def whole(self, reps: Decimal) -> int:
        return whole_reps(reps, config=self.config)

    @property
    def top(self) -> int:
        """The most reps that are asked where a heavier weight exists."""
        config = self.config
        return min(config.most_reps, math.floor(config.top_share * self.target.hi))

    @property
    def bottom(self) -> int:
        """The fewest reps that a heavier weight may ask."""
        return math.ceil(self.config.bottom_share * self.target.lo)

    @property
    def middle(self) -> int:
        return (self.target.lo + self.target.hi) // 2

    def cost(self, weight: Decimal) -> Decimal:
        config = self.config
        return self.grid.cost_in_reps(self.shown.weight, to=weight, k=config.k_choose, config=config)

    def reps_at(self, weight: Decimal) -> int:
        return self.whole(self.expected - self.cost(weight))

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
class LoadAnswer:
    """The weight and the reps of set 1, with the code of the reason and its facts; `more`: reasons after it."""

    weight: Decimal
    reps: int
    code: str
    params: Mapping[str, Param] = field(default_factory=dict)
    more: tuple[Reason, ...] = ()

    @property
    def reasons(self) -> tuple[Reason, ...]:
        return Reason(self.code, self.params), *self.more


def decide(case: LoadCase) -> LoadAnswer:
    """Returns the answer of the first row that has one."""
    return next(answer for answer in (row(case) for row in ROWS) if answer)


def _recovery(case: LoadCase) -> LoadAnswer | None:
    if not case.signals.recovery:
        return None
    return LoadAnswer(weight=case.shown.weight, reps=math.ceil(case.shown.best / 2), code="LOAD_RECOVERY")


def _break(case: LoadCase) -> LoadAnswer | None:
    """After a break: a little lighter. Strength hardly fades in 2-3 weeks and returns fast (McMaster 2013, Halonen
    2024)."""
    days, config = case.signals.gap_days or 0, case.config
    if days <= config.break_days:
        return None
    held, grid = case.shown.weight, case.grid
    easier = grid.easier(held)
    factor = break_factor(days, config=config)
    rusty = case.expected + factor.ln() / config.k_choose
    load = grid.load_moved(held)
    is_lighter_due = days > (config.break_hold_days if load is not None else config.break_step_days)
    if is_lighter_due and easier is None:
        return _lightest(case, reps=case.whole(rusty))
    weight = held
    if is_lighter_due:
        near = easier if load is None else grid.nearest_not_harder(grid.weight_moving(load * factor), than=held)
        assert near is not None, "where a lighter one is due there is one"
        weight = near
    reps = min(case.whole(rusty - case.cost(weight)), case.target.hi)
    if weight == held:
        return LoadAnswer(weight=held, reps=reps, code="LOAD_BREAK_HOLD", params={"days": days})
    params: dict[str, Param] = {"pct": _share_off(case, weight), "days": days}
    return LoadAnswer(weight=weight, reps=reps, code="LOAD_BREAK", params=params)


def _reset(case: LoadCase) -> LoadAnswer | None:
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
    return LoadAnswer(weight=weight, reps=reps, code="LOAD_RESET", params={"pct": _share_off(case, weight)})


# -- above the rep range ------------------------------------------------------------------------------


def _above(case: LoadCase) -> LoadAnswer | None:
    """More reps than the rep range asks for: a heavier weight, unless a reason holds it."""
    if case.reps <= case.target.hi:
        return None
    held = case.shown.weight
    if case.signals.soreness == STILL_SORE:
        return LoadAnswer(weight=held, reps=case.target.hi, code="LOAD_HOLD_SORE")
    if (case.signals.perf is not None and case.signals.perf >= MISSED) or case.shown.zero:
        short = {"short": int(case.shown.short)}
        return LoadAnswer(weight=held, reps=case.target.hi, code="LOAD_HOLD_MISSED", params=short)
    following = case.grid.harder(held)
    if following is None:
        return LoadAnswer(weight=held, reps=min(case.reps, case.config.most_reps), code="LOAD_NO_HEAVIER")
    if case.reps_at(following) < case.target.lo:
        return _big_step(case, following) or _step_too_big(case, following)
    weight = _first_in_range(case, following)
    reps = min(case.reps_at(weight), case.top)
    last = math.floor(reps - case.shown.drop * (case.target.next_sets - 1))
    if last < case.target.lo - case.config.last_sets_slack:
        stays = LoadAnswer(weight=held, reps=min(case.reps, case.top), code="LOAD_HOLD_LAST_SETS")
        return _big_step(case, following) or stays
    return LoadAnswer(weight=weight, reps=reps, code="LOAD_UP", params=_step_params(case, weight, reps=reps))


def _big_step(case: LoadCase, weight: Decimal) -> LoadAnswer | None:
    """The next weight, though it lands below the range, where otherwise more reps would be due than are ever asked."""
    reps = case.reps_at(weight)
    if case.reps <= case.top or reps < case.bottom:
        return None
    reps = min(reps, case.top)
    return LoadAnswer(weight=weight, reps=reps, code="LOAD_UP_BIG", params=_step_params(case, weight, reps=reps))


def _step_too_big(case: LoadCase, following: Decimal) -> LoadAnswer:
    """Adds reps, and names the plate that would make the step smaller: first after three sessions in a row."""
    held, config = case.shown.weight, case.config
    times = 1 + next((_times(each) for each in case.plan.reasons if each.code == "LOAD_STEP_TOO_BIG"), 0)
    plate = abs(following - held) / 2
    hint = Reason("STEP_HINT", {"plate": plain(plate), "unit": case.grid.unit, "kind": case.grid.kind})
    params: dict[str, Param] = {"next": plain(following), "unit": case.grid.unit, "times": times}
    reps = min(case.reps, case.top)
    if times >= config.hint_sessions:
        too_big = Reason("LOAD_STEP_TOO_BIG", params)
        return LoadAnswer(weight=held, reps=reps, code=hint.code, params=hint.params, more=(too_big,))
    return LoadAnswer(weight=held, reps=reps, code="LOAD_STEP_TOO_BIG", params=params, more=(hint,))


def _times(reason: Reason) -> int:
    """Returns the sessions in a row for which the step was too big; 1 on rows that do not say it."""
    return whole(reason.params, "times") if "times" in reason.params else 1


def _first_in_range(case: LoadCase, weight: Decimal) -> Decimal:
    """Returns the first setting from `weight` up at which the reps are `hi` or fewer. It stops before a load of more
    than +10 %, and before the reps fall below `lo`.

    Far above the range, where two sets or a said RIR show it, the start was too light: then the load may double, and
    the search goes on to the middle of the range."""
    config, most = case.config, case.target.hi
    limit = config.load_up_limit
    if case.reps > most + config.far_reps and (case.shown.is_said or case.shown.sets >= config.far_sets):
        limit, most = config.far_up_limit, case.middle
    for _ in range(config.most_search_steps - 1):
        harder = case.grid.harder(weight)
        if case.reps_at(weight) <= most or harder is None or case.reps_at(harder) < case.target.lo:
            break
        if not case.is_within(harder, share=limit):
            break
        weight = harder
    return weight


# -- below the rep range, and inside it ---------------------------------------------------------------


def _below(case: LoadCase) -> LoadAnswer | None:
    """Fewer reps than the rep range asks for: one more try where one rep is missing, else a lighter weight."""
    lo = case.target.lo
    if case.reps >= lo:
        return None
    held, config = case.shown.weight, case.config
    weight = case.grid.easier(held)
    if weight is None:
        return _lightest(case, reps=case.reps)
    if case.reps == lo - 1 and not _tried_before(case):
        params = {"lo": lo, "reps": max(1, case.reps)}
        return LoadAnswer(weight=held, reps=case.reps, code="LOAD_HOLD_BELOW", params=params)
    if case.reps_at(weight) > case.top:
        lighter: dict[str, Param] = {"weight": plain(weight), "unit": case.grid.unit, "kind": case.grid.kind}
        return LoadAnswer(weight=held, reps=case.reps, code="LOAD_HOLD_BIG", params=lighter)
    is_far = case.reps < lo - config.far_reps
    limit = config.far_down_limit if is_far else config.load_down_limit
    for _ in range(config.most_search_steps - 1):
        easier = case.grid.easier(weight)
        if case.reps_at(weight) >= lo or easier is None or case.reps_at(easier) > case.top:
            break
        if not case.is_within(easier, share=limit):
            break
        weight = easier
    reps = min(case.reps_at(weight), case.target.hi)
    return LoadAnswer(weight=weight, reps=reps, code="LOAD_DOWN", params=_step_params(case, weight, reps=reps))


def _tried_before(case: LoadCase) -> bool:
    plan = case.plan
    return (
        plan.carries("LOAD_HOLD_BELOW")
        and plan.weight is not None
        and case.grid.near(plan.weight, to=case.shown.weight, config=case.config)
    )


def _in_range(case: LoadCase) -> LoadAnswer:
    """Reps within the range: the same weight, and the reps that were shown, at next week's RIR."""
    shown, reps = case.shown, case.reps
    params: dict[str, Param] = {"reps": reps, "rir": case.rir}
    counted = case.whole(case.capacity - case.rir)
    if reps > counted:
        easy = int(case.stretch >= case.config.stretch_easy)
        return LoadAnswer(
            weight=shown.weight, reps=reps, code="REPS_STRETCH", params=params | {"n": reps - counted, "easy": easy}
        )
    risen = case.whole(abs(case.risen))
    if (raw := case.whole(shown.capacity - case.rir)) != counted:
        code = "REPS_STRONG_DAY" if raw > counted else "REPS_WEAK_DAY"
        return LoadAnswer(weight=shown.weight, reps=reps, code=code, params=params | {"n": risen})
    last = case.whole(shown.reps)
    if reps > last:
        told = shown.rir if shown.said is None else shown.said
        params |= {"r": last, "rir0": plain(round(told, 1)), "said": int(shown.said is not None)}
        return LoadAnswer(weight=shown.weight, reps=reps, code="REPS_UP", params=params)
    return LoadAnswer(
        weight=shown.weight, reps=reps, code="REPS_MATCH" if reps == last else "REPS_EASIER", params=params
    )


def _lightest(case: LoadCase, *, reps: int) -> LoadAnswer:
    return LoadAnswer(weight=case.shown.weight, reps=min(reps, case.target.hi), code="LOAD_HOLD_LIGHTEST")


def _step_params(case: LoadCase, weight: Decimal, *, reps: int) -> dict[str, Param]:
    held = case.shown.weight
    params: dict[str, Param] = {
        "delta": plain(abs(weight - held)),
        "unit": case.grid.unit,
        "kind": case.grid.kind,
        "r": case.whole(case.shown.reps),
        "lo": case.target.lo,
        "hi": case.target.hi,
        "reps": max(1, reps),
    }
    if case.background.is_last:
        return params
    return params | {"was": plain(held), "now": plain(weight)}


def _share_off(case: LoadCase, weight: Decimal) -> str | None:
    """Returns the per cent that is taken off the load moved; None where the load is unknown."""
    before, after = case.grid.load_moved(case.shown.weight), case.grid.load_moved(weight)
    return None if before is None or after is None else percent(1 - after / before)


ROWS: tuple[Callable[[LoadCase], LoadAnswer | None], ...] = (_recovery, _break, _reset, _above, _below, _in_range)
