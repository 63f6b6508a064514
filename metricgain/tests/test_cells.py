"""Lifters' tables in a schema of their own, a cell, beside shared users, exercises and templates: what a database needs
that is split by schema over several servers. Here it is one server, and everything else has to work as it stands."""

from datetime import timedelta

import pytest
from django.apps import apps
from django.db import IntegrityError, connection, transaction
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from exercises import library_seed as library
from exercises.models import Exercise, ExerciseSettings
from exercises.tests.factories import ExerciseFactory
from metricgain.operations.demo import demo_account, demo_year
from metricgain.users.models import BodyWeight, User
from training.catalogue import system_templates
from training.models import Set, Template, WorkoutLog
from training.schedule.today import load_upcoming

CELL = "cell_1"
LIFTERS = sorted(
    model._meta.db_table
    for model in [*apps.get_app_config("training").get_models(), ExerciseSettings, BodyWeight]
    if model is not Template
)


def run(sql: str, *values: object) -> None:
    with connection.cursor() as cursor:
        cursor.execute(sql, values)


def rows_in_the_cell() -> dict[str, int]:
    with connection.cursor() as cursor:
        counted = {}
        for table in LIFTERS:
            cursor.execute(f"SELECT count(*) FROM {CELL}.{table}")
            counted[table] = cursor.fetchall()[0][0]
        return counted


@pytest.fixture
def cell(db):
    """Moves the tables. The path is for this transaction alone, as are the tables' new places."""
    library.seed()
    system_templates.seed()
    run(f"CREATE SCHEMA {CELL}")
    for table in LIFTERS:
        run(f"ALTER TABLE public.{table} SET SCHEMA {CELL}")
    run(f"SET LOCAL search_path = {CELL}, public")


@pytest.fixture
def lifter(cell) -> User:
    """Has planned, trained, rated and finished weeks, with drops, holds and supersets, through the app's own verbs."""
    demo_account.build(now=timezone.now(), weeks=demo_year.WEEKS_INTO_THE_LAST + 1)
    return demo_account.demo_lifter()


@pytest.fixture
def phone(lifter) -> Client:
    client = Client()
    client.force_login(lifter)
    return client


def test_a_lifter_trains_looks_back_and_leaves(lifter, phone, django_capture_on_commit_callbacks):
    upcoming = load_upcoming(lifter.mesocycles.get(status="active"), now=timezone.now())
    workout, week = upcoming.occurrence.workout, upcoming.occurrence.week
    session = reverse("training:workout_detail", kwargs={"workout_id": workout.id, "week": week})
    for page in (reverse("training:today"), session, "/exercises/", "/progress/", "/progress/notes/", "/settings/"):
        assert phone.get(page).status_code == 200, page

    asked = workout.prescriptions.current().filter(week_number=week).first()
    before = Set.objects.filter(user=lifter).count()
    where = {"workout_id": workout.id, "week": week, "exercise_id": asked.exercise_id, "number": 9}
    typed = {"weight": "60", "reps": "8", "unit": "kg"}
    with django_capture_on_commit_callbacks(execute=True):
        assert phone.post(reverse("training:set_log", kwargs=where), typed).status_code == 303
    assert Set.objects.filter(user=lifter).count() == before + 1
    assert phone.post(reverse("training:set_delete", kwargs=where)).status_code == 303
    earlier = (timezone.now() - timedelta(minutes=1)).isoformat()  # an entry that comes late
    phone.post(reverse("training:set_log", kwargs=where), typed | {"edited_at": earlier})
    assert Set.objects.filter(user=lifter).count() == before

    kept = rows_in_the_cell()
    told = ("mesocycles", "workouts", "workout_exercises", "workout_logs", "sets", "prescriptions", "deleted_sets")
    assert all(kept[table] for table in told), kept
    run("DELETE FROM users WHERE id = %s", lifter.id)
    assert set(rows_in_the_cell().values()) == {0}


def test_triggers_find_their_own_schema_whatever_the_path_of_a_session_is(lifter):
    log = WorkoutLog.objects.owned_by(lifter).earliest("id")
    exercise = log.sets.filter(set_type="working", seconds=None).earliest("id").exercise_id
    new = log.mesocycle.workouts.create(name="New", day_of_week=1)
    run("SET LOCAL search_path = ''")
    columns = "(workout_log_id, exercise_id, set_number, weight, reps, set_type)"
    for number, kind in ((19, "working"), (20, "drop")):
        values = [log.id, exercise, number, kind]
        run(f"INSERT INTO {CELL}.sets {columns} VALUES (%s, %s, %s, 60, 5, %s)", *values)
    columns = "(workout_id, mesocycle_id, week_number)"
    run(f"INSERT INTO {CELL}.workout_logs {columns} VALUES (%s, %s, 1)", new.id, log.mesocycle_id)
    run(f"SET LOCAL search_path = {CELL}, public")
    added = log.sets.filter(set_number__gte=19).values_list("user_id", "extends")
    assert set(added) == {(lifter.id, None), (lifter.id, 19)}
    assert new.logs.get().user_id == lifter.id


def test_what_the_guards_refuse_is_refused_there_too(lifter):
    log = WorkoutLog.objects.owned_by(lifter).earliest("id")
    stranger = User.objects.create_user("stranger@example.org")
    own = ExerciseFactory(user=stranger)
    with pytest.raises(IntegrityError, match="neither a system exercise"), transaction.atomic():
        Set.objects.create(workout_log=log, user=lifter, exercise=own, set_number=19, weight=60, reps=5)
    with pytest.raises(IntegrityError, match="neither a system exercise"), transaction.atomic():
        log.workout.slots.filter(position=1).update(exercise=own)
    done = log.sets.filter(seconds=None).earliest("id").exercise
    with pytest.raises(IntegrityError, match="do not count"), transaction.atomic():
        Exercise.objects.filter(id=done.id).update(measure="seconds")
