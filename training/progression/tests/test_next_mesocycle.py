from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from training.progression import EngineError, next_meso_sets, opening_sets, sentence, source_week, was_easy
from training.progression.tests.cases import KG, PULL_UP_BODY_UNKNOWN, D, codes, log, opening_after, plan, quick, shown


@pytest.mark.parametrize(
    ("arguments", "expected"),
    [
        ((3, 3, 1), 3),
        ((3, 6, 5), 4),
        ((3, 6, 5, True), 3),
        ((3, 6, 5, False, True), 5),
        ((2, 2, 3), 2),
    ],
)
def test_the_worked_examples_of_sets(arguments, expected):  # example 33
    assert next_meso_sets(*arguments) == expected


@pytest.mark.parametrize(
    ("arguments", "expected"),
    [
        # Week 1 stays as it was, whatever came of it.
        ((4, 9, 1), 4),
        ((4, 4, 1, True), 3),
        ((1, 1, 1, True), 1),
        ((4, 4, 1, False, True), 5),
        ((15, 15, 1, False, True), 15),
        # A later week: 60 %, rounded up, at least week 1.
        ((1, 5, 2), 3),
        ((1, 6, 2), 4),
        ((1, 10, 2), 6),
        ((1, 11, 6), 7),
        ((5, 6, 2), 5),
        ((1, 15, 2), 9),
        # Fewer than chosen from 3 on, never more than chosen.
        ((6, 6, 2), 5),
        ((9, 6, 2), 5),
        ((3, 3, 2), 2),
        ((2, 2, 2), 2),
        ((1, 2, 2), 2),
        ((5, 2, 2), 2),
        ((1, 1, 2), 1),
        # Overreached: one less; easy: one more, still below chosen; both: one less.
        ((3, 3, 2, True), 1),
        ((2, 2, 2, True), 1),
        ((1, 1, 2, True), 1),
        ((5, 6, 2, True), 4),
        ((6, 6, 2, True), 4),
        ((5, 6, 2, False, True), 5),
        ((1, 4, 2, False, True), 3),
        ((1, 5, 2, False, True), 4),
        ((1, 2, 2, False, True), 2),
        ((1, 1, 2, False, True), 1),
        ((3, 6, 5, True, True), 3),
    ],
)
def test_sets_leave_room_to_grow(arguments, expected):
    assert next_meso_sets(*arguments) == expected


@given(st.integers(1, 15), st.integers(1, 15), st.integers(1, 6), st.booleans(), st.booleans())
@quick
def test_sets_stay_in_bounds_and_follow_how_it_went(week1, chosen, n, overreached, easy):  # I1, I2, I19
    sets = next_meso_sets(week1, chosen, n, overreached, easy)
    assert sets == next_meso_sets(week1, chosen, n, overreached, easy)
    assert 1 <= sets <= 15
    if n > 1:
        assert sets <= chosen
        assert chosen < 3 or sets < chosen
    plain = next_meso_sets(week1, chosen, n)
    assert next_meso_sets(week1, chosen, n, overreached=True) == max(1, plain - 1)
    assert plain <= next_meso_sets(week1, chosen, n, easy=True) <= plain + 1


@pytest.mark.parametrize(
    ("arguments", "named"),
    [
        ((0, 3, 1), "week1"),
        ((16, 3, 1), "week1"),
        ((3, 0, 1), "chosen"),
        ((3, 16, 1), "chosen"),
        ((3, 3, 0), "^n must"),
        ((3, 3, 7), "^n must"),
        ((3, 3, 1, 1), "overreached"),
        ((3, 3, 1, False, None), "easy"),
    ],
)
def test_sets_refuse_what_cannot_be(arguments, named):  # I20
    with pytest.raises(EngineError, match=named):
        next_meso_sets(*arguments)


@pytest.mark.parametrize(
    ("counts", "easy"),
    [
        ((0, 1, 2, 8), True),  # worked example 12a
        ((0, 2, 2, 8), False),
        ((0, 1, 3, 8), False),
        ((1, 0, 0, 8), False),
        ((0, 0, 0, 0), False),
        ((0, 0, 0, 1), True),
        ((0, 0, 1, 4), True),
        ((0, 0, 1, 3), False),
    ],
)
def test_a_mesocycle_was_easy_where_little_spoke_against_it(counts, easy):
    assert was_easy(**dict(zip(("recoveries", "sore3", "p23", "sessions"), counts, strict=True))) is easy


@pytest.mark.parametrize(
    ("rows", "n", "facts", "expected"),
    [
        ([(3, 3), (2, 2)], 1, {"easy": True, "mrv": 22}, (4, 3)),  # worked example 12a
        ([(3, 3), (2, 2)], 1, {"easy": True, "mrv": 9}, (3, 2)),  # six sets are more than 60 % of nine
        ([(3, 3), (2, 2)], 1, {"easy": True, "mrv": 10}, (3, 3)),  # the fewest first
        ([(3, 3), (3, 3)], 1, {"easy": True, "mrv": 12}, (4, 3)),  # of equals the first
        ([(3, 3), (2, 2)], 1, {"mrv": 22}, (3, 2)),
        ([(3, 3), (2, 2)], 1, {"easy": True, "overreached": True, "mrv": 22}, (2, 1)),
        ([(3, 6), (2, 2)], 5, {"easy": True, "mrv": 22}, (5, 2)),  # still below what was chosen
        ([], 1, {"easy": True, "mrv": 22}, ()),
    ],
)
def test_an_easy_mesocycle_starts_the_next_with_more_while_there_is_room(rows, n, facts, expected):
    assert opening_sets(rows, n, **facts) == expected


# -- which week -------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("n", "logged", "expected"),
    [
        (3, [1, 2, 3, 4], 3),
        (3, [4, 2, 1], 2),
        (3, [1, 5], 1),
        (3, [6, 5, 4], 4),
        (1, {2}, 2),
        (3, [], None),
        (6, [6], 6),
    ],
)
def test_a_week_without_the_exercise_gives_way_to_the_nearest_earlier_then_later(n, logged, expected):
    assert source_week(n, logged) == expected


@pytest.mark.parametrize(
    ("n", "logged", "named"), [(0, [1], "^n must"), (7, [1], "^n must"), (2, [0], "logged"), (2, [2, 7], "logged")]
)
def test_a_week_that_does_not_exist_is_refused(n, logged, named):  # I20
    with pytest.raises(EngineError, match=named):
        source_week(n, logged)


# -- the load ---------------------------------------------------------------------------------------


def following(text, reps, *, rir, weight="100", grid=KG, sets=3, **more):
    facts = {"lo": 8, "hi": 12, "grid": grid, "rir": rir, "sets": sets, "week": 1} | more
    return opening_after(plan(text), done=log(weight, *reps), **facts)


@pytest.mark.parametrize(
    ("text", "reps", "rir", "expected"),
    [
        ("3x100x12 @0", (12, 11, 10), 3, "100 x 8-9 @3 REPS_EASIER"),
        ("3x100x12 @0", (9, 8, 7), 3, "92.5 x 8 @3 LOAD_DOWN"),
        ("3x100x10 @3", (10, 10, 10), 3, "100 x 10 @3 REPS_MATCH"),
        ("3x100x10 @3", (11, 11, 11), 2, "100 x 12 @2 REPS_UP"),
        ("3x100x10 @3", (16, 16, 16), 3, "110 x 12 @3 LOAD_UP"),
        ("3x100x12 @0", (10, 10, 10), 3, "100 x 7 @3 LOAD_HOLD_BELOW"),
        ("3x100x18 @3", (16, 16, 16), 3, "100 x 12 @3 LOAD_HOLD_MISSED"),
    ],
)
def test_the_effort_of_the_old_week_is_converted_to_that_of_week_one(text, reps, rir, expected):
    first = following(text, reps, rir=rir)
    assert f"{shown(first)} {codes(first)[0]}" == expected
    assert len(first.reasons) == 1
    assert (first.sets, first.recovery) == (3, False)


@pytest.mark.parametrize(
    ("days", "expected", "reasons"),
    [
        (None, "200 x 8-9 @3", ["REPS_EASIER"]),
        (0, "200 x 8-9 @3", ["REPS_EASIER"]),
        (11, "200 x 8-9 @3", ["REPS_EASIER"]),  # a deload lies in between, not a gap
        (21, "200 x 8-9 @3", ["REPS_EASIER"]),
        (22, "195 x 8-9 @3", ["LOAD_BREAK", "NEXT_MESO_ESTIMATE"]),
        (29, "190 x 8-9 @3", ["LOAD_BREAK", "NEXT_MESO_ESTIMATE"]),
        (57, "185 x 8-9 @3", ["LOAD_BREAK", "NEXT_MESO_ESTIMATE"]),
        (113, "180 x 8-9 @3", ["LOAD_BREAK", "NEXT_MESO_ESTIMATE"]),
    ],
)
def test_after_more_than_three_weeks_the_weight_is_an_estimate(days, expected, reasons):
    first = following("3x200x12 @0", (12, 11, 10), weight="200", rir=3, days_since_last=days)
    assert (shown(first), codes(first)) == (expected, reasons)


def test_the_estimate_says_how_old_it_is():
    first = following("3x200x12 @0", (12, 11, 10), weight="200", rir=3, days_since_last=40)
    assert sentence(first.reasons[1]) == "Only an estimate: your last hard workout was 40 days ago."


def test_without_body_mass_a_month_is_a_step():
    facts = {"weight": "10", "rir": 3, "grid": PULL_UP_BODY_UNKNOWN}
    first = following("3x10x12 @0", (12, 12, 12), days_since_last=22, **facts)
    assert (shown(first), codes(first)) == ("10 x 8 @3", ["LOAD_BREAK_HOLD", "NEXT_MESO_ESTIMATE"])
    assert following("3x10x12 @0", (12, 12, 12), days_since_last=29, **facts).weight == D("7.5")


@pytest.mark.parametrize(
    ("sets", "expected"),
    [
        (4, "Starts at 4 sets, after 6 in week 5 of the last mesocycle, so that there is room to grow."),
        (1, "Starts at 1 set, after 6 in week 5 of the last mesocycle, so that there is room to grow."),
        (7, "Starts at 7 sets, after 6 in week 5 of the last mesocycle, because it was easy to recover from."),
    ],
)
def test_other_sets_than_in_the_old_week_have_a_reason(sets, expected):
    first = following("6x100x10 @3", (10, 10, 10, 10, 10, 10), rir=3, sets=sets, week=5)
    assert (first.sets, codes(first)) == (sets, ["REPS_MATCH", "NEXT_MESO_SETS"])
    assert sentence(first.reasons[1]) == expected


def test_the_reasons_come_in_order():
    first = following("6x100x10 @3", (10,), rir=3, week=6, days_since_last=30)
    assert codes(first) == ["LOAD_BREAK", "NEXT_MESO_ESTIMATE", "NEXT_MESO_SETS"]


def test_a_plan_that_asked_for_a_weight_goes_on_from_the_one_lifted():
    asked = replace(plan("3x100x10 @3"), weight=None)
    facts = {"lo": 8, "hi": 12, "grid": KG, "rir": 2, "sets": 3, "week": 1}
    assert shown(opening_after(asked, done=log("60", 10, 10, 10), **facts)) == "60 x 11 @2"


@pytest.mark.parametrize(
    ("change", "named"),
    [
        ({"done": []}, "done"),
        ({"done": ()}, "done"),
        ({"done": None}, "done"),
        ({"done": log("0", 10)}, "done"),
        ({"week": 0}, "^week must"),
        ({"week": 7}, "^week must"),
        ({"week": None}, "week"),
        ({"days_since_last": -1}, "days_since_last"),
        ({"days_since_last": 22.0}, "days_since_last"),
        ({"rir": None}, "next_rir"),
        ({"sets": 16}, "next_sets"),
        ({"lo": 0}, "lo"),
        ({"grid": None}, "grid"),
    ],
)
def test_the_load_refuses_what_cannot_be(change, named):  # I20
    inside = {"done": log("100", 10), "lo": 8, "hi": 12, "grid": KG, "rir": 3, "sets": 3, "week": 6}
    opening_after(plan("3x100x10 @3"), **inside)
    with pytest.raises(EngineError, match=named):
        opening_after(plan("3x100x10 @3"), **inside | change)
