"""The outlook: the coming weeks played through the rules for sets, and what it can never say."""

from dataclasses import replace
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from training.progression import (
    BEST,
    CONFIG,
    TYPICAL,
    WORST,
    EngineError,
    ExAhead,
    ExercisePlan,
    Feedback,
    Grid,
    SlotAhead,
    plan_deload,
    plan_sets,
    play_out,
    project,
)
from training.progression.tests.cases import D, quick
from training.progression.tests.set_cases import ctx, ex

FEEDBACKS = (WORST, TYPICAL, BEST)


def slot(workout, *sets, muscle="Chest", kind="normal", **facts):
    """Makes one exercise for each entry: the sets asked this week, or a tuple of the sets from this week on."""
    name = facts.pop("id", muscle)
    exercises = tuple(
        ExAhead(id=f"{name}{index}", pos=index, asked=one if isinstance(one, tuple) else (one,), **facts)
        for index, one in enumerate(sets)
    )
    return SlotAhead(workout=workout, muscle=muscle, exercises=exercises, kind=kind)


def outlook(*slots, week=1, weeks=5, mrv=22, muscle="Chest"):
    """Returns the sets and their range, such as "12 (8-14)", for each week to come."""
    ahead = project(slots, week=week, weeks=weeks, mrv={one.muscle: mrv for one in slots})
    return [f"{one.typical} ({one.worst}-{one.best})" for one in ahead[muscle]]


# -- examples ---------------------------------------------------------------------------------------


def test_each_week_adds_what_the_table_adds_and_the_last_halves_it():
    # Typical +1, best +2, before the last hard week +1 at most; worst -1 a week. Then half of each exercise.
    assert outlook(slot("A", 3, 2)) == ["6 (4-7)", "7 (3-9)", "8 (2-10)", "4 (2-6)"]


def test_no_set_is_foretold_that_does_not_fit_into_the_minutes():
    # 30 minutes less 5 to warm up are 7 sets of 210 seconds; a muscle that comes first takes the room first.
    limited = replace(slot("A", 3, 2), minutes=30)
    assert outlook(limited) == ["6 (4-7)", "7 (3-7)", "7 (2-7)", "4 (2-4)"]
    both = replace(slot("A", 4), minutes=30), replace(slot("A", 2, muscle="Back"), minutes=30)
    assert outlook(*both)[:2] == ["5 (3-5)", "5 (2-5)"]
    assert outlook(*both, muscle="Back")[:2] == ["2 (1-2)", "2 (1-2)"]


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
    played = play_out(slots, feedback=BEST, week=1, weeks=7, mrv={"Chest": 22})
    assert [week["A", "Chest0"] for week in played[:2]] == [3, 4]


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


def test_an_outlook_names_its_weeks():
    ahead = project([slot("A", 3, 2)], week=2, weeks=5, mrv={"Chest": 22})["Chest"]
    assert [one.week for one in ahead] == [3, 4, 5]


@pytest.mark.parametrize(
    ("feedback", "soreness", "perf", "pump", "challenge"),
    [(BEST, 0, 0, 1, 1), (TYPICAL, 1, 1, 2, 1), (WORST, 3, 2, 2, 2)],
)
def test_three_kinds_of_feedback_are_played_through(feedback, soreness, perf, pump, challenge):
    assert feedback == Feedback(soreness=soreness, perf=perf, pump=pump, challenge=challenge)


def test_nobody_who_says_nothing_gains_a_set():
    assert Feedback() == Feedback(soreness=None, perf=1, pump=None, challenge=None)
    assert total_ahead(Feedback()) == [5, 5, 5, 5, 3]


@pytest.mark.parametrize(
    ("feedback", "expected"),
    [
        # Very hard with reps to spare counts as missed.
        (Feedback(soreness=1, perf=1, pump=0, challenge=3), [5, 5, 5, 5, 3]),
        # Low, middle and high stimulus.
        (Feedback(soreness=1, perf=0, pump=0, challenge=1), [5, 7, 9, 10, 6]),
        (Feedback(soreness=1, perf=0, pump=2, challenge=2), [5, 6, 7, 8, 4]),
        (Feedback(soreness=0, perf=1, pump=3, challenge=2), [5, 5, 5, 5, 3]),
        # Sore two weeks in a row costs a set that soreness alone does not.
        (Feedback(soreness=3, perf=0, pump=0, challenge=1), [5, 4, 3, 2, 2]),
    ],
)
def test_every_answer_counts_in_every_week(feedback, expected):
    assert total_ahead(feedback) == expected


def total_ahead(feedback):
    played = play_out([slot("A", 3, 2)], feedback=feedback, week=1, weeks=5, mrv={"Chest": 22})
    return [sum(week.values()) for week in played]


def test_effort_is_judged_by_the_target_of_the_week_just_done():
    """Week 2 of 4 leaves one in reserve, so very hard counts as missed; by week 3, with none, it would not."""
    very_hard = Feedback(soreness=1, perf=0, pump=0, challenge=3)
    played = play_out([slot("A", 3, 2)], feedback=very_hard, week=1, weeks=4, mrv={"Chest": 22})
    assert [sum(week.values()) for week in played] == [5, 5, 5, 3]


def test_an_outlook_may_follow_other_constants():
    slower = replace(CONFIG, week_added_most=1)
    ahead = project([slot("A", 3, 2)], week=1, weeks=7, mrv={"Chest": 22}, config=slower)["Chest"]
    assert [one.best for one in ahead] == [6, 7, 8, 9, 10, 6]


# -- properties -------------------------------------------------------------------------------------


@st.composite
def mesocycles(draw, *, most_asked=2, least_ahead=0):
    """Draws arguments of `project`: up to four workouts and two muscles, anywhere in a mesocycle. `most_asked`: weeks
    that are prescribed already; `least_ahead`: weeks that are still to come."""
    weeks = draw(st.integers(3, 7))
    week = draw(st.integers(1, weeks - least_ahead))
    slots = []
    for workout in range(draw(st.integers(1, 4))):
        minutes = draw(st.none() | st.integers(20, 180))
        asked_weeks = draw(st.integers(1, min(most_asked, weeks - week + 1)))
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
            slots.append(SlotAhead(workout=workout, muscle=muscle, exercises=exercises, kind=kind, minutes=minutes))
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


@given(mesocycles(most_asked=1))
@quick
def test_a_muscle_adds_three_sets_a_week_at_most(meso):
    for run in played(meso):
        for muscle in ("Chest", "Back"):
            totals = [sum(sets for (_, name), sets in week.items() if name.startswith(muscle)) for week in run]
            assert all(after - before <= 3 for before, after in pairwise(totals))


@given(mesocycles(most_asked=1, least_ahead=2))
@quick
def test_the_last_week_halves_every_exercise_as_a_deload_does(meso):
    grid = Grid(kind="load", step=D("2.5"))
    for run in played(meso):
        for key, sets in run[-2].items():
            plan = ExercisePlan(sets=sets, weight=D(100), reps=8, reps_lo=8, rir=0)
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
    ("wrong", "message"),
    [
        ({"weeks": 8}, "weeks must be"),
        ({"weeks": 2}, "weeks must be"),
        ({"week": 0}, "week must be"),
        ({"week": 6}, "week must be"),
        ({"mrv": {}}, "mrv lacks the muscle 'Chest'"),
        ({"mrv": {"Chest": -1}}, "mrv of Chest must be"),
        ({"mrv": ["Chest"]}, "mrv must be a mapping"),
        ({"slots": "chest"}, "slots must be"),
        ({"slots": [slot("A", 3), "B"]}, "slots must be"),
        ({"slots": [slot("A", 3), slot("A", 2)]}, "each muscle may come once in a workout"),
        ({"slots": [slot("A", 3, id="x"), slot("A", 2, id="x", muscle="Back")]}, "each exercise may come once"),
        ({"slots": [slot("A", (3, 3, 3))], "week": 4}, "asked must be"),
    ],
    ids=str,
)
def test_what_lies_outside_the_border_is_refused(wrong, message):
    inside = {"slots": [slot("A", 3)], "week": 1, "weeks": 5, "mrv": {"Chest": 22, "Back": 22}}
    with pytest.raises(EngineError, match=f"^{message}"):
        project(**(inside | wrong))


@pytest.mark.parametrize(("week", "weeks", "mrv"), [(1, 3, 0), (3, 3, 22), (7, 7, 22), (1, 7, 1)])
def test_the_border_itself_is_inside(week, weeks, mrv):
    ahead = project([slot("A", 3)], week=week, weeks=weeks, mrv={"Chest": mrv})["Chest"]
    assert [one.week for one in ahead] == list(range(week + 1, weeks + 1))


def test_what_is_no_feedback_cannot_be_played():
    with pytest.raises(EngineError, match=r"^feedback must be a Feedback"):
        play_out([slot("A", 3)], feedback={"perf": 1}, week=1, weeks=5, mrv={"Chest": 22})


ONE = {"id": "bench", "pos": 0, "asked": (3,)}


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"id": None}, "id must be"),
        ({"pos": -1}, "pos must be"),
        ({"asked": ()}, "asked must be a tuple"),
        ({"asked": [3]}, "asked must be a tuple"),
        ({"asked": (-1,)}, "asked must be a whole number"),
        ({"asked": (16,)}, "asked must be a whole number"),
        ({"asked": (0,)}, "in_full must be a whole number"),  # nothing to build on
        ({"in_full": (0,)}, "in_full must be a whole number"),
        ({"in_full": (16,)}, "in_full must be a whole number"),
        ({"in_full": ()}, "in_full must be a tuple"),
        ({"in_full": (3, 3)}, "in_full must be sets of 1 weeks"),
        ({"week1_sets": 0}, "week1_sets must be"),
        ({"week1_sets": 16}, "week1_sets must be"),
        ({"pace": 0}, "pace must be"),
    ],
    ids=str,
)
def test_an_exercise_ahead_refuses_what_cannot_be(change, message):
    for inside in ({"id": 0}, {"week1_sets": 1}, {"week1_sets": 15}, {"asked": (1, 15)}, {"in_full": (1,)}):
        ExAhead(**ONE | inside)
    ExAhead(**ONE | {"asked": (0,), "in_full": (15,)})
    with pytest.raises(EngineError, match=f"^{message}"):
        ExAhead(**ONE | change)


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"workout": None}, "workout must be"),
        ({"muscle": ""}, "muscle must be"),
        ({"muscle": 1}, "muscle must be"),
        ({"exercises": ()}, "exercises must be a tuple"),
        ({"exercises": [ExAhead(**ONE)]}, "exercises must be a tuple"),
        ({"exercises": (ExAhead(**ONE), "fly")}, "exercises must be a tuple"),
        ({"exercises": (ExAhead(**ONE), ExAhead(**ONE))}, "exercises must be exercises that each come once"),
        ({"exercises": (ExAhead(**ONE), ExAhead(id="fly", pos=1, asked=(3, 3)))}, "asked must be as many weeks"),
        ({"kind": "hard"}, "kind must be one of normal, recovery, deload"),
        ({"minutes": 0}, "minutes must be"),
    ],
    ids=str,
)
def test_a_slot_ahead_refuses_what_cannot_be(change, message):
    inside = {"workout": "A", "muscle": "Chest", "exercises": (ExAhead(**ONE),)}
    assert SlotAhead(**inside | {"workout": 1}).kind == "normal"
    with pytest.raises(EngineError, match=f"^{message}"):
        SlotAhead(**inside | change)


@pytest.mark.parametrize(
    ("wrong", "named"),
    [
        ({"soreness": 4}, "soreness"),
        ({"pump": 4}, "pump"),
        ({"challenge": -1}, "challenge"),
        ({"perf": 3}, "perf"),
        ({"perf": -1}, "perf"),
        ({"perf": None}, "perf"),
    ],
)
def test_no_feedback_is_made_of_nonsense(wrong, named):
    with pytest.raises(EngineError, match=f"^{named} must be"):
        Feedback(**wrong)
