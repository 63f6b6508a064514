"""The next weight and reps of an exercise: double progression that takes effort (RIR) into account.

Where sets were logged that count, the table of `table.py` decides; else the plan is asked again.
"""

import math
from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal

from metricgain.numbers import plain
from training.progression.config import CONFIG, Config
from training.progression.load.plan import Done, ExercisePlan, check_done, check_plan, shown_lo
from training.progression.load.rir import eased_rir
from training.progression.load.showing.performance import performance
from training.progression.load.showing.shown import shown, shown_by_plan
from training.progression.load.start import ask
from training.progression.load.stretch import stretch
from training.progression.load.table import LoadAnswer, LoadCase, decide
from training.progression.load.target import (
    Background,
    Signals,
    Target,
    check_background,
    check_signals,
    check_target,
)
from training.progression.reasons.reasons import Reason

NO_SIGNALS = Signals()
NO_BACKGROUND = Background()


def plan_load(
    plan: ExercisePlan,
    *,
    done: Sequence[Done],
    target: Target,
    signals: Signals = NO_SIGNALS,
    background: Background = NO_BACKGROUND,
    config: Config = CONFIG,
) -> ExercisePlan:
    """Returns the plan of the next session of one exercise, from the plan just done and its log.

    `done`: the working sets in order; empty: the exercise was skipped. Where all of them are odd, or the lifter was
    ill, the plan is asked again as after a skip. `target.next_rir` is the RIR of the week; it rises by 1 here where the
    muscle is still sore today, or after a gap of more than 10 days. Without `signals.perf` the session is scored here,
    without a look at last week, and asks for nothing beyond what was shown. Without `signals.gap_days` there was no
    gap. Where the plan has no weight and nothing was logged, the plan asks again (weight None). Where the exercise may
    be taken to failure, a session at RIR 0 is open. Raises EngineError outside the border. Chapter "Weight and reps";
    how load trades against reps: Berger, Nuzzo 2024; raising the load or the reps builds the same muscle: Plotkin 2022.
    """
    grid = target.grid
    check_plan(plan, grid=grid)
    check_done(done, grid=grid)
    check_target(target, config=config)
    check_signals(signals)
    check_background(background, grid=grid, config=config)

    rir = eased_rir(target.next_rir, soreness=signals.soreness, gap_days=signals.gap_days, config=config)
    gap, recovery, bias, refs = signals.gap_days or 0, signals.recovery, background.bias, background.refs
    what = None if signals.ill else shown(plan, done=done, grid=grid, bias=bias, refs=refs, config=config)
    if what is None and not recovery and (gap <= config.break_days or plan.weight is None):
        return _again(plan, _reason_again(done, grid_unit=grid.unit, ill=signals.ill), target, rir=rir, config=config)
    if what is None and plan.weight is None:
        return _recovery_without_weight(plan, lo=target.lo, sets=target.next_sets, config=config)
    more = 0
    if what is None:
        what = shown_by_plan(plan)
    elif signals.perf is None:
        perf = performance(plan, done=done, grid=grid, bias=bias, refs=refs, config=config)
        signals = replace(signals, perf=perf)
    else:
        more = stretch(plan, shown=what, signals=signals, config=config)
    case = LoadCase(
        plan=plan,
        shown=what,
        target=target,
        signals=signals,
        background=background,
        rir=config.recovery_rir if recovery else rir,
        stretch=more,
        config=config,
    )
    return _planned(case, decide(case))


def _planned(case: LoadCase, answer: LoadAnswer) -> ExercisePlan:
    target, reps, is_recovery = case.target, max(1, answer.reps), case.signals.recovery
    return ExercisePlan(
        sets=target.next_sets,
        weight=answer.weight,
        reps=reps,
        reps_lo=shown_lo(reps, drop=case.shown.drop, sets=target.next_sets, lo=target.lo),
        rir=case.rir,
        drop=case.shown.drop,
        recovery=is_recovery,
        reasons=answer.reasons,
        open=_is_open(target, rir=case.rir) and not is_recovery,
    )


def _is_open(target: Target, *, rir: int) -> bool:
    return target.can_fail and rir == 0


# -- nothing that counts ----------------------------------------------------------------------------


def _reason_again(done: Sequence[Done], *, grid_unit: str, ill: bool) -> Reason:
    if ill:
        return Reason("LOAD_ILL")
    if not done:
        return Reason("LOAD_SKIPPED")
    odd = next((each for each in done if not each.is_missed), done[0])
    return Reason("LOAD_HOLD_ODD", {"weight": plain(odd.weight), "unit": grid_unit, "reps": odd.reps})


def _again(plan: ExercisePlan, why: Reason, target: Target, *, rir: int, config: Config) -> ExercisePlan:
    """Returns the plan again. Its RIR falls by 1 at most, and the reps change with the RIR."""
    if plan.rir is not None:
        rir = max(rir, plan.rir - 1)
    reps = plan.reps
    if plan.weight is not None and plan.rir is not None:
        # Where the RIR rises (still sore, or after a gap), the reps fall. The same reps at the same weight with more
        # in reserve would ask for more than was planned, let alone shown.
        reps = max(1, min(reps + plan.rir - rir, max(config.most_reps, reps)))
    reasons: tuple[Reason, ...]
    if plan.weight is None:
        reasons = (ask(reps, rir=rir),)
    else:
        reasons = (why,)
        if plan.carries("LOAD_HOLD_BELOW"):  # the last try at this weight is still to come
            reasons += (Reason("LOAD_HOLD_BELOW", {"lo": target.lo, "reps": reps}),)
    return replace(
        plan,
        sets=target.next_sets,
        reps=reps,
        reps_lo=shown_lo(reps, drop=plan.drop, sets=target.next_sets, lo=target.lo),
        rir=rir,
        recovery=False,
        reasons=reasons,
        open=plan.weight is not None and _is_open(target, rir=rir),
    )


def _recovery_without_weight(plan: ExercisePlan, *, lo: int, sets: int, config: Config) -> ExercisePlan:
    reps = math.ceil(Decimal(plan.reps) / 2)
    rir = config.recovery_rir
    return replace(
        plan,
        sets=sets,
        reps=reps,
        reps_lo=shown_lo(reps, drop=plan.drop, sets=sets, lo=lo),
        rir=rir,
        recovery=True,
        open=False,
        reasons=(Reason("LOAD_RECOVERY"), ask(reps, rir=rir)),
    )
