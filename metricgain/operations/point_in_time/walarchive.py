"""The write-ahead log, kept: with a base backup it brings the embedded PostgreSQL back to any moment of the last week.

The server itself hands over each piece of its log (`archive_command`), compressed, under a temporary name, then
renamed. It lies beside the backups, in a directory for each database cluster, so that two never write into one."""

import gzip
import json
import os
import re
import shlex
import shutil
import subprocess
import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

from django.conf import settings
from django.core.management import CommandError
from psycopg import sql

from metricgain.operations.servers import databases, embedded, postmaster

WINDOW = timedelta(days=7)
DAY = timedelta(days=1)
PATIENCE = 90  # seconds: after a failure the server waits a minute before it tries again
SEGMENT = re.compile(r"([0-9A-F]{24})(\.[0-9A-F]{8}\.backup|\.partial)?\.gz")
NAMED = "%Y-%m-%dT%H%M%SZ"
OPTIONS = ("archive_mode", "archive_command", "archive_timeout")
Say = Callable[[str], object]


class ArchiveFailed(CommandError):
    """Says what is not archived, and what to do."""


@dataclass(frozen=True, slots=True)
class Base:
    """A copy of the cluster's files; with the log from its start on it becomes any moment after its end."""

    path: Path
    ended_at: datetime
    timeline: int
    first_segment: str  # the number of the piece of the log with which it begins, without the timeline


class Archive:
    def __init__(self, server: embedded.EmbeddedPostgres, path: Path):
        self.server = server
        self.path, self.wal, self.base = path, path / "wal", path / "base"

    def bases(self) -> list[Base]:
        """The oldest first."""
        found = [_base(path) for path in self.base.glob("*Z") if (path / "backup_manifest").exists()]
        return sorted(found, key=lambda base: base.ended_at)

    def make_room(self) -> None:
        """Directories into which the server can write: as root, that is another user."""
        try:
            settings.BACKUP_DIR.mkdir(parents=True, exist_ok=True, mode=0o700)
            for path in (self.path, self.wal, self.base):
                path.mkdir(parents=True, exist_ok=True, mode=0o700)
            if os.geteuid() == 0:
                owner = self.server.cluster.stat()
                for path in (self.path, self.wal, self.base):
                    os.chown(path, owner.st_uid, owner.st_gid)
                for path in (settings.BACKUP_DIR, self.path.parent):
                    path.chmod(path.stat().st_mode | 0o011)  # through, not in: the backups are root's alone
        except OSError as error:
            raise ArchiveFailed(
                f"Cannot make {self.path} ({error.strerror}). Give BACKUP_DIR to this user, or set it to another."
            ) from error
        if subprocess.run(["test", "-w", self.wal], check=False, cwd="/", **self.server.identity()).returncode:
            raise ArchiveFailed(
                f"PostgreSQL, which runs as another user, does not reach {self.wal}. Let it through the directories "
                "above (chmod o+x), or set BACKUP_DIR to a place outside private homes."
            )

    def take_base(self) -> Base:
        draft = self.base / f"{datetime.now(UTC):{NAMED}}.part"
        for left in self.base.glob("*.part"):
            shutil.rmtree(left)
        where = ["-h", self.server.sockets, "-p", postmaster.PORT, "-U", "postgres"]
        how = ["--format=tar", "--compress=gzip:1", "--wal-method=stream", "--checkpoint=fast"]
        try:
            self.server.run("pg_basebackup", "-D", draft, *where, *how)
            self.server.run("pg_verifybackup", "--no-parse-wal", draft)
        except embedded.EmbeddedPostgresError as error:
            shutil.rmtree(draft, ignore_errors=True)
            raise ArchiveFailed(f"No base backup was made in {self.base}: {error}") from error
        ended = datetime.now(UTC) + timedelta(seconds=1)  # its name has no fractions, and it may not be named too early
        return _base(draft.rename(self.base / f"{ended:{NAMED}}"))

    def prune(self, *, now: datetime) -> int:
        """Removes what no moment of the window needs; says how many files that were."""
        bases = self.bases()
        outside = [base for base in bases if base.ended_at <= now - WINDOW]
        for base in outside[:-1]:  # the last one before the window is where its first moments start
            shutil.rmtree(base.path)
        kept = bases[max(0, len(outside) - 1) :]
        if not kept:
            return 0
        first = min(base.first_segment for base in kept)
        going = [path for path in self.wal.iterdir() if (name := SEGMENT.fullmatch(path.name)) and name[1][8:] < first]
        for path in going:
            path.unlink()
        return len(going)

    def hand_over(self) -> None:
        """Waits until all that has happened is archived."""
        with databases.session() as session:
            session.execute("SELECT pg_current_xact_id()")  # a commit, however small: a recovery stops at a later one
            current = databases.row_of(session, "SELECT pg_walfile_name(pg_switch_wal())")[0]
        deadline = time.monotonic() + PATIENCE
        while not (self.wal / f"{current}.gz").exists():
            if time.monotonic() > deadline:
                raise ArchiveFailed(
                    f"PostgreSQL does not archive its log into {self.wal}. See the end of {self.server.log}, make room "
                    "or set it right, then run again."
                )
            time.sleep(0.05)

    # Which timeline was in force when: each recovery begins another one, and the old one's log is still here.

    def timeline_at(self, moment: datetime, base: Base) -> int:
        begun = [line["timeline"] for line in self._recoveries() if datetime.fromisoformat(line["at"]) <= moment]
        return max([base.timeline, *begun])

    def begin_timeline(self, timeline: int, *, at: datetime) -> None:
        """After a recovery. The server did not archive where the new one branches off, since it was not to archive what
        might come to nothing."""
        history = f"{timeline:08X}.history"
        with gzip.open(self.wal / f"{history}.gz", "wb") as file:
            file.write((self.server.cluster / "pg_wal" / history).read_bytes())
        noted = [*self._recoveries(), {"timeline": timeline, "at": at.isoformat()}]
        (self.path / "recoveries.json").write_text(json.dumps(noted, indent=1) + "\n")

    def _recoveries(self) -> list[dict]:
        try:
            return json.loads((self.path / "recoveries.json").read_text())
        except FileNotFoundError:
            return []


def enable(say: Say) -> Archive:
    archive = of_this_server()
    archive.make_room()
    wanted = {"archive_mode": "on", "archive_command": archive_command(archive.wal), "archive_timeout": "60s"}
    with databases.session() as session:
        for option, value in wanted.items():
            session.execute(sql.SQL("ALTER SYSTEM SET {} = {}").format(sql.Identifier(option), sql.Literal(value)))
        session.execute("SELECT pg_reload_conf()")
        on = databases.row_of(session, "SHOW archive_mode")[0] == "on"
    if not on:
        say("Restarting PostgreSQL")
        archive.server.restart()
    archive.hand_over()
    say("Making the first base backup")
    archive.take_base()
    return archive


def disable(say: Say) -> None:
    archive = of_this_server()
    with databases.session() as session:
        for option in OPTIONS:
            session.execute(sql.SQL("ALTER SYSTEM RESET {}").format(sql.Identifier(option)))
    say("Restarting PostgreSQL")
    archive.server.restart()


def is_on() -> bool:
    with databases.session() as session:
        return databases.row_of(session, "SHOW archive_mode")[0] == "on"


def keep_up(*, now: datetime) -> Base | None:
    """A base backup a day, where the log is archived; what the window does not need any more goes."""
    archive = of_this_server()
    bases = archive.bases()
    if bases and now - bases[-1].ended_at < DAY:
        return None
    base = archive.take_base()
    archive.prune(now=now)
    return base


def of_this_server() -> Archive:
    if not settings.EMBEDDED_POSTGRES:
        raise ArchiveFailed(
            "This is for the embedded PostgreSQL. For a server of your own, docs/operations.md has the steps under "
            '"Back to a moment".'
        )
    system = databases.server().identity.split("/")[0]
    return Archive(embedded.EmbeddedPostgres(settings.DATA_DIR), everywhere() / system)


def everywhere() -> Path:
    return Path(settings.BACKUP_DIR) / "wal-archive"


def archive_command(wal: Path) -> str:
    """What is there already is fine if it is the same, as it is after a crash; never written over."""
    target = f"{_shell(wal)}/%f.gz"
    return (
        f'if test -e {target}; then gzip -dc {target} | cmp -s - "%p"; else gzip -nc "%p" > {target}.part && '
        f"{{ sync {target}.part || sync; }} 2>/dev/null && mv {target}.part {target}; fi"
    )


def restore_command(wal: Path) -> str:
    return f'gzip -dc {_shell(wal)}/%f.gz > "%p"'


def _shell(path: Path) -> str:
    return shlex.quote(str(path)).replace("%", "%%")


def _base(path: Path) -> Base:
    first = json.loads((path / "backup_manifest").read_text())["WAL-Ranges"][0]
    high, low = (int(part, 16) for part in first["Start-LSN"].split("/"))
    return Base(
        path,
        ended_at=datetime.strptime(path.name.removesuffix(".part"), NAMED).replace(tzinfo=UTC),
        timeline=first["Timeline"],
        first_segment=f"{high:08X}{low >> 24:08X}",  # pieces of 16 MB, as initdb makes them
    )


def failure() -> str | None:
    """What the server could not archive, if that is how it stands."""
    with databases.session() as session:
        found = session.execute(
            "SELECT last_failed_wal, last_failed_time FROM pg_stat_archiver "
            "WHERE last_failed_time > coalesce(last_archived_time, '-infinity')"
        ).fetchone()
    return f"{found[0]}, at {found[1]:%Y-%m-%d %H:%M}" if found else None
