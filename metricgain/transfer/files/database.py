"""A database of SQLite from anybody: read with plain SELECTs of real tables, and interrupted where it has no end.

Nothing in the file is run: its views and triggers are switched off, the authorizer allows reading alone, and SQLite is
told not to trust the schema."""

import sqlite3
from collections.abc import Iterator, Sequence
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import quote

from metricgain.transfer.files.archive import MOST_BYTES
from metricgain.transfer.files.sheet import MOST_COLUMNS, MOST_ROWS
from metricgain.transfer.files.unreadable import Unreadable

MOST_TABLES = 200
LONGEST_CELL = 2**20  # bytes
STEP, MOST_STEPS = 100_000, 1_000  # instructions of SQLite: half a million rows take fewer
DAMAGED = "The backup is damaged. Make a new one in the app, or export your log as CSV, and choose that file."
LIMITS = {
    sqlite3.SQLITE_LIMIT_LENGTH: LONGEST_CELL,
    sqlite3.SQLITE_LIMIT_SQL_LENGTH: 100_000,
    sqlite3.SQLITE_LIMIT_COLUMN: MOST_COLUMNS,
    sqlite3.SQLITE_LIMIT_EXPR_DEPTH: 50,
    sqlite3.SQLITE_LIMIT_VDBE_OP: 100_000,
    sqlite3.SQLITE_LIMIT_ATTACHED: 0,
    sqlite3.SQLITE_LIMIT_WORKER_THREADS: 0,
}
SWITCHED = {
    sqlite3.SQLITE_DBCONFIG_DEFENSIVE: True,
    sqlite3.SQLITE_DBCONFIG_TRUSTED_SCHEMA: False,
    sqlite3.SQLITE_DBCONFIG_ENABLE_VIEW: False,
    sqlite3.SQLITE_DBCONFIG_ENABLE_TRIGGER: False,
    sqlite3.SQLITE_DBCONFIG_ENABLE_LOAD_EXTENSION: False,
}
LISTINGS = {"table_list", "table_info"}


@dataclass(slots=True)
class Database:
    connection: sqlite3.Connection
    tables: dict[str, list[str]]  # its real tables, in small letters, with their columns
    read: int = 0  # characters: in a hostile file many rows may share their bytes

    def rows(self, table: str, columns: Sequence[str], *, order: Sequence[str] = ()) -> Iterator[dict[str, str]]:
        """Yields the columns that the table has, as text; the others are empty, and so is NULL. A table that is not
        there has no rows."""
        known = [name for name in columns if name in self.tables.get(table, [])]
        if not known:
            return
        by = [_quoted(name) for name in order if name in self.tables[table]]
        statement = f"SELECT {', '.join(map(_quoted, known))} FROM {_quoted(table)}"
        cursor = self.connection.execute(f"{statement} ORDER BY {', '.join(by)}" if by else statement)
        missing = dict.fromkeys(columns, "")
        for count, row in enumerate(cursor):
            if count >= MOST_ROWS:
                raise Unreadable(f"The backup has more than {MOST_ROWS:,} rows. Export your log as CSV in parts.")
            cells = [_text(value) for value in row]
            self.read += sum(map(len, cells))
            if self.read > MOST_BYTES:
                raise Unreadable(DAMAGED)
            yield missing | dict(zip(known, cells, strict=True))


@contextmanager
def opened(path: Path) -> Iterator[Database]:
    """Yields the database; what goes wrong inside the block because of the file is Unreadable."""
    try:
        address = f"file:{quote(str(path.resolve()))}?mode=ro&immutable=1"
        with closing(sqlite3.connect(address, uri=True, isolation_level=None)) as connection:
            _lock_down(connection)
            yield Database(connection, _tables(connection))
    except (sqlite3.Error, sqlite3.Warning, OverflowError, UnicodeError) as error:
        raise Unreadable(DAMAGED) from error


def _lock_down(connection: sqlite3.Connection) -> None:
    for switch, is_on in SWITCHED.items():
        connection.setconfig(switch, is_on)
    for limit, most in LIMITS.items():
        connection.setlimit(limit, most)
    connection.text_factory = lambda written: written.decode("utf-8", "replace")
    connection.set_authorizer(_allowed)
    steps = iter(range(MOST_STEPS))
    connection.set_progress_handler(lambda: next(steps, None) is None, STEP)


def _allowed(action: int, first: str | None, *_: str | None) -> int:
    is_reading = action in (sqlite3.SQLITE_SELECT, sqlite3.SQLITE_READ)
    is_listing = action == sqlite3.SQLITE_PRAGMA and first in LISTINGS
    return sqlite3.SQLITE_OK if is_reading or is_listing else sqlite3.SQLITE_DENY


def _tables(connection: sqlite3.Connection) -> dict[str, list[str]]:
    listed = connection.execute("PRAGMA table_list").fetchmany(MOST_TABLES)
    names = [name for schema, name, kind, *_ in listed if schema == "main" and kind == "table"]
    return {
        name.lower(): [column.lower() for _, column, *_ in connection.execute(f"PRAGMA table_info({_quoted(name)})")]
        for name in names
    }


def _quoted(name: str) -> str:
    return '"' + name.replace('"', '""') + '"'


def _text(value: object) -> str:
    if value is None or isinstance(value, bytes):
        return ""
    return str(value).replace("\0", "").strip()
