"""What we ask of PostgreSQL also works through a pooler, which hands a session on after each transaction: nothing of
ours stays in a session, and nothing needs the session of an earlier transaction."""

import ast
import re
from pathlib import Path

import pytest
from django.conf import settings
from django.db import connection, transaction

from metricgain.operations import preparing
from metricgain.operations.servers import alone
from metricgain.users.models import User
from metricgain.users.tests.factories import UserFactory

ROOMS = ("analytics", "exercises", "metricgain", "training")
# Statements whose effect outlives their transaction, and locks that do.
STAYS = re.compile(
    r"(?:\A|;)\s*(?:SET\s+(?!LOCAL\b|TRANSACTION\b|CONSTRAINTS\b)|RESET\b|DISCARD\b|LISTEN\b|PREPARE\b|DECLARE\b)"
    r"|pg_(?:try_)?advisory_(?:un)?lock"
    r"|set_config\((?:[^()]|\([^()]*\))*\bfalse\)(?!.*pg_backend_pid\(\) = %s)"
    r"|CREATE\s+TEMP\w*\s+TABLE(?!.*ON COMMIT DROP)",
    re.DOTALL,
)


def statements() -> list[tuple[str, str]]:
    """Returns every text in our code, each with its file; of a text with gaps only what comes before the first."""
    files = [path for room in ROOMS for path in (settings.BASE_DIR / room).rglob("*.py") if "tests" not in path.parts]
    return [(str(path.relative_to(settings.BASE_DIR)), text) for path in files for text in texts(path)]


def texts(path: Path) -> list[str]:
    nodes = list(ast.walk(ast.parse(path.read_text())))
    later = {id(part) for node in nodes if isinstance(node, ast.JoinedStr) for part in node.values[1:]}
    found = [node for node in nodes if isinstance(node, ast.Constant) and id(node) not in later]
    return [node.value for node in found if isinstance(node.value, str)]


def test_no_statement_of_ours_leaves_something_in_its_session():
    found = statements()
    assert ("metricgain/web/once.py", "SELECT pg_advisory_xact_lock(hashtextextended(%s, 0))") in found
    assert [one for one in found if STAYS.search(one[1])] == []


@pytest.mark.parametrize(
    "statement",
    [
        "SET statement_timeout = 0",
        "SELECT 1; SET search_path TO app",
        "SELECT pg_advisory_lock(1)",
        "SELECT pg_try_advisory_lock(%s)",
        "SELECT set_config('statement_timeout', '0', false)",
        "SELECT set_config(name, '0', false) FROM unnest(%s::text[]) AS name",
        "CREATE TEMPORARY TABLE t (a int)",
    ],
)
def test_one_that_does_is_noticed(statement):
    assert STAYS.search(statement)


@pytest.mark.django_db(transaction=True)
def test_rows_outside_a_transaction_need_no_cursor_on_the_server():
    """django-allauth reads with `iterator()` at every sign-in."""
    UserFactory.create_batch(3)
    rows = User.objects.iterator(chunk_size=1)
    next(rows)
    assert cursors() == 0
    assert len(list(rows)) == 2
    with transaction.atomic():
        rows = User.objects.iterator(chunk_size=1)
        next(rows)
        assert cursors() == 1
        assert len(list(rows)) == 2


def cursors() -> int:
    with connection.cursor() as cursor:
        return cursor.execute("SELECT count(*) FROM pg_cursors WHERE name <> ''").fetchone()[0]


LOCKED = """
SELECT pg_locks.pid, state, backend_xmin FROM pg_locks JOIN pg_stat_activity USING (pid)
WHERE locktype = 'advisory' AND objid = %s
"""


@pytest.mark.django_db(transaction=True)
def test_who_prepares_is_alone_by_a_transaction_that_holds_no_snapshot(monkeypatch):
    """A limit on idle transactions does not end it, and an index that is built concurrently does not wait for it."""
    said = []
    with preparing._alone(said.append), connection.cursor() as cursor:
        cursor.execute(LOCKED, [alone.PREPARING])
        [(holder, state, snapshot)] = cursor.fetchall()
        assert (state, snapshot) == ("idle in transaction", None)
        monkeypatch.setattr(preparing.time, "sleep", lambda seconds: end(cursor, holder))
        with preparing._alone(said.append):  # takes it once the holder's session is ended
            cursor.execute(LOCKED, [alone.PREPARING])
            assert [row[0] for row in cursor.fetchall()] != [holder]
    assert said == ["Waiting: another MetricGain is preparing this database"]
    with connection.cursor() as cursor:
        assert cursor.execute(LOCKED, [alone.PREPARING]).fetchall() == []


def end(cursor, holder: int) -> None:
    cursor.execute("SELECT pg_terminate_backend(%s, 5000)", [holder])


@pytest.mark.django_db(transaction=True)
def test_a_limit_on_idle_transactions_does_not_end_the_lock():
    name = connection.ops.quote_name(connection.settings_dict["NAME"])
    with connection.cursor() as cursor:
        cursor.execute(f"ALTER ROLE CURRENT_USER IN DATABASE {name} SET idle_in_transaction_session_timeout = 1")
        try:
            with preparing._alone(print):
                cursor.execute("SELECT pg_sleep(0.3)")
                assert len(cursor.execute(LOCKED, [alone.PREPARING]).fetchall()) == 1
        finally:
            cursor.execute(f"ALTER ROLE CURRENT_USER IN DATABASE {name} RESET idle_in_transaction_session_timeout")
