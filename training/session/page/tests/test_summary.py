"""The page of a finished session sums the session up."""

import json
from datetime import timedelta
from decimal import Decimal
from pathlib import Path

import pytest
from django.urls import reverse
from django.utils import timezone
from pytest_django.asserts import assertContains, assertNotContains

from exercises.tests.factories import ExerciseFactory
from training.prescribing.week_plan.bias import biases_learnt_in
from training.session.page.reading import read_session
from training.session.page.summary import moved_words
from training.session.page.tests.test_cards import do, session_of
from training.session.tests.test_workout_finish import finish, log_sets
from training.tests.factories import planned_workout
from training.tests.lifting import Lifter, asked

VOLUMES = json.loads(Path(__file__).with_name("volume_cases.json").read_text())


def of(workout, week=1):
    return session_of(workout, week).summary


def page(workout, week=1):
    return reverse("training:workout_detail", args=[workout.id, week])


def test_a_first_week_has_no_records_and_nothing_to_compare_with(signed_in, workout, exercise):
    log_sets(signed_in, workout, exercise, 10, 9, 8)
    finish(signed_in, workout)
    summary = of(workout)
    assert (summary.volume, summary.bests, summary.against_last_week) == (2700, [], "")
    assertNotContains(signed_in.get(page(workout)), "session__record")


@pytest.mark.parametrize(
    ("reps", "words"),
    [
        ((11, 9, 8), "+100 kg (+4 %) against week 1"),
        ((10, 9, 8), "As much as in week 1"),
        ((10, 8), "\N{MINUS SIGN}900 kg (\N{MINUS SIGN}33 %) against week 1"),
    ],
)
def test_volume_is_held_against_the_same_workout_a_week_before(signed_in, workout, exercise, reps, words):
    log_sets(signed_in, workout, exercise, 10, 9, 8)
    finish(signed_in, workout)
    log_sets(signed_in, workout, exercise, *reps, week=2)
    finish(signed_in, workout, 2)
    assertContains(signed_in.get(page(workout, 2)), words)


def test_volume_is_not_held_against_a_day_while_ill(signed_in, workout, exercise):
    log_sets(signed_in, workout, exercise, 5)
    finish(signed_in, workout)
    workout.logs.update(ill=True)
    log_sets(signed_in, workout, exercise, 10, 9, 8, week=2)
    finish(signed_in, workout, 2)
    assert of(workout, 2).against_last_week == ""
    workout.logs.update(ill=False)
    assert of(workout, 2).against_last_week.startswith("+")


def test_an_exercise_shows_its_best_record(signed_in, workout, exercise):
    log_sets(signed_in, workout, exercise, 10, 9, 8)
    finish(signed_in, workout)
    log_sets(signed_in, workout, exercise, 5, week=2, weight="110")
    log_sets(signed_in, workout, exercise, 5, 12, week=2, weight="110")
    finish(signed_in, workout, 2)
    assert [(best.name, best.words) for best in of(workout, 2).bests] == [(exercise.name, "110 kg × 12")]
    assertContains(signed_in.get(page(workout, 2)), "1 record<")


def test_the_least_help_is_the_best_record(signed_in, alice):
    dips = ExerciseFactory(loading="assisted")
    workout = planned_workout(alice, dips)
    log_sets(signed_in, workout, dips, 8, weight="40")
    finish(signed_in, workout)
    log_sets(signed_in, workout, dips, 8, week=2, weight="30")
    finish(signed_in, workout, 2)
    summary = of(workout, 2)
    assert [best.words for best in summary.bests] == ["30 kg × 8"]
    assert (summary.volume, summary.against_last_week) == (0, "")


def test_it_says_what_next_week_asks_of_each_muscle(signed_in, alice):
    press, row = ExerciseFactory(muscle_group="chest"), ExerciseFactory(muscle_group="back")
    workout = planned_workout(alice, press, row)
    log_sets(signed_in, workout, press, 10, 10, 10)
    log_sets(signed_in, workout, row, 10, 10)
    finish(signed_in, workout)
    asked = dict.fromkeys(("chest", "back"), 0)
    for one in workout.prescriptions.current().filter(week_number=2).select_related("exercise"):
        asked[one.exercise.muscle_group] += one.sets
    assert {one.muscle: one.sets_next for one in of(workout).muscles} == asked
    assertContains(signed_in.get(page(workout)), "Next week")


def test_it_says_how_far_off_the_reps_said_to_be_left_were(signed_in, alice):
    press, row = ExerciseFactory(name="Press"), ExerciseFactory(name="Row", muscle_group="back")
    workout, lifter = planned_workout(alice, press, row, weeks=4), Lifter(alice)
    for week in (1, 2, 3):
        for exercise, too_many in ((press, 4), (row, 0)):
            target = asked(workout, exercise, week)  # "as many as you have" in week 3
            reps = target.reps - too_many if target.open else 10
            lifter.log(workout, week, exercise, reps, weight=target.weight or 100, rir=None if target.open else 4)
        lifter.finish(workout, week)
        expected = {press.id: "You usually have 2 fewer left than you say, so that is counted in."} if week == 3 else {}
        assert biases_learnt_in(alice.id, workout=workout.id, week=week) == expected
    assertContains(signed_in.get(page(workout, 3)), f"<bdi>Press</bdi>: {expected[press.id]}", count=1)
    assertNotContains(signed_in.get(page(workout, 2)), "than you say")


def test_the_last_week_asks_nothing_more(signed_in, alice):
    workout = planned_workout(alice, weeks=3)
    exercise = workout.slots.get().exercise
    for week in (1, 2, 3):
        log_sets(signed_in, workout, exercise, 10, week=week)
        finish(signed_in, workout, week)
    assert {one.sets_next for one in of(workout, 3).muscles} == {None}
    assertNotContains(signed_in.get(page(workout, 3)), "Next week")


def test_pounds_stay_pounds(signed_in, alice, workout, exercise):
    type(alice).objects.filter(id=alice.id).update(preferences={"unit": "lb"})
    log_sets(signed_in, workout, exercise, 10, weight="100", unit="lb")
    finish(signed_in, workout)
    assertContains(signed_in.get(page(workout)), "1,000 lb")


def test_a_finished_session_takes_two_queries_more(signed_in, alice, workout, exercise, django_assert_num_queries):
    log_sets(signed_in, workout, exercise, 10, 9, 8)
    with django_assert_num_queries(5):  # one for a muscle that is new
        read_session(alice, workout.id, 1, now=timezone.now())
    finish(signed_in, workout)
    with django_assert_num_queries(7):
        read_session(alice, workout.id, 1, now=timezone.now())


def test_three_records_are_shown_at_once_and_the_rest_folds_away(signed_in, alice):
    exercises = [ExerciseFactory() for _ in range(5)]
    workout = planned_workout(alice, *exercises)
    for week, reps in ((1, 10), (2, 12)):
        for one in exercises:
            log_sets(signed_in, workout, one, reps, week=week)
        finish(signed_in, workout, week)
    summary = of(workout, 2)
    assert (len(summary.bests), len(summary.more_bests), summary.records) == (3, 2, 5)
    page_of = signed_in.get(page(workout, 2))
    assertContains(page_of, "5 records<")
    assertContains(page_of, '<summary class="more__name">2 more</summary>')


@pytest.mark.parametrize("case", VOLUMES, ids=lambda case: f"{case['words']} of {len(case['sets'])}")
def test_the_volume_is_that_of_the_table(alice, case):
    """metricgain/tests/e2e/test_ended.py runs the same table in a browser."""
    alice.preferences = alice.preferences | {"unit": case["unit"]}
    alice.save()
    made = [
        {"loading": "weight", "equipment": "barbell", "unilateral": False, "unit": "kg"} | one for one in case["sets"]
    ]
    exercises = [
        ExerciseFactory(**{name: one[name] for name in ("loading", "equipment", "unilateral")}) for one in made
    ]
    workout = planned_workout(alice, *exercises)
    for one, exercise in zip(made, exercises, strict=True):
        do(workout, 1, one["weight"], one["reps"], exercise=exercise, unit=one["unit"])
    reading = read_session(alice, workout.id, 1, now=timezone.now())
    assert moved_words(sum(reading.kilograms.values(), Decimal(0)), reading.user.unit) == case["words"]


def test_a_session_done_says_its_sets_volume_and_minutes_and_those_without_times_none(signed_in, workout, exercise):
    log_sets(signed_in, workout, exercise, 10, 9)
    finish(signed_in, workout)
    log = workout.logs.get()
    workout.logs.update(completed_at=log.started_at + timedelta(minutes=58, seconds=30))
    summary = of(workout)
    assert (summary.sets, summary.moved, summary.time) == ("2 of 3", "1,900 kg", "59 min")
    workout.logs.update(completed_at=None)
    assert of(workout).time == "\N{EN DASH}"


@pytest.mark.parametrize(("equipment", "told"), [("dumbbell", assertContains), ("barbell", assertNotContains)])
def test_with_dumbbells_it_says_what_volume_counts(signed_in, alice, equipment, told):
    exercise = ExerciseFactory(equipment=equipment)
    workout = planned_workout(alice, exercise)
    do(workout, 1, 20, 10, exercise=exercise)
    finish(signed_in, workout)
    told(signed_in.get(page(workout)), "of a pair of dumbbells it counts one")
