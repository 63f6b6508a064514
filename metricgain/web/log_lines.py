"""Filters that shorten log records which would otherwise fill the log."""

import copy
import fcntl
import logging
import os
import time

from django.conf import settings

from metricgain.web.outage import is_outage


class OneLine(logging.Filter):
    """Logs a request that Django takes for an attack in one line, without its traceback of thirty."""

    def filter(self, record: logging.LogRecord) -> bool:
        if record.name.startswith("django.security"):
            record.exc_info = record.exc_text = None
        return True


class OneLineASecond(logging.Filter):
    """Logs an outage (`metricgain.web.outage`) in one line a second at most; every failing request would log the same
    traceback. All processes share the count through a file, if DATA_DIR can be written to."""

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
