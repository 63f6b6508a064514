"""What today changes: sore, ill, days off, and the minutes there are. No sentence contradicts another."""

import pytest
from hypothesis import given

from training.progression import (
    EngineError,
    Reason,
    Signals,
    Target,
    missed_reps,
    performance,
    plan_sets,
    retold,
    sentence,
    set_pace,
    strongest,
    suggests_early_deload,
    time_room,
    told_here,
    told_of_muscle,
    told_today,
)
from training.progression.load.today import RIR_CODES
from training.progression.tests.cases import KG, Done, codes, load, load_after, load_inputs, log, plan, quick, shown
from training.progression.tests.set_cases import chest, contexts, ctx, exercises
from training.progression.tests.set_cases import codes as set_codes


def told(done, hi=12, next_rir=1, **facts):
    """Plans with and without today's answer, and returns the plan as the lifter reads it."""
    planned = plan("3x100x10 @2", drop="1")
    first = load(planned, done, (8, hi), next_rir, **facts)
    usual = load(planned, done, (8, hi), next_rir, **facts | {"soreness": None})
    target = Target(lo=8, hi=hi, grid=KG, next_rir=next_rir, next_sets=3)
    names = {"soreness", "gap_days", "recovery"}
    signals = Signals(**{name: value for name, value in {"soreness": 1, **facts}.items() if name in names})
    return told_today(first, usual=usual, target=target, signals=signals)


@pytest.mark.parametrize(
    ("reps", "facts", "expected"),
    [
        ((10, 9, 8), {"soreness": 3}, ["SORE_TODAY"]),
        ((10, 9, 8), {"soreness": 2}, ["REPS_STRETCH"]),
        ((14, 13, 12), {"soreness": 3}, ["SORE_TODAY"]),
        ((10, 9, 8), {"gap_days": 11}, ["REPS_MATCH", "RIR_BREAK"]),
        ((10, 9, 8), {"gap_days": 10}, ["REPS_STRETCH"]),
        ((10, 9, 8), {"gap_days": 15}, ["LOAD_BREAK_HOLD"]),
        ((10, 9, 8), {"gap_days": 11, "soreness": 3}, ["REPS_MATCH", "RIR_BREAK"]),  # the days off did it
        ((10, 9, 8), {"soreness": 3, "recovery": True}, ["LOAD_RECOVERY"]),
    ],
)
def test_what_today_changed_is_told_in_place_of_the_rest(reps, facts, expected):
    result = told(log("100", *reps), **facts)
    assert codes(result) == expected


def test_the_sentences_name_the_numbers():
    assert sentence(told(log("100", 10, 9, 8), soreness=3).reasons[0]) == (
        "10 reps with 2 left, one more than planned, because you are still sore today."
    )
    assert sentence(told(log("100", 10, 9, 8), gap_days=12).reasons[1]) == (
        "2 left, one more than planned, after 12 days."
    )


STEP = "2 left, because it falls by at most one from session to session."


@pytest.mark.parametrize(
    ("facts", "expected"),
    [
        ({}, STEP),
        ({"gap_days": 10}, STEP),  # too few days to leave one more
        ({"gap_days": 11}, "2 left, one more than planned, after 11 days."),
        ({"gap_days": 11, "next_rir": 0}, STEP),  # the days explain one left, not two
    ],
)
def test_an_rir_above_that_of_the_week_is_explained_by_days_off_or_by_its_steps(facts, expected):
    target = Target(lo=8, hi=12, grid=KG, next_rir=facts.get("next_rir", 1), next_sets=3)
    one = plan("3x100x10 @2")
    result = told_today(one, usual=one, target=target, signals=Signals(soreness=1, gap_days=facts.get("gap_days")))
    assert sentence(result.reasons[-1]) == expected
    assert result.reasons[-1].code in RIR_CODES


@pytest.mark.parametrize(("code", "words"), [("REPS_MATCH", ""), ("LOAD_HOLD_SORE", ", and the same weight")])
def test_while_sore_a_weight_that_would_have_risen_is_said_to_stay(code, words):
    target = Target(lo=8, hi=12, grid=KG, next_rir=1, next_sets=3)
    usual, sore = plan("3x102.5x8 @1"), plan("3x100x9 @2", reasons=[Reason(code, {"reps": 9, "rir": 2})])
    told = told_today(sore, usual=usual, target=target, signals=Signals(soreness=3))
    assert sentence(told.reasons[0]) == (
        f"9 reps with 2 left, one more than planned{words}, because you are still sore today."
    )


def test_where_no_more_can_be_left_nothing_is_said_of_it():
    sore = told(log("100", 10, 9, 8), next_rir=4, soreness=3)
    assert (shown(sore), codes(sore)) == ("100 x 8 @4", ["REPS_EASIER"])


@given(load_inputs())
@quick
def test_only_still_sore_changes_what_is_asked(inputs):  # I25
    usual = load_after(**inputs | {"soreness": None})
    for soreness in (0, 1, 2):
        result = load_after(**inputs | {"soreness": soreness})
        assert (result.weight, result.reps, result.rir) == (usual.weight, usual.reps, usual.rir)


# -- the sets -----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("context", "perf", "expected"),
    [
        (ctx("S3 p2 c1", today=3), 1, "No extra set for Chest: you are still sore today."),
        (ctx("S3 p2 c0", today=3), 1, "No extra set for Chest: you are still sore today."),
        (ctx("S3 p2 c1", today=3), 2, "-1 set for Chest because you are still sore today and you missed some targets."),
        (
            ctx("S2 p2 c1", today=1, waits_once=True),
            1,
            "No extra set for Chest yet: you were still sore after this workout last time.",
        ),
        (ctx("S2 p2 c1", today=1, waits_once=True), 2, "Same sets for Chest because you missed some targets."),
        (ctx("S2 p2 c1", today=2), 1, "Same sets for Chest because you recovered only just in time."),
    ],
)
def test_today_and_last_time_have_sentences_of_their_own(context, perf, expected):
    assert sentence(strongest(plan_sets(context, chest(perf)).reasons)) == expected


@pytest.mark.parametrize(
    ("session", "is_short", "score"),
    [
        ([(11, 1), (11, 0), (11, 0)], False, 2),  # worked example 10: every rep, with less left
        ([(11, None), (10, None), (9, None)], True, 1),
    ],
)
def test_missed_is_said_only_where_reps_were_missed(session, is_short, score):  # 10a and 10b
    done = [Done(weight=plan("1x28x1 @2").weight, reps=reps, rir=rir) for reps, rir in session]
    planned = plan("3x28x11 @2", drop="1" if session[1][0] == 11 else "0.5")
    assert missed_reps(planned, done=done, grid=KG) is is_short
    assert performance(planned, done=done, grid=KG) == score


@pytest.mark.parametrize(
    ("perf", "short", "words"),
    [
        (2, True, "you missed some targets"),
        (2, False, "you made your reps with less left than planned"),
        (3, True, "you fell below last week"),
        (3, False, "you had less left than last week"),
    ],
)
def test_less_left_is_not_called_a_miss(perf, short, words):
    reason = strongest(plan_sets(ctx("S1 p2 c1"), chest(perf, short=short)).reasons)
    assert sentence(reason) == f"Same sets for Chest because {words}."
    held = load(plan("3x100x12 @2"), log("100", 13, 13, 13), (8, 12), 1, perf=2)
    assert sentence(held.reasons[0]) == "The weight stays, because you had less left than planned."


def test_a_set_is_said_to_be_gained_where_it_was():
    reason = plan_sets(ctx("S0 p1 c1"), chest()).reasons[0]
    assert sentence(reason) == "+2 sets for Chest because you did not get sore and you hit your targets."
    here = Reason(reason.code, reason.params | {"here": 1})
    assert sentence(here) == "+1 set here (Chest: you did not get sore and you hit your targets)."


@pytest.mark.parametrize(
    ("perf", "own", "missed", "words"),
    [
        (2, 1, True, "you missed some targets in another exercise"),
        (2, None, True, "you missed some targets in another exercise"),
        (2, 2, True, "you missed some targets"),
        (3, 1, True, "you fell below last week in another exercise"),
    ],
)
def test_a_miss_is_told_where_it_was(perf, own, missed, words):
    reason = strongest(plan_sets(ctx("S3 p2 c1"), chest(perf)).reasons)
    here = told_here(reason, sets=-1, perf=own, missed=missed)
    assert sentence(here) == f"-1 set here (Chest: you were still sore and {words})."
    assert "another exercise" not in sentence(told_of_muscle(here))


@pytest.mark.parametrize(
    ("missed", "words"), [(False, "you hit your targets"), (True, "you came close to your targets")]
)
def test_targets_are_called_hit_where_no_set_missed_one(missed, words):
    reason = plan_sets(ctx("S0 p1 c1"), chest()).reasons[0]
    here = told_here(reason, sets=1, perf=1, missed=missed)
    assert sentence(here) == f"+1 set here (Chest: you did not get sore and {words})."
    assert sentence(told_of_muscle(here)) == f"+2 sets for Chest because you did not get sore and {words}."


def test_a_reason_that_is_of_no_cell_is_told_as_it_is():
    assert told_here(Reason("SETS_ILL"), sets=1, perf=1, missed=True) == Reason("SETS_ILL")


def test_more_in_reserve_after_a_break_is_told_beside_the_lighter_weight():
    assert codes(told(log("100", 10, 9, 8), gap_days=25)) == ["LOAD_BREAK", "RIR_BREAK"]


def test_a_rir_that_can_fall_by_one_only_is_told_after_a_session_left_out():
    left_out = told([], next_rir=0)  # it was 2
    assert [sentence(one) for one in left_out.reasons][1:] == [
        "1 left, because it falls by at most one from session to session."
    ]


def test_reps_and_rir_that_change_are_named_anew():
    opened = Reason("MESO_OPEN_BREAK", {"reps": 10, "rir": 3, "pct": "1", "days": 16})
    assert retold(opened, reps=9, rir=4).params == {"reps": 9, "rir": 4, "pct": "1", "days": 16}
    assert retold(Reason("LOAD_SKIPPED"), reps=9, rir=4) == Reason("LOAD_SKIPPED")


# -- the minutes --------------------------------------------------------------------------------------


def test_the_worked_example_of_the_minutes():  # 12b
    assert time_room(60, [(12, 180), (6, 150)]) == 1
    planned = plan_sets(ctx("S0 p1 c1", room=1, minutes=60), chest())
    assert (planned.sets, planned.recovery) == ({"bench": 3, "fly": 3}, False)
    assert set_codes(planned) == ["SETS_UP_S0P1L", "CAP_TIME"]
    none = plan_sets(ctx("S0 p1 c1", room=0, minutes=60), chest())
    assert sentence(strongest(none.reasons)) == "No extra set for Chest: it would not fit into 60 minutes."


@given(contexts(), exercises())
@quick
def test_without_room_no_set_is_added_and_none_is_taken(context, those):  # I29
    full = type(context)(**{name: getattr(context, name) for name in context.__slots__} | {"room": 0, "minutes": 60})
    usual, crowded = plan_sets(context, those), plan_sets(full, those)
    for each in those:
        assert crowded.sets[each.id] == min(usual.sets[each.id], max(each.sets, 0)) or usual.sets[each.id] < each.sets


@pytest.mark.parametrize(
    ("limit", "planned", "warm_up", "room"),
    [
        (60, [(12, 180), (6, 150)], 0, 3),
        (56, [(12, 180), (6, 150)], None, 0),
        (20, [(12, 180)], None, 0),  # the plan is longer already: nothing is cut
        (60, [(0, 200), (3, 100)], None, 15),
        (60, [], None, 15),
    ],
)
def test_the_room_is_what_is_left_in_sets_of_the_slowest(limit, planned, warm_up, room):
    assert time_room(limit, planned, warm_up=warm_up) == room


@pytest.mark.parametrize(
    ("between", "mechanic", "seconds"),
    [
        ([], "compound", 210),
        ([100, 100], "isolation", 150),
        ([100, 120, 140], "compound", 120),
        ([1, 2, 500], "compound", 30),
        ([1, 500, 600], "compound", 420),
        ([100, 110, 120, 131], "compound", 115),
    ],
)
def test_the_pace_is_that_of_the_last_sessions(between, mechanic, seconds):
    assert set_pace(between, mechanic=mechanic) == seconds


# -- ill ----------------------------------------------------------------------------------------------


def test_a_day_while_ill_changes_nothing():
    planned = plan("3x100x9-11 @2", drop="1")
    result = load(planned, log("100", 4, 3, 2), (8, 12), 0, ill=True)
    assert (shown(result), codes(result)) == ("100 x 10-12 @1", ["LOAD_ILL"])
    assert sentence(result.reasons[0]) == "You were ill last time, so it is what was planned for that day."
    held = plan_sets(ctx("S0 p1 c1", was_ill=True), chest(3, fell_twice=True))
    assert (held.sets, held.recovery, set_codes(held)) == ({"bench": 3, "fly": 2}, False, ["SETS_ILL"])


@given(load_inputs())
@quick
def test_what_was_done_while_ill_does_not_matter(inputs):  # I30
    ill = inputs | {"ill": True}
    assert load_after(**ill).weight == load_after(**ill | {"done": []}).weight
    assert load_after(**ill).reps == load_after(**ill | {"done": []}).reps


def test_two_days_ill_in_a_week_suggest_a_deload():
    assert suggests_early_deload({}, trained=["chest"], ill_days=1) is None
    reason = suggests_early_deload({}, trained=["chest"], ill_days=2)
    assert sentence(reason) == "You were ill on 2 days this week: think about a deload now."


@pytest.mark.parametrize(
    ("make", "named"),
    [
        (lambda: time_room(0, []), "limit"),
        (lambda: time_room(60, [(1, 0)]), "seconds"),
        (lambda: set_pace([-1], mechanic="compound"), "seconds"),
        (lambda: ctx(room=1), "minutes"),
        (lambda: ctx(room=-1, minutes=60), "room"),
        (lambda: ctx(today=4), "today"),
        (lambda: ctx(was_ill=1), "was_ill"),
        (lambda: suggests_early_deload({}, trained=[], ill_days=-1), "ill_days"),
    ],
)
def test_it_refuses_what_cannot_be(make, named):  # I20
    with pytest.raises(EngineError, match=named):
        make()
