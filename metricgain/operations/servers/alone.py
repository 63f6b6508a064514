"""Lets one process at a time do something with a database, on whichever machine it runs."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress

import psycopg

from metricgain.operations.servers import databases

# Each a number that never changes.
PREPARING = 7_637_426
BACKING_UP = 7_637_428
# Takes the lock, and lifts the limits that would end the transaction which holds it. The second is new in version 17.
TRY = """
SELECT pg_try_advisory_xact_lock(%s),
    (SELECT count(set_config(name, '0', true)) FROM pg_settings WHERE name = ANY(%s))
"""
IDLE_LIMITS = ["idle_in_transaction_session_timeout", "transaction_timeout"]


@contextmanager
def alone(lock: int, when_taken: Callable[[], object]) -> Iterator[None]:
    """Holds a lock of the database server in a transaction of its own, which stays open and idle. The lock ends with
    the transaction, and so with this process; a pooler hands no session on before its transaction ends.

    Calls `when_taken` each time another process has the lock. It waits a little, or raises. Nobody waits in one
    statement: such a statement would hold a snapshot, and a CREATE INDEX CONCURRENTLY of the process that has the lock
    would wait for that. The holder has none: at this level a transaction has a snapshot only while a statement runs."""
    with databases.session() as opened:
        while True:
            opened.execute("BEGIN ISOLATION LEVEL READ COMMITTED")
            # Values bound on the server would leave a portal, and with it a snapshot, until the next statement.
            found = psycopg.ClientCursor(opened).execute(TRY, [lock, IDLE_LIMITS]).fetchone()
            if found and found[0]:
                break
            opened.execute("ROLLBACK")
            when_taken()
        try:
            yield
        finally:
            with suppress(psycopg.Error):  # lost with the session
                # The server takes a moment to notice that a session was closed, and the next in line would wait.
                opened.execute("ROLLBACK")
