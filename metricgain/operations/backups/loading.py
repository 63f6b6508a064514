"""Loads a dump into an empty database, reports progress, and proves that all of it has arrived."""

import re
import subprocess
import threading
import time
from collections.abc import Callable
from pathlib import Path

import psycopg
from django.core.management import CommandError

from metricgain.operations.backups import census, manifests, taking
from metricgain.operations.backups.manifests import Backup, Manifest
from metricgain.operations.servers import clients, databases

Say = Callable[[str], object]
JOBS = 2
# pg_restore 17 and later set this parameter for its session. Servers before 17 do not know it; the error is harmless.
UNKNOWN_TO_OLD_SERVERS = re.compile(r'unrecognized configuration parameter "transaction_timeout"')
SIGNATURE = b"PGDMP"  # how a dump in the custom format begins


class NotLoaded(CommandError):
    """The message says what is wrong with the backup or what stopped the load. Our database was not touched."""


class Broken(NotLoaded):
    """The backup itself is damaged or is none of ours."""


def opened(path: Path, *, without_manifest: bool = False) -> Backup | None:
    """Returns the backup in this file if it is complete and matches its manifest. Returns None for a complete dump
    without a manifest, if `without_manifest` allows that. Raises NotLoaded or Broken otherwise."""
    if not path.is_file():
        raise NotLoaded(f"There is no backup {path}. `manage.py backup --list` shows the ones that exist.")
    with path.open("rb") as file:
        if file.read(len(SIGNATURE)) != SIGNATURE:
            raise Broken(f"{path} is not a backup of MetricGain (not a PostgreSQL dump in the custom format).")
    about = manifests.manifest_of(path)
    if not about.is_file():
        if without_manifest:
            _read_through(path)
            return None
        raise NotLoaded(
            f"{about.name} is not beside {path}: it belongs to the backup, and shows whether the backup is whole. Put "
            "it there, or use --without-manifest."
        )
    try:
        manifest = manifests.read(about)
    except manifests.NotAManifest as error:
        raise Broken(f"{error}. Use another backup, or --without-manifest.") from error
    if (size := path.stat().st_size) != manifest.size:
        raise Broken(f"{path} is not whole: it has {size:,} bytes of {manifest.size:,}. Use another backup.")
    if manifests.checksum(path) != manifest.sha256:
        raise Broken(f"{path} is not as it was written: its checksum differs. Use another backup.")
    return Backup(path, manifest)


def verify(path: Path, say: Say) -> Manifest:
    """Restores the backup into a scratch database, compares every table with the manifest, and drops that database."""
    found = opened(path)
    assert found is not None, "a dump without a manifest is refused"
    manifest = found.manifest
    with databases.beside("verify") as scratch:
        load(path, manifest, scratch, say)
        compare(manifest, scratch)
    return manifest


def load(path: Path, manifest: Manifest | None, into: str, say: Say) -> None:
    """Fills the empty database `into`. Either loads everything or raises NotLoaded."""
    server = databases.server()
    needed = max(server.major, manifest.client_version if manifest else server.major)
    pg_restore = clients.program("pg_restore", at_least=needed)
    where = f"--dbname={databases.conninfo(into)}"
    arguments = ["--verbose", "--no-owner", "--no-privileges", f"--jobs={JOBS}", where, path]
    with taking.ended(clients.start(pg_restore, *arguments)) as process:
        said = _watch(process, into, census.total(manifest.tables) if manifest else 0, say)
    errors = [line for line in said if "error:" in line and not UNKNOWN_TO_OLD_SERVERS.search(line)]
    if process.returncode < 0 or errors or (process.returncode and not any(map(UNKNOWN_TO_OLD_SERVERS.search, said))):
        raise NotLoaded(_why(process.returncode, said, errors, manifest, server))
    with databases.session(into) as session:
        session.execute("ANALYZE")


def compare(manifest: Manifest, database: str) -> None:
    with databases.session(database) as session:
        databases.begin_snapshot(session)
        found = census.taken(session)
    same_major = manifest.server_major == databases.server().major
    if wrong := census.differences(manifest.tables, found, sums=same_major):
        raise Broken(f"What was restored is not what was backed up: {'; '.join(wrong)}. Use another backup.")


def _watch(process: subprocess.Popen, into: str, rows: int, say: Say) -> list[str]:
    """Reports progress, at most once per tenth of the rows. Returns the program's lines of output."""
    said: list[str] = []
    reader = threading.Thread(target=lambda: said.extend(process.stderr or ()), daemon=True)
    reader.start()
    began, told = time.monotonic(), 0
    with databases.session(into) as session:
        while process.poll() is None:
            time.sleep(0.05 if time.monotonic() - began < 2 else 1)
            done = _rows_in(session)
            tenths = min(10, done * 10 // rows) if rows else 0
            if tenths > told:
                told = tenths
                then = "; now the indexes and constraints" if tenths == 10 else ""
                say(f"  {tenths * 10} % of {rows:,} rows, {time.monotonic() - began:.0f} s{then}")
    reader.join()
    if process.wait() == 0 and told < 10:  # it ended before the statistics knew
        say(f"  100 % of {rows:,} rows, {time.monotonic() - began:.0f} s")
    return said


def _rows_in(session: psycopg.Connection) -> int:
    """Returns the rows copied so far. The server's statistics lag behind, which is good enough for progress."""
    return databases.row_of(
        session,
        "SELECT coalesce((SELECT sum(n_tup_ins) FROM pg_stat_user_tables), 0)::bigint + coalesce((SELECT "
        "sum(tuples_processed) FROM pg_stat_progress_copy WHERE datname = current_database()), 0)::bigint",
    )[0]


def _read_through(path: Path) -> None:
    """Checks a dump without a manifest. Only reading all of it shows that it is complete and ours. Raises Broken."""
    pg_restore = clients.program("pg_restore", at_least=databases.server().major)
    listed = clients.output(pg_restore, "--list", path)
    read = clients.output(pg_restore, "--file=/dev/null", path)
    for done in (listed, read):
        if done.returncode:
            reason = clients.why("pg_restore", done.returncode, done.stderr)
            raise Broken(f"{path} is not whole, or of a newer PostgreSQL: {reason}. Use another backup.")
    tables = set(re.findall(r" TABLE DATA public (\S+) ", listed.stdout))
    if not {"users", "django_migrations"} <= tables:
        raise Broken(f"{path} is a dump of another application: it has no users of MetricGain.")


def _why(returncode: int, said: list[str], errors: list[str], manifest: Manifest | None, server) -> str:
    everything = "".join(said)
    if clients.is_disk_full(everything):
        return "The disk of the database server is full: make room there, then run again."
    reason = clients.why("pg_restore", returncode, "".join(errors) or everything)
    if manifest and manifest.server_major > server.major:
        reason += f" (the backup is from PostgreSQL {manifest.server_version}, this server is {server.version})"
    return f"The backup does not load: {reason}. Your database was not touched."
