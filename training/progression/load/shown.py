"""What one logged session shows about an exercise: its main weight, its best set, and the drop from set to set."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import ROUND_DOWN, Decimal

from training.progression.config import CONFIG, Config
from training.progression.load.grid import Grid
from training.progression.load.plan import Done, ExercisePlan


@dataclass(frozen=True, slots=True, kw_only=True)
class Shown:
    """The capacity that a session shows: `reps` at `weight` with `rir` in reserve, and `drop` reps fewer each set."""

    weight: Decimal
    reps: Decimal
    rir: Decimal
    drop: Decimal
    missed: bool  # whether a set that counts has 0 reps


def main_weight(done: Sequence[Done], *, grid: Grid) -> Decimal | None:
    """Returns the weight of most sets (tie: the harder one); None without sets. Missed sets count only where all sets
    were missed."""
    return most_used(done, grid=grid) if done else None


def most_used(done: Sequence[Done], *, grid: Grid) -> Decimal:
    """The main weight of a session in which something was done."""
    sets = [each for each in done if not each.is_missed] or done
    counts = Counter(each.weight for each in sets)
    most = max(counts.values())
    tied = [weight for weight, count in counts.items() if count == most]
    return min(tied) if grid.kind == "assist" else max(tied)


def shown_by_log(plan: ExercisePlan, *, done: Sequence[Done], grid: Grid, config: Config = CONFIG) -> Shown:
    """Returns the best set of the session, converted to its main weight. `done` must not be empty.

    Sets past the planned number are ignored. RIR is the logged one; without it, the target RIR less the reps by which
    the set missed its target, at least 0. Of sets with equal reps the one with more RIR is the best. Chapter "Weight
    and reps".
    """
    counted = done[: plan.sets]
    weight = most_used(counted, grid=grid)
    some_reps = any(not each.is_missed for each in counted)
    sets = [
        (index, each, _moved_reps(each, to=weight, grid=grid, config=config))
        for index, each in enumerate(counted)
        if not (some_reps and each.is_missed)
    ]
    best_reps, best_rir = max(
        (reps, _assumed_rir(plan, each, reps=reps, target=plan.target(index), config=config))
        for index, each, reps in sets
    )
    return Shown(
        weight=weight,
        reps=best_reps,
        rir=best_rir,
        drop=_drop([reps for _, _, reps in sets], config=config),
        missed=any(each.is_missed for each in counted),
    )


def shown_by_plan(plan: ExercisePlan) -> Shown:
    """Returns the capacity that the plan assumes, for a session with nothing logged. The plan must have a weight."""
    assert plan.weight is not None
    return Shown(weight=plan.weight, reps=Decimal(plan.reps), rir=Decimal(plan.rir or 0), drop=plan.drop, missed=False)


def _moved_reps(done: Done, *, to: Decimal, grid: Grid, config: Config) -> Decimal:
    """Returns the reps of a set, converted to the main weight by the constant that gives fewer reps.

    No paper says which constant to use here. k_choose would turn a heavy top set into more reps at the main weight than
    were ever done there, and k_expect would do the same with a light back-off set. The smaller result never shows more
    capacity than the log does.
    """
    costs = (grid.cost_in_reps(done.weight, to=to, k=k, config=config) for k in (config.k_choose, config.k_expect))
    return done.reps - max(costs)


def _assumed_rir(plan: ExercisePlan, done: Done, *, reps: Decimal, target: int, config: Config) -> Decimal:
    logged = done.credited_rir(config)
    if logged is not None:
        return logged
    # A plan without a target RIR (freestyle) says nothing about effort, so no RIR is assumed.
    return max(Decimal(0), Decimal(plan.rir or 0) - max(Decimal(0), target - reps))


def _drop(reps: Sequence[Decimal], *, config: Config) -> Decimal:
    """Returns the reps lost from set to set, on average from the first to the last, within 0..2 and in hundredths, as
    they are stored.

    It is rounded down, so that the last set is never asked one rep less than was done: 3 x 0.67 would be above 2.
    """
    if len(reps) < 2:
        return Decimal(0)
    drop = (reps[0] - reps[-1]) / (len(reps) - 1)
    return min(max(drop, Decimal(0)), config.most_drop).quantize(Decimal("0.01"), rounding=ROUND_DOWN)
