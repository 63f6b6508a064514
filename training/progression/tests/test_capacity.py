from dataclasses import replace

import pytest

from training.progression import CONFIG
from training.progression.load.capacity import hardest_giving
from training.progression.tests.cases import ASSISTED, BAR, KG, D

TEN_AT_100 = {  # reps to failure by weight, fewer towards harder
    "90": 14,
    "92.5": 13,
    "95": 12,
    "97.5": 11,
    "100": 10,
    "102.5": 9,
    "105": 8,
    "107.5": 7,
}


def gives(weight):
    return TEN_AT_100[f"{weight.normalize():f}"]


@pytest.mark.parametrize("near", ["92.5", "93", "97.5", "100", "102", "105"])
def test_it_finds_the_hardest_setting_that_is_enough_from_wherever_it_begins(near):
    assert hardest_giving(10, gives=gives, near=D(near), grid=KG) == D("100")


@pytest.mark.parametrize(("need", "expected"), [(9, "102.5"), (10, "100"), (11, "97.5")])
def test_exactly_enough_is_enough(need, expected):
    assert hardest_giving(need, gives=gives, near=D("100"), grid=KG) == D(expected)


def test_between_two_settings_the_easier_one_is_enough():
    assert hardest_giving(D("10.5"), gives=gives, near=D("100"), grid=KG) == D("97.5")


def test_where_none_is_enough_it_is_the_lightest():
    assert hardest_giving(30, gives=lambda weight: 10, near=D("30"), grid=BAR) == D("20")


def test_a_guess_lighter_than_the_lightest_begins_there():
    assert hardest_giving(10, gives=lambda weight: D("12.5") - weight / 10, near=D("5"), grid=BAR) == D("25")


def test_less_help_is_harder_and_no_help_the_end():
    assert hardest_giving(10, gives=lambda help_: help_ / 5, near=D("30"), grid=ASSISTED) == D("50")
    assert hardest_giving(10, gives=lambda help_: 12, near=D("30"), grid=ASSISTED) == D("0")


@pytest.mark.parametrize(("reps", "expected"), [(20, "107.5"), (5, "92.5")])
def test_the_search_stays_where_it_got(reps, expected):
    three_steps = replace(CONFIG, most_search_steps=3)
    found = hardest_giving(10, gives=lambda weight: reps, near=D("100"), grid=KG, config=three_steps)
    assert found == D(expected)
