"""What would fill the log is told in a line."""

import copy
import fcntl
import logging
import os
import time

from django.conf import settings

from metricgain.web.outage import is_outage


class OneLine(logging.Filter):
    """What a stranger sends that Django takes for an attack is told, and not with thirty lines of ours."""

    def filter(self, record: logging.LogRecord) -> bool:
        if record.name.startswith("django.security"):
            record.exc_info = record.exc_text = None
        return True


class OneLineASecond(logging.Filter):
    """Of an outage (`metricgain.web.outage`) every request would tell the same, with a traceback. Over all processes,
    as far as DATA_DIR may be written to."""

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
