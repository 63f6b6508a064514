"""Takes backups of the whole database. A dump is written under a draft name, checked, and renamed, so every dump under
a final name is good."""

import errno
import fcntl
import os
import time
from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager, suppress
from datetime import UTC, datetime
from pathlib import Path
from subprocess import Popen, TimeoutExpired

import psycopg
from django.conf import settings
from django.core.management import CommandError

from metricgain.operations import deleting_again
from metricgain.operations.backups import census, manifests, noted, retention
from metricgain.operations.backups.manifests import Backup, Manifest
from metricgain.operations.servers import alone, clients, databases

POOLED = (
    "No backup was made: a pooler gives each transaction another session, and pg_dump leaves its own without the place "
    "of our tables, so that pages would fail. Set DIRECT_DATABASE_URL to PostgreSQL itself, as DATABASE_URL is written."
)


class BackupFailed(CommandError):
    """The message says why there is no new backup and what to do. The old backups are unchanged."""


class BackupRuns(BackupFailed):
    """Another process backs up or restores. The exit code means "try again later" (EX_TEMPFAIL)."""

    def __init__(self, where: str):
        super().__init__(
            f"Another backup or restore is running {where}. Run this again when it has ended.", returncode=75
        )


def take(directory: Path | None = None, *, reason: str = manifests.ASKED) -> Backup:
    """Takes a backup into `directory` (BACKUP_DIR by default). Raises BackupFailed; earlier backups stay as they
    are."""
    directory = Path(directory or settings.BACKUP_DIR).resolve()
    with at_work_in(directory), only_backup():
        return take_in(directory, reason=reason)


def take_in(directory: Path, *, reason: str) -> Backup:
    """Takes a backup for a caller that holds the locks (`at_work_in`, `only_backup`)."""
    began = time.monotonic()
    _sweep(directory)
    path = directory / manifests.named(_free_second(directory))
    draft = path.with_name(f"{path.name}.part")
    try:
        deleting_again.write_up(directory)
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
    if directory == settings.BACKUP_DIR:
        noted.note_made(path, manifest.made_at)
    return Backup(path, manifest)


def latest(directory: Path, database: str) -> Backup | None:
    """Returns the newest backup of this database. Another database may keep its backups in the same directory."""
    return next((backup for backup in manifests.all_in(directory) if backup.manifest.database == database), None)


def is_due(directory: Path, *, now: datetime) -> bool:
    """Tells whether the database has users and its last backup is older than a day, whichever machine made it."""
    if not databases.has_people():
        return False
    last = latest(directory, databases.server().identity)
    is_recent = last is not None and now - last.manifest.made_at < noted.DAY
    return not is_recent and not noted.is_fresh(now)


def prune(directory: Path, *, days: int) -> list[Backup]:
    """Removes the backups that the retention does not keep. Returns them."""
    with at_work_in(directory):
        going = retention.superfluous(manifests.all_in(directory), now=datetime.now(UTC), days=days)
        for backup in going:
            backup.path.unlink()
            manifests.manifest_of(backup.path).unlink()
        return going


@contextmanager
def at_work_in(directory: Path) -> Iterator[None]:
    """Locks the directory, so that only one process works in it and unfinished files are those of dead ones. Raises
    BackupRuns where another holds the lock."""
    try:
        directory.mkdir(parents=True, exist_ok=True, mode=0o700)
        lock = (directory / ".lock").open("a")
    except OSError as error:
        raise BackupFailed(_trouble(directory, error)) from error
    with lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError as error:
            raise BackupRuns(f"in {directory}") from error
        yield


def only_backup() -> AbstractContextManager[None]:
    """Locks the database, so that no other machine backs it up at the same time. Entering raises
    BackupRuns where one does."""

    def refuse() -> None:
        raise BackupRuns("on another machine")

    return alone.alone(alone.BACKING_UP, refuse)


def _sweep(directory: Path) -> None:
    """Removes what a killed run left: drafts, and a manifest without its dump."""
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
    """Dumps and counts at the same time, from one snapshot, so that neither has rows that were written meanwhile."""
    server = databases.server()
    pg_dump = clients.program("pg_dump", at_least=server.major)
    if databases.hands_sessions_on():
        raise BackupFailed(POOLED)
    draft.touch(mode=0o600)
    try:
        with databases.session() as opened:
            databases.begin_snapshot(opened)
            snapshot = databases.row_of(opened, "SELECT pg_export_snapshot()")[0]
            where = f"--dbname={databases.conninfo()}"
            arguments = ["--format=custom", f"--snapshot={snapshot}", f"--file={draft}"]
            arguments += [f"--exclude-table-data=public.{table}" for table in census.LEFT_OUT]
            with ended(clients.start(pg_dump, *arguments, where)) as dumping:
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
    """Ends the program at the end of the block, also after an exception."""
    try:
        yield process
    finally:
        process.terminate()  # the program then cancels its statements on the server
        try:
            process.wait(5)
        except TimeoutExpired:
            process.kill()
            process.wait()


def _check_listing(draft: Path, manifest: Manifest) -> None:
    """Reads back the dump's table of contents and compares the number of tables."""
    pg_restore = clients.program("pg_restore", at_least=manifest.client_version)
    listed = clients.output(pg_restore, "--list", draft)
    held = sum(" TABLE DATA " in line for line in listed.stdout.splitlines())
    if listed.returncode or held != len(manifest.tables):
        reason = clients.why("pg_restore", listed.returncode, listed.stderr) if listed.returncode else f"{held} tables"
        raise BackupFailed(
            f"No backup was made: the dump cannot be read back ({reason}; {len(manifest.tables)} tables were dumped). "
            "Run it again; if this happens again, check the disk."
        )


def _publish(draft: Path, path: Path, manifest: Manifest) -> None:
    """Gives manifest and dump their final names. The manifest comes first, so that a dump under its final name always
    has one, even after a power cut in between."""
    about = manifests.manifest_of(path)
    unfinished = about.with_name(f"{about.name}.part")
    unfinished.touch(mode=0o600)
    with unfinished.open("w") as file:
        file.write(manifest.written())
        file.flush()
        os.fsync(file.fileno())
    unfinished.rename(about)
    draft.rename(path)  # pg_dump has synced the file to the disk
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
