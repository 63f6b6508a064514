"""The database is away. The tests go through the whole stack, with errors that PostgreSQL itself makes."""

import json
import logging
import time

import pytest
from django.contrib.auth.decorators import login_not_required
from django.db import Error, connection, transaction
from django.test import Client
from django.urls import include, path
from pytest_django.asserts import assertContains, assertNotContains, assertTemplateUsed

from metricgain.users.tests.factories import UserFactory
from metricgain.web import log_lines, outage
from metricgain.web.offline import MARK

WITH_STATE = "DO $$ BEGIN RAISE EXCEPTION 'a secret of the server' USING ERRCODE = '{}'; END $$"


@login_not_required
def asking(request):
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(WITH_STATE.format(request.GET["state"]))


handler500 = outage.server_error
urlpatterns = [path("asking/", asking), path("", include("metricgain.urls"))]
AWAY = "/asking/?state=57P01"


@pytest.fixture(autouse=True)
def site_that_asks(settings, tmp_path, db):
    settings.DEBUG = False
    settings.ROOT_URLCONF = __name__
    settings.DATA_DIR = tmp_path


@pytest.fixture
def client():
    return Client(raise_request_exception=False)


@pytest.mark.parametrize(
    "state", ["08006", "40001", "40P01", "53100", "53300", "55P03", "57014", "57P03", "58030", "25006"]
)
def test_what_passes_is_answered_with_503_and_when_to_come_back(client, state):
    answer = client.get(f"/asking/?state={state}")
    assertTemplateUsed(answer, "503.html")
    assertContains(answer, "What is on your phone is safe", status_code=503)
    assertNotContains(answer, "secret", status_code=503)
    assert answer.headers["Retry-After"] == "10"
    assert answer.headers["Cache-Control"] == "no-store"
    assert MARK not in answer.headers


@pytest.mark.parametrize("state", ["22012", "23505", "42P01", "54000", "XX000"])
def test_what_was_asked_wrongly_stays_a_fault(client, state):
    answer = client.get(f"/asking/?state={state}")
    assertTemplateUsed(answer, "500.html")
    assert answer.status_code == 500
    assert "Retry-After" not in answer.headers


def test_who_posted_is_told_that_it_was_hardly_stored(client):
    assertContains(client.post(AWAY), "was most likely not stored", status_code=503)
    assertNotContains(client.get(AWAY), "most likely", status_code=503)


def test_an_outbox_is_told_in_plain_text(client):
    answer = client.post(AWAY, headers={"X-Outbox": "1"})
    assert (answer.status_code, answer.content) == (503, b"The database is away.")
    assert answer.headers["Retry-After"] == "10"


def test_a_session_that_cannot_be_read_is_an_outage_too(client):
    """Most pages read the session first, in the middleware."""
    client.force_login(UserFactory())
    with connection.execute_wrapper(terminated):
        answer = client.get("/exercises/")
    assertTemplateUsed(answer, "503.html")


def terminated(execute, sql, params, many, context):
    return execute(WITH_STATE.format("57P01"), None, False, context)


def test_the_page_keeps_the_policy_and_works_without_scripts(client):
    answer = client.get(AWAY)
    assert "default-src 'self'" in answer.headers["content-security-policy"]
    for inline in ("<script>", "<style", " style=", " onclick="):
        assertNotContains(answer, inline, status_code=503)


@pytest.fixture
def record():
    with pytest.raises(Error) as raised, connection.cursor() as cursor:
        cursor.execute(WITH_STATE.format("57P01"))
    error = raised.value
    exc_info = (type(error), error, error.__traceback__)
    return logging.LogRecord("django.request", logging.ERROR, "", 1, "%s: %s", ("Service", "/"), exc_info)


def test_an_outage_is_one_line_of_the_log_a_second_over_all_processes(record, monkeypatch):
    clock = [time.time()]
    monkeypatch.setattr(log_lines.time, "time", lambda: clock[0])
    here, elsewhere = log_lines.OneLineASecond(), log_lines.OneLineASecond()
    line = here.filter(record)
    assert line.getMessage() == "The database is away: a secret of the server"
    assert not line.exc_info
    clock[0] += 30
    assert elsewhere.filter(record)
    assert not here.filter(record)
    clock[0] += 0.9
    assert not here.filter(record)
    assert not elsewhere.filter(record)
    clock[0] += 0.2
    assert here.filter(record)
    assert record.exc_info  # for whoever else listens


def test_other_faults_keep_their_traceback():
    kept = logging.LogRecord("django.request", logging.ERROR, "", 1, "broken", (), (ValueError, ValueError(), None))
    assert log_lines.OneLineASecond().filter(kept) is True


def test_healthz_says_so_in_its_own_words(client):
    with connection.execute_wrapper(terminated):
        answer = client.get("/healthz")
    assert answer.status_code == 503
    assert json.loads(answer.content)["status"] == "database unreachable"
