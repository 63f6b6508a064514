"""What one logged session shows about an exercise: its main weight, the capacity, and the drop from set to set."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import ROUND_DOWN, Decimal

from training.progression.config import CONFIG, Config
from training.progression.load.grid import Grid
from training.progression.load.plan import Done, ExercisePlan, check_bias, check_done, check_plan
from training.progression.load.showing.odd import kept


@dataclass(frozen=True, slots=True, kw_only=True)
class Shown:
    """What a session shows at its main weight.

    capacity: reps to failure, from `reps` of the set that shows most, and the `rir` that it left. said: the RIR that
    the lifter said of it; None: assumed. best: the most reps of any set. is_said: whether any set has a said RIR. drop:
    reps fewer from set to set. zero: whether a set has 0 reps. met: whether every set was done at its target or more.
    short: whether one made fewer reps than its own target. aim: the reps to failure that the plan asked, moved to this
    weight; None where it asked for no weight or no RIR. sets: how many sets show it.
    """

    weight: Decimal
    capacity: Decimal
    reps: Decimal
    rir: Decimal
    best: Decimal
    drop: Decimal
    said: Decimal | None = None
    is_said: bool = False
    zero: bool = False
    met: bool = False
    short: bool = False
    aim: Decimal | None = None
    sets: int = 0


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


@dataclass(frozen=True, slots=True, kw_only=True)
class _Moved:
    """A set that counts, with its reps at the main weight."""

    index: int
    done: Done
    reps: Decimal


def shown(
    plan: ExercisePlan,
    *,
    done: Sequence[Done],
    grid: Grid,
    bias: Decimal = Decimal(0),
    refs: Sequence[Done] = (),
    config: Config = CONFIG,
) -> Shown | None:
    """Returns what a session shows at its main weight; None where no set counts.

    Sets past the planned number and odd ones are ignored (`kept`). Where the lifter said the RIR of any set, the said
    set with the most reps gives the capacity, less the lifter's `bias`; the others prove their reps alone. Else the
    best set does, with the target RIR less the reps by which it missed the target of set 1, at this weight. `refs`: see
    `odd`. Raises EngineError outside the border. Chapter "Weight and reps".
    """
    check_plan(plan, grid=grid)
    check_done(done, grid=grid)
    check_done(refs, grid=grid, name="refs")
    check_bias(bias, config=config)
    counted = kept(plan, done=done, refs=refs, grid=grid, config=config)
    if not counted:
        return None
    weight = most_used([each for _, each in counted], grid=grid)
    some_reps = any(not each.is_missed for _, each in counted)
    sets = [
        _Moved(index=index, done=each, reps=_moved_reps(each, to=weight, grid=grid, config=config))
        for index, each in counted
        if not (some_reps and each.is_missed)
    ]
    short_of = _moved_target(plan, to=weight, grid=grid, config=config)
    best = max(sets, key=lambda each: each.reps)
    said = [each for each in sets if each.done.credited_rir(config) is not None]
    basis = max(said, key=lambda each: each.reps) if said else best
    rir = basis.done.credited_rir(config, bias=bias)
    if rir is None:
        rir = Decimal(0) if not some_reps else _assumed_rir(plan, short_of - basis.reps)
    if best.reps > basis.reps + rir:
        basis, rir = best, Decimal(0)
    most = Decimal(config.most_reps + config.most_rir)  # beyond that nothing can be estimated
    return Shown(
        weight=weight,
        capacity=min(basis.reps + rir, most),
        reps=basis.reps,
        rir=rir,
        best=best.reps,
        drop=_drop([each.reps for each in sets], config=config),
        said=basis.done.credited_rir(config),
        is_said=bool(said),
        zero=any(each.is_missed for _, each in counted),
        met=_is_met(plan, counted, to=weight, grid=grid, config=config),
        short=_is_short(plan, counted, grid=grid, config=config),
        aim=None if plan.rir is None or plan.weight is None else short_of + plan.rir,
        sets=len(sets),
    )


def shown_by_plan(plan: ExercisePlan) -> Shown:
    """Returns the capacity that the plan assumes, for a session with nothing logged. The plan must have a weight."""
    assert plan.weight is not None
    reps, rir = Decimal(plan.reps), Decimal(plan.rir or 0)
    return Shown(weight=plan.weight, capacity=reps + rir, reps=reps, rir=rir, best=reps, drop=plan.drop)


def missed_reps(
    plan: ExercisePlan, *, done: Sequence[Done], refs: Sequence[Done] = (), grid: Grid, config: Config = CONFIG
) -> bool:
    """Returns whether a set that counts made fewer reps than its own target, at its own weight. Only then may a
    sentence say that targets were missed."""
    check_plan(plan, grid=grid)
    check_done(done, grid=grid)
    check_done(refs, grid=grid, name="refs")
    return _is_short(plan, kept(plan, done=done, refs=refs, grid=grid, config=config), grid=grid, config=config)


def _moved_reps(done: Done, *, to: Decimal, grid: Grid, config: Config) -> Decimal:
    """Returns the reps of a set, converted to the main weight by the constant that gives fewer reps.

    No paper says which constant to use here. k_choose would turn a heavy top set into more reps at the main weight than
    were ever done there, and k_expect would do the same with a light back-off set. The smaller result never shows more
    capacity than the log does.
    """
    costs = (grid.cost_in_reps(done.weight, to=to, k=k, config=config) for k in (config.k_choose, config.k_expect))
    return done.reps - max(costs)


def _moved_target(plan: ExercisePlan, *, to: Decimal, index: int = 0, grid: Grid, config: Config) -> Decimal:
    """Returns the target of a set at another weight than planned: heavier than planned is no shortfall."""
    if plan.weight is None:
        return Decimal(plan.target(index))
    return plan.target(index) - grid.cost_in_reps(plan.weight, to=to, k=config.k_choose, config=config)


def _assumed_rir(plan: ExercisePlan, shortfall: Decimal) -> Decimal:
    # A plan without a target RIR (freestyle) says nothing about effort, so no RIR is assumed.
    return max(Decimal(0), Decimal(plan.rir or 0) - max(Decimal(0), shortfall))


def _is_met(
    plan: ExercisePlan, counted: Sequence[tuple[int, Done]], *, to: Decimal, grid: Grid, config: Config
) -> bool:
    return len(counted) == plan.sets and all(
        not each.is_missed
        and each.reps - grid.cost_in_reps(each.weight, to=to, k=config.k_choose, config=config) + config.round_trip
        >= _moved_target(plan, to=to, index=index, grid=grid, config=config)
        for index, each in counted
    )


def _is_short(plan: ExercisePlan, counted: Sequence[tuple[int, Done]], *, grid: Grid, config: Config) -> bool:
    for index, each in counted:
        planned = each.weight if plan.weight is None else plan.weight
        cost = grid.cost_in_reps(planned, to=each.weight, k=config.k_expect, config=config)
        if each.reps + config.round_trip < plan.target(index) - cost:
            return True
    return False


def _drop(reps: Sequence[Decimal], *, config: Config) -> Decimal:
    """Returns the reps lost from set to set, on average from the first to the last, within 0..2 and in hundredths, as
    they are stored; 1 where one set shows nothing about it.

    It is rounded down, so that the last set is never asked one rep less than was done: 3 x 0.67 would be above 2.
    """
    if len(reps) < 2:
        return config.start_drop
    drop = (reps[0] - reps[-1]) / (len(reps) - 1)
    return min(max(drop, Decimal(0)), config.most_drop).quantize(Decimal("0.01"), rounding=ROUND_DOWN)
