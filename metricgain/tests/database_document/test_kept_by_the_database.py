"""Each row says when it was changed, whoever writes it: Django, another program, or a person in psql."""

from decimal import Decimal

import pytest
from django.contrib.auth import get_user_model
from django.db import IntegrityError, transaction

from metricgain.tests.database_document.catalog import tables_with
from metricgain.tests.database_document.rows import Lifter, insert, run, value
from training.models import Mesocycle

pytestmark = pytest.mark.django_db

LONG_AGO = "2020-01-01T00:00:00Z"


def updated_at(table: str, row: int):
    return value(f"SELECT updated_at FROM {table} WHERE id = %s", [row])


@pytest.fixture
def old_rows(alice: Lifter, bench: int) -> dict[str, int]:
    """A row of each table that keeps `updated_at`, last changed long ago: an INSERT may say when."""
    user = insert("users", email="old@example.org", password_hash="-", updated_at=LONG_AGO)
    mesocycle = insert("mesocycles", user_id=user, name="Old", duration_weeks=4, days_per_week=3, updated_at=LONG_AGO)
    workout = insert("workouts", mesocycle_id=mesocycle, name="Push", updated_at=LONG_AGO)
    own = {"name": "Mine", "muscle_group": "abs", "exercise_type": "cable", "user_id": user}
    log = {"workout_id": workout, "user_id": user, "mesocycle_id": mesocycle, "week_number": 1}
    slot = {"workout_id": workout, "exercise_id": bench, "position": 1}
    return {
        "users": user,
        "mesocycles": mesocycle,
        "workouts": workout,
        "exercises": insert("exercises", **own, updated_at=LONG_AGO),
        "workout_exercises": insert("workout_exercises", **slot, updated_at=LONG_AGO),
        "workout_logs": insert("workout_logs", **log, updated_at=LONG_AGO),
        "templates": insert("templates", name="Mine", config="{}", user_id=user, updated_at=LONG_AGO),
        "exercise_settings": insert("exercise_settings", user_id=user, exercise_id=bench, updated_at=LONG_AGO),
    }


CHANGES = {
    "users": "full_name = 'Alice'",
    "mesocycles": "name = 'New'",
    "workouts": "name = 'New'",
    "exercises": "name = 'New'",
    "workout_exercises": "position = 2",
    "workout_logs": "notes = 'New'",
    "templates": "name = 'New'",
    "exercise_settings": "note = 'New'",
}


@pytest.mark.parametrize(("table", "change"), CHANGES.items())
def test_an_update_in_sql_moves_updated_at(table, change, old_rows):
    assert updated_at(table, old_rows[table]).year == 2020
    run(f"UPDATE {table} SET {change} WHERE id = %s", [old_rows[table]])
    assert updated_at(table, old_rows[table]) == value("SELECT CURRENT_TIMESTAMP")


def test_every_table_with_updated_at_is_tried_above():
    assert tables_with("updated_at") == set(CHANGES)


def test_a_queryset_update_moves_updated_at_too(old_rows):
    Mesocycle.objects.filter(id=old_rows["mesocycles"]).update(name="New")
    assert updated_at("mesocycles", old_rows["mesocycles"]) == value("SELECT CURRENT_TIMESTAMP")


def test_signing_in_is_no_change_of_the_profile(old_rows):
    get_user_model().objects.filter(id=old_rows["users"]).update(last_login=LONG_AGO)
    assert updated_at("users", old_rows["users"]).year == 2020


@pytest.mark.parametrize(
    ("weight", "unit", "kg"),
    [
        ("100", "kg", "100.0000"),
        ("102.5", "kg", "102.5000"),
        ("100", "lb", "45.3592"),
        ("225", "lb", "102.0583"),
        ("9999.99", "lb", "4535.9192"),
        ("0", "lb", "0.0000"),
    ],
)
def test_kilograms_stand_beside_the_weight_as_typed(weight, unit, kg, alice: Lifter, bench: int):
    where = {"workout_log_id": alice.log, "exercise_id": bench, "set_number": 2}
    typed = insert("sets", **where, weight=weight, unit=unit, reps=5)
    stored = run("SELECT weight, unit, weight_kg FROM sets WHERE id = %s", [typed])
    assert stored == [(Decimal(weight), unit, Decimal(kg))]


def test_kilograms_follow_when_the_unit_is_corrected(alice: Lifter):
    run("UPDATE sets SET unit = 'lb' WHERE workout_log_id = %s", [alice.log])
    assert value("SELECT weight_kg FROM sets WHERE workout_log_id = %s", [alice.log]) == Decimal("45.3592")


@pytest.mark.parametrize(("seconds", "minutes"), [(0, 0), (29, 0), (30, 1), (89, 1), (90, 2), (3600, 60)])
def test_duration_is_in_minutes_rounded_as_postgresql_rounds(seconds, minutes, alice: Lifter):
    run(
        "UPDATE workout_logs SET started_at = %s, completed_at = %s::timestamptz + %s * interval '1 second'",
        [LONG_AGO, LONG_AGO, seconds],
    )
    assert value("SELECT duration_minutes FROM workout_logs") == minutes


def test_a_session_that_has_not_ended_has_no_duration(alice: Lifter):
    run("UPDATE workout_logs SET started_at = CURRENT_TIMESTAMP")
    assert value("SELECT duration_minutes FROM workout_logs") is None


def test_weeks_of_the_document_begin_where_the_connection_is(db):
    """Sunday night in Berlin is Monday in Auckland. This is why our own reports use the user's time zone."""
    weeks = []
    for zone in ("Europe/Berlin", "Pacific/Auckland"):
        run(f"SET LOCAL TIME ZONE '{zone}'")
        weeks.append(value("SELECT date_trunc('week', '2025-03-02 20:00Z'::timestamptz)::date::text"))
    assert weeks == ["2025-02-24", "2025-03-03"]


def test_a_set_that_was_taken_back_later_is_not_brought_back(alice: Lifter, bench: int):
    where = {"workout_log_id": alice.log, "exercise_id": bench, "set_number": 2}
    insert("deleted_sets", **where, deleted_at="2025-01-06T18:00:00Z")
    columns = "workout_log_id, exercise_id, set_number, weight, reps, edited_at"
    again = f"INSERT INTO sets ({columns}) VALUES (%s, %s, 2, 50, 5, %s)"
    run(again, [alice.log, bench, "2025-01-06T17:59:59Z"])
    assert value("SELECT COUNT(*) FROM sets WHERE set_number = 2") == 0
    run(again, [alice.log, bench, "2025-01-06T18:00:01Z"])
    assert value("SELECT COUNT(*) FROM sets WHERE set_number = 2") == 1


@pytest.fixture
def plank(alice: Lifter) -> int:
    run("UPDATE exercises SET measure = 'seconds' WHERE id = %s", [alice.exercise])
    return alice.exercise


def test_reps_of_a_hold_are_its_seconds_where_sql_does_not_know_the_column(alice: Lifter, plank: int, bench: int):
    """The version before and the document's INSERT write reps alone."""
    where = {"workout_log_id": alice.log, "exercise_id": plank, "set_number": 1}
    held = insert("sets", **where, weight=0, reps=45)
    assert run("SELECT reps, seconds FROM sets WHERE id = %s", [held]) == [(1, 45)]
    run("UPDATE sets SET reps = 50 WHERE id = %s", [held])
    assert run("SELECT reps, seconds FROM sets WHERE id = %s", [held]) == [(1, 50)]
    run("UPDATE sets SET weight = 5, rir = 1 WHERE id = %s", [held])
    assert run("SELECT reps, seconds FROM sets WHERE id = %s", [held]) == [(1, 50)]
    lift = insert("sets", **where | {"exercise_id": bench, "set_number": 9}, weight=0, reps=45)
    assert run("SELECT reps, seconds FROM sets WHERE id = %s", [lift]) == [(45, None)]


def test_an_upsert_of_the_version_before_edits_the_seconds_of_a_hold(alice: Lifter, plank: int):
    upsert = (
        "INSERT INTO sets (workout_log_id, exercise_id, set_number, weight, reps) VALUES (%s, %s, 1, 0, %s) "
        "ON CONFLICT (workout_log_id, exercise_id, set_number) DO UPDATE SET reps = excluded.reps"
    )
    for seconds in (45, 50):
        run(upsert, [alice.log, plank, seconds])
        assert run("SELECT reps, seconds FROM sets WHERE exercise_id = %s", [plank]) == [(1, seconds)]


def test_a_hold_with_sets_stays_one(alice: Lifter, plank: int):
    insert("sets", workout_log_id=alice.log, exercise_id=plank, set_number=1, weight=0, reps=45)
    with pytest.raises(IntegrityError, match="sets that do not count reps"), transaction.atomic():
        run("UPDATE exercises SET measure = 'reps' WHERE id = %s", [plank])
    run("UPDATE sets SET reps = seconds, seconds = NULL WHERE exercise_id = %s", [plank])
    run("UPDATE exercises SET measure = 'reps' WHERE id = %s", [plank])
    assert run("SELECT reps, seconds FROM sets WHERE exercise_id = %s", [plank]) == [(45, None)]
