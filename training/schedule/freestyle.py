"""Freestyle: training without a plan, between mesocycles. It is a mesocycle "Freestyle" of extra sessions."""

from datetime import date, datetime

from django.db import transaction

from metricgain.users.models import User
from training.models import Mesocycle, Workout, WorkoutLog
from training.session import recording

NAME = "Freestyle"
# A mesocycle has at most seven weeks. Its last one is a deload, for which freestyle has no use.
WEEKS = 6


class PlanRuns(ValueError):
    """A mesocycle with a plan runs, so the lifter trains by that plan."""


@transaction.atomic
def just_train(user: User, *, day: date, at: datetime) -> tuple[Workout, int]:
    """Returns a session of `day` and its week: the one that is not finished yet, else a new one. A session of a day
    before today is back-filled. Raises PlanRuns.

    After six weeks a new Freestyle begins."""
    User.objects.select_for_update(no_key=True).get(id=user.id)
    running = _running(user, day=day, at=at)
    week = running.current_week if day >= user.today(at) else _week_of(running, day)
    workout = _open_session(running, week, day) or _new_session(running, week, day)
    if day < user.today(at):
        address = recording.SessionKey(user.id, workout.id, week)
        recording.backfill(address, recording.Edit(at=at, local_date=user.today(at)), day=day, began=None, ended=None)
    return workout, week


def _running(user: User, *, day: date, at: datetime) -> Mesocycle:
    """Returns the Freestyle that runs, in the week of `day` if that is a later one; a new one where none runs."""
    running = Mesocycle.objects.planned_by(user).active().first()
    if running and not running.is_freestyle:
        raise PlanRuns
    if running and _week_of(running, day) > WEEKS:
        running.finish(at=at)
        running = None
    if running is None:
        return Mesocycle.objects.create(user=user, name=NAME, duration_weeks=WEEKS + 1, days_per_week=7, start_date=day)
    if (week := _week_of(running, day)) > running.current_week:
        running.current_week = week
        running.save(update_fields=["current_week"])
    return running


def _week_of(running: Mesocycle, day: date) -> int:
    """Returns the week of `day`. The days before the first one belong to the first week."""
    return max(1, 1 + (day - running.start_date).days // 7) if running.start_date else 1


def _open_session(running: Mesocycle, week: int, day: date) -> Workout | None:
    """Returns the session of `day` that nobody has finished: begun on that day, or without anything logged."""
    sessions = running.workouts.filter(only_week=week).order_by("-id")
    logs = {log.workout_id: log for log in WorkoutLog.objects.filter(workout__in=sessions)}
    for workout in sessions:
        log = logs.get(workout.id)
        is_of_day = workout.is_named_after(day) if log is None else log.local_date == day and not log.has_ended
        if is_of_day:
            return workout
    return None


def _new_session(running: Mesocycle, week: int, day: date) -> Workout:
    workout = Workout(mesocycle=running, only_week=week)
    workout.name_after(day)
    workout.save()
    return workout
