"""Simulated lifters who hold: how long they truly can is known, and the rules for holds ask them.

A hold is simpler than a lift: nobody says a RIR, and what was asked was held or it was not. How long a hold lasts with
more weight, and how it grows, is assumed, and frozen as in `benchmarks/engine/simulation/lifter.py`.
"""

import math
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from decimal import Decimal
from random import Random
from statistics import mean

from training.progression import (
    Done,
    ExercisePlan,
    Grid,
    Signals,
    Target,
    done_in_steps,
    fell_twice,
    hard_rir,
    in_steps,
    open_hold,
    performance,
    plan_hold,
    start_hold,
)

WEEKS, MESOCYCLES, SETS = 5, 3, 3
DAY, SET, SET_LOSS = 0.07, 0.03, 0.06  # shares of a capacity: noise of the day and of the set, lost by each set before
HEAVIER = 3.0  # ln(seconds) lost per ln(load)
BODY = 80.0
HOLDS_ON = 0.9  # the share of what is possible at which one who holds on stops
PLATES = Grid(kind="added", step=Decimal("2.5"), body=Decimal(80))
ALONE = Grid(kind="added", explicit=(Decimal(0),))


@dataclass(frozen=True, slots=True, kw_only=True)
class Holder:
    """A kind of lifter. able: the least and most seconds with the body alone at the start. growth: per cent a week."""

    name: str
    able: tuple[float, float] = (25.0, 70.0)
    growth: float = 1.5
    holds_on: bool = False
    grid: Grid = field(default_factory=lambda: ALONE)
    lo: int = 20
    hi: int = 60


HOLDERS = (
    Holder(name="holds what is asked"),
    Holder(name="holds on", holds_on=True),
    Holder(name="holds what is asked, cannot reach the range", able=(8.0, 18.0)),
    Holder(name="holds on, far above the range", able=(90.0, 180.0), holds_on=True),
    Holder(name="holds what is asked, with plates", grid=PLATES),
    Holder(name="holds on, with plates, far above the range", able=(90.0, 180.0), holds_on=True, grid=PLATES),
    Holder(name="gains nothing", growth=0.0),
    Holder(name="loses 2 % a week", growth=-2.0),
    Holder(name="a short range, 5-20 s", able=(6.0, 20.0), lo=5, hi=20),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class HeldSession:
    """A hard session. asked, able: seconds of the first set, asked and truly possible on an average day. short: sets
    that ended early."""

    mesocycle: int
    week: int
    asked: int
    able: float
    short: int
    weight: Decimal

    @property
    def share(self) -> float:
        return self.asked / self.able


@dataclass(frozen=True, slots=True, kw_only=True)
class HoldMeasures:
    """Means over all lifters of a row. first, late: the share of what is possible that was asked, in the first session
    and in the hard weeks after the first mesocycle. short: per cent of sets that ended early, there too. weight: added
    at the end."""

    first: float
    late: float
    short: float
    weight: float


def held_by(kind: Holder, *, lifters: int, seeds: int) -> HoldMeasures:
    runs = [
        [*_train(kind, Random(f"{kind.name} {seed} {number}"))] for seed in range(seeds) for number in range(lifters)
    ]
    late = [session for run in runs for session in run if session.mesocycle]
    return HoldMeasures(
        first=mean(run[0].share for run in runs),
        late=mean(session.share for session in late),
        short=100 * sum(session.short for session in late) / (SETS * len(late)),
        weight=mean(float(run[-1].weight) for run in runs),
    )


def _train(kind: Holder, chance: Random) -> Iterator[HeldSession]:
    """Yields the hard sessions of one lifter, one a week. A deload is not looked at, as the engine does not."""
    least, most = (math.log(seconds) for seconds in kind.able)
    able = chance.uniform(least, most)
    plan = start_hold(Decimal(0), lo=kind.lo, hi=kind.hi, grid=kind.grid, rir=hard_rir(WEEKS, week=1), sets=SETS)
    before: list[list[Done]] = []
    scores: list[int | None] = []
    for mesocycle in range(MESOCYCLES):
        for week in range(1, WEEKS):
            weight = plan.weight or Decimal(0)
            truly = math.exp(able - HEAVIER * math.log(1 + float(weight) / BODY))
            done = [*_hold(kind, plan, truly, chance)]
            short = sum((one.seconds or 0) < (plan.seconds or 0) for one in done)
            yield HeldSession(
                mesocycle=mesocycle, week=week, asked=plan.seconds or 0, able=truly, short=short, weight=weight
            )
            able += kind.growth / 100
            before, scores = [done, *before[:2]], [_score(kind, plan, done, before), *scores[:1]]
            plan = plan_hold(plan, done=done, target=_target(kind, week + 1), signals=_signals(kind, before, scores))
        able += kind.growth / 100
        plan = open_hold(plan, rir=hard_rir(WEEKS, week=1), sets=SETS, gap_days=7)


def _target(kind: Holder, week: int) -> Target:
    rir = hard_rir(WEEKS, week=min(week, WEEKS - 1))
    return Target(lo=kind.lo, hi=kind.hi, grid=kind.grid, next_rir=rir, next_sets=SETS)


def _hold(kind: Holder, plan: ExercisePlan, truly: float, chance: Random) -> Iterator[Done]:
    today = 1 + chance.gauss(0, DAY)
    for order in range(SETS):
        most = truly * today * (1 - SET_LOSS * order) * (1 + chance.gauss(0, SET))
        wanted = max(plan.seconds or 0, HOLDS_ON * most) if kind.holds_on else plan.seconds or 0
        yield Done(weight=plan.weight or Decimal(0), reps=1, seconds=max(0, int(min(wanted, most))))


def _score(kind: Holder, plan: ExercisePlan, done: list[Done], before: list[list[Done]]) -> int | None:
    return performance(in_steps(plan), done=_steps(done), prev_done=_steps(before[0]) if before else (), grid=kind.grid)


def _signals(kind: Holder, before: list[list[Done]], scores: list[int | None]) -> Signals:
    perf, last = (*scores, None)[:2]
    sessions = [_steps(one) for one in (*before, [], [])][:3]
    now, prev, prev2 = sessions
    fell = fell_twice(perf, prev_perf=last, done=now, prev_done=prev, prev2_done=prev2, grid=kind.grid)
    return replace(Signals(perf=perf), fell_twice=fell)


def _steps(done: list[Done]) -> list[Done]:
    return [done_in_steps(one) for one in done]
