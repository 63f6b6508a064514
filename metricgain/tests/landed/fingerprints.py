"""What each migration does to a database, as a hash. One that has landed has made databases: it is edited no more."""

import inspect
import re
from functools import cache
from hashlib import sha256
from pathlib import Path

from django.conf import settings
from django.contrib.postgres.operations import CreateExtension
from django.db import connection
from django.db.migrations import Migration, RunPython
from django.db.migrations.loader import MigrationLoader

LIST = Path(__file__).parent / "migrations.txt"
COMMAND = "python -m metricgain.tests.landed"


def landed() -> dict[str, str]:
    """Returns the list, from names such as "training.0001_plan_and_log" to hashes."""
    return dict(line.split() for line in LIST.read_text().splitlines())


@cache
def present() -> dict[str, str]:
    """Returns the same for the present migrations, without those of packages, which are not ours."""
    loader = MigrationLoader(connection)
    return {
        f"{app}.{name}": sha256(told(loader, migration).encode()).hexdigest()
        for (app, name), migration in sorted(loader.disk_migrations.items())
        if (settings.BASE_DIR / migration.__module__.split(".")[0]).is_dir()
    }


def told(loader: MigrationLoader, migration: Migration) -> str:
    """Its SQL, and after which others it comes: one more of these left the databases of 6d2b7e7 behind. Not how Django
    lays SQL out, and not whether an extension is there already."""
    sql = loader.collect_sql([(migration, False)])
    parts = [part for part in sql if not re.match(r"--[^\n]*$|CREATE EXTENSION", part)]
    for operation in migration.operations:
        if isinstance(operation, CreateExtension):
            parts.append(f"extension {operation.name}")
        elif isinstance(operation, RunPython):
            parts.append(inspect.getsource(operation.code))
    parts += sorted(f"after {app}.{name}" for app, name in migration.dependencies)
    return " ".join(" ".join(parts).split())


def append() -> list[str]:
    """Adds what is new to the list, and changes nothing that is in it. Returns the new names."""
    known = landed()
    new = {name: found for name, found in present().items() if name not in known}
    with LIST.open("a") as file:
        file.writelines(f"{name} {found}\n" for name, found in new.items())
    return list(new)
