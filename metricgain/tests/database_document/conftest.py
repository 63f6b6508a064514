import pytest

from metricgain.tests.database_document.rows import Lifter, lifter, system_exercise


@pytest.fixture
def bench(db) -> int:
    """A system exercise."""
    return system_exercise("Barbell Bench Press")


@pytest.fixture
def alice(bench) -> Lifter:
    return lifter("alice@example.org", trains=bench)


@pytest.fixture
def bob(bench) -> Lifter:
    return lifter("bob@example.org", trains=bench)
