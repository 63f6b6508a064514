"""Inside a session: what to expect after the lifter took another weight, fell short, or did the very first set."""

import math
from collections.abc import Callable
from decimal import Decimal

from metricgain.numbers import plain
from training.progression.border import check_rep_range, check_whole, refuse
from training.progression.config import CONFIG, Config
from training.progression.load.grid import Grid
from training.progression.load.plan import Done, ExercisePlan, check_done
from training.progression.reasons.reasons import Reason
from training.progression.reasons.set_reasons import Param


def retarget(reps: int, w_plan: Decimal, w_new: Decimal, grid: Grid, *, config: Config = CONFIG) -> int | None:
    """Returns the reps (1 or more) to expect at `w_new` where `reps` were planned at `w_plan`; None where the two are
    too far apart.

    Too far apart is a load ratio of more than 1.25 (load unknown: more than four steps). Source: public logs, where
    lifters who change the weight gain or lose few reps.
    """
    check_whole("reps", reps, least=1)
    if not isinstance(grid, Grid):
        refuse("grid", grid, wanted="a Grid")
    grid.check_weight("w_plan", w_plan)
    grid.check_weight("w_new", w_new)
    if not _is_near_enough(w_plan, to=w_new, grid=grid, config=config):
        return None
    return max(1, math.floor(reps - grid.cost_in_reps(w_plan, to=w_new, k=config.k_expect, config=config)))


def down_set(reps_done: int, lo: int, weight: Decimal, grid: Grid, *, config: Config = CONFIG) -> Reason | None:
    """Returns DOWN_SET with the next easier setting after a set of fewer than `lo` reps; None after `lo` or more, or
    where no easier setting exists.

    `lo`: the bottom of the rep range, or the target of that set where it is lower.
    """
    check_whole("reps_done", reps_done, least=0)
    check_rep_range(lo, config.most_reps, most=config.most_reps)
    if not isinstance(grid, Grid):
        refuse("grid", grid, wanted="a Grid")
    grid.check_weight("weight", weight)
    easier = grid.easier(weight)
    if reps_done >= lo or easier is None:
        return None
    return Reason("DOWN_SET", {"lo": lo, "weight": plain(easier), "unit": grid.unit, "kind": grid.kind})


def calibrate(
    first: Done,
    *,
    lo: int,
    hi: int,
    grid: Grid,
    rir: int,
    sets: int,
    config: Config = CONFIG,
) -> ExercisePlan | None:
    """Returns the plan of a session that had no weight, worked out from its first set; None after a missed set.

    `plan.target(1)`, `plan.target(2)`, ... are for the sets still to come, one rep fewer each. The weight stays where
    the first set is within `lo`-`hi` at `rir`. Otherwise it is the hardest setting that gives the middle of the range,
    but no further away than `retarget` can expect reps. Where no RIR was logged, `rir` counts. Chapter "The first
    week".
    """
    if not isinstance(first, Done):
        refuse("first", first, wanted="a Done")
    check_done([first], grid=grid, name="first")
    check_rep_range(lo, hi, most=config.most_reps)
    check_whole("rir", rir, least=0, most=config.most_rir)
    check_whole("sets", sets, least=1, most=config.most_sets)
    if first.is_missed:
        return None
    logged = first.credited_rir(config)
    spare = Decimal(0) if logged is None else logged - rir

    def gives(weight: Decimal) -> Decimal:
        cost = grid.cost_in_reps(first.weight, to=weight, k=config.k_choose, config=config)
        return first.reps + spare - cost

    weight = first.weight
    if not lo <= math.floor(gives(weight)) <= hi:
        weight = _calibrated(weight, gives=gives, mid=(lo + hi) // 2, grid=grid, config=config)
    most = config.most_reps if weight == first.weight else hi
    reps = max(1, min(math.floor(gives(weight)), most))
    params: dict[str, Param] = {"r": first.reps, "weight": plain(first.weight), "unit": grid.unit, "kind": grid.kind}
    return ExercisePlan(
        sets=sets,
        weight=weight,
        reps=reps,
        reps_lo=min(lo, reps),
        rir=rir,
        drop=config.start_drop,
        reasons=(Reason("SEED_FIRST_SET", params),),
    )


def _calibrated(
    first: Decimal, *, gives: Callable[[Decimal], Decimal], mid: int, grid: Grid, config: Config
) -> Decimal:
    """Returns a setting on the way from `first` to the one that gives `mid` reps: one step at least, further steps only
    as far as reps can be expected."""
    is_light = gives(first) > mid
    weight = first
    for _ in range(config.most_search_steps):
        following = grid.harder(weight) if is_light else grid.easier(weight)
        if following is None or (not is_light and gives(weight) >= mid) or (is_light and gives(following) < mid):
            break
        if weight != first and not _is_near_enough(first, to=following, grid=grid, config=config):
            break
        weight = following
    return weight


def _is_near_enough(weight: Decimal, *, to: Decimal, grid: Grid, config: Config) -> bool:
    here, there = grid.load_moved(weight), grid.load_moved(to)
    if here is None or there is None:
        return abs(grid.steps(weight, to=to)) <= config.steps_limit
    # Compared by multiplication, which is exact: a ratio of exactly 1.25 counts as near.
    return max(here, there) <= min(here, there) * config.retarget_limit
