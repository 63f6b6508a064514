"""The server limits the statements of pages. Commands have no limit, also behind a pooler."""

import pytest
from django.db import OperationalError, connection

from metricgain.postgresql import base, limits, patience

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture(autouse=True)
def no_limit_afterwards():
    yield
    patience.end_page()
    connection.close()
    with connection.cursor() as cursor:
        cursor.execute(f'ALTER ROLE CURRENT_USER IN DATABASE "{connection.settings_dict["NAME"]}" RESET ALL')
    connection.close()


def limit_of(session) -> str:
    with session.cursor() as cursor:
        cursor.execute("SHOW statement_timeout")
        return cursor.fetchone()[0]


@pytest.fixture
def session():
    limits.limit_statements(print)
    session = connection.copy()
    yield session
    session.close()


@pytest.fixture
def pooled(monkeypatch, session):
    """Plays a pooler, which reports another session number than PostgreSQL's."""
    monkeypatch.setattr(base, "UNLIMITED", base.UNLIMITED.replace("pg_backend_pid()", "pg_backend_pid() + 1"))
    return session


def test_a_page_is_limited_and_a_command_is_not(session):
    assert limit_of(session) == "0"
    session.close()
    patience.begin_page()
    assert limit_of(session) == "4500ms"


def test_a_statement_that_takes_too_long_is_taken_back(session):
    patience.begin_page()
    with session.cursor() as cursor:
        cursor.execute("SET statement_timeout = 50")
        with pytest.raises(OperationalError, match="statement timeout"):
            cursor.execute("SELECT pg_sleep(30)")


def test_behind_a_pooler_a_command_sets_nothing_that_would_stay(pooled):
    assert limit_of(pooled) == "4500ms"
    pooled.set_autocommit(False)
    assert limit_of(pooled) == "0"
    pooled.rollback()
    pooled.set_autocommit(True)
    assert limit_of(pooled) == "4500ms"


def test_the_limit_is_of_the_database_that_answers_whatever_a_pooler_calls_it(monkeypatch, session):
    with connection.cursor() as cursor:
        cursor.execute(f'ALTER ROLE CURRENT_USER IN DATABASE "{connection.settings_dict["NAME"]}" RESET ALL')
    connection.close()
    connection.ensure_connection()
    with monkeypatch.context() as changed:
        changed.setitem(connection.settings_dict, "NAME", "an alias of a pooler")
        limits.limit_statements(print)
    patience.begin_page()
    assert limit_of(session) == "4500ms"


def test_a_server_that_refuses_is_told_of_in_a_sentence_and_served():
    """Such a server is read-only, for example. The limit on our side still holds."""
    said = []
    with connection.cursor() as cursor:
        cursor.execute("SET default_transaction_read_only = on")
    limits.limit_statements(said.append)
    assert said == [
        "PostgreSQL refuses our limit on statements: cannot execute ALTER ROLE in a read-only transaction. Pages still "
        "give up after 5 s, but their statements may go on."
    ]


def test_what_an_administrator_has_set_stands():
    with connection.cursor() as cursor:
        name = connection.settings_dict["NAME"]
        cursor.execute(f"ALTER ROLE CURRENT_USER IN DATABASE \"{name}\" SET statement_timeout = '90s'")
    connection.close()
    limits.limit_statements(print)
    connection.close()
    patience.begin_page()
    assert limit_of(connection) == "90s"


def test_a_download_may_last_as_long_as_its_reader_takes(session):
    patience.begin_page()
    connection.close()
    with limits.unlimited():
        assert limit_of(connection) == "0"
    assert limit_of(connection) == "4500ms"
