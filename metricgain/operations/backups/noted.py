"""Notes the last backup in the database itself, so that one backup does for all its servers.

Plain SQL, because the schema may be older than the table."""

import socket
from contextlib import suppress
from datetime import datetime, timedelta
from pathlib import Path

import psycopg

from metricgain.operations.servers import databases

DAY = timedelta(days=1)
NOTE_MADE = """
INSERT INTO installation (id, last_backup_at, last_backup) VALUES (1, %s, %s) ON CONFLICT (id)
DO UPDATE SET last_backup_at = EXCLUDED.last_backup_at, last_backup = EXCLUDED.last_backup"""
NOTE_VERIFIED = """
INSERT INTO installation (id, last_verified_at) VALUES (1, now()) ON CONFLICT (id)
DO UPDATE SET last_verified_at = EXCLUDED.last_verified_at"""
LAST = "SELECT last_backup_at, last_backup FROM installation WHERE last_backup_at IS NOT NULL"


def note_made(path: Path, made_at: datetime) -> None:
    _note(NOTE_MADE, made_at, f"{socket.gethostname()}:{path}")


def note_verified() -> None:
    _note(NOTE_VERIFIED)


def is_fresh(now: datetime) -> bool:
    """Tells whether a machine made a backup within a day. One that this machine made has to be there still."""
    with databases.session() as opened:
        last = opened.execute(LAST).fetchone()
    if last is None:
        return False
    made_at, place = last
    machine, _, path = place.partition(":")
    return now - made_at < DAY and (machine != socket.gethostname() or Path(path).exists())


def _note(sql: str, *values: object) -> None:
    with databases.session() as opened, suppress(psycopg.errors.UndefinedTable):  # before it is migrated
        opened.execute(sql, values)
