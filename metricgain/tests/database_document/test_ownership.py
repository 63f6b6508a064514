"""Each row says who owns it. Keys guard the owner, and every deletion follows the keys."""

import pytest
from django.conf import settings
from django.db import IntegrityError, transaction

from metricgain.tests.database_document.catalog import foreign_keys, indexes, keys_in_the_chain_to
from metricgain.tests.database_document.rows import Lifter, insert, run, value

pytestmark = pytest.mark.django_db


def test_a_set_in_plain_sql_belongs_to_the_user_of_its_log(alice: Lifter, bob: Lifter, bench: int):
    added = insert("sets", workout_log_id=bob.log, exercise_id=bench, set_number=2, weight=60, reps=5)
    assert value("SELECT user_id FROM sets WHERE id = %s", [added]) == bob.user


def test_a_log_in_plain_sql_belongs_to_the_user_of_its_mesocycle(alice: Lifter, bob: Lifter):
    added = insert("workout_logs", workout_id=bob.workout, mesocycle_id=bob.mesocycle, week_number=2)
    assert value("SELECT user_id FROM workout_logs WHERE id = %s", [added]) == bob.user


def test_a_set_of_no_log_belongs_to_nobody_and_is_refused(alice: Lifter, bench: int):
    with pytest.raises(IntegrityError, match='"user_id" of relation "sets"'), transaction.atomic():
        insert("sets", workout_log_id=0, exercise_id=bench, set_number=1, weight=60, reps=5)


def test_the_guards_work_for_a_connection_that_has_another_search_path(alice: Lifter, bench: int):
    """A replica, a restore or a careful script may have an empty search path."""
    run("SET LOCAL search_path = ''")
    place = "public.sets (workout_log_id, exercise_id, set_number, weight, reps)"
    run(f"INSERT INTO {place} VALUES (%s, %s, 2, 60, 5)", [alice.log, bench])
    run(
        "INSERT INTO public.workout_exercises (workout_id, exercise_id, position) VALUES (%s, %s, 2)",
        [alice.workout, alice.exercise],
    )
    run("UPDATE public.exercises SET merged_into_id = %s WHERE id = %s", [bench, alice.exercise])
    run("UPDATE public.mesocycles SET name = 'New' WHERE id = %s", [alice.mesocycle])
    assert value("SELECT user_id FROM public.sets WHERE set_number = 2") == alice.user


def test_no_key_in_the_chain_to_users_stops_a_deletion():
    chain = keys_in_the_chain_to("users")
    assert {key.table for key in chain} >= {
        "mesocycles",
        "workouts",
        "workout_exercises",
        "workout_logs",
        "sets",
        "muscle_group_feedback",
        "templates",
        "exercises",
        "exercise_aliases",
        "exercise_settings",
        "prescriptions",
        "deleted_sets",
        "merged_sets",
        "body_weights",
        "imports",
        "push_subscriptions",
        "morning_notes",
        "users_groups",
        "users_user_permissions",
        "django_admin_log",
        "account_emailaddress",
        "account_emailconfirmation",
    }
    assert [key.name for key in chain if key.on_delete == "refuse"] == []


def test_only_a_key_that_may_be_empty_is_emptied():
    assert {f"{key.table}.{key.column}" for key in keys_in_the_chain_to("users") if key.on_delete == "SET NULL"} == {
        "imports.job_id",
        "mesocycles.parent_mesocycle_id",
        "exercises.merged_into_id",
        "prescriptions.replaces_id",
        "sets.prescription_id",
    }


def test_each_key_that_a_deletion_follows_has_an_index():
    """Without an index, the deletion of each parent reads the whole child table."""
    chain = keys_in_the_chain_to("users")
    without = [
        key.name
        for key in chain
        if not any(
            index.keys[0] in key.columns and index.condition in (None, f"{key.column} IS NOT NULL")
            for index in indexes(key.table)
            if index.method == "btree"
        )
    ]
    assert without == []


def test_every_function_that_guards_a_row_is_told_of():
    ours = run(
        "SELECT proname FROM pg_proc WHERE pronamespace = 'public'::regnamespace AND NOT EXISTS "
        "(SELECT FROM pg_depend WHERE objid = pg_proc.oid AND deptype = 'e')"
    )
    told = (settings.BASE_DIR / "docs" / "database.md").read_text()
    assert ours
    assert [name for [name] in ours if f"`{name}`" not in told] == []


def test_a_set_is_tied_to_its_log_and_its_user_by_one_key():
    [key] = [key for key in foreign_keys() if key.name == "sets_log_of_user"]
    assert (key.columns, key.target_columns) == (["workout_log_id", "user_id"], ["id", "user_id"])
