"""Week 1 of the next mesocycle, made from a week of the last one: at another RIR, and with sets that can still grow."""

import math
from collections.abc import Iterable, Sequence
from dataclasses import replace

from training.progression.border import check_flag, check_whole, check_whole_or_missing, refuse
from training.progression.config import CONFIG, Config
from training.progression.load.load import plan_load
from training.progression.load.plan import Done, ExercisePlan
from training.progression.load.target import Signals, Target
from training.progression.reasons.reasons import Reason


def next_meso_sets(
    week1: int,
    chosen: int,
    n: int,
    overreached: bool = False,
    easy: bool = False,
    *,
    config: Config = CONFIG,
) -> int:
    """Returns the sets (1..15) for week 1 of the next mesocycle, of one exercise that had `chosen` sets in week `n`.

    `week1`: its sets in week 1 of the mesocycle before. `overreached`: the muscle had a recovery session. `easy`: it
    had an easy mesocycle (`was_easy`). Where both are true, `overreached` decides. From a later week than the first,
    the result is always below `chosen` where that was 3 or more. Raises EngineError outside the border. Source: "From
    one mesocycle to the next" in docs/progression.md.
    """
    check_whole("week1", week1, least=1, most=config.most_sets)
    check_whole("chosen", chosen, least=1, most=config.most_sets)
    _check_week("n", n, config=config)
    check_flag("overreached", overreached)
    check_flag("easy", easy)
    if n == 1:
        sets, most = week1, config.most_sets
    else:
        sets = min(chosen, max(week1, math.ceil(config.next_meso_share * chosen)))
        most = chosen - 1 if chosen >= config.next_meso_fewer_from else sets
    if overreached:
        return max(1, min(sets, most) - 1)
    return min(sets + easy, most)


def was_easy(*, recoveries: int, sore3: int, p23: int, sessions: int, config: Config = CONFIG) -> bool:
    """Returns whether a muscle had an easy mesocycle: no recovery session, "still sore" once at most, and at most a
    quarter of its hard sessions with a performance of 2 or 3.

    `recoveries`, `sore3`, `p23`: how many of its sessions were so; `sessions`: its hard ones. Without any it was not.
    """
    for name, count in (("recoveries", recoveries), ("sore3", sore3), ("p23", p23), ("sessions", sessions)):
        check_whole(name, count, least=0)
    if sessions == 0 or recoveries > 0 or sore3 > config.easy_sore_most:
        return False
    return p23 <= config.easy_hard_share * sessions


def opening_sets(
    rows: Sequence[tuple[int, int]],
    n: int,
    *,
    overreached: bool = False,
    easy: bool = False,
    mrv: int,
    config: Config = CONFIG,
) -> tuple[int, ...]:
    """Returns the sets of week 1 of the next mesocycle for all rows of one muscle, in their order.

    `rows`: (sets in week 1, sets in week `n`) of each exercise in each workout. After an easy mesocycle each gains one,
    those with the fewest sets first, while the muscle's week stays within 60 % of `mrv`, its weekly MRV. Else as
    `next_meso_sets`.
    """
    check_whole("mrv", mrv, least=0)
    sets = [next_meso_sets(week1, chosen, n, overreached, config=config) for week1, chosen in rows]
    if not easy or overreached:
        return tuple(sets)
    raised = [next_meso_sets(week1, chosen, n, easy=True, config=config) for week1, chosen in rows]
    for place in sorted(range(len(rows)), key=lambda one: (sets[one], one)):
        if sum(sets) + raised[place] - sets[place] <= config.easy_mrv_share * mrv:
            sets[place] = raised[place]
    return tuple(sets)


def source_week(n: int, logged: Iterable[int], *, config: Config = CONFIG) -> int | None:
    """Returns the week to take an exercise from where the lifter chose week `n`: `n` itself, else the nearest earlier
    week, else the nearest later one.

    `logged`: the weeks before the deload in which it was logged. None without any: then try `seed`, then ask.
    """
    _check_week("n", n, config=config)
    weeks = sorted(set(logged))
    for week in weeks:
        _check_week("a logged week", week, config=config)
    earlier = [week for week in weeks if week <= n]
    return earlier[-1] if earlier else next(iter(weeks), None)


def plan_next_meso(
    plan: ExercisePlan,
    *,
    done: Sequence[Done],
    target: Target,
    week: int,
    days_since_last: int | None = None,
    config: Config = CONFIG,
) -> ExercisePlan:
    """Returns week 1 of the next mesocycle for one exercise, from its plan and log in week `week` of the mesocycle
    before.

    `plan.rir`: the target RIR of that week. `target`: the RIR of the new week, and the sets from `next_meso_sets`.
    `done` must not be empty: otherwise take another week (`source_week`), else `seed`, else ask. `days_since_last`:
    since the last workout before the deload; None: recent. After more than 21 days the weight is lightened as after any
    break, and the plan says that it is an estimate. Raises EngineError outside the border.
    """
    _check_week("week", week, config=config)
    check_whole_or_missing("days_since_last", days_since_last, least=0)
    if isinstance(done, Sequence) and not done:
        refuse("done", done, wanted="the sets of a week that was logged")
    is_estimate = days_since_last is not None and days_since_last > config.next_meso_days
    # plan_load works out the score, without the week before: how week `week` compared with it says nothing by now.
    signals = Signals(gap_days=days_since_last if is_estimate else None)
    # No RIR +1 after a gap: it is for going on within a mesocycle, and week 1 asks the highest RIR anyway.
    following = plan_load(plan, done=done, target=target, signals=signals, config=replace(config, eased_rir_step=0))
    reasons = following.reasons
    if is_estimate:
        reasons += (Reason("NEXT_MESO_ESTIMATE", {"days": days_since_last}),)
    sets = target.next_sets
    if sets != plan.sets:
        reasons += (Reason("NEXT_MESO_SETS", {"sets": sets, "week": week, "chosen": plan.sets}),)
    return replace(following, reasons=reasons)


def _check_week(name: str, week: object, *, config: Config) -> None:
    """Checks for a week before the deload, of the longest mesocycle."""
    check_whole(name, week, least=1, most=max(weeks for weeks, _ in config.rir_by_weeks) - 1)
