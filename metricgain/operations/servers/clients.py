"""Finds PostgreSQL's own programs (pg_dump, pg_restore and others) on this machine, in a version that fits the server.

A pg_dump older than the server refuses to work. The same version is best, because an older server may not accept the
dump of a newer one."""

import re
import shutil
import subprocess
from collections.abc import Iterator
from contextlib import suppress
from functools import cache
from glob import glob
from pathlib import Path

from django.core.management import CommandError

from metricgain.operations.servers import databases, embedded

# Directories of versions that are not on the PATH: Debian, Red Hat, Homebrew on both kinds of Mac, Postgres.app.
ELSEWHERE = (
    "/usr/lib/postgresql/*/bin",
    "/usr/pgsql-*/bin",
    "/opt/homebrew/opt/postgresql*/bin",
    "/opt/homebrew/opt/libpq/bin",
    "/usr/local/opt/postgresql*/bin",
    "/usr/local/opt/libpq/bin",
    "/usr/local/pgsql/bin",
    "/Applications/Postgres.app/Contents/Versions/*/bin",
)


class NoClient(CommandError):
    """The message says which program is missing and what to install."""


def program(name: str, *, at_least: int) -> Path:
    """Returns the oldest program of at least this major version; of equal ones, that of the embedded PostgreSQL. Raises
    NoClient."""
    here = found(name)
    fitting = [(major, path) for major, path in here if major >= at_least]
    if fitting:
        return min(fitting, key=lambda candidate: candidate[0])[1]
    newest = f"the newest here is of version {max(here)[0]}" if here else "there is none on this machine"
    raise NoClient(
        f"This needs {name} of PostgreSQL {at_least} or later, and {newest}. Install it "
        f"(on Debian: postgresql-client-{at_least}), then run again."
    )


def start(path: Path, *arguments: object) -> subprocess.Popen:
    """Starts the program with its stderr in a pipe. It has no input, so it never waits for a password."""
    return subprocess.Popen(
        [path, *map(str, arguments)],
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
        text=True,
        errors="replace",
        env=databases.environment(),
    )


def output(path: Path, *arguments: object) -> subprocess.CompletedProcess:
    return subprocess.run(
        [path, *map(str, arguments)],
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        errors="replace",
        env=databases.environment(),
        check=False,
    )


def why(name: str, returncode: int, said: str) -> str:
    """Returns what went wrong, worded as the end of a sentence."""
    if returncode < 0:
        return f"{name} was killed (signal {-returncode})"
    lines = [line.strip() for line in said.splitlines()]
    lines = [line for line in lines if "error:" in line or "FATAL" in line] or lines[-1:]
    return re.sub(r"^\S*pg_\w+: (error: )?", "", lines[0]) if lines else f"{name} failed (exit code {returncode})"


def is_disk_full(said: str) -> bool:
    return "No space left on device" in said or "Disk quota exceeded" in said


@cache
def found(name: str) -> tuple[tuple[int, Path], ...]:
    """Returns (major version, path) of each program of that name on this machine, in the order of preference."""
    return tuple((major, path) for path in _candidates(name) if (major := _major(path)))


def _candidates(name: str) -> Iterator[Path]:
    with suppress(embedded.EmbeddedPostgresError):
        yield embedded.binaries() / name
    if on_path := shutil.which(name):
        yield Path(on_path)
    for pattern in ELSEWHERE:
        yield from (Path(directory) / name for directory in sorted(glob(pattern)))


def _major(path: Path) -> int | None:
    try:
        said = subprocess.run([path, "--version"], capture_output=True, text=True, check=True).stdout
    except (OSError, subprocess.CalledProcessError):
        return None
    version = re.search(r"\(PostgreSQL\) (\d+)", said)
    return int(version[1]) if version else None


def major_of(path: Path) -> int:
    return _major(path) or 0
