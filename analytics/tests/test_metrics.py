"""Volume, against plain Python over the rows that were stored."""

from collections import defaultdict
from decimal import Decimal

import pytest

from analytics import metrics
from analytics.metrics import MuscleWeek
from exercises.models import MuscleGroup
from exercises.tests.factories import ExerciseFactory
from metricgain.users.tests.factories import UserFactory
from training.models import Set, WorkoutLog
from training.session.page.reading import read_session
from training.tests.factories import planned_workout
from training.tests.lifting import Lifter

pytestmark = pytest.mark.django_db
HUNDRED_POUNDS = Decimal("45.3592")  # as it is kept: to a tenth of a gram


def volume(rows) -> Decimal:
    return sum((one.weight * one.reps for _, one, exercise in rows if exercise.counts_volume), Decimal(0))


def test_volume_by_week_and_muscle_is_in_the_order_of_weeks_and_the_library(alices):
    mesocycle, by_muscle = alices.mesocycles[1], defaultdict(list)
    for row in alices.rows:
        if row[0].mesocycle_id == mesocycle.id:
            by_muscle[row[0].week_number, row[2].muscle_group].append(row)
    found = metrics.volume_by_week_and_muscle(mesocycle)
    order = [(week, muscle) for week in range(1, 5) for muscle in MuscleGroup.values if (week, muscle) in by_muscle]
    assert found == [MuscleWeek(*place, len(by_muscle[place]), volume(by_muscle[place])) for place in order]


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
    Set.objects.filter(exercise=press, set_number=2).update(set_type=Set.Type.DROP)
    return workout.logs.get()


def test_pounds_are_counted_as_kilograms_and_help_is_no_volume(odd_log):
    reading = read_session(odd_log.user, odd_log.workout_id, 1, now=odd_log.performed_at)
    assert reading.kilograms == {"chest": 18 * HUNDRED_POUNDS}
    volumes = {row.muscle: row.volume_kg for row in metrics.volume_by_week_and_muscle(odd_log.mesocycle)}
    assert volumes == {"chest": 18 * HUNDRED_POUNDS, "back": 0, "abs": 0}


def test_a_drop_row_adds_volume_but_no_working_set(odd_log):
    by_muscle = {row.muscle: row for row in metrics.volume_by_week_and_muscle(odd_log.mesocycle)}
    assert (by_muscle["chest"].sets, by_muscle["back"].sets, by_muscle["abs"].sets) == (1, 2, 1)
