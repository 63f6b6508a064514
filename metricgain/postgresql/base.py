"""Django's PostgreSQL backend with limits: pages give up after seconds (`patience`), commands wait."""

from types import SimpleNamespace

import psycopg
from django.db.backends.postgresql import base

from metricgain.postgresql import patience

UNLIMITED = "SELECT set_config('statement_timeout', '0', false) WHERE pg_backend_pid() = %s"


class DatabaseWrapper(base.DatabaseWrapper):
    """Lifts the limit on statements for every session that serves no page.

    The limit itself belongs to the database role (`limits`). A pooler hands sessions from one client to the next and
    numbers them itself; a setting of the session would stay for the next client. So behind a pooler each transaction
    lifts the limit for itself.

    Outside a transaction rows come all at once, without a cursor on the server, which a pooler would look for in
    another session."""

    Database = SimpleNamespace(**vars(psycopg) | {"connect": patience.Connection.connect})
    is_pooled = False

    def init_connection_state(self):
        super().init_connection_state()
        if not patience.is_page():
            found = self.connection.execute(UNLIMITED, [self.connection.info.backend_pid])
            self.is_pooled = found.fetchone() is None

    def _set_autocommit(self, autocommit):
        super()._set_autocommit(autocommit)
        if self.is_pooled and not autocommit and not patience.is_page():
            self.connection.execute("SET LOCAL statement_timeout = 0")

    def chunked_cursor(self):
        return super().chunked_cursor() if self.in_atomic_block else self.cursor()
