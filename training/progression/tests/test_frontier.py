"""What is a record, and against which sets."""

import json
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from training.progression import frontier, is_record, records, shows_something

CASES = json.loads(Path(__file__).with_name("record_cases.json").read_text())
MARKS = st.lists(st.tuples(st.integers(0, 20).map(Decimal), st.integers(1, 20)), max_size=20)


def marks(*pairs):
    return [(Decimal(str(weight)), reps) for weight, reps in pairs]


def test_the_frontier_keeps_what_no_other_set_has_both_weight_and_reps_of():
    assert frontier(marks((100, 8), (100, 6), (90, 8), (80, 12), (110, 3))) == tuple(
        marks((80, 12), (100, 8), (110, 3))
    )


def test_less_help_counts_as_more():
    assert frontier(marks((20, 8), (30, 8), (30, 10)), less_is_more=True) == tuple(marks((20, 8), (30, 10)))
    assert is_record((Decimal(15), 8), earlier=marks((20, 8)), less_is_more=True)
    assert not is_record((Decimal(25), 8), earlier=marks((20, 8)), less_is_more=True)


def test_the_first_time_ever_is_no_record():
    assert not is_record((Decimal(100), 8), earlier=[])


def test_a_missed_set_is_no_record():
    assert not is_record((Decimal(200), 0), earlier=marks((100, 8)))


def test_a_set_that_equals_an_earlier_one_is_no_record():
    assert not is_record((Decimal(100), 8), earlier=marks((100, 8)))
    assert is_record((Decimal(100), 9), earlier=marks((100, 8)))
    assert is_record((Decimal(101), 1), earlier=marks((100, 8)))


@pytest.mark.parametrize("case", CASES, ids=lambda case: f"{case['kind']} {case['earlier']} {case['done']}")
def test_which_sets_of_a_session_are_records(case):
    """The page's JavaScript is tested by the same table."""
    earlier = marks(*case["earlier"])
    assert records(marks(*case["done"]), earlier=earlier, kind=case["kind"]) == case["records"]
    shown = [mark for mark in earlier if shows_something(mark, kind=case["kind"])]
    best = frontier(shown, less_is_more=case["kind"] == "assist")
    assert records(marks(*case["done"]), earlier=best, kind=case["kind"]) == case["records"]


@given(MARKS, st.tuples(st.integers(0, 20).map(Decimal), st.integers(1, 20)), st.booleans())
def test_a_record_against_the_frontier_is_one_against_all(earlier, mark, less_is_more):
    best = frontier(earlier, less_is_more=less_is_more)
    assert is_record(mark, earlier=best, less_is_more=less_is_more) == is_record(
        mark, earlier=earlier, less_is_more=less_is_more
    )
    assert set(best) <= set(earlier)
    assert list(best) == sorted(best)
