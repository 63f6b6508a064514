"""The performance score of an exercise: 0 (clearly better) to 3 (below last week).

It is computed from the log; no lifter is asked for it. A low score is good, as in Israetel's book, where the scale
comes from.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal

from training.progression.border import check_score, check_whole_or_missing, refuse
from training.progression.config import CONFIG, Config
from training.progression.load.grid import Grid
from training.progression.load.plan import Done, ExercisePlan, check_bias, check_done, check_plan
from training.progression.load.showing.odd import kept
from training.progression.load.showing.shown import most_used

BETTER, AS_PLANNED, MISSED, FELL = 0, 1, 2, 3


@dataclass(frozen=True, slots=True, kw_only=True)
class _Counted:
    """A set that counts: its 0-based place in the session, and its reps above the target (negative: below)."""

    index: int
    done: Done
    surplus: Decimal


def performance(
    plan: ExercisePlan,
    *,
    done: Sequence[Done],
    prev_done: Sequence[Done | None] = (),
    grid: Grid,
    prev_rir: int | None = None,
    bias: Decimal = Decimal(0),
    refs: Sequence[Done] = (),
    config: Config = CONFIG,
) -> int | None:
    """Returns the score 0..3 of one session against its plan and against last week; None when no set counts.

    `prev_done`: the sets of the reference session before this one, with None in place of odd ones; empty: only the plan
    decides, so the score is never 3. `prev_rir`: the target RIR of that session, None when unknown. `bias`: the reps by
    which the lifter says too much RIR. `refs`: see `odd`; odd sets are left out, and the others keep their own target
    and their partner of last week. Reps vary by about one a set from day to day, so one bad set proves little. Chapter
    "How sets grow, and what stops them".
    """
    check_plan(plan, grid=grid)
    check_done(done, grid=grid)
    check_done(refs, grid=grid, name="refs")
    _that_count(prev_done, grid=grid, name="prev_done")
    check_whole_or_missing("prev_rir", prev_rir, least=0, most=config.most_logged_rir)
    check_bias(bias, config=config)
    sets = kept(plan, done=done, refs=refs, grid=grid, config=config)
    if not sets:
        return None
    # Where the plan had no weight (a first session), the weight that was lifted counts as planned.
    planned = plan.weight if plan.weight is not None else most_used([each for _, each in sets], grid=grid)
    counted = _counted(plan, sets, planned=planned, bias=bias, grid=grid, config=config)
    score = _score(counted, prev_done=prev_done, grid=grid, config=config)
    if plan.rir is not None and plan.rir == prev_rir and _single_small_miss(counted, config=config):
        score = min(score, AS_PLANNED)
    score = _corrected_for_distance(score, counted, planned=planned, grid=grid, config=config)
    if any(each.done.is_missed for each in counted):
        score = max(score, AS_PLANNED)
    return score


def fell_twice(
    perf: int | None,
    *,
    prev_perf: int | None,
    done: Sequence[Done | None],
    prev_done: Sequence[Done | None],
    prev2_done: Sequence[Done | None],
    grid: Grid,
    config: Config = CONFIG,
) -> bool:
    """Returns whether two sessions in a row fell: both scored 3 at about the same weight, and lost 2 or more reps a set
    in all.

    `done`, `prev_done`, `prev2_done`: the sets of this session, the last one and the one before that, with None in
    place of odd ones. False where any of them is missing. Chapter "Recovery sessions".
    """
    check_score("perf", perf)
    check_score("prev_perf", prev_perf)
    sessions = {"done": done, "prev_done": prev_done, "prev2_done": prev2_done}
    counted = {name: _that_count(sets, grid=grid, name=name) for name, sets in sessions.items()}
    if perf != FELL or prev_perf != FELL or not all(counted.values()):
        return False
    now, before = most_used(counted["done"], grid=grid), most_used(counted["prev_done"], grid=grid)
    if not grid.near(now, to=before, config=config):
        return False
    lost = _mean_lost(done, since=prev2_done, grid=grid, config=config)
    return lost is not None and lost >= config.fell_twice_reps


def _that_count(done: object, *, grid: Grid, name: str) -> list[Done]:
    """Checks the sets of a session, in which None stands for an odd one, and returns the others."""
    if not isinstance(done, Sequence):
        refuse(name, done, wanted="a sequence of Done")
    counted = [each for each in done if each is not None]
    check_done(counted, grid=grid, name=name)
    return counted


def reps_fallen(
    done: Sequence[Done | None], *, prev2_done: Sequence[Done | None], grid: Grid, config: Config = CONFIG
) -> int | None:
    """Returns the whole reps lost per set over two sessions, rounded half up, 0 or more; None where no set can be
    compared.

    `fell_twice` decides by the same number; this one is for the sentence of a recovery session alone. `done`: this
    session; `prev2_done`: the one before the last. Raises EngineError outside the border.
    """
    for name, sets in (("done", done), ("prev2_done", prev2_done)):
        _that_count(sets, grid=grid, name=name)
    lost = _mean_lost(done, since=prev2_done, grid=grid, config=config)
    return None if lost is None else int(max(lost, Decimal(0)).to_integral_value(ROUND_HALF_UP))


def _counted(
    plan: ExercisePlan,
    sets: Sequence[tuple[int, Done]],
    *,
    planned: Decimal,
    bias: Decimal,
    grid: Grid,
    config: Config,
) -> list[_Counted]:
    """Returns those of the sets that are near the planned weight; if none is, all of them."""
    near = [(index, each) for index, each in sets if grid.near(each.weight, to=planned, config=config)]
    counted = []
    for index, each in near or sets:
        cost = grid.cost_in_reps(each.weight, to=planned, k=config.k_expect, config=config)
        surplus = each.reps - cost - plan.target(index)
        said = each.credited_rir(config, bias=bias)
        if said is not None and plan.rir is not None:
            surplus += said - plan.rir
        counted.append(_Counted(index=index, done=each, surplus=_clipped(surplus, config=config)))
    return counted


def _score(counted: Sequence[_Counted], *, prev_done: Sequence[Done | None], grid: Grid, config: Config) -> int:
    surplus = _mean([each.surplus for each in counted])
    pairs: list[tuple[int, Done | None]] = [(each.index, each.done) for each in counted]
    vs_last = _mean_change(pairs, prev_done=prev_done, grid=grid, config=config)
    if vs_last is not None and vs_last <= config.fell and surplus < 0:
        return FELL
    if surplus <= config.missed:
        return MISSED
    return BETTER if surplus >= config.better else AS_PLANNED


def _single_small_miss(counted: Sequence[_Counted], *, config: Config) -> bool:
    """Returns whether only one set fell short, and by one rep at most. With three sets or more the thresholds forgive
    that; with one or two sets only this does."""
    misses = [each.surplus for each in counted if each.surplus < 0]
    return len(misses) == 1 and misses[0] >= -config.single_miss


def _corrected_for_distance(
    score: int, counted: Sequence[_Counted], *, planned: Decimal, grid: Grid, config: Config
) -> int:
    """Limits the score where all sets were far from the planned weight, unless every set has a logged RIR. The score
    then depends on how load was converted into reps, not on what was done.

    All sets lighter: at worst 2. All heavier: at best 1. Some lighter and some heavier: both limits.
    """
    if any(grid.near(each.done.weight, to=planned, config=config) for each in counted):
        return score
    if all(each.done.credited_rir(config) is not None for each in counted):
        return score
    heavier = [grid.is_harder(each.done.weight, than=planned) for each in counted]
    if not all(heavier):
        score = min(score, MISSED)
    return max(score, AS_PLANNED) if any(heavier) else score


def _mean_change(
    sets: Sequence[tuple[int, Done | None]], *, prev_done: Sequence[Done | None], grid: Grid, config: Config
) -> Decimal | None:
    """Returns the mean of the reps gained, over the sets that both sessions have; None without any. Only pairs of sets
    at near weights count, or all pairs if none is near."""
    both = [(each, prev_done[index]) for index, each in sets if index < len(prev_done)]
    pairs = [(now, prev) for now, prev in both if now is not None and prev is not None]
    near = [(now, prev) for now, prev in pairs if grid.near(now.weight, to=prev.weight, config=config)]
    changes = [
        _clipped(
            now.reps - grid.cost_in_reps(now.weight, to=prev.weight, k=config.k_expect, config=config) - prev.reps,
            config=config,
        )
        for now, prev in near or pairs
    ]
    return _mean(changes) if changes else None


def _mean_lost(
    done: Sequence[Done | None], *, since: Sequence[Done | None], grid: Grid, config: Config
) -> Decimal | None:
    change = _mean_change(list(enumerate(done)), prev_done=since, grid=grid, config=config)
    return None if change is None else -change


def _clipped(difference: Decimal, *, config: Config) -> Decimal:
    return min(max(difference, -config.difference_limit), config.difference_limit)


def _mean(values: Sequence[Decimal]) -> Decimal:
    return sum(values, Decimal(0)) / len(values)
