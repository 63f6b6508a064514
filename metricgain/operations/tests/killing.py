"""Ends the processes of a PostgreSQL, and waits for the effect."""

import time
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

import psutil

from metricgain.operations.servers import embedded, postmaster


def eventually(is_so: Callable, *, doing: Callable = lambda: time.sleep(0.05)) -> None:
    until = time.monotonic() + 120
    while not is_so():
        assert time.monotonic() < until
        doing()


def postgres_of(data_dir: Path) -> list[psutil.Process]:
    """Returns the processes of this PostgreSQL, the postmaster first."""
    first = psutil.Process(postmaster.running_pid(embedded.cluster_of(data_dir)))
    return [first, *first.children(recursive=True)]


def each(processes: list[psutil.Process], act: Callable[[psutil.Process], None]) -> None:
    """To those that are still there: PostgreSQL's helpers come and go."""
    for process in processes:
        with suppress(psutil.NoSuchProcess, ProcessLookupError):
            act(process)


def kill(processes: list[psutil.Process]) -> None:
    each(processes, psutil.Process.kill)
    eventually(lambda: not any(map(is_alive, processes)))


def is_alive(process: psutil.Process) -> bool:
    """Returns whether the process runs. A zombie is dead, although nobody has asked yet how it ended."""
    with suppress(psutil.NoSuchProcess):
        return process.is_running() and process.status() != psutil.STATUS_ZOMBIE
    return False
