"""What runs for a DATA_DIR, beside its database: one `serve` per port, each with a pid file it keeps locked.

The lock, not the number in the file, says that the process lives: the kernel drops it at any death, and no
other process that gets the same number holds it. Standard library only, as for `embedded`."""

import fcntl
import os
import re
import signal
import time
from pathlib import Path
from typing import IO

from metricgain.operations.servers import embedded, postmaster

PATIENCE = 20  # seconds for requests in flight


def claim(data_dir: Path, port: int) -> IO[str] | None:
    """The pid file of this port, locked for as long as it stays open; None while another process has it."""
    data_dir.mkdir(parents=True, exist_ok=True)
    file = (data_dir / f"serve-{port}.pid").open("a+")
    for _ in range(10):  # `_holder` of another process has it for an instant now and then
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            time.sleep(0.02)
            continue
        file.truncate(0)
        file.write(f"{os.getpid()}\n")
        file.flush()
        return file
    file.close()
    return None


def serving(data_dir: Path) -> dict[int, int]:
    """Port and process of each `serve` that runs."""
    found = {}
    for path in sorted(data_dir.glob("serve-*.pid")):
        name = re.fullmatch(r"serve-(\d+)\.pid", path.name)
        pid = _holder(path) if name else None
        if name and pid is not None:
            found[int(name[1])] = pid
    return found


def stop_serving(data_dir: Path) -> list[int]:
    """Ends every `serve`, giving requests in flight their time. Returns the ports."""
    running = serving(data_dir)
    for port, pid in running.items():
        try:
            os.kill(pid, signal.SIGTERM)
        except PermissionError as error:
            raise embedded.EmbeddedPostgresError(
                f"The server on port {port} (process {pid}) belongs to another user, who alone may stop it."
            ) from error
    deadline = time.monotonic() + PATIENCE
    while (left := serving(data_dir)) and time.monotonic() < deadline:
        time.sleep(0.05)
    for pid in left.values():
        os.kill(pid, signal.SIGKILL)  # its workers notice within a second
    return sorted(running)


def stop_all(data_dir: Path) -> list[str]:
    """Stops the servers of this directory and its database; returns what was stopped, to be told."""
    stopped = [f"the server on port {port}" for port in stop_serving(data_dir)]
    if embedded.stop(data_dir):
        stopped.append(f"PostgreSQL in {data_dir}")
    return stopped


def _holder(path: Path) -> int | None:
    with path.open("r") as file:
        try:
            fcntl.flock(file, fcntl.LOCK_SH | fcntl.LOCK_NB)
            return None
        except BlockingIOError:
            pid = file.read().strip()
    if not pid.isdigit() or "serve" not in postmaster.arguments_of(int(pid)):
        return None  # written this very moment; or, in a directory shared between containers, not of this one
    return int(pid)
