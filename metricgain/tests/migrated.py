"""A database with the tables of today, which each process of tests copies: that takes a tenth of the time of migrating.
It is kept until a migration changes."""

import fcntl
import hashlib
from pathlib import Path

from django.apps import apps
from django.conf import settings
from django.core.management import call_command
from psycopg import sql

from metricgain import database as columns
from metricgain import names
from metricgain.operations.servers import databases

PREFIX = "migrated_"


def database() -> str:
    """Returns the name of the database. The first process that asks makes it."""
    name = PREFIX + _fingerprint()
    with (settings.DATA_DIR / "migrated.lock").open("a") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        kept = _kept()
        if name not in kept:
            for old in kept:
                databases.drop(old)
            _make(name)
    return name


def _kept() -> list[str]:
    with databases.maintenance() as session:
        rows = session.execute("SELECT datname FROM pg_database WHERE starts_with(datname, %s)", [PREFIX])
        return [row[0] for row in rows]


def _make(name: str) -> None:
    with databases.beside("migrating") as new:
        with databases.connected_to(new):
            call_command("migrate", verbosity=0)
        with databases.maintenance() as session:
            rename = sql.SQL("ALTER DATABASE {} RENAME TO {}")
            session.execute(rename.format(sql.Identifier(new), sql.Identifier(name)))


def _fingerprint() -> str:
    """Returns a hash of all migrations, including those of libraries, and of what of our own they name."""
    folders = [Path(app.path, "migrations") for app in apps.get_app_configs()]
    files = sorted(path for folder in folders for path in folder.glob("*.py"))
    digest = hashlib.sha256()
    for path in (*files, Path(columns.__file__), Path(names.__file__)):
        digest.update(f"{path}\n".encode() + path.read_bytes())
    return digest.hexdigest()[:16]
