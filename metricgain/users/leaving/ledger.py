"""The ledger of deleted accounts: a line for each, in the table `accounts_deleted` and in files beside the backups. A
restored backup has accounts that were deleted since it was made; by the ledger they are deleted again.

All of it is plain SQL, because a recovered database may have the schema of an earlier version."""

import json
import os
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from pathlib import Path
from uuid import UUID

import psycopg
from django.conf import settings
from django.db.backends.utils import CursorWrapper

Cursor = CursorWrapper | psycopg.Cursor

FILE = "accounts-deleted.jsonl"
ARCHIVE = "wal-archive"  # below BACKUP_DIR, the folder of point-in-time recovery
WINDOW = timedelta(days=7)  # to whose moments one can go back there
# A database is known by the moment of its first migration, which all its backups have, also those of versions that kept
# no ledger.
INSTANCE = "SELECT md5(extract(epoch FROM applied)::text)::uuid FROM django_migrations ORDER BY id LIMIT 1"
NOTE = """
INSERT INTO accounts_deleted (instance, user_id, user_created_at, day)
SELECT %s, id, created_at, (now() AT TIME ZONE 'UTC')::date FROM users WHERE id = %s
ON CONFLICT (instance, user_id, user_created_at) DO UPDATE SET day = EXCLUDED.day
RETURNING instance, user_id, user_created_at, day
"""
TAKE_OVER = """
INSERT INTO accounts_deleted (instance, user_id, user_created_at, day)
SELECT * FROM unnest(%s::uuid[], %s::bigint[], %s::timestamptz[], %s::date[]) ON CONFLICT DO NOTHING
"""
BACK = """
SELECT users.id FROM users JOIN unnest(%s::bigint[], %s::timestamptz[]) AS line (id, created_at) USING (id, created_at)
"""


@dataclass(frozen=True, slots=True)
class Line:
    """An account that was deleted. Its id alone does not name it: another instance has the same ids, and an older
    backup gives one away again."""

    instance: UUID
    user_id: int
    user_created_at: datetime
    day: date

    def written(self) -> str:
        return json.dumps(
            {
                "instance": str(self.instance),
                "user_id": self.user_id,
                "user_created_at": self.user_created_at.isoformat(),
                "day": self.day.isoformat(),
            }
        )


def has_table(cursor: Cursor, name: str) -> bool:
    cursor.execute("SELECT to_regclass(%s) IS NOT NULL", [name])
    return cursor.fetchall()[0][0]


def has_column(cursor: Cursor, table: str, name: str) -> bool:
    cursor.execute("SELECT FROM pg_attribute WHERE attrelid = to_regclass(%s) AND attname = %s", [table, name])
    return bool(cursor.fetchall())


def instance_of(cursor: Cursor) -> UUID:
    cursor.execute(INSTANCE)
    return cursor.fetchall()[0][0]


def note(cursor: Cursor, user_id: int) -> list[Line]:
    """Adds the line of an account that is there, in the table. Returns it; nothing where somebody else was faster."""
    cursor.execute(NOTE, [instance_of(cursor), user_id])
    return [Line(*row) for row in cursor.fetchall()]


def in_table(cursor: Cursor) -> set[Line]:
    """Returns the lines in the table; none where the schema is older than it."""
    if not has_table(cursor, "accounts_deleted"):
        return set()
    cursor.execute("SELECT instance, user_id, user_created_at, day FROM accounts_deleted")
    return {Line(*row) for row in cursor.fetchall()}


def take_over(cursor: Cursor, lines: Iterable[Line]) -> None:
    """Adds lines to the table, where there is one."""
    if has_table(cursor, "accounts_deleted"):
        rows = [(line.instance, line.user_id, line.user_created_at, line.day) for line in lines]
        cursor.execute(TAKE_OVER, [list(column) for column in zip(*rows, strict=True)] or [[], [], [], []])


def back_among(cursor: Cursor, lines: Iterable[Line]) -> list[int]:
    """Returns the ids of the users that a database has although these lines say that they were deleted."""
    known = list(lines)
    cursor.execute(BACK, [[line.user_id for line in known], [line.user_created_at for line in known]])
    return [row[0] for row in cursor.fetchall()]


# The files


def folders() -> list[Path]:
    """Returns where the files are: beside the backups, and with the log for point-in-time recovery where there is
    one."""
    return [Path(settings.BACKUP_DIR), *([archive()] if archive().is_dir() else [])]


def archive() -> Path:
    return Path(settings.BACKUP_DIR) / ARCHIVE


def in_backups_until(today: date) -> date:
    """Returns the day on which the last backup with an account that goes today is removed, where there is a backup
    every day. The first moment of the log's window needs a copy that is up to a day older."""
    last = today + timedelta(days=settings.BACKUP_DAYS)
    return max(last, today + WINDOW + timedelta(days=1)) if archive().is_dir() else last


def in_files(folders: Iterable[Path]) -> set[Line]:
    return {line for folder in folders for line in _read(folder / FILE)}


def write_up(lines: Iterable[Line], folders: Iterable[Path]) -> None:
    """Appends to each file the lines that it lacks. Raises OSError."""
    wanted = set(lines)
    for folder in folders:
        path = folder / FILE
        if lacking := wanted - _read(path):
            folder.mkdir(parents=True, exist_ok=True, mode=0o700)
            _append(path, sorted(line.written() for line in lacking))


def _read(path: Path) -> set[Line]:
    try:
        written = path.read_text(encoding="utf-8", errors="replace").splitlines()
    except FileNotFoundError:
        return set()
    return {line for one in written if (line := _line(one))}


def _line(written: str) -> Line | None:
    """Returns None for a line that a power cut left unfinished. The table has it, and it is appended again."""
    try:
        facts = json.loads(written)
        return Line(
            UUID(facts["instance"]),
            int(facts["user_id"]),
            datetime.fromisoformat(facts["user_created_at"]),
            date.fromisoformat(facts["day"]),
        )
    except (ValueError, KeyError, TypeError):
        return None


def _append(path: Path, written: list[str]) -> None:
    descriptor = os.open(path, os.O_RDWR | os.O_CREAT | os.O_APPEND, 0o600)
    with os.fdopen(descriptor, "r+b", buffering=0) as file:
        size = file.seek(0, os.SEEK_END)
        file.seek(max(0, size - 1))
        is_torn = file.read(1) not in (b"", b"\n")
        # One write, so that two processes do not write into each other's lines.
        file.write(("\n" * is_torn + "".join(f"{line}\n" for line in written)).encode())
        os.fsync(descriptor)
