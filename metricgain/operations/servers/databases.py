"""The database server as its own programs see it: its address and version, and other databases beside ours on it."""

import os
import re
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from typing import LiteralString

import psycopg
from django.conf import settings
from django.core.management import CommandError
from django.db import connection
from psycopg import pq, sql
from psycopg.conninfo import make_conninfo
from psycopg.rows import TupleRow

MAINTENANCE = ("postgres", "template1")  # databases for sessions that drop or rename ours
LIMITS = ("statement_timeout", "lock_timeout", "idle_in_transaction_session_timeout")
# Settings that are lists of names.
LISTS = ("search_path", "temp_tablespaces", "session_preload_libraries", "local_preload_libraries")
ADDRESS = ("HOST", "PORT", "USER", "PASSWORD", "NAME", "OPTIONS")
LOOKS = 20  # at the numbers of two sessions
PART = re.compile(r'"((?:[^"]|"")*)"|([^",\s]+)')
ATTEMPTS = 10  # to end all sessions of a database; each waits up to 5 seconds


class DatabaseRefused(CommandError):
    """The message says what the server refuses, and what to do about it."""


@dataclass(frozen=True, slots=True)
class PostgresServer:
    major: int
    version: str
    identity: str  # of this database on this server, so that two can share a directory of backups


def name() -> str:
    return connection.settings_dict["NAME"]


def conninfo(database: str | None = None) -> str:
    """Returns the connection string for libpq, without the password, because everybody can see a process's
    arguments."""
    found = connection.settings_dict
    known = {option.keyword.decode() for option in pq.Conninfo.get_defaults()} - {"password"}
    options = {key: value for key, value in found["OPTIONS"].items() if key in known}
    where = {"host": found["HOST"], "port": str(found["PORT"]), "user": found["USER"], "dbname": database or name()}
    return make_conninfo(**options, **{key: value for key, value in where.items() if value})


def environment() -> dict[str, str]:
    """Returns the environment for PostgreSQL's programs: in English, because we read their messages, and for the
    embedded server without PGHOST and the like."""
    foreign = settings.EMBEDDED_POSTGRES
    ours = {key: value for key, value in os.environ.items() if not (foreign and key.startswith("PG"))}
    password = connection.settings_dict["PASSWORD"]
    return ours | {"LC_ALL": "C"} | ({"PGPASSWORD": password} if password else {})


@contextmanager
def session(database: str | None = None) -> Iterator[psycopg.Connection]:
    """Opens a session of its own, outside Django's, without the time limits that the server or the role sets. Raises
    DatabaseRefused where the server does not answer."""
    password = connection.settings_dict["PASSWORD"]
    try:
        opened = psycopg.connect(
            conninfo(database),
            autocommit=True,
            prepare_threshold=None,  # behind a pooler the next session would not know what is prepared
            **({"password": password} if password else {}),
        )
    except psycopg.OperationalError as error:
        raise DatabaseRefused(f"The database does not answer: {str(error).strip()}") from error
    with opened:
        # Not behind a pooler, which numbers sessions itself: the next client of this session would have no limits.
        unlimited = "SELECT set_config(name, '0', false) FROM unnest(%s::text[]) AS name WHERE pg_backend_pid() = %s"
        opened.execute(unlimited, [list(LIMITS), opened.info.backend_pid])
        yield opened


@contextmanager
def directly() -> Iterator[None]:
    """Points Django's own connection past a pooler, where DIRECT_DATABASE_URL says how. Also decorates a function.
    Other threads keep their way."""
    if settings.DIRECT_DATABASE is None:
        yield
        return
    ours = connection.settings_dict  # all threads have the same
    connection.close()
    connection.settings_dict = ours | {key: settings.DIRECT_DATABASE[key] for key in ADDRESS}
    try:
        yield
    finally:
        connection.close()
        connection.settings_dict = ours


def hands_sessions_on() -> bool:
    """Tells whether a pooler gives each transaction another session. (A pooler that does not is no trouble.) PostgreSQL
    numbers its sessions; while a second client is in a transaction, the first one's number changes."""
    with session() as one, session() as other:
        first = _number(one)
        if first == one.info.backend_pid:
            return False
        for _ in range(LOOKS):
            with other.transaction():
                other.execute("SELECT 1")
                if _number(one) != first:
                    return True
    return False


def _number(opened: psycopg.Connection) -> int:
    return row_of(opened, "SELECT pg_backend_pid()")[0]


def begin_snapshot(opened: psycopg.Connection) -> None:
    """Begins a transaction that reads the database as it is now, without time limits."""
    opened.execute("BEGIN ISOLATION LEVEL REPEATABLE READ, READ ONLY")
    for limit in LIMITS:
        opened.execute(sql.SQL("SET LOCAL {} = 0").format(sql.Identifier(limit)))


def row_of(opened: psycopg.Connection, query: LiteralString | sql.Composed) -> TupleRow:
    """The row of a query that always has one."""
    row = opened.execute(query).fetchone()
    assert row is not None
    return row


def server() -> PostgresServer:
    with session() as opened:
        version = opened.info.server_version
        try:
            system = row_of(opened, "SELECT system_identifier FROM pg_control_system()")[0]
        except psycopg.errors.InsufficientPrivilege:
            system = f"{opened.info.host}:{opened.info.port}"
    return PostgresServer(version // 10_000, f"{version // 10_000}.{version % 10_000}", f"{system}/{name()}")


def has_people() -> bool:
    """Tells whether the database has a user, and so anything that somebody would miss. Uses plain SQL, because the
    schema may be older than the models, or missing."""
    with session() as opened:
        if row_of(opened, "SELECT to_regclass('users')")[0] is None:
            return False
        return row_of(opened, "SELECT EXISTS (SELECT FROM users)")[0]


def migrations_of(opened: psycopg.Connection) -> list[str]:
    if row_of(opened, "SELECT to_regclass('django_migrations')")[0] is None:
        return []
    found = opened.execute("SELECT app || '.' || name FROM django_migrations").fetchall()
    return sorted({row[0] for row in found})


# Databases beside ours


@contextmanager
def beside(suffix: str) -> Iterator[str]:
    """Makes an empty database `<ours>_<suffix>` with our encoding and collation. Drops it afterwards, unless it was
    renamed meanwhile."""
    fresh = f"{name()[:40]}_{suffix}"
    create(fresh)
    try:
        yield fresh
    finally:
        drop(fresh)


@contextmanager
def connected_to(database: str) -> Iterator[None]:
    """Points Django's own connection at another database inside the block, because migrations use no other."""
    ours = name()
    connection.close()
    connection.settings_dict["NAME"] = database
    try:
        yield
    finally:
        connection.close()
        connection.settings_dict["NAME"] = ours


def create(fresh: str) -> None:
    drop(fresh)  # an interrupted run may have left one
    with session() as opened:
        like = _locale(opened)
    with maintenance() as opened:
        try:
            opened.execute(sql.SQL("CREATE DATABASE {} TEMPLATE template0 {}").format(sql.Identifier(fresh), like))
        except psycopg.errors.InsufficientPrivilege as error:
            user = opened.info.user
            raise DatabaseRefused(
                f"The role {user} may not create a database, which checking and restoring a backup need. As the "
                f'server\'s administrator: ALTER ROLE "{user}" CREATEDB; then run again.'
            ) from error
        except psycopg.errors.DiskFull as error:
            raise DatabaseRefused("The disk of the database server is full: make room, then run again.") from error


def drop(database: str) -> None:
    with maintenance() as opened:
        opened.execute(sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(sql.Identifier(database)))


def swap(fresh: str, aside: str) -> None:
    """Renames our database to `aside` and `fresh` to our name: both, or neither. Ends the sessions on ours; the app
    opens new ones by itself."""
    ours = name()
    connection.close()
    rename = sql.SQL("ALTER DATABASE {} RENAME TO {}")
    with maintenance() as opened:
        _copy_settings(opened, ours, fresh)
        for _ in range(ATTEMPTS):
            try:
                _end_sessions(opened, ours, fresh)
                with opened.transaction():
                    opened.execute(rename.format(sql.Identifier(ours), sql.Identifier(aside)))
                    opened.execute(rename.format(sql.Identifier(fresh), sql.Identifier(ours)))
                return
            except psycopg.Error as error:
                refused = error
                if not isinstance(error, psycopg.errors.ObjectInUse):  # else somebody was back between the statements
                    break
        raise DatabaseRefused(
            f"The restored database cannot take the place of the old one, which is as it was: {_first(refused)}. End "
            "what is connected to it (make stop), then run again."
        ) from refused


@contextmanager
def maintenance() -> Iterator[psycopg.Connection]:
    """Opens a session on the server that is in none of our databases."""
    with ExitStack() as stack:
        try:
            opened = stack.enter_context(session(MAINTENANCE[0]))
        except DatabaseRefused:
            opened = stack.enter_context(session(MAINTENANCE[1]))
        yield opened


def _locale(opened: psycopg.Connection) -> sql.Composable:
    """Returns the options of CREATE DATABASE for another database like this. The names of the catalogue's columns
    depend on the version."""
    column = "datlocale" if opened.info.server_version >= 170_000 else "daticulocale"
    encoding, provider, collate, ctype, locale = row_of(
        opened,
        f"SELECT pg_encoding_to_char(encoding), datlocprovider, datcollate, datctype, {column} "
        "FROM pg_database WHERE datname = current_database()",
    )
    wanted = {"ENCODING": encoding, "LC_COLLATE": collate, "LC_CTYPE": ctype}
    wanted["LOCALE_PROVIDER"] = {"c": "libc", "i": "icu", "b": "builtin"}[_text(provider)]
    if locale:
        wanted["ICU_LOCALE" if _text(provider) == "i" else "BUILTIN_LOCALE"] = locale
    return sql.SQL(" ").join(
        sql.SQL("{} = {}").format(sql.SQL(key), sql.Literal(value)) for key, value in wanted.items()
    )


def _text(char: str | bytes) -> str:
    return char.decode() if isinstance(char, bytes) else char


def _copy_settings(opened: psycopg.Connection, old: str, new: str) -> None:
    """Copies the settings of a database, and of our role in it, to another. A dump does not have them, because they
    belong to the database and not to its contents."""
    found = opened.execute(
        "SELECT setrole = 0, unnest(setconfig) FROM pg_db_role_setting "
        "JOIN pg_database ON pg_database.oid = setdatabase WHERE datname = %s "
        "AND setrole IN (0, (SELECT oid FROM pg_roles WHERE rolname = current_user))",
        [old],
    )
    of_all = sql.SQL("ALTER DATABASE {} SET {} = {}")
    of_us = sql.SQL("ALTER ROLE CURRENT_USER IN DATABASE {} SET {} = {}")
    for is_of_all, setting in found.fetchall():
        key, _, value = setting.partition("=")
        change = of_all if is_of_all else of_us
        opened.execute(change.format(sql.Identifier(new), sql.Identifier(key), _typed(key, value)))


def _typed(key: str, value: str) -> sql.Composable:
    """Returns a setting's value as SQL. The catalogue keeps a list as names, some of them in quotes, so it is split."""
    if key not in LISTS:
        return sql.Literal(value)
    parts = [quoted.replace('""', '"') or plain for quoted, plain in PART.findall(value)] or [""]
    return sql.SQL(", ").join(sql.Literal(part) for part in parts)


def _end_sessions(opened: psycopg.Connection, *databases: str) -> None:
    """Ends all sessions on these databases and waits for that, because a database with a session cannot be renamed."""
    opened.execute(
        "SELECT pg_terminate_backend(pid, 5000) FROM pg_stat_activity WHERE datname = ANY(%s)", [list(databases)]
    )


def _first(error: psycopg.Error) -> str:
    return (error.diag.message_primary or str(error)).strip().rstrip(".")
