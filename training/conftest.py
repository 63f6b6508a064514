import pytest
from django.urls import reverse

from metricgain.users.tests.factories import UserFactory
from training.tests.factories import planned_workout


@pytest.fixture
def alice(db):
    """She owns what the test is about."""
    return UserFactory(email="alice@example.org")


@pytest.fixture
def bob(db):
    """A stranger."""
    return UserFactory(email="bob@example.org")


@pytest.fixture
def workout(alice):
    return planned_workout(alice)


@pytest.fixture
def exercise(workout):
    return workout.slots.get().exercise


@pytest.fixture
def signed_in(client, alice):
    client.force_login(alice)
    return client


@pytest.fixture
def set_url(workout, exercise):
    def url(number=1, *, name="set_log", week=1):
        return reverse(f"training:{name}", args=[workout.id, week, exercise.id, number])

    return url
