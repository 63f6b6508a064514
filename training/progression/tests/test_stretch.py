"""The stretch, the open set, and the form of the day."""

import pytest

from training.progression import Shown, sentence
from training.progression.tests.cases import LB, PULL_UP, D, codes, load, log, plan, row, shown


@pytest.mark.parametrize(
    ("arguments", "more", "expected"),
    [
        row("3a", "3x100x10 @2; 100 x 10,9,8; 8-12 @1 -> 100 x 10-12 @1 REPS_STRETCH", drop="1", challenge=2),
        row("3b", "3x100x10 @2; 100 x 10,9,8; 8-12 @1 -> 100 x 9-11 @1 REPS_UP", drop="1", challenge=3),
        row("a miss", "3x100x10 @2; 100 x 10,9,7; 8-12 @1 -> 100 x 8-11 @1 REPS_UP", drop="1", challenge=0),
        row("4a", "3x100x10 @2; 110 x 8,7,6; 8-12 @1 -> 110 x 8-9 @1 REPS_UP", drop="1"),
        row("7b", "3x100x10 @2; 100 x 10,9,8; 8-12 @1 -> 100 x 10-12 @1 REPS_STRETCH", drop="1", soreness=1),
        row("7b, sore", "3x100x10 @2; 100 x 10,9,8; 8-12 @1 -> 100 x 8-10 @2 REPS_MATCH", drop="1", soreness=3),
        # Examples of 1.1 with a challenge that nobody answered.
        row("16", "3x100x10 @3; 100 x 10,9,8; 8-12 @2 -> 100 x 10-12 @2 REPS_STRETCH", drop="1"),
        row("17", "3x100x12 @2; 100 x 12,11,10; 8-12 @1 -> 105 x 10-12 @1 LOAD_UP", drop="1"),
        row("18", "3x220x12 @2; 220 x 12,11,10; 8-12 @1 -> 230 x 10-12 @1 LOAD_UP", drop="1", grid=LB),
        row("27", "3x0x12 @2; 0 x 12,11,10; 6-12 @1 -> 2.5 x 10-12 @1 LOAD_UP", drop="1", grid=PULL_UP),
        # What stops it, one by one.
        row("easy", "3x100x10 @2; 100 x 9,8,7; 8-12 @1 -> 100 x 8-9 @1 REPS_MATCH", drop="1", challenge=0),
        row("easy, met", "3x100x10 @2; 100 x 10,9,8; 8-14 @1 -> 100 x 11-13 @1 REPS_STRETCH", drop="1", challenge=0),
        row("right", "3x100x10 @3; 100 x 10,9,8; 8-12 @2 -> 100 x 10-12 @2 REPS_STRETCH", drop="1", challenge=1),
        row("hard early", "3x100x10 @3; 100 x 10,9,8; 8-12 @2 -> 100 x 9-11 @2 REPS_UP", drop="1", challenge=2),
        row("very hard", "3x100x10 @1; 100 x 10,9,8; 8-12 @0 -> 100 x 9-11 @0 REPS_UP", drop="1", challenge=3),
        row("as planned", "3x100x10 @0; 100 x 10,9,8; 8-12 @0 -> 100 x 9-11 @0 REPS_STRETCH", drop="1", challenge=3),
        row("said", "3x100x10 @2; 100 x 10,9,8 @2; 8-12 @1 -> 100 x 9-11 @1 REPS_UP", drop="1"),
        row("undone", "3x100x10 @2; 100 x 10,9; 8-12 @1 -> 100 x 9-11 @1 REPS_UP", drop="1"),
        row("missed", "3x100x10 @2; 100 x 10,9,0; 8-12 @1 -> 100 x 9-11 @1 REPS_UP", drop="1"),
        row("P2", "3x100x10 @2; 100 x 10,9,8; 8-12 @1 -> 100 x 9-11 @1 REPS_UP", drop="1", perf=2),
        row("no P", "3x100x10 @2; 100 x 10,9,8; 8-12 @1 -> 100 x 9-11 @1 REPS_UP", drop="1", perf=None),
        row("a gap", "3x100x10 @2; 100 x 10,9,8; 8-12 @1 -> 100 x 8-10 @2 REPS_MATCH", drop="1", gap_days=11),
        row("no gap", "3x100x10 @2; 100 x 10,9,8; 8-12 @1 -> 100 x 10-12 @1 REPS_STRETCH", drop="1", gap_days=10),
        row("more", "3x100x10 @2; 100 x 12,11,10; 8-14 @1 -> 100 x 11-13 @1 REPS_UP", drop="1", challenge=0),
    ],
)
def test_who_makes_every_rep_is_asked_a_little_more(arguments, more, expected):
    result = load(*arguments, **more)
    assert f"{shown(result)} {codes(result)[0]}" == expected


def test_the_stretch_says_what_earned_it():
    first = load(plan("3x100x10 @2", drop="1"), log("100", 10, 9, 8), (8, 14), 1, challenge=0)
    assert sentence(first.reasons[0]) == (
        "Aim for 13 reps and leave 1: 2 more than you have shown, because you made every rep and found it easy."
    )
    second = load(plan("3x100x10 @2", drop="1"), log("100", 10, 9, 8), (8, 14), 1, challenge=1)
    assert sentence(second.reasons[0]) == (
        "Aim for 12 reps and leave 1: one more than you have shown, because you made every rep."
    )


@pytest.mark.parametrize(
    ("next_rir", "can_fail", "more", "is_open"),
    [
        (0, True, {}, True),
        (0, False, {}, False),
        (1, True, {}, False),
        (0, True, {"soreness": 3}, False),  # one more in reserve
        (0, True, {"recovery": True}, False),
    ],
)
def test_the_first_set_is_open_where_failing_is_asked_and_safe(next_rir, can_fail, more, is_open):
    result = load(plan("3x100x10 @1", drop="1"), log("100", 10, 9, 8), (8, 12), next_rir, can_fail=can_fail, **more)
    assert result.open is is_open
    skipped = load(plan("3x100x10 @1"), [], (8, 12), next_rir, can_fail=can_fail, perf=None, **more)
    assert skipped.open is is_open


# -- the form of the day ------------------------------------------------------------------------------


def before(capacity, weight="100"):
    some = {"reps": D("8"), "rir": D("2"), "best": D("8"), "drop": D("1")}
    return Shown(weight=D(weight), capacity=D(capacity), **some)


@pytest.mark.parametrize(
    ("reps", "prev", "more", "expected"),
    [
        # Worked example 4b: 8 after 12 counts as 9.5.
        ((8, 7, 6), before(12), {"perf": 3}, "100 x 8 @1 REPS_WEAK_DAY"),
        ((8, 7, 6), None, {"perf": 3}, "100 x 7 @1 LOAD_HOLD_BELOW"),
        ((8, 7, 6), before(12, "105"), {"perf": 3}, "100 x 7 @1 LOAD_HOLD_BELOW"),  # not the same weight
        ((8, 7, 6), before(12), {"perf": 3, "gap_days": 14}, "100 x 7 @2 LOAD_HOLD_BELOW"),  # 9.5 - 2
        ((8, 7, 6), before(12), {"perf": 3, "gap_days": 15}, "100 x 5 @2 LOAD_BREAK_HOLD"),  # 8 - 2 and the break
        ((10, 9, 8), before(13), {}, "100 x 9-11 @1 REPS_UP"),  # a rep is noise
        ((10, 9, 8), before("11.5"), {}, "100 x 9-11 @1 REPS_UP"),  # and half a rep, too
        ((10, 9, 8), before(14), {}, "100 x 9-11 @1 REPS_UP"),  # half a rep: counts as 12.5
        ((12, 11, 10), before(11), {}, "100 x 10-12 @1 REPS_STRONG_DAY"),  # 14 counts as 13
        ((12, 11, 10), before("9.1"), {}, "100 x 9-11 @1 REPS_STRONG_DAY"),
        ((12, 11, 10), before(9), {}, "100 x 11-13 @1 REPS_UP"),  # five better: the start was too light
        ((12, 11, 10), before(9, "102.5"), {}, "100 x 9-11 @1 REPS_STRONG_DAY"),  # 9 there are 9.94 here
    ],
)
def test_one_day_counts_half(reps, prev, more, expected):
    facts = {"challenge": 3, "prev": prev} | more
    result = load(plan("3x100x10 @2", drop="1"), log("100", *reps), (8, 15), 1, **facts)
    assert f"{shown(result)} {codes(result)[0]}" == expected


def test_a_strong_and_a_weak_day_are_told():
    strong = load(plan("3x100x10 @2", drop="1"), log("100", 12, 11, 10), (8, 15), 1, challenge=3, prev=before(11))
    assert sentence(strong.reasons[0]) == (
        "12 reps: this workout went 3 better than the time before, and half of that counts until you do it again."
    )
    weak = load(plan("3x100x10 @2", drop="1"), log("100", 8, 7, 6), (8, 15), 1, perf=3, prev=before(12))
    assert sentence(weak.reasons[0]) == "8 reps: one weaker day counts half, until it happens again."
