"""Any table: columns guessed from the header, or pointed out."""

from datetime import datetime

import pytest

from metricgain.transfer.files.unreadable import Unrecognised
from metricgain.transfer.formats.any import ORDERS, WORDS
from metricgain.transfer.forms import MEANINGS
from metricgain.transfer.logbook import KindOfSet
from metricgain.transfer.tests.files_of_apps import left, read_text, sets_of, shape, starts


@pytest.mark.parametrize(
    "text",
    [
        "Date,Exercise,Weight (kg),Reps\n2024-01-05,Squat,100,5",
        "date\tmovement\tkg\treps\n2024-01-05\tSquat\t100\t5",
        "Datum;Übung;Gewicht (kg);Wdh\n05.01.2024;Squat;100;5",
        "Fecha,Ejercicio,Peso (kg),Repeticiones\n2024-01-05,Squat,100,5",
        "\ufeffReps,weight_kg,Exercise Name,Workout Date\n5,100,Squat,2024-01-05",
        "日付,種目,重量 (kg),回数\n2024年1月5日,Squat,100,5",
        "Data,Ćwiczenie,Ciężar (kg),Powtórzenia\n5 sty 2024,Squat,100,5",
    ],
)
def test_columns_are_guessed_from_the_header(tmp_path, text):
    logbook = read_text(tmp_path, text)
    assert shape(logbook) == [("Squat", "100", "kg", 5, None)]
    assert starts(logbook) == [datetime(2024, 1, 5)]


def test_all_that_a_table_may_say(tmp_path):
    text = (
        "Date,Time,Workout,Exercise,Weight,Unit,Reps,Kind,RPE,Seconds,Notes\n"
        "2024-01-05,18:30,Push,Bench,100,lbs,5,warm-up,,,\n"
        "2024-01-05,18:30,Push,Bench,135,lbs,5,,9,,tight\n"
        "2024-01-05,18:30,Push,Plank,,,,,,0:45,\n"
        "2024-01-05,18:30,Push,Bench,heavy,lbs,5,,,,\n"
        "2024-01-05,18:30,Push,Bench,9999,lbs,5,,,,\n"
        "2024-01-05,18:30,Push,Bench,-5,lbs,5,,,,\n"
        "2024-01-05,18:30,Push,Bench,5,lbs,1001,,,,\n"
        "2024-01-05,18:30,Push,,5,lbs,5,,,,\n"
        ",,,Bench,5,lbs,5,,,,\n"
        "2024-01-05,18:30,Push,Bench,100,lbs,6,drop,,,\n"
    )
    logbook = read_text(tmp_path, text)
    assert shape(logbook) == [
        ("Bench", "135", "lb", 5, None),
        ("Plank", None, None, None, 45),
        ("Bench", "100", "lb", 6, None),
    ]
    first, _, drop = sets_of(logbook)
    assert (first.rir, first.note, drop.kind) == (1, "tight", KindOfSet.DROP)
    assert (logbook.sessions[0].title, logbook.sessions[0].starts) == ("Push", datetime(2024, 1, 5, 18, 30))
    assert left(logbook) == {"warm-up": 1, "unreadable": 2, "impossible": 3, "no date": 1}


def test_what_was_pointed_out_is_read(tmp_path):
    columns = {3: "date", 0: "exercise", 1: "weight", 2: "reps"}
    text = "Squat,100,5,2024-01-05\nSquat,105,5,2024-01-05"
    with pytest.raises(Unrecognised) as caught:
        read_text(tmp_path, text)
    assert caught.value.head == [["Squat", "100", "5", "2024-01-05"], ["Squat", "105", "5", "2024-01-05"]]
    assert "Say which column has the date" in caught.value.sentence
    logbook = read_text(tmp_path, text, columns=columns)
    assert shape(logbook) == [("Squat", "100", None, 5, None), ("Squat", "105", None, 5, None)]
    assert sets_of(logbook)[0].line == 1


def test_what_was_pointed_out_below_a_header_is_read(tmp_path):
    text = "wann,was,wieviel kg,wie oft\n2024-01-05,Squat,100,5"
    logbook = read_text(tmp_path, text, columns={0: "date", 1: "exercise", 2: "weight", 3: "reps"})
    assert shape(logbook) == [("Squat", "100", "kg", 5, None)]
    assert left(logbook) == {}


@pytest.mark.parametrize(
    "columns", [{0: "date"}, {0: "date", 1: "exercise"}, {1: "nonsense"}, {-1: "date", 99: "exercise"}]
)
def test_too_little_pointed_out_is_asked_again(tmp_path, columns):
    with pytest.raises(Unrecognised):
        read_text(tmp_path, "a,b,c\n1,2,3", columns=columns)


@pytest.mark.parametrize(
    ("dates", "first", "is_sure"),
    [
        (("05/01/2024", "13/01/2024"), datetime(2024, 1, 5), True),
        (("01/05/2024", "01/13/2024"), datetime(2024, 1, 5), True),
        (("05/01/2024", "06/01/2024", "07/01/2024"), datetime(2024, 1, 5), False),
        (("01/11/2024", "01/12/2024", "02/01/2024", "02/03/2024"), datetime(2024, 1, 11), False),
        (("05.01.24", "28.01.24"), datetime(2024, 1, 5), True),
        (("2024/01/05",), datetime(2024, 1, 5), True),
        (("01/01/2024",), datetime(2024, 1, 1), True),
    ],
)
def test_the_file_says_what_comes_first_or_that_it_is_unclear(tmp_path, dates, first, is_sure):
    rows = [f"{each},Squat,100,5" for each in dates]
    logbook = read_text(tmp_path, "\n".join(["Date,Exercise,Weight,Reps", *rows]))
    assert min(starts(logbook)) == first
    assert logbook.is_date_order_sure is is_sure


@pytest.mark.parametrize(("meaning", "month"), [("date d/m/y", 1), ("date m/d/y", 5)])
def test_the_lifter_says_what_comes_first(tmp_path, meaning, month):
    columns = {0: meaning, 1: "exercise", 2: "weight", 3: "reps"}
    logbook = read_text(tmp_path, "Date,Exercise,Weight,Reps\n05/01/2024,Squat,100,5", columns=columns)
    assert starts(logbook)[0].month == month
    assert logbook.is_date_order_sure


def test_fifty_rows_of_a_reason_are_listed_and_all_are_counted(tmp_path):
    rows = ["2024-01-05,Squat,100,5", *["2024-01-05,Squat,100,0"] * 60]
    logbook = read_text(tmp_path, "\n".join(["Date,Exercise,Weight,Reps", *rows]))
    assert left(logbook) == {"no reps": 60}
    assert [row.line for row in logbook.not_taken] == list(range(3, 53))


def test_a_lifter_may_point_out_all_that_is_read():
    assert MEANINGS.keys() == WORDS.keys() | ORDERS.keys()
