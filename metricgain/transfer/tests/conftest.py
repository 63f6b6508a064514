import pytest

from exercises import library_seed
from exercises.models import Exercise
from metricgain.users.tests.factories import UserFactory


@pytest.fixture
def alice(db):
    return UserFactory(email="alice@example.org", timezone="Europe/Berlin")


@pytest.fixture
def bob(db):
    return UserFactory(email="bob@example.org")


@pytest.fixture
def bench(db) -> Exercise:
    """What "Bench Press (Barbell)" means, in a library that has all its exercises."""
    library_seed.seed()
    return Exercise.objects.get(slug="barbell-bench-press")
