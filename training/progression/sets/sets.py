"""Next week's sets of one muscle in one workout: the set table, then the caps.

The first rule that applies decides. Without an answer about soreness no set is added, and neither while the muscle is
still sore.
"""

from collections.abc import Sequence
from functools import partial

from training.progression.border import check_flag, refuse
from training.progression.config import CONFIG, Config
from training.progression.load.rir import STILL_SORE
from training.progression.load.showing.performance import FELL, MISSED
from training.progression.reasons.reasons import Reason, hold_sets, swap_new
from training.progression.reasons.set_reasons import CELL_CODES, Param
from training.progression.sets.caps import ALL_OR_NOTHING, capped, growing
from training.progression.sets.recovery import break_sets, recovery_sets, resumed_sets
from training.progression.sets.set_table import VERY_HARD, cell_code, mean_score, muscle_score, stimulus, table_change
from training.progression.sets.slot import Ex, PlannedSets, SlotCtx, check_exercises

# Where an answer about soreness alone holds the sets.
WAITS = frozenset({"SETS_HOLD_SORE_TODAY", "SETS_HOLD_SORE_BEFORE"})


def plan_sets(
    ctx: SlotCtx, exercises: Sequence[Ex], strict_rp: bool = False, *, config: Config = CONFIG
) -> PlannedSets:
    """Returns next week's sets of every exercise of one muscle in one workout, whether it is a recovery session, and
    the reasons.

    `strict_rp`: as in Israetel's book, where every fall below last week asks for a recovery session, and single sets
    are never taken away. The reasons are those that corrected the inputs, then the cell of the table, then the caps in
    their order; `strongest` picks the one to show. Raises EngineError outside the border. Chapter "How sets grow, and
    what stops them"; the matrix is Israetel's, with smaller steps.
    """
    if not isinstance(ctx, SlotCtx):
        refuse("ctx", ctx, wanted="a SlotCtx")
    check_exercises(exercises)
    check_flag("strict_rp", strict_rp)
    inputs = sorted(exercises, key=lambda each: each.order)

    if ctx.was_recovery:
        return _resume(ctx, inputs, config=config)
    if ctx.was_ill:
        return PlannedSets({each.id: each.sets for each in inputs}, False, (Reason("SETS_ILL"),))
    if all(each.perf is None for each in inputs):
        return _unchanged(inputs)
    if ctx.gap_days is not None and ctx.gap_days > config.break_days:
        return _after_break(ctx, inputs, days=ctx.gap_days, config=config)
    cause = _cause_of_recovery(ctx, inputs, strict_rp=strict_rp)
    if cause is not None:
        return _recovery(ctx, inputs, cause=cause, config=config)
    return _by_table(ctx, inputs, strict_rp=strict_rp, config=config)


def strongest(reasons: Sequence[Reason]) -> Reason:
    """Returns the reason to show where there is room for one: the cap that took the whole increase, else the reason for
    the change.

    `reasons`: as `plan_sets` returned them.
    """
    if not isinstance(reasons, Sequence) or not reasons or not all(isinstance(each, Reason) for each in reasons):
        refuse("reasons", reasons, wanted="a sequence of at least one Reason")
    place = next((index for index, each in enumerate(reasons) if each.code in CELL_CODES), None)
    if place is None:
        return next((each for each in reasons if each.code in WAITS), reasons[0])
    cell, limits = reasons[place], reasons[place + 1 :]
    if cell.params["n"] == 0 and limits:
        # A cap that takes everything comes before all others, which then had nothing left to take.
        return next((each for each in limits if each.code in ALL_OR_NOTHING), limits[-1])
    return next((each for each in reasons if each.code == "SORE_TWICE"), cell)


def _resume(ctx: SlotCtx, exercises: Sequence[Ex], *, config: Config) -> PlannedSets:
    sets = {each.id: resumed_sets(each.sets, week1_sets=each.week1_sets, config=config) for each in exercises}
    reason = Reason("SETS_RESUME", {"muscle": ctx.muscle, "sets": sum(sets.values())})
    return PlannedSets(sets, False, (reason,))


def _unchanged(exercises: Sequence[Ex]) -> PlannedSets:
    """Keeps the sets where no exercise has a score: the muscle was skipped, all its exercises were just swapped, or
    nothing that was done counts."""
    if all(each.new for each in exercises):
        reason = swap_new()
    elif any(each.completed for each in exercises):
        reason = hold_sets(sum(each.sets for each in exercises))
    else:
        reason = Reason("SETS_SKIPPED")
    return PlannedSets({each.id: each.sets for each in exercises}, False, (reason,))


def _after_break(ctx: SlotCtx, exercises: Sequence[Ex], *, days: int, config: Config) -> PlannedSets:
    sets = {
        each.id: break_sets(each.sets, gap_days=days, week1_sets=each.week1_sets, config=config) for each in exercises
    }
    params: dict[str, Param] = {"muscle": ctx.muscle, "days": days, "sets": sum(sets.values())}
    return PlannedSets(sets, False, (Reason("SETS_BREAK", params),))


def _cause_of_recovery(ctx: SlotCtx, exercises: Sequence[Ex], *, strict_rp: bool) -> str | None:
    if mean_score(exercises) != FELL:
        return None
    if all(each.fell_twice for each in exercises if each.perf == FELL):
        return "fell_twice"
    if ctx.soreness == STILL_SORE and ctx.challenge == VERY_HARD:
        return "sore"
    return "fell" if strict_rp else None


def _recovery(ctx: SlotCtx, exercises: Sequence[Ex], *, cause: str, config: Config) -> PlannedSets:
    falls = [each.fell_by for each in exercises if each.fell_twice and each.fell_by]
    params: dict[str, Param] = {"muscle": ctx.muscle, "cause": cause, "fell_by": max(falls, default=None)}
    sets = {each.id: recovery_sets(each.sets, config=config) for each in exercises}
    return PlannedSets(sets, True, (Reason("RECOVERY", params),))


def _by_table(ctx: SlotCtx, exercises: Sequence[Ex], *, strict_rp: bool, config: Config) -> PlannedSets:
    measured = mean_score(exercises)
    perf = muscle_score(exercises, challenge=ctx.challenge, rir=ctx.rir, config=config)
    assert measured is not None and perf is not None, "something was logged"
    felt = stimulus(pump=ctx.pump, challenge=ctx.challenge, config=config)
    table = partial(table_change, soreness=ctx.soreness, perf=perf, felt=felt, strict_rp=strict_rp, config=config)
    once, change = table(), table(prev_soreness=ctx.prev_soreness)

    rated, reasons = None, []
    if perf > measured:
        rated = "hard"
        reasons.append(Reason("PERF_HARD", {"rir": ctx.rir}))
    elif perf < measured:
        rated = "easy"
        reasons.append(Reason("PERF_EASY"))
    if change < once:
        reasons.append(Reason("SORE_TWICE"))

    sets = {each.id: each.sets for each in exercises}
    made = 0
    limits: tuple[Reason, ...] = ()
    if change > 0:
        made, limits = capped(change, ctx=ctx, exercises=exercises, config=config)
        for each in growing(exercises, config=config)[:made]:
            sets[each.id] += 1
    elif change < 0:
        loser = _losing(exercises)
        if loser is None:
            limits = (Reason("FLOOR_ONE_SET"),)
        else:
            made = 1
            sets[loser.id] -= 1
    params: dict[str, Param] = {
        "muscle": ctx.muscle,
        "n": made,
        "soreness": ctx.soreness,
        "perf": perf,
        "stimulus": felt,
        "rated": rated,
        "today": ctx.today,
        "short": int(any(each.short for each in exercises if each.perf is not None and each.perf >= MISSED)),
    }
    if change == 0 and perf < MISSED and (waits := _waits(ctx)):
        return PlannedSets(sets, False, (*reasons, waits))
    code = cell_code(change, soreness=ctx.soreness, perf=perf, felt=felt)
    return PlannedSets(sets, False, (*reasons, Reason(code, params), *limits))


def _waits(ctx: SlotCtx) -> Reason | None:
    """Returns the reason where an answer about soreness alone holds the sets, and it can be told by its day."""
    if ctx.today == STILL_SORE:
        return Reason("SETS_HOLD_SORE_TODAY", {"muscle": ctx.muscle})
    return Reason("SETS_HOLD_SORE_BEFORE", {"muscle": ctx.muscle}) if ctx.waits_once else None


def _losing(exercises: Sequence[Ex]) -> Ex | None:
    """Returns the exercise that loses a set: worst performance, then most sets, then last in the workout. None where
    each has a single set."""
    able = [each for each in exercises if each.sets > 1]
    # An exercise that was not logged has no score, so it loses a set only after all that have one.
    return max(able, key=lambda each: (-1 if each.perf is None else each.perf, each.sets, each.order), default=None)
