"""PostgreSQL's own programs (pg_dump, pg_restore and their like): found on this machine, matched to the server.

A pg_dump older than the server refuses; one of the same version is best, since what a newer one writes an older server
may not take back."""

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

# Where systems put the versions that are not on the PATH: Debian, Red Hat, Homebrew on both kinds of Mac, Postgres.app.
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
    """Says which program is missing, and what to install."""


def program(name: str, *, at_least: int) -> Path:
    """The oldest that is not older than this major version, the embedded PostgreSQL's before others of the same."""
    found = _found(name)
    fitting = [(major, path) for major, path in found if major >= at_least]
    if fitting:
        return min(fitting, key=lambda candidate: candidate[0])[1]
    newest = f"the newest here is of version {max(found)[0]}" if found else "there is none on this machine"
    raise NoClient(
        f"This needs {name} of PostgreSQL {at_least} or later, and {newest}. Install it "
        f"(on Debian: postgresql-client-{at_least}), then run again."
    )


def start(path: Path, *arguments: object) -> subprocess.Popen:
    """Runs it; what it has to say comes by its stderr. It reads nothing, so it never waits for a password."""
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
    """What went wrong, as a sentence's end."""
    if returncode < 0:
        return f"{name} was killed (signal {-returncode})"
    lines = [line.strip() for line in said.splitlines()]
    lines = [line for line in lines if "error:" in line or "FATAL" in line] or lines[-1:]
    return re.sub(r"^\S*pg_\w+: (error: )?", "", lines[0]) if lines else f"{name} failed (exit code {returncode})"


def is_disk_full(said: str) -> bool:
    return "No space left on device" in said or "Disk quota exceeded" in said


@cache
def _found(name: str) -> tuple[tuple[int, Path], ...]:
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
