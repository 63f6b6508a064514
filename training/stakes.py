"""What an answer can still change: every answer to a question is put to the engine before the question is shown."""

from collections.abc import Iterable
from itertools import product

from training.history import History
from training.models import Workout
from training.models.feedback import Challenge, Pump, Soreness
from training.weekplan import Planned, WeekPlan

NOT_AGAIN = "this mesocycle does not train it in this workout again"
DELOAD_NEXT = "next week is the deload, and it is the same whatever you say"
NO_PLAN = "there is no plan that it could change"
SETTLED = "every answer leads to the same sets, weight and reps"


def nothing_at_stake_in_soreness(history: History, workout: Workout, week: int, muscle: str) -> str:
    """Why no answer about soreness changes anything any more; empty where one does."""
    why_next = _no_next_week(history, workout, week, muscle)
    if not why_next:
        return ""
    answers = ({"soreness_level": level} for level in Soreness.values)
    has_begun = history.is_settled(workout.id, week, muscle)
    if not has_begun and not workout.only_week and _differ(history, workout, week, week, muscle, answers):
        return ""
    return why_next


def nothing_at_stake_in_performance(history: History, workout: Workout, week: int, muscle: str) -> str:
    """Why no answer about pump and challenge changes anything; empty where one does."""
    why = _no_next_week(history, workout, week, muscle)
    if why:
        return why
    pairs = product(Pump.values, Challenge.values)
    answers = ({"pump_level": pump, "challenge_level": challenge} for pump, challenge in pairs)
    return "" if _differ(history, workout, week, week + 1, muscle, answers) else SETTLED


def _no_next_week(history: History, workout: Workout, week: int, muscle: str) -> str:
    if workout.only_week:
        return NO_PLAN
    if history.mesocycle.is_deload(week + 1):
        return DELOAD_NEXT
    if not any(terms.slot.exercise.muscle_group == muscle for terms in history.terms[workout.id]):
        return NOT_AGAIN
    return ""


def _differ(
    history: History, workout: Workout, asked_in: int, planned: int, muscle: str, answers: Iterable[dict]
) -> bool:
    """Whether two answers given in week `asked_in` make two different plans of week `planned`."""
    outcomes = (
        _outcome(history.supposing(workout.id, asked_in, muscle, **answer), workout, planned, muscle)
        for answer in answers
    )
    first = next(outcomes)
    return any(outcome != first for outcome in outcomes)


def _outcome(history: History, workout: Workout, week: int, muscle: str) -> list[tuple]:
    slots = [terms for terms in history.terms[workout.id] if terms.slot.exercise.muscle_group == muscle]
    week_plan = WeekPlan(history, week, sets=history.sets_asked_before(workout, week))
    return [_numbers(one) for one in week_plan.plan_muscle(workout, muscle, slots)]


def _numbers(one: Planned) -> tuple:
    plan = one.plan
    return plan.sets, plan.weight, plan.reps, plan.reps_lo, plan.rir
