"""Logs of a few lifters, made of plain rows: what metrics read, without the engine's say."""

import random
from dataclasses import dataclass
from datetime import datetime, timedelta
from decimal import Decimal
from zoneinfo import ZoneInfo

import pytest
from django.utils import timezone

from exercises.models import Exercise
from exercises.tests.factories import ExerciseFactory
from metricgain.users.models import User
from metricgain.users.tests.factories import UserFactory
from training.models import Mesocycle, MuscleGroupFeedback, Set, WorkoutLog
from training.tests.factories import MesocycleFactory, WorkoutFactory

ZONE = "Pacific/Auckland"  # far from UTC, so that days and weeks differ


@dataclass
class Logbook:
    """What a lifter has logged, in kilograms. `rows` has everything that was stored, as (log, set, exercise)."""

    user: User
    mesocycles: list[Mesocycle]
    exercises: list[Exercise]
    rows: list[tuple[WorkoutLog, Set, Exercise]]
    feedback: list[tuple[WorkoutLog, MuscleGroupFeedback]]


def write_logbook(user: User, exercises: list[Exercise], *, seed: int, now: datetime) -> Logbook:
    """Three mesocycles of four weeks and two workouts, the oldest over half a year ago; some sessions and answers
    are missing, and many sessions of a Monday are on Sunday in UTC."""
    dice, zone = random.Random(seed), ZoneInfo(user.timezone)
    monday = now.astimezone(zone) - timedelta(days=now.astimezone(zone).weekday())
    book, logs = Logbook(user, [], exercises, [], []), []
    for block, weeks_ago in enumerate((29, 16, 4)):
        mesocycle = MesocycleFactory(user=user, duration_weeks=4, status="completed", name=f"Block {block}")
        book.mesocycles.append(mesocycle)
        for place in range(2):
            workout = WorkoutFactory(mesocycle=mesocycle, position_in_week=place + 1)
            for week in range(1, 5):
                if dice.random() < 0.15:
                    continue
                day = monday - timedelta(weeks=weeks_ago - week, days=4 * place)
                at = day.replace(hour=dice.choice([1, 6, 22]), minute=30)
                log = WorkoutLog(
                    workout=workout, user=user, mesocycle=mesocycle, week_number=week, performed_at=at, started_at=at
                )
                logs.append(log)
                _train(book, log, dice)
    WorkoutLog.objects.bulk_create(logs)
    Set.objects.bulk_create(one for _, one, _ in book.rows)
    MuscleGroupFeedback.objects.bulk_create(one for _, one in book.feedback)
    return book


def _train(book: Logbook, log: WorkoutLog, dice: random.Random) -> None:
    for exercise in dice.sample(book.exercises, k=3):
        for number in range(1, dice.randint(2, 5)):
            is_body = exercise.loading == "bodyweight"
            weight = Decimal(0) if is_body else Decimal(dice.randrange(80, 500)) / 4
            at = log.performed_at + timedelta(minutes=len(book.rows) % 50)
            one = Set(
                workout_log=log,
                user=book.user,
                exercise=exercise,
                set_number=number,
                weight=weight,
                reps=dice.randint(4, 15),
                rir=dice.choice([None, 0, 1, Decimal("2.5")]),
                performed_at=at,
            )
            book.rows.append((log, one, exercise))
    for muscle in sorted({exercise.muscle_group for exercise in book.exercises}):
        if dice.random() < 0.8:
            soreness, pump, challenge = (dice.choice([None, 0, 1, 1]) for _ in range(3))
            felt = MuscleGroupFeedback(
                workout_log=log,
                muscle_group=muscle,
                soreness_level=soreness,
                pump_level=pump,
                challenge_level=challenge,
            )
            book.feedback.append((log, felt))


@pytest.fixture
def library(db) -> list[Exercise]:
    return [
        ExerciseFactory(name="Bench", muscle_group="chest"),
        ExerciseFactory(name="Fly", muscle_group="chest", equipment="cable"),
        ExerciseFactory(name="Row", muscle_group="back"),
        ExerciseFactory(name="Dip", muscle_group="tris", loading="added", equipment="bodyweight"),
        ExerciseFactory(name="Crunch", muscle_group="abs", loading="bodyweight", equipment="bodyweight"),
    ]


@pytest.fixture
def alices(library) -> Logbook:
    """Returns alice's logbook. Another lifter has one with the same exercises, which must never count."""
    now = timezone.now()
    write_logbook(UserFactory(timezone=ZONE), library, seed=2, now=now)
    return write_logbook(UserFactory(timezone=ZONE), library, seed=1, now=now)
