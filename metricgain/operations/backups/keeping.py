"""The daily backup of a running server. Once an hour it checks whether the last backup is older than a day.

A thread of each worker checks, and the lock on the directory decides which of them makes the backup. Where a timer of
the system backs up already, none is ever due here."""

import threading
import time
from collections.abc import Callable
from datetime import UTC, datetime

import psycopg
from django.conf import settings
from django.core.management import CommandError

from metricgain.operations.backups import manifests, taking
from metricgain.operations.point_in_time import walarchive

HOUR = 3600
A_MOMENT = 2  # seconds after the start, so that the first pages are served first
Say = Callable[[str], object]


def start(say: Say) -> None:
    threading.Thread(target=_keep, args=[say], name="daily-backup", daemon=True).start()


def back_up_if_due(say: Say) -> None:
    """Makes the daily backup if it is due. Reports a failure in capitals; the app goes on serving."""
    try:
        if taking.is_due(settings.BACKUP_DIR, now=datetime.now(UTC)):
            with taking.at_work_in(settings.BACKUP_DIR):
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


def _keep(say: Say) -> None:
    time.sleep(A_MOMENT)
    while True:
        back_up_if_due(say)
        time.sleep(HOUR)
