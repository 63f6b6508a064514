"""Builds the demo, and keeps it no older than a day, while the app is served with DEMO=on.

A thread of each worker checks, as for the daily backup, and a lock of the database decides which of them builds. A
process of its own builds, because minutes of arithmetic in a worker would slow down all its answers."""

import subprocess
import sys
import threading
import time
from collections.abc import Callable

from django.conf import settings
from django.db import Error, connection
from django.utils import timezone

from metricgain.operations.demo import demo_account

LOOKS_EVERY = 600  # seconds
A_MOMENT = 5  # seconds after the start, so that the first pages are served first
Say = Callable[[str], object]


def start(say: Say) -> None:
    threading.Thread(target=_keep, args=[say], name="daily-demo", daemon=True).start()


def renew_if_due(say: Say) -> None:
    try:
        if not demo_account.is_due(timezone.now()):
            return
    except Error:
        return  # every page reports an absent database already
    finally:
        connection.close()  # this thread does not need it for minutes
    # A session of its own, because Ctrl-C is meant for the server. The database rolls back a demo that is half built.
    command = [sys.executable, "manage.py", "demo", "--if-due", "-v0"]
    done = subprocess.run(command, cwd=settings.BASE_DIR, capture_output=True, text=True, start_new_session=True)
    if done.returncode:
        say(f"THE DEMO IS NOT BUILT. {done.stderr.strip()}")


def _keep(say: Say) -> None:
    time.sleep(A_MOMENT)
    while True:
        renew_if_due(say)
        time.sleep(LOOKS_EVERY)
