"""Runs MetricGain through PgBouncer in transaction mode, with a pool of four sessions.

    python -m benchmarks.drill.pooler

Starts a PostgreSQL and a PgBouncer of its own, on sockets alone. Runs the tests of the database through them, and then
what broke once: twelve who sign in at the same time, sessions that are ended and a backup that is made meanwhile, and
four deployments, of which two reach PostgreSQL directly. At the end no session of the pool may have kept a setting
or a lock. Exits with 1 if anything failed."""

import os
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import quote, unquote

import psycopg

from benchmarks.drill import servers
from metricgain.operations.servers import embedded, postmaster

PORT = 6432
POOL = 4
DATABASE = "metricgain"
CONFIGURATION = """
[databases]
* = host={sockets} port={port} user=postgres
[pgbouncer]
pool_mode = transaction
default_pool_size = {pool}
auth_type = any
listen_addr =
listen_port = {own_port}
unix_socket_dir = {home}
unix_socket_mode = 0777
logfile = {home}/log
pidfile = {home}/pid
"""
TESTS = (
    "metricgain/tests/database_document",
    "metricgain/users",
    "metricgain/jobs",
    "exercises/tests",
    "analytics",
    "training/session",
    "training/own_exercise",
    "training/prescribing",
    "training/schedule",
)


def program() -> str | None:
    return shutil.which("pgbouncer", path=f"{os.environ['PATH']}:/usr/sbin")


@contextmanager
def pooling(sockets: str) -> Iterator[str]:
    """Runs PgBouncer before the server that listens in `sockets`, and yields the directory of its own socket."""
    with tempfile.TemporaryDirectory(prefix="metricgain-") as made:
        home = Path(made)
        home.chmod(0o755)
        as_whom: embedded.Identity = {}
        if os.geteuid() == 0:  # it refuses to run as root
            user, group = embedded.system_user()
            os.chown(home, user, group)
            as_whom = {"user": user, "group": group, "extra_groups": []}
        written = home / "pgbouncer.ini"
        written.write_text(
            CONFIGURATION.format(sockets=sockets, port=postmaster.PORT, pool=POOL, own_port=PORT, home=home)
        )
        with subprocess.Popen([program(), "--quiet", written], cwd="/", **as_whom) as process:
            try:
                until = time.monotonic() + 20
                while not (home / f".s.PGSQL.{PORT}").exists():
                    if process.poll() is not None or time.monotonic() > until:
                        raise RuntimeError(f"PgBouncer does not start:\n{(home / 'log').read_text()}")
                    time.sleep(0.05)
                yield made
            finally:
                process.terminate()


def url(sockets: str, port: int, database: str) -> str:
    return f"postgresql://postgres@:{port}/{quote(f'{sockets}/{database}', safe='')}"


def passes(tests: tuple[str, ...], address: str) -> bool:
    """Runs tests on the database server of an address. Returns whether they passed."""
    marked = ("-m", "not served and not drill")
    command = [sys.executable, "-m", "pytest", "-q", "-n0", "-p", "no:cacheprovider", *marked, *tests]
    environment = os.environ | {"DATABASE_URL": address}
    return subprocess.run(command, cwd=servers.ROOT, env=environment, check=False).returncode == 0


def main() -> int:
    if program() is None:
        print("This machine has no PgBouncer.", file=sys.stderr)
        return 1
    with servers.serving(embedded.binaries()) as direct, tempfile.TemporaryDirectory(prefix="metricgain-") as made:
        sockets = str(Path(unquote(direct.rpartition("/")[2])).parent)
        with pooling(sockets) as pool:
            failed = [] if passes(TESTS, url(pool, PORT, "postgres")) else ["the tests of the database"]
            with psycopg.connect(host=sockets, port=postmaster.PORT, user="postgres", autocommit=True) as session:
                session.execute(f"CREATE DATABASE {DATABASE}")
            through, around = url(pool, PORT, DATABASE), url(sockets, postmaster.PORT, DATABASE)
            environment = os.environ | {"DATABASE_URL": through, "DATA_DIR": made, "BACKUP_DIR": f"{made}/backups"}
            command = [sys.executable, "-m", "benchmarks.drill.pooled_course", around]
            if subprocess.run(command, cwd=servers.ROOT, env=environment, check=False).returncode:
                failed.append("signing in, ending sessions, backups, deployments")
    print("\n".join(f"Failed through PgBouncer: {one}" for one in failed))
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
