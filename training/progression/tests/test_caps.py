from dataclasses import replace

import pytest

from training.progression import CONFIG, Reason, plan_sets
from training.progression.tests.set_cases import chest, codes, ctx, ex

S0P1L = "SETS_UP_S0P1L"


@pytest.mark.parametrize(
    ("facts", "sets", "expected"),
    [
        ({"weekly_sets": 20}, (4, 3), []),
        ({"weekly_sets": 21}, (3, 3), ["CAP_MRV"]),
        ({"weekly_sets": 22}, (3, 2), ["CAP_MRV"]),
        ({"weekly_sets": 30}, (3, 2), ["CAP_MRV"]),
        ({"added_this_week": 1}, (4, 3), []),
        ({"added_this_week": 2}, (3, 3), ["CAP_WEEK_RATE"]),
        ({"added_this_week": 3}, (3, 2), ["CAP_WEEK_RATE"]),
        ({"added_this_week": 4}, (3, 2), ["CAP_WEEK_RATE"]),
        ({"next_is_last": True}, (3, 3), ["CAP_LAST_WEEK"]),
        ({"gap_days": 0}, (4, 3), []),
        ({"gap_days": 11}, (3, 2), ["CAP_GAP"]),
        # several, in the order of the table, and only those that took something
        ({"next_is_last": True, "weekly_sets": 21}, (3, 3), ["CAP_LAST_WEEK"]),
        ({"next_is_last": True, "weekly_sets": 22}, (3, 2), ["CAP_LAST_WEEK", "CAP_MRV"]),
        ({"next_is_last": True, "added_this_week": 3}, (3, 2), ["CAP_LAST_WEEK", "CAP_WEEK_RATE"]),
        ({"weekly_sets": 21, "added_this_week": 3}, (3, 2), ["CAP_MRV", "CAP_WEEK_RATE"]),
        ({"weekly_sets": 30, "added_this_week": 9}, (3, 2), ["CAP_MRV"]),
        ({"gap_days": 11, "next_is_last": True, "weekly_sets": 30}, (3, 2), ["CAP_GAP"]),
    ],
)
def test_each_cap_takes_its_part(facts, sets, expected):
    planned = plan_sets(ctx("S0 p1 c1", **facts), chest())
    assert (planned.sets["bench"], planned.sets["fly"]) == sets
    assert codes(planned) == [S0P1L, *expected]


@pytest.mark.parametrize(
    ("exercises", "gained", "expected"),
    [
        (chest(bench=5, fly=5), 2, []),
        (chest(bench=6, fly=5), 1, ["CAP_SESSION"]),
        (chest(bench=6, fly=6), 0, ["CAP_SESSION"]),
        (chest(bench=9, fly=9), 0, ["CAP_SESSION"]),
        ([ex("bench", 3)], 1, ["CAP_EXERCISE"]),
        ([ex("bench", 11)], 1, ["CAP_SESSION"]),
        ([ex("bench", 3), ex("fly", 2, new=True)], 1, ["CAP_EXERCISE"]),
        ([ex("bench", 3), ex("fly", 2, None, new=True)], 1, ["CAP_EXERCISE"]),
        ([ex("bench", 5, 1), ex("fly", 2, 2)], 1, ["CAP_EXERCISE"]),
        ([ex("bench", 3, 1), ex("fly", 2, None, asked=0)], 1, ["CAP_EXERCISE"]),
        ([ex("bench", 3, new=True), ex("fly", 2, new=True)], 0, ["CAP_EXERCISE"]),
        # left undone
        ([ex("bench", 3), ex("fly", 2, completed=1)], 0, ["CAP_INCOMPLETE"]),
        ([ex("bench", 3), ex("fly", 2, None)], 0, ["CAP_INCOMPLETE"]),
        ([ex("bench", 3, completed=5), ex("fly", 2, completed=1)], 0, ["CAP_INCOMPLETE"]),
        ([ex("bench", 3, completed=5), ex("fly", 2)], 2, []),
        # shortened that day: what was asked was done
        ([ex("bench", 3, completed=2, asked=2), ex("fly", 2)], 2, []),
        ([ex("bench", 3, completed=1, asked=2), ex("fly", 2)], 0, ["CAP_INCOMPLETE"]),
        ([ex("bench", 3, asked=5), ex("fly", 2)], 2, []),
    ],
)
def test_what_the_exercises_themselves_allow(exercises, gained, expected):
    planned = plan_sets(ctx("S0 p1 c1"), exercises)
    assert sum(planned.sets.values()) - sum(each.sets for each in exercises) == gained
    assert codes(planned) == [S0P1L, *expected]


def test_sets_left_undone_and_a_gap_are_both_said():
    planned = plan_sets(ctx("S0 p1 c1", gap_days=12), chest(completed=1))
    assert planned.reasons[1:] == (
        Reason("CAP_INCOMPLETE", {"done": 2, "planned": 5}),
        Reason("CAP_GAP", {"days": 12, "muscle": "Chest"}),
    )


@pytest.mark.parametrize("spc", ["S2 p1 c1", "S3 p1 c1", "S1 p3 c3"])
def test_caps_are_silent_where_nothing_would_grow(spc):
    planned = plan_sets(ctx(spc, gap_days=12, next_is_last=True, weekly_sets=40), chest(completed=1))
    assert not [code for code in codes(planned) if code.startswith("CAP")]


def test_caps_never_cut_what_stands():
    planned = plan_sets(ctx("S0 p0 c0", weekly_sets=40, added_this_week=9), chest(bench=15, fly=15))
    assert planned.sets == {"bench": 15, "fly": 15}


def test_fifteen_sets_are_the_most_of_an_exercise():
    roomy = replace(CONFIG, session_sets_most=40)
    grown = plan_sets(ctx("S0 p1 c1"), chest(bench=15, fly=14), config=roomy)
    assert (grown.sets, codes(grown)) == ({"bench": 15, "fly": 15}, [S0P1L, "CAP_EXERCISE"])


@pytest.mark.parametrize(
    ("facts", "exercises", "reason"),
    [
        ({"weekly_sets": 21}, chest(), Reason("CAP_MRV", {"muscle": "Chest", "mrv": 22})),
        ({"added_this_week": 2}, chest(), Reason("CAP_WEEK_RATE", {"muscle": "Chest", "added": 2, "most": 3})),
        ({"next_is_last": True}, chest(), Reason("CAP_LAST_WEEK", {"most": 1})),
        ({}, chest(bench=6, fly=5), Reason("CAP_SESSION", {"muscle": "Chest", "sets": 11, "most": 12})),
        ({}, [ex()], Reason("CAP_EXERCISE", {"most": 15})),
        ({}, [ex(completed=2), ex("fly", 2, completed=3)], Reason("CAP_INCOMPLETE", {"done": 4, "planned": 5})),
        (
            {},
            [ex("fly", 4, completed=1, asked=2), ex("dip", 2, None, new=True)],
            Reason("CAP_INCOMPLETE", {"done": 1, "planned": 2}),
        ),
    ],
)
def test_a_cap_gives_its_numbers(facts, exercises, reason):
    assert plan_sets(ctx("S0 p1 c1", **facts), exercises).reasons[1] == reason
