"""haproxy before several servers on loopback, with the checks of docs/beyond-one-machine.md."""

import csv
import shutil
import socket
import subprocess
import time
from collections.abc import Iterator, Mapping
from contextlib import closing, contextmanager
from pathlib import Path

CONFIGURATION = """
global
    stats socket {home}/stats
    log stdout format raw local0
defaults
    mode http
    log global
    option httplog
    {retries}
    timeout connect 5s
    timeout client 60s
    timeout server 60s
frontend phones
    bind 127.0.0.1:{port}
    default_backend servers
backend servers
    balance roundrobin
    option httpchk GET /readyz
    default-server check {checks}
{servers}
"""

NEVER_TWICE = "retries 0"
ELSEWHERE = "option redispatch 1"  # whom a server refuses is sent to another one


def program() -> str | None:
    return shutil.which("haproxy", path="/usr/sbin:/usr/local/sbin:/usr/bin:/usr/local/bin")


class Balancer:
    def __init__(self, home: Path):
        self.home = home

    def states(self) -> dict[str, str]:
        """Returns what haproxy thinks of each server: UP, DOWN, or on the way there (`UP 1/2`)."""
        with closing(socket.socket(socket.AF_UNIX)) as asked:
            asked.settimeout(5)
            asked.connect(str(self.home / "stats"))
            asked.sendall(b"show stat\n")
            with asked.makefile() as answer:
                rows = [*csv.DictReader(answer.read().removeprefix("# ").splitlines())]
        ours = [row for row in rows if row["pxname"] == "servers" and row["svname"] != "BACKEND"]
        return {row["svname"]: row["status"] for row in ours}

    def failures(self) -> list[str]:
        """Returns the lines of its log of requests that it answered itself, or that broke off: their four letters tell
        who ended the session, and when."""
        lines = (self.home / "log").read_text(errors="replace").splitlines()
        return [line for line in lines if '"' in line and " ---- " not in line and " -- " not in line]


@contextmanager
def balancing(
    home: Path, port: int, servers: Mapping[str, int], *, checks: str, retries: str = NEVER_TWICE
) -> Iterator[Balancer]:
    """Balances `port` over the ports of the servers, which are up already."""
    listed = "\n".join(f"    server {name} 127.0.0.1:{at}" for name, at in servers.items())
    written = home / "haproxy.cfg"
    written.write_text(CONFIGURATION.format(home=home, port=port, checks=checks, retries=retries, servers=listed))
    with (home / "log").open("wb") as log:
        process = subprocess.Popen([program(), "-db", "-f", written], stdout=log, stderr=subprocess.STDOUT)
    try:
        until = time.monotonic() + 20
        while not (home / "stats").exists():
            if process.poll() is not None or time.monotonic() > until:
                raise RuntimeError(f"haproxy does not start:\n{(home / 'log').read_text()}")
            time.sleep(0.05)
        yield Balancer(home)
    finally:
        process.terminate()
        process.wait(20)
        (home / "stats").unlink(missing_ok=True)
