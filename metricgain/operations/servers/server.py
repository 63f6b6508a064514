"""The web server: gunicorn's master with our own workers, run inside `serve`, on a port that was checked before."""

import errno
import os
import socket
import time
from collections.abc import Callable
from pathlib import Path

import psutil
from gunicorn.app.base import BaseApplication
from gunicorn.arbiter import Arbiter

from metricgain.operations.servers.connections import Worker
from metricgain.operations.servers.draining import draining


class PortTaken(Exception):
    """The message names the program on the port, if this user may know it: `nginx (process 812)`."""

    def __init__(self, holder: psutil.Process | None):
        super().__init__(f"{holder.name()} (process {holder.pid})" if holder else "another program")
        self.by_serve = holder is not None and "serve" in holder.cmdline()


class GunicornServer(BaseApplication):
    def __init__(self, application: Callable, turn: Callable, drains_for: float, **options: object):
        self.application = application
        self.turn = turn
        self.drains_for = drains_for
        self.options = options
        super().__init__()

    def load_config(self) -> None:
        for key, value in self.options.items():
            self.cfg.set(key, value)

    def load(self) -> Callable:
        return self.application

    def run(self) -> None:
        Master(self).run()


class Master(Arbiter):
    goes_at: float | None = None  # the time.monotonic() at which the listener closes

    def manage_workers(self) -> None:
        """Runs once a second, and whenever a child process has ended."""
        super().manage_workers()
        self.app.turn()
        if self.goes_at is not None and time.monotonic() >= self.goes_at:
            raise StopIteration

    def handle_term(self) -> None:
        """Goes at once, unless a load balancer has to hear it first. A second SIGTERM does not wait for that."""
        if self.goes_at is not None or not draining.is_watched:
            raise StopIteration
        draining.begin()
        self.goes_at = time.monotonic() + self.app.drains_for


def listen(host: str, port: int) -> socket.socket:
    """Returns a listening socket. Raises PortTaken if another program has the port, OSError for anything else."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    both = host == "::" and socket.has_dualstack_ipv6()  # an owner who writes "::" means all interfaces, not IPv6 only
    try:
        listener = socket.create_server((host, port), family=family, backlog=512, dualstack_ipv6=both)
    except OSError as error:
        if error.errno == errno.EADDRINUSE:
            raise PortTaken(_listening(port)) from error
        raise
    listener.setsockopt(socket.SOL_SOCKET, socket.SO_KEEPALIVE, 1)  # connections inherit it
    return listener


def serve(
    application: Callable,
    listener: socket.socket,
    *,
    workers: int,
    threads: int,
    ready: Callable,
    forked: Callable,
    turn: Callable,
    drains_for: float,
) -> None:
    """Serves until a signal ends the process, and `drains_for` seconds longer where a load balancer has to hear of it.
    `forked` runs in each worker, `ready` once in the last worker when it is ready, and `turn` in the master about once
    a second."""
    GunicornServer(
        application,
        turn,
        drains_for,
        bind=[f"fd://{listener.detach()}"],
        worker_class=Worker,
        workers=workers,
        threads=threads,
        preload_app=True,
        graceful_timeout=10,
        worker_tmp_dir=_memory(),  # on a slow disk a worker's heartbeat is late, and the worker counts as hung
        control_socket_disable=True,
        loglevel="warning",
        post_fork=lambda arbiter, worker: forked(),
        # Only the last worker: one that has no signal handlers yet would miss a signal to stop, and the master would
        # wait for it in vain.
        post_worker_init=lambda worker: ready() if worker.age == workers else None,
    ).run()


def _memory() -> str | None:
    shared = Path("/dev/shm")
    return str(shared) if shared.is_dir() and os.access(shared, os.W_OK) else None


def _listening(port: int) -> psutil.Process | None:
    try:
        for found in psutil.net_connections("tcp"):
            if found.status == psutil.CONN_LISTEN and found.laddr.port == port and found.pid:
                return psutil.Process(found.pid)
    except psutil.Error:
        pass
    return None
