import re

import pytest
from django.db import OperationalError, connection
from django.urls import reverse

from metricgain.operations.servers import disks
from metricgain.users.tests.factories import UserFactory

pytestmark = pytest.mark.django_db


def test_it_answers_after_asking_the_database_and_without_a_session(client, django_assert_num_queries):
    with django_assert_num_queries(1):
        answer = client.get(reverse("healthz"))
    assert answer.status_code == 200
    assert answer.json() == {"status": "ok"}
    assert not answer.cookies


def test_it_tells_how_full_a_disk_is_that_is_nearly_full(client, monkeypatch):
    """Its status is still "ok", because restarting the server makes no room on the disk."""
    monkeypatch.setattr(disks, "NEARLY_FULL", 0)
    answer = client.get(reverse("healthz"))
    assert answer.status_code == 200
    assert answer.json()["status"] == "ok"
    assert re.fullmatch(r"\d+ % full", answer.json()["disk"])


def test_it_says_that_the_database_is_down(client, monkeypatch):
    def refuse():
        raise OperationalError("connection refused")

    monkeypatch.setattr(connection, "cursor", refuse)
    answer = client.get(reverse("healthz"))
    assert answer.status_code == 503
    assert answer.json() == {"status": "database unreachable"}


def test_it_is_not_for_posting(client):
    assert client.post(reverse("healthz")).status_code == 405


def test_somebody_signed_in_gets_the_same_answer_from_one_query(client, django_assert_num_queries):
    client.force_login(UserFactory())
    with django_assert_num_queries(1):
        assert client.get(reverse("healthz")).json() == {"status": "ok"}
