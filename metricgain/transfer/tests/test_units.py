"""Weights come back as they were typed."""

from decimal import Decimal

import pytest

from metricgain.transfer.logbook import AppLog
from metricgain.transfer.tests.files_of_apps import left, read_text, sets_of
from metricgain.transfer.units import as_typed, proposed


def logged(folder, header: str, weights: dict[str, list[str]]) -> AppLog:
    """A table with some weights by exercise; `header` is that of the weight."""
    rows = [f"2024-01-05,{name},{weight},5" for name, all_of_it in weights.items() for weight in all_of_it]
    return read_text(folder, "\n".join([f"Date,Exercise,{header},Reps", *rows]))


def typed(logbook: AppLog, unit: str | None = None) -> list[tuple[str, str]]:
    as_typed(logbook, unit)
    return [(str(one.weight), one.unit) for one in sets_of(logbook)]


@pytest.mark.parametrize(
    ("header", "weights", "expected"),
    [
        ("kg", ["105", "107.5", "110", "112.5", "63.5"], ["105.00", "107.50", "110.00", "112.50", "63.50", "kg"]),
        ("kg", ["61.23", "83.91", "102.06", "63.5"], ["135.00", "185.00", "225.00", "140.00", "lb"]),
        ("kg", ["61.23496995", "83.9145884"], ["135.00", "185.00", "lb"]),
        ("kg", ["61.23492", "63.50288", "24.040376"], ["135.00", "140.00", "53.00", "lb"]),
        ("kg", ["124.74"], ["275.00", "lb"]),
        ("kg", ["61.23", "83.91", "20"], ["135.00", "185.00", "44.09", "lb"]),
        ("kg", ["61.23", "20", "40"], ["61.23", "20.00", "40.00", "kg"]),
        ("kg", ["17.7", "22.68"], ["17.70", "22.68", "kg"]),  # one of two is not more than half
        ("kg", ["69.99999", "33.335"], ["70.00", "33.34", "kg"]),
        ("lb", ["44.09245243697551", "110.23113109243879"], ["20.00", "50.00", "kg"]),
        ("lb", ["44.0925", "45"], ["44.09", "45.00", "lb"]),
        ("lb", ["57.2", "35.2", "45"], ["57.20", "35.20", "45.00", "lb"]),
        ("lb", ["135", "137.5", "140"], ["135.00", "137.50", "140.00", "lb"]),
    ],
)
def test_the_unit_of_an_exercise(tmp_path, header, weights, expected):
    *numbers, unit = expected
    assert typed(logged(tmp_path, header, {"Squat": weights})) == [(number, unit) for number in numbers]


def test_how_often_a_weight_was_lifted_decides_nothing(tmp_path):
    found = typed(logged(tmp_path, "kg", {"Squat": ["61.23"] * 20 + ["60", "62.5"]}))
    assert {unit for _, unit in found} == {"kg"}


def test_each_exercise_decides_for_itself(tmp_path):
    book = logged(tmp_path, "kg", {"Squat": ["61.23", "83.91"], "Row": ["60", "62.5"]})
    assert typed(book) == [("135.00", "lb"), ("185.00", "lb"), ("60.00", "kg"), ("62.50", "kg")]


def test_an_exercise_that_does_not_show_its_unit_has_that_of_the_others(tmp_path):
    """63.50 is 140 lb as well; a body has no weight."""
    pounds = logged(tmp_path, "kg", {"Squat": ["61.23", "83.91", "102.06"], "Row": ["63.5"], "Dip": ["0"]})
    assert typed(pounds)[3:] == [("140.00", "lb"), ("0.00", "lb")]
    kilograms = logged(tmp_path, "kg", {"Squat": ["60", "62.5", "65"], "Row": ["63.5"], "Dip": ["0"]})
    assert typed(kilograms)[3:] == [("63.50", "kg"), ("0.00", "kg")]


def test_a_unit_in_each_row_stays_as_it_is(tmp_path):
    text = (
        "Date,Exercise,Weight,Unit,Reps\n2024-01-05,Squat,61.23,kg,5\n2024-01-05,Squat,225,lbs,5\n"
        "2024-01-05,Squat,,,5\n2024-01-05,Row,63.5,kg,5\n2024-01-05,Curl,45,lb,5\n2024-01-05,Press,95,lb,5\n"
    )
    assert typed(read_text(tmp_path, text)) == [
        ("61.23", "kg"), ("225.00", "lb"), ("None", "lb"), ("63.50", "kg"), ("45.00", "lb"), ("95.00", "lb"),
    ]  # fmt: skip


def test_a_weight_that_was_not_said_stays_unsaid(tmp_path):
    assert typed(logged(tmp_path, "kg", {"Dip": [""]})) == [("None", "kg")]


def test_a_silent_file_takes_the_unit_that_is_given(tmp_path):
    assert typed(logged(tmp_path, "Weight", {"Squat": ["100", "102.5"]}), "lb") == [("100.00", "lb"), ("102.50", "lb")]
    assert typed(logged(tmp_path, "Weight", {"Squat": ["44.0925", "132.277"]}), "lb") == [
        ("20.00", "kg"),
        ("60.00", "kg"),
    ]


@pytest.mark.parametrize("unit", ["kg", "lb"])
def test_a_weight_that_is_round_in_both_units_keeps_the_one_that_is_given(tmp_path, unit):
    assert typed(logged(tmp_path, "Weight", {"Squat": ["140"]}), unit) == [("140.00", unit)]


def test_what_only_its_unit_shows_to_be_impossible_is_left(tmp_path):
    book = logged(tmp_path, "Weight", {"Leg Press": ["1500", "200"]})
    assert typed(book, "kg") == [("200.00", "kg")]
    assert left(book) == {"impossible": 1}
    assert book.not_taken[0].words == "Leg Press · 1500.00"


def test_a_session_stays_where_all_its_sets_are_impossible(tmp_path):
    book = logged(tmp_path, "Weight", {"Leg Press": ["1500"]})
    assert typed(book, "kg") == []
    assert len(book.sessions) == 1


@pytest.mark.parametrize(
    ("weights", "unit", "is_sure"),
    [
        (["45", "95", "135", "185", "225", "225"], "lb", True),
        (["20", "60", "62.5", "80", "100", "100"], "kg", True),
        (["60", "65", "70", "95", "100", "115", "135", "185"], "lb", False),
        (["22", "24", "26"], "kg", False),
        (["44.0925"] * 5, "lb", True),
        (["61.23", "61.23", "83.91", "83.91", "83.91"], "kg", True),
    ],
)
def test_a_proposal_for_a_silent_file(tmp_path, weights, unit, is_sure):
    proposal = proposed(logged(tmp_path, "Weight", {"Squat (Barbell)": weights}))
    assert (proposal.unit, proposal.is_sure) == (unit, is_sure)


def test_barbells_speak_before_other_exercises(tmp_path):
    book = logged(
        tmp_path,
        "Weight",
        {"Bench Press (Barbell)": ["135", "135", "185", "185", "225", "60"], "Curl (Cable)": ["20"] * 30},
    )
    assert proposed(book).sentence == (
        "5 of 6 sets of Bench Press (Barbell) are on the 45-lb ladder, 1 on the 20-kg ladder."
    )


def test_the_sentence_of_converted_weights(tmp_path):
    book = logged(tmp_path, "Weight", {"Squat": ["44.0925"] * 5 + ["45"]})
    assert proposed(book).sentence == "5 of 6 sets of Squat are pounds that were converted from kilograms."


@pytest.mark.parametrize(("header", "weight"), [("kg", "100"), ("lb", "100"), ("Weight", "0"), ("Weight", "")])
def test_nothing_is_proposed_where_nothing_is_open(tmp_path, header, weight):
    assert proposed(logged(tmp_path, header, {"Squat": [weight]})) is None


def test_all_weights_have_two_decimals(tmp_path):
    book = logged(tmp_path, "Weight", {"Squat": ["100", "2.5", "0.001", "44.0925"], "Row": ["61.23492"]})
    as_typed(book)
    assert {one.weight.as_tuple().exponent for one in sets_of(book)} == {-2}
    assert all(isinstance(one.weight, Decimal) for one in sets_of(book))
