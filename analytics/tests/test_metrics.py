"""Each calculated metric, against plain Python over the rows that were stored."""

from collections import defaultdict
from decimal import Decimal

import pytest
from pytest_django.asserts import assertNumQueries

from analytics import metrics
from analytics.metrics import BestPerformance, FeedbackGiven, MuscleWeek, PerformedSet
from exercises.models import MuscleGroup
from exercises.tests.factories import ExerciseFactory
from metricgain.users.tests.factories import UserFactory
from training.models import Set, WorkoutLog
from training.tests.factories import planned_workout
from training.tests.lifting import Lifter

pytestmark = pytest.mark.django_db
HUNDRED_POUNDS = Decimal("45.3592")  # as it is kept: to a tenth of a gram


def volume(rows) -> Decimal:
    return sum((one.weight * one.reps for _, one, exercise in rows if exercise.counts_volume), Decimal(0))


def test_workout_volume_is_the_weight_times_reps_of_a_session(alices):
    logs = {log.id: log for log, _, _ in alices.rows}
    assert len(logs) > 10
    for log in logs.values():
        with assertNumQueries(1):
            found = metrics.workout_volume(log)
        assert found == volume(row for row in alices.rows if row[0] == log) > 0


def test_muscle_volume_is_that_of_the_muscles_exercises(alices):
    log = alices.rows[0][0]
    for muscle in ("chest", "back", "tris", "abs", "legs"):
        expected = volume(row for row in alices.rows if row[0] == log and row[2].muscle_group == muscle)
        assert metrics.muscle_volume(log, muscle) == expected
    assert metrics.muscle_volume(log, "legs") == 0


def test_volume_by_week_and_muscle_is_in_the_order_of_weeks_and_the_library(alices):
    mesocycle, by_muscle = alices.mesocycles[1], defaultdict(list)
    for row in alices.rows:
        if row[0].mesocycle_id == mesocycle.id:
            by_muscle[row[0].week_number, row[2].muscle_group].append(row)
    found = metrics.volume_by_week_and_muscle(mesocycle)
    order = [(week, muscle) for week in range(1, 5) for muscle in MuscleGroup.values if (week, muscle) in by_muscle]
    assert found == [MuscleWeek(*place, len(by_muscle[place]), volume(by_muscle[place])) for place in order]


def test_previous_week_performance_is_that_of_the_week_before(alices):
    asked = 0
    for mesocycle in alices.mesocycles:
        for week in range(1, 6):
            for exercise in alices.exercises:
                rows = [
                    one
                    for log, one, done in alices.rows
                    if (log.mesocycle_id, log.week_number, done) == (mesocycle.id, week - 1, exercise)
                ]
                found = metrics.previous_week_performance(mesocycle, week, exercise)
                expected = [PerformedSet(s.weight, s.reps, s.set_number, "kg", s.weight) for s in rows]
                assert sorted(found, key=repr) == sorted(expected, key=repr)
                assert [one.set_number for one in found] == sorted(one.set_number for one in rows)
                asked += bool(rows)
    assert asked > 10


def test_best_performance_takes_the_most_of_each_over_all_mesocycles(alices):
    for exercise in alices.exercises:
        done = [one for _, one, of in alices.rows if of == exercise]
        best = BestPerformance(
            max(s.weight for s in done), max(s.reps for s in done), max(s.weight * s.reps for s in done)
        )
        with assertNumQueries(1):
            assert metrics.best_performance(alices.user, exercise) == best
    assert metrics.best_performance(UserFactory(), alices.exercises[0]) == BestPerformance(None, None, None)


def test_feedback_history_has_the_answers_and_the_sets_they_were_given_about(alices):
    compared = 0
    for mesocycle in alices.mesocycles:
        for muscle in ("chest", "abs", "legs"):
            expected = defaultdict(int)
            for log, felt in alices.feedback:
                if (log.mesocycle_id, felt.muscle_group) == (mesocycle.id, muscle):
                    levels = (log.week_number, felt.soreness_level, felt.pump_level, felt.challenge_level)
                    sets = sum(row[0] == log and row[2].muscle_group == muscle for row in alices.rows)
                    expected[levels] += sets
            rows = [FeedbackGiven(*levels, sets, sets) for levels, sets in expected.items() if sets]
            found = metrics.feedback_history(mesocycle, muscle)
            assert sorted(found, key=repr) == sorted(rows, key=repr)
            assert [one.week for one in found] == sorted(one.week for one in found)
            compared += len(found)
    assert compared > 10


# -- where the document's sum would not be true ---------------------------------------------------


@pytest.fixture
def odd_log() -> WorkoutLog:
    """A session with pounds, help, the body alone and a drop row."""
    alice = UserFactory()
    press = ExerciseFactory(name="Press")
    pull = ExerciseFactory(name="Assisted pull-up", muscle_group="back", loading="assisted")
    crunch = ExerciseFactory(name="Crunch", muscle_group="abs", loading="bodyweight")
    workout, lifter = planned_workout(alice, press, pull, crunch, unit="lb"), Lifter(alice)
    lifter.log(workout, 1, press, 10, 8, weight="100")
    lifter.log(workout, 1, pull, 8, 9, weight="40")
    lifter.log(workout, 1, crunch, 20, weight="0")
    lifter.say(workout, 1, "chest", pump=2, challenge=1)
    Set.objects.filter(exercise=press, set_number=2).update(set_type=Set.Type.DROP)
    return workout.logs.get()


def test_pounds_are_counted_as_kilograms_and_help_is_no_volume(odd_log):
    assert metrics.workout_volume(odd_log) == 18 * HUNDRED_POUNDS
    assert metrics.muscle_volume(odd_log, "back") == 0


def test_a_drop_row_adds_volume_but_no_working_set(odd_log):
    by_muscle = {row.muscle: row for row in metrics.volume_by_week_and_muscle(odd_log.mesocycle)}
    assert (by_muscle["chest"].sets, by_muscle["back"].sets, by_muscle["abs"].sets) == (1, 2, 1)
    assert metrics.feedback_history(odd_log.mesocycle, "chest") == [
        FeedbackGiven(1, None, 2, 1, total_sets=2, working_sets=1)
    ]


def test_the_best_of_an_assisted_exercise_is_the_least_help(odd_log):
    pull = odd_log.workout.slots.get(exercise__loading="assisted").exercise
    best = metrics.best_performance(odd_log.user, pull)
    assert best == BestPerformance(None, 9, None, least_help_kg=Decimal("18.1437"))


def test_what_was_typed_stands_beside_its_kilograms(odd_log):
    press = odd_log.workout.slots.get(exercise__muscle_group="chest").exercise
    [first, _] = metrics.previous_week_performance(odd_log.mesocycle, 2, press)
    assert first == PerformedSet(Decimal(100), 10, 1, "lb", HUNDRED_POUNDS)
