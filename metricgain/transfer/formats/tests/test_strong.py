"""Strong: five generations, in the words of five languages."""

from datetime import datetime
from decimal import Decimal

import pytest

from metricgain.transfer.logbook import KindOfSet
from metricgain.transfer.tests.files_of_apps import left, read_text, sets_of, shape, starts

OLDEST = """
Date,Workout Name,Exercise Name,Set Order,lb,Reps,mi,Seconds,Notes
2016-03-01 18:00:00,"Legs",Squat (Barbell),1,135,5,0,0,
2016-03-01 18:00:00,"Legs",Running,1,0,0,3.1,1500,
"""
USUAL = """
Date,Workout Name,Duration,Exercise Name,Set Order,Weight,Reps,Distance,Seconds,Notes,Workout Notes,RPE
2024-05-06 07:30:00,"Push, heavy",1h 5m,"Bench Press (Barbell)",W,20.0,10,0,0,"wide","good day",
2024-05-06 07:30:00,"Push, heavy",1h 5m,"Bench Press (Barbell)",1,100.0,8.0,0,0,,,8
2024-05-06 07:30:00,"Push, heavy",1h 5m,"Bench Press (Barbell)",Rest Timer,0,0,0,120,,,
2024-05-06 07:30:00,"Push, heavy",1h 5m,"Bench Press (Barbell)",F,100.0,7,0,0,"paused",,9.5
2024-05-06 07:30:00,"Push, heavy",1h 5m,"Bench Press (Barbell)",D,70.0,9,0,0,,,4
2024-05-06 07:30:00,"Push, heavy",1h 5m,"Bench Press (Barbell)",Note,,,,,"grip",,
2024-05-06 07:30:00,"Push, heavy",1h 5m,"Plank ",1,0,0,0,60,,,
2024-05-06 07:30:00,"Push, heavy",1h 5m,"Pull Up",1,0,0,0,0,,,
"""
ANDROID = """
Date;Workout Name;Exercise Name;Set Order;Weight;Weight Unit;Reps;RPE;Distance;Distance Unit;Seconds;Notes;Workout Notes;Workout Duration
2023-02-01 10:00:00;A;Squat (Barbell);1;60.0;kg;5;;;;0;;;45m
2023-02-01 10:00:00;A;Deadlift (Barbell);1;225.0;lbs;5;;;;0;;;45m
2023-02-01 10:00:00;A;Pull Up;1;;;8;;;;0;;;45m
"""  # noqa: E501
NEWEST = """
"Workout #";"Date";"Workout Name";"Duration (sec)";"Exercise Name";"Set Order";"Weight (kg)";"Reps";"RPE";"Distance (meters)";"Seconds";"Notes";"Workout Notes"
"1";"2025-03-09 14:08:49";"Push";"4543";"Bench Press (Barbell)";"WARM_UP";"20";"5";"";"";"";"";""
"1";"2025-03-09 14:08:49";"Push";"4543";"Bench Press (Barbell)";"1";"61.23492";"5";"";"";"";"";""
"1";"2025-03-09 14:08:49";"Push";"4543";"Pull Up";"FAILURE";"";"9";"";"";"";"";""
"1";"2025-03-09 14:08:49";"Push";"4543";"Pull Up";"DROP_SET";"";"5";"";"";"";"";""
"1";"2025-03-09 14:08:49";"Push";"4543";"Rowing (Machine)";"1";"";"";"";"2000";"480";"";""
"""  # noqa: E501


def test_the_oldest_have_the_unit_as_the_name_of_a_column(tmp_path):
    logbook = read_text(tmp_path, OLDEST)
    assert logbook.app == "Strong"
    assert shape(logbook) == [("Squat (Barbell)", "135", "lb", 5, None)]
    assert left(logbook) == {"cardio": 1}


def test_the_usual_file(tmp_path):
    logbook = read_text(tmp_path, USUAL)
    [session] = logbook.sessions
    assert (session.title, session.starts, session.seconds) == ("Push, heavy", datetime(2024, 5, 6, 7, 30), 3900)
    assert session.key == "2024-05-06 07:30:00"
    assert session.note == "good day"
    assert shape(logbook) == [
        ("Bench Press (Barbell)", "100.0", None, 8, None),
        ("Bench Press (Barbell)", "100.0", None, 7, None),
        ("Bench Press (Barbell)", "70.0", None, 9, None),
        ("Plank", "0", None, None, 60),
    ]
    assert [one.kind for one in session.sets] == [
        KindOfSet.WORKING,
        KindOfSet.FAILURE,
        KindOfSet.DROP,
        KindOfSet.WORKING,
    ]
    assert [one.rir for one in session.sets] == [Decimal(2), Decimal("0.5"), None, None]  # an RPE of 4 counts no reps
    assert [one.note for one in session.sets] == ["", "paused", "", ""]
    assert left(logbook) == {"warm-up": 1, "rest": 1, "note": 1, "no reps": 1}
    assert [(row.line, row.reason.value) for row in logbook.not_taken] == [
        (2, "warm-up"), (4, "rest"), (7, "note"), (9, "no reps"),
    ]  # fmt: skip


def test_android_has_a_unit_in_each_row(tmp_path):
    logbook = read_text(tmp_path, ANDROID)
    assert shape(logbook) == [
        ("Squat (Barbell)", "60.0", "kg", 5, None),
        ("Deadlift (Barbell)", "225.0", "lb", 5, None),
        ("Pull Up", None, None, 8, None),
    ]
    assert logbook.sessions[0].seconds == 45 * 60


@pytest.mark.parametrize("columns", [13, 14])
def test_android_without_a_header(tmp_path, columns):
    rows = [line.split(";")[:columns] for line in ANDROID.strip().splitlines()[1:]]
    logbook = read_text(tmp_path, "\n".join(map(";".join, rows)))
    assert logbook.app == "Strong"
    assert [one.weight for one in sets_of(logbook)] == [Decimal("60.0"), Decimal("225.0"), None]
    assert [one.line for one in sets_of(logbook)] == [1, 2, 3]


def test_the_newest_is_metric_and_in_seconds(tmp_path):
    logbook = read_text(tmp_path, NEWEST)
    assert shape(logbook) == [
        ("Bench Press (Barbell)", "61.23492", "kg", 5, None),
        ("Pull Up", None, "kg", 9, None),
        ("Pull Up", None, "kg", 5, None),
    ]
    assert [one.kind for one in sets_of(logbook)] == [KindOfSet.WORKING, KindOfSet.FAILURE, KindOfSet.DROP]
    assert logbook.sessions[0].seconds == 4543
    assert left(logbook) == {"warm-up": 1, "cardio": 1}


@pytest.mark.parametrize(
    ("header", "duration", "seconds", "rest"),
    [
        ("Datum,Workout-Name,Dauer,Name der Übung,Reihenfolge festlegen,Gewicht,Wiederh.,Entfernung,Sekunden,Notizen,"
         "Workout-Notizen,RPE", "1h 5min", 3900, "Ruhezeit"),
        ("Date,Nom de l'entraînement,Durée,Nom de l'exercice,Ordre de la série,Poids,Réps,Distance,Secondes,Notes,"
         "Notes d'entraînement,RPE", "21min", 1260, "Minuteur"),
        ("Fecha,Nombre de entrenamiento,Duración,Nombre del ejercicio,Orden de la serie,Peso,Rep.,Distancia,Segundos,"
         "Notas,Notas del entrenamiento,RPE", "1 h 46 min", 6360, "Temporizador de descanso"),
        ("日期,锻炼名称,时长,运动名称,设置顺序,重量,次,距离,秒,备注,锻炼备注,RPE", "1小时13分钟", 4380, "休息计时器"),
    ],
)  # fmt: skip
def test_headers_of_other_languages(tmp_path, header, duration, seconds, rest):
    rows = [
        f'2020-09-29 07:10:22,"Pull",{duration},"Deadlift (Barbell)",1,120,5,0,0,"belt","slept well",9',
        f'2020-09-29 07:10:22,"Pull",{duration},"Deadlift (Barbell)",{rest},0,0,0,180,,,',
    ]
    logbook = read_text(tmp_path, "\n".join([header, *rows]))
    [session] = logbook.sessions
    assert (session.title, session.seconds, session.note) == ("Pull", seconds, "slept well")
    [one] = session.sets
    assert (one.exercise, one.weight, one.reps, one.rir, one.note) == ("Deadlift (Barbell)", 120, 5, 1, "belt")
    assert left(logbook) == {"rest": 1}


def test_a_forgotten_timer_is_no_duration(tmp_path):
    logbook = read_text(tmp_path, USUAL.replace("1h 5m", "48h 40m"))
    assert logbook.sessions[0].seconds is None


def test_an_exercise_that_comes_again_keeps_its_place(tmp_path):
    row = '2020-01-01 10:00:00,"A",30m,"{}",{},50,5,0,0,,,\n'
    text = USUAL.strip().splitlines()[0] + "\n" + row.format("Row", 1) + row.format("Dip", 1) + row.format("Row", 2)
    assert [one.exercise for one in sets_of(read_text(tmp_path, text))] == ["Row", "Dip", "Row"]


def test_rows_that_are_alike_are_all_sets(tmp_path):
    header, _, row, *_ = USUAL.strip().splitlines()
    assert len(sets_of(read_text(tmp_path, "\n".join([header, row, row, row])))) == 3


def test_a_file_that_a_spreadsheet_saved_again(tmp_path):
    """Semicolons, decimal commas, and dates of the country."""
    header = USUAL.strip().splitlines()[0].replace(",", ";")
    rows = ["06.05.2024 07:30;A;30m;Row;1;62,5;5;0;0;;;", "27.05.2024 07:30;A;30m;Row;1;65;5;0;0;;;"]
    logbook = read_text(tmp_path, "\r\n".join([header, *rows]), encoding="cp1252")
    assert starts(logbook) == [datetime(2024, 5, 6, 7, 30), datetime(2024, 5, 27, 7, 30)]
    assert sets_of(logbook)[0].weight == Decimal("62.5")


def test_sessions_come_from_the_earliest_on(tmp_path):
    header, *_ = USUAL.strip().splitlines()
    rows = [f'2024-05-{day} 07:30:00,"A",30m,"Row",1,50,5,0,0,,,' for day in ("20", "06", "13")]
    assert [each.day for each in starts(read_text(tmp_path, "\n".join([header, *rows])))] == [6, 13, 20]
