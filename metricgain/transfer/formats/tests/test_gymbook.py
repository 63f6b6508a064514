"""GymBook, in the phone's language."""

from datetime import datetime

import pytest

from metricgain.transfer.tests.files_of_apps import left, read_text, shape

ITALIAN = """
Data,Programma,Orario,Esercizio,Zona,Gruppi muscolari (Primari),Gruppi muscolari (Secondari),Set / Set di riscaldamento / Set di defaticamento,Ripetizioni / Tempo,Peso / Distanza,Appunti,Saltato
09/01/25,Spinta,19:40,Panca piana,Torace,Petto,,Set,8 ripetizioni,"42,50 kg",,No
09/01/25,Spinta,19:30,Panca piana,Torace,Petto,,Set di riscaldamento,20 ripetizioni,"20,00 kg",,No
09/01/25,Spinta,19:45,Plank,Addome,,,Set,60 secondi,"0,00 kg",lento,No
09/01/25,Spinta,19:50,Tapis roulant,Cardio,,,Set,12 minuti,"3,00 km",,No
09/01/25,Spinta,19:55,Curl,Braccia,,,Set,10 ripetizioni,"12,00 kg",,Si
23/01/25,Spinta,19:55,Curl,Braccia,,,Set di defaticamento,10 ripetizioni,"6,00 kg",,No
23/01/25,Spinta,19:58,Curl,Braccia,,,Set,1 ripetizione,"14,00 kg",,No
"""  # noqa: E501
GERMAN = """
Datum;Programm;Uhrzeit;Übung;Bereich;Muskelgruppen (Primär);Muskelgruppen (Sekundär);Satz / Aufwärmsatz / Abkühlsatz;Wiederholungen / Zeit;Gewicht / Distanz;Notizen;Übersprungen
09.01.25;Druck;19:30;Bankdrücken;Brust;;;Aufwärmsatz;10 Wiederholungen;20,00 kg;;Nein
09.01.25;Druck;19:40;Bankdrücken;Brust;;;Satz;8 Wiederholungen;42,50 kg;;Nein
23.01.25;Druck;19:45;Unterarmstütz;Bauch;;;Satz;60 Sekunden;0,00 kg;;Nein
23.01.25;Druck;19:50;Laufband;Cardio;;;Satz;12 Minuten;3,00 km;;Nein
"""  # noqa: E501
ENGLISH = """
Date,Workout,Time,Exercise,Region,Muscle Groups (Primary),Muscle Groups (Secondary),Set / Warm-up Set / Cool-down Set,Reps / Time,Weight / Distance,Notes,Skipped
1/9/25,Push,7:40 PM,Bench Press,Chest,,,Warm-up Set,10 reps,45.00 lb,,No
1/9/25,Push,7:42 PM,Bench Press,Chest,,,Set,8 reps,95.00 lb,,No
1/23/25,Push,7:42 PM,Bench Press,Chest,,,Set,8 reps,95.00 lb,,Yes
"""  # noqa: E501


def test_italian(tmp_path):
    logbook = read_text(tmp_path, ITALIAN)
    assert logbook.app == "GymBook"
    assert shape(logbook) == [
        ("Panca piana", "42.50", "kg", 8, None),
        ("Plank", "0.00", "kg", None, 60),
        ("Curl", "14.00", "kg", 1, None),
    ]
    first, second = logbook.sessions
    assert (first.title, first.starts, second.starts) == (
        "Spinta", datetime(2025, 1, 9, 19, 30), datetime(2025, 1, 23, 19, 55),
    )  # fmt: skip
    assert first.key == "09/01/25"
    assert left(logbook) == {"warm-up": 2, "cardio": 1, "not done": 1}


@pytest.mark.parametrize(
    ("text", "sets", "counts"),
    [
        (
            GERMAN,
            [("Bankdrücken", "42.50", "kg", 8, None), ("Unterarmstütz", "0.00", "kg", None, 60)],
            {"warm-up": 1, "cardio": 1},
        ),
        (ENGLISH, [("Bench Press", "95.00", "lb", 8, None)], {"warm-up": 1, "not done": 1}),
    ],
)
def test_other_languages(tmp_path, text, sets, counts):
    logbook = read_text(tmp_path, text)
    assert logbook.app == "GymBook"
    assert shape(logbook) == sets
    assert left(logbook) == counts


def test_the_file_as_a_whole_says_whether_the_month_comes_first(tmp_path):
    assert read_text(tmp_path, ENGLISH).sessions[0].starts == datetime(2025, 1, 9, 19, 40)
