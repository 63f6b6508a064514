"""Compares the schema that the models need with the one in the database. Something may be missing although all
migrations are applied: a migration was edited after it ran there, or somebody dropped a column."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass

import psycopg
from django.apps import apps
from django.conf import settings
from django.core.management import CommandError, call_command
from django.db import DatabaseError, OperationalError, models
from django.db.migrations.exceptions import InconsistentMigrationHistory
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.recorder import MigrationRecorder

from metricgain.operations.servers import databases

NAMED = 5  # the most missing or unknown things that a message names; it counts the rest
COLUMNS = """
SELECT relname, attname FROM pg_class JOIN pg_attribute ON attrelid = oid
WHERE relkind IN ('r', 'p') AND attnum > 0 AND NOT attisdropped
AND pg_table_is_visible(oid) AND relnamespace <> 'pg_catalog'::regnamespace"""
UNIQUE = """
SELECT relname FROM pg_index JOIN pg_class ON oid = indexrelid
WHERE indisunique AND indisvalid AND pg_table_is_visible(oid)"""

EXTENSION = "pg_trgm"
# PostgreSQL lets every role that may create things in a database create an extension that its author calls trusted.
TRIGRAMS = f"""
SELECT current_database(), current_user,
    EXISTS (SELECT FROM pg_extension WHERE extname = '{EXTENSION}'),
    EXISTS (SELECT FROM pg_available_extensions WHERE name = '{EXTENSION}'),
    (SELECT rolsuper FROM pg_roles WHERE rolname = current_user)
    OR has_database_privilege(current_database(), 'CREATE') AND EXISTS (
        SELECT FROM pg_available_extension_versions WHERE name = '{EXTENSION}' AND trusted)"""


@dataclass(frozen=True, slots=True)
class Comparison:
    missing: list[str]  # "column sets.reps"
    unknown: list[str]
    newer: list[str]  # applied migrations that this version does not have


def check(say: Callable[[str], object]) -> None:
    """Raises CommandError where the database lacks something, because pages would fail. Only reports what it has beyond
    our schema."""
    with databases.session() as opened:
        found = compare(opened)
    if found.missing:
        way_out = (
            f"A newer MetricGain changed it ({found.newer[-1]}): bring this one up to date (git pull, make run)."
            if found.newer
            else "Restore a backup (`manage.py backup --list` shows them); where that lacks it too, please report this."
        )
        raise CommandError(f"The database lacks what MetricGain needs: {named(found.missing)}. {way_out}")
    if more := [*found.unknown, *(f"migration {name}" for name in found.newer)]:
        say(f"The database has things that this MetricGain does not know and leaves alone: {named(more)}")


def check_extensions() -> None:
    """Raises CommandError where the search has no pg_trgm and this role cannot make it. The sentence names the package
    that has it, or the command that makes it."""
    with databases.session() as opened:
        database, role, is_there, is_at_hand, is_allowed = databases.row_of(opened, TRIGRAMS)
    if is_there or (is_at_hand and is_allowed):
        return
    make = f'sudo -u postgres psql -d "{database}" -c "CREATE EXTENSION {EXTENSION}"'
    if not is_at_hand:
        raise CommandError(
            f"This PostgreSQL lacks the extension {EXTENSION}, with which the search finds mistyped names. Install the "
            "package postgresql-contrib on the machine of the database (in Debian the package of the server has it), "
            f"then try again. If that says that the role may not create it: {make}"
        )
    raise CommandError(
        f"The role {role} may not create the extension {EXTENSION} in the database {database}, and the search needs "
        f"it. Let PostgreSQL's administrator run this once, then try again: {make}"
    )


def bring_up_to_date() -> None:
    """Migrates. Raises CommandError with the reason, or OperationalError where the server is away."""
    try:
        call_command("migrate", interactive=False, verbosity=0)
    except OperationalError:
        raise
    except (DatabaseError, InconsistentMigrationHistory) as error:
        raise CommandError(str(error).strip().splitlines()[0].rstrip(".")) from error


def compare(opened: psycopg.Connection) -> Comparison:
    known, unique = _known()
    there: dict[str, set[str]] = {}
    for table, column in opened.execute(COLUMNS):
        there.setdefault(table, set()).add(column)
    indexes = {name for (name,) in opened.execute(UNIQUE)}
    return Comparison(
        missing=[*_beyond(known, there), *(f"unique index {name}" for name in sorted(unique - indexes))],
        unknown=_beyond(there, known),
        newer=newer_than_ours(databases.migrations_of(opened)),
    )


def ours() -> set[str]:
    """Returns the migrations of this version, such as "training.0001_plan_and_log"."""
    return {f"{app}.{name}" for app, name in MigrationLoader(None, ignore_no_migrations=True).disk_migrations}


def newer_than_ours(applied: Iterable[str]) -> list[str]:
    """Returns the applied migrations of our apps that this version does not have. Ignores other apps, which may have
    left some behind."""
    known = ours()
    apps_here = {name.split(".")[0] for name in known}
    return sorted(name for name in set(applied) - known if name.split(".")[0] in apps_here)


def named(things: list[str]) -> str:
    more = f" and {len(things) - NAMED} more" if len(things) > NAMED else ""
    return ", ".join(things[:NAMED]) + more


def _known() -> tuple[dict[str, set[str]], set[str]]:
    """Returns the columns by table, and the unique indexes, by which a write finds an existing row (ON CONFLICT)."""
    stored = [model for model in apps.get_models(include_auto_created=True) if model._meta.managed]
    # The last is Django's table with a column of ours.
    read: list[type[models.Model]] = [*stored, MigrationRecorder.Migration, apps.get_model("users", "StoredSession")]
    tables = {model._meta.db_table: _columns(model) for model in read}
    tables[str(settings.CACHES["default"]["LOCATION"])] = {"cache_key", "value", "expires"}
    rules = [rule for model in stored for rule in model._meta.constraints]
    return tables, {rule.name for rule in rules if isinstance(rule, models.UniqueConstraint)}


def _columns(model: type[models.Model]) -> set[str]:
    return {column.column for column in model._meta.local_concrete_fields if column.column}


def _beyond(some: dict[str, set[str]], others: dict[str, set[str]]) -> list[str]:
    """Returns the tables and columns that `some` have and `others` do not."""
    tables = [f"table {table}" for table in some if table not in others]
    columns = [f"column {table}.{one}" for table in some if table in others for one in some[table] - others[table]]
    return [*sorted(tables), *sorted(columns)]
