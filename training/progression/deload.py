"""The deload week: less work with the same workouts and exercises. The engine learns nothing from it."""

from decimal import Decimal

from training.progression.border import check_choice, check_flag, check_whole, check_whole_or_missing
from training.progression.config import CONFIG, Config
from training.progression.load.grid import Grid
from training.progression.load.plan import ExercisePlan, check_plan
from training.progression.load.start import ask
from training.progression.reasons.reasons import Reason

MODES = ("rp", "simple")


def plan_deload(
    last_plan: ExercisePlan,
    *,
    best_reps: int | None,
    grid: Grid,
    session_index: int,
    sessions_in_week: int,
    mode: str = "rp",
    now: bool = False,
    config: Config = CONFIG,
) -> ExercisePlan:
    """Returns the deload of one exercise in one workout, from its last session before the deload. Its RIR is None,
    shown as "4+".

    `last_plan`: the plan of that session, with the weight really used. `best_reps`: the reps of its best set; None: as
    planned. `session_index`: 0-based place among the `sessions_in_week` workouts. Mode "rp": half the sets and reps,
    and in the second half of the week half the weight too; "simple": half the sets and half the weight.
    `now`: the lifter asked for the deload early, which changes only the reason (DELOAD_NOW). The reason says how
    much of the work is left.
    Chapter "The deload"; train less rather than stop (Coleman 2024, Bell 2023).
    """
    check_plan(last_plan, grid=grid)
    check_whole_or_missing("best_reps", best_reps, least=0)
    check_whole("sessions_in_week", sessions_in_week, least=1)
    check_whole("session_index", session_index, least=0, most=sessions_in_week - 1)
    check_choice("mode", mode, of=MODES)
    check_flag("now", now)
    best = last_plan.reps if best_reps is None else max(best_reps, 1)
    # Body weight cannot be halved, so without a load both modes halve the reps.
    reps = best if mode == "simple" and grid.kind == "load" else _half(best)
    first_half = session_index < _half(sessions_in_week)
    same_weight = grid.kind == "assist" or (mode == "rp" and first_half)
    weight = last_plan.weight
    if weight is not None and not same_weight:
        weight = _half_weight(weight, grid=grid, config=config)
    sets = _half(last_plan.sets)
    share = _share(last_plan.weight, weight, grid=grid) * (sets * reps) / (last_plan.sets * best)
    work = next((word for most, word in config.deload_words if share < most), "less")
    reasons: tuple[Reason, ...] = (Reason("DELOAD_NOW" if now else "DELOAD", {"work": work}),)
    if weight is None:
        reasons += (ask(reps, rir=config.deload_rir),)
    return ExercisePlan(sets=sets, weight=weight, reps=reps, reps_lo=reps, rir=None, reasons=reasons)


def _share(before: Decimal | None, now: Decimal | None, *, grid: Grid) -> Decimal:
    """Returns the share of the load that is left; 1 where it is unknown."""
    here = None if before is None else grid.load_moved(before)
    there = None if now is None else grid.load_moved(now)
    return there / here if here and there else Decimal(1)


def _half(count: int) -> int:
    """Returns half of `count`, rounded up, so that one set stays one set."""
    return -(-count // 2)


def _half_weight(weight: Decimal, *, grid: Grid, config: Config) -> Decimal:
    """Returns half of `weight`, rounded down to the grid, or the lightest setting; never a harder one than `weight`."""
    halved = grid.down_to_grid(weight * config.deload_factor)
    if halved is not None:
        return halved
    lightest = grid.harder(weight * config.deload_factor)
    return weight if lightest is None or grid.is_harder(lightest, than=weight) else lightest
