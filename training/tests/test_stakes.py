"""Before a question is shown, every answer is tried: where none changes anything, the page says so."""

import pytest

from exercises.tests.factories import ExerciseFactory
from training import stakes
from training.history import History
from training.models import Mesocycle
from training.tests.factories import planned_workout
from training.tests.lifting import Lifter


@pytest.fixture
def lifter(alice):
    return Lifter(alice)


def history(week=1):
    return History(Mesocycle.objects.get(), today=Lifter(None).day(week))


def log_all(lifter, workout, week, *reps):
    for slot in workout.slots.select_related("exercise"):
        lifter.log(workout, week, slot.exercise, *reps)


def about_performance(workout, week=1, muscle="chest"):
    return stakes.nothing_at_stake_in_performance(history(week), workout, week, muscle)


def about_soreness(workout, week=1, muscle="chest"):
    return stakes.nothing_at_stake_in_soreness(history(week), workout, week, muscle)


def test_pump_and_challenge_decide_where_the_muscle_was_not_sore(lifter, alice):
    workout = planned_workout(alice)
    lifter.say(workout, 1, "chest", soreness=0)
    log_all(lifter, workout, 1, 10, 9, 8)
    assert about_performance(workout) == ""


def test_before_the_deload_no_answer_changes_anything(lifter, alice):
    workout = planned_workout(alice, weeks=3)
    lifter.train(workout, 1, 10, 9, 8, soreness=0, pump=1, challenge=1)
    lifter.say(workout, 2, "chest", soreness=0)
    log_all(lifter, workout, 2, 10, 9, 8, 8)
    assert about_performance(workout, 2) == stakes.DELOAD_NEXT
    assert about_soreness(workout, 2) == stakes.DELOAD_NEXT  # the muscle has begun: today stands too


def test_before_the_deload_soreness_still_decides_about_today(lifter, alice):
    workout = planned_workout(alice, weeks=3)
    lifter.train(workout, 1, 14, 13, 12, soreness=0, pump=1, challenge=1)
    assert about_soreness(workout, 2) == ""


def test_where_every_set_counts_against_a_full_week_no_answer_adds_one(lifter, alice):
    workout = planned_workout(alice, *ExerciseFactory.create_batch(4), target_sets=5)
    lifter.say(workout, 1, "chest", soreness=0)
    log_all(lifter, workout, 1, 10, 9, 8, 8, 8)
    assert about_performance(workout) == stakes.SETTLED


def test_a_session_without_a_plan_has_nothing_at_stake(lifter, alice):
    workout = planned_workout(alice)
    workout.only_week = 1
    workout.save()
    log_all(lifter, workout, 1, 10, 9, 8)
    assert about_performance(workout) == stakes.NO_PLAN
    assert about_soreness(workout) == stakes.NO_PLAN


def test_a_muscle_that_left_the_plan_has_nothing_at_stake(lifter, alice):
    workout = planned_workout(alice)
    log_all(lifter, workout, 1, 10, 9, 8)
    workout.slots.all().delete()
    assert about_performance(workout) == stakes.NOT_AGAIN


def test_trying_answers_stores_none(lifter, alice):
    workout = planned_workout(alice)
    lifter.say(workout, 1, "chest", soreness=0)
    log_all(lifter, workout, 1, 10, 9, 8)
    seen = history()
    before = {address: (one.pump_level, one.soreness_level) for address, one in seen.feedback.items()}
    stakes.nothing_at_stake_in_performance(seen, workout, 1, "chest")
    assert {address: (one.pump_level, one.soreness_level) for address, one in seen.feedback.items()} == before
