"""Before a question is shown, every answer is tried. Where no answer changes anything, the page says so."""

from exercises.tests.factories import ExerciseFactory
from training.models import Mesocycle
from training.prescribing import question_value
from training.prescribing.week_plan.history import History
from training.tests.factories import planned_workout
from training.tests.lifting import Lifter


def history(week=1):
    return History(Mesocycle.objects.get(), today=Lifter(None).day(week))


def log_all(lifter, workout, week, *reps):
    for slot in workout.slots.select_related("exercise"):
        lifter.log(workout, week, slot.exercise, *reps)


def about_performance(workout, week=1, muscle="chest"):
    return question_value.performance_has_no_effect(history(week), workout, week, muscle)


def test_pump_and_challenge_decide_where_the_muscle_was_not_sore(lifter, alice):
    workout = planned_workout(alice)
    lifter.say(workout, 1, "chest", soreness=0)
    log_all(lifter, workout, 1, 10, 9, 8)
    assert about_performance(workout) == ""


def test_before_the_deload_no_answer_changes_anything(alice):
    workout = planned_workout(alice, weeks=3)
    assert (question_value.no_next_week(workout, 1), question_value.no_next_week(workout, 2)) == (
        "",
        question_value.DELOAD_NEXT,
    )


def test_after_missed_targets_no_answer_adds_a_set(lifter, alice):
    workout = planned_workout(alice, target_weight=100)
    log_all(lifter, workout, 1, 9, 8, 7)
    assert about_performance(workout) == question_value.SETTLED


def test_where_nothing_may_be_added_a_hard_session_can_still_take_a_set(lifter, alice):
    """Still sore next time, with a lot of stimulus, costs a set; so the question is worth an answer."""
    workout = planned_workout(alice, *ExerciseFactory.create_batch(4), target_sets=5)
    lifter.say(workout, 1, "chest", soreness=0)
    log_all(lifter, workout, 1, 10, 9, 8, 8, 8)
    assert about_performance(workout) == ""


def test_a_session_without_a_plan_has_nothing_at_stake(alice):
    workout = planned_workout(alice)
    workout.only_week = 1
    assert question_value.no_next_week(workout, 1) == question_value.NO_PLAN


def test_a_muscle_that_left_the_plan_has_nothing_at_stake(lifter, alice):
    workout = planned_workout(alice)
    log_all(lifter, workout, 1, 10, 9, 8)
    workout.slots.all().delete()
    assert about_performance(workout) == question_value.NOT_AGAIN
