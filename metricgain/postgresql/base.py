"""Django's PostgreSQL, with pages that do not wait for ever (`patience`) and commands that may."""

from types import SimpleNamespace

import psycopg
from django.db.backends.postgresql import base

from metricgain.postgresql import patience

UNLIMITED = "SELECT set_config('statement_timeout', '0', false) WHERE pg_backend_pid() = %s"


class DatabaseWrapper(base.DatabaseWrapper):
    """Statements are limited for whoever connects as we do (`limits`), and unlimited here where that is no page.

    Behind a pooler, which has numbers of its own for sessions, a setting would stay with whoever gets the session next:
    there, each transaction sets it for itself."""

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
