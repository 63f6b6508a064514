"""Weeks to come, played through the rules for sets: what the outlook says, and what it can never say."""

from dataclasses import replace
from itertools import pairwise

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from training.progression import (
    BEST,
    TYPICAL,
    WORST,
    EngineError,
    ExAhead,
    Feedback,
    Grid,
    Plan,
    SlotAhead,
    plan_deload,
    plan_sets,
    play_out,
    project,
)

from .cases import D, quick
from .set_cases import ctx, ex

FEEDBACKS = (WORST, TYPICAL, BEST)


def slot(workout, *sets, muscle="Chest", kind="normal", **facts):
    """One exercise for each entry: sets asked this week, or a tuple of them from this week on."""
    exercises = tuple(
        ExAhead(id=f"{muscle}{index}", pos=index, asked=one if isinstance(one, tuple) else (one,), **facts)
        for index, one in enumerate(sets)
    )
    return SlotAhead(workout=workout, muscle=muscle, exercises=exercises, kind=kind)


def outlook(*slots, week=1, weeks=5, mrv=22, muscle="Chest"):
    """ "12 (8-14)" for each week to come."""
    ahead = project(slots, week=week, weeks=weeks, mrv={one.muscle: mrv for one in slots})
    return [f"{one.typical} ({one.worst}-{one.best})" for one in ahead[muscle]]


# -- examples ---------------------------------------------------------------------------------------


def test_each_week_adds_what_the_table_adds_and_the_last_halves_it():
    # Typical +1, best +2, before the last hard week +1 at most; worst -1 a week. Then half of each exercise.
    assert outlook(slot("A", 3, 2)) == ["6 (4-7)", "7 (3-9)", "8 (2-10)", "4 (2-6)"]


def test_the_first_week_of_the_outlook_is_what_the_engine_would_say_after_such_feedback():
    for feedback, words in ((BEST, "S0 p1 c1"), (TYPICAL, "S1 p2 c1"), (WORST, "S3 p2 c2")):
        exercises = [ex("bench", 3, feedback.perf), ex("fly", 2, feedback.perf)]
        said = plan_sets(ctx(words, weekly_sets=5), exercises)
        played = play_out([slot("A", 3, 2)], feedback=feedback, week=1, weeks=7, mrv={"Chest": 22})[1]
        assert not said.recovery
        assert list(played.values()) == list(said.sets.values())


def test_workouts_of_a_week_share_what_a_muscle_may_add():
    # Four workouts want +2 each; a muscle adds 3 a week at most.
    assert outlook(*(slot(name, 2, 2) for name in "ABCD"), weeks=7, mrv=40)[0] == "19 (12-19)"


def test_the_ceiling_stops_growth_and_cuts_nothing():
    assert outlook(slot("A", 4, 4), slot("B", 4, 4), weeks=7, mrv=17)[:2] == ["17 (14-17)", "17 (12-17)"]
    assert outlook(slot("A", 6, 6), slot("B", 6, 6), weeks=7, mrv=17)[0] == "24 (22-24)"


def test_muscles_do_not_share_their_sets():
    slots = slot("A", 3, 2), slot("A", 3, 3, muscle="Back")
    assert outlook(*slots) == outlook(slots[0])
    assert outlook(*slots, muscle="Back") == outlook(slots[1], muscle="Back")


def test_what_is_asked_already_stands_in_every_outlook():
    # Workout A has its second week; B follows, and sees that A gained 2 of the 3 that a week may add.
    slots = slot("A", (3, 4), (2, 3)), slot("B", 3, 2)
    assert outlook(*slots, weeks=7)[0] == "13 (11-13)"
    assert play_out(slots, feedback=BEST, week=1, weeks=7, mrv={"Chest": 22})[1]["A", "Chest0"] == 4


def test_after_a_recovery_session_the_sets_come_back_halfway():
    back = slot("A", 2, kind="recovery", in_full=(6,), week1_sets=3)
    assert outlook(back, week=3, weeks=7)[0] == "4 (4-4)"


def test_after_a_deload_that_the_lifter_asked_for_what_stood_goes_on():
    assert outlook(slot("A", 2, kind="deload", in_full=(4,)), weeks=7)[0] == "4 (4-4)"


def test_a_day_that_was_shortened_does_not_shorten_the_next():
    assert outlook(slot("A", 0, in_full=(4,)), weeks=7)[0] == "5 (3-5)"


def test_in_the_deload_week_nothing_is_left_to_say():
    assert project([slot("A", 2, kind="deload")], week=5, weeks=5, mrv={"Chest": 22}) == {"Chest": ()}
    assert project([], week=1, weeks=5, mrv={}) == {}


# -- properties -------------------------------------------------------------------------------------


@st.composite
def mesocycles(draw):
    """Arguments of `project`: up to four workouts and two muscles, anywhere in a mesocycle."""
    weeks = draw(st.integers(3, 7))
    week = draw(st.integers(1, weeks))
    slots = []
    for workout in range(draw(st.integers(1, 4))):
        asked_weeks = draw(st.integers(1, min(2, weeks - week + 1)))
        for muscle in draw(st.sampled_from([("Chest",), ("Back",), ("Chest", "Back")])):
            exercises = tuple(
                ExAhead(
                    id=f"{muscle}{index}",
                    pos=index,
                    asked=tuple(draw(st.integers(1, 8) | st.integers(1, 15)) for _ in range(asked_weeks)),
                    week1_sets=draw(st.none() | st.integers(1, 15)),
                )
                for index in range(draw(st.integers(1, 3)))
            )
            kind = draw(st.sampled_from(["normal", "normal", "normal", "recovery", "deload"]))
            slots.append(SlotAhead(workout=workout, muscle=muscle, exercises=exercises, kind=kind))
    mrv = {muscle: draw(st.integers(8, 28)) for muscle in ("Chest", "Back")}
    return {"slots": slots, "week": week, "weeks": weeks, "mrv": mrv}


def played(meso):
    return [
        play_out(meso["slots"], feedback=each, **{k: meso[k] for k in ("week", "weeks", "mrv")}) for each in FEEDBACKS
    ]


@given(mesocycles())
@quick
def test_worst_is_never_above_typical_and_typical_never_above_best(meso):
    for ahead in project(**meso).values():
        assert [one.week for one in ahead] == list(range(meso["week"] + 1, meso["weeks"] + 1))
        assert all(one.worst <= one.typical <= one.best for one in ahead)


@given(mesocycles())
@quick
def test_every_exercise_keeps_1_to_15_sets(meso):
    for run in played(meso):
        assert all(1 <= sets <= 15 for week in run for sets in week.values())


@given(mesocycles())
@quick
def test_no_week_is_above_the_ceiling_unless_what_is_asked_is(meso):
    for muscle, ahead in project(**meso).items():
        of_muscle = [one for one in meso["slots"] if one.muscle == muscle]
        asked = sum(max(one.asked) for each in of_muscle for one in each.exercises)
        assert all(one.best <= max(meso["mrv"][muscle], asked) for one in ahead)


@given(mesocycles())
@quick
def test_a_muscle_adds_three_sets_a_week_at_most(meso):
    assume(all(one.weeks_asked == 1 for one in meso["slots"]))
    for run in played(meso):
        for muscle in ("Chest", "Back"):
            totals = [sum(sets for (_, name), sets in week.items() if name.startswith(muscle)) for week in run]
            assert all(after - before <= 3 for before, after in pairwise(totals))


@given(mesocycles())
@quick
def test_the_last_week_halves_every_exercise_as_a_deload_does(meso):
    assume(meso["week"] + 2 <= meso["weeks"] and all(one.weeks_asked == 1 for one in meso["slots"]))
    grid = Grid(kind="load", step=D("2.5"))
    for run in played(meso):
        for key, sets in run[-2].items():
            plan = Plan(sets=sets, weight=D(100), reps=8, reps_lo=8, rir=0)
            deload = plan_deload(plan, best_reps=8, grid=grid, session_index=0, sessions_in_week=1)
            assert run[-1][key] == deload.sets == -(-sets // 2)


@given(mesocycles())
@quick
def test_it_is_deterministic_and_leaves_its_arguments_alone(meso):
    before = [replace(one) for one in meso["slots"]], dict(meso["mrv"])
    assert project(**meso) == project(**meso)
    assert (meso["slots"], meso["mrv"]) == before


# -- the border -------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("wrong", "named"),
    [
        ({"weeks": 8}, "weeks"),
        ({"week": 0}, "week"),
        ({"week": 6}, "week"),
        ({"mrv": {}}, "Chest"),
        ({"mrv": {"Chest": -1}}, "mrv"),
        ({"slots": "chest"}, "slots"),
        ({"slots": [slot("A", 3), slot("A", 2)]}, "muscle"),
        ({"slots": [slot("A", (3, 3, 3))], "week": 4}, "asked"),
    ],
    ids=str,
)
def test_what_lies_outside_the_border_is_refused(wrong, named):
    with pytest.raises(EngineError, match=named):
        project(**({"slots": [slot("A", 3)], "week": 1, "weeks": 5, "mrv": {"Chest": 22}} | wrong))


@pytest.mark.parametrize(
    "wrong",
    [
        lambda: slot("A", 16),
        lambda: slot("A", 0),
        lambda: slot("A"),
        lambda: slot("A", 3, kind="hard"),
        lambda: slot("A", 3, in_full=(3, 3)),
        lambda: slot("A", (3, 3), 3),
        lambda: Feedback(perf=3),
        lambda: Feedback(soreness=4),
    ],
)
def test_no_slot_and_no_feedback_is_made_of_nonsense(wrong):
    with pytest.raises(EngineError):
        wrong()
