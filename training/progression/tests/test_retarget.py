import json
import math
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from training.progression import CONFIG, Done, EngineError, Grid, calibrate, down_set, retarget, sentence
from training.progression.tests.cases import (
    ASSISTED,
    BAR,
    KG,
    PULL_UP,
    PULL_UP_BODY_UNKNOWN,
    D,
    codes,
    grids,
    quick,
    shown,
    weights,
)

CASES = json.loads(Path(__file__).with_name("retarget_cases.json").read_text())
DOWN_CASES = json.loads(Path(__file__).with_name("down_set_cases.json").read_text())
DUMBBELLS = Grid(kind="load", explicit=(D("5"), D("10"), D("15"), D("16")))
ONE_SETTING = Grid(kind="added", explicit=(D("0"),), body=D("80"))


def grid_in(case):
    return Grid(
        kind=case["kind"],
        step=case["step"] and D(case["step"]),
        min=D(case["min"]),
        explicit=tuple(map(D, case["explicit"])),
        body=D(case["body"]) if case.get("body") else None,
        unit=case["unit"],
    )


def of(case):
    """Returns (reps, w_plan, w_new, grid) of one row of the table, by which the page's JavaScript is tested too."""
    return case["reps"], D(case["planned"]), D(case["picked"]), grid_in(case)


def name(case):
    listed = " listed" if case["explicit"] else ""
    body = f" body {case['body']}" if case["body"] else ""
    return f"{case['kind']}{listed}{body} {case['reps']}x{case['planned']} to {case['picked']} {case['unit']}"


@pytest.mark.parametrize("case", CASES, ids=name)
def test_another_weight_brings_other_reps(case):  # example 35 is among them
    assert retarget(*of(case)) == case["expect"]


@pytest.mark.parametrize("case", CASES, ids=name)
def test_the_table_leaves_no_room_for_rounding_unless_it_says_so(case):
    """Binary floating point must give the same reps. It may differ only at a threshold, where `exact` warns."""
    reps, w_plan, w_new, grid = of(case)
    margins = [1.0]
    here, there = grid.load_moved(w_plan), grid.load_moved(w_new)
    if here is not None and there is not None:
        margins.append(abs(max(here, there) / min(here, there) - CONFIG.retarget_limit))
    else:
        margins.append(abs(abs(grid.steps(w_plan, to=w_new)) - CONFIG.steps_limit))
    if case["expect"] is not None:
        expected = reps - grid.cost_in_reps(w_plan, to=w_new, k=CONFIG.k_expect)
        margins.append(abs(expected - round(expected)))
    assert (min(margins) < 1e-6) == case.get("exact", False)


def test_the_table_covers_every_kind_of_grid():
    assert len(CASES) >= 40
    seen = {(case["kind"], bool(case["explicit"]), bool(case["body"]), case["expect"] is None) for case in CASES}
    for kind in ("load", "added", "assist"):
        assert {(each[0], each[3]) for each in seen} >= {(kind, False), (kind, True)}
    assert {case["unit"] for case in CASES} == {"kg", "lb"}


@given(st.data())
@quick
def test_the_harder_the_fewer_and_the_same_stays(data):
    grid = data.draw(grids())
    planned = data.draw(weights(grid))
    reps = data.draw(st.integers(1, 30))
    assert retarget(reps, planned, planned, grid) == reps
    harder, easier = grid.harder(planned), grid.easier(planned)
    for weight, least, most in ((harder, 1, reps), (easier, reps, math.inf)):
        if weight is not None:
            expected = retarget(reps, planned, weight, grid)
            assert expected is None or least <= expected <= most


@pytest.mark.parametrize(
    ("arguments", "named"),
    [
        ((0, D("100"), D("100"), KG), "reps"),
        ((8.0, D("100"), D("100"), KG), "reps"),
        ((8, D("0"), D("100"), KG), "w_plan"),
        ((8, D("100"), D("0"), KG), "w_new"),
        ((8, D("100"), 100.0, KG), "w_new"),
        ((8, D("100"), D("100"), None), "grid"),
    ],
)
def test_retarget_refuses_what_cannot_be(arguments, named):  # I20
    with pytest.raises(EngineError, match=named):
        retarget(*arguments)


# -- a set below the range --------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("reps", "weight", "grid", "expected"),
    [
        (7, "100", KG, "Fewer than 8 reps: take 97.5 kg for the next sets."),
        (0, "100", KG, "Fewer than 8 reps: take 97.5 kg for the next sets."),
        (7, "30", ASSISTED, "Fewer than 8 reps: take 35 kg of help for the next sets."),
        (7, "5", PULL_UP, "Fewer than 8 reps: take 2.5 kg added for the next sets."),
        (7, "2.5", PULL_UP, "Fewer than 8 reps: take your own body weight for the next sets."),
        (7, "101", KG, "Fewer than 8 reps: take 100 kg for the next sets."),
        (8, "100", KG, None),
        (7, "20", BAR, None),
        (7, "0", PULL_UP, None),
    ],
)
def test_a_set_below_the_range_suggests_one_step_easier(reps, weight, grid, expected):
    reason = down_set(reps, 8, D(weight), grid)
    assert (reason and sentence(reason)) == expected
    assert reason is None or reason.code == "DOWN_SET"


@pytest.mark.parametrize("case", DOWN_CASES, ids=lambda case: f"{case['kind']} {case['weight']} {case['expect']}")
def test_the_suggestion_is_the_next_easier_setting(case):
    reason = down_set(7, 8, D(case["weight"]), grid_in(case))
    assert (reason and reason.params["weight"]) == case["expect"]
    assert (reason and sentence(reason)) == case["words"]


def test_the_suggestion_carries_its_weight():
    assert down_set(7, 8, D("100"), KG).params == {"lo": 8, "weight": "97.5", "unit": "kg", "kind": "load"}


@pytest.mark.parametrize(
    ("arguments", "named"),
    [
        ((-1, 8, D("100"), KG), "reps_done"),
        ((None, 8, D("100"), KG), "reps_done"),
        ((7, 0, D("100"), KG), "lo"),
        ((7, 31, D("100"), KG), "lo"),
        ((7, 8, D("0"), KG), "weight"),
        ((7, 8, D("100"), None), "grid"),
    ],
)
def test_down_set_refuses_what_cannot_be(arguments, named):  # I20
    with pytest.raises(EngineError, match=named):
        down_set(*arguments)


# -- the first set as calibration -------------------------------------------------------------------


def first(weight, reps, rir=None):
    return Done(weight=D(weight), reps=reps, rir=rir)


def calibrated(done, grid=KG, lo=8, hi=12, rir=3, sets=3):
    return calibrate(done, lo=lo, hi=hi, grid=grid, rir=rir, sets=sets)


@pytest.mark.parametrize(
    ("done", "grid", "expected"),
    [
        (first("60", 10), KG, "60 x 8-10 @3"),
        (first("60", 8), KG, "60 x 8 @3"),
        (first("60", 12), KG, "60 x 8-12 @3"),
        (first("61", 12), KG, "61 x 8-12 @3"),  # off the grid, and good enough
        (first("60", 12, 2), KG, "60 x 8-11 @3"),  # one less in reserve than asked for
        (first("60", 12, D("3.5")), KG, "60 x 8-12 @3"),  # 12.5 is not 13
        (first("60", 12, 5), KG, "65 x 8-10 @3"),  # as good as 14
        (first("60", 8, 2), KG, "55 x 8-10 @3"),  # as good as 7: 57.5 gives 8.6, 55 gives 10.3
        (first("60", 10, D("1.5")), KG, "60 x 8 @3"),  # 8.5
        (first("60", 8, 9), KG, "60 x 8-10 @3"),  # 9 in reserve count as 5
        (first("60", 13), KG, "62.5 x 8-11 @3"),  # 65 would give 9.9
        (first("60", 30), KG, "75 x 8-12 @3"),  # a quarter at most
        (first("60", 1), KG, "50 x 7 @3"),  # 47.5 is over a quarter away
        (first("15", 3), BAR, "15 x 3 @3"),  # nothing lighter
        (first("15", 2, 0), BAR, "15 x 1 @3"),  # nobody can be asked for less
        (first("5", 30), DUMBBELLS, "5 x 8-30 @3"),  # 10 would give 3
        (first("10", 3), DUMBBELLS, "5 x 8-12 @3"),  # one step, however large
        (first("15", 18), DUMBBELLS, "16 x 8-12 @3"),
        (first("0", 26), ONE_SETTING, "0 x 8-26 @3"),
        (first("0", 45), ONE_SETTING, "0 x 8-30 @3"),
        (first("0", 13), PULL_UP_BODY_UNKNOWN, "2.5 x 8-11 @3"),
        (first("0", 14), PULL_UP_BODY_UNKNOWN, "5 x 8-10 @3"),
        (first("10", 6), PULL_UP_BODY_UNKNOWN, "5 x 8-10 @3"),
        (first("0", 30), PULL_UP_BODY_UNKNOWN, "10 x 8-12 @3"),  # four steps at most
        (first("30", 7), ASSISTED, "35 x 8-11 @3"),
        (first("30", 14), ASSISTED, "25 x 8-10 @3"),
    ],
)
def test_the_first_set_decides_the_rest(done, grid, expected):
    planned = calibrated(done, grid)
    assert (shown(planned), codes(planned), planned.sets, planned.drop) == (expected, ["SEED_FIRST_SET"], 3, 1)


def test_one_set_is_enough_to_plan_for():
    assert calibrated(first("60", 10), sets=1, rir=0).sets == 1


def test_each_further_set_has_a_rep_less():
    assert [calibrated(first("60", 10)).target(index) for index in range(4)] == [10, 9, 8, 8]


@pytest.mark.parametrize(
    ("done", "grid", "expected"),
    [
        (first("60.0", 10), KG, "Worked out from your first set: 10 reps with 60 kg."),
        (first("0", 10), PULL_UP, "Worked out from your first set: 10 reps with your own body weight."),
        (first("30", 10), ASSISTED, "Worked out from your first set: 10 reps with 30 kg of help."),
    ],
)
def test_it_says_what_it_went_by(done, grid, expected):
    assert sentence(calibrated(done, grid).reasons[0]) == expected


def test_a_missed_first_set_shows_nothing():
    assert calibrated(first("60", 0, 2)) is None


def test_the_search_for_a_weight_ends_after_sixty_steps():  # I20
    fine = Grid(kind="load", step=D("0.01"))
    assert calibrated(first("60", 30), fine).weight == D("60.60")
    assert calibrated(first("60", 1), fine).weight == D("59.40")


@pytest.mark.parametrize(
    ("change", "named"),
    [
        ({"first": "60x10"}, "first must be a Done"),
        ({"first": first("0", 10)}, "first"),
        ({"grid": None}, "grid"),
        ({"lo": 0}, "lo"),
        ({"hi": 31}, "hi"),
        ({"rir": None}, "rir"),
        ({"rir": 6}, "rir"),
        ({"rir": -1}, "rir"),
        ({"sets": 0}, "sets"),
        ({"sets": 16}, "sets"),
    ],
)
def test_calibrate_refuses_what_cannot_be(change, named):  # I20
    inside = {"first": first("60", 10), "lo": 8, "hi": 12, "grid": KG, "rir": 3, "sets": 3}
    with pytest.raises(EngineError, match=named):
        calibrate(**inside | change)


@given(st.data())
@quick
def test_a_first_set_is_never_taken_for_more_than_it_showed(data):  # I1, I10, I11, I18
    grid = data.draw(grids())
    weight, reps = data.draw(weights(grid)), data.draw(st.integers(1, 40))
    lo = data.draw(st.integers(1, 20))
    hi, rir = lo + data.draw(st.integers(0, 10)), data.draw(st.integers(0, 5))
    done = first(f"{weight}", reps, data.draw(st.none() | st.integers(0, 10)))
    planned = calibrated(done, grid, lo, hi, rir)
    assert planned == calibrated(done, grid, lo, hi, rir)
    assert planned.weight == weight or grid.is_on(planned.weight)
    credited = done.credited_rir()
    effort = reps + (Decimal(rir) if credited is None else credited)
    cost = grid.cost_in_reps(weight, to=planned.weight, k=CONFIG.k_choose)
    assert planned.reps == 1 or planned.reps + rir + cost <= effort
    one_step = planned.weight in (grid.harder(weight), grid.easier(weight))
    here, there = grid.load_moved(weight), grid.load_moved(planned.weight)
    if here is None or there is None:
        assert one_step or abs(grid.steps(weight, to=planned.weight)) <= 4
    else:
        assert one_step or D("0.8") <= there / here <= D("1.25")
    assert all(sentence(reason).endswith(".") for reason in planned.reasons)
