"""The limit on statements, where the server keeps it: with the role, in this database. PgBouncer would refuse it with a
new session; set in one of its sessions, it would stay for whoever gets that next."""

from collections.abc import Iterator
from contextlib import contextmanager

from django.db import connection, transaction
from psycopg import sql

from metricgain.postgresql.patience import STATEMENT_TIMEOUT


def limit_statements() -> None:
    """For whoever connects as we do from now on. What an administrator has set, anywhere, stands."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT reset_val FROM pg_settings WHERE name = 'statement_timeout'")
        if cursor.fetchone()[0] == "0":
            database = sql.Identifier(connection.settings_dict["NAME"])
            change = sql.SQL("ALTER ROLE CURRENT_USER IN DATABASE {} SET statement_timeout = {}")
            cursor.execute(change.format(database, sql.Literal(f"{STATEMENT_TIMEOUT}ms")))


@contextmanager
def unlimited() -> Iterator[None]:
    """For a statement that lasts as long as its reader takes, as a download does. Each piece of it still has to come
    within the patience of a page."""
    with transaction.atomic():
        with connection.cursor() as cursor:
            cursor.execute("SET LOCAL statement_timeout = 0")
        yield
