from dataclasses import replace

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from training.progression import Done, EngineError, fell_twice, kept, performance, reps_fallen
from training.progression.tests.cases import KG, D, grids, log, logs, plan, plans, quick, rep_ranges

PLAN = plan("3x100x10 @2", drop="1")  # targets 10, 9, 8
LAST_WEEK = log("100", 9, 8, 7)


@pytest.mark.parametrize(
    ("weight", "reps", "expected"),
    [
        ("100", (10, 9, 8), 1),
        ("100", (12, 11, 10), 0),
        ("100", (9, 8, 8), 2),
        ("100", (8, 7, 6), 3),
        ("105", (8, 8, 7), 1),
        ("100", (), None),
    ],
)
def test_the_score_follows_the_plan_and_last_week(weight, reps, expected):  # example 34
    assert performance(PLAN, done=log(weight, *reps), prev_done=LAST_WEEK, grid=KG) == expected


@pytest.mark.parametrize(
    ("reps", "prev_rir", "expected"),
    [((9,), 2, 1), ((10, 9), 2, 1), ((9, 9), 2, 3), ((9,), 3, 3), ((9,), None, 3), ((8,), 2, 3)],
)
def test_one_rep_short_in_one_set_is_noise_at_the_same_effort(reps, prev_rir, expected):  # example 42
    planned = plan(f"{len(reps)}x100x10 @2")
    score = performance(planned, done=log("100", *reps), prev_done=log("100", 10, 10), grid=KG, prev_rir=prev_rir)
    assert score == expected


@pytest.mark.parametrize(("weight", "expected"), [("80", 2), ("120", 1)])
def test_far_from_the_plan_it_neither_condemns_nor_praises(weight, expected):  # example 43
    assert performance(PLAN, done=log(weight, 10, 9, 8), grid=KG) == expected


def test_logged_effort_decides_far_from_the_plan():
    assert performance(PLAN, done=log("120", 10, 9, 8, rir=2), grid=KG) == 0
    assert performance(PLAN, done=log("80", 5, 5, 5, rir=0), prev_done=log("80", 9, 8, 7), grid=KG) == 3


def test_logged_effort_counts_as_reps():
    assert performance(PLAN, done=log("100", 10, 9, 8, rir=4), grid=KG) == 0
    assert performance(PLAN, done=log("100", 10, 9, 8, rir=D("1.5")), grid=KG) == 2
    assert performance(PLAN, done=log("100", 10, 9, 8, rir=9), grid=KG) == 0  # counts as 5


def test_extra_sets_and_sets_away_from_the_planned_weight_do_not_count():
    easy_extras = log("100", 10, 9, 8, 1)
    assert performance(PLAN, done=easy_extras, grid=KG) == 1
    back_off = [*log("100", 10), *log("60", 40, 40)]
    assert performance(PLAN, done=back_off, grid=KG) == 1


def test_only_sets_at_one_weight_are_held_against_last_week():
    prev_done = [*log("100", 9, 9), *log("60", 40)]
    assert performance(PLAN, done=log("100", 9, 9, 7), prev_done=prev_done, grid=KG) == 2


def test_one_heroic_set_counts_five_reps_at_most():
    assert performance(PLAN, done=log("100", 10, 9, 20), grid=KG) == 1


def test_a_missed_set_is_never_better_than_planned():
    five_sets = plan("5x100x10 @2", drop="1")
    assert performance(five_sets, done=log("100", 20, 20, 20, 20, 0), grid=KG) == 1
    assert performance(five_sets, done=log("100", 20, 20, 20, 20, 5), grid=KG) == 0


@pytest.mark.parametrize(("short", "expected"), [(0, 1), (2, 1), (3, 2)])
def test_missed_is_half_a_rep_a_set(short, expected):
    six_sets = plan("6x100x10 @2")
    reps = [9] * short + [10] * (6 - short)
    assert performance(six_sets, done=log("100", *reps), grid=KG) == expected
    five_sets = plan("5x100x10 @2")
    assert performance(five_sets, done=log("100", 9, 9, 10, 10, 10), grid=KG) == 1  # 0.4


def test_without_last_week_nothing_is_below_it():
    assert performance(PLAN, done=log("100", 5, 4, 3), grid=KG) == 2


def test_a_plan_without_weight_takes_the_weight_that_was_chosen():
    asked = replace(PLAN, weight=None)
    assert performance(asked, done=log("60", 10, 9, 8), grid=KG) == 1
    assert performance(asked, done=log("60", 12, 11, 10), grid=KG) == 0


@pytest.mark.parametrize(
    ("done", "expected"),
    [
        (log("80", 5, 5), 2),  # all lighter: at worst 2
        (log("120", 30, 30), 1),  # all heavier: at best 1
        ([*log("120", 26), *log("80", 35)], 1),  # some of each: neither 0
        ([*log("120", 7), *log("80", 10)], 2),  # nor 3
        ([*log("120", 26), *log("80", 33, rir=5)], 1),  # effort was not logged for all
        (log("120", 5, 5), 3),
        (log("80", 60, 60), 0),
    ],
)
def test_away_from_the_plan_lighter_sets_condemn_no_one_and_heavier_ones_praise_no_one(done, expected):
    two_sets = plan("2x100x20 @2")
    assert performance(two_sets, done=done, prev_done=log("100", 30, 30), grid=KG) == expected


@pytest.mark.parametrize(
    ("reps", "last_week", "expected"),
    [
        ((10, 9, 8), (12, 11, 10), 1),  # as planned is as planned, whatever came before
        ((10, 9, 7), (11, 10, 8), 3),  # a rep a set below last week
        ((10, 9, 7), (11, 10, 7), 1),  # two reps in three sets
        ((10, 8, 7), (10, 8, 7), 2),
        ((12, 10, 9), (9, 8, 7), 1),  # better takes two reps a set
        ((12, 11, 10), (20, 20, 20), 0),
    ],
)
def test_below_last_week_takes_a_rep_a_set_and_a_plan_not_met(reps, last_week, expected):
    assert performance(PLAN, done=log("100", *reps), prev_done=log("100", *last_week), grid=KG) == expected


def test_an_unknown_target_is_not_the_same_effort():
    hard = plan("1x100x10 @0")
    assert performance(hard, done=log("100", 9), prev_done=log("100", 9), grid=KG, prev_rir=0) == 1
    assert performance(hard, done=log("100", 9), prev_done=log("100", 9), grid=KG) == 2


def test_a_better_set_does_not_excuse_two_that_were_short():
    two_sets = plan("2x100x10 @2")
    last_week = log("100", 10, 10)
    scores = [
        performance(two_sets, done=log("100", *reps), prev_done=last_week, grid=KG, prev_rir=2)
        for reps in ((10, 9), (11, 9), (11, 8), (9, 9), (10, 8))
    ]
    assert scores == [1, 1, 2, 3, 3]


@pytest.mark.parametrize(
    ("done", "prev_done", "expected"),
    [((8, 7, 6), (9, 8, 7), True), ((9, 8, 7), (9, 8, 7), False)],
)
def test_falling_twice_takes_two_reps_in_all(done, prev_done, expected):  # example 44
    sessions = {"done": log("100", *done), "prev_done": log("100", *prev_done)}
    assert fell_twice(3, prev_perf=3, **sessions, prev2_done=log("100", 10, 9, 8), grid=KG) is expected


@pytest.mark.parametrize(
    "change",
    [
        {"perf": 2},
        {"perf": None},
        {"prev_perf": 2},
        {"prev_perf": None},
        {"prev2_done": []},
        {"prev_done": []},
        {"prev_done": log("90", 9, 8, 7)},
        {"prev2_done": log("80", 10, 9, 8)},
    ],
)
def test_what_is_unknown_is_no_second_fall(change):
    known = {
        "perf": 3,
        "prev_perf": 3,
        "done": log("100", 8, 7, 6),
        "prev_done": log("100", 9, 8, 7),
        "prev2_done": log("100", 10, 9, 8),
        "grid": KG,
    }
    assert fell_twice(known.pop("perf"), **known)
    changed = {"perf": 3, **known} | change
    assert not fell_twice(changed.pop("perf"), **changed)


@pytest.mark.parametrize(
    ("done", "before", "lost"),
    [
        (log("100", 8, 7, 6), log("100", 10, 9, 8), 2),
        (log("100", 8, 7), log("100", 10, 10), 3),  # 2.5 a set goes up
        (log("100", 8, 7, 6), log("100", 10, 9, 9), 2),  # 2.33 a set goes down
        (log("100", 8), log("100", 9, 9, 9), 1),  # only sets that both sessions have
        (log("100", 2), log("100", 10), 5),  # one set proves five reps at most
        (log("105", 8), log("100", 10), 1),  # 5 % more weight explains one rep of the two
        (log("100", 10, 9, 8), log("100", 10, 9, 8), 0),
        (log("100", 12, 12, 12), log("100", 10, 9, 8), 0),
        ([], log("100", 10, 9, 8), None),
        (log("100", 8, 7, 6), [], None),
    ],
)
def test_the_reps_lost_per_set_are_told_in_whole_reps(done, before, lost):
    assert reps_fallen(done, prev2_done=before, grid=KG) == lost


@pytest.mark.parametrize(
    ("change", "named"),
    [
        ({"done": log("0", 8)}, "weight in done"),
        ({"prev2_done": log("0", 8)}, "weight in prev2_done"),
        ({"prev2_done": None}, "prev2_done"),
    ],
)
def test_reps_lost_refuse_logs_that_cannot_be(change, named):  # I20
    known = {"done": log("100", 8), "prev2_done": log("100", 10), "grid": KG} | change
    with pytest.raises(EngineError, match=f"^{named} must be"):
        reps_fallen(known.pop("done"), **known)


@given(st.data())
@quick
def test_the_score_is_the_same_every_time_and_within_its_scale(data):  # I1
    grid = data.draw(grids())
    lo, hi = data.draw(rep_ranges())
    planned = data.draw(plans(grid, lo, hi))
    done, prev_done = data.draw(logs(grid, planned)), data.draw(logs(grid, planned))
    once, again = (
        performance(planned, done=done, prev_done=prev_done, grid=grid, prev_rir=planned.rir) for _ in range(2)
    )
    assert once == again
    assert (once is None) == (not kept(planned, done=done, grid=grid))
    assert once is None or 0 <= once <= 3


@given(st.data())
@quick
def test_one_more_rep_in_every_set_never_scores_worse(data):
    grid = data.draw(grids())
    lo, hi = data.draw(rep_ranges())
    planned = data.draw(plans(grid, lo, hi))
    done = data.draw(logs(grid, planned, least_reps=1, min_size=1))
    prev_done = data.draw(logs(grid, planned))
    more = [replace(each, reps=each.reps + 1) for each in done]
    scores = [
        performance(planned, done=sets, prev_done=prev_done, grid=grid, prev_rir=planned.rir) for sets in (done, more)
    ]
    counted = [[index for index, _ in kept(planned, done=sets, grid=grid)] for sets in (done, more)]
    assume(counted == [list(range(len(done[: planned.sets])))] * 2)  # of sets that count
    assert scores[1] <= scores[0]


@given(st.data(), st.lists(st.integers(0, 40), min_size=1, max_size=5))
@quick
def test_sets_all_away_from_the_plan_are_not_judged_by_the_conversion(data, reps):  # I21
    grid = data.draw(grids())
    lo, hi = data.draw(rep_ranges())
    planned = data.draw(plans(grid, lo, hi))
    prev_done = data.draw(logs(grid, planned))
    factor = data.draw(st.sampled_from([D("0.2"), D("0.6"), D("0.9"), D("1.1"), D("1.6"), D("3")]))
    weight = planned.weight * factor
    if grid.near(weight, to=planned.weight):
        return
    done = [Done(weight=weight, reps=each) for each in reps]
    score = performance(planned, done=done, prev_done=prev_done, grid=grid, prev_rir=planned.rir)
    assert score != (0 if grid.is_harder(weight, than=planned.weight) else 3)


@pytest.mark.parametrize(
    ("change", "named"),
    [
        ({"done": log("0", 8)}, "done"),
        ({"prev_done": log("0", 8)}, "prev_done"),
        ({"done": None}, "done"),
        ({"done": ["100x8"]}, "done"),
        ({"prev_rir": -1}, "prev_rir"),
        ({"prev_rir": 11}, "prev_rir"),
        ({"prev_rir": D("2")}, "prev_rir"),
        ({"grid": "kg"}, "grid"),
        ({"plan": None}, "plan"),
    ],
)
def test_it_refuses_logs_that_cannot_be(change, named):  # I20
    inside = {"plan": PLAN, "done": log("100", 8), "grid": KG}
    for prev_rir in (0, 10):
        performance(**inside, prev_rir=prev_rir)
    with pytest.raises(EngineError, match=f"^(weight in )?{named} must be"):
        performance(**inside | change)


@pytest.mark.parametrize(
    ("change", "named"),
    [
        ({"perf": 4}, "perf"),
        ({"prev_perf": -1}, "prev_perf"),
        ({"done": None}, "done"),
        ({"prev_done": ["100x8"]}, "prev_done"),
        ({"prev2_done": log("0", 8)}, "weight in prev2_done"),
    ],
)
def test_a_second_fall_refuses_what_cannot_be(change, named):  # I20
    known = {"perf": 3, "prev_perf": 3, "done": [], "prev_done": [], "prev2_done": [], "grid": KG} | change
    with pytest.raises(EngineError, match=f"^{named} must be"):
        fell_twice(known.pop("perf"), **known)
