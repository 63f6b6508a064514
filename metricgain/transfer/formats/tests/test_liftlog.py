"""LiftLog: a moment for each set, and the session's id."""

from datetime import UTC, datetime

from metricgain.transfer.tests.files_of_apps import read_text, shape

FILE = """
SessionId,Timestamp,Exercise,Weight,WeightUnit,Reps,TargetReps,Notes
b1,2024-01-15T10:00Z,Squat,100,kg,5,5,
b1,2024-01-15T10:04Z,Squat,225,lbs,5,5,
b1,2024-01-15T10:09Z,Pull-ups,84,,8,8,
a1,2024-01-12T10:00:00,Squat,100,kg,4,5,
"""


def test_a_file(tmp_path):
    logbook = read_text(tmp_path, FILE)
    assert logbook.app == "LiftLog"
    assert [(session.key, session.starts) for session in logbook.sessions] == [
        ("a1", datetime(2024, 1, 12, 10)),
        ("b1", datetime(2024, 1, 15, 10, tzinfo=UTC)),
    ]
    assert shape(logbook) == [
        ("Squat", "100", "kg", 4, None),
        ("Squat", "100", "kg", 5, None),
        ("Squat", "225", "lb", 5, None),
        ("Pull-ups", "84", None, 8, None),
    ]
