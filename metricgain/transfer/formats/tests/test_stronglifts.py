"""StrongLifts: a workout a row, or an exercise a row."""

from datetime import datetime

import pytest

from metricgain.transfer.tests.files_of_apps import left, read_text, shape, starts

BLOCK = "Weight (KG),Weight (LB),Set 1,Set 2,Set 3,Set 4,Set 5"
OLDER = f"""
Date,Note,Workout,Body Weight,Exercise 1,{BLOCK},Exercise 2,{BLOCK}
07/25/16,good,A,183lb,Squat,61,135,5,5,5,5,5,Bench Press,43,95,5,5,0,,
07/27/16,,B,183lb,Squat,63.5,140,5,5,5,5,4,Deadlift,102,225,5,,,,
"""
NEWER = """
Date (yyyy/mm/dd),Workout,Workout Name,Program Name,Body Weight (KG),Exercise,Sets×Reps,Sets×Time,Top Set (Reps×KG),e1RM (KG),Reps,Volume (KG),Workout Volume (KG),Duration (hours),Start Time (h:mm),End Time (h:mm),Notes,Set 1 (Reps),Set 1 (KG),Set 2 (Reps),Set 2 (KG)
2025/02/03,1,Workout A,5×5,80,Squat,2×5,,5×100,116,10,1000,1500,0.75,18:30,19:15,fine,5,100,5,102.5
2025/02/03,1,Workout A,5×5,80,Overhead Press,2×5,,5×40,46,5,200,1500,0.75,18:30,19:15,fine,5,40,0,40
"""  # noqa: E501


def test_the_older_export(tmp_path):
    logbook = read_text(tmp_path, OLDER)
    assert logbook.app == "StrongLifts"
    assert starts(logbook) == [datetime(2016, 7, 25), datetime(2016, 7, 27)]
    assert [session.title for session in logbook.sessions] == ["A", "B"]
    assert shape(logbook) == [
        *[("Squat", "135", "lb", 5, None)] * 5,
        *[("Bench Press", "95", "lb", 5, None)] * 2,
        *[("Squat", "140", "lb", 5, None)] * 4,
        ("Squat", "140", "lb", 4, None),
        ("Deadlift", "225", "lb", 5, None),
    ]
    assert left(logbook) == {"no reps": 1}


@pytest.mark.parametrize(("body", "weight", "unit"), [("64.5kg", "61", "kg"), ("183lb", "135", "lb")])
def test_the_older_export_without_a_header(tmp_path, body, weight, unit):
    logbook = read_text(tmp_path, f"25/7/2016,,A,{body},Squat,61,135,5,5,5,5,5\n27/7/2016,,A,{body},Squat,61,135,5,,,,")
    assert shape(logbook) == [("Squat", weight, unit, 5, None)] * 6
    assert starts(logbook)[0] == datetime(2016, 7, 25)


@pytest.mark.parametrize(("word", "unit"), [("KG", "kg"), ("LB", "lb")])
def test_the_newer_export(tmp_path, word, unit):
    logbook = read_text(tmp_path, NEWER.replace("(KG)", f"({word})"))
    [session] = logbook.sessions
    assert (session.title, session.starts, session.seconds) == ("Workout A", datetime(2025, 2, 3, 18, 30), 45 * 60)
    assert shape(logbook) == [
        ("Squat", "100", unit, 5, None),
        ("Squat", "102.5", unit, 5, None),
        ("Overhead Press", "40", unit, 5, None),
    ]
    assert left(logbook) == {"no reps": 1}
