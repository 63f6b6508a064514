"""Names that were two under the indexes before and are one under `name_key` stay two exercises."""

from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from django.core.management import call_command
from django.db import IntegrityError, connection
from psycopg import sql

from metricgain.operations.servers import databases

MAKE = """
INSERT INTO users (email, password_hash) VALUES ('alice@example.org', '-'), ('bob@example.org', '-');
INSERT INTO exercises (name, muscle_group, exercise_type, is_system) VALUES ('Press', 'chest', 'machine', true);
"""
OWN = """
INSERT INTO exercises (name, muscle_group, exercise_type, user_id)
SELECT %s, 'chest', 'machine', id FROM users WHERE email = %s
"""
SYSTEM = "INSERT INTO exercises (name, muscle_group, exercise_type, is_system) VALUES (%s, 'chest', 'machine', true)"
ALIAS = "INSERT INTO exercise_aliases (exercise_id, name) SELECT min(id), %s FROM exercises"
ALICES = ["Überzüge", "Überzüge (2)", "U\u0308berzu\u0308ge", "ÜBERZÜGE\u200b", "\uff4b press", "k press", "Row"]
APART = [*ALICES[:2], "U\u0308berzu\u0308ge (3)", "ÜBERZÜGE\u200b (4)", "\uff4b press", "k press (2)", "Row"]


@pytest.fixture(scope="module")
def versions(django_db_setup, django_db_blocker):
    """Empty databases of two versions before, by the last migration of each. Migrating takes seconds, a copy none."""
    with django_db_blocker.unblock(), databases.beside("older") as older, databases.beside("old") as old:
        found = {"0005_removed_seeds": older, "0008_one_name_by_key": old}
        for migration, database in found.items():
            with databases.connected_to(database):
                call_command("migrate", "exercises", migration, verbosity=0)
        yield found


@contextmanager
def copied(database: str) -> Iterator[None]:
    """Connects Django to a copy of the database inside the block."""
    copy = f"{database}_copy"
    databases.drop(copy)
    with databases.maintenance() as session:
        made = sql.SQL("CREATE DATABASE {} TEMPLATE {}")
        session.execute(made.format(sql.Identifier(copy), sql.Identifier(database)))
    try:
        with databases.connected_to(copy):
            yield
    finally:
        databases.drop(copy)


@pytest.fixture
def before(versions):
    """A database as the version before left it."""
    with copied(versions["0005_removed_seeds"]):
        run(MAKE)
        for name in ALICES:
            run(OWN, [name, "alice@example.org"])
        run(OWN, ["Überzüge", "bob@example.org"])
        for name in ("Dr\u00fccken", "Dru\u0308cken"):
            run(ALIAS, [name])
        yield


@pytest.fixture
def library(versions):
    """The library as the version before let a curator write it."""
    with copied(versions["0008_one_name_by_key"]):
        for name in ("Press", "Press (2)", "PRESS", "Row", "row", "Curl"):
            run(SYSTEM, [name])
        run("UPDATE exercises SET merged_into_id = (SELECT id FROM exercises WHERE name = 'row') WHERE name = 'Row'")
        yield


def run(statement: str, values: list | None = None) -> list[tuple]:
    with connection.cursor() as cursor:
        cursor.execute(statement, values)
        return cursor.fetchall() if cursor.description else []


def names(table: str) -> list[str]:
    return [name for [name] in run(f"SELECT name FROM {table} ORDER BY id")]


def test_the_newer_of_two_gets_a_number_and_the_log_names_it(before, capsys):
    call_command("migrate", "exercises", verbosity=0)
    assert names("exercises") == ["Press", *APART, "Überzüge"]
    assert names("exercise_aliases") == ["Dr\u00fccken", "Dru\u0308cken (2)"]
    said = capsys.readouterr().out.splitlines()
    assert len(said) == 4
    assert "'k press' is 'k press (2)' now" in said[2]
    with pytest.raises(IntegrityError, match="unique_own_exercise_name"):
        run(OWN, ["K PRESS", "alice@example.org"])


def test_back_and_forth_changes_no_more(before):
    call_command("migrate", "exercises", verbosity=0)
    call_command("migrate", "exercises", "0005_removed_seeds", verbosity=0)
    run(OWN, ["K PRESS", "bob@example.org"])
    call_command("migrate", "exercises", verbosity=0)
    assert names("exercises") == ["Press", *APART, "Überzüge", "K PRESS"]


def test_the_library_has_each_name_once_and_a_merged_exercise_gives_way(library, capsys):
    call_command("migrate", "exercises", verbosity=0)
    assert names("exercises") == ["Press", "Press (2)", "PRESS (3)", "Row (2)", "row", "Curl"]
    assert "of the library: 'PRESS' is 'PRESS (3)' now" in capsys.readouterr().out
    with pytest.raises(IntegrityError, match="unique_system_exercise_name"):
        run(SYSTEM, ["CURL"])


def test_the_library_may_have_both_again_in_the_version_before(library):
    call_command("migrate", "exercises", verbosity=0)
    call_command("migrate", "exercises", "0008_one_name_by_key", verbosity=0)
    run(SYSTEM, ["CURL"])
    assert names("exercises")[-2:] == ["Curl", "CURL"]


def test_settings_without_a_weight_follow_the_account_and_others_keep_their_unit(library):
    run("INSERT INTO users (email, password_hash, preferences) VALUES ('a@example.org', '-', '{\"unit\": \"lb\"}')")
    settings = (("Press", "lb", None), ("PRESS", "kg", None), ("Row", "lb", 5), ("Curl", None, None))
    for name, unit, step in settings:
        run(
            "INSERT INTO exercise_settings (user_id, exercise_id, unit, increment) "
            "SELECT users.id, exercises.id, %s, %s FROM users, exercises WHERE exercises.name = %s",
            [unit, step, name],
        )
    call_command("migrate", "exercises", verbosity=0)
    assert run("SELECT unit FROM exercise_settings ORDER BY id") == [(None,), ("kg",), ("lb",), (None,)]
