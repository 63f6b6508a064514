"""A demo that is there and not older than a day, while the app is served with DEMO=on.

In a thread of each worker, as the daily backup is; a lock of the database decides which of them builds. The building is
a process of its own: ten seconds of arithmetic in a worker would be felt by everybody it answers."""

import subprocess
import sys
import threading
import time
from collections.abc import Callable

from django.conf import settings
from django.core.management import CommandError, call_command
from django.db import Error, connection
from django.utils import timezone

from metricgain.operations.demo import demo_account

LOOKS_EVERY = 600  # seconds
A_MOMENT = 5  # after the start: the first pages come first
Say = Callable[[str], object]


def build_first(say: Say) -> None:
    """Where there is no demo at all, before anything is served: the button on the landing page leads somewhere. An
    old one is good enough until the thread has renewed it. A failure is told, and the app is served without."""
    if demo_account.demo_lifter():
        return
    say("Building the demo lifter")
    try:
        call_command("demo", if_due=True, verbosity=0)
    except (CommandError, Error) as error:
        say(f"NO DEMO. {error}")


def start(say: Say) -> None:
    threading.Thread(target=_keep, args=[say], name="daily-demo", daemon=True).start()


def renew_if_due(say: Say) -> None:
    try:
        if not demo_account.is_due(timezone.now()):
            return
    except Error:
        return  # a database that is away is told by every page
    finally:
        connection.close()  # nobody needs it for the next minutes
    # A session of its own: Ctrl-C is for the server, and what is half built is taken back by the database.
    command = [sys.executable, "manage.py", "demo", "--if-due", "-v0"]
    done = subprocess.run(command, cwd=settings.BASE_DIR, capture_output=True, text=True, start_new_session=True)
    if done.returncode:
        say(f"THE DEMO IS NOT RENEWED. {done.stderr.strip()}")


def _keep(say: Say) -> None:
    time.sleep(A_MOMENT)
    while True:
        renew_if_due(say)
        time.sleep(LOOKS_EVERY)
