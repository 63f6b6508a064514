"""How far the RIR that a lifter says is off: sets taken to failure show how many reps were really left."""

from collections.abc import Sequence
from decimal import Decimal
from statistics import median

from training.progression.border import refuse
from training.progression.config import CONFIG, Config
from training.progression.load.grid import Grid
from training.progression.load.plan import Done, ExercisePlan, check_done, check_plan


def rir_point(
    plan: ExercisePlan, *, first: Done, before: Sequence[Done], grid: Grid, config: Config = CONFIG
) -> Decimal | None:
    """Returns by how many reps the lifter said too much RIR, as the first set of an open plan shows; None where it
    shows nothing.

    `before`: the first sets of the two hard sessions before in this workout. Those with 1-4 RIR said are compared:
    their reps and RIR, at this weight, less the reps that `first` really had and what a hard week takes. Who stopped
    exactly at the target may have stopped on purpose, so that shows 0. None where the set is not near the planned
    weight, was missed, or has nothing to be compared with. Chapter "Effort, week by week".
    """
    check_plan(plan, grid=grid)
    check_done([first], grid=grid, name="first")
    check_done(before, grid=grid, name="before")
    if not plan.open:
        refuse("plan", plan, wanted="an open plan")
    if plan.weight is None or first.is_missed or not grid.near(first.weight, to=plan.weight, config=config):
        return None
    least, most = config.bias_rir
    promised = [
        each.reps + each.rir - grid.cost_in_reps(each.weight, to=first.weight, k=config.k_choose, config=config)
        for each in before
        if each.rir is not None and least <= each.rir <= most and not each.is_missed
    ]
    if not promised:
        return None
    if first.reps == plan.reps:
        return Decimal(0)
    return sum(promised, Decimal(0)) / len(promised) - first.reps - config.bias_tired


def rir_bias(points: Sequence[Decimal], others: Sequence[Decimal] = (), *, config: Config = CONFIG) -> Decimal:
    """Returns the reps by which a lifter says too much RIR in an exercise, -2..2; 0 where too little is known.

    `points`: those of the exercise (`rir_point`), oldest first; `others`: those of all exercises, used where the
    exercise has none. It is the median of the last 8, moved half a rep towards 0.
    """
    for name, values in (("points", points), ("others", others)):
        if not all(isinstance(each, Decimal) and each.is_finite() for each in values):
            refuse(name, values, wanted="Decimals")
    known = points or (others if len(others[-config.bias_points :]) >= config.bias_others_least else ())
    if not known:
        return Decimal(0)
    middle = median(known[-config.bias_points :])
    size = min(max(abs(middle) - config.bias_shrink, Decimal(0)), config.bias_most)
    return size.copy_sign(middle) if size else size
