"""Whether an answer can still change anything: before a question is shown, the engine tries all answers to it."""

from collections.abc import Iterable
from dataclasses import replace
from itertools import product

from training import progression
from training.models import Workout
from training.models.feedback import Challenge, Pump, Soreness
from training.prescribing.week_plan.history import History
from training.prescribing.week_plan.planning import WeekPlan

NOT_AGAIN = "this mesocycle does not train it in this workout again"
DELOAD_NEXT = "next week is the deload, and it is the same whatever you say"
NO_PLAN = "there is no plan that it could change"
SETTLED = "every answer leads to the same sets"


def no_next_week(workout: Workout, week: int) -> str:
    """Returns why no answer in this session can change the next one, or "" where one can.

    Soreness that is answered before the muscle begins always matters: "still sore" makes today easier."""
    if workout.only_week:
        return NO_PLAN
    return DELOAD_NEXT if workout.mesocycle.is_deload(week + 1) else ""


def performance_has_no_effect(history: History, workout: Workout, week: int, muscle: str) -> str:
    """Returns why no answer about pump and challenge can change anything, whatever soreness will follow; "" where one
    can."""
    slots = [
        parameters for parameters in history.parameters[workout.id] if parameters.slot.exercise.muscle_group == muscle
    ]
    if not slots:
        return NOT_AGAIN
    case = WeekPlan(history, week + 1, sets=history.sets_prescribed_before(workout, week + 1)).case(
        workout, muscle, slots
    )
    before = history.said(workout.id, week, muscle, "soreness_level")
    # Both will be answered: after this session, and at the start of the one that is planned.
    counts = {progression.soreness_for_sets(before, *later) for later in product(Soreness.values, repeat=2)}
    for soreness in counts:
        felt = replace(case.context, soreness=soreness)
        answers = (replace(felt, pump=pump, challenge=hard) for pump, hard in product(Pump.values, Challenge.values))
        outcomes = (progression.plan_sets(answer, case.exercises)[:2] for answer in answers)
        if not _are_alike(outcomes):
            return ""
    return SETTLED


def _are_alike(outcomes: Iterable) -> bool:
    outcomes = iter(outcomes)
    first = next(outcomes)
    return all(outcome == first for outcome in outcomes)
