"""FitNotes: its CSV, whose names are not quoted."""

from datetime import datetime

import pytest

from metricgain.transfer.tests.files_of_apps import left, read_text, sets_of, shape, starts

NEWER = """
Date,Exercise,Category,Weight,Weight Unit,Reps,Distance,Distance Unit,Time
2025-04-29,Overhead Press (Each Side, Dumbbells),Shoulders,8.0,kgs,5,,,
2025-04-29,Flat Barbell Bench Press,Chest,135.0,lbs,5,,,
2025-04-29,Plank,Abs,,,,,,0:01:30
2025-04-29,Running,Cardio,,,,1.23,mi,0:09:21
2025-04-28,Row, Seated, Wide,Back,50.0,kgs,0,,,
"""


def test_the_newer_export(tmp_path):
    logbook = read_text(tmp_path, NEWER)
    assert logbook.app == "FitNotes"
    assert shape(logbook) == [
        ("Overhead Press (Each Side, Dumbbells)", "8.0", "kg", 5, None),
        ("Flat Barbell Bench Press", "135.0", "lb", 5, None),
        ("Plank", None, None, None, 90),
    ]
    [session] = logbook.sessions
    assert (session.starts, session.has_time, session.title) == (datetime(2025, 4, 29), False, "")
    assert left(logbook) == {"cardio": 1, "no reps": 1}


@pytest.mark.parametrize(("unit", "means"), [("lbs", "lb"), ("kgs", "kg"), ("kg", "kg")])
def test_the_older_export_has_the_unit_in_a_header(tmp_path, unit, means):
    text = f"Date,Exercise,Category,Weight ({unit}),Reps,Distance,Distance Unit,Time\n2017-01-02,Squat,Legs,135,5,,,\n"
    assert shape(read_text(tmp_path, text)) == [("Squat", "135", means, 5, None)]


def test_commas_of_names_and_of_comments(tmp_path):
    text = (
        "Date,Exercise,Category,Weight (kg),Reps,Distance,Distance Unit,Time,Comment\n"
        "2017-01-02,Squat, High Bar,Legs,100,5,,,,easy, again\n"
        "2017-01-02,Squat,Legs,100,5,,,,slow, deep, good\n"
    )
    assert [(one.exercise, one.note) for one in sets_of(read_text(tmp_path, text))] == [
        ("Squat, High Bar", "easy, again"),
        ("Squat", "slow, deep, good"),
    ]


def test_the_export_of_ios(tmp_path):
    text = (
        "Date,Exercise,Category,Weight (kg),Weight (lbs),Reps,Distance,Distance Unit,Time,Notes,Kind\n"
        "2025-01-02,Squat,Legs,61.23,135,5,,,,deep,\n"
    )
    assert shape(read_text(tmp_path, text)) == [("Squat", "61.23", "kg", 5, None)]


def test_days_are_sorted(tmp_path):
    days = ["2025-01-03", "2025-01-01", "2025-01-02"]
    rows = [f"{day},Squat,Legs,100,kgs,5,,," for day in days]
    logbook = read_text(tmp_path, "\n".join([NEWER.strip().splitlines()[0], *rows]))
    assert [each.day for each in starts(logbook)] == [1, 2, 3]


def test_a_row_of_commas_is_not_repaired_for_long(tmp_path):
    text = NEWER.strip().splitlines()[0] + "\n2025-04-29," + "Squat," * 100 + "Legs,8.0,kgs,5,,,\n"
    assert left(read_text(tmp_path, text)) == {"unreadable": 1}
