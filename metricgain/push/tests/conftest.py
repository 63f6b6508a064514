import pytest

from metricgain.operations.workers.job_worker import JobWorker
from metricgain.push.tests.push_service import certificate, serving
from metricgain.users.models import User


@pytest.fixture(scope="session")
def of_localhost(tmp_path_factory):
    """The server's side of a certificate for this machine, and the file of the authority that made it."""
    return certificate(tmp_path_factory.mktemp("certificates"), "localhost", "127.0.0.1")


@pytest.fixture
def trusting(settings, of_localhost):
    settings.PUSH_LOOPBACK, settings.PUSH_TRUSTS = True, of_localhost[1]


@pytest.fixture
def service(trusting, of_localhost):
    with serving(of_localhost[0]) as found:
        yield found


@pytest.fixture
def alice(db):
    return User.objects.create_user("alice@example.org", "correct-horse-7")


@pytest.fixture
def bob(db):
    return User.objects.create_user("bob@example.org", "correct-horse-7")


@pytest.fixture
def phone(service, alice):
    """The phone of alice, which is subscribed."""
    found = service.phone()
    found.subscribe(alice)
    return found


@pytest.fixture
def signed_in(client, alice):
    client.force_login(alice)
    return client


@pytest.fixture
def work():
    """Does all jobs of a queue that are due, also those that these make."""

    def do(queue: str = "soon") -> None:
        worker = JobWorker(print)
        while worker.do_one(queue):
            pass

    return do
