"""A page waits for PostgreSQL until its limit; a command waits on."""

import socket
import threading
import time

import psycopg
import pytest
from django.db import OperationalError, connection

from metricgain.postgresql import patience

pytestmark = pytest.mark.django_db
SLEEP = "SELECT pg_sleep(30)"
# In this test's database: tests beside it sleep on the same server.
ASLEEP = "SELECT pid FROM pg_stat_activity WHERE query = 'SELECT pg_sleep(30)' AND datname = current_database()"


@pytest.fixture(autouse=True)
def impatient(monkeypatch):
    """Makes the pages that a test begins wait for less than a second."""
    monkeypatch.setattr(patience, "LIMIT", 0.3)
    yield
    patience.end_page()
    until = time.monotonic() + 20
    while patience.silence._is_asked_about:
        assert time.monotonic() < until
        time.sleep(0.02)


@pytest.fixture
def session():
    """Opens a connection of its own, so that giving it up does not affect the one that the test uses."""
    session = connection.copy()
    yield session
    session.close()
    ask_server(f"SELECT count(pg_terminate_backend(pid)) FROM ({ASLEEP}) AS left_alone")


@pytest.fixture
def mute_server():
    """Accepts connections and never answers, like a suspended PostgreSQL."""
    with socket.create_server(("127.0.0.1", 0)) as listener:
        listener.settimeout(5)
        yield listener


def ask(session, statement="SELECT 1"):
    with session.cursor() as cursor:
        cursor.execute(statement)
        return cursor.fetchone()[0]


def ask_server(question):
    """Asks the server a question after a page has given up."""
    patience.end_page()
    return ask(connection, question)


def test_a_page_gives_up_what_is_not_answered_and_waits_no_second_time(session):
    ask(session)
    patience.begin_page()
    with pytest.raises(OperationalError, match="gave no answer"):
        ask(session, SLEEP)
    assert session.connection.closed
    with pytest.raises(OperationalError):
        ask(session, SLEEP)
    assert ask_server(f"SELECT count(*) FROM ({ASLEEP}) AS asked") == 1


def test_the_next_page_gets_a_session_that_answers(session):
    patience.begin_page()
    with pytest.raises(OperationalError):
        ask(session, SLEEP)
    patience.begin_page()
    session.close_if_unusable_or_obsolete()
    assert ask(session) == 1


def test_a_command_waits_for_as_long_as_it_takes(session):
    assert ask(session, "SELECT 1 FROM pg_sleep(0.6)") == 1


def test_each_answer_of_a_long_page_has_its_own_time(session):
    patience.begin_page()
    with session.cursor() as cursor:
        for _ in range(4):
            cursor.execute("SELECT pg_sleep(0.1)")


def test_the_addresses_of_a_server_share_the_time(mute_server):
    """ "localhost" has two addresses, for example."""
    port = mute_server.getsockname()[1]
    patience.begin_page()
    with pytest.raises(psycopg.OperationalError):
        patience.Connection.connect(host="127.0.0.1,127.0.0.1", port=f"{port},{port}", dbname="gym", user="alice")
    mute_server.accept()[0].close()
    mute_server.settimeout(0.2)
    with pytest.raises(TimeoutError):
        mute_server.accept()


def test_what_concerns_one_page_is_not_told_to_the_others(session):
    """A statement may have waited for a lock, for example, although PostgreSQL itself is well."""
    patience.begin_page()
    with pytest.raises(OperationalError):
        ask(session, SLEEP)
    others = []

    def another_page():
        other = connection.copy()
        patience.begin_page()
        others.append(ask(other))
        other.close()

    thread = threading.Thread(target=another_page)
    thread.start()
    thread.join()
    assert others == [1]


def test_while_nobody_gets_an_answer_pages_are_told_at_once(session, monkeypatch):
    asked = threading.Event()
    again = threading.Event()

    def is_mute():
        asked.set()
        return not again.wait(0.05)

    monkeypatch.setattr(patience, "_is_mute", is_mute)
    monkeypatch.setattr(patience, "ASKS_AGAIN", 0.01)
    patience.silence.suspect()
    until = time.monotonic() + 10
    while not patience.silence.lasts:
        assert time.monotonic() < until
        time.sleep(0.01)
    patience.begin_page()
    with pytest.raises(OperationalError, match="gives no answer"):
        ask(session)
    again.set()
    while patience.silence.lasts:
        assert time.monotonic() < until
        time.sleep(0.01)
    assert ask(session) == 1
