"""Liftosaur: planned sets beside those that were done."""

from datetime import UTC, datetime

from metricgain.transfer.tests.files_of_apps import left, read_text, sets_of, shape

FILE = """
Workout DateTime,Program,Day Name,Exercise,Is Warmup Set?,Required Reps,Completed Reps,Is AMRAP?,Required RPE,Completed RPE,Log RPE?,Required Weight Value,Required Weight Unit,Completed Weight Value,Completed Weight Unit,Ask Weight?,Completed Reps Time,Target Muscles,Synergist Muscles,Notes
2024-02-03T17:00:00.000Z,Basic,Day 1,"Incline Bench Press, Dumbbell",1,5,5,0,,,0,10,kg,10,kg,0,,"Chest,Triceps",,
2024-02-03T17:00:00.000Z,Basic,Day 1,"Incline Bench Press, Dumbbell",0,8,9,1,8,8.5,1,50,lb,52.5,lb,0,,"Chest,Triceps",,slow
2024-02-03T17:00:00.000Z,Basic,Day 1,"Squat, Barbell",0,5,5,0,,,0,100,kg,,,0,,Quads,,
2024-02-03T17:00:00.000Z,Basic,Day 1,"Squat, Barbell",0,5,,0,,,0,100,kg,100,kg,0,,Quads,,
2024-02-03T17:00:00.000Z,Basic,Day 1,"Squat, Barbell",0,5,0,0,,,0,100,kg,100,kg,0,,Quads,,
"""  # noqa: E501


def test_a_file(tmp_path):
    logbook = read_text(tmp_path, FILE)
    assert logbook.app == "Liftosaur"
    [session] = logbook.sessions
    assert (session.title, session.starts) == ("Day 1", datetime(2024, 2, 3, 17, tzinfo=UTC))
    assert shape(logbook) == [
        ("Incline Bench Press, Dumbbell", "52.5", "lb", 9, None),
        ("Squat, Barbell", "100", "kg", 5, None),
    ]
    assert [(one.rir, one.note) for one in sets_of(logbook)] == [(1.5, "slow"), (None, "")]
    assert left(logbook) == {"warm-up": 1, "not done": 1, "no reps": 1}
