"""Warm-up sets on the way to the work weight."""

import json
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from training.progression import EngineError, Grid, warm_ups

BAR = Grid(kind="load", step=Decimal("2.5"), min=Decimal(20))
CASES = json.loads(Path(__file__).with_name("warm_up_cases.json").read_text())


def ways(weight, *, reps=8, grid=BAR, mechanic="compound", **more):
    facts = {"is_warm": False} | more
    steps = warm_ups(Decimal(weight), reps=reps, grid=grid, mechanic=mechanic, **facts)
    return [(float(step), count) for step, count in steps]


@pytest.mark.parametrize("case", CASES, ids=lambda case: f"{case['weight']} {case['grid']['kind']} {case['mechanic']}")
def test_the_steps(case):
    """metricgain/tests/e2e/test_warm_ups.py runs the same table in a browser."""
    facts = {name: case[name] for name in ("reps", "mechanic", "is_warm", "is_deload")}
    assert ways(case["weight"], grid=Grid.from_dict(case["grid"]), **facts) == [tuple(step) for step in case["steps"]]


def test_there_are_none_without_a_weight():
    assert warm_ups(None, reps=8, grid=BAR, mechanic="compound", is_warm=False) == ()


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
