"""The daily backup of a running server: a job that looks once an hour whether the last backup is older than a day.

Only machines with BACKUP on do it. Where a timer of the system backs up already, none is ever due here."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta

import psycopg
from django.conf import settings
from django.core.management import CommandError

from metricgain.jobs.tasks_backend import LATER, job
from metricgain.operations.backups import manifests, taking
from metricgain.operations.point_in_time import walarchive
from metricgain.operations.servers import databases

Say = Callable[[str], object]


@job(is_repeatable=True, queue=LATER, every=timedelta(hours=1))
def keep_backups() -> None:
    back_up_if_due(lambda sentence: print(sentence, flush=True))


@databases.directly()
def back_up_if_due(say: Say) -> None:
    """Makes the daily backup if it is due. Reports a failure in capitals; the app goes on serving."""
    try:
        if taking.is_due(settings.BACKUP_DIR, now=datetime.now(UTC)):
            with taking.at_work_in(settings.BACKUP_DIR), taking.only_backup():
                if not taking.is_due(settings.BACKUP_DIR, now=datetime.now(UTC)):
                    return  # another worker was faster
                made = taking.take_in(settings.BACKUP_DIR, reason=manifests.DAILY)
            say(f"Daily backup made: {made.path}")
            taking.prune(settings.BACKUP_DIR, days=settings.BACKUP_DAYS)
        if settings.EMBEDDED_POSTGRES and walarchive.is_on():
            with taking.at_work_in(settings.BACKUP_DIR):
                walarchive.keep_up(now=datetime.now(UTC))
    except taking.BackupRuns:
        pass
    except (CommandError, psycopg.Error, OSError) as error:
        say(f"NO DAILY BACKUP. {error}")
