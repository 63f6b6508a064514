"""The web servers of a DATA_DIR: one `serve` per port, each with a pid file that it keeps locked.

The lock shows that the process lives, not the number in the file. The kernel releases the lock however the process
dies, and another process that gets the same number does not hold it. Standard library only, as for `embedded`."""

import fcntl
import os
import re
import signal
import time
from contextlib import suppress
from pathlib import Path
from typing import IO

from metricgain.operations.servers import embedded, postmaster

PATIENCE = 20  # seconds for requests in flight


def claim(data_dir: Path, port: int) -> IO[str] | None:
    """Returns the pid file of this port, locked while it stays open; None while another process holds it."""
    data_dir.mkdir(parents=True, exist_ok=True)
    file = (data_dir / f"serve-{port}.pid").open("a+")
    for _ in range(10):  # `_holder` of another process may lock it for an instant
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            time.sleep(0.02)
            continue
        _site_file(data_dir, port).unlink(missing_ok=True)  # where an earlier one was reached
        file.truncate(0)
        file.write(f"{os.getpid()}\n")
        file.flush()
        return file
    file.close()
    return None


def serving(data_dir: Path) -> dict[int, int]:
    """Returns the process id of each running `serve`, by port."""
    found = {}
    for path in sorted(data_dir.glob("serve-*.pid")):
        name = re.fullmatch(r"serve-(\d+)\.pid", path.name)
        pid = _holder(path) if name else None
        if name and pid is not None:
            found[int(name[1])] = pid
    return found


def note_site(data_dir: Path, port: int, address: str) -> None:
    """Notes where the `serve` that claimed this port is reached. Not in its pid file, of which an earlier version of
    MetricGain expects a number alone."""
    _site_file(data_dir, port).write_text(address)


def site(data_dir: Path, port: int) -> str | None:
    """Returns the address of a running `serve`: of the one on `port` if that runs. None where none runs."""
    for one in sorted(serving(data_dir), key=lambda one: (one != port, one)):
        with suppress(FileNotFoundError):  # it runs, but does not listen yet
            return _site_file(data_dir, one).read_text()
    return None


def stop_serving(data_dir: Path, *, drains_for: float = 0) -> list[int]:
    """Ends every `serve` after its requests in flight. Where a load balancer has to hear of it first, that takes
    `drains_for` seconds longer. Returns the ports."""
    running = serving(data_dir)
    for port, pid in running.items():
        try:
            os.kill(pid, signal.SIGTERM)
        except PermissionError as error:
            raise embedded.EmbeddedPostgresError(
                f"The server on port {port} (process {pid}) belongs to another user, who alone may stop it."
            ) from error
    deadline = time.monotonic() + drains_for + PATIENCE
    while (left := serving(data_dir)) and time.monotonic() < deadline:
        time.sleep(0.05)
    for pid in left.values():
        os.kill(pid, signal.SIGKILL)  # its workers notice that within a second
    return sorted(running)


def stop_all(data_dir: Path, *, drains_for: float = 0) -> list[str]:
    """Stops the servers of this directory and its database. Returns their names, to be printed."""
    stopped = [f"the server on port {port}" for port in stop_serving(data_dir, drains_for=drains_for)]
    if embedded.stop(data_dir):
        stopped.append(f"PostgreSQL in {data_dir}")
    return stopped


def _site_file(data_dir: Path, port: int) -> Path:
    return data_dir / f"serve-{port}.site"


def _holder(path: Path) -> int | None:
    with path.open("r") as file:
        try:
            fcntl.flock(file, fcntl.LOCK_SH | fcntl.LOCK_NB)
            return None
        except BlockingIOError:
            pid = file.read().strip()
    if not pid.isdigit() or "serve" not in postmaster.arguments_of(int(pid)):
        return None  # being written right now, or a process of another container that shares the directory
    return int(pid)
