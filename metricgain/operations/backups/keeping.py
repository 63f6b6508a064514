"""The daily backup of a server that runs: due when the last one is older than a day, looked at once an hour.

In a thread of each worker; which of them makes the backup is decided by the lock on the directory. Whoever has a timer
of the system for it finds that nothing is ever due here."""

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
A_MOMENT = 2  # after the start: the first pages come first
Say = Callable[[str], object]


def start(say: Say) -> None:
    threading.Thread(target=_keep, args=[say], name="daily-backup", daemon=True).start()


def back_up_if_due(say: Say) -> None:
    """A failure is told, loudly; the app is served on."""
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
