"""Brings the database up to date before it is served. Only one process at a time does so, even on two machines."""

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress

from django.conf import settings
from django.contrib.auth import get_user_model
from django.core.management import CommandError, CommandParser, call_command
from django.db import DatabaseError, OperationalError, connection
from django.db.migrations.executor import MigrationExecutor

from metricgain.operations import deleting_again, one_secret
from metricgain.operations.backups import manifests, taking
from metricgain.operations.servers import databases, schema
from metricgain.postgresql import limits

LOCK = 7_637_426  # any number that never changes
# Takes the lock, and lifts the limits that would end the transaction which holds it. The second is new in version 17.
TRY = """
SELECT pg_try_advisory_xact_lock(%s),
    (SELECT count(set_config(name, '0', true)) FROM pg_settings WHERE name = ANY(%s))
"""
IDLE_LIMITS = ("idle_in_transaction_session_timeout", "transaction_timeout")


def add_arguments(parser: CommandParser) -> None:
    parser.add_argument(
        "--accept-new-secret", action="store_true", help="the secret is another one than before: sign everybody out"
    )


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


@contextmanager
def _alone(say: Callable[[str], object]) -> Iterator[None]:
    """Holds a lock of the database server in a transaction of its own, which stays open and idle. The lock ends with
    the transaction, and so with this process; a pooler hands no session on before its transaction ends."""
    session = connection.copy()
    try:
        session.set_autocommit(False)
        with session.cursor() as cursor:
            told = False
            # Tries again and again instead of waiting in one statement. Such a statement would hold a snapshot, and a
            # CREATE INDEX CONCURRENTLY of the process that has the lock would wait for that. The holder has none:
            # at this level a transaction has a snapshot only while a statement runs.
            while True:
                cursor.execute("SET TRANSACTION ISOLATION LEVEL READ COMMITTED")
                if cursor.execute(TRY, [LOCK, list(IDLE_LIMITS)]).fetchone()[0]:
                    break
                session.rollback()
                if not told:
                    say("Waiting: another MetricGain is preparing this database")
                    told = True
                time.sleep(0.2)
            try:
                yield
            finally:
                with suppress(DatabaseError):  # lost with the session
                    # The server takes a moment to notice that a session was closed, and the next in line would wait.
                    session.rollback()
    finally:
        session.close()
