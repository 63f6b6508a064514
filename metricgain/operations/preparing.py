"""Brings the database up to date before it is served. Only one process at a time does so, even on two machines."""

import time
from collections.abc import Callable
from contextlib import AbstractContextManager

from django.conf import settings
from django.contrib.auth import get_user_model
from django.core.management import CommandError, CommandParser, call_command
from django.db import OperationalError, connection
from django.db.migrations.executor import MigrationExecutor

from metricgain.operations import deleting_again, one_secret
from metricgain.operations.backups import manifests, taking
from metricgain.operations.servers import alone, databases, schema
from metricgain.postgresql import limits


def add_arguments(parser: CommandParser) -> None:
    parser.add_argument(
        "--accept-new-secret", action="store_true", help="the secret is another one than before: sign everybody out"
    )


@databases.directly()
def prepare(say: Callable[[str], object], *, accept_new_secret: bool = False) -> None:
    """Migrates and seeds the database. Says so where there is something to migrate."""
    try:
        with _alone(say):
            schema.check_extensions()
            executor = MigrationExecutor(connection)
            if executor.migration_plan(executor.loader.graph.leaf_nodes()):
                back_up_first(say)
                say("Preparing the database")
                migrate()
            schema.check(say)
            call_command("seed", verbosity=0)
            limits.limit_statements(say)
            deleting_again.settle(say)
            one_secret.agree(accept_new=accept_new_secret)
    except OperationalError as error:
        raise CommandError(f"The database does not answer: {str(error).strip()}") from error


def check_prepared(*, accept_new_secret: bool) -> None:
    """Raises CommandError where another step has to prepare the database first."""
    with databases.session() as opened:
        missing = schema.ours() - set(databases.migrations_of(opened))
    if missing:
        raise CommandError(
            f"This database is not prepared for this version: {schema.named(sorted(missing))} "
            "missing. Run `manage.py prepare` first, or serve without --no-prepare."
        )
    one_secret.agree(accept_new=accept_new_secret)


def migrate() -> None:
    try:
        schema.bring_up_to_date()
    except CommandError as error:
        raise CommandError(
            f"The database cannot be brought up to date: {error}. The step that failed has changed nothing. Go on with "
            "the MetricGain that you had, or restore a backup (`manage.py backup --list`), and please report this."
        ) from error


def has_owner() -> bool:
    return get_user_model().objects.filter(is_superuser=True, is_active=True).exists()


def back_up_first(say: Callable[[str], object]) -> None:
    """Takes a backup before migrating, if the database has users. Raises CommandError where the backup fails, unless
    MIGRATE_WITHOUT_BACKUP is set."""
    if not databases.has_people():
        return
    try:
        made = taking.take(reason=manifests.BEFORE_MIGRATING)
    except CommandError as error:
        if settings.MIGRATES_WITHOUT_BACKUP:
            say(f"MIGRATING WITHOUT A BACKUP, as MIGRATE_WITHOUT_BACKUP says. {error}")
            return
        raise CommandError(
            f"This version changes the database, and a backup comes first. {error} (Or, at your own risk: "
            "MIGRATE_WITHOUT_BACKUP=1 make run)"
        ) from error
    say(f"Backup before migrating: {made.path}")


def _alone(say: Callable[[str], object]) -> AbstractContextManager[None]:
    told = False

    def wait() -> None:
        nonlocal told
        if not told:
            say("Waiting: another MetricGain is preparing this database")
            told = True
        time.sleep(0.2)

    return alone.alone(alone.PREPARING, wait)
