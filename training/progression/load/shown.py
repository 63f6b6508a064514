"""What one logged session shows about an exercise: its main weight, its best set, its decline."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import ROUND_DOWN, Decimal

from training.progression.config import CONFIG, Config
from training.progression.load.grid import Grid
from training.progression.load.plan import Done, ExercisePlan


@dataclass(frozen=True, slots=True, kw_only=True)
class Shown:
    """Demonstrated capacity: `reps` at `weight` with `rir` to spare, losing `drop` reps from set to set."""

    weight: Decimal
    reps: Decimal
    rir: Decimal
    drop: Decimal
    missed: bool  # a set of 0 reps among those that count


def main_weight(done: Sequence[Done], *, grid: Grid) -> Decimal | None:
    """The weight used in most sets (tie: the harder); missed sets only count when there is nothing else."""
    return most_used(done, grid=grid) if done else None


def most_used(done: Sequence[Done], *, grid: Grid) -> Decimal:
    """The main weight of a session in which something was done."""
    sets = [each for each in done if not each.is_missed] or done
    counts = Counter(each.weight for each in sets)
    most = max(counts.values())
    tied = [weight for weight, count in counts.items() if count == most]
    return min(tied) if grid.kind == "assist" else max(tied)


def shown_by_log(plan: ExercisePlan, *, done: Sequence[Done], grid: Grid, config: Config = CONFIG) -> Shown:
    """The session's best set moved to its main weight. `done` must not be empty.

    Sets beyond the plan are ignored. RIR: the logged one, else the target less the reps missing to the target
    of that very set, not under 0; with equal reps the set with more to spare counts. Chapter
    "Weight and reps".
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
    """Nothing was logged: the plan itself, taken at its word. Its weight must be known."""
    assert plan.weight is not None
    return Shown(weight=plan.weight, reps=Decimal(plan.reps), rir=Decimal(plan.rir or 0), drop=plan.drop, missed=False)


def _moved_reps(done: Done, *, to: Decimal, grid: Grid, config: Config) -> Decimal:
    """Reps at the main weight, by whichever constant credits less.

    No paper names a constant here. k_choose would turn a heavy top set into reps nobody has seen
    at the main weight, k_expect would do so for a light back-off set; the smaller of the two never shows more
    capacity than the log does.
    """
    costs = (grid.cost_in_reps(done.weight, to=to, k=k, config=config) for k in (config.k_choose, config.k_expect))
    return done.reps - max(costs)


def _assumed_rir(plan: ExercisePlan, done: Done, *, reps: Decimal, target: int, config: Config) -> Decimal:
    logged = done.credited_rir(config)
    if logged is not None:
        return logged
    # A plan without a target (freestyle) says nothing about effort, and nothing is what it gets.
    return max(Decimal(0), Decimal(plan.rir or 0) - max(Decimal(0), target - reps))


def _drop(reps: Sequence[Decimal], *, config: Config) -> Decimal:
    """Reps lost per set from the first to the last, within 0..2, to hundredths as they are stored.

    Rounded down, so that thirds add up to whole reps again: 3 x 0.66 still ends at the set that was done.
    """
    if len(reps) < 2:
        return Decimal(0)
    drop = (reps[0] - reps[-1]) / (len(reps) - 1)
    return min(max(drop, Decimal(0)), config.most_drop).quantize(Decimal("0.01"), rounding=ROUND_DOWN)
