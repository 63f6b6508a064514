import pytest

from exercises import library_seed
from metricgain.users.tests.factories import UserFactory
from training.catalogue import system_templates


@pytest.fixture
def seeded(db):
    library_seed.seed()
    system_templates.seed()


@pytest.fixture
def alice(db):
    return UserFactory(email="alice@example.org", timezone="Europe/Berlin")
