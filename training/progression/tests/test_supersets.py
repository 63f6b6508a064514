"""Supersets. Their table of cases tests the page's JavaScript as well."""

import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from training.progression import CONFIG, in_turn, may_pair, pair, session_seconds, supersets, turn, units, unpair

CASES = json.loads(Path(__file__).with_name("superset_cases.json").read_text())
MARKS = st.lists(st.none() | st.integers(1, 3), max_size=8)


@pytest.mark.parametrize("case", CASES["supersets"], ids=lambda case: str(case["marks"]))
def test_neighbours_with_one_mark_are_a_superset(case):
    assert [list(places) for places in supersets(case["marks"])] == case["found"]


@pytest.mark.parametrize("case", CASES["turns"], ids=lambda case: f"{case['rounds']} after {case['last']}")
def test_the_earliest_round_goes_on_in_order(case):
    assert turn(case["rounds"], case["last"]) == case["next"]


def test_who_is_alone_is_a_unit_too():
    assert units([None, 1, 1, 2]) == [(0,), (1, 2), (3,)]


def test_a_pair_gets_a_mark_that_stands_for_nothing_else():
    assert pair([None, None, 1, 1], 0, 1) == [2, 2, 1, 1]
    assert pair([1, None, None], 1, 2, taken={2}) == [1, 3, 3]


def test_a_third_comes_to_a_pair_and_a_fourth_does_not():
    three = pair([1, 1, None, None], 1, 2)
    assert supersets(three) == [(0, 1, 2)]
    assert not may_pair(three, 2, 3)
    assert not may_pair([1, 1, 2, 2], 1, 2)


@pytest.mark.parametrize(("one", "other"), [(0, 2), (1, 1), (2, 3), (-1, 0)])
def test_only_neighbours_that_are_there_may_pair(one, other):
    assert not may_pair([None, None, None], one, other)


def test_out_of_the_middle_of_three_all_are_alone():
    assert unpair([1, 1, 1], 1) == [None, None, None]
    assert unpair([1, 1, 1], 0) == [None, 1, 1]
    assert unpair([1, 1, 2, 2], 0) == [None, None, 2, 2]


@given(MARKS, st.integers(0, 7))
def test_pairing_is_said_twice_as_once_and_leaves_other_supersets(marks, place):
    if may_pair(marks, place, place + 1):
        paired = pair(marks, place, place + 1)
        (both,) = (one for one in supersets(paired) if place in one)
        assert place + 1 in both
        assert pair(paired, place, place + 1) == paired
        assert {one for one in supersets(marks) if not set(one) & set(both)} == set(supersets(paired)) - {both}


@given(MARKS, st.integers(0, 7))
def test_who_is_taken_out_is_alone_and_saying_it_again_changes_nothing(marks, place):
    if place < len(marks):
        left = unpair(marks, place)
        assert not any(place in one for one in supersets(left))
        assert unpair(left, place) == left


def test_the_longest_rest_comes_once_a_round():
    assert in_turn([(1, 3, 90), (1, 3, 150), (None, 3, 60)]) == [(3, CONFIG.superset_rest), (3, 150), (3, 60)]
    assert in_turn([(1, 4, 150), (1, 2, 90)]) == [(4, 150), (2, CONFIG.superset_rest)]


def test_with_nothing_left_of_one_the_other_rests_as_alone():
    assert in_turn([(1, 3, 90), (1, 0, 150)]) == [(3, 90), (0, 150)]


def test_a_superset_takes_less_time_than_its_exercises_alone():
    alone = session_seconds([(3, 90), (3, 150)])
    assert alone - session_seconds(in_turn([(1, 3, 90), (1, 3, 150)])) == 3 * (90 - CONFIG.superset_rest)
