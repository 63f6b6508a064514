"""Filters that shorten log records which would otherwise fill the log."""

import copy
import fcntl
import hashlib
import logging
import os
import time
import traceback

from django.conf import settings

from metricgain.web.outage import is_outage

OURS = f"{settings.BASE_DIR}{os.sep}"


class First:
    """Remembers when something was last told. All processes share that through files, if DATA_DIR can be written to."""

    def __init__(self) -> None:
        self.told_at: dict[str, float] = {}  # seconds since 1970

    def within(self, seconds: float, name: str) -> bool:
        """Tells whether this is the first of this name within so many seconds."""
        now = time.time()
        if abs(now - self.told_at.get(name, 0.0)) < seconds:
            return False
        self.told_at[name] = now
        stamp = settings.DATA_DIR / "told" / name
        try:
            stamp.parent.mkdir(exist_ok=True)
            is_new = not stamp.exists()
            with stamp.open("a") as file:
                fcntl.flock(file, fcntl.LOCK_EX)
                told_at = os.fstat(file.fileno()).st_mtime
                if not is_new and abs(now - told_at) < seconds:
                    self.told_at[name] = told_at  # by another process; what is not told does not count
                    return False
                os.utime(file.fileno(), (now, now))
        except OSError:
            pass
        return True


class OneLine(logging.Filter):
    """Logs a request that Django takes for an attack in one line, without its traceback of thirty."""

    def filter(self, record: logging.LogRecord) -> bool:
        if record.name.startswith("django.security"):
            record.exc_info = record.exc_text = None
        return True


class OneLineASecond(logging.Filter):
    """Logs an outage (`metricgain.web.outage`) in one line a second at most; every failing request would log the same
    traceback."""

    def __init__(self) -> None:
        super().__init__()
        self.first = First()

    def filter(self, record):
        error = record.exc_info[1] if record.exc_info else None
        if not is_outage(error) and getattr(record, "status_code", None) != 503:
            return True
        if not self.first.within(1, "outage"):
            return False
        line = copy.copy(record)
        request = getattr(record, "request", None)
        where = f" ({request.method} {request.path})" if request else ""
        why = f": {_first_line(error)}" if error else ""
        line.msg, line.args = f"The database is away{where}{why}", ()
        line.exc_info = line.exc_text = None
        return line


class InFullOnceAMinute(logging.Filter):
    """Logs an error in full once a minute, each kind for itself, and else in one line. The kind is the error and the
    place in our code, so a fingerprint of both finds all its lines."""

    def __init__(self) -> None:
        super().__init__()
        self.first = First()

    def filter(self, record):
        error = record.exc_info[1] if record.exc_info else None
        if error is None:
            return True
        line = copy.copy(record)
        line.msg, line.args = one_line(record, error), ()
        if not self.first.within(60, f"error-{fingerprint(error)}"):
            line.exc_info = line.exc_text = None
        return line


def fingerprint(error: BaseException) -> str:
    """Returns eight letters that are the same for the same error at the same place, whatever its words are."""
    frames = traceback.extract_tb(error.__traceback__)
    ours = [frame for frame in frames if frame.filename.startswith(OURS) and "/.venv/" not in frame.filename] or frames
    place = [f"{frame.filename.removeprefix(OURS)}:{frame.name}" for frame in ours[-1:]]
    return hashlib.sha256(" ".join([type(error).__qualname__, *place]).encode()).hexdigest()[:8]


def one_line(record: logging.LogRecord, error: BaseException) -> str:
    """Returns what was logged, the fingerprint, the id of the request where it has one, and the error."""
    request_id = getattr(getattr(record, "request", None), "id", "")
    marks = " ".join(filter(None, [fingerprint(error), request_id]))
    return f"{record.getMessage()} [{marks}] {type(error).__name__}: {_first_line(error)}"


def _first_line(error: BaseException) -> str:
    return (str(error).strip() or type(error).__name__).splitlines()[0]
