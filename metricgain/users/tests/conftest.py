import pytest
from django.utils import timezone

from metricgain.users.models import User

PASSWORD = "correct-horse-7"


@pytest.fixture
def alice(db):
    return User.objects.create_user("alice@example.org", PASSWORD)


@pytest.fixture
def signed_in(client, alice):
    client.force_login(alice)
    return client


@pytest.fixture
def clock(time_machine):
    """A clock that starts now and can be moved on: `clock.shift(seconds)`."""
    time_machine.move_to(timezone.now())
    return time_machine
