"""A deload that the lifter asks for early: for everything in this week, or for one muscle.

What was done stays, and so does every session that has begun."""

from datetime import datetime

from django.db import transaction

from training.models import Mesocycle, Prescription
from training.models.bounds import WEEKS
from training.prescribing import writing
from training.prescribing.week_plan.history import History
from training.prescribing.week_plan.planning import WeekPlan

EVERYTHING = "everything"


class NothingToDeload(ValueError):
    """This week has no session left to lighten; the message says what to do instead."""


def deload(mesocycle: Mesocycle, of: str, *, now: datetime) -> None:
    """Deloads EVERYTHING this week, or the muscle that `of` names. Raises NothingToDeload."""
    if of == EVERYTHING:
        deload_week(mesocycle, now=now)
    else:
        recover_muscle(mesocycle, of, now=now)


@transaction.atomic
def deload_week(mesocycle: Mesocycle, *, now: datetime) -> None:
    """Makes what is left of the current week a deload, which is then the last week of the mesocycle.

    In the first two weeks a mesocycle cannot end yet, so there the plan goes on afterwards. Raises NothingToDeload."""
    history = _locked_history(mesocycle, now)
    plan = WeekPlan(history, history.mesocycle.current_week)
    planned = [one for workout in _to_come(history) for one in plan.plan_deload_now(workout)]
    if not planned:
        raise NothingToDeload("Every workout of this week has begun: finish them, then deload next week.")
    writing.keep_choice(history, plan.week, planned)
    if plan.week >= WEEKS.least:
        history.mesocycle.end_with(plan.week)
        beyond = Prescription.objects.current().filter(workout__mesocycle=mesocycle, week_number__gt=plan.week)
        beyond.update(superseded_at=now)


@transaction.atomic
def recover_muscle(mesocycle: Mesocycle, muscle: str, *, now: datetime) -> None:
    """Makes the muscle's remaining sessions of the current week recovery sessions: half the sets and reps.

    Raises NothingToDeload."""
    history = _locked_history(mesocycle, now)
    plan = WeekPlan(history, history.mesocycle.current_week)
    planned = [
        one
        for workout in history.workouts_in_plan()
        if not history.is_settled(workout.id, plan.week, muscle)
        for one in plan.plan_recovery_now(workout, muscle)
    ]
    if not planned:
        raise NothingToDeload("This muscle is not trained again this week: ask again next week.")
    writing.keep_choice(history, plan.week, planned)


def _locked_history(mesocycle: Mesocycle, now: datetime) -> History:
    locked = Mesocycle.objects.locked().filter(id=mesocycle.id).first()
    if locked is None:
        raise NothingToDeload("This mesocycle was deleted meanwhile.")
    return History(locked, today=locked.user.today(now))


def _to_come(history: History) -> list:
    """Returns the workouts of the current week that have not begun."""
    week = history.mesocycle.current_week
    return [one for one in history.workouts_in_plan() if not history.has_begun(one.id, week)]
