"""Checks where one row of the table ends and the next begins, and what a plan says besides its numbers."""

from dataclasses import replace

import pytest

from training.progression import CONFIG, EngineError, Grid, Reason, sentence
from training.progression.load.gap import break_factor
from training.progression.tests.cases import (
    ASSISTED,
    BAR,
    KG,
    PULL_UP_BODY_UNKNOWN,
    D,
    codes,
    load_after,
    log,
    plan,
    shown,
)
from training.progression.tests.test_load import ONE_MORE_TRY, load, row

STEP_COSTS_TWO = PULL_UP_BODY_UNKNOWN  # the load is unknown: each step of 2.5 counts as two reps

FINE = Grid(kind="load", step=D("0.5"))


@pytest.mark.parametrize(
    ("arguments", "more", "expected"),
    [
        row("as many reps as the range has", "3x100x10 @2; 100 x 12,12,12; 8-12 @2 -> 100 x 12 @2 REPS_MATCH"),
        row("as few", "3x100x8 @2; 100 x 8,8,8; 8-12 @2 -> 100 x 8 @2 REPS_MATCH", challenge=3),
        row(
            "the next setting leaves just the least",
            "3x10x12 @2; 10 x 13,13,13; 11-12 @2 -> 12.5 x 11 @2 LOAD_UP",
            grid=STEP_COSTS_TWO,
        ),
        row(
            "one rep less than that is too few",
            "3x10x12 @2; 10 x 13,13,13; 12-12 @2 -> 10 x 13 @2 LOAD_STEP_TOO_BIG",
            grid=STEP_COSTS_TWO,
        ),
        row(
            "several steps down to the only number in the range",
            "3x10x16 @2; 10 x 16,16,16; 10-10 @2 -> 17.5 x 10 @2 LOAD_UP",
            grid=STEP_COSTS_TWO,
            challenge=3,
        ),
        row(
            "four steps up at most where the load is unknown, and no more reps than the top",
            "3x10x12 @2; 10 x 28,28,28; 8-12 @2 -> 20 x 18 @2 LOAD_UP",
            grid=STEP_COSTS_TWO,
        ),
        row(
            "and four down",
            "3x40x12 @2; 40 x 2,2,2; 15-20 @2 -> 30 x 8 @2 LOAD_DOWN",
            grid=STEP_COSTS_TWO,
            perf=2,
        ),
        row(
            "help that takes all of the body is no setting to go on to",
            "3x78x30 @0; 78 x 1,1,1; 30-30 @0 -> 79 x 27 @0 LOAD_DOWN",
            grid=Grid(kind="assist", step=D("1"), body=D("80")),
            perf=2,
        ),
        row(
            "ten per cent up at most, however fine the steps",
            "1x100x12 @2; 100 x 20; 8-12 @1 -> 110 x 15-17 @1 LOAD_UP",
            grid=FINE,
        ),
        row(
            "sixty steps down at most",
            "3x100x20 @0; 100 x 1,1,1; 26-30 @3 -> 70 x 11 @3 LOAD_DOWN",
            grid=FINE,
            perf=2,
        ),
        row(
            "the last of five sets may land three reps below the range",
            "5x100x12 @2; 100 x 13,11,9,7,6; 8-12 @2 -> 102.5 x 8-12 @2 LOAD_UP",
            next_sets=5,
        ),
        row(
            "but not four",
            "5x100x12 @2; 100 x 13,11,9,7,5; 8-12 @2 -> 100 x 8-13 @2 LOAD_HOLD_LAST_SETS",
            next_sets=5,
        ),
        row(
            "nor three and a half",
            "4x100x12 @2; 100 x 13,12,11,9; 12-12 @2 -> 100 x 12-13 @2 LOAD_HOLD_LAST_SETS",
            next_sets=4,
        ),
        row(
            "nobody is asked for no reps",
            "3x20x10 @2; 20 x 0,0,0; 8-12 @3 -> 20 x 1 @3 LOAD_HOLD_LIGHTEST",
            grid=BAR,
            perf=2,
        ),
        row(
            "a reset at the lightest setting is none",
            "3x20x10 @1; 20 x 8,7,6; 8-12 @0 -> 20 x 8 @0 LOAD_HOLD_LIGHTEST",
            grid=BAR,
            perf=3,
            fell_twice=True,
        ),
        row(
            "a fall that was not the second resets nothing",
            "3x100x10 @1; 100 x 8,8,8; 8-12 @0 -> 100 x 8 @0 REPS_MATCH",
            perf=3,
        ),
        row(
            "twenty-eight days are no long break",
            "3x10x10 @2; 10 x 10,10,10; 8-12 @2 -> 10 x 8 @3 LOAD_BREAK_HOLD",
            gap_days=28,
            grid=PULL_UP_BODY_UNKNOWN,
        ),
        row(
            "twenty-nine are one",
            "3x10x10 @2; 10 x 10,10,10; 8-12 @2 -> 7.5 x 9 @3 LOAD_BREAK",
            gap_days=29,
            grid=PULL_UP_BODY_UNKNOWN,
        ),
    ],
)
def test_where_a_row_ends(arguments, more, expected):
    result = load(*arguments, **more)
    assert f"{shown(result)} {codes(result)[0]}" == expected


@pytest.mark.parametrize(
    ("days", "left"),
    [
        (0, "1"),
        (14, "1"),
        (15, "0.99"),
        (21, "0.99"),
        (22, "0.975"),
        (28, "0.975"),
        (29, "0.95"),
        (56, "0.95"),
        (57, "0.925"),
        (112, "0.925"),
        (113, "0.90"),
        (1000, "0.90"),
    ],
)
def test_each_break_leaves_its_share_of_the_load(days, left):
    assert break_factor(days) == D(left)


@pytest.mark.parametrize(
    ("arguments", "more", "expected"),
    [
        row("reps up", "3x100x10 @3; 100 x 10,9,8 @3; 8-12 @2 -> REPS_UP reps 11 rir 2 r 10 rir0 3 said 1"),
        row("half a rep", "3x100x10 @3; 100 x 10,9,8 @3.5; 8-12 @2 -> REPS_UP reps 11 rir 2 r 10 rir0 3.5 said 1"),
        row(
            "a quarter, to a tenth",
            "3x100x10 @3; 100 x 10,9,8 @3.25; 8-12 @2 -> REPS_UP reps 11 rir 2 r 10 rir0 3.2 said 1",
        ),
        row("reps match", "3x80x10 @2; 80 x 9,8,7; 8-12 @1 -> REPS_MATCH reps 9 rir 1", perf=2),
        row("reps easier", "3x100x10 @0; 100 x 11,10,9; 6-10 @3 -> REPS_EASIER reps 8 rir 3"),
        row(
            "load up",
            "3x100x12 @2; 100 x 12,11,10; 8-12 @1 -> LOAD_UP delta 2.5 unit kg kind load r 12 lo 8 hi 12 reps 12",
        ),
        row(
            "less help",
            "3x30x12 @2; 30 x 14,14,14; 6-12 @1 -> LOAD_UP delta 5 unit kg kind assist r 14 lo 6 hi 12 reps 11",
            grid=ASSISTED,
        ),
        row(
            "load down",
            "3x100x10 @2; 100 x 5,5,5; 8-12 @1 -> LOAD_DOWN delta 10 unit kg kind load r 5 lo 8 hi 12 reps 8",
            perf=2,
        ),
        row("one more try", "3x100x8 @2; 100 x 6,5,5; 6-10 @1 -> LOAD_HOLD_BELOW lo 6 reps 5", perf=2),
        row("a try at one rep", "3x100x1 @0; 100 x 0,0,0; 1-5 @0 -> LOAD_HOLD_BELOW lo 1 reps 1", perf=2),
        row("a step too big", "3x10x12 @2; 10 x 13,13,13; 8-12 @1 -> LOAD_STEP_TOO_BIG next 12.5 unit kg times 1"),
        row("a reset", "3x100x10 @1; 100 x 8,7,6; 8-12 @0 -> LOAD_RESET pct 5", perf=3, fell_twice=True),
        row(
            "a reset of a load that is unknown",
            "3x10x10 @1; 10 x 8,7,6; 8-12 @0 -> LOAD_RESET pct None",
            perf=3,
            fell_twice=True,
            grid=PULL_UP_BODY_UNKNOWN,
        ),
        row(
            "a reset to help that takes all of the body",
            "3x75x10 @1; 75 x 8,7,6; 8-12 @0 -> LOAD_RESET pct None",
            perf=3,
            fell_twice=True,
            grid=ASSISTED,
        ),
        row("a break", "3x100x10 @2; 100 x 10,10,10; 8-12 @1 -> LOAD_BREAK pct 5 days 40", gap_days=40),
        row("a break that holds", "3x40x10 @2; 40 x 10,10,10; 8-12 @1 -> LOAD_BREAK_HOLD days 15", gap_days=15),
    ],
)
def test_each_answer_gives_its_facts(arguments, more, expected):
    reason = load(*arguments, **more).reasons[0]
    assert " ".join([reason.code, *(f"{name} {value}" for name, value in reason.params.items())]) == expected
    assert sentence(reason)


def test_reps_in_sentences_are_whole_reps_really_done():
    """8 reps at 110 count as 9.9 at 100: that is 9 whole reps, not 10."""
    done = [*log("110", 8, rir=2), *log("100", 4, 4, rir=0)]
    matched = load(plan("3x100x10 @2"), done, (6, 12), 2)
    assert (shown(matched), codes(matched)) == ("100 x 6-9 @2", ["REPS_MATCH"])
    outgrown = load(plan("3x100x8 @2"), done, (3, 6), 2)
    assert codes(outgrown) == ["LOAD_UP"]
    assert outgrown.reasons[0].params["r"] == 9


@pytest.mark.parametrize(
    ("planned", "done", "reps", "more", "expected"),
    [
        ("3x100x12 @2", log("100", 25, 25, 25), (8, 12), {}, "101.5"),
        ("3x100x10 @2", log("100", 1, 1, 1), (12, 15), {"perf": 2}, "98.5"),
    ],
)
def test_the_search_takes_no_more_steps_than_it_may(planned, done, reps, more, expected):
    three_steps = replace(CONFIG, most_search_steps=3)
    assert load(plan(planned), done, reps, 2, grid=FINE, config=three_steps, **more).weight == D(expected)


def test_the_one_more_try_after_a_skip_says_what_it_is_for():
    skipped = load(plan("3x100x5 @1", reasons=[ONE_MORE_TRY]), [], (6, 10), 1, perf=None)
    assert skipped.reasons == (Reason("LOAD_SKIPPED"), ONE_MORE_TRY)


def test_a_skipped_session_never_comes_down_to_no_reps():
    skipped = load(plan("3x100x1 @2"), [], (1, 5), 2, perf=None, soreness=3)
    assert (shown(skipped), codes(skipped)) == ("100 x 1 @3", ["LOAD_SKIPPED"])


def test_half_of_an_odd_number_of_reps_is_rounded_up_where_the_weight_is_unknown():
    asked = replace(plan("3x100x9 @3"), weight=None)
    recovery = load(asked, [], (8, 12), 2, perf=None, recovery=True)
    assert (recovery.reps, recovery.recovery) == (5, True)


INSIDE = {"done": log("100", 10, 10, 10), "lo": 8, "hi": 12, "grid": KG, "next_rir": 2, "next_sets": 3}


def test_what_is_not_said_about_a_session_is_worked_out_or_taken_as_usual():
    usual = load_after(plan("3x100x10 @2"), **INSIDE)
    assert (shown(usual), codes(usual), usual.recovery) == ("100 x 10 @2", ["REPS_MATCH"], False)
    # Without a score the log decides. If nothing says that it fell twice, it did not.
    short = INSIDE | {"done": log("100", 15, 7, 7), "next_rir": 1}
    assert codes(load_after(plan("3x100x12 @2"), **short)) == ["LOAD_HOLD_MISSED"]
    assert codes(load_after(plan("3x100x10 @2"), **INSIDE, perf=3)) == ["REPS_MATCH"]


@pytest.mark.parametrize(
    "facts",
    [
        {"next_rir": 0},
        {"next_rir": 5},
        {"next_sets": 1},
        {"next_sets": 15},
        {"gap_days": 0},
        {"soreness": 0},
        {"perf": 0},
        {"lo": 1, "hi": 30},
    ],
)
def test_the_border_itself_is_inside(facts):
    assert load_after(plan("3x100x10 @2"), **INSIDE | facts).reasons


@pytest.mark.parametrize(
    ("change", "named"),
    [
        ({"next_rir": -1}, "next_rir"),
        ({"next_sets": True}, "next_sets"),
        ({"done": []} | {"grid": "kg"}, "grid"),
        ({"recovery": 1}, "recovery"),
        ({"gap_days": 1.0}, "gap_days"),
    ],
)
def test_it_refuses_what_is_just_outside(change, named):  # I20
    with pytest.raises(EngineError, match=f"^{named} must be"):
        load_after(plan("3x100x10 @2"), **INSIDE | change)


def test_it_refuses_what_is_no_plan_even_where_the_score_is_known():
    with pytest.raises(EngineError, match=r"^plan must be a Plan"):
        load_after("3x100x10", **INSIDE, perf=1)
    with pytest.raises(EngineError, match=r"^planned weight"):
        load_after(plan("3x0x10 @2"), **INSIDE, perf=1)
