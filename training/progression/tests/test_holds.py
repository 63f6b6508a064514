"""Holds: seconds in steps of five inside a range, then weight."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from training.progression import (
    CONFIG,
    Done,
    EngineError,
    ExercisePlan,
    Grid,
    Past,
    Reason,
    Signals,
    Target,
    done_in_steps,
    from_steps,
    in_steps,
    open_hold,
    performance,
    plan_deload,
    plan_hold,
    seed_hold,
    sentence,
    start_hold,
)
from training.progression.tests.cases import D

BODY = Grid(kind="added", explicit=(D(0),))
PLATES = Grid(kind="added", step=D("2.5"))
STACK = Grid(kind="load", step=D(5), min=D(5))


def plan(seconds=40, *, weight=0, sets=3, code="SECONDS_UP", rir=2):
    reasons = (Reason(code, {"seconds": seconds, "lasted": seconds}),)
    weight = None if weight is None else D(weight)
    return ExercisePlan(sets=sets, weight=weight, reps=1, reps_lo=1, seconds=seconds, rir=rir, reasons=reasons)


def done(*seconds, weight=0):
    return [Done(weight=D(weight), reps=1, seconds=each) for each in seconds]


def target(grid=BODY, *, lo=20, hi=60, rir=1, sets=3):
    return Target(lo=lo, hi=hi, grid=grid, next_rir=rir, next_sets=sets)


def after(asked, held, *, grid=BODY, lo=20, hi=60, **felt):
    """(weight, seconds, code) of the next session."""
    found = plan_hold(asked, done=held, target=target(grid, lo=lo, hi=hi), signals=Signals(**felt))
    return found.weight, found.seconds, found.reasons[0].code


@pytest.mark.parametrize(
    ("asked", "held", "expected"),
    [
        # Every set lasted.
        (plan(40), done(40, 40, 40), (45, "SECONDS_UP")),
        (plan(40), done(44, 41, 47), (45, "SECONDS_UP")),
        (plan(40), done(58, 57, 56), (55, "SECONDS_UP")),
        (plan(20, code="SECONDS_START"), done(52, 48, 45), (45, "SECONDS_UP")),
        (plan(58), done(58, 58, 58), (60, "SECONDS_UP")),
        (plan(40), done(40, 40, 40, 10), (45, "SECONDS_UP")),  # a fourth set was not asked
        # One ended early.
        (plan(40), done(40, 39, 40), (40, "SECONDS_TRY")),
        (plan(40), done(40, 40, 0), (40, "SECONDS_TRY")),
        (plan(40, code="SECONDS_TRY"), done(40, 39, 36), (35, "SECONDS_DOWN")),
        (plan(40, code="SECONDS_DOWN"), done(40, 39, 36), (35, "SECONDS_DOWN")),
        (plan(40), done(40, 31, 29), (25, "SECONDS_DOWN")),
        (plan(40), done(0, 0, 0), (5, "SECONDS_DOWN")),
        # Nothing to go by.
        (plan(40), [], (40, "SECONDS_SKIPPED")),
        (plan(40), done(50, 50), (40, "SECONDS_MATCH")),
        # Above the range, with nothing to add.
        (plan(60), done(60, 60, 60), (65, "SECONDS_LONGER")),
        (plan(60), done(80, 75, 72), (70, "SECONDS_LONGER")),
        (plan(20), done(150, 150, 150), (90, "SECONDS_LONGER")),
        (plan(90), done(90, 90, 90), (90, "SECONDS_TOP")),
        (plan(120), done(130, 130, 130), (120, "SECONDS_TOP")),
    ],
)
def test_with_the_body_alone_seconds_progress(asked, held, expected):
    weight, *found = after(asked, held)
    assert (weight, tuple(found)) == (D(0), expected)


@pytest.mark.parametrize(
    ("grid", "asked", "held", "expected"),
    [
        (PLATES, plan(55), done(55, 55, 55), (D(0), 60, "SECONDS_UP")),
        (PLATES, plan(60), done(60, 60, 60), (D("2.5"), 40, "SECONDS_HEAVIER")),
        (PLATES, plan(40, weight=5), done(70, 70, 65, weight=5), (D("7.5"), 40, "SECONDS_HEAVIER")),
        (PLATES, plan(20, weight=5), done(4, 4, 4, weight=5), (D("2.5"), 40, "SECONDS_LIGHTER")),
        (PLATES, plan(20), done(4, 4, 4), (D(0), 5, "SECONDS_DOWN")),
        (PLATES, plan(40, weight=5), done(20, 20, 20, weight=5), (D(5), 20, "SECONDS_DOWN")),  # the bottom is inside
        (PLATES, plan(40), done(0, 0, 0, weight=5), (D("2.5"), 40, "SECONDS_LIGHTER")),
        # Another weight than was asked.
        (PLATES, plan(40), done(30, 30, 30, weight=5), (D(5), 35, "SECONDS_UP")),
        (PLATES, plan(40, weight=5), done(40, 40, 40), (D(0), 45, "SECONDS_UP")),
        (PLATES, plan(40, weight=5), done(30, 38, 38), (D(0), 40, "SECONDS_TRY")),
        # The lifter was asked for a weight.
        (STACK, plan(20, weight=None, code="SECONDS_ASK"), done(30, 28, 26, weight=20), (D(20), 25, "SECONDS_UP")),
        (STACK, plan(20, weight=None, code="SECONDS_ASK"), [], (None, 20, "SECONDS_ASK")),
        (STACK, plan(60, weight=20), done(60, 60, 60, weight=20), (D(25), 40, "SECONDS_HEAVIER")),
    ],
)
def test_a_weight_follows_the_seconds(grid, asked, held, expected):
    assert after(asked, held, grid=grid) == expected


@pytest.mark.parametrize(
    ("felt", "held", "expected"),
    [
        ({"soreness": 3}, done(50, 50, 50), (40, "SECONDS_SORE")),
        ({"soreness": 3}, done(30, 30, 30), (30, "SECONDS_SORE")),
        ({"soreness": 2}, done(40, 40, 40), (45, "SECONDS_UP")),
        ({"ill": True}, done(10, 10, 10), (40, "LOAD_ILL")),
        ({"gap_days": 14}, done(40, 40, 40), (45, "SECONDS_UP")),
        ({"gap_days": 15}, done(40, 40, 40), (30, "SECONDS_BREAK")),
        ({"gap_days": 90}, [], (30, "SECONDS_BREAK")),
        ({"recovery": True}, done(40, 44, 40), (20, "SECONDS_RECOVERY")),
        ({"recovery": True}, done(5, 5, 5), (5, "SECONDS_RECOVERY")),
        ({"recovery": True}, done(30, 49, 30), (25, "SECONDS_RECOVERY")),
        ({"recovery": True}, [], (20, "SECONDS_RECOVERY")),
        ({"perf": 3, "fell_twice": True}, done(38, 38, 38), (35, "SECONDS_DOWN")),
        ({"perf": 3}, done(38, 38, 38), (40, "SECONDS_TRY")),
    ],
)
def test_what_the_lifter_felt_comes_first(felt, held, expected):
    assert after(plan(40), held, **felt)[1:] == expected


@pytest.mark.parametrize(
    ("grid", "asked", "held", "felt", "words"),
    [
        (BODY, plan(40), done(44, 41, 47), {}, "Every set lasted 41 s or longer, so 45 s now."),
        (BODY, plan(40), done(40, 39, 40), {}, "Not every set lasted 40 s: give it one more try."),
        (BODY, plan(40), done(40, 31, 28), {}, "Your shortest set was 28 s, so 25 s until all sets last."),
        (BODY, plan(40), done(50, 50), {}, "40 s again: not all sets were done."),
        (BODY, plan(60), done(60, 60, 60), {}, "Nothing heavier is available here, so hold longer: 65 s."),
        (
            BODY,
            plan(90),
            done(90, 90, 90),
            {},
            "90 s is long enough: a harder variant does more than more seconds.",
        ),
        (
            PLATES,
            plan(60, weight=5),
            done(63, 61, 60, weight=5),
            {},
            "+2.5 kg because you outgrew the range with 60 s, and 40 s to start with.",
        ),
        (PLATES, plan(30, weight=5), done(9, 9, 9, weight=5), {}, "-2.5 kg because 9 s is below your range."),
        (BODY, plan(40), [], {"gap_days": 20}, "A little shorter after 20 days off. It comes back fast."),
        (BODY, plan(40), [], {"ill": True}, "You were ill last time, so it is what was planned for that day."),
        (BODY, plan(40), [], {}, "You left it out last time, so it asks the same again."),
        (BODY, plan(40), [], {"recovery": True}, "Recovery: the same weight for half the time."),
        (BODY, plan(40), done(9, 9, 9), {"soreness": 3}, "No longer than last time, because you are still sore."),
    ],
)
def test_each_answer_says_why_with_its_own_numbers(grid, asked, held, felt, words):
    found = plan_hold(asked, done=held, target=target(grid), signals=Signals(**felt))
    assert sentence(found.reasons[0]) == words


def test_the_rir_of_the_week_is_kept_and_a_recovery_session_has_its_own():
    assert plan_hold(plan(), done=done(40, 40, 40), target=target(rir=1)).rir == 1
    recovery = plan_hold(plan(), done=done(40, 40, 40), target=target(rir=1), signals=Signals(recovery=True))
    assert (recovery.rir, recovery.recovery, recovery.open) == (CONFIG.recovery_rir, True, False)


@pytest.mark.parametrize(("rir", "sets"), [(0, 1), (5, 15)])
def test_the_ends_of_its_border_are_inside(rir, sets):
    found = plan_hold(plan(), done=done(40, 40, 40), target=target(rir=rir, sets=sets))
    assert (found.rir, found.sets, found.reps, found.reps_lo) == (rir, sets, 1, 1)


def test_a_first_week_starts_at_the_bottom_or_asks_for_a_weight():
    begin = {"lo": 20, "hi": 60, "rir": 3, "sets": 3}
    started = start_hold(D(0), grid=BODY, **begin)
    assert (started.seconds, started.reasons[0].code) == (20, "SECONDS_START")
    asked = start_hold(None, grid=STACK, **begin)
    assert sentence(asked.reasons[0]) == "Pick a weight that you can hold for 20 s."


@pytest.mark.parametrize(
    ("days", "held", "expected", "words"),
    [
        (3, (50, 48, 46), 45, "From the last time, when you held every set for 46 s."),
        (15, (50, 48, 46), 35, "From the last time, when you held every set for 46 s, less for 15 days off."),
        (3, (12, 11), 10, "From the last time, when you held every set for 11 s."),
    ],
)
def test_a_first_week_goes_by_the_latest_session(days, held, expected, words):
    past = [Past(days_ago=days, done=tuple(done(*held))), Past(days_ago=40, done=tuple(done(90)))]
    found = seed_hold(past, lo=20, hi=60, grid=BODY, rir=3, sets=3)
    assert (found.seconds, found.weight, sentence(found.reasons[0])) == (expected, D(0), words)


def test_old_and_missed_sessions_show_nothing():
    past = [Past(days_ago=1, done=tuple(done(0))), Past(days_ago=CONFIG.seed_days + 1, done=tuple(done(50)))]
    assert seed_hold(past, lo=20, hi=60, grid=BODY, rir=3, sets=3) is None


@pytest.mark.parametrize(("due", "gap_days", "expected"), [(50, 7, 40), (50, 20, 40), (80, 20, 65), (10, 7, 5)])
def test_the_next_mesocycle_opens_below_what_is_due(due, gap_days, expected):
    opened = open_hold(plan(due), rir=3, sets=2, gap_days=gap_days)
    assert (opened.seconds, opened.sets, opened.rir) == (expected, 2, 3)
    assert sentence(opened.reasons[0]) == f"{due} s would be due; it opens below that, so that there is room to grow."


def test_a_step_stands_for_a_rep_in_scores_and_deloads():
    assert (in_steps(plan(48)).reps, in_steps(plan(3)).reps) == (9, 1)
    assert [done_in_steps(each).reps for each in done(48, 45, 44, 4)] == [9, 9, 8, 0]
    assert from_steps(in_steps(plan(45))).seconds == 45
    scores = [
        performance(in_steps(plan(40)), done=[done_in_steps(each) for each in done(*held)], grid=BODY)
        for held in ((50, 50, 50), (40, 44, 40), (40, 40, 38), (35, 35, 35))
    ]
    assert scores == [0, 1, 1, 2]
    deload = from_steps(plan_deload(in_steps(plan(45)), best_reps=None, grid=BODY, session_index=0, sessions_in_week=2))
    assert (deload.sets, deload.seconds, deload.rir) == (2, 25, None)


@pytest.mark.parametrize(
    "wrong",
    [
        lambda: start_hold(D(0), lo=20, hi=601, grid=BODY, rir=3, sets=3),
        lambda: plan_hold(plan(), done=done(40), target=target(lo=60, hi=20)),
        lambda: plan_hold(plan(), done=[45], target=target()),
        lambda: start_hold(D(0), lo=20, hi=60, grid=BODY, rir=6, sets=3),
        lambda: start_hold(D(0), lo=20, hi=60, grid=BODY, rir=3, sets=0),
        lambda: start_hold(D(0), lo=20, hi=60, grid=STACK, rir=3, sets=3),
        lambda: seed_hold([45], lo=20, hi=60, grid=BODY, rir=3, sets=3),
        lambda: seed_hold(
            [Past(days_ago=1, done=(Done(weight=D(0), reps=1, seconds=9),))], lo=20, hi=60, grid=STACK, rir=3, sets=3
        ),
        lambda: open_hold(plan(), rir=-1, sets=3, gap_days=None),
        lambda: open_hold(plan(), rir=3, sets=16, gap_days=None),
        lambda: plan_hold(plan(), done=done(40), target=target(rir=-1)),
        lambda: plan_hold(plan(), done=done(40), target=target(rir=6)),
        lambda: plan_hold(plan(), done=done(40), target=target(sets=0)),
        lambda: plan_hold(plan(), done=done(40), target=target(sets=16)),
        lambda: plan_hold(plan(), done=done(40), target=target(), signals=Signals(soreness=4)),
        lambda: plan_hold("plan", done=done(40), target=target()),
        lambda: Done(weight=D(0), reps=1, seconds=-1),
        lambda: replace(plan(), seconds=0),
        lambda: replace(plan(), reps=2),
    ],
)
def test_it_refuses_what_is_outside_its_border(wrong):
    with pytest.raises(EngineError):
        wrong()


SECONDS = st.integers(0, 700)


@given(
    asked=st.integers(1, 600),
    held=st.lists(SECONDS, max_size=5),
    lo=st.integers(5, 60),
    more=st.integers(0, 120),
    soreness=st.sampled_from([None, 0, 3]),
    gap=st.sampled_from([None, 5, 30]),
    code=st.sampled_from(["SECONDS_UP", "SECONDS_TRY", "SECONDS_DOWN"]),
    grid=st.sampled_from([BODY, PLATES]),
)
def test_it_never_asks_more_than_a_step_beyond_what_was_asked_and_shown(
    asked, held, lo, more, soreness, gap, code, grid
):
    signals = Signals(soreness=soreness, gap_days=gap)
    found = plan_hold(
        plan(asked, code=code), done=done(*held), target=target(grid, lo=lo, hi=lo + more), signals=signals
    )
    assert 1 <= found.seconds <= CONFIG.most_seconds
    assert "None" not in sentence(found.reasons[0])
    if found.weight == 0:
        assert found.seconds <= max(asked + CONFIG.hold_step, min(filter(None, held), default=0), CONFIG.hold_step)
    if any(each < asked for each in held[:3]) and found.weight == 0 and not gap:
        assert found.seconds <= max(asked, CONFIG.hold_step)
