"""Inside a session: what to expect after the lifter took another weight, fell short, or did the very first set."""

from collections.abc import Callable
from decimal import Decimal

from metricgain.numbers import plain
from training.progression.border import check_decimal, check_rep_range, check_whole, refuse
from training.progression.config import CONFIG, Config
from training.progression.load.capacity import whole_reps
from training.progression.load.grid import Grid
from training.progression.load.plan import Done, ExercisePlan, check_bias, check_done, check_plan
from training.progression.reasons.reasons import Reason
from training.progression.reasons.set_reasons import Param


def retarget(
    reps: int,
    w_plan: Decimal,
    w_new: Decimal,
    grid: Grid,
    slope: Decimal | None = None,
    *,
    config: Config = CONFIG,
) -> int | None:
    """Returns the reps (1 or more) to expect at `w_new` where `reps` were planned at `w_plan`; None where the two are
    too far apart.

    `slope`: the lifter's own reps per ln(load) in this exercise, where their log shows it (`slope`); None: as in public
    logs, where lifters who change the weight gain or lose few reps. Too far apart is a load ratio of more than 1.25
    (load unknown: more than four steps).
    """
    check_whole("reps", reps, least=1)
    if not isinstance(grid, Grid):
        refuse("grid", grid, wanted="a Grid")
    grid.check_weight("w_plan", w_plan)
    grid.check_weight("w_new", w_new)
    if not _is_near_enough(w_plan, to=w_new, grid=grid, config=config):
        return None
    k = config.k_expect
    if slope is not None:
        check_decimal("slope", slope, above_zero=True)
        k = 1 / slope
    return max(1, whole_reps(reps - grid.cost_in_reps(w_plan, to=w_new, k=k, config=config), config=config))


def rest_of_session(
    plan: ExercisePlan,
    first: Done,
    *,
    lo: int,
    hi: int,
    grid: Grid,
    bias: Decimal = Decimal(0),
    config: Config = CONFIG,
) -> tuple[Decimal, tuple[int, ...], Reason | None]:
    """Returns the weight and the targets of sets 2, 3, ... once the RIR of the first working set is said, and the
    reason where they change.

    `bias`: the reps by which the lifter says too much RIR. At the weight used, the targets follow what the first set
    showed, within 3 reps of the plan; far outside `lo`-`hi` it is one setting harder (UP_SET) or easier (DOWN_SET)
    instead. Without a said RIR, after a missed set and in a deload nothing changes. The plan that is stored stays: the
    session is scored against it. A page without a signal does the same sum. Chapter "Effort, week by week".
    """
    check_plan(plan, grid=grid)
    check_done([first], grid=grid, name="first")
    check_rep_range(lo, hi, most=config.most_reps)
    check_bias(bias, config=config)
    used, others = first.weight, range(1, plan.sets)
    own = tuple(plan.target(index) for index in others)
    said = first.credited_rir(config, bias=bias)
    if said is None or plan.rir is None or not others:
        return used, own, None
    expected = first.reps + said - plan.rir

    def targets(weight: Decimal) -> list[int]:
        left = expected - grid.cost_in_reps(used, to=weight, k=config.k_choose, config=config)
        return [max(1, whole_reps(left - plan.drop * index, config=config)) for index in others]

    def cost(weight: Decimal) -> Decimal:
        return grid.cost_in_reps(used, to=weight, k=config.k_choose, config=config)

    reps, harder, easier = whole_reps(expected, config=config), grid.harder(used), grid.easier(used)
    if (
        harder is not None
        and reps > hi + config.rest_beyond
        and whole_reps(expected - cost(harder), config=config) >= lo
    ):
        return harder, tuple(targets(harder)), _other_weight("UP_SET", harder, lo=lo, grid=grid)
    if easier is not None and reps < lo - config.rest_beyond:
        eased = tuple(min(each, hi) for each in targets(easier))
        return easier, eased, _other_weight("DOWN_SET", easier, lo=lo, grid=grid)
    planned = [
        whole_reps(Decimal(each) if plan.weight is None else each + cost(plan.weight), config=config) for each in own
    ]
    most = config.rest_most
    now = tuple(
        max(1, min(max(each, around - most), around + most))
        for each, around in zip(targets(used), planned, strict=True)
    )
    if now == own:
        return used, now, None
    params: dict[str, Param] = {"q": plain(Decimal(first.rir or 0)), "reps": ", ".join(map(str, now))}
    return used, now, Reason("REST_OF_SETS", params)


def _other_weight(code: str, weight: Decimal, *, lo: int, grid: Grid) -> Reason:
    return Reason(code, {"lo": lo, "weight": plain(weight), "unit": grid.unit, "kind": grid.kind})


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
    return _other_weight("DOWN_SET", easier, lo=lo, grid=grid)


def calibrate(
    first: Done,
    *,
    lo: int,
    hi: int,
    grid: Grid,
    rir: int,
    sets: int,
    bias: Decimal = Decimal(0),
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
    check_bias(bias, config=config)
    logged = first.credited_rir(config, bias=bias)
    spare = Decimal(0) if logged is None else logged - rir

    def gives(weight: Decimal) -> Decimal:
        cost = grid.cost_in_reps(first.weight, to=weight, k=config.k_choose, config=config)
        return first.reps + spare - cost

    weight = first.weight
    if not lo <= whole_reps(gives(weight), config=config) <= hi:
        weight = _calibrated(weight, gives=gives, mid=(lo + hi) // 2, grid=grid, config=config)
    most = config.most_reps if weight == first.weight else hi
    reps = max(1, min(whole_reps(gives(weight), config=config), most))
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
