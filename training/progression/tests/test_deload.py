from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from training.progression import CONFIG, EngineError, plan_deload, sentence
from training.progression.tests.cases import (
    ASSISTED,
    BAR,
    PULL_UP,
    D,
    codes,
    grids,
    plan,
    plans,
    quick,
    rep_ranges,
    shown,
)

LAST = plan("5x100x9 @0")
PLAIN = {"best_reps": 9, "grid": BAR, "session_index": 0, "sessions_in_week": 2}


@pytest.mark.parametrize(
    ("mode", "session_index", "expected"),
    [
        ("rp", 0, "100 x 5 @None"),
        ("rp", 1, "50 x 5 @None"),
        ("simple", 0, "50 x 9 @None"),
        ("simple", 1, "50 x 9 @None"),
    ],
)
def test_a_deload_halves_the_work(mode, session_index, expected):  # example 29
    deload = plan_deload(LAST, **PLAIN | {"mode": mode, "session_index": session_index})
    assert deload.sets == 3
    assert shown(deload) == expected
    assert codes(deload) == ["DELOAD"]


@pytest.mark.parametrize("mode", ["rp", "simple"])
@pytest.mark.parametrize("session_index", [0, 1])
def test_a_deload_that_the_lifter_asked_for_only_says_so(mode, session_index):
    place = PLAIN | {"mode": mode, "session_index": session_index}
    planned, asked_for = plan_deload(LAST, **place), plan_deload(LAST, **place, now=True)
    assert codes(asked_for) == ["DELOAD_NOW"]
    assert replace(asked_for, reasons=planned.reasons) == planned
    assert codes(plan_deload(replace(LAST, weight=None), **place, now=True)) == ["DELOAD_NOW", "SEED_ASK"]


@pytest.mark.parametrize(
    ("planned", "best", "session_index", "mode", "words"),
    [
        ("5x100x9 @0", 9, 0, "rp", "about a third of the work"),  # 3 x 5 of 5 x 9
        ("5x100x9 @0", 9, 1, "rp", "a light day"),
        ("5x100x9 @0", 9, 0, "simple", "about a third of the work"),
        ("1x100x9 @0", 9, 0, "rp", "half the work"),  # 5 of 9
        ("1x100x9 @0", 9, 1, "rp", "about a quarter of the work"),
        ("2x100x12 @0", 12, 0, "rp", "about a quarter of the work"),
        ("1x100x1 @0", 1, 0, "rp", "less work"),
        ("4x100x10 @0", 10, 0, "rp", "about a quarter of the work"),
    ],
)
def test_half_the_work_is_said_only_of_about_half(planned, best, session_index, mode, words):
    facts = PLAIN | {"best_reps": best, "session_index": session_index, "mode": mode}
    deload = plan_deload(plan(planned), **facts)
    assert sentence(deload.reasons[0]).startswith(f"Deload week: {words}, so that")
    assert sentence(plan_deload(plan(planned), **facts, now=True).reasons[0]).endswith(f": {words} this week.")


@pytest.mark.parametrize(
    ("sessions", "weights"),
    [(1, [100]), (2, [100, 50]), (3, [100, 100, 50]), (4, [100, 100, 50, 50])],
)
def test_the_second_half_of_the_week_is_lighter(sessions, weights):
    places = [PLAIN | {"session_index": index, "sessions_in_week": sessions} for index in range(sessions)]
    assert [plan_deload(LAST, **place).weight for place in places] == weights


@pytest.mark.parametrize(
    ("grid", "weight", "mode", "session_index", "expected"),
    [
        (PULL_UP, "10", "rp", 0, "10 x 5 @None"),
        (PULL_UP, "10", "rp", 1, "5 x 5 @None"),
        (PULL_UP, "10", "simple", 0, "5 x 5 @None"),
        (PULL_UP, "0", "simple", 0, "0 x 5 @None"),
        (ASSISTED, "30", "rp", 1, "30 x 5 @None"),
        (ASSISTED, "30", "simple", 0, "30 x 5 @None"),
        (BAR, "25", "simple", 0, "20 x 9 @None"),  # the empty bar
        (BAR, "15", "simple", 0, "15 x 9 @None"),  # below it already
        (BAR, "105", "simple", 0, "52.5 x 9 @None"),
        (BAR, "102.5", "simple", 0, "50 x 9 @None"),
    ],
)
def test_body_weight_and_bars_limit_what_can_be_halved(grid, weight, mode, session_index, expected):
    last = replace(LAST, weight=D(weight))
    deload = plan_deload(last, **PLAIN | {"grid": grid, "mode": mode, "session_index": session_index})
    assert shown(deload) == expected


def test_without_a_log_the_plan_counts():
    assert plan_deload(LAST, **PLAIN | {"best_reps": None}).reps == 5
    assert plan_deload(LAST, **PLAIN | {"best_reps": 0}).reps == 1
    assert plan_deload(LAST, **PLAIN | {"best_reps": 0, "mode": "simple"}).reps == 1


def test_without_a_weight_it_asks():
    deload = plan_deload(replace(LAST, weight=None), **PLAIN)
    assert deload.weight is None
    assert codes(deload) == ["DELOAD", "SEED_ASK"]


@given(st.data())
@quick
def test_a_deload_is_never_more_than_last_week(data):  # I1, I16, I18
    grid = data.draw(grids())
    lo, hi = data.draw(rep_ranges())
    last = data.draw(plans(grid, lo, hi))
    best = data.draw(st.integers(1, 40))
    sessions = data.draw(st.integers(1, 6))
    place = {
        "session_index": data.draw(st.integers(0, sessions - 1)),
        "sessions_in_week": sessions,
        "mode": data.draw(st.sampled_from(["rp", "simple"])),
    }
    deload, again = (plan_deload(last, best_reps=best, grid=grid, **place) for _ in range(2))
    assert deload == again
    assert deload.rir is None
    assert deload.sets <= last.sets
    assert deload.reps <= best
    assert not grid.is_harder(deload.weight, than=last.weight)
    if last.sets > 1:
        assert deload.sets * deload.reps < last.sets * best
    assert deload.weight == last.weight or grid.is_on(deload.weight)
    assert all(sentence(reason) for reason in deload.reasons)


@pytest.mark.parametrize(
    ("change", "named"),
    [
        ({"mode": "off"}, "mode"),
        ({"session_index": 2}, "session_index"),
        ({"session_index": -1}, "session_index"),
        ({"sessions_in_week": 0}, "sessions_in_week"),
        ({"best_reps": -1}, "best_reps"),
        ({"best_reps": 9.0}, "best_reps"),
        ({"now": None}, "now"),
    ],
)
def test_it_refuses_places_that_do_not_exist(change, named):  # I20
    with pytest.raises(EngineError, match=named):
        plan_deload(LAST, **PLAIN | change)


def test_the_weight_is_halved_or_by_whatever_share_is_set():
    less = replace(CONFIG, deload_factor=D("0.6"))
    assert plan_deload(LAST, **PLAIN | {"session_index": 1}, config=less).weight == 60


def test_it_refuses_a_weight_of_nothing():
    with pytest.raises(EngineError, match="planned weight"):
        plan_deload(replace(LAST, weight=D("0")), **PLAIN)
