"""Which sets hold bests, what is a record, and against which sets."""

import json
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from training.progression import Grid, SetMark, frontier, records, that_count

CASES = json.loads(Path(__file__).with_name("record_cases.json").read_text())
LOAD, HELP = (Grid(kind=kind, step=Decimal("2.5")) for kind in ("load", "assist"))
MARK = st.builds(
    SetMark,
    st.integers(1, 20).map(Decimal),
    st.integers(1, 20),
    st.none() | st.integers(0, 7) | st.just(Decimal("2.5")),
)
MARKS = st.lists(MARK, max_size=12)


def grid_of(case) -> Grid:
    body = case.get("body")
    return Grid(kind=case["kind"], step=Decimal("2.5"), body=body and Decimal(body))


def marks(*sets) -> list[SetMark]:
    """Returns marks of (weight, reps) or (weight, reps, RIR); a RIR that is left out is 2."""
    said = ([*one, 2] if len(one) == 2 else one for one in sets)
    return [SetMark(Decimal(str(weight)), reps, rir and Decimal(rir)) for weight, reps, rir in said]


def test_the_frontier_keeps_what_no_other_set_has_both_weight_and_reps_of():
    best = frontier(marks((100, 8), (100, 6), (90, 8), (80, 12), (110, 3)), grid=LOAD)
    assert list(best) == marks((80, 12), (100, 8), (110, 3))


def test_reps_left_count_as_reps():
    best = frontier(marks((100, 8, 2), (100, 9, 0), (90, 8, 3), (90, 10, 0)), grid=LOAD)
    assert list(best) == marks((90, 8, 3), (100, 8, 2))


def test_a_set_without_a_rir_stays_beside_one_with_it():
    kept = marks((100, 9, None), (100, 8, 2))
    assert set(frontier(kept, grid=LOAD)) == set(kept)
    assert list(frontier(marks((100, 10, None), (100, 8, 2)), grid=LOAD)) == marks((100, 10, None))


def test_less_help_counts_as_more():
    best = frontier(marks((20, 8), (30, 8), (30, 10)), grid=HELP)
    assert list(best) == marks((30, 10), (20, 8))


@pytest.mark.parametrize("case", CASES, ids=lambda case: f"{case['kind']} {case['earlier']} {case['done']}")
def test_which_sets_of_a_session_are_records(case):
    """The page's JavaScript is tested by the same table."""
    grid, earlier = grid_of(case), marks(*case["earlier"])
    assert records(marks(*case["done"]), earlier=earlier, grid=grid) == case["records"]
    best = frontier(earlier, grid=grid)
    assert records(marks(*case["done"]), earlier=best, grid=grid) == case["records"]


@given(MARKS, MARK, st.sampled_from([LOAD, HELP]))
def test_a_record_against_the_frontier_is_one_against_all(earlier, mark, grid):
    best = frontier(earlier, grid=grid)
    assert set(best) <= set(earlier)
    assert frontier(best, grid=grid) == best
    one = records([mark], earlier=earlier, grid=grid)
    assert one == records([mark], earlier=best, grid=grid)
    if mark in earlier:
        assert one == [False]


@given(MARKS, MARKS)
def test_what_a_session_has_shown_is_no_record_twice(earlier, done):
    once = records(done, earlier=earlier, grid=LOAD)
    assert records([*done, *done], earlier=earlier, grid=LOAD)[: len(done)] == once
    assert not any(records([*done, *done], earlier=earlier, grid=LOAD)[len(done) :])


def count(*sets, sure=()) -> list[bool]:
    return that_count([(mark, place in sure) for place, mark in enumerate(marks(*sets))], grid=LOAD)


def test_a_set_unlike_all_others_does_not_count():
    assert count((40, 8), (42.5, 8), (400, 8), sure=[0]) == [True, True, False]
    assert count((40, 8), (40, 80), (40, 7)) == [True, False, True]


def test_what_was_done_again_counts():
    assert count((40, 8), (400, 8), sure=[0, 1]) == [True, True]
    assert count((40, 8), (400, 8), (400, 6), sure=[0]) == [True, True, True]
    assert count((40, 8), (400, 8), (420, 8), sure=[0, 1]) == [True, True, True]


def test_two_that_are_like_each_other_count_and_one_that_is_like_neither_does_not():
    assert count((40, 8), (42.5, 8), (400, 8)) == [True, True, False]


def test_a_loaded_exercise_without_its_load_shows_nothing_and_the_body_alone_does():
    assert frontier(marks((0, 10)), grid=LOAD) == ()
    assert list(frontier(marks((0, 10)), grid=Grid(kind="added", step=Decimal("2.5")))) == marks((0, 10))


def test_two_slips_at_different_weights_do_not_confirm_each_other():
    assert count((40, 8), (42.5, 8), (45, 8), (400, 8), (450, 8)) == [True] * 3 + [False] * 2


def test_a_ladder_of_single_sets_counts_to_its_end():
    assert all(count((40, 8), (50, 8), (70, 6), (95, 4), sure=[0]))


def test_where_nothing_was_done_twice_everything_counts():
    assert count((40, 8), (100, 8)) == [True, True]
    assert that_count([], grid=LOAD) == []
