"""What to expect of the next first set, where a first set before it may have been a slip of the thumb."""

from decimal import Decimal

from exercises.tests.factories import ExerciseFactory
from metricgain.users.tests.factories import UserFactory
from training.models import Set
from training.tests.factories import planned_workout
from training.tests.lifting import Lifter, asked


def foretold(first, second=(100, 9)):
    """Trains five weeks, the third with these first two sets (weight, reps); returns what is foretold of the sixth."""
    user, exercise = UserFactory(), ExerciseFactory(unsafe_to_fail=True)  # so that no set is open
    workout, lifter = planned_workout(user, exercise, weeks=7), Lifter(user)
    for week in range(1, 6):
        lifter.log(workout, week, exercise, 10, 9, 8)
        for number, (weight, reps) in enumerate((first, second) if week == 3 else (), start=1):
            done = Set.objects.filter(user=user, workout_log__week_number=3, set_number=number)
            done.update(weight=Decimal(weight), weight_kg=Decimal(weight), reps=reps)
        lifter.finish(workout, week)
    return asked(workout, exercise, 6).inputs["expect"]


def test_a_slip_foretells_nothing(db):
    assert foretold((400, 10)) == foretold((5, 10)) == foretold((100, 10))


def test_a_slip_that_another_set_confirms_is_none(db):
    assert foretold((400, 10)) != foretold((400, 10), (400, 9))
