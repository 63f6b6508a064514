"""Backups of the whole database: written aside, checked, then given their name. A dump that bears its name is good."""

import errno
import fcntl
import os
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from datetime import UTC, datetime, timedelta
from pathlib import Path
from subprocess import Popen, TimeoutExpired

import psycopg
from django.conf import settings
from django.core.management import CommandError

from metricgain.operations.backups import census, manifests, retention
from metricgain.operations.backups.manifests import Backup, Manifest
from metricgain.operations.servers import clients, databases

DAY = timedelta(days=1)


class BackupFailed(CommandError):
    """Says why there is no new backup, and what to do. The old ones are as they were."""


class BackupRuns(BackupFailed):
    """Another process is at it. The exit code is that for "try again later" (EX_TEMPFAIL)."""

    def __init__(self, directory: Path):
        super().__init__(f"Another backup or restore is at work in {directory}; run again after it.", returncode=75)


def take(directory: Path | None = None, *, reason: str = manifests.ASKED) -> Backup:
    """A new backup in `directory`, BACKUP_DIR by default. Whatever goes wrong, what was there before is not touched."""
    directory = Path(directory or settings.BACKUP_DIR).resolve()
    with at_work_in(directory):
        return take_in(directory, reason=reason)


def take_in(directory: Path, *, reason: str) -> Backup:
    """For who holds the directory already."""
    began = time.monotonic()
    _sweep(directory)
    path = directory / manifests.named(_free_second(directory))
    draft = path.with_name(f"{path.name}.part")
    try:
        facts = _dump(draft)
        manifest = Manifest(
            made_at=datetime.now(UTC),
            reason=reason,
            size=draft.stat().st_size,
            sha256=manifests.checksum(draft),
            seconds=round(time.monotonic() - began, 1),
            **facts,
        )
        _check_listing(draft, manifest)
        _publish(draft, path, manifest)
    except OSError as error:
        raise BackupFailed(_trouble(directory, error)) from error
    finally:
        draft.unlink(missing_ok=True)
    return Backup(path, manifest)


def latest(directory: Path, database: str) -> Backup | None:
    """The newest of this database: another one may keep its backups here too."""
    return next((backup for backup in manifests.all_in(directory) if backup.manifest.database == database), None)


def is_due(directory: Path, *, now: datetime) -> bool:
    """Whether there is anything to lose, and the last backup is older than a day."""
    if not databases.has_people():
        return False
    last = latest(directory, databases.server().identity)
    return last is None or now - last.manifest.made_at >= DAY


def prune(directory: Path, *, days: int) -> list[Backup]:
    """Removes what the retention lets go, and says what that was."""
    with at_work_in(directory):
        going = retention.superfluous(manifests.all_in(directory), now=datetime.now(UTC), days=days)
        for backup in going:
            backup.path.unlink()
            manifests.manifest_of(backup.path).unlink()
        return going


@contextmanager
def at_work_in(directory: Path) -> Iterator[None]:
    """One at a time: what lies unfinished here afterwards was left by one that is no more."""
    try:
        directory.mkdir(parents=True, exist_ok=True, mode=0o700)
        lock = (directory / ".lock").open("a")
    except OSError as error:
        raise BackupFailed(_trouble(directory, error)) from error
    with lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError as error:
            raise BackupRuns(directory) from error
        yield


def _sweep(directory: Path) -> None:
    """What a killed run left: drafts, and a manifest whose dump never came."""
    for path in directory.glob("metricgain-*"):
        named = manifests.NAMED.fullmatch(path.name)
        if named and (named[2] or (named[1] == "json" and not path.with_suffix(".dump").exists())):
            with suppress(OSError):
                path.unlink()


def _free_second(directory: Path) -> datetime:
    while (directory / manifests.named(now := datetime.now(UTC))).exists():
        time.sleep(0.05)
    return now


def _dump(draft: Path) -> dict:
    """Dumps and counts at the same time, and of the same snapshot: what is written meanwhile is in neither."""
    server = databases.server()
    pg_dump = clients.program("pg_dump", at_least=server.major)
    draft.touch(mode=0o600)
    try:
        with databases.session() as opened:
            databases.begin_snapshot(opened)
            snapshot = databases.row_of(opened, "SELECT pg_export_snapshot()")[0]
            where = f"--dbname={databases.conninfo()}"
            arguments = ["--format=custom", f"--snapshot={snapshot}", f"--file={draft}", where]
            with ended(clients.start(pg_dump, *arguments)) as dumping:
                tables = census.taken(opened)
                migrations = databases.migrations_of(opened)
                said = dumping.communicate()[1]
    except psycopg.Error as error:
        raise BackupFailed(f"No backup was made: the database went away ({str(error).strip()}).") from error
    if dumping.returncode:
        raise BackupFailed(_why_no_dump(draft.parent, dumping.returncode, said))
    return {
        "database": server.identity,
        "server_version": server.version,
        "client_version": clients.major_of(pg_dump),
        "migrations": migrations,
        "tables": tables,
    }


@contextmanager
def ended(process: Popen) -> Iterator[Popen]:
    """Whatever happens to us, the program does not go on alone."""
    try:
        yield process
    finally:
        process.terminate()  # on which it cancels what the server does for it
        try:
            process.wait(5)
        except TimeoutExpired:
            process.kill()
            process.wait()


def _check_listing(draft: Path, manifest: Manifest) -> None:
    """Reads back what the dump says that it holds."""
    pg_restore = clients.program("pg_restore", at_least=manifest.client_version)
    listed = clients.output(pg_restore, "--list", draft)
    held = sum(" TABLE DATA " in line for line in listed.stdout.splitlines())
    if listed.returncode or held != len(manifest.tables):
        reason = clients.why("pg_restore", listed.returncode, listed.stderr) if listed.returncode else f"{held} tables"
        raise BackupFailed(
            f"No backup was made: the dump cannot be read back ({reason}; {len(manifest.tables)} tables were dumped). "
            "Run again; if it stays so, check the disk."
        )


def _publish(draft: Path, path: Path, manifest: Manifest) -> None:
    """The manifest first: a dump that has its name has its manifest, even if the power goes in between."""
    about = manifests.manifest_of(path)
    unfinished = about.with_name(f"{about.name}.part")
    unfinished.touch(mode=0o600)
    with unfinished.open("w") as file:
        file.write(manifest.written())
        file.flush()
        os.fsync(file.fileno())
    unfinished.rename(about)
    draft.rename(path)  # pg_dump has made sure that it is on the disk
    directory = os.open(path.parent, os.O_RDONLY)
    try:
        os.fsync(directory)
    finally:
        os.close(directory)


def _why_no_dump(directory: Path, returncode: int, said: str) -> str:
    if clients.is_disk_full(said):
        return _disk_full(directory)
    return f"No backup was made: {clients.why('pg_dump', returncode, said)}. The earlier ones are as they were."


def _trouble(directory: Path, error: OSError) -> str:
    if error.errno in (errno.ENOSPC, errno.EDQUOT):
        return _disk_full(directory)
    return (
        f"No backup was made: cannot write to {directory} ({error.strerror}). Give it to this user, or set "
        "BACKUP_DIR to another directory."
    )


def _disk_full(directory: Path) -> str:
    return (
        f"No backup was made: the disk of {directory} is full. Make room, or set BACKUP_DIR to another disk. The "
        "earlier backups are as they were."
    )
