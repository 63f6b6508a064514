import pytest
from django.urls import reverse

from exercises.tests.factories import ExerciseFactory
from metricgain.users.tests.factories import UserFactory
from training.tests.factories import planned_workout
from training.tests.lifting import Lifter


@pytest.fixture
def alice(db):
    """The owner of everything that the test is about."""
    return UserFactory(email="alice@example.org")


@pytest.fixture
def bob(db):
    """A stranger."""
    return UserFactory(email="bob@example.org")


@pytest.fixture
def press(db):
    """A library exercise for the chest. It is in no plan."""
    return ExerciseFactory(name="Press")


@pytest.fixture
def row(db):
    """A library exercise for the back. It is in no plan."""
    return ExerciseFactory(name="Row", muscle_group="back")


@pytest.fixture
def workout(alice):
    return planned_workout(alice)


@pytest.fixture
def exercise(workout):
    return workout.slots.get().exercise


@pytest.fixture
def lifter(alice):
    return Lifter(alice)


@pytest.fixture
def signed_in(client, alice):
    client.force_login(alice)
    return client


@pytest.fixture
def set_url(workout, exercise):
    def url(number=1, *, name="set_log", week=1):
        return reverse(f"training:{name}", args=[workout.id, week, exercise.id, number])

    return url
