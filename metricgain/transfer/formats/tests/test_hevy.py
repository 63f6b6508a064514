"""Hevy: the phone's languages and clocks, and any pair of units."""

from datetime import datetime
from decimal import Decimal

import pytest

from metricgain.transfer.logbook import KindOfSet
from metricgain.transfer.tests.files_of_apps import left, read_text, sets_of, shape, starts

COLUMNS = (
    "title", "start_time", "end_time", "description", "exercise_title", "superset_id", "exercise_notes", "set_index",
    "set_type", "weight_kg", "reps", "distance_km", "duration_seconds", "rpe",
)  # fmt: skip
HEADER = ",".join(f'"{name}"' for name in COLUMNS)
ROW = '"Push 💪","{start}","{end}","","Bench Press (Barbell)",,"",0,"normal",100,8,,,'


def of_dates(*written: str) -> str:
    return "\n".join([HEADER, *(ROW.format(start=each, end=each) for each in written)])


FILE = f"""
{HEADER}
"Legs","12 Apr 2026, 10:14","12 Apr 2026, 11:20","felt
good","Squat (Barbell)",,"belt\\nshoes",0,"warmup",60,5,,,
"Legs","12 Apr 2026, 10:14","12 Apr 2026, 11:20","felt
good","Squat (Barbell)",,"belt\\nshoes",1,"normal",124.74,5,,,8.5
"Legs","12 Apr 2026, 10:14","12 Apr 2026, 11:20","felt
good","Squat (Barbell)",,"belt\\nshoes",2,"failure",124.74,4,,,10
"Legs","12 Apr 2026, 10:14","12 Apr 2026, 11:20","felt
good","Leg Curl (Machine)",3,"",0,"dropset",40,12,,,
"Legs","12 Apr 2026, 10:14","12 Apr 2026, 11:20","felt
good","Leg Extension (Machine)",3,"",0,"normal",50,12,,,
"Legs","12 Apr 2026, 10:14","12 Apr 2026, 11:20","felt
good","Plank",,"",0,"normal",,,,90,
"Legs","12 Apr 2026, 10:14","12 Apr 2026, 11:20","felt
good","Treadmill",,"",0,"normal",,,2.5,900,
"Pull","7 Apr 2026, 23:50","8 Apr 2026, 00:40","","Pull Up",,"",0,"normal",,11,,,
"""


def test_a_file(tmp_path):
    logbook = read_text(tmp_path, FILE)
    assert logbook.app == "Hevy"
    assert starts(logbook) == [datetime(2026, 4, 7, 23, 50), datetime(2026, 4, 12, 10, 14)]
    assert [session.seconds for session in logbook.sessions] == [50 * 60, 66 * 60]
    assert [session.note for session in logbook.sessions] == ["", "felt\ngood"]
    assert shape(logbook) == [
        ("Pull Up", None, "kg", 11, None),
        ("Squat (Barbell)", "124.74", "kg", 5, None),
        ("Squat (Barbell)", "124.74", "kg", 4, None),
        ("Leg Curl (Machine)", "40", "kg", 12, None),
        ("Leg Extension (Machine)", "50", "kg", 12, None),
        ("Plank", None, "kg", None, 90),
    ]
    _, squat, to_failure, curl, extension, _ = sets_of(logbook)
    assert (squat.note, to_failure.note) == ("belt\nshoes", "")  # it stands in every row, and is said once
    assert (squat.rir, to_failure.rir, to_failure.kind, curl.kind) == (
        Decimal("1.5"),
        0,
        KindOfSet.FAILURE,
        KindOfSet.DROP,
    )
    assert (squat.superset, curl.superset, extension.superset) == ("", "3", "3")
    assert (squat.line, to_failure.line) == (4, 6)  # a cell may have a line break
    assert left(logbook) == {"warm-up": 1, "cardio": 1}


@pytest.mark.parametrize(("weight", "unit"), [("weight_kg", "kg"), ("weight_lbs", "lb")])
@pytest.mark.parametrize("distance", ["distance_km", "distance_miles"])
def test_units_and_distances_in_any_pair(tmp_path, weight, unit, distance):
    text = FILE.replace("weight_kg", weight).replace("distance_km", distance)
    logbook = read_text(tmp_path, text)
    assert {one.unit for one in sets_of(logbook)} == {unit}
    assert left(logbook) == {"warm-up": 1, "cardio": 1}


def test_older_exports_have_no_supersets(tmp_path):
    header = HEADER.replace('"superset_id",', "").replace(",", ";")
    row = '"A";"7 Apr 2026, 10:14";"7 Apr 2026, 11:00";"";"Squat";"";0;"normal";100;5;;;'
    assert shape(read_text(tmp_path, f"{header}\n{row}")) == [("Squat", "100", "kg", 5, None)]


@pytest.mark.parametrize(
    ("written", "day"),
    [
        (("7 Apr 2026, 10:14", "30 Jun 2025, 19:56"), datetime(2026, 4, 7, 10, 14)),
        (("Jun 11, 2026, 1:01 PM",), datetime(2026, 6, 11, 13, 1)),
        (("Jun 11, 2026, 12:01 AM",), datetime(2026, 6, 11, 0, 1)),
        (("5 Mai 2026, 07:34", "1 Fev 2026, 07:34", "9 Set 2025, 07:00"), datetime(2026, 5, 5, 7, 34)),
        (("11 Nis 2026, 13:05", "3 Ağu 2025, 09:00"), datetime(2026, 4, 11, 13, 5)),
        (("18 sept. 2026, 17:31", "2 janv. 2026, 08:00"), datetime(2026, 9, 18, 17, 31)),
        (("18 de sep de 2026, 17:31", "2 ene 2026, 8:00"), datetime(2026, 9, 18, 17, 31)),
        (("4. März 2026, 18:00", "4. Dez. 2025, 18:00"), datetime(2026, 3, 4, 18, 0)),
        (("8 gen 2026, 18:00", "8 lug 2025, 18:00"), datetime(2026, 1, 8, 18, 0)),
        (("8 mrt 2026, 18:00", "8 mei 2025, 18:00"), datetime(2026, 3, 8, 18, 0)),
        (("8 paź 2025, 18:00", "8 sty 2026, 18:00"), datetime(2025, 10, 8, 18, 0)),
        (("8 мая 2025 г., 18:00", "8 янв. 2026 г., 18:00"), datetime(2025, 5, 8, 18, 0)),
        (("8 elok. 2025 klo 18.00", "8 maalisk. 2026 klo 18.00"), datetime(2025, 8, 8, 18, 0)),
        (("2026年4月7日 10:14",), datetime(2026, 4, 7, 10, 14)),
        (("7 4月 2026, 下午3:14",), datetime(2026, 4, 7, 15, 14)),
        (("2026년 4월 7일 오전 12:05",), datetime(2026, 4, 7, 0, 5)),
        (("7 thg 4 2026, 10:14",), datetime(2026, 4, 7, 10, 14)),
        (("2026-04-07T10:14:00",), datetime(2026, 4, 7, 10, 14)),
    ],
)
def test_dates_of_many_languages(tmp_path, written, day):
    logbook = read_text(tmp_path, of_dates(*written))
    assert day in starts(logbook)
    assert len(logbook.sessions) == len(written)
    assert left(logbook) == {}
    assert all(session.has_time for session in logbook.sessions)


@pytest.mark.parametrize(("other", "month"), [("9 Stu 2025, 10:00", 10), ("9 Gru 2025, 10:00", 11)])
def test_the_other_months_of_a_file_say_which_one_is_meant(tmp_path, other, month):
    """Lis is October in Croatian and November in Polish."""
    logbook = read_text(tmp_path, of_dates("3 Lis 2025, 10:00", other))
    assert starts(logbook)[0] == datetime(2025, month, 3, 10, 0)


def test_a_phone_may_change_its_language(tmp_path):
    logbook = read_text(tmp_path, of_dates("3 Jan 2026, 10:00", "3 Jun 2026, 10:00", "3 Ağu 2026, 10:00"))
    assert [each.month for each in starts(logbook)] == [1, 6, 8]


def test_a_date_that_nobody_can_read_is_counted(tmp_path):
    logbook = read_text(tmp_path, of_dates("7 Apr 2026, 10:14", "sometime", "31 Feb 2026, 10:00", "7 Foo 2026, 10:00"))
    assert left(logbook) == {"no date": 3}
    assert [row.line for row in logbook.not_taken] == [3, 4, 5]
    assert logbook.not_taken[0].words.startswith("Push 💪 · sometime")


def test_the_same_start_and_title_is_one_session(tmp_path):
    logbook = read_text(tmp_path, of_dates("7 Apr 2026, 10:14", "8 Apr 2026, 10:14", "7 Apr 2026, 10:14"))
    assert [len(session.sets) for session in logbook.sessions] == [2, 1]
