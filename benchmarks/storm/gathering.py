"""The storm's lifters in the database: makes them, merges their exercises, and reads what is stored in the end."""

import time
from collections import defaultdict
from dataclasses import dataclass
from datetime import datetime
from itertools import pairwise

from django.db import OperationalError, connection
from django.db.models.functions import Coalesce
from django.test import Client

from benchmarks.storm.storm_check import Fact, Stored
from exercises.models import Exercise
from exercises.tests.factories import ExerciseFactory
from metricgain.users.models import User
from metricgain.users.sessions import SessionStore
from training.models import MuscleGroupFeedback, Prescription, Set, WorkoutLog
from training.own_exercise import merging
from training.prescribing import writing
from training.prescribing.week_plan.history import History
from training.tests.factories import MesocycleFactory, SlotFactory, WorkoutFactory

SIGNED_IN = 6  # sessions per lifter, so that some may expire
PRESS, ROW, ABS = "chest", "back", "abs"
OWN = 2  # own exercises per lifter; the first is merged into the second, that one into the library's


@dataclass(frozen=True, slots=True)
class Library:
    """Ids of system exercises: one of each muscle group, one to swap for the one of the back, and a hold."""

    press: int
    row: int
    spare: int
    hold: int


@dataclass(frozen=True, slots=True)
class Joined:
    """A lifter who has a plan."""

    user: int
    workouts: list[int]  # those of each week
    cookies: list[str]  # session cookies
    exercises: dict[int, str]  # muscle groups by exercise, in the order of training
    merges: list[tuple[int, int]]  # (source, target), in order


def library() -> Library:
    found = Exercise.objects.filter(user=None, loading="weight").order_by("id")
    presses, rows = (found.filter(muscle_group=muscle) for muscle in (PRESS, ROW))
    hold = Exercise.objects.get(user=None, slug="weighted-plank")
    return Library(presses[0].id, rows[0].id, rows[1].id, hold.id)


def join(seed: int, number: int, weeks: int, days: int, library: Library, *, own: int = OWN) -> Joined:
    user = User.objects.create_user(f"storm-{seed}-{number}@example.org")
    made = [ExerciseFactory(user=user, muscle_group=PRESS, name=f"Press {place}").id for place in range(own)]
    exercises = dict.fromkeys([*made, library.press], PRESS) | {library.row: ROW, library.hold: ABS}
    superset = (library.row, library.hold)
    mesocycle = MesocycleFactory(user=user, duration_weeks=weeks, days_per_week=days, start_date=user.today())
    workouts = [WorkoutFactory(mesocycle=mesocycle, position_in_week=day + 1) for day in range(days)]
    for workout in workouts:
        for place, exercise in enumerate(exercises, start=1):
            pair = 1 if exercise in superset else None
            SlotFactory(workout=workout, exercise_id=exercise, position=place, target_weight=60, superset=pair)
    writing.prescribe(History(mesocycle, today=user.today()))
    return Joined(
        user=user.id,
        workouts=[one.id for one in workouts],
        cookies=[_signed_in(user) for _ in range(SIGNED_IN)],
        exercises=exercises,
        merges=list(pairwise([*made, library.press])),
    )


def merge(source: int, target: int) -> None:
    """Merges exercises as a lifter does at home, while the phone may be offline. Tries until it is done."""
    _patiently(lambda: merging.merge(*(Exercise.objects.get(id=one) for one in (source, target))))
    connection.close()  # this thread's own connection


def _signed_in(user: User) -> str:
    client = Client()
    client.force_login(user)
    return client.cookies["sessionid"].value


def end_session(session: str) -> None:
    _patiently(lambda: SessionStore(session).delete())


def _patiently(work):
    """Runs `work`, and tries again while the database is away, because the storm may have killed it."""
    for _ in range(100):
        try:
            return work()
        except OperationalError as error:
            connection.close()
            if "deadlock" in str(error):
                raise
            time.sleep(0.1)
    raise RuntimeError("The database does not come back")


def stored_of(user: int) -> dict[Fact, list[Stored]]:
    return _patiently(lambda: _stored_of(user))


def _stored_of(user: int) -> dict[Fact, list[Stored]]:
    found = defaultdict(list)
    place = ("workout_log__workout", "workout_log__week_number")
    sets = Set.objects.filter(workout_log__user=user, exercise__merged_into=None)  # a merged exercise must have no sets
    counted = Coalesce("seconds", "reps")
    for workout, week, exercise, number, weight, reps, at in sets.values_list(
        *place, "exercise", "set_number", "weight", counted, "edited_at"
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
    swapped = Prescription.objects.current().filter(workout__mesocycle__user=user, inputs__has_key="instead_of")
    for one in swapped:
        found["swap", one.workout_id, one.week_number, one.inputs["instead_of"]].append(Stored((one.exercise_id,)))
    return dict(found)


def _ms(at: datetime) -> int:
    return int(at.timestamp() * 1000)
