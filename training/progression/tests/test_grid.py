import json
from dataclasses import replace
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from training.progression import CONFIG, EngineError, Grid, default_grid, default_rep_range
from training.progression.tests.cases import ASSISTED, BAR, KG, PULL_UP, PULL_UP_BODY_UNKNOWN, D, grids, quick, weights

LISTED = Grid(kind="load", explicit=(D("2"), D("4"), D("10")))
HALVES = Grid(kind="load", step=D("0.5"))
LISTED_HELP = Grid(kind="assist", explicit=(D("10"), D("25"), D("40")), body=D("80"))
PLAIN_BODY = Grid(kind="added", explicit=(D("0"),), body=D("80"))


@pytest.mark.parametrize(
    ("grid", "weight", "easier", "down", "harder"),
    [
        (KG, "100", "97.5", "100", "102.5"),
        (KG, "101", "100", "100", "102.5"),
        (KG, "2.5", None, "2.5", "5"),  # no weight at all is not a weight
        (BAR, "20", None, "20", "22.5"),
        (BAR, "15", None, None, "20"),
        (PULL_UP, "0", None, "0", "2.5"),
        (ASSISTED, "30", "35", "30", "25"),
        (ASSISTED, "31", "35", "35", "30"),
        (ASSISTED, "0", "5", "0", None),
        (LISTED, "4", "2", "4", "10"),
        (LISTED, "11", "10", "10", None),
        (LISTED, "1", None, None, "2"),
        (LISTED_HELP, "25", "40", "25", "10"),
        (LISTED_HELP, "41", None, None, "40"),
        (PLAIN_BODY, "0", None, "0", None),
    ],
)
def test_it_moves_towards_harder_and_easier_settings(grid, weight, easier, down, harder):
    expected = [each and D(each) for each in (easier, down, harder)]
    here = D(weight)
    assert [grid.easier(here), grid.down_to_grid(here), grid.harder(here)] == expected


@pytest.mark.parametrize(
    ("grid", "weight", "than", "expected"),
    [
        (KG, "97.5", "100", "97.5"),
        (KG, "98.75", "100", "97.5"),  # a tie goes to the easier
        (KG, "99", "100", "100"),
        (KG, "99.9", "99.5", "97.5"),
        (BAR, "19.5", "20", "20"),
        (BAR, "10", "15", None),
        (ASSISTED, "32.4", "30", "30"),
        (ASSISTED, "32.5", "30", "35"),
        (PULL_UP, "-2", "0", "0"),
    ],
)
def test_it_finds_the_nearest_setting_that_is_not_harder(grid, weight, than, expected):
    assert grid.nearest_not_harder(D(weight), than=D(than)) == (expected and D(expected))


@given(st.data())
@quick
def test_moving_up_and_down_again_ends_where_it_began(data):
    grid = data.draw(grids())
    weight = data.draw(weights(grid))
    harder, easier, down = grid.harder(weight), grid.easier(weight), grid.down_to_grid(weight)
    assert harder is None or (grid.is_harder(harder, than=weight) and grid.is_on(harder))
    assert easier is None or (grid.is_harder(weight, than=easier) and grid.is_on(easier))
    assert down is None or not grid.is_harder(down, than=weight)
    if grid.is_on(weight):
        assert down == weight
        assert harder is None or grid.easier(harder) == weight
        assert easier is None or grid.harder(easier) == weight


@pytest.mark.parametrize(
    ("grid", "weight", "to", "reps"),
    [
        (KG, "100", "102.5", "0.94"),
        (KG, "100", "95", "-1.96"),
        (PULL_UP, "0", "2.5", "1.17"),
        (PULL_UP_BODY_UNKNOWN, "0", "5", "4"),  # two steps of two reps
        (ASSISTED, "30", "25", "3.64"),
        (ASSISTED, "85", "75", "4"),  # the help takes all of it: steps again
        (Grid(kind="assist", explicit=(D("10"), D("25"), D("40"))), "40", "10", "4"),
        (PLAIN_BODY, "0", "0", "0"),
    ],
)
def test_moving_between_weights_costs_reps(grid, weight, to, reps):
    cost = grid.cost_in_reps(D(weight), to=D(to), k=CONFIG.k_choose)
    assert cost.quantize(D("0.01")) == D(reps)
    assert grid.cost_in_reps(D(to), to=D(weight), k=CONFIG.k_choose).quantize(D("0.01")) == -D(reps)


@pytest.mark.parametrize(
    ("grid", "weight", "to", "steps"),
    [
        (KG, "100", "105", "2"),
        (KG, "100", "101", "0.4"),
        (ASSISTED, "30", "20", "2"),  # towards harder
        (LISTED, "2", "10", "2"),
        (LISTED, "10", "2", "-2"),
        (LISTED, "2", "7", "1.5"),  # halfway between two entries
        (LISTED, "2", "1", "-0.5"),  # beyond the ends as the outermost gap
        (LISTED, "10", "13", "0.5"),
        (LISTED_HELP, "40", "10", "2"),
        (Grid(kind="load", explicit=(D("10"), D("20"))), "10", "15", "0.5"),
        (PLAIN_BODY, "0", "7.5", "1"),  # one entry: no gap to measure with
        (PLAIN_BODY, "5", "7.5", "0"),
        (PLAIN_BODY, "7.5", "0", "-1"),
        (Grid(kind="load", explicit=(D("10"),)), "5", "15", "2"),
        (Grid(kind="load", explicit=(D("10"),)), "10", "10.5", "1"),
        (Grid(kind="load", explicit=(D("10"),)), "9.5", "10", "1"),
        (Grid(kind="load", explicit=(D("1"),)), "0.5", "1.5", "2"),
    ],
)
def test_steps_are_counted_along_the_grid(grid, weight, to, steps):
    assert grid.steps(D(weight), to=D(to)) == D(steps)


@pytest.mark.parametrize(
    ("grid", "weight", "moved"),
    [
        (KG, "100", "100"),
        (PULL_UP, "10", "90"),
        (PULL_UP, "0", "80"),
        (PULL_UP_BODY_UNKNOWN, "10", None),
        (ASSISTED, "30", "50"),
        (ASSISTED, "79.5", "0.5"),
        (ASSISTED, "80", None),  # the help takes all of it
        (ASSISTED, "85", None),
    ],
)
def test_the_body_is_part_of_the_load(grid, weight, moved):
    assert grid.load_moved(D(weight)) == (moved and D(moved))
    if moved:
        assert grid.weight_moving(D(moved)) == D(weight)


@pytest.mark.parametrize(
    ("grid", "weight", "than", "is_harder"),
    [
        (KG, "100", "97.5", True),
        (KG, "100", "100", False),
        (KG, "97.5", "100", False),
        (ASSISTED, "20", "30", True),
        (ASSISTED, "30", "30", False),
        (ASSISTED, "30", "20", False),
    ],
)
def test_harder_is_more_weight_or_less_help(grid, weight, than, is_harder):
    assert grid.is_harder(D(weight), than=D(than)) is is_harder


@pytest.mark.parametrize(
    ("grid", "weight", "is_on"),
    [(KG, "100", True), (KG, "101", False), (KG, "0", False), (BAR, "17.5", False), (LISTED, "4", True)],
)
def test_a_setting_is_a_weight_of_the_grid(grid, weight, is_on):
    assert grid.is_on(D(weight)) is is_on


@pytest.mark.parametrize(
    ("grid", "weight", "to", "expected"),
    [
        (KG, "100", "102.5", True),
        (KG, "100", "105", False),
        (KG, "200", "205", True),
        (KG, "10", "12.5", True),
        (PULL_UP, "0", "2.5", True),
        (PULL_UP_BODY_UNKNOWN, "0", "5", False),
        (LISTED, "4", "10", True),
        (LISTED, "2", "10", False),
        (HALVES, "97.5", "100", True),  # 2.5 % of the heavier one
        (HALVES, "97", "100", False),
        (HALVES, "19.5", "20", True),  # one step is near whatever it is worth
        (HALVES, "19", "20", False),
        (Grid(kind="load", step=D("0.1")), "97.4", "100", False),  # 2.6 %
        (ASSISTED, "85", "75", False),  # no load moved at one end
    ],
)
def test_near_is_one_step_or_two_and_a_half_per_cent(grid, weight, to, expected):
    assert grid.near(D(weight), to=D(to)) is expected
    assert grid.near(D(to), to=D(weight)) is expected


@pytest.mark.parametrize(
    ("grid", "stored"),
    [
        (
            Grid(kind="assist", step=D("2.50"), min=D("5"), body=D("80.5"), unit="lb"),
            {"kind": "assist", "step": "2.50", "min": "5", "explicit": [], "body": "80.5", "unit": "lb"},
        ),
        (
            LISTED,
            {"kind": "load", "step": None, "min": "0", "explicit": ["2", "4", "10"], "body": None, "unit": "kg"},
        ),
    ],
)
def test_a_grid_survives_storing(grid, stored):
    assert grid.to_dict() == stored
    assert Grid.from_dict(json.loads(json.dumps(stored))) == grid


@pytest.mark.parametrize(
    ("settings", "named"),
    [
        ({"kind": "band", "step": D("1")}, "kind"),
        ({"kind": "load"}, "step"),
        ({"kind": "load", "step": D("0")}, "step"),
        ({"kind": "load", "step": D("-1")}, "step"),
        ({"kind": "load", "step": 2.5}, "step"),
        ({"kind": "load", "step": 5}, "step"),
        ({"kind": "load", "step": D("NaN")}, "step"),
        ({"kind": "load", "step": D("Infinity")}, "step"),
        ({"kind": "load", "step": D("1"), "min": D("-1")}, "min"),
        ({"kind": "load", "explicit": (D("0"), D("5"))}, "listed weight"),
        ({"kind": "load", "explicit": (D("5"), D("5"))}, "explicit"),
        ({"kind": "load", "explicit": (D("5"), D("2"))}, "explicit"),
        ({"kind": "load", "explicit": [D("5")]}, "explicit"),
        ({"kind": "added", "step": D("1"), "body": D("0")}, "body"),
        ({"kind": "added", "step": D("1"), "unit": "stone"}, "unit"),
    ],
)
def test_it_refuses_settings_that_make_no_grid(settings, named):  # I20
    with pytest.raises(EngineError, match=named):
        Grid(**settings)


@pytest.mark.parametrize(
    ("equipment", "loading", "kind", "kg", "lb"),
    [
        ("barbell", "weight", "load", ("2.5", "20"), ("5", "45")),  # (step, lightest)
        ("dumbbell", "weight", "load", ("2", "2"), ("5", "5")),
        ("machine", "weight", "load", ("5", "5"), ("10", "10")),
        ("cable", "weight", "load", ("5", "5"), ("10", "10")),
        ("plate_loaded", "weight", "load", ("2.5", "0"), ("5", "0")),
        ("other", "weight", "load", ("2.5", "0"), ("5", "0")),
        ("bodyweight", "weight", "load", ("2.5", "0"), ("5", "0")),
        ("bodyweight", "added", "added", ("2.5", "0"), ("5", "0")),
        ("machine", "assisted", "assist", ("5", "0"), ("10", "0")),
    ],
)
@pytest.mark.parametrize("body", [None, D("80")])
def test_every_equipment_has_its_default_steps(equipment, loading, kind, kg, lb, body):
    for unit, (step, least) in (("kg", kg), ("lb", lb)):
        grid = default_grid(equipment=equipment, loading=loading, unit=unit, body=body)
        assert grid == Grid(kind=kind, step=D(step), min=D(least), unit=unit, body=body)


@pytest.mark.parametrize("unit", ["kg", "lb"])
def test_plain_body_weight_has_one_setting(unit):
    grid = default_grid(equipment="bodyweight", loading="bodyweight", unit=unit, body=D("80"))
    assert grid == Grid(kind="added", explicit=(D("0"),), body=D("80"), unit=unit)


def test_kilograms_and_compound_exercises_are_meant_where_nothing_is_said():
    said = default_grid(equipment="barbell", loading="weight", mechanic="compound", unit="kg")
    assert default_grid(equipment="barbell", loading="weight") == said


def test_a_configuration_without_the_equipment_is_refused():
    with pytest.raises(EngineError, match=r"^the configuration has no defaults for 'barbell'"):
        default_grid(equipment="barbell", loading="weight", config=replace(CONFIG, equipment=()))


@pytest.mark.parametrize("unit", ["stone", None])
def test_defaults_refuse_other_units(unit):
    with pytest.raises(EngineError, match=r"^unit must be"):
        default_grid(equipment="bodyweight", loading="bodyweight", unit=unit)


@pytest.mark.parametrize(
    ("equipment", "loading", "compound", "isolation"),
    [
        ("barbell", "weight", (6, 10), (8, 12)),
        ("other", "weight", (6, 10), (8, 12)),
        ("dumbbell", "weight", (8, 12), (10, 15)),
        ("machine", "weight", (10, 15), (10, 15)),
        ("cable", "weight", (10, 15), (10, 15)),
        ("plate_loaded", "weight", (8, 12), (8, 12)),
        ("bodyweight", "added", (6, 15), (6, 15)),
        ("bodyweight", "bodyweight", (8, 20), (8, 20)),
        ("machine", "assisted", (6, 12), (6, 12)),
    ],
)
def test_every_equipment_has_its_default_rep_range(equipment, loading, compound, isolation):
    address = {"equipment": equipment, "loading": loading}
    assert default_rep_range(**address, mechanic="compound") == compound
    assert default_rep_range(**address, mechanic="isolation") == isolation


@pytest.mark.parametrize(
    ("change", "named"),
    [
        ({"equipment": "kettle"}, "equipment"),
        ({"loading": "lots"}, "loading"),
        ({"mechanic": "x"}, "mechanic"),
    ],
)
def test_defaults_refuse_unknown_words(change, named):
    address = {"equipment": "barbell", "loading": "weight", "mechanic": "compound"} | change
    with pytest.raises(EngineError, match=named):
        default_grid(**address)
    with pytest.raises(EngineError, match=named):
        default_rep_range(**address)


def test_the_unit_is_a_label_and_changes_no_number():
    assert KG.harder(Decimal("100")) == Grid(kind="load", step=D("2.5"), unit="lb").harder(Decimal("100"))
