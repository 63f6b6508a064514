"""The first plan of a hold: the bottom of its range, or what the lifter held before."""

from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal

from training.progression.border import check_rep_range, check_whole, refuse
from training.progression.config import CONFIG, Config
from training.progression.load.grid import Grid
from training.progression.load.holds.hold_steps import down_to_step, seconds_of
from training.progression.load.plan import Done, ExercisePlan, check_done
from training.progression.load.seed import Past
from training.progression.load.showing.shown import most_used
from training.progression.reasons.reasons import Reason


def start_hold(
    weight: Decimal | None, *, lo: int, hi: int, grid: Grid, rir: int, sets: int, config: Config = CONFIG
) -> ExercisePlan:
    """Returns week 1 of a hold from the lifter's plan: the bottom of the range `lo`-`hi`, in seconds.

    `weight`: None: ask (SECONDS_ASK). Whoever can hold on longer shows it, and the next session follows. Raises
    EngineError outside the border. Chapter "Holds".
    """
    check_rep_range(lo, hi, most=config.most_seconds)
    check_whole("sets", sets, least=1, most=config.most_sets)
    check_whole("rir", rir, least=0, most=config.most_rir)
    if weight is not None:
        grid.check_weight("weight", weight)
    reason = Reason("SECONDS_ASK" if weight is None else "SECONDS_START", {"seconds": lo})
    return ExercisePlan(sets=sets, weight=weight, reps=1, reps_lo=1, seconds=lo, rir=rir, reasons=(reason,))


def seed_hold(
    history: Sequence[Past], *, lo: int, hi: int, grid: Grid, rir: int, sets: int, config: Config = CONFIG
) -> ExercisePlan | None:
    """Returns the first plan of a hold from its latest session: the weight of most sets, and what every set there
    lasted, less after a break. None where there is no such session.

    Sessions older than 180 days are left out. Raises EngineError outside the border. Chapter "Holds".
    """
    if not isinstance(history, Sequence) or not all(isinstance(past, Past) for past in history):
        refuse("history", history, wanted="a sequence of Past")
    for past in history:
        check_done(past.done, grid=grid, name="a past session")
    recent = [past for past in history if past.days_ago <= config.seed_days]
    known = [past for past in recent if any(not one.is_missed for one in past.done)]
    if not known:
        return None
    latest = min(known, key=lambda past: past.days_ago)
    weight, held = least_held(latest.done, grid=grid)
    is_back = latest.days_ago > config.break_days
    seconds = after_break(held, config=config) if is_back else down_to_step(held, config=config)
    plan = start_hold(weight, lo=lo, hi=hi, grid=grid, rir=rir, sets=sets, config=config)
    reason = Reason("SECONDS_HISTORY", {"lasted": held, "days": latest.days_ago if is_back else None})
    return replace(plan, seconds=min(seconds, config.most_seconds), reasons=(reason,))


def open_hold(due: ExercisePlan, *, rir: int, sets: int, gap_days: int | None, config: Config = CONFIG) -> ExercisePlan:
    """Returns week 1 of the next mesocycle for a hold. It opens below `due`, what the hold would be asked next in the
    mesocycle before, so that there is room to grow; lower still after a break.

    `gap_days`: since it was trained last. Raises EngineError outside the border. Chapter "Holds".
    """
    check_whole("sets", sets, least=1, most=config.most_sets)
    check_whole("rir", rir, least=0, most=config.most_rir)
    was_due = seconds_of(due)
    seconds = was_due - config.hold_opens_below * config.hold_step
    if (gap_days or 0) > config.break_days:
        seconds = min(seconds, after_break(was_due, config=config))
    reason = Reason("SECONDS_OPEN", {"due": was_due})
    seconds = down_to_step(max(seconds, config.hold_step), config=config)
    return replace(due, sets=sets, rir=rir, seconds=seconds, recovery=False, reasons=(reason,))


def least_held(done: Sequence[Done], *, grid: Grid) -> tuple[Decimal, int]:
    """Returns the weight of most sets, and the fewest seconds held there; missed sets aside, 0 where all were."""
    weight = most_used(done, grid=grid)
    held = [one.seconds or 0 for one in done if one.weight == weight and not one.is_missed]
    return weight, min(held, default=0)


def after_break(seconds: int, *, config: Config) -> int:
    return down_to_step(int(seconds * config.hold_break_share), config=config)
