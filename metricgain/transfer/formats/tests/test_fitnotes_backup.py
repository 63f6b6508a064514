"""FitNotes' backup, of both generations."""

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from metricgain.transfer.files.unreadable import Unreadable
from metricgain.transfer.reading import read
from metricgain.transfer.tests.files_of_apps import ZONE, left, sets_of, shape

OLDER = """
CREATE TABLE exercise (_id INTEGER PRIMARY KEY, name TEXT, category_id INTEGER, exercise_type_id INTEGER);
CREATE TABLE training_log (_id INTEGER PRIMARY KEY, exercise_id INTEGER, date TEXT, metric_weight REAL, reps INTEGER,
    unit INTEGER);
INSERT INTO exercise VALUES (1, 'Flat Barbell Bench Press ', 1, 0), (2, 'Running', 2, 1), (3, 'Plank', 3, 3);
INSERT INTO training_log (_id, exercise_id, date, metric_weight, reps) VALUES
    (1, 1, '2017-03-02', 61.23, 5), (2, 1, '2017-03-02', 83.91, 3), (3, 1, '2017-03-01', 60, 8),
    (4, 9, '2017-03-02', 1, 1);
"""
NEWER = """
ALTER TABLE training_log ADD COLUMN distance REAL;
ALTER TABLE training_log ADD COLUMN duration_seconds INTEGER;
CREATE TABLE Comment (_id INTEGER PRIMARY KEY, date TEXT, owner_type_id INTEGER, owner_id INTEGER, comment TEXT);
CREATE TABLE WorkoutComment (_id INTEGER PRIMARY KEY, date TEXT, comment TEXT);
CREATE TABLE WorkoutGroupExercise (_id INTEGER PRIMARY KEY, date TEXT, exercise_id INTEGER, workout_group_id INTEGER);
INSERT INTO training_log VALUES (5, 2, '2024-03-02', 0, 0, 0, 3000, 900), (6, 3, '2024-03-02', 0, 0, 0, 0, 75),
    (7, 1, '2024-03-02', 70, 5, 0, 0, 0);
INSERT INTO Comment VALUES (1, '2024-03-02', 1, 7, 'paused'), (2, '2024-03-02', 2, 6, 'of something else');
INSERT INTO WorkoutComment VALUES (1, '2024-03-02', 'slept well');
INSERT INTO WorkoutGroupExercise VALUES (1, '2024-03-02', 1, 4), (2, '2024-03-02', 3, 4);
"""


def backup(folder: Path, script: str) -> Path:
    path = folder / "upload.fitnotes"
    with closing(sqlite3.connect(path)) as connection:
        connection.executescript(script)
    return path


def test_the_older_generation(tmp_path):
    logbook = read(backup(tmp_path, OLDER), zone=ZONE)
    assert logbook.app == "FitNotes"
    assert shape(logbook) == [
        ("Flat Barbell Bench Press", "60.0", "kg", 8, None),
        ("Flat Barbell Bench Press", "61.23", "kg", 5, None),
        ("Flat Barbell Bench Press", "83.91", "kg", 3, None),
    ]
    assert [session.has_time for session in logbook.sessions] == [False, False]
    assert left(logbook) == {"unreadable": 1}  # its exercise is not in the file
    assert logbook.not_taken[0].line == 4


def test_the_newer_generation(tmp_path):
    logbook = read(backup(tmp_path, OLDER + NEWER), zone=ZONE)
    session = logbook.sessions[-1]
    assert session.note == "slept well"
    assert [(one.exercise, one.reps, one.seconds, one.note, one.superset) for one in session.sets] == [
        ("Plank", None, 75, "", "4"),
        ("Flat Barbell Bench Press", 5, None, "paused", "4"),
    ]
    assert left(logbook) == {"cardio": 1, "unreadable": 1}


def test_the_database_of_another_app_is_refused(tmp_path):
    with pytest.raises(Unreadable, match="database of an app that is not known"):
        read(backup(tmp_path, "CREATE TABLE notes (words TEXT);"), zone=ZONE)


def test_numbers_that_are_words_are_counted(tmp_path):
    wrong = "UPDATE training_log SET reps = 'many' WHERE _id = 1; UPDATE training_log SET metric_weight = 9e999;"
    logbook = read(backup(tmp_path, OLDER + wrong), zone=ZONE)
    assert left(logbook) == {"unreadable": 4}
    assert sets_of(logbook) == []
