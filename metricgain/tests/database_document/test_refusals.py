"""Every bad value is refused by the rule that is meant to refuse it, and its good neighbour is taken."""

import re

import pytest
from django.db import DataError, IntegrityError, transaction

from metricgain.tests.database_document import additions, document
from metricgain.tests.database_document.catalog import constraints, indexes
from metricgain.tests.database_document.refusals_as_stated import STATED_BY_THE_DOCUMENT
from metricgain.tests.database_document.refusals_beyond import LET_IN_BY_THE_DOCUMENT
from metricgain.tests.database_document.refusals_of_ours import (
    OF_DELETED_ACCOUNTS,
    OF_IMPORTS,
    OF_PLAN_AND_LOG,
    OF_PUSHES,
    OF_THE_INSTALLATION,
)
from metricgain.tests.database_document.refusals_of_owners import SOMEBODY_ELSES
from metricgain.tests.database_document.refusals_of_the_library import OF_THE_LIBRARY
from metricgain.tests.database_document.rows import Lifter, insert, run, value

pytestmark = pytest.mark.django_db

RULES = [
    *LET_IN_BY_THE_DOCUMENT,
    *STATED_BY_THE_DOCUMENT,
    *OF_PLAN_AND_LOG,
    *OF_IMPORTS,
    *OF_PUSHES,
    *OF_DELETED_ACCOUNTS,
    *OF_THE_INSTALLATION,
    *OF_THE_LIBRARY,
    *SOMEBODY_ELSES,
]

# A column that another check bounds as well, and the targets of composite keys, which a primary key makes unique.
SAID_TWICE = {
    "exercises_rep_min_check",
    "exercises_rep_max_check",
    "exercise_settings_rep_min_check",
    "exercise_settings_rep_max_check",
    "imports_id_user_key",
    "mesocycles_id_user_key",
    "workouts_id_mesocycle_key",
    "workout_logs_id_user_key",
}


def each(values: str) -> list:
    return [pytest.param(rule, one, id=f"{rule.name}: {one}") for rule in RULES for one in getattr(rule, values)]


@pytest.fixture
def ids(bench: int, alice: Lifter, bob: Lifter) -> dict[str, int]:
    run("UPDATE exercises SET slug = 'bench' WHERE id = %s", [bench])
    run("INSERT INTO exercise_aliases (exercise_id, name) VALUES (%s, 'Flat Bench')", [bench])
    run("INSERT INTO body_weights (user_id, date, kg) VALUES (%s, '2025-01-06', 82.5)", [alice.user])
    old = insert("mesocycles", user_id=alice.user, name="Old", duration_weeks=4, days_per_week=3, status="archived")
    pull = insert("workouts", mesocycle_id=alice.mesocycle, name="Pull")
    empty = {"workout_id": pull, "mesocycle_id": alice.mesocycle, "week_number": 1}
    taken_back = {"workout_log_id": alice.log, "exercise_id": bench, "set_number": 9}
    insert("deleted_sets", **taken_back, deleted_at="2025-01-06T18:00:00Z")
    insert("exercise_settings", user_id=alice.user, exercise_id=bench)
    insert("templates", name="PPL", slug="ppl", config="{}", is_system=True, share_token="m" * 40)
    insert("merged_sets", workout_log_id=alice.log, exercise_id=bench, set_number=7, became=9)
    insert("removed_seeds", table_name="exercises", slug="gone", name="Gone")
    asked = {
        "position": 1,
        "sets": 3,
        "reps": 10,
        "reps_lo": 8,
        "drop": 1,
        "unit": "kg",
        "reasons": "[]",
        "inputs": "{}",
    }
    address = {"workout_id": alice.workout, "week_number": 1, "exercise_id": bench}
    insert("prescriptions", **address, **asked, engine_version="1", config_hash="-")
    return {
        "bench": bench,
        "alice": alice.user,
        "alices_mesocycle": alice.mesocycle,
        "alices_old_mesocycle": old,
        "alices_workout": alice.workout,
        "alices_slot": value("SELECT id FROM workout_exercises WHERE workout_id = %s", [alice.workout]),
        "alices_log": alice.log,
        "alices_empty_log": insert("workout_logs", **empty, user_id=alice.user),
        "alices_set": value("SELECT id FROM sets WHERE workout_log_id = %s", [alice.log]),
        "alices_exercise": alice.exercise,
        "alices_template": insert("templates", name="Mine", config="{}", user_id=alice.user),
        "bob": bob.user,
        "bobs_mesocycle": bob.mesocycle,
        "bobs_log": bob.log,
        "bobs_exercise": bob.exercise,
    }


@pytest.mark.parametrize(("rule", "bad"), each("refused"))
def test_it_refuses(rule, bad, ids):
    with pytest.raises((IntegrityError, DataError), match=re.escape(rule.constraint)), transaction.atomic():
        run(rule.sql.format(bad), ids)


@pytest.mark.parametrize(("rule", "good"), each("taken"))
def test_it_takes(rule, good, ids):
    run(rule.sql.format(good), ids)
    run("SET CONSTRAINTS ALL IMMEDIATE")


def test_a_superseded_prescription_makes_room_for_the_next(ids):
    run("UPDATE prescriptions SET superseded_at = now()")
    again = "INSERT INTO prescriptions SELECT (jsonb_populate_record(p, %s)).* FROM prescriptions p"
    run(again, ['{"id": 0, "superseded_at": null}'])
    assert value("SELECT COUNT(*) FROM prescriptions") == 2


def test_every_check_and_unique_rule_is_tried_above():
    stated = {
        name
        for table in {**document.TABLES, **additions.TABLES}
        for name in constraints(table, "c")
        | {index.name for index in indexes(table) if index.unique} - constraints(table, "p")
    }
    assert stated - SAID_TWICE == {rule.constraint for rule in RULES} & stated


def test_each_rule_has_a_name_of_its_own():
    names = [rule.name for rule in RULES]
    assert len(names) == len(set(names))
