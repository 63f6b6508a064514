"""A weight of the other unit gets the nearest setting of the grid, and reps that cost the same."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from training.progression import CONFIG, EngineError, Grid, on_grid
from training.progression.tests.cases import ASSISTED, KG, LB, PULL_UP_BODY_UNKNOWN, D, grids, quick, weights

PULL_UP_LB = Grid(kind="added", step=D("5"), body=D("176.37"), unit="lb")
TWO_LB = Grid(kind="load", step=D("2"), unit="lb")


@pytest.mark.parametrize(
    ("weight", "grid", "reps", "there"),
    [
        ("44.09", TWO_LB, 10, ("44", 10)),  # 20 kg
        ("44.09", LB, 10, ("45", 10)),  # 2.1 % more counts as the same
        ("225.97", LB, 5, ("225", 5)),  # 102.5 kg
        ("57.32", LB, 10, ("55", 11)),  # 26 kg: 4 % less gives a rep
        ("37.5", LB, 10, ("35", 12)),  # half-way: the easier
        ("48", LB, 10, ("50", 8)),
        ("39", LB, 10, ("40", 10)),  # 2.5 % of the heavier
        ("57.32", LB, 1, ("55", 2)),
        ("57.32", LB, 0, ("55", 0)),
        ("99.21", LB, 0, ("100", 0)),  # a missed set stays one
        ("1", LB, 3, ("5", 1)),  # nothing lighter than this
        ("2", KG, 30, ("2.5", 21)),
        ("22.05", PULL_UP_LB, 6, ("20", 6)),  # with the body it is 1 % less
        ("0", PULL_UP_LB, 6, ("0", 6)),
        ("3.4", PULL_UP_BODY_UNKNOWN, 6, ("2.5", 6)),
        ("12", ASSISTED, 6, ("10", 4)),  # less help is harder
        ("12.5", ASSISTED, 6, ("15", 7)),
    ],
)
def test_the_nearest_setting_and_its_reps(weight, grid, reps, there):
    setting, expected = on_grid(D(weight), reps=reps, grid=grid)
    assert (setting, expected) == (D(there[0]), there[1])


@quick
@given(data=st.data(), grid=grids(), reps=st.integers(1, 40))
def test_what_is_on_the_grid_stays_and_no_setting_is_nearer(data, grid, reps):
    weight = data.draw(weights(grid))
    setting, there = on_grid(weight, reps=reps, grid=grid)
    assert grid.is_on(setting)
    assert on_grid(setting, reps=there, grid=grid) == (setting, there)
    for other in (grid.easier(setting), grid.harder(setting)):
        assert other is None or abs(setting - weight) <= abs(other - weight)
    assert 1 <= there <= max(reps, CONFIG.most_reps)


@pytest.mark.parametrize(("weight", "reps"), [("0", 5), ("-1", 5), ("40", -1), ("40", None)])
def test_what_nobody_can_have_lifted_is_refused(weight, reps):
    with pytest.raises(EngineError):
        on_grid(D(weight), reps=reps, grid=LB)
