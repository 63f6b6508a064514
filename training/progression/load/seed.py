"""The first session of an exercise in a mesocycle, planned from the lifter's earlier sessions of it."""

import math
from collections.abc import Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from training.progression.border import check_rep_range, check_whole, check_whole_or_missing, refuse
from training.progression.config import CONFIG, Config
from training.progression.load.capacity import hardest_giving
from training.progression.load.gap import break_factor
from training.progression.load.grid import Grid
from training.progression.load.plan import Done, ExercisePlan, check_done
from training.progression.load.showing.odd import kept_among
from training.progression.reasons.reasons import Reason
from training.progression.reasons.set_reasons import Param


@dataclass(frozen=True, slots=True, kw_only=True)
class Past:
    """One earlier session of an exercise, neither a deload nor a recovery session.

    days_ago: from 0. done: its working sets. rir: its target RIR 0..5, used for sets without a logged RIR; None
    (nothing was planned) counts as 0. Raises EngineError when a value is out of range.
    """

    days_ago: int
    done: tuple[Done, ...]
    rir: int | None = None

    def __post_init__(self) -> None:
        check_whole("days_ago", self.days_ago, least=0)
        if not isinstance(self.done, tuple) or not all(isinstance(each, Done) for each in self.done):
            refuse("done of a past session", self.done, wanted="a tuple of Done")
        check_whole_or_missing("RIR of a past session", self.rir, least=0, most=CONFIG.most_rir)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Best:
    """The best set of a session: `effort` reps to failure at `weight`."""

    weight: Decimal
    effort: Decimal


def seed(
    history: Sequence[Past],
    *,
    lo: int,
    hi: int,
    grid: Grid,
    rir: int,
    sets: int,
    config: Config = CONFIG,
) -> ExercisePlan | None:
    """Returns the first plan of an exercise, from its last three sessions; None where there is no such session, so that
    the lifter has to be asked.

    `history`: in any order; sessions older than 180 days, or without a rep, are left out. The median of their best sets
    (of two sessions: the mean), less what a break took, is the capacity. The weight is the hardest setting at which it
    gives the middle of `lo`-`hi` at `rir`. Where the lightest setting is too heavy for that, or the heaviest too light,
    the target is the reps that this setting gives. Raises EngineError outside the border. Chapter "The first week"; how
    load trades against reps: Berger.
    """
    if not isinstance(history, Sequence) or not all(isinstance(past, Past) for past in history):
        refuse("history", history, wanted="a sequence of Past")
    if not isinstance(grid, Grid):
        refuse("grid", grid, wanted="a Grid")
    for past in history:
        check_done(past.done, grid=grid, name="a past session")
    check_rep_range(lo, hi, most=config.most_reps)
    check_whole("rir", rir, least=0, most=config.most_rir)
    check_whole("sets", sets, least=1, most=config.most_sets)

    recent = _recent(history, grid=grid, config=config)
    if not recent:
        return None
    mid = (lo + hi) // 2
    middle = _middle(recent, need=mid + rir, grid=grid, config=config)
    days = recent[0].days_ago
    weight, effort = _setting(middle, need=mid + rir, days=days, grid=grid, config=config)
    # Where no heavier setting exists, only reps can rise, and going back to the middle of the range would undo that.
    most = mid if grid.harder(weight) is not None else config.most_reps
    reps = max(1, min(most, math.floor(effort - rir)))
    params: dict[str, Param] = {"k": len(recent)}
    reason = Reason("SEED_HISTORY", params)
    if days > config.break_days:
        reason = Reason("SEED_HISTORY_BREAK", params | {"days": days})
    return ExercisePlan(
        sets=sets,
        weight=weight,
        reps=reps,
        reps_lo=min(lo, reps),
        rir=rir,
        drop=config.start_drop,
        reasons=(reason,),
    )


def _recent(history: Sequence[Past], *, grid: Grid, config: Config) -> list[Past]:
    """Returns the last three sessions with a rep, the newest first and without odd sets; sessions of one day keep their
    order."""
    shows = [
        past for past in history if past.days_ago <= config.seed_days and any(not each.is_missed for each in past.done)
    ]
    recent = sorted(shows, key=lambda past: past.days_ago)[: config.seed_sessions]
    return [replace(past, done=_of_others(past, recent, grid=grid, config=config)) for past in recent]


def _of_others(past: Past, recent: Sequence[Past], *, grid: Grid, config: Config) -> tuple[Done, ...]:
    """Returns the sets of a session that are like any of the other sessions, where there are such; else all."""
    others = [each for other in recent if other is not past for each in other.done]
    counted = kept_among(past.done, rir=past.rir, refs=others, grid=grid, config=config)
    return tuple(counted) if any(not each.is_missed for each in counted) else past.done


def _middle(recent: Sequence[Past], *, need: int, grid: Grid, config: Config) -> list[_Best]:
    """Returns the best set of the median session, or of the two sessions in the middle."""
    sessions = _comparable([_efforts(past, need=need, config=config) for past in recent], grid=grid)
    common = sessions[0][0].weight

    def moved(best: _Best) -> Decimal:
        return _moved(best, to=common, grid=grid, config=config)

    bests = sorted((max(session, key=moved) for session in sessions), key=moved)
    return bests[(len(bests) - 1) // 2 : len(bests) // 2 + 1]


def _comparable(sessions: Sequence[list[_Best]], *, grid: Grid) -> list[list[_Best]]:
    """Leaves out sets whose load is unknown or nothing, because they cannot be compared, unless there are no others."""
    loaded = [[best for best in session if grid.load_moved(best.weight) is not None] for session in sessions]
    return [session for session in loaded if session] or list(sessions)


def _efforts(past: Past, *, need: int, config: Config) -> list[_Best]:
    """Returns each set with its reps to failure, capped at what can be converted into load.

    The exponential was never measured above 30 reps: 50 squats without a weight do not promise one heavy squat. Up to
    `need` reps count in any case, because they need no conversion.
    """
    most = max(config.most_reps, need)
    bests = []
    for each in past.done:
        if each.is_missed:
            continue
        logged = each.credited_rir(config)
        effort = each.reps + (Decimal(past.rir or 0) if logged is None else logged)
        bests.append(_Best(weight=each.weight, effort=min(effort, Decimal(most))))
    return bests


def _moved(best: _Best, *, to: Decimal, grid: Grid, config: Config, rust: Decimal = Decimal(0)) -> Decimal:
    # Rust and cost are added first: where the break factor leads to exactly a setting, they must cancel out exactly.
    return best.effort - (grid.cost_in_reps(best.weight, to=to, k=config.k_choose, config=config) + rust)


def _setting(middle: Sequence[_Best], *, need: int, days: int, grid: Grid, config: Config) -> tuple[Decimal, Decimal]:
    """Returns the weight, and the reps to failure to expect at it."""
    rust = -break_factor(days, config=config).ln() / config.k_choose

    def fresh(weight: Decimal) -> Decimal:
        return _mean([_moved(best, to=weight, grid=grid, config=config) for best in middle])

    def rusty(weight: Decimal) -> Decimal:
        return _mean([_moved(best, to=weight, grid=grid, config=config, rust=rust) for best in middle])

    start = middle[0].weight
    moved = grid.load_moved(start)
    if moved is not None and all(grid.load_moved(best.weight) is not None for best in middle):
        load = moved * ((rusty(start) - need) * config.k_choose).exp()
        weight = hardest_giving(need, gives=rusty, near=grid.weight_moving(load), grid=grid, config=config)
        return weight, rusty(weight)
    weight = hardest_giving(need, gives=fresh, near=start, grid=grid, config=config)
    if days > config.break_step_days and (easier := grid.easier(weight)) is not None:
        return easier, fresh(easier)
    return weight, rusty(weight)


def _mean(values: Sequence[Decimal]) -> Decimal:
    return sum(values, Decimal(0)) / len(values)
