"""The first session of an exercise from the lifter's own history, whatever mesocycle it comes from."""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from training.progression.border import check_rep_range, check_whole, check_whole_or_missing, refuse
from training.progression.config import CONFIG, Config
from training.progression.load.capacity import hardest_giving
from training.progression.load.grid import Grid
from training.progression.load.load import break_factor
from training.progression.load.plan import Done, ExercisePlan, check_done
from training.progression.reasons.reasons import Reason
from training.progression.reasons.set_reasons import Param


@dataclass(frozen=True, slots=True, kw_only=True)
class Past:
    """One earlier session of an exercise, neither a deload nor a recovery.

    days_ago: from 0. done: its working sets. rir: its target RIR 0..5, which stands in where none was logged;
    None (nothing was planned) counts as nothing in reserve. Raises EngineError when a value is outside.
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
    """The first plan from the last three sessions of the exercise; None: nothing to go by, so ask.

    `history`: any order; sessions older than 180 days, or without a rep, are left out. The median of their
    best sets (of two: the mean) must give the middle of `lo`-`hi` at `rir`, at the hardest setting that it is
    enough for, less what a break took. Where the lightest setting is too heavy for that, or the heaviest too
    light, the target is what it gives. Raises EngineError outside the border. Chapter "The first week";
    exchange of load and reps: Berger.
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

    recent = _recent(history, config=config)
    if not recent:
        return None
    mid = (lo + hi) // 2
    middle = _middle(recent, need=mid + rir, grid=grid, config=config)
    days = recent[0].days_ago
    weight, effort = _setting(middle, need=mid + rir, days=days, grid=grid, config=config)
    # Where nothing heavier exists reps are all that can rise: back to the middle would undo what they rose to.
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


def _recent(history: Sequence[Past], *, config: Config) -> list[Past]:
    """The last three sessions that show something, the newest first; of one day, in the order given."""
    shows = [
        past for past in history if past.days_ago <= config.seed_days and any(not each.is_missed for each in past.done)
    ]
    return sorted(shows, key=lambda past: past.days_ago)[: config.seed_sessions]


def _middle(recent: Sequence[Past], *, need: int, grid: Grid, config: Config) -> list[_Best]:
    """The median session: one, or the two in the middle."""
    sessions = _comparable([_efforts(past, need=need, config=config) for past in recent], grid=grid)
    common = sessions[0][0].weight

    def moved(best: _Best) -> Decimal:
        return _moved(best, to=common, grid=grid, config=config)

    bests = sorted((max(session, key=moved) for session in sessions), key=moved)
    return bests[(len(bests) - 1) // 2 : len(bests) // 2 + 1]


def _comparable(sessions: Sequence[list[_Best]], *, grid: Grid) -> list[list[_Best]]:
    """Sets with all of the body taken off are left out, unless there are no others: no load, no comparison."""
    loaded = [[best for best in session if grid.load_moved(best.weight) is not None] for session in sessions]
    return [session for session in loaded if session] or list(sessions)


def _efforts(past: Past, *, need: int, config: Config) -> list[_Best]:
    """Reps to failure of each set, as far as they can be exchanged for load.

    Beyond 30 the exponential was never measured: 50 squats without a weight are no promise of a heavy one. As
    many as are needed are believed all the same, for they take no exchange.
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
    # Rust and cost first: where the factor leads to a setting exactly, they must cancel exactly.
    return best.effort - (grid.cost_in_reps(best.weight, to=to, k=config.k_choose, config=config) + rust)


def _setting(middle: Sequence[_Best], *, need: int, days: int, grid: Grid, config: Config) -> tuple[Decimal, Decimal]:
    """The weight, and the reps to failure to expect there."""
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
