"""The first plan of an exercise: the lifter's own numbers, or a question, never a guess."""

from dataclasses import replace
from decimal import Decimal

from metricgain.numbers import plain
from training.progression.border import check_rep_range, check_whole, check_whole_or_missing
from training.progression.config import CONFIG, Config
from training.progression.load.grid import Grid
from training.progression.load.plan import ExercisePlan
from training.progression.reasons.reasons import Reason


def start_plan(
    weight: Decimal | None,
    *,
    lo: int,
    hi: int,
    grid: Grid,
    rir: int,
    sets: int,
    reps: int | None = None,
    config: Config = CONFIG,
) -> ExercisePlan:
    """Returns week 1 from the lifter's plan: PLAN_START with its weight, or SEED_ASK where it has none.

    `weight`: as the lifter typed it (it may be off the grid); None: ask. `reps`: the target of set 1; None: the middle
    of the range, rounded down. Each further set asks one rep fewer, down to min(lo, reps). Chapter "The first week".
    """
    check_rep_range(lo, hi, most=config.most_reps)
    check_whole("sets", sets, least=1, most=config.most_sets)
    check_whole("rir", rir, least=0, most=config.most_rir)
    check_whole_or_missing("reps", reps, least=1)
    target = (lo + hi) // 2 if reps is None else reps
    if weight is None:
        reason = ask(target, rir=rir)
    else:
        grid.check_weight("weight", weight)
        reason = Reason("PLAN_START", {"weight": plain(weight), "unit": grid.unit, "kind": grid.kind})
    return ExercisePlan(
        sets=sets,
        weight=weight,
        reps=target,
        reps_lo=min(lo, target),
        rir=rir,
        drop=config.start_drop,
        reasons=(reason,),
    )


def start_body(
    can: int | None, *, lo: int, hi: int, grid: Grid, rir: int, sets: int, config: Config = CONFIG
) -> ExercisePlan:
    """Returns week 1 of an exercise with the body alone and without a history: START_CAN where the lifter said how many
    reps they can do at most, else START_ASK.

    `can`: those reps; the target leaves `rir` of them, 1 to `hi`. None: the bottom of the range, and the RIR of the
    first set then sets the others (`rest_of_session`). The weight is 0: nothing is added. Above `hi` a page offers
    added weight, below `lo` an easier variant. Chapter "The first week".
    """
    check_whole_or_missing("can", can, least=1)
    check_rep_range(lo, hi, most=config.most_reps)
    check_whole("rir", rir, least=0, most=config.most_rir)
    if can is None:
        reps, reason = lo, Reason("START_ASK", {"reps": lo})
    else:
        reps = min(max(can - rir, 1), hi)
        reason = Reason("START_CAN", {"reps": reps, "can": can, "rir": can - reps})
    plan = start_plan(Decimal(0), lo=lo, hi=hi, grid=grid, rir=rir, sets=sets, reps=reps, config=config)
    return replace(plan, reasons=(reason,))


def swap_rir(rir: int, *, config: Config = CONFIG) -> int:
    """Returns the target RIR of the first session of an exercise that was swapped in: the week's, but at least 2.

    Chapter "Swaps and skips".
    """
    check_whole("rir", rir, least=0, most=config.most_rir)
    return max(rir, config.swap_rir)


def ask(mid: int, *, rir: int) -> Reason:
    """Returns SEED_ASK: the lifter picks a weight for `mid` reps with `rir` in reserve."""
    return Reason("SEED_ASK", {"mid": mid, "rir": rir})
