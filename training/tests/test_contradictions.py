"""Each check finds the contradiction that is planted for it, and nothing in what is right."""

from dataclasses import replace
from decimal import Decimal

import pytest

from training.tests import contradictions as found_by
from training.tests.contradictions import CHECKS, DoneSet, Told, contradictions


def done(*reps, weight="100", target=10, rir=None):
    said = None if rir is None else Decimal(rir)
    return tuple(DoneSet(weight=Decimal(weight), reps=one, rir=said, target=target) for one in reps)


RIGHT = Told(
    where="week 2",
    sentences=(
        "+1 set here (Chest: you did not get sore and you hit your targets).",
        "Go for 11 reps: in this workout you last did 10 with 3 planned in reserve, now leave 2.",
    ),
    changes=("+1 set", "+1 rep", "2 RIR, was 3"),
    sets=4,
    weight=Decimal(100),
    reps=11,
    rir=2,
    week_rir=2,
    sets_before=3,
    done=done(10, 10, 10),
    muscle_done=done(10, 10, 10),
    sore=frozenset({0}),
    pump=1,
    challenge=1,
)


def told(*sentences, **facts):
    return replace(RIGHT, sentences=sentences or RIGHT.sentences, **facts)


HEAVIER = "+2.5 kg because you outgrew the 8-12 range."
PLANTED = [
    ("sets_that_did_not_change", told(sets=3)),
    ("sets_that_did_not_change", told("-1 set for Chest because you were still sore and you missed some targets.")),
    ("sets_that_did_not_change", told("Same sets for Chest because you recovered only just in time.")),
    ("sets_that_did_not_change", told(of_muscle="Same sets as planned.")),
    ("misses_that_were_none", told("Same sets for Chest because you missed some targets.", sets=3)),
    ("misses_that_were_none", told("The weight stays, because some sets fell short of their target.")),
    ("misses_that_were_none", told(muscle_done=done(10, 9))),
    ("misses_that_were_none", told("Aim for 11 reps: one more, because you made every rep.", done=done(10, 9))),
    ("misses_that_were_none", told("You made your reps, but it was hard.", done=done(9))),
    (
        "misses_that_were_none",
        told("Same sets: you missed some targets in another exercise.", done=done(9), muscle_done=done(9)),
    ),
    ("made_beside_missed", told(HEAVIER, "Same sets for Chest because you missed some targets.")),
    ("differences_of_weight", told(HEAVIER, weight=Decimal(105))),
    ("differences_of_weight", told(HEAVIER, weight=Decimal("102.5"), changes=("+7.5 kg",))),
    ("differences_of_weight", told("5 kg less help because you outgrew it.", is_assisted=True, weight=Decimal(105))),
    ("differences_of_weight", told("+5 kg (from 95 to 100 kg) because you outgrew it.", done=done(10, weight="90"))),
    ("differences_of_weight", told("The weight stays, because you are still sore.", weight=Decimal(105))),
    ("differences_of_weight", told(HEAVIER, done=())),
    ("differences_of_reps", told("11 reps, easier than last time, because you should leave 2 in reserve.")),
    ("differences_of_reps", told(changes=("\N{MINUS SIGN}1 rep",))),
    ("answers_that_were_not_given", told(sore=frozenset({1}))),
    ("answers_that_were_not_given", told("Same sets for Chest because you did not say how sore you got.", sets=3)),
    ("answers_that_were_not_given", told("No extra set for Chest: you are still sore today.", sore_today=2)),
    ("answers_that_were_not_given", told("Same sets for Chest because pump and effort were high.", pump=None)),
    ("answers_that_were_not_given", told("You found it easy, so it counts as better than planned.")),
    ("two_sentences_for_one_number", told(of_muscle="Same sets as planned.")),
    ("two_sentences_for_one_number", told("Match or beat 11 reps with 2 in reserve.", HEAVIER)),
    ("caps_beside_growth", told(*RIGHT.sentences, "Extra sets for the last hard week are limited to 1.")),
    ("raised_rir_without_a_cause", told(week_rir=1)),
    ("raised_rir_without_a_cause", told("2 left, one more than planned, after 12 days.")),
    ("ranges_that_do_not_hold", told(HEAVIER, reps=13)),
    ("numbers_that_are_not_asked", told(reps=10)),
    ("numbers_that_are_not_asked", told(rir=3, week_rir=3)),
    ("reps_that_were_not_done", told(done=done(9, 9, 9, target=9), muscle_done=())),
    (
        "reps_that_were_not_done",
        told("Go for 11 reps: in this workout you last did 10 with 3 in reserve, now leave 2."),
    ),
]


def test_what_is_right_is_left_alone():
    assert contradictions(RIGHT) == []


@pytest.mark.parametrize(("check", "planted"), PLANTED)
def test_a_planted_contradiction_is_found(check, planted):
    assert list(getattr(found_by, check)(planted))


def test_every_check_has_a_planted_contradiction():
    assert {check for check, _ in PLANTED} == {check.__name__ for check in CHECKS}


@pytest.mark.parametrize(
    ("words", "reps"),
    [
        ("You had 4 left, so go for 10 reps in the next sets.", ["9", "9"]),
        ("That was light: take 105 kg for the next sets.", ["10", "9"]),
    ],
)
def test_targets_after_the_first_set_that_are_not_shown_are_found(words, reps):
    assert list(found_by.rest_that_is_not_shown(words, weights=["100", "100"], reps=reps))
    assert not list(found_by.rest_that_is_not_shown(words, weights=["105", "105"], reps=["10", "9"]))


def test_a_sentence_about_a_muscle_that_stands_twice_is_found():
    same, here = "Same sets for Chest because you were still sore.", "+1 set here (Back: you did not get sore)."
    assert list(found_by.told_of_a_muscle_twice([(same, "Go for 11 reps."), ("", same)]))
    assert not list(found_by.told_of_a_muscle_twice([(same, "Go for 11 reps."), ("", here), ("", here)]))


def test_a_summary_with_other_sets_than_are_asked_is_found():
    assert list(found_by.sets_next_that_are_not_asked({"chest": 6}, asked={"chest": 7}))
    assert not list(found_by.sets_next_that_are_not_asked({"chest": 7}, asked={"chest": 7, "back": 3}))
