"""Runs the tests that speak SQL on another version of PostgreSQL.

    python -m benchmarks.drill.servers 15 [tests]

Starts a server of its own with the programs of that version: those on the PATH, else where systems install them. It
ends with the tests. To test a server that runs already, set DATABASE_URL to it and run pytest; its role must be a
superuser."""

import os
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import quote

from metricgain.operations.servers import clients, embedded, postmaster

ROOT = Path(__file__).resolve().parents[2]
VERSIONS = (15, 16, 17)  # the others that the README promises beside the embedded one, on which every test runs
# Constraints, migrations, names, the queries of the customer's document and those of ours that no model writes.
TESTS = (
    "metricgain/tests/database_document",
    "metricgain/tests/landed",
    "metricgain/postgresql",
    "exercises/tests",
    "analytics/tests/test_records.py",
    "training/session/tests/test_recording.py",
    "training/own_exercise/tests/test_exercise_merge.py",
)


def programs(version: int) -> Path | None:
    """Returns the directory of `postgres` of a major version; None where this machine has none."""
    return next((path.parent for major, path in clients.found("postgres") if major == version), None)


@contextmanager
def serving(at: Path) -> Iterator[str]:
    """Runs a server of the programs in `at`, on a socket alone, and yields the URL of its database."""
    with tempfile.TemporaryDirectory(prefix="metricgain-") as made:
        home = Path(made)
        as_whom: embedded.Identity = {}
        if os.geteuid() == 0:  # PostgreSQL refuses to run as root
            user, group = embedded.system_user()
            os.chown(home, user, group)
            as_whom = {"user": user, "group": group, "extra_groups": []}

        def run(program: str, *arguments: str) -> None:
            subprocess.run([at / program, *arguments], cwd="/", check=True, stdout=subprocess.DEVNULL, **as_whom)

        data, log = str(home / "data"), str(home / "log")
        run("initdb", "-D", data, "-U", "postgres", "--auth=trust", "--encoding=UTF8", "--locale=C.UTF-8", "--no-sync")
        options = f"-c listen_addresses= -c unix_socket_directories={home} -c port={postmaster.PORT} -c fsync=off"
        run("pg_ctl", "-D", data, "-w", "-l", log, "-o", options, "start")
        try:
            yield f"postgresql://postgres@:{postmaster.PORT}/{quote(f'{home}/postgres', safe='')}"
        finally:
            run("pg_ctl", "-D", data, "-m", "immediate", "stop")


def main(version: int, tests: Sequence[str]) -> int:
    at = programs(version)
    if at is None:
        print(f"This machine has no PostgreSQL {version}. Put its programs on the PATH.", file=sys.stderr)
        return 1
    with serving(at) as url:
        print(f"On PostgreSQL {version} of {at}:", flush=True)
        command = [sys.executable, "-m", "pytest", "-q", "-n0", "-p", "no:cacheprovider", *(tests or TESTS)]
        return subprocess.run(command, cwd=ROOT, env=os.environ | {"DATABASE_URL": url}, check=False).returncode


if __name__ == "__main__":
    sys.exit(main(int(sys.argv[1]), sys.argv[2:]))
