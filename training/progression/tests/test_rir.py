from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from training.progression import EngineError, eased_rir, target_rir
from training.progression.tests.cases import quick


@pytest.mark.parametrize(
    ("weeks", "expected"),
    [
        (3, [2, 1, None]),
        (4, [2, 1, 0, None]),
        (5, [3, 2, 1, 0, None]),
        (6, [3, 2, 2, 1, 0, None]),
        (7, [3, 3, 2, 2, 1, 0, None]),
    ],
)
def test_effort_rises_towards_the_last_hard_week_and_then_comes_the_deload(weeks, expected):
    assert [target_rir(weeks, week=week) for week in range(1, weeks + 1)] == expected


def test_an_exercise_that_is_unsafe_to_fail_keeps_its_floor():
    assert [target_rir(5, week=week, floor_rir=1) for week in range(1, 6)] == [3, 2, 1, 1, None]


def test_a_floor_beyond_what_anyone_can_feel_counts_as_five():
    assert target_rir(5, week=1, floor_rir=8) == 5
    assert target_rir(5, week=1, floor_rir=10) == 5


@given(weeks=st.integers(3, 7), floor_rir=st.integers(0, 10))
@quick
def test_target_rir_never_rises_and_falls_by_one_at_most(weeks, floor_rir):  # I17
    values = [target_rir(weeks, week=week, floor_rir=floor_rir) for week in range(1, weeks)]
    assert all(0 <= before - after <= 1 for before, after in pairwise(values))


@pytest.mark.parametrize(
    ("rir", "soreness", "gap_days", "expected"),
    [
        (2, None, None, 2),
        (2, 2, 10, 2),
        (2, 3, 0, 3),
        (2, 1, 11, 3),
        (2, 3, 11, 3),
        (3, 3, 0, 4),
        (4, 3, 30, 4),
        (5, 3, 30, 5),
    ],
)
def test_soreness_or_a_gap_leaves_one_more_in_reserve(rir, soreness, gap_days, expected):
    assert eased_rir(rir, soreness=soreness, gap_days=gap_days) == expected


@pytest.mark.parametrize(
    ("arguments", "named"),
    [
        ({"weeks": 2, "week": 1}, "weeks"),
        ({"weeks": 8, "week": 1}, "weeks"),
        ({"weeks": 5, "week": 0}, "week"),
        ({"weeks": 5, "week": 6}, "week"),
        ({"weeks": 5, "week": 1, "floor_rir": -1}, "floor_rir"),
        ({"weeks": 5, "week": 1, "floor_rir": 1.0}, "floor_rir"),
        ({"weeks": 5, "week": 1, "floor_rir": 11}, "floor_rir"),
    ],
)
def test_it_refuses_weeks_that_do_not_exist(arguments, named):
    weeks = arguments.pop("weeks")
    with pytest.raises(EngineError, match=named):
        target_rir(weeks, **arguments)
