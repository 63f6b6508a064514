"""Where DATABASE_URL leads to a pooler: what goes past it, and what is refused through it. The drill has a real one."""

import threading

import pytest
from django.conf import settings
from django.core.management import call_command
from django.db import connection

from metricgain.operations import configuration, preparing
from metricgain.operations.backups import keeping, taking
from metricgain.operations.servers import databases
from metricgain.web.hosts import Refused

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def pooled(monkeypatch):
    """Plays a pooler that gives each transaction another session."""
    numbers = iter(range(1_000_000))
    monkeypatch.setattr(databases, "_number", lambda opened: next(numbers))


@pytest.fixture
def past(settings) -> str:
    """Another way into the server, which is told by its database. Returns that one's name."""
    place = {key: connection.settings_dict[key] for key in databases.ADDRESS}
    settings.DIRECT_DATABASE = place | {"NAME": "postgres"}
    return "postgres"


def here() -> str:
    with connection.cursor() as cursor:
        return cursor.execute("SELECT current_database()").fetchone()[0]


def test_the_direct_way_is_for_the_block_alone(past):
    ours = here()
    with databases.directly():
        assert (here(), databases.name()) == (past, past)
        with databases.session() as opened:
            assert opened.info.dbname == past
    assert (here(), databases.name()) == (ours, ours)


def test_another_thread_keeps_its_way(past):
    """A worker sends mail while it makes a backup."""
    ours, found = here(), []

    def look():
        found.append(here())
        connection.close()

    with databases.directly():
        thread = threading.Thread(target=look)
        thread.start()
        thread.join()
    assert found == [ours]


def test_without_one_everything_has_one_way():
    assert settings.DIRECT_DATABASE is None
    ours = here()
    with databases.directly():
        assert here() == ours


@pytest.mark.parametrize("command", ["backup", "migrate", "prepare", "restore"])
def test_what_makes_or_replaces_databases_goes_past_a_pooler(past, monkeypatch, tmp_path, command):
    class Seen(Exception):
        pass

    def look(*_, **__):
        raise Seen(here())

    monkeypatch.setattr("metricgain.operations.backups.taking.take", look)
    monkeypatch.setattr("metricgain.operations.backups.restoring.restore", look)
    monkeypatch.setattr("metricgain.operations.servers.schema.check_extensions", look)
    with pytest.raises(Seen, match=past):
        if command == "prepare":
            preparing.prepare(print)
        else:
            call_command(command, *([str(tmp_path)] if command == "restore" else []))


def test_the_daily_backup_does_too(past, monkeypatch, tmp_path):
    asked = []
    monkeypatch.setattr("metricgain.operations.backups.taking.is_due", lambda *_, **__: bool(asked.append(here())))
    keeping.back_up_if_due(print)
    assert asked == [past]


def test_a_dump_is_not_made_through_a_pooler_that_hands_sessions_on(pooled, tmp_path):
    with pytest.raises(taking.BackupFailed, match="Set DIRECT_DATABASE_URL to PostgreSQL itself"):
        taking.take(tmp_path)
    assert not list(tmp_path.glob("*.dump*"))


def test_one_that_keeps_a_session_for_its_client_is_no_trouble(monkeypatch):
    assert not databases.hands_sessions_on()
    monkeypatch.setattr(databases, "_number", lambda opened: -1)  # a number of the pooler's own, always the same
    assert not databases.hands_sessions_on()


def test_a_session_of_our_own_prepares_no_statement():
    with databases.session() as opened:
        for _ in range(20):
            opened.execute("SELECT %s::int", [1])
        assert databases.row_of(opened, "SELECT count(*) FROM pg_prepared_statements") == (0,)


def test_a_wrong_url_is_told_by_its_variable():
    with pytest.raises(Refused, match=r"^DIRECT_DATABASE_URL does not name"):
        configuration.database("gym", "DIRECT_DATABASE_URL")
