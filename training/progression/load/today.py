"""What today changes in a plan, and the sentence that says it: still sore, or days off."""

from dataclasses import replace

from training.progression.config import CONFIG, Config
from training.progression.load.plan import ExercisePlan
from training.progression.load.rir import STILL_SORE, eased_rir
from training.progression.load.target import Signals, Target
from training.progression.reasons.reasons import Reason
from training.progression.reasons.set_reasons import is_about_sets

# The reasons for a RIR above that of the week, which follow the exercise's own sentence.
RIR_CODES = ("RIR_BREAK", "RIR_STEP")


def told_today(
    plan: ExercisePlan, *, usual: ExercisePlan, target: Target, signals: Signals, config: Config = CONFIG
) -> ExercisePlan:
    """Returns the plan with the sentence for what today's answer or the days off changed.

    `usual`: the plan that the same session would have without today's answer. Where still being sore raised the RIR or
    took reps or weight, SORE_TODAY says so in place of the exercise's own sentence, and that the weight stays where it
    would have risen. Where days off alone raised the RIR, RIR_BREAK follows the sentence about weight and reps; where
    neither did, RIR_STEP does. In a recovery session nothing of this is said.
    """
    if plan.recovery or plan.rir is None or plan.rir <= target.next_rir:
        return plan
    changed = (plan.weight, plan.reps, plan.rir) != (usual.weight, usual.reps, usual.rir)
    if signals.soreness == STILL_SORE and changed and plan.weight is not None:
        held = int(plan.carries("LOAD_HOLD_SORE"))
        told = Reason("SORE_TODAY", {"reps": plan.reps, "rir": plan.rir, "held": held})
        return replace(plan, reasons=(told, *(each for each in plan.reasons if is_about_sets(each.code))))
    if plan.carries("LOAD_BREAK_HOLD"):  # it says so itself
        return plan
    told, gap = Reason("RIR_STEP", {"rir": plan.rir}), signals.gap_days
    if gap and plan.rir <= eased_rir(target.next_rir, soreness=None, gap_days=gap, config=config):
        told = Reason("RIR_BREAK", {"rir": plan.rir, "days": gap})
    return replace(plan, reasons=(*plan.reasons, told))
