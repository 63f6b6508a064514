"""Brings the embedded PostgreSQL back to a moment. A new cluster beside the running one starts from a base backup from
before the moment and reads the log up to it. Then the two swap places; until then the old cluster is unchanged."""

import os
import shutil
import subprocess
import time
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import psycopg
from django.conf import settings
from django.core.management import CommandError

from metricgain.jobs.models import INTERRUPT
from metricgain.operations import deleting_again
from metricgain.operations.point_in_time import walarchive
from metricgain.operations.point_in_time.walarchive import Archive, Base
from metricgain.operations.servers import databases, embedded, postmaster, running
from metricgain.users.leaving import ledger

PATIENCE = 24 * 3600  # seconds; reading a week's log may take hours
Say = Callable[[str], object]


class RecoveryFailed(CommandError):
    """The message says why the recovery failed and what to do. The database is unchanged."""


def recover(moment: datetime | None, say: Say) -> None:
    """Recovers the database as it was at `moment`. None recovers to the end of the log, for a database that is lost."""
    archive = _archive()
    if ports := running.serving(settings.DATA_DIR):
        raise RecoveryFailed(f"MetricGain is being served (port {min(ports)}). Run `make stop`, then run this again.")
    now = datetime.now(UTC)
    base = _base_before(archive, moment or now)
    if moment and moment >= now:
        raise RecoveryFailed(f"{_told(moment)} is still to come. Choose an earlier time.")
    if archive.path == walarchive.of_this_server().path and walarchive.is_on():
        archive.hand_over()
    deleted = deleting_again.known()
    server = _unpack(archive, base, say)
    try:
        _roll_forward(archive, server, base, moment, say)
        timeline, users = _arrived(server, deleted, say)
        server.stop()
        kept = _change_places(server)
    except (embedded.EmbeddedPostgresError, psycopg.Error, OSError) as error:
        raise RecoveryFailed(f"{_reason(server) or error} Your database is as it was.") from error
    finally:
        server.stop()
        shutil.rmtree(server.data_dir, ignore_errors=True)
    archive.begin_timeline(timeline, at=now)
    say(f"Recovered: {users:,} users. The previous data is in {kept}; delete it when you no longer need it.")
    say("Making a new base backup")
    archive.take_base()


def _archive() -> Archive:
    """Returns this server's archive; where that is empty, because the server is new, the only other archive."""
    ours = walarchive.of_this_server()
    if ours.bases():
        return ours
    others = [Archive(ours.server, path) for path in ledger.archive().glob("*") if path.is_dir()]
    others = [archive for archive in others if archive.bases()]
    if len(others) == 1:
        return others[0]
    if others:
        names = ", ".join(str(archive.path) for archive in others)
        raise RecoveryFailed(f"There are archives of several databases: {names}. Move away those that you do not mean.")
    raise RecoveryFailed(
        f"There is no base backup in {ours.path.parent}. For now, restore a backup with `manage.py restore`; "
        "`manage.py pitr enable` makes a base backup for the next time."
    )


def _base_before(archive: Archive, moment: datetime) -> Base:
    bases = archive.bases()
    fitting = [base for base in bases if base.ended_at <= moment]
    if not fitting:
        raise RecoveryFailed(f"The earliest moment to come back to is {_told(bases[0].ended_at)}.")
    return fitting[-1]


def _unpack(archive: Archive, base: Base, say: Say) -> embedded.EmbeddedPostgres:
    say(f"Unpacking the base backup of {_told(base.ended_at)}")
    server = embedded.EmbeddedPostgres(archive.server.data_dir / "recovering")
    server.stop()
    shutil.rmtree(server.data_dir, ignore_errors=True)
    server.cluster.mkdir(parents=True)
    server.cluster.chmod(0o700)
    if os.geteuid() == 0:
        owner = archive.path.stat()  # the user that PostgreSQL runs as
        os.chown(server.cluster, owner.st_uid, owner.st_gid)
    for packed, place in (("base", server.cluster), ("pg_wal", server.cluster / "pg_wal")):
        command = ["tar", "-xzf", str(base.path / f"{packed}.tar.gz"), "-C", str(place)]
        done = subprocess.run(command, capture_output=True, text=True, check=False, cwd="/", **server.identity())
        if done.returncode:
            shutil.rmtree(server.data_dir, ignore_errors=True)
            raise RecoveryFailed(
                f"The base backup cannot be unpacked: {done.stderr.strip()}. Make room on the disk of "
                f"{server.data_dir}, or move {base.path} away to start from an earlier one."
            )
    return server


def _roll_forward(
    archive: Archive, server: embedded.EmbeddedPostgres, base: Base, moment: datetime | None, say: Say
) -> None:
    """Starts the unpacked cluster and waits until it has read the log up to `moment` (None: to its end)."""
    timeline = archive.timeline_at(moment or datetime.now(UTC), base)
    wanted = {
        "restore_command": walarchive.restore_command(archive.wal),
        "recovery_target_timeline": str(timeline),
        "recovery_target_action": "promote",
        "archive_mode": "off",  # a recovery that fails must leave nothing in the archive
    }
    if moment:
        wanted["recovery_target_time"] = moment.isoformat()
    configuration = server.cluster / "postgresql.auto.conf"
    before = configuration.read_text()
    lines = "".join(f"{option} = '{_quoted(value)}'\n" for option, value in wanted.items())
    configuration.write_text(before + lines)
    signal = server.cluster / "recovery.signal"
    signal.touch(mode=0o600)
    if os.geteuid() == 0:
        owner = server.cluster.stat()
        os.chown(signal, owner.st_uid, owner.st_gid)
    say(f"Reading the log up to {_told(moment)}" if moment else "Reading the log to its end")
    server.start()
    _wait_for_promotion(server, say)
    configuration.write_text(before)


def _wait_for_promotion(server: embedded.EmbeddedPostgres, say: Say) -> None:
    began = told = time.monotonic()
    while time.monotonic() - began < PATIENCE:
        try:
            with _session(server) as session:
                recovering, reached = databases.row_of(
                    session, "SELECT pg_is_in_recovery(), pg_last_xact_replay_timestamp()"
                )
        except psycopg.OperationalError as error:
            if postmaster.running_pid(server.cluster) is None:
                raise RecoveryFailed(f"{_reason(server)} Your database is as it was.") from error
            recovering, reached = True, None
        if not recovering:
            return
        if time.monotonic() - told > 5 and reached:
            told = time.monotonic()
            say(f"  at {_told(reached)}")
        time.sleep(0.1)
    raise RecoveryFailed(f"PostgreSQL did not read the log within a day; see {server.log}. Your database is as it was.")


def _arrived(server: embedded.EmbeddedPostgres, deleted: set[ledger.Line], say: Say) -> tuple[int, int]:
    with _session(server) as session:
        if databases.row_of(session, "SELECT to_regclass('users')")[0]:
            deleting_again.delete_known(session, deleted, say)
        if databases.row_of(session, "SELECT to_regclass('jobs')")[0]:
            session.execute(INTERRUPT)
        session.execute("CHECKPOINT")
        timeline = databases.row_of(session, "SELECT timeline_id FROM pg_control_checkpoint()")[0]
        return timeline, databases.row_of(session, "SELECT count(*) FROM users")[0]


def _change_places(server: embedded.EmbeddedPostgres) -> Path:
    ours = embedded.EmbeddedPostgres(settings.DATA_DIR)
    kept = ours.cluster.with_name(f"postgres.before-{datetime.now(UTC):%Y-%m-%dT%H%M%SZ}")
    ours.stop()
    ours.cluster.rename(kept)
    try:
        server.cluster.rename(ours.cluster)
    except OSError:
        kept.rename(ours.cluster)
        raise
    finally:
        ours.start()
    return kept


def _session(server: embedded.EmbeddedPostgres) -> psycopg.Connection:
    return psycopg.connect(
        host=str(server.sockets), port=postmaster.PORT, user="postgres", dbname=embedded.DATABASE, autocommit=True
    )


def _reason(server: embedded.EmbeddedPostgres) -> str:
    said = server.log.read_text(errors="replace") if server.log.exists() else ""
    if "recovery ended before configured recovery target was reached" in said:
        return "The archived log ends before that moment; `--to latest` goes as far as the log does."
    errors = [line.partition("FATAL:")[2].strip() for line in said.splitlines() if "FATAL:" in line]
    return f"PostgreSQL did not get there: {errors[-1]}." if errors else ""


def _quoted(value: str) -> str:
    return value.replace("'", "''")


def _told(moment: datetime) -> str:
    """Returns the moment in the machine's time zone, as people type it."""
    return f"{moment.astimezone():%Y-%m-%d %H:%M:%S %Z}"
