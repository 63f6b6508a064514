"""The limit on statements. The server keeps it with our role in this database, for PgBouncer would refuse it as an
option of a new session, and a value set inside one of its sessions would stay for the next client."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager

from django.db import DatabaseError, connection, transaction
from psycopg import sql

from metricgain.postgresql.patience import LIMIT, STATEMENT_TIMEOUT

FOUND = "SELECT current_database(), reset_val FROM pg_settings WHERE name = 'statement_timeout'"
CHANGE = "ALTER ROLE CURRENT_USER IN DATABASE {} SET statement_timeout = {}"


def limit_statements(say: Callable[[str], object]) -> None:
    """Sets the limit for every later session of our role in this database. A limit that an administrator has set,
    anywhere, stands. Calls `say` with a sentence where PostgreSQL refuses."""
    try:
        with connection.cursor() as cursor:
            cursor.execute(FOUND)
            database, limit = cursor.fetchone()  # a pooler may know the database by another name
            if limit == "0":
                limit = sql.Literal(f"{STATEMENT_TIMEOUT}ms")
                cursor.execute(sql.SQL(CHANGE).format(sql.Identifier(database), limit))
    except DatabaseError as error:
        refusal = str(error).strip().splitlines()[0].rstrip(".")
        say(
            f"PostgreSQL refuses our limit on statements: {refusal}. Pages still give up after {LIMIT:.0f} s, but "
            "their statements may go on."
        )


@contextmanager
def unlimited() -> Iterator[None]:
    """Lifts the limit for a statement that lasts as long as its reader, such as a download. Each piece of the answer
    still has to come within the time limit of a page."""
    with transaction.atomic():
        with connection.cursor() as cursor:
            cursor.execute("SET LOCAL statement_timeout = 0")
        yield
