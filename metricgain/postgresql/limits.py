"""The limit on statements, where the server keeps it: with the role, in this database. PgBouncer would refuse it with a
new session; set in one of its sessions, it would stay for whoever gets that next."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager

from django.db import DatabaseError, connection, transaction
from psycopg import sql

from metricgain.postgresql.patience import LIMIT, STATEMENT_TIMEOUT

FOUND = "SELECT current_database(), reset_val FROM pg_settings WHERE name = 'statement_timeout'"
CHANGE = "ALTER ROLE CURRENT_USER IN DATABASE {} SET statement_timeout = {}"


def limit_statements(say: Callable[[str], object]) -> None:
    """For whoever connects as we do from now on. What an administrator has set, anywhere, stands."""
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
            f"PostgreSQL sets no limit on statements for us: {refusal}. Pages give up after {LIMIT:.0f} s all the "
            "same, and what they asked may go on."
        )


@contextmanager
def unlimited() -> Iterator[None]:
    """For a statement that lasts as long as its reader takes, as a download does. Each piece of it still has to come
    within the patience of a page."""
    with transaction.atomic():
        with connection.cursor() as cursor:
            cursor.execute("SET LOCAL statement_timeout = 0")
        yield
