import pytest

from exercises.tests.factories import ExerciseFactory


@pytest.fixture
def mine(alice):
    """Alice's own exercise."""
    return ExerciseFactory(name="My Press", user=alice)
