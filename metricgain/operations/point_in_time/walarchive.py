"""The archive of the write-ahead log. With a base backup it brings the embedded PostgreSQL back to any moment of the
last week.

The server itself archives each segment of its log (`archive_command`): compressed, under a temporary name, then
renamed. The archive lies beside the backups, with a directory per cluster, so that no two clusters write into one."""

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
from metricgain.users.leaving import ledger

DAY = timedelta(days=1)
PATIENCE = 90  # seconds; after a failure the server tries again in a minute
SEGMENT = re.compile(r"([0-9A-F]{24})(\.[0-9A-F]{8}\.backup|\.partial)?\.gz")
NAMED = "%Y-%m-%dT%H%M%SZ"
OPTIONS = ("archive_mode", "archive_command", "archive_timeout")
Say = Callable[[str], object]


class ArchiveFailed(CommandError):
    """The message says what could not be archived and what to do."""


@dataclass(frozen=True, slots=True)
class Base:
    """A base backup: a copy of the cluster's files. With the log from its start on, it becomes the cluster at any
    moment after its end."""

    path: Path
    ended_at: datetime
    timeline: int
    first_segment: str  # the number of its first log segment, without the timeline


class Archive:
    def __init__(self, server: embedded.EmbeddedPostgres, path: Path):
        self.server = server
        self.path, self.wal, self.base = path, path / "wal", path / "base"

    def bases(self) -> list[Base]:
        """Returns the complete base backups, oldest first."""
        found = [_base(path) for path in self.base.glob("*Z") if (path / "backup_manifest").exists()]
        return sorted(found, key=lambda base: base.ended_at)

    def make_room(self) -> None:
        """Makes the directories and lets the server write into them. Where we are root, the server is another user."""
        try:
            settings.BACKUP_DIR.mkdir(parents=True, exist_ok=True, mode=0o700)
            for path in (self.path, self.wal, self.base):
                path.mkdir(parents=True, exist_ok=True, mode=0o700)
            if os.geteuid() == 0:
                owner = self.server.cluster.stat()
                for path in (self.path, self.wal, self.base):
                    os.chown(path, owner.st_uid, owner.st_gid)
                for path in (settings.BACKUP_DIR, self.path.parent):
                    # The server may pass through but not read; only root reads the backups.
                    path.chmod(path.stat().st_mode | 0o011)
        except OSError as error:
            raise ArchiveFailed(
                f"Cannot make {self.path} ({error.strerror}). Give BACKUP_DIR to this user, or set it to another."
            ) from error
        if subprocess.run(["test", "-w", self.wal], check=False, cwd="/", **self.server.identity()).returncode:
            raise ArchiveFailed(
                f"PostgreSQL, which runs as another user, cannot reach {self.wal}. Let it through the directories "
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
        ended = datetime.now(UTC) + timedelta(seconds=1)  # the name has no fractions, and must not be too early
        return _base(draft.rename(self.base / f"{ended:{NAMED}}"))

    def prune(self, *, now: datetime) -> int:
        """Removes base backups and log segments that no moment of the window needs. Returns the number of segments."""
        bases = self.bases()
        outside = [base for base in bases if base.ended_at <= now - ledger.WINDOW]
        for base in outside[:-1]:  # the last base before the window serves the first moments in it
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
        """Waits until the log up to now is archived. Raises ArchiveFailed after PATIENCE seconds."""
        with databases.session() as session:
            # Writes a commit, because a recovery stops only at one after its moment.
            session.execute("SELECT pg_current_xact_id()")
            current = databases.row_of(session, "SELECT pg_walfile_name(pg_switch_wal())")[0]
        deadline = time.monotonic() + PATIENCE
        while not (self.wal / f"{current}.gz").exists():
            if time.monotonic() > deadline:
                raise ArchiveFailed(
                    f"PostgreSQL does not archive its log into {self.wal}. See the end of {self.server.log}, make "
                    "room or correct what it names, then run this again."
                )
            time.sleep(0.05)

    # Each recovery begins a new timeline, and the log of the old one stays. `recoveries.json` notes when each began.

    def timeline_at(self, moment: datetime, base: Base) -> int:
        begun = [line["timeline"] for line in self._recoveries() if datetime.fromisoformat(line["at"]) <= moment]
        return max([base.timeline, *begun])

    def begin_timeline(self, timeline: int, *, at: datetime) -> None:
        """Notes the new timeline after a recovery. Also archives the file that says where it branches off, which the
        server did not do, because archiving is off during a recovery."""
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
    """Makes a base backup if the last is older than a day, and removes what the window no longer needs."""
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
    return Archive(embedded.EmbeddedPostgres(settings.DATA_DIR), ledger.archive() / system)


def archive_command(wal: Path) -> str:
    """Returns the command that archives a segment. It never overwrites one: an archived segment with the same contents,
    as after a crash, counts as success, any other as failure."""
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
        first_segment=f"{high:08X}{low >> 24:08X}",  # segments of 16 MB, initdb's default
    )


def failure() -> str | None:
    """Returns the segment that the server failed to archive last, and when; None if it has succeeded since."""
    with databases.session() as session:
        found = session.execute(
            "SELECT last_failed_wal, last_failed_time FROM pg_stat_archiver "
            "WHERE last_failed_time > coalesce(last_archived_time, '-infinity')"
        ).fetchone()
    return f"{found[0]}, at {found[1]:%Y-%m-%d %H:%M}" if found else None
