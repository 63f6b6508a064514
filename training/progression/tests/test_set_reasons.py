import pytest

from training.progression import (
    EngineError,
    Reason,
    SlotCtx,
    is_about_sets,
    is_of_muscle,
    plan_sets,
    sentence,
    strongest,
)
from training.progression.reasons.set_reasons import CELL_CODES
from training.progression.tests.set_cases import chest, ctx, ex

FLOOR = "One set fewer was due, but one of each exercise is the least."


@pytest.mark.parametrize(
    ("context", "exercises", "expected"),
    [
        (ctx("S0 p1 c1"), chest(), "+2 sets for Chest because you did not get sore and you hit your targets."),
        (ctx("S1 p2 c1"), chest(0), "+1 set for Chest because you recovered well in time and you beat your targets."),
        (ctx("S1 p2 c0"), chest(1), "+2 sets for Chest because you recovered well in time and you found it easy."),
        (
            ctx("S0 p1 c1", weekly_sets=21),
            chest(),
            "+1 set for Chest because you did not get sore and you hit your targets.",
        ),
        (ctx("S0 p1 c1", weekly_sets=22), chest(), "The weekly ceiling for Chest is 22 sets."),
        (ctx("S0 p1 c1", next_is_last=True, weekly_sets=22), chest(), "The weekly ceiling for Chest is 22 sets."),
        (
            ctx("S0 p1 c1", next_is_last=True),
            chest(),
            "+1 set for Chest because you did not get sore and you hit your targets.",
        ),
        (ctx("S0 p1 c1", gap_days=12), chest(completed=1), "Extra sets have to wait: you finished 2 of 5."),
        (ctx("S0 p1 c1", gap_days=12), chest(), "No extra sets for Chest after 12 days off."),
        (
            ctx("S0 p1 c1", added_this_week=3, next_is_last=True),
            chest(),
            "One week adds at most 3 sets for Chest, and 3 are added already.",
        ),
        (
            ctx("S0 p1 c1"),
            chest(bench=6, fly=6),
            "This workout already has 12 sets for Chest, and more than 12 add little.",
        ),
        (
            ctx("S0 p1 c1"),
            chest(new=True),
            "No exercise here can take another set: each gains at most one a week, has at most 15, "
            "and must first go to plan.",
        ),
        (ctx("S1 p3 c2"), chest(), "Same sets for Chest because pump and effort were high."),
        (ctx("S2 p3 c2"), chest(), "Same sets for Chest because you recovered only just in time."),
        (ctx("Sx p3 c2"), chest(), "Same sets for Chest because you did not say how sore you got."),
        (ctx("S2 p3 c2"), chest(2), "Same sets for Chest because you missed some targets."),
        (ctx("S0 p1 c1"), chest(3), "Same sets for Chest because you fell below last week."),
        (ctx("S0 p2 c3"), chest(), "Same sets for Chest because it was harder than planned."),
        (ctx("S3 p2 c1"), chest(), "Same sets for Chest because you were still sore."),
        (ctx("S3 p2 c1"), chest(2), "-1 set for Chest because you were still sore and you missed some targets."),
        (ctx("S3 p2 c1"), chest(3), "-1 set for Chest because you were still sore and you fell below last week."),
        (ctx("S3 p2 c3"), chest(1), "-1 set for Chest because you were still sore and it was harder than planned."),
        (ctx("S3 p3 c2"), chest(), "-1 set for Chest because you were still sore and pump and effort were high."),
        (ctx("S3 p2 c1", prev_soreness=3), chest(), "Still sore two weeks in a row: that calls for one set fewer."),
        (ctx("S3 p2 c1", prev_soreness=3), chest(bench=1, fly=1), FLOOR),
        (ctx("S3 p2 c1"), chest(2, bench=1, fly=1), FLOOR),
        (
            ctx(),
            chest(3, fell_twice=True, fell_by=3),
            "Recovery for Chest: half the sets and half the reps, because "
            "you fell two sessions in a row, by up to 3 reps a set.",
        ),
        (
            ctx(),
            chest(3, fell_twice=True, fell_by=1),
            "Recovery for Chest: half the sets and half the reps, because "
            "you fell two sessions in a row, by up to 1 rep a set.",
        ),
        (
            ctx(),
            chest(3, fell_twice=True, fell_by=0),
            "Recovery for Chest: half the sets and half the reps, because you fell two sessions in a row.",
        ),
        (
            ctx("S3 p2 c3"),
            chest(3),
            "Recovery for Chest: half the sets and half the reps, because you fell below last week, it was very hard "
            "and you were still sore.",
        ),
        (
            ctx(was_recovery=True),
            [ex(sets=1)],
            "Back from recovery with 1 set for Chest, between week 1 and what was too much.",
        ),
        (ctx(gap_days=20), chest(), "After 20 days off: 4 sets for Chest to ease back in."),
        (ctx(), chest(None), "You left it out last time, so the sets stay as they were."),
    ],
)
def test_the_strongest_reason_says_it(context, exercises, expected):
    assert sentence(strongest(plan_sets(context, exercises).reasons)) == expected


@pytest.mark.parametrize(
    ("context", "exercises", "expected"),
    [
        (
            ctx("S0 p1 c1", weekly_sets=22),
            chest(),
            "More sets for Chest were due because you did not get sore and you hit your targets.",
        ),
        (
            ctx("S3 p2 c1", prev_soreness=3),
            chest(bench=1, fly=1),
            "One set fewer for Chest was due because you were still sore two weeks in a row.",
        ),
        (ctx("S0 p2 c3", rir=1), chest(), "It was harder than 1 in reserve should be."),
        (ctx("S0 p2 c0"), chest(), "You found it easy, so it counts as better than planned."),
        (ctx("S0 p1 c1", next_is_last=True), chest(), "Extra sets for the last hard week are limited to 1."),
    ],
)
def test_the_other_reasons_hold_as_well(context, exercises, expected):
    assert expected in [sentence(reason) for reason in plan_sets(context, exercises).reasons]


def test_by_the_book_the_sentence_names_the_fall():
    reason = plan_sets(ctx(), chest(3), True).reasons[0]
    assert sentence(reason).endswith("because you fell below last week.")


def test_without_a_name_it_is_this_muscle():
    reason = plan_sets(SlotCtx(soreness=2, rir=1, weekly_sets=5, mrv=20), chest()).reasons[0]
    assert sentence(reason) == "Same sets for this muscle because you recovered only just in time."


def test_the_cell_keeps_the_facts():
    planned = plan_sets(ctx("Sx p3 c2", prev_soreness=3), chest(2))
    params = {
        "muscle": "Chest",
        "n": 0,
        "soreness": None,
        "perf": 2,
        "stimulus": "H",
        "rated": None,
        "today": None,
        "short": 1,
    }
    assert planned.reasons == (Reason("SETS_HOLD_SxP2H", params),)
    assert strongest(planned.reasons) == planned.reasons[0]


def test_there_is_one_code_for_each_cell_and_direction():
    assert len(CELL_CODES) == 5 * 4 * 3 * 3
    assert {code.split("_")[1] for code in CELL_CODES} == {"UP", "HOLD", "DOWN"}


@pytest.mark.parametrize(
    ("code", "expected"),
    [
        ("SETS_UP_S0P1L", True),
        ("RECOVERY", True),
        ("CAP_MRV", True),
        ("SETS_HOLD_PLAN", True),
        ("LIFTER_SETS_TODAY", True),
        ("LIFTER_SETS_PLAN", True),
        ("SHORTENED", True),
        ("LOAD_UP", False),
        ("DELOAD", False),
        ("LIFTER_SWAPPED", False),
    ],
)
def test_some_reasons_are_about_sets_and_the_others_about_the_load(code, expected):
    assert is_about_sets(code) is expected


@pytest.mark.parametrize(
    ("code", "params", "expected"),
    [
        ("SETS_HOLD_S1P2M", {"n": 0}, True),
        ("SETS_HOLD_PLAN", {}, True),
        ("RECOVERY", {}, True),
        ("CAP_MRV", {}, True),
        ("SETS_UP_S0P1L", {"n": 1}, False),
        ("SORE_TWICE", {}, False),
        ("LIFTER_SETS_TODAY", {}, False),
        ("EARLY_DELOAD", {}, False),
        ("LOAD_UP", {}, False),
    ],
)
def test_what_single_exercises_gained_is_not_told_of_the_muscle(code, params, expected):
    assert is_of_muscle(Reason(code, params)) is expected


@pytest.mark.parametrize("reasons", [(), None, ["SETS_SKIPPED"], [Reason("SETS_SKIPPED"), "CAP_MRV"]])
def test_the_strongest_of_nothing_is_refused(reasons):
    with pytest.raises(EngineError, match=r"^reasons must be a sequence"):
        strongest(reasons)


@pytest.mark.parametrize("codes", [("LOAD_UP",), ("LOAD_UP", "REPS_UP")])
def test_without_a_cell_the_first_reason_is_the_strongest(codes):
    assert strongest([Reason(code) for code in codes]).code == "LOAD_UP"
