"""At every migration the tables take what the customer's document inserts, and the version before can go on."""

import pytest
from django.db import connection, transaction
from django.db.migrations.executor import MigrationExecutor

from metricgain.operations.servers import databases
from metricgain.tests.database_document import document, rows
from metricgain.tests.landed import fingerprints, keeping

SERVES_FROM = "training.0002_guards_of_plan_and_log"  # the first version needs its triggers


def insert_as_the_document_does() -> None:
    """Inserts a row into each table with every column of the document, and one with those alone that it demands. Takes
    them back."""
    with transaction.atomic():
        rows.in_full("dora@example.org")
        rows.lifter("emil@example.org", trains=rows.system_exercise("Landed Press"))
        rows.insert("templates", name="Own", config="{}")
        rows.run("SET CONSTRAINTS ALL IMMEDIATE")
        transaction.set_rollback(True)


@pytest.mark.django_db
def test_the_rows_name_every_column_of_the_document():
    named = {table: {*columns, "id"} for table, columns in rows.in_full("dora@example.org").items()}
    named["workout_logs"].add("duration_minutes")
    assert named == {
        table: {line.split()[0] for line in told.strip().splitlines()} for table, told in document.TABLES.items()
    }


def test_every_migration_leaves_what_the_document_and_the_version_before_need(django_db_setup, django_db_blocker):
    with django_db_blocker.unblock(), databases.beside("steps") as scratch, databases.connected_to(scratch):
        executor, tried, wrong, before = MigrationExecutor(connection), [], {}, None
        graph, state, applied = executor.loader.graph, executor.loader.project_state([]), set()
        executor.recorder.ensure_schema()
        for name in fingerprints.landed():  # in the order in which they landed
            for key in graph.forwards_plan(tuple(name.split("."))):
                if key not in applied:
                    state = executor.apply_migration(state, graph.nodes[key])
                    applied.add(key)
            with databases.session(scratch) as session:
                now = keeping.tables(session)
            if before and (missed := keeping.missed(before, now)):
                wrong[name] = missed
            if tried or name == SERVES_FROM:
                before = now
                insert_as_the_document_does()
                tried.append(name)
    assert len(tried) >= 15
    assert wrong == {}


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("statement", "words"),
    [
        ("ALTER TABLE sets DROP COLUMN rir", "sets.rir is gone"),
        ("ALTER TABLE sets RENAME COLUMN rir TO left_over", "sets.rir is gone"),
        ("ALTER TABLE body_weights RENAME TO weighings", "body_weights.kg is gone"),
        ("ALTER TABLE workouts ADD tempo text NOT NULL", "workouts.tempo is new and may not be left out"),
        ("ALTER TABLE workouts ALTER description SET NOT NULL", "workouts.description may not be left out any more"),
        ("ALTER TABLE workouts ALTER created_at DROP DEFAULT", "workouts.created_at may not be left out any more"),
        ("ALTER TABLE exercises ALTER slug TYPE varchar(20)", "is character varying (20) now, was"),
        ("ALTER TABLE workouts ALTER name TYPE text", "workouts.name is text"),
        ("ALTER TABLE sets DROP CONSTRAINT unique_set", "sets has no key ('exercise_id', 'set_number', 'workout_log"),
    ],
)
def test_what_the_version_before_would_miss_is_noticed(statement, words):
    before = now()
    rows.run(statement)
    assert words in " ".join(keeping.missed(before, now()))


@pytest.mark.django_db
@pytest.mark.parametrize(
    "statement",
    [
        "CREATE TABLE tempos (id bigint NOT NULL)",
        "ALTER TABLE workouts ADD tempo text",
        "ALTER TABLE workouts ADD tempo text NOT NULL DEFAULT '3-1-1'",
        "ALTER TABLE exercises ALTER slug TYPE varchar(200)",
        "ALTER TABLE workouts ALTER name DROP NOT NULL",
    ],
)
def test_what_it_can_go_on_with_is_let_through(statement):
    before = now()
    rows.run(statement)
    assert keeping.missed(before, now()) == []


def now() -> keeping.Tables:
    connection.ensure_connection()
    return keeping.tables(connection.connection)
