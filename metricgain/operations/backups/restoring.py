"""Restores a backup into a new database beside ours, proves that all rows are there, and swaps the two databases'
names.

Until that last step the old database is unchanged and goes on serving. A failed restore changes nothing."""

from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import psycopg
from django.conf import settings
from django.core.management import CommandError
from django.db import DatabaseError

from metricgain.jobs.models import INTERRUPT
from metricgain.operations import deleting_again
from metricgain.operations.backups import loading, manifests, taking
from metricgain.operations.backups.manifests import Manifest
from metricgain.operations.servers import databases, schema
from metricgain.users.leaving.ledger import Line

Say = Callable[[str], object]
# The database may go on where another secret is.
ANY_SECRET = "UPDATE installation SET secret_fingerprint = NULL"


class RestoreRefused(CommandError):
    """The message says why nothing was restored and what to do. The database is unchanged."""


def restore(
    path: Path,
    say: Say,
    *,
    overwrite: bool = False,
    without_manifest: bool = False,
    without_safety_backup: bool = False,
) -> None:
    path = path.resolve()
    with taking.at_work_in(settings.BACKUP_DIR):
        inhabited = databases.has_people()
        if inhabited and not overwrite:
            raise RestoreRefused(
                "This database has users, and restoring would replace everything in it. If that is what you want, use "
                "--overwrite; a backup of it is taken first."
            )
        schema.check_extensions()
        say(f"Checking {path.name}")
        backup = loading.opened(path, without_manifest=without_manifest)
        manifest = backup.manifest if backup else None
        if manifest:
            _check_schema(manifest.migrations)
        aside = _aside(say, inhabited, without_safety_backup)
        deleted = _deleted_accounts(path.parent)
        with databases.beside("restore") as fresh:
            _fill(fresh, path, manifest, say)
            with databases.session(fresh) as session:
                deleting_again.delete_known(session, deleted, say)
            databases.swap(fresh, aside)
        _leave(aside, say, keep=inhabited and without_safety_backup)


def _check_schema(migrations: list[str]) -> None:
    """Refuses a backup with migrations that this version does not know. An older backup is fine: it is migrated
    forward."""
    if unknown := schema.newer_than_ours(migrations):
        raise RestoreRefused(
            f"This backup was made by a newer MetricGain (its schema has {unknown[-1]}). Bring this one up to date "
            "(git pull, make run), then restore again."
        )


def _deleted_accounts(folder: Path) -> set[Line]:
    try:
        return deleting_again.known(folder)
    except OSError as error:
        raise RestoreRefused(
            f"The ledger of deleted accounts cannot be read ({error}), so accounts that were deleted would be back. "
            "Nothing was restored."
        ) from error


def _aside(say: Say, inhabited: bool, without_safety_backup: bool) -> str:
    """Backs up the old database and returns the name under which it is set aside."""
    if inhabited and not without_safety_backup:
        say("Backing up the present database")
        try:
            # Old backups are not removed now: one of them may be the backup that is being restored.
            with taking.only_backup():
                made = taking.take_in(Path(settings.BACKUP_DIR), reason=manifests.BEFORE_RESTORING)
        except CommandError as error:
            raise RestoreRefused(
                f"{error} Nothing was restored. (If the old database cannot be backed up, use "
                "--without-safety-backup: it keeps the database under another name.)"
            ) from error
        say(f"  {made.path}")
    return f"{databases.name()[:38]}_replaced_{datetime.now(UTC):%Y%m%d%H%M%S}"


def _fill(fresh: str, path: Path, manifest: Manifest | None, say: Say) -> None:
    say("Restoring into a database beside yours")
    loading.load(path, manifest, fresh, say)
    if manifest:
        say("Comparing every table with the backup's manifest")
        loading.compare(manifest, fresh)
    else:
        with databases.session(fresh) as session:
            _check_schema(databases.migrations_of(session))
    _migrate(fresh, say)


def _migrate(fresh: str, say: Say) -> None:
    with databases.session(fresh) as session:
        older = schema.ours() - set(databases.migrations_of(session))
    if older:
        say(f"Migrating the older schema forward ({len(older)} steps)")
        try:
            with databases.connected_to(fresh):
                schema.bring_up_to_date()
        except (DatabaseError, psycopg.Error, CommandError) as error:
            raise RestoreRefused(
                f"The backup's older schema cannot be brought up to date: {str(error).strip()}. Your database is as it "
                "was. Restore with the MetricGain that made the backup, then upgrade."
            ) from error
    with databases.session(fresh) as session:
        lacking = schema.compare(session).missing
    if lacking:
        raise RestoreRefused(
            f"This backup lacks what MetricGain needs: {schema.named(lacking)}. Your database is as it was. Restore "
            "another backup, and please report this."
        )
    with databases.session(fresh) as session:
        session.execute(INTERRUPT)
        session.execute(ANY_SECRET)


def _leave(aside: str, say: Say, *, keep: bool) -> None:
    if keep:
        say(f"The old database is still on the server, as {aside}.")
        return
    try:
        databases.drop(aside)
    except (CommandError, psycopg.Error) as error:
        say(f"The old database is still on the server, as {aside}: {str(error).strip()}")
