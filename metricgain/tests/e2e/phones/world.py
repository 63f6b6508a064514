"""The lifter whose phone was recorded. Every id that an address names is fixed, so that the recording fits again."""

from datetime import timedelta

from django.db import connection
from django.utils import timezone

from exercises.tests.factories import ExerciseFactory
from metricgain.users.models import User
from training.models import Workout
from training.prescribing import writing
from training.prescribing.week_plan.history import History
from training.session import finishing, recording
from training.session.recording import Edit, SessionKey
from training.tests.factories import MesocycleFactory, SlotFactory, WorkoutFactory
from training.tests.lifting import Lifter

EMAIL, PASSWORD = "alice@example.org", "correct-horse-7"
PRESS, ROW, FLY, CALF, INCLINE, CURL = 901, 902, 903, 904, 905, 906
UPPER, LOWER, ARMS = 301, 302, 303  # in week 2: to train, done (to reopen), to skip
WEEK = 2

EXERCISES = [
    (PRESS, "Press", "chest"),
    (ROW, "Row", "back"),
    (FLY, "Fly", "chest"),
    (CALF, "Calf Raise", "calfs"),
    (INCLINE, "Incline Press", "chest"),
    (CURL, "Curl", "bis"),
]


def build() -> User:
    """Alice in week 2: its second workout is done, and one set of the first."""
    alice = User.objects.create_user(EMAIL, PASSWORD, id=501)
    made = {id: ExerciseFactory(id=id, name=name, muscle_group=muscle) for id, name, muscle in EXERCISES}
    mesocycle = MesocycleFactory(id=201, user=alice, start_date=alice.today() - timedelta(days=8))
    asked = {UPPER: (PRESS, ROW, FLY, CALF), LOWER: (PRESS,), ARMS: (ROW, FLY)}
    for position, (id, exercises) in enumerate(asked.items(), start=1):
        workout = WorkoutFactory(id=id, mesocycle=mesocycle, name=f"Day {position}", position_in_week=position)
        for place, exercise in enumerate(exercises, start=1):
            SlotFactory(workout=workout, exercise=made[exercise], position=place, target_weight=100)
    with connection.cursor() as cursor:
        cursor.execute("SELECT setval(pg_get_serial_sequence('prescriptions', 'id'), 4000)")
    writing.prescribe(History(mesocycle, today=alice.today()))
    lifter = Lifter(alice, begins=alice.today() - timedelta(days=8))
    for day, workout in enumerate(Workout.objects.order_by("id")):
        lifter.train(workout, 1, 10, 10, 10, day=day, soreness=1, pump=2, challenge=2)
    before = Edit(at=timezone.now() - timedelta(hours=1), local_date=alice.today())
    for workout, exercise in ((LOWER, PRESS), (UPPER, ROW)):
        said = {"weight": 100, "unit": "kg", "reps": 10}
        recording.log_set(
            SessionKey(alice.id, workout, WEEK), before, recording.TypedSet(exercise_id=exercise, number=1, **said)
        )
    finishing.finish_workout(SessionKey(alice.id, LOWER, WEEK), before, now=timezone.now())
    return alice
