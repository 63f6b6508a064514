"""Databases of anybody: nothing in them is run."""

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from metricgain.transfer.files import database
from metricgain.transfer.files.archive import is_database
from metricgain.transfer.files.unreadable import Unreadable

LOG = "CREATE TABLE log (_id INTEGER PRIMARY KEY, Name TEXT, weight REAL, picture BLOB);"


def made(folder: Path, script: str) -> Path:
    path = folder / "upload with ?mode=rw#.db"
    with closing(sqlite3.connect(path)) as connection:
        connection.executescript(script)
    return path


def rows(path: Path, table: str, columns: list[str], **options) -> list[dict[str, str]]:
    with database.opened(path) as opened:
        return list(opened.rows(table, columns, **options))


def test_rows_are_text_and_what_is_not_there_is_empty(tmp_path):
    path = made(tmp_path, LOG + "INSERT INTO log VALUES (2, 'Row', 7.5, x'00'), (1, NULL, NULL, NULL);")
    assert is_database(path)
    assert rows(path, "log", ["_id", "name", "weight", "picture", "reps"], order=["_id", "day"]) == [
        {"_id": "1", "name": "", "weight": "", "picture": "", "reps": ""},
        {"_id": "2", "name": "Row", "weight": "7.5", "picture": "", "reps": ""},
    ]
    assert rows(path, "absent", ["_id"]) == []
    assert rows(path, "log", ["absent"], order=["_id"]) == []


def test_text_that_is_not_utf_8_and_nul_are_readable(tmp_path):
    path = made(tmp_path, LOG + "INSERT INTO log (name) VALUES (CAST(x'ff41' AS TEXT)), ('a' || char(0) || 'b');")
    assert [row["name"] for row in rows(path, "log", ["name"])] == ["\ufffdA", "ab"]


def test_a_name_with_quotation_marks_is_a_name(tmp_path):
    path = made(
        tmp_path, 'CREATE TABLE "a""; DROP TABLE b; --" ("c""d" TEXT); INSERT INTO "a""; DROP TABLE b; --" VALUES (1);'
    )
    assert rows(path, 'a"; drop table b; --', ['c"d']) == [{'c"d': "1"}]


@pytest.mark.parametrize(
    "script",
    [
        "CREATE VIEW log AS SELECT 1 AS name;",
        "CREATE VIEW log AS WITH RECURSIVE n(name) AS (SELECT 1 UNION ALL SELECT name + 1 FROM n) SELECT name FROM n;",
        "CREATE VIRTUAL TABLE log USING fts5(name);",
    ],
)
def test_views_and_virtual_tables_are_no_tables(tmp_path, script):
    assert rows(made(tmp_path, script), "log", ["name"]) == []


def test_a_column_that_computes_is_not_read(tmp_path):
    script = "CREATE TABLE log (a TEXT, name TEXT GENERATED ALWAYS AS (hex(zeroblob(100000000))) VIRTUAL);"
    path = made(tmp_path, script + "INSERT INTO log (a) VALUES (1);")
    assert rows(path, "log", ["a", "name"], order=["name"]) == [{"a": "1", "name": ""}]


def test_a_function_is_not_called(tmp_path):
    with database.opened(made(tmp_path, LOG)) as opened, pytest.raises(sqlite3.DatabaseError, match="not authorized"):
        opened.connection.execute("SELECT hex(zeroblob(100000000))")


def test_a_query_without_an_end_is_interrupted(tmp_path, monkeypatch):
    numbers = "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n LIMIT 20000) INSERT INTO log (name) "
    path = made(tmp_path, LOG + numbers + "SELECT i FROM n;")
    assert len(rows(path, "log", ["name"])) == 20_000
    monkeypatch.setattr(database, "STEP", 1_000)
    monkeypatch.setattr(database, "MOST_STEPS", 10)
    with pytest.raises(Unreadable, match="damaged"):
        rows(path, "log", ["name"], order=["name"])


def test_nothing_is_written_and_no_other_file_opened(tmp_path):
    path = made(tmp_path, LOG)
    other = tmp_path / "other.db"
    with database.opened(path) as opened:
        for statement in (
            "DELETE FROM log",
            f"ATTACH DATABASE '{other}' AS other",
            "PRAGMA writable_schema = ON",
            "SELECT load_extension('x')",
            "CREATE TEMP TABLE t (a)",
        ):
            with pytest.raises(sqlite3.DatabaseError):
                opened.connection.execute(statement)
    assert [each.name for each in tmp_path.iterdir()] == [path.name]


def test_too_many_rows_are_refused(tmp_path, monkeypatch):
    path = made(tmp_path, LOG + "INSERT INTO log (name) VALUES (1), (2), (3);")
    monkeypatch.setattr(database, "MOST_ROWS", 3)
    assert len(rows(path, "log", ["name"])) == 3
    monkeypatch.setattr(database, "MOST_ROWS", 2)
    with pytest.raises(Unreadable, match="more than 2 rows"):
        rows(path, "log", ["name"])


@pytest.mark.parametrize("keep", [16, 100, 1000, 5000])
def test_half_a_database_is_refused(tmp_path, keep):
    values = ",".join(f"({number}, '{'x' * 400}')" for number in range(50))
    path = made(tmp_path, LOG + f"INSERT INTO log (_id, name) VALUES {values};")
    path.write_bytes(path.read_bytes()[:keep])
    with pytest.raises(Unreadable, match="damaged"):
        rows(path, "log", ["_id", "name"])


def test_more_text_than_a_file_may_have_is_refused(tmp_path, monkeypatch):
    path = made(tmp_path, LOG + "INSERT INTO log (name) VALUES ('0123456789'), ('0123456789');")
    monkeypatch.setattr(database, "MOST_BYTES", 20)
    assert len(rows(path, "log", ["name"])) == 2
    monkeypatch.setattr(database, "MOST_BYTES", 19)
    with pytest.raises(Unreadable, match="damaged"):
        rows(path, "log", ["name"])
