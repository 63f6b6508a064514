"""Warm-up sets on the way to the work weight."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from training.progression import EngineError, Grid, warm_ups

BAR = Grid(kind="load", step=Decimal("2.5"), min=Decimal(20))
DUMBBELLS = Grid(kind="load", step=Decimal(2), min=Decimal(2))


def ways(weight, *, reps=8, grid=BAR, mechanic="compound", **more):
    facts = {"is_warm": False} | more
    steps = warm_ups(Decimal(weight), reps=reps, grid=grid, mechanic=mechanic, **facts)
    return [(float(step), count) for step, count in steps]


@pytest.mark.parametrize(
    ("case", "steps"),
    [
        ({"weight": 100}, [(50, 8), (75, 4)]),
        ({"weight": 100, "reps": 5}, [(50, 8), (75, 4), (90, 1)]),
        ({"weight": 100, "reps": 6}, [(50, 8), (75, 4), (90, 1)]),
        ({"weight": 100, "reps": 7}, [(50, 8), (75, 4)]),
        ({"weight": 100, "reps": 5, "is_deload": True}, [(50, 8), (75, 4)]),  # few reps, but not heavy
        ({"weight": 100, "reps": 5, "is_warm": True}, [(60, 5)]),
        ({"weight": 100, "is_warm": True}, [(60, 5)]),
        ({"weight": 30}, [(22.5, 4)]),  # half of it is less than the bar
        ({"weight": 20}, []),
        ({"weight": 60, "mechanic": "isolation"}, [(35, 8)]),
        ({"weight": 60, "mechanic": "isolation", "is_warm": True}, []),
        ({"weight": 25, "mechanic": "isolation"}, []),
        ({"weight": 30, "mechanic": "isolation", "grid": DUMBBELLS}, [(18, 8)]),
        ({"weight": 28, "mechanic": "isolation", "grid": DUMBBELLS}, []),
    ],
)
def test_the_steps(case, steps):
    assert ways(**case) == steps


def test_a_list_of_weights_is_kept_to():
    rack = Grid(kind="load", explicit=(Decimal(10), Decimal(16), Decimal(24), Decimal(32)))
    assert ways(32, grid=rack) == [(16, 8), (24, 4)]


def test_the_body_alone_needs_none_and_help_gives_none():
    assert ways(0, grid=Grid(kind="added", explicit=(Decimal(0),))) == []
    assert ways(30, grid=Grid(kind="assist", step=Decimal(5), body=Decimal(80))) == []
    assert warm_ups(None, reps=8, grid=BAR, mechanic="compound", is_warm=False) == ()


def test_added_weight_begins_with_the_body_alone():
    assert ways(20, grid=Grid(kind="added", step=Decimal("2.5"), body=Decimal(80))) == [(0, 6)]


def test_it_refuses_what_makes_no_sense():
    with pytest.raises(EngineError):
        ways(100, mechanic="sideways")
    with pytest.raises(EngineError):
        ways(100, reps=0)


@given(
    st.integers(1, 400).map(lambda n: n * Decimal("1.25")),
    st.integers(1, 30),
    st.sampled_from(["compound", "isolation"]),
    st.booleans(),
)
def test_each_step_is_on_the_grid_and_heavier_than_the_one_before(weight, reps, mechanic, is_warm):
    steps = [step for step, _ in warm_ups(weight, reps=reps, grid=BAR, mechanic=mechanic, is_warm=is_warm)]
    assert steps == sorted(set(steps))
    assert all(BAR.is_on(step) and step < weight for step in steps)
    assert len(steps) <= 3
