"""Odd sets: a slip of the thumb changes nothing, and what is done again counts."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from training.progression import Done, EngineError, Grid, kept, main_weight, odd, performance, plan_sets, sentence
from training.progression.tests.cases import (
    ASSISTED,
    KG,
    PULL_UP,
    PULL_UP_BODY_UNKNOWN,
    D,
    codes,
    grids,
    load,
    log,
    plan,
    quick,
    shown,
    weights,
)
from training.progression.tests.set_cases import ctx, ex

ASKED = plan("3x100x10 @2", drop="1")


def done(weight, reps, rir=None):
    return Done(weight=D(weight), reps=reps, rir=rir)


@pytest.mark.parametrize(
    ("one", "is_odd"),
    [
        # The load: 60 to 150 % of the planned one.
        (done("60", 15), False),
        (done("59.9", 15), True),
        (done("150", 3), False),
        (done("150.1", 3), True),
        (done("1000", 10), True),
        (done("150", 8), False),  # 23.5 reps to failure at 100 kg; 24 are believed
        (done("150", 9), True),
        # More reps than expected: half as many again (12 to failure).
        (done("100", 18), False),
        (done("100", 19), True),
        (done("100", 99), True),
        # Fewer: below 10 / 2.5, unless the RIR is said.
        (done("100", 4), False),
        (done("100", 3), True),
        (done("100", 3, rir=0), False),
        (done("100", 0), False),  # a missed set never is
        # Capacity: 12 more than asked.
        (done("100", 14, rir=10), False),
        (done("100", 15, rir=10), True),
    ],
)
def test_a_set_is_odd_where_it_is_unlike_what_was_asked(one, is_odd):
    assert odd(one, plan=ASKED, grid=KG) is is_odd


@pytest.mark.parametrize(
    ("grid", "planned", "one", "is_odd"),
    [
        (PULL_UP, "2x0x9 @2", done("20", 5), False),  # 100 of 80 kg
        (PULL_UP, "2x0x9 @2", done("22.5", 5), True),
        (ASSISTED, "2x20x9 @2", done("5", 5), False),  # 75 of 60 kg
        (ASSISTED, "2x20x9 @2", done("0", 5), True),
        (PULL_UP_BODY_UNKNOWN, "2x20x12 @2", done("35", 3, rir=0), False),  # six steps of 2.5
        (PULL_UP_BODY_UNKNOWN, "2x20x12 @2", done("37.5", 3, rir=0), True),
        (ASSISTED, "2x60x9 @2", done("80", 9), False),  # help that takes all: four steps of 5
        # One rep at least is expected: then five more are no slip.
        (KG, "1x100x1 @0", done("110", 6), False),
        (KG, "1x100x1 @0", done("110", 7), True),
    ],
)
def test_where_the_body_is_moved_less_is_odd(grid, planned, one, is_odd):
    assert odd(one, plan=plan(planned), grid=grid) is is_odd


@pytest.mark.parametrize(("reps", "is_odd"), [(15, False), (16, True)])
def test_where_no_rir_was_asked_the_reps_alone_are_expected(reps, is_odd):
    assert odd(done("100", reps), plan=replace(ASKED, rir=None), grid=KG) is is_odd


@pytest.mark.parametrize(
    ("change", "named"),
    [
        ({"one": "100 x 10"}, r"\bone\b"),
        ({"one": done("0", 10)}, r"\bone\b"),
        ({"plan": replace(ASKED, weight=D(0))}, "planned weight"),
        ({"index": -1}, "index"),
        ({"refs": log("0", 10)}, r"\brefs\b"),
    ],
)
def test_it_refuses_what_cannot_be(change, named):  # I20
    asked = {"one": done("100", 10), "plan": ASKED, "grid": KG} | change
    with pytest.raises(EngineError, match=named):
        odd(asked.pop("one"), **asked)


def test_what_was_done_before_is_not_odd():
    heavy = done("160", 5)
    assert odd(heavy, plan=ASKED, grid=KG)
    assert not odd(heavy, plan=ASKED, refs=log("150", 5), grid=KG)
    assert not odd(Done(weight=D("160"), reps=5, confirmed=True), plan=ASKED, grid=KG)
    asking = plan("3x100x10 @2")
    nothing = type(asking)(sets=3, weight=None, reps=10, reps_lo=10, rir=2)
    assert not odd(heavy, plan=nothing, grid=KG)  # without an aim nothing is odd
    assert odd(done("100", 99), plan=nothing, refs=log("100", 10), grid=KG)


@pytest.mark.parametrize(
    ("sets", "indices"),
    [
        ([("100", 10), ("1000", 10), ("100", 8)], [0, 2]),
        ([("160", 5), ("160", 4), ("100", 8)], [0, 1, 2]),  # twice is meant
        ([("160", 12), ("160", 8), ("100", 8)], [2]),
        ([("160", 11), ("160", 8), ("100", 8)], [0, 1, 2]),  # within three reps
        ([("100", 30), ("100", 21), ("100", 8)], [0, 1, 2]),  # within 30 %
        ([("100", 30), ("100", 20), ("100", 8)], [2]),
        ([("160", 5), ("170", 5), ("100", 8)], [2]),  # not at one weight
        ([("100", 10), ("100", 9), ("100", 8), ("1000", 8)], [0, 1, 2]),
    ],
)
def test_an_odd_set_counts_once_another_confirms_it(sets, indices):
    session = [done(weight, reps) for weight, reps in sets]
    assert [index for index, _ in kept(ASKED, done=session, grid=KG)] == indices


@pytest.mark.parametrize(
    ("sets", "indices"),
    [
        ([("100", 10), ("100", 9), ("1000", 8)], [0, 1]),
        ([("1000", 10), ("100", 9), ("100", 8)], [1, 2]),
        ([("100", 10), ("1000", 9)], [0, 1]),  # which of the two is wrong, nobody can say
        ([("100", 10), ("1000", 9), ("40", 12)], [0, 1, 2]),
        ([("100", 10), ("100", 0), ("1000", 9)], [0, 1, 2]),
        ([("100", 10)], [0]),
        ([("100", 10), ("100", 3)], [0, 1]),  # ten are not unlike three, but three are unlike ten
    ],
)
def test_in_a_first_session_the_sets_are_compared_with_each_other(sets, indices):
    asking = type(ASKED)(sets=3, weight=None, reps=10, reps_lo=8, rir=2)
    session = [done(weight, reps) for weight, reps in sets]
    assert [index for index, _ in kept(asking, done=session, grid=KG)] == indices


@pytest.mark.parametrize(
    ("grid", "planned", "session", "reps", "expected"),
    [
        # Worked example 8a.
        (KG, "2x40x10 @3", [done("400", 10), done("40", 10)], (8, 12), "40 x 10-11 @2 REPS_UP"),
        # 8b: 97 pull-ups, and 97 alone.
        (PULL_UP, "2x0x9 @2", [done("0", 97), done("0", 8)], (6, 15), "0 x 7-8 @1 REPS_MATCH"),
        (PULL_UP, "2x0x9 @2", [done("0", 97)], (6, 15), "0 x 9-10 @1 LOAD_HOLD_ODD"),
    ],
)
def test_the_worked_examples(grid, planned, session, reps, expected):
    next_rir = 2 if grid is KG else 1
    facts = {"next_sets": 2, "challenge": 2, "grid": grid}
    result = load(plan(planned, drop="1"), session, reps, next_rir, **facts)
    assert f"{shown(result)} {codes(result)[0]}" == expected


def test_the_lifter_is_told_what_would_make_it_count():
    result = load(plan("1x0x9 @2"), [done("0", 97)], (6, 15), 1, grid=PULL_UP)
    assert sentence(result.reasons[0]) == (
        "The weight stays: 0 kg × 97 is far from everything else. Do it once more, and it counts."
    )


def test_the_other_sets_keep_their_target_and_their_partner_of_last_week():
    last_week = log("100", 10, 9, 8)
    session = [done("1000", 10), done("100", 9), done("100", 8)]
    assert performance(ASKED, done=session, prev_done=last_week, grid=KG, prev_rir=3) == 1
    weak = [done("1000", 10), done("100", 7), done("100", 6)]
    assert performance(ASKED, done=weak, prev_done=last_week, grid=KG, prev_rir=3) == 3
    assert performance(ASKED, done=weak, prev_done=[last_week[0], None, None], grid=KG, prev_rir=3) == 2
    assert performance(ASKED, done=[done("1000", 10)], grid=KG) is None


def test_where_nothing_counts_the_sets_stay_and_nobody_is_told_that_it_was_left_out():
    odd_alone = ex("bench", 3, None, completed=3)
    planned = plan_sets(ctx("S0 p1 c1"), [odd_alone])
    assert (planned.sets, [sentence(each) for each in planned.reasons]) == ({"bench": 3}, ["Same sets as planned."])


@given(st.data())
@quick
def test_a_single_odd_set_never_changes_the_next_weight(data):  # I24
    grid = data.draw(grids())
    weight = data.draw(weights(grid))
    planned = plan("3x100x10 @2", drop="1")
    planned = type(planned)(sets=3, weight=weight, reps=10, reps_lo=8, rir=2, drop=D(1))
    usual = [done(weight, 10), done(weight, 9)]
    strange = Done(weight=data.draw(weights(grid)), reps=data.draw(st.integers(1, 99)))
    facts = {"grid": grid, "perf": 1, "next_sets": 3, "challenge": 3}
    plain = load(planned, usual, (8, 12), 1, **facts)
    with_it = load(planned, [*usual, strange], (8, 12), 1, **facts)
    if odd(strange, plan=planned, index=2, grid=grid):
        assert (with_it.weight, with_it.reps) == (plain.weight, plain.reps)
        assert main_weight([each for _, each in kept(planned, done=[*usual, strange], grid=grid)], grid=grid) == weight


@given(st.integers(8, 80), st.integers(1, 60), st.none() | st.integers(0, 5), st.integers(4, 160), st.integers(1, 30))
@quick
def test_it_is_alike_in_kilograms_and_pounds(steps, reps, rir, planned, target):
    """The same ratios give the same answer."""
    kg, lb = KG, Grid(kind="load", step=D("5"), unit="lb")
    answers = []
    for grid in (kg, lb):
        step = grid.step
        asked = type(ASKED)(sets=1, weight=planned * step, reps=target, reps_lo=target, rir=2)
        answers.append(odd(Done(weight=steps * step, reps=reps, rir=rir), plan=asked, grid=grid))
    assert answers[0] == answers[1]
