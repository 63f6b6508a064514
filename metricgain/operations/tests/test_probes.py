import re
from datetime import timedelta

import pytest
from django.conf import settings
from django.db import OperationalError, connection
from django.db.migrations.recorder import MigrationRecorder
from django.test import Client
from django.utils import timezone

import metricgain
from metricgain.operations import probes
from metricgain.operations.models import Installation
from metricgain.operations.servers import disks
from metricgain.operations.servers.draining import Draining
from metricgain.users.tests.factories import UserFactory
from metricgain.web import hosts

pytestmark = pytest.mark.django_db
EVERY = pytest.mark.parametrize("path", sorted(probes.PROBES))


@pytest.fixture
def is_away(monkeypatch):
    def refuse():
        raise OperationalError("connection refused")

    monkeypatch.setattr(connection, "cursor", refuse)


@pytest.fixture
def draining(monkeypatch) -> Draining:
    fresh = Draining()
    monkeypatch.setattr(probes, "draining", fresh)
    return fresh


@EVERY
@pytest.mark.parametrize("host", ["10.0.0.5:8561", "app1", "nowhere.example.org", ""])
@pytest.mark.parametrize("listening", ["127.0.0.1", "0.0.0.0"])
def test_it_answers_by_any_name_and_leaves_no_line(path, host, listening, monkeypatch, caplog):
    monkeypatch.setattr(settings, "HOST", listening)
    monkeypatch.setattr(settings, "ALLOWED_HOSTS", ["*"] if listening in hosts.ALL_INTERFACES else ["localhost"])
    answer = Client().get(path, headers={"host": host})
    assert answer.status_code == 200
    assert "no-store" in answer.headers["Cache-Control"]
    assert not caplog.records


@EVERY
def test_it_is_not_for_posting(client, path):
    assert client.post(path).status_code == 405


@EVERY
def test_it_needs_no_session(client, path, django_assert_max_num_queries):
    client.force_login(UserFactory())
    client.get(path)
    with django_assert_max_num_queries(0 if path == "/livez" else 1):
        assert not client.get(path).cookies


def test_livez_needs_no_database(client, is_away):
    assert client.get("/livez").json() == {"status": "ok"}


@pytest.mark.parametrize("path", ["/readyz", "/healthz"])
def test_without_a_database_the_others_say_so(client, is_away, path, caplog):
    answer = client.get(path)
    assert not caplog.records
    assert answer.status_code == 503
    assert answer.json()["status"] == "database unreachable"
    assert int(answer.headers["Retry-After"]) > 0


def test_readyz_says_how_many_migrations_are_missing_until_they_are_there(client, monkeypatch):
    monkeypatch.setattr(probes._Migrations, "are_applied", False)
    applied = MigrationRecorder.applied_migrations
    with monkeypatch.context() as patched:
        lacking = [("training", "0001_plan_and_log"), ("users", "0001_accounts")]
        patched.setattr(
            MigrationRecorder,
            "applied_migrations",
            lambda recorder: {name: row for name, row in applied(recorder).items() if name not in lacking},
        )
        answer = client.get("/readyz")
        assert (answer.status_code, answer.json()["status"]) == (503, "2 migrations missing")
    assert client.get("/readyz").status_code == 200


def test_readyz_says_no_once_the_server_is_going(client, draining, caplog):
    assert not draining.is_watched
    assert client.get("/readyz").status_code == 200
    assert draining.is_watched
    draining.begin()
    assert (client.get("/readyz").status_code, client.get("/readyz").json()["status"]) == (503, "going")
    assert not caplog.records
    assert client.get("/livez").status_code == client.get("/healthz").status_code == 200


def test_healthz_tells_the_version_the_last_backup_and_the_room(client):
    told = client.get("/healthz").json()
    assert told["version"] == metricgain.__version__
    assert told["last_backup_seconds"] is None
    assert told["disk_left"]["disk"] > 0
    Installation.objects.note(last_backup_at=timezone.now() - timedelta(hours=2))
    assert client.get("/healthz").json()["last_backup_seconds"] in range(7200, 7260)


def test_healthz_tells_how_full_a_disk_is_that_is_nearly_full(client, monkeypatch):
    """Its status is still "ok", because restarting the server makes no room on the disk."""
    monkeypatch.setattr(disks, "NEARLY_FULL", 0)
    answer = client.get("/healthz")
    assert answer.status_code == 200
    assert answer.json()["status"] == "ok"
    assert re.fullmatch(r"\d+ % full", answer.json()["disk"])
