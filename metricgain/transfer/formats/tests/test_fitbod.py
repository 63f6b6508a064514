"""Fitbod: moments in UTC, days where the lifter lives."""

from datetime import datetime

from metricgain.transfer.tests.files_of_apps import ZONE, left, read_text, sets_of, shape, starts

NEWER = """
Date,Exercise,Reps,Weight(kg),Duration(s),Distance(m),Incline,Resistance,isWarmup,Note,multiplier
2025-12-17 03:40:30 +0000,Back Squat, 8,61.23497,0.0,0.0,0.0,0.0,false,,1.0
2025-12-17 03:40:30 +0000,Back Squat, 6,61.23497,0.0,0.0,0.0,0.0,false,deep,1.0
2025-12-17 03:24:30 +0000,Dumbbell Row,10, 18.1,0.0,0.0,0.0,0.0,false,,2.0
2025-12-17 03:24:30 +0000,Dumbbell Row,10,10.0,0.0,0.0,0.0,0.0,true,,2.0
2025-12-17 03:24:30 +0000,Treadmill,0,0.0,600.0,1500.0,0.0,0.0,false,,0.0

2025-12-17 15:00:00 +0000,Plank,0,0.0,60.0,0.0,0.0,0.0,false,,0.0
"""


def test_a_session_is_a_day_where_the_lifter_lives(tmp_path):
    """In New York the first rows are of the evening before."""
    logbook = read_text(tmp_path, NEWER)
    assert logbook.app == "Fitbod"
    assert starts(logbook) == [
        datetime(2025, 12, 16, 22, 24, 30, tzinfo=ZONE),
        datetime(2025, 12, 17, 10, 0, tzinfo=ZONE),
    ]
    assert [session.key for session in logbook.sessions] == ["2025-12-17 03:24:30 +0000", "2025-12-17 15:00:00 +0000"]
    assert shape(logbook) == [
        ("Dumbbell Row", "18.1", "kg", 10, None),
        ("Back Squat", "61.23497", "kg", 8, None),
        ("Back Squat", "61.23497", "kg", 6, None),
        ("Plank", "0.0", "kg", None, 60),
    ]
    assert [one.line for one in sets_of(logbook)] == [4, 2, 3, 8]  # empty lines count
    assert left(logbook) == {"warm-up": 1, "cardio": 1}


def test_the_older_export_has_days_and_counts_sets(tmp_path):
    text = "Date,Exercise,Sets,Reps,Weight,isWarmup,Note\n2018-07-01,Bench Press,2,8,60,false,\n"
    logbook = read_text(tmp_path, text)
    assert shape(logbook) == [("Bench Press", "60", "kg", 8, None)] * 2
    assert logbook.sessions[0].has_time is False
    first, second = sets_of(logbook)
    assert first is not second
