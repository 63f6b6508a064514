from datetime import timedelta

import pytest
from django.core import mail
from django.utils import timezone

import metricgain
from metricgain.jobs.models import Job
from metricgain.operations.models import Installation
from metricgain.operations.servers import disks
from metricgain.users.models import User
from metricgain.users.tests.factories import UserFactory

pytestmark = pytest.mark.django_db
PAGE = "/admin/status/"


@pytest.fixture
def owner(client):
    user = User.objects.create_superuser("owner@example.org", "correct-horse-7")
    client.force_login(user)
    return client


def rows(owner) -> dict[str, tuple[str, bool]]:
    answer = owner.get(PAGE)
    assert answer.status_code == 200
    return {row.name: (row.value, row.is_bad) for found in answer.context["sections"].values() for row in found}


def test_it_is_for_owners_alone(client):
    assert client.get(PAGE).status_code == 302
    staff = UserFactory(is_staff=True)
    client.force_login(staff)
    assert client.get(PAGE).status_code == 403
    assert client.post(PAGE).status_code == 403
    assert not mail.outbox
    assert b"/admin/status/" not in client.get("/admin/").content


def test_the_start_page_of_the_admin_leads_to_it(owner):
    assert b'href="/admin/status/">Status<' in owner.get("/admin/").content


def test_a_new_installation_has_no_backup_and_says_so(owner):
    found = rows(owner)
    assert found["Version"] == (metricgain.__version__, False)
    assert found["Last backup"] == ("never", True)
    assert found["Last verified (manage.py backup --verify)"] == ("never", False)
    assert "Migrations missing" not in found
    assert found["Due"][1] is False


def test_it_tells_the_last_backup_and_the_last_verified_one(owner):
    now = timezone.now()
    Installation.objects.note(
        last_backup_at=now - timedelta(hours=3), last_backup="gym:/srv/x.dump", last_verified_at=now - timedelta(days=4)
    )
    found = rows(owner)
    assert found["Last backup"][0].startswith("3\xa0hours ago")
    assert found["Last backup"][1] is False
    assert found["Where (machine: file)"][0] == "gym: /srv/x.dump"
    assert found["Last verified (manage.py backup --verify)"][0].startswith("4\xa0days ago")
    Installation.objects.note(last_backup_at=now - timedelta(days=3))
    assert rows(owner)["Last backup"][1] is True


def test_it_points_at_what_the_owner_should_look_at(owner, monkeypatch):
    Job.objects.create(kind="x", queue="later", due_at=timezone.now() - timedelta(hours=1))
    Job.objects.create(kind="x", queue="later", state="failed", finished_at=timezone.now())
    monkeypatch.setattr(disks, "NEARLY_FULL", 0)
    found = rows(owner)
    assert "does a worker run?" in found["Due"][0]
    assert found["Due"][1] is True
    assert found["Failed within a week"] == ("1", True)
    assert found["Of the data"][1] is True


def test_a_mail_to_try_goes_to_whoever_asks(owner):
    assert owner.post(PAGE).status_code == 302
    assert [message.to for message in mail.outbox] == [["owner@example.org"]]
    assert "A mail is on its way to owner@example.org." in owner.get(PAGE).text


def test_a_mail_server_that_refuses_is_told(owner, monkeypatch):
    def refuse(*args, **kwargs):
        raise OSError("no route to host")

    monkeypatch.setattr("django.core.mail.EmailMessage.send", refuse)
    owner.post(PAGE)
    assert "no route to host" in owner.get(PAGE).text


def test_its_statements_are_few(owner, django_assert_max_num_queries):
    with django_assert_max_num_queries(10):
        owner.get(PAGE)
