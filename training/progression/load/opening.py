"""The first session of the next mesocycle, from the last hard weeks of the one before."""

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from statistics import median

from training.progression.border import check_whole_or_missing, refuse
from training.progression.config import CONFIG, Config
from training.progression.load.capacity import whole_reps
from training.progression.load.gap import break_factor
from training.progression.load.grid import Grid
from training.progression.load.plan import Done, ExercisePlan, check_bias, check_done, check_plan, shown_lo
from training.progression.load.rir import eased_rir
from training.progression.load.showing.shown import Shown, shown
from training.progression.load.target import Target, check_target
from training.progression.reasons.reasons import Reason, percent
from training.progression.reasons.set_reasons import Param


@dataclass(frozen=True, slots=True, kw_only=True)
class HardSession:
    """One hard session of an exercise in a workout: no deload, no recovery session, none while ill. gap_before: days
    since the muscle's session before it; None: none before. Raises EngineError when a value is out of range."""

    plan: ExercisePlan
    done: tuple[Done, ...]
    gap_before: int | None = None

    def __post_init__(self) -> None:
        if not isinstance(self.done, tuple) or not all(isinstance(each, Done) for each in self.done):
            refuse("done of a hard session", self.done, wanted="a tuple of Done")
        check_whole_or_missing("gap_before", self.gap_before, least=0)


def open_meso(
    sessions: Sequence[HardSession],
    *,
    target: Target,
    gap_days: int | None = None,
    bias: Decimal = Decimal(0),
    config: Config = CONFIG,
) -> ExercisePlan | None:
    """Returns week 1 of the next mesocycle for one exercise in one workout; None without a session that shows anything,
    so that `seed` or a question decides.

    `sessions`: the hard ones of the mesocycle before, newest first. Of the last three, back to the first one after a
    break, the median capacity counts. `target`: the new week's RIR, and its sets. `gap_days`: from the last logged
    session of the exercise, deload included, to the first workout. The weight is the one that asks most within the
    lower half of the rep range. Raises EngineError outside the border. Chapter "From one mesocycle to the next".
    """
    _check(sessions, target=target, gap_days=gap_days, bias=bias, config=config)
    grid = target.grid
    found = _shown(sessions, grid=grid, bias=bias, config=config)
    if not found:
        return None
    newest = found[0]
    capacity, gap = _capacity(found, grid=grid, config=config), gap_days or 0
    if _beat_the_median(sessions, newest, capacity=capacity):
        capacity = (capacity + newest.capacity) / 2
    rir = eased_rir(target.next_rir, soreness=None, gap_days=gap_days, config=config)
    factor = break_factor(gap, config=config)
    opening = _Opening(
        expected=capacity + factor.ln() / config.k_choose - rir, start=newest.weight, target=target, config=config
    )
    weight = opening.choose()
    reps = max(1, min(opening.reps_at(weight), config.most_reps))
    params: dict[str, Param] = {"reps": reps, "rir": rir}
    reason = Reason("MESO_OPEN", params)
    if factor < 1:
        reason = Reason("MESO_OPEN_BREAK", params | {"pct": percent(1 - factor), "days": gap})
    return ExercisePlan(
        sets=target.next_sets,
        weight=weight,
        reps=reps,
        reps_lo=shown_lo(reps, drop=newest.drop, sets=target.next_sets, lo=target.lo),
        rir=rir,
        drop=newest.drop,
        reasons=(reason,),
        open=target.can_fail and rir == 0,
    )


def _shown(sessions: Sequence[HardSession], *, grid: Grid, bias: Decimal, config: Config) -> list[Shown]:
    """Returns what the last three hard sessions show, newest first. What lies before a break is not looked at."""
    looked_at: list[HardSession] = []
    for session in sessions[: config.opening_sessions]:
        looked_at.append(session)
        if (session.gap_before or 0) > config.break_days:
            break
    found = []
    for session in looked_at:
        refs = [each for other in looked_at if other is not session for each in other.done]
        what = shown(session.plan, done=session.done, grid=grid, bias=bias, refs=refs, config=config)
        if what is not None:
            found.append(what)
    return found


def _capacity(found: Sequence[Shown], *, grid: Grid, config: Config) -> Decimal:
    """Returns the median capacity at the main weight of the newest session."""
    weight = found[0].weight
    return median(
        each.capacity - grid.cost_in_reps(each.weight, to=weight, k=config.k_choose, config=config) for each in found
    )


def _beat_the_median(sessions: Sequence[HardSession], newest: Shown, *, capacity: Decimal) -> bool:
    """Returns whether the newest session was an open one in which the lifter went on past the target, and showed more
    than the median: a test that counts half."""
    last = sessions[0]
    if not last.plan.open or newest.is_said or not last.done:
        return False
    return last.done[0].reps > last.plan.reps and newest.capacity > capacity


@dataclass(frozen=True, slots=True, kw_only=True)
class _Opening:
    """The choice of the weight. expected: the reps at the weight `start` with the RIR of the new week."""

    expected: Decimal
    start: Decimal
    target: Target
    config: Config

    def cost(self, weight: Decimal) -> Decimal:
        config = self.config
        return self.target.grid.cost_in_reps(self.start, to=weight, k=config.k_choose, config=config)

    def reps_at(self, weight: Decimal) -> int:
        return whole_reps(self.expected - self.cost(weight), config=self.config)

    def choose(self) -> Decimal:
        lo, hi = self.target.lo, self.target.hi
        found = {weight: self.reps_at(weight) for weight in self._candidates()}
        for most in ((lo + hi) // 2, hi):
            if inside := [weight for weight, reps in found.items() if lo <= reps <= most]:
                # What rounding down leaves of the capacity decides; of equals, the one nearest to the last weight.
                return max(inside, key=lambda one: (found[one] + self.cost(one), -abs(one - self.start)))
        top = min(self.config.most_reps, math.floor(self.config.top_share * hi))
        if above := [weight for weight, reps in found.items() if hi < reps <= top]:
            return min(above, key=lambda one: found[one])
        if below := [weight for weight, reps in found.items() if reps <= top]:
            return max(below, key=lambda one: found[one])
        return min(found, key=lambda one: found[one])

    def _candidates(self) -> Iterator[Decimal]:
        """Yields the last weight and the settings around it: harder ones while they leave the bottom of the rep range,
        easier ones until they reach its top."""
        grid, steps = self.target.grid, self.config.most_search_steps
        yield self.start
        weight = grid.harder(self.start)
        while weight is not None and steps > 0 and self.reps_at(weight) >= self.target.lo:
            yield weight
            weight, steps = grid.harder(weight), steps - 1
        steps, last = self.config.most_search_steps, self.start
        while (weight := grid.easier(last)) is not None and steps > 0 and self.reps_at(last) < self.target.hi:
            yield weight
            last, steps = weight, steps - 1


def _check(sessions: object, *, target: Target, gap_days: int | None, bias: Decimal, config: Config) -> None:
    if not isinstance(sessions, Sequence) or not all(isinstance(each, HardSession) for each in sessions):
        refuse("sessions", sessions, wanted="a sequence of HardSession")
    for each in sessions:
        check_plan(each.plan, grid=target.grid)
        check_done(each.done, grid=target.grid, name="a hard session")
    check_target(target, config=config)
    check_whole_or_missing("gap_days", gap_days, least=0)
    check_bias(bias, config=config)
