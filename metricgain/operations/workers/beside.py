"""The process that does jobs beside `serve`."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager

from django.conf import settings

A_MOMENT = 2  # seconds after the start, so that the first pages are served first
OPENS_EVERY = 5
ENDS_WITHIN = 10


class WorkerBeside:
    """The worker's process, as the serving process sees it."""

    process: subprocess.Popen | None = None

    def __init__(self) -> None:
        self.began_by = os.getpid()
        self.opens_at = time.monotonic() + A_MOMENT

    def open(self) -> None:
        # Ctrl-C is meant for the server, which ends this process. It is born deaf to it.
        signal.pthread_sigmask(signal.SIG_BLOCK, [signal.SIGINT])
        try:
            command = [sys.executable, "manage.py", "work", f"--beside={os.getpid()}"]
            self.process = subprocess.Popen(command, cwd=settings.BASE_DIR)
        finally:
            signal.pthread_sigmask(signal.SIG_UNBLOCK, [signal.SIGINT])
        self.opens_at = time.monotonic() + OPENS_EVERY

    def look_after(self) -> None:
        """Starts the process, and again if it died."""
        is_gone = self.process is None or self.process.poll() is not None
        if is_gone and time.monotonic() >= self.opens_at:
            self.open()

    def close(self) -> None:
        if self.process is None:
            return
        self.process.terminate()
        try:
            self.process.wait(ENDS_WITHIN)
        except subprocess.TimeoutExpired:  # a long job; it is done again, or ended, by the next worker
            self.process.kill()
            self.process.wait()


@contextmanager
def worker_beside() -> Iterator[WorkerBeside]:
    worker = WorkerBeside()
    try:
        yield worker
    finally:
        if os.getpid() == worker.began_by:  # not in a forked process that serves
            worker.close()
