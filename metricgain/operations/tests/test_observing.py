import json
import logging
import urllib.request

import psycopg
import pytest
from django.core import mail
from django.db import OperationalError
from django.test import Client, RequestFactory
from django.urls import reverse

from exercises.tests.factories import ExerciseFactory
from metricgain.operations import metrics, observing
from metricgain.operations.error_mails import ErrorMails
from metricgain.operations.tests.serving import free_port, served
from metricgain.users.tests.factories import UserFactory
from metricgain.web import log_lines
from training.tests.factories import planned_workout

pytestmark = pytest.mark.django_db


@pytest.fixture
def lines(settings, caplog, monkeypatch):
    """What the access log says of requests in the test."""
    monkeypatch.setattr(observing.logger, "propagate", True)

    def kept(kind: str, path: str, **headers: str) -> list[str]:
        settings.ACCESS_LOG = kind
        caplog.clear()
        with caplog.at_level(logging.INFO, "metricgain.access"):
            kept.answer = Client().get(path, headers=headers)
        return [record.getMessage() for record in caplog.records if record.name == "metricgain.access"]

    return kept


def test_no_log_is_kept_unless_asked_for(lines):
    assert lines("", "/login/") == []
    assert "X-Request-ID" not in lines.answer.headers


def test_a_line_has_what_a_request_cost_and_nothing_typed(lines):
    [line] = lines("json", "/login/?next=/secret/", **{"x-request-id": "proxy-7"})
    said = json.loads(line)
    assert (said["method"], said["path"], said["status"], said["id"]) == ("GET", "/login/", 200, "proxy-7")
    assert said["ms"] > 0
    assert said["bytes"] == len(lines.answer.content)
    assert "secret" not in line
    assert lines.answer.headers["X-Request-ID"] == "proxy-7"


def test_a_plain_line_is_one_line_whatever_is_asked_for(lines):
    [line] = lines("plain", "/no%0Awhere/%C3%BC%20x/")
    assert line.isascii()
    assert line.isprintable()
    assert len(line.split(" ")) == 8


@pytest.mark.parametrize("given", ["", "a b", "x" * 65, "a\nb", "ü"])
def test_an_id_that_is_none_is_replaced(lines, given):
    request = RequestFactory().get("/", headers={"x-request-id": given})
    assert observing._id_of(request) == ""
    [line] = lines("json", "/login/")
    assert len(json.loads(line)["id"]) == 16


def test_probes_leave_no_line(lines):
    assert [line for path in ("/livez", "/readyz", "/healthz", "/metrics") for line in lines("json", path)] == []


# /metrics


def told(**headers) -> str:
    answer = Client(headers=headers).get("/metrics")
    assert answer.status_code == 200
    return answer.content.decode()


def value(of: str) -> float:
    [line] = [line for line in told().splitlines() if line.startswith(f"{of} ")]
    return float(line.split(" ")[-1])


def test_requests_are_counted_by_view_and_status(client):
    client.get("/login/")
    of = 'metricgain_request_seconds_count{status="200",view="account_login"}'
    before = value(of)
    client.get("/login/")
    client.get("/livez")
    assert value(of) == before + 1
    assert "livez" not in told()
    client.get("/nowhere/7/")
    assert 'status="404",view="none"' in told()
    assert "nowhere" not in told()


@pytest.mark.parametrize("by_outbox", [False, True])
def test_a_set_that_arrives_is_counted(client, by_outbox):
    alice, exercise = UserFactory(), ExerciseFactory()
    client.force_login(alice)
    where = [planned_workout(alice, exercise).id, 1, exercise.id, 1]
    headers = {"x-outbox": str(alice.id)} if by_outbox else {}
    counted = 'metricgain_facts_total{{fact="training:set_log",outcome="{}"}}'.format

    def log(hour: int) -> None:
        typed = {"weight": "60", "reps": "8", "unit": "kg", "edited_at": f"2026-11-01T{hour}:00:00Z"}
        client.post(reverse("training:set_log", args=where), typed, headers=headers)

    for hour in (11, 10):
        log(hour)
    before = [value(counted(outcome)) for outcome in ("stored", "stale")]
    for hour in (12, 13, 9):
        log(hour)
    assert [value(counted(outcome)) for outcome in ("stored", "stale")] == [before[0] + 2, before[1] + 1]


def test_it_tells_how_the_installation_is():
    said = told()
    for name in ("info", "disk_free_bytes", "database_up", "jobs", "database_bytes", "database_connections"):
        assert f"\nmetricgain_{name}" in said, name
    assert value("metricgain_database_up") == 1
    assert value("metricgain_database_bytes") > 1_000_000


def test_without_a_database_it_still_tells_the_rest(monkeypatch):
    def refuse():
        raise OperationalError("connection refused")

    monkeypatch.setattr(metrics.connection, "cursor", refuse)
    assert value("metricgain_database_up") == 0


@pytest.mark.parametrize(
    ("peer", "headers", "status"),
    [
        ("127.0.0.1", {}, 200),
        ("::1", {}, 200),
        ("192.168.1.7", {}, 404),
        ("127.0.0.1", {"x-forwarded-for": "192.168.1.7"}, 404),  # a stranger through a proxy on this machine
        ("127.0.0.1", {"forwarded": "for=192.168.1.7"}, 404),
        ("192.168.1.7", {"authorization": "Bearer of the monitor"}, 200),
        ("127.0.0.1", {"x-forwarded-for": "192.168.1.7", "authorization": "Bearer of the monitor"}, 200),
        ("192.168.1.7", {"authorization": "Bearer of another"}, 404),
        ("192.168.1.7", {"authorization": "Bearer "}, 404),
    ],
)
def test_it_is_for_this_machine_and_whoever_has_the_token(settings, peer, headers, status):
    settings.METRICS_TOKEN = "of the monitor"
    assert Client(REMOTE_ADDR=peer, headers=headers).get("/metrics").status_code == status
    settings.METRICS_TOKEN = ""
    if "authorization" in headers:
        assert Client(REMOTE_ADDR=peer, headers=headers).get("/metrics").status_code == 404


def test_all_processes_that_serve_are_summed(data_dir):
    port = free_port()
    with served(data_dir, WORKERS="2", PORT=str(port)):
        for _ in range(20):
            ask(port, "/login/")
        of = 'count{status="200",view="account_login"}'
        [line] = [line for line in ask(port, "/metrics").splitlines() if of in line]
        assert float(line.split(" ")[-1]) == 20


def ask(port: int, path: str) -> str:
    with urllib.request.urlopen(f"http://127.0.0.1:{port}{path}", timeout=10) as answer:
        return answer.read().decode()


# Errors


def record_of(error: Exception) -> logging.LogRecord:
    def fails() -> None:
        raise error

    with pytest.raises(type(error)) as caught:
        fails()
    about = (caught.type, caught.value, caught.tb)
    return logging.LogRecord("django.request", logging.ERROR, "", 1, "Broken: %s", ("/x/",), about)


def test_an_error_is_told_in_full_once_a_minute_and_else_in_a_line(monkeypatch, settings, tmp_path):
    settings.DATA_DIR = tmp_path
    clock = [1_800_000_000.0]
    monkeypatch.setattr(log_lines.time, "time", lambda: clock[0])
    kept = log_lines.InFullOnceAMinute()
    lines = [kept.filter(record_of(ValueError(word))) for word in ("one", "two")]
    assert [bool(line.exc_info) for line in lines] == [True, False]
    mark = log_lines.fingerprint(record_of(ValueError("three")).exc_info[1])
    told = [line.getMessage() for line in lines]
    assert told == [f"Broken: /x/ [{mark}] ValueError: {word}" for word in ("one", "two")]
    assert log_lines.fingerprint(ValueError()) != mark  # the place counts too
    assert kept.filter(record_of(KeyError("one"))).exc_info  # another kind
    assert not log_lines.InFullOnceAMinute().filter(record_of(ValueError("three"))).exc_info  # in another process
    clock[0] += 61
    assert kept.filter(record_of(ValueError("four"))).exc_info


def test_an_error_that_goes_on_in_two_processes_is_told_in_full_again(monkeypatch, settings, tmp_path):
    settings.DATA_DIR = tmp_path
    clock = [1_800_000_000.0]
    monkeypatch.setattr(log_lines.time, "time", lambda: clock[0])
    processes, told = [log_lines.InFullOnceAMinute(), log_lines.InFullOnceAMinute()], []
    for second in range(0, 200, 5):
        clock[0] += 5
        if processes[second // 5 % 2].filter(record_of(ValueError("one"))).exc_info:
            told.append(second)
    assert told == [0, 60, 120, 180]


def test_an_error_is_mailed_once_an_hour_where_its_owner_wants_that(settings, tmp_path):
    settings.DATA_DIR, settings.ERROR_MAIL = tmp_path, ["owner@example.org"]
    handler = ErrorMails()
    for error in (ValueError("one"), ValueError("two"), psycopg.OperationalError("away")):
        handler.emit(record_of(error))
    assert len(mail.outbox) == 1
    assert mail.outbox[0].to == ["owner@example.org"]
    assert "ValueError" in mail.outbox[0].subject
    assert "Traceback" in mail.outbox[0].body
    settings.ERROR_MAIL = []
    handler.emit(record_of(KeyError("one")))
    assert len(mail.outbox) == 1


def test_a_page_that_breaks_names_its_request(settings, caplog):
    request = RequestFactory().get("/x/")
    request.id = "proxy-7"
    record = record_of(ValueError("one"))
    record.request = request
    assert "proxy-7" in log_lines.one_line(record, record.exc_info[1])
