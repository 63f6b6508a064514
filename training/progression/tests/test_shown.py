from dataclasses import replace

import pytest

from training.progression import Shown, main_weight, shown
from training.progression.load.showing.shown import shown_by_plan
from training.progression.tests.cases import ASSISTED, KG, D, log, plan

PLAN = plan("3x100x10 @2", drop="1")  # targets 10, 9, 8


@pytest.mark.parametrize(
    ("grid", "done", "expected"),
    [
        (KG, log("100", 8, 8), "100"),
        (KG, [*log("90", 8, 8), *log("100", 8)], "90"),
        (KG, [*log("90", 8), *log("100", 8)], "100"),  # a tie goes to the harder
        (ASSISTED, [*log("30", 8), *log("20", 8)], "20"),
        (KG, [*log("100", 0, 0), *log("90", 8)], "90"),  # missed sets speak only where all are
        (KG, [*log("100", 0, 0), *log("90", 0)], "100"),
        (KG, [], None),
    ],
)
def test_the_main_weight_is_that_of_most_sets(grid, done, expected):
    assert main_weight(done, grid=grid) == (expected and D(expected))


@pytest.mark.parametrize(
    ("done", "reps", "rir"),
    [
        (log("100", 8, 10, 9), "10", "2"),  # the best set, wherever it came
        (log("100", 10, 10, 10), "10", "2"),
        (log("100", 9, 8, 7), "9", "1"),  # a rep short of its target was a rep nearer to failure
        (log("100", 6, 5, 4), "6", "0"),
        (log("100", 12, 9, 8), "12", "2"),  # more reps than asked say nothing about effort
        (log("100", 10, 9, 8, rir=4), "10", "4"),
        (log("100", 10, 9, 8, rir=9), "10", "5"),  # counts as 5
        ([*log("100", 8, rir=1), *log("100", 8, rir=3)], "8", "1"),  # with equal reps, the first
        ([*log("100", 9), *log("100", 9, rir=0)], "9", "0"),  # what was said counts before all
        (log("100", 8, 8, 8), "8", "0"),  # short of the target of set 1, wherever it came
        (log("100", 10, 9, 8, 15), "10", "2"),  # beyond the plan
        (log("100", 0, 0, 0), "0", "0"),
        (log("100", 0, 9), "9", "1"),
    ],
)
def test_a_session_shows_its_best_set_and_what_it_left_in_reserve(done, reps, rir):
    what = shown(PLAN, done=done, grid=KG)
    assert (what.weight, what.reps, what.rir) == (D("100"), D(reps), D(rir))


@pytest.mark.parametrize(
    ("done", "reps"),
    [
        ([*log("105", 9), *log("100", 8, 8)], "9.98"),  # heavier: 0.98 more (k 0.05), not 1.86 (k 0.0262)
        ([*log("95", 14), *log("100", 8, 8)], "12.04"),  # lighter: 1.96 fewer (k 0.0262), not 1.03 (k 0.05)
    ],
)
def test_a_set_at_another_weight_is_credited_with_the_less_of_two(done, reps):
    what = shown(PLAN, done=done, grid=KG)
    assert what.weight == D("100")
    assert what.reps.quantize(D("0.01")) == D(reps)


@pytest.mark.parametrize(
    ("reps", "drop"),
    [
        ((10,), "1"),  # one set shows nothing about it
        ((10, 9), "1"),
        ((10, 9, 9), "0.5"),
        ((10, 9, 8, 8), "0.66"),  # rounded down
        ((8, 9, 10), "0"),
        ((10, 4, 2), "2"),
        ((10, 5, 9), "0.5"),  # from the first to the last
        ((10, 2, 9), "1"),  # an odd one is left out
        ((10, 0, 8), "2"),  # missed sets are left out
        ((0, 0), "0"),
    ],
)
def test_the_decline_is_what_each_set_lost(reps, drop):
    five_sets = plan("5x100x10 @2")
    assert shown(five_sets, done=log("100", *reps), grid=KG).drop == D(drop)


@pytest.mark.parametrize(
    ("reps", "missed"), [((10, 9, 8), False), ((10, 9, 0), True), ((0, 9, 8), True), ((10, 9, 8, 0), False)]
)
def test_a_missed_set_is_told_where_it_was_one_of_the_plan(reps, missed):
    assert shown(PLAN, done=log("100", *reps), grid=KG).zero is missed


def test_a_plan_without_a_target_gives_nothing_in_reserve():
    assert shown(replace(PLAN, rir=None), done=log("100", 10), grid=KG).rir == 0


def test_without_a_log_the_plan_is_taken_at_its_word():
    as_planned = Shown(weight=D("100"), capacity=D("12"), reps=D("10"), rir=D("2"), best=D("10"), drop=D("1"))
    assert shown_by_plan(PLAN) == as_planned
    assert shown_by_plan(replace(PLAN, rir=None)) == replace(as_planned, rir=D("0"), capacity=D("10"))
