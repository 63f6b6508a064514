import pytest
from django.db import transaction

from exercises import library_seed
from metricgain.transfer.takeout.tests.lifters import MadeUp
from metricgain.transfer.takeout.tests.packing import taken
from metricgain.users.tests.factories import UserFactory
from training.catalogue import system_templates


@pytest.fixture
def seeded(db):
    library_seed.seed()
    system_templates.seed()


@pytest.fixture
def alice(db):
    return UserFactory(email="alice@example.org", timezone="Europe/Berlin")


@pytest.fixture(scope="module")
def good(django_db_setup, django_db_blocker) -> bytes:
    """A takeout. It is made once, and its lifter is gone when it is there."""
    with django_db_blocker.unblock(), transaction.atomic():
        library_seed.seed()
        system_templates.seed()
        data = taken(MadeUp(3).live())
        transaction.set_rollback(True)
    return data
