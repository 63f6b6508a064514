"""The storm's lifters in the database: how they got there, and what it holds of them in the end."""

import time
from collections import defaultdict
from datetime import datetime

from django.db import OperationalError, connection
from django.test import Client

from benchmarks.verdict import Fact, Stored
from exercises.models import Exercise
from metricgain.users.models import User
from metricgain.users.sessions import SessionStore
from training import prescribing
from training.history import History
from training.models import MuscleGroupFeedback, Set, WorkoutLog
from training.tests.factories import MesocycleFactory, SlotFactory, WorkoutFactory

SIGNED_IN = 6  # times, so that a session may expire
MUSCLES = ("chest", "back", "quads")


def exercises_of_all() -> dict[int, str]:
    """Exercise and muscle group, one of each."""
    found = Exercise.objects.filter(user=None, muscle_group__in=MUSCLES, loading="weight").order_by(
        "muscle_group", "id"
    )
    return {one.id: one.muscle_group for one in {one.muscle_group: one for one in found}.values()}


def join(seed: int, number: int, weeks: int, days: int, exercises: dict) -> tuple[int, list[int], list[str]]:
    """A lifter with a plan: the user, the workouts of its week, and cookies of sessions."""
    user = User.objects.create_user(f"storm-{seed}-{number}@example.org")
    mesocycle = MesocycleFactory(user=user, duration_weeks=weeks, days_per_week=days, start_date=user.today())
    workouts = [WorkoutFactory(mesocycle=mesocycle, position_in_week=day + 1) for day in range(days)]
    for workout in workouts:
        for place, exercise in enumerate(Exercise.objects.filter(id__in=exercises)):
            SlotFactory(workout=workout, exercise=exercise, position=place + 1, target_weight=60)
    prescribing.prescribe(History(mesocycle, today=user.today()))
    return user.id, [one.id for one in workouts], [_signed_in(user) for _ in range(SIGNED_IN)]


def _signed_in(user: User) -> str:
    client = Client()
    client.force_login(user)
    return client.cookies["sessionid"].value


def end_session(session: str) -> None:
    _patiently(lambda: SessionStore(session).delete())


def _patiently(work):
    """The database may have been killed since this thread's last question."""
    for _ in range(100):
        try:
            return work()
        except OperationalError:
            connection.close()
            time.sleep(0.1)
    raise RuntimeError("The database does not come back")


def stored_of(user: int) -> dict[Fact, list[Stored]]:
    return _patiently(lambda: _stored_of(user))


def _stored_of(user: int) -> dict[Fact, list[Stored]]:
    found = defaultdict(list)
    place = ("workout_log__workout", "workout_log__week_number")
    sets = Set.objects.filter(workout_log__user=user)
    for workout, week, exercise, number, weight, reps, at in sets.values_list(
        *place, "exercise", "set_number", "weight", "reps", "edited_at"
    ):
        found["set", workout, week, exercise, number].append(Stored((float(weight), reps), _ms(at)))
    for one in MuscleGroupFeedback.objects.filter(workout_log__user=user).select_related("workout_log"):
        here = (one.workout_log.workout_id, one.workout_log.week_number, one.muscle_group)
        if one.soreness_level is not None:
            found["soreness", *here].append(Stored((one.soreness_level,), _ms(one.soreness_recorded_at)))
        if one.performance_recorded_at:
            found["performance", *here].append(
                Stored((one.pump_level, one.challenge_level), _ms(one.performance_recorded_at))
            )
    for log in WorkoutLog.objects.filter(user=user):
        here = (log.workout_id, log.week_number)
        if log.notes:
            found["note", *here].append(Stored((log.notes,), _ms(log.notes_edited_at)))
        if log.status_edited_at:
            found["end", *here].append(Stored((log.status,)))
    return dict(found)


def _ms(at: datetime) -> int:
    return int(at.timestamp() * 1000)
