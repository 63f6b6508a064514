"""The database is away: 503 in place of 500, a page that says what is safe, and one line of the log a second."""

import copy
import fcntl
import logging
import os
import sys
import time

import psycopg
from django.conf import settings
from django.db import Error
from django.http import HttpResponse
from django.shortcuts import render
from django.views import defaults

from metricgain.http import is_from_outbox

RETRY_AFTER = 10  # seconds: an embedded server that died is back in less than 15
# What PostgreSQL says of itself, by the code of the error: no connection, no resources, shut down or a statement taken
# back, broken files; it lost to another transaction, waits for its lock, or is a standby at the moment.
PASSING = ("08", "53", "57", "58", "40", "55P03", "25006")


def is_outage(error: BaseException | None) -> bool:
    """Whether the database failed, and not what was asked of it: later the same request may well be answered."""
    if isinstance(error, Error):
        error = error.__cause__
    if not isinstance(error, psycopg.Error):
        return False
    if error.sqlstate is None:
        return isinstance(error, psycopg.OperationalError)
    return error.sqlstate.startswith(PASSING)


def server_error(request):
    """For what nobody caught (`handler500`)."""
    if not is_outage(sys.exc_info()[1]):
        return defaults.server_error(request)
    if is_from_outbox(request):
        answer = HttpResponse("The database is away.", status=503, content_type="text/plain")
    else:
        answer = render(None, "503.html", {"is_form": request.method == "POST"}, status=503)
    answer.headers["Retry-After"] = str(RETRY_AFTER)
    answer.headers["Cache-Control"] = "no-store"
    return answer


class OneLineASecond(logging.Filter):
    """Of an outage every request would tell the same, with a traceback. Over all processes, as far as DATA_DIR may be
    written to."""

    told_at = 0.0  # seconds since 1970

    def filter(self, record):
        error = record.exc_info[1] if record.exc_info else None
        if not is_outage(error) and getattr(record, "status_code", None) != 503:
            return True
        if not self._is_first():
            return False
        line = copy.copy(record)
        request = getattr(record, "request", None)
        where = f" ({request.method} {request.path})" if request else ""
        why = f": {_first_line(error)}" if error else ""
        line.msg, line.args = f"The database is away{where}{why}", ()
        line.exc_info = line.exc_text = None
        return line

    def _is_first(self) -> bool:
        now = time.time()
        if abs(now - self.told_at) < 1:
            return False
        self.told_at = now
        stamp = settings.DATA_DIR / "outage.lock"
        try:
            is_new = not stamp.exists()
            with stamp.open("a") as file:
                fcntl.flock(file, fcntl.LOCK_EX)
                told_at = os.fstat(file.fileno()).st_mtime
                os.utime(file.fileno(), (now, now))
        except OSError:
            return True
        return is_new or abs(now - told_at) >= 1


def _first_line(error: BaseException) -> str:
    return (str(error).strip() or type(error).__name__).splitlines()[0]
