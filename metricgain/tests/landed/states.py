"""Databases as versions that have landed left them: a dump of each, with one lifter, that a test brings up to date."""

import gzip
from pathlib import Path

from metricgain.operations.servers import clients, databases

DUMPS = Path(__file__).parent / "dumps"
LARGEST = 100_000  # bytes
# What `seed` brings is left out, save what the lifter trains.
LEAVE_OUT = """
DELETE FROM exercises WHERE is_system AND id NOT IN (SELECT exercise_id FROM workout_exercises);
DELETE FROM templates WHERE is_system;
DELETE FROM django_session;
"""
FORGET = "DELETE FROM removed_seeds; DELETE FROM shared_cache;"  # what the deletions above were remembered by


def dumps() -> list[Path]:
    return sorted(DUMPS.glob("*.sql.gz"))


def load(dump: Path, database: str) -> None:
    """Loads the dump into an empty database."""
    with databases.session(database) as session:
        session.execute(gzip.decompress(dump.read_bytes()).decode())


def write(name: str, database: str) -> Path:
    """Takes what `seed` brings out of the database, and dumps it."""
    with databases.session(database) as session:
        session.execute(LEAVE_OUT)
        if session.execute("SELECT to_regclass('removed_seeds')").fetchone()[0]:
            session.execute(FORGET)
    dump = DUMPS / f"{name}.sql.gz"
    dump.write_bytes(gzip.compress(text_of(database, "--inserts").encode(), mtime=0))
    assert dump.stat().st_size <= LARGEST, f"{dump} has {dump.stat().st_size:,} bytes, {LARGEST:,} at most"
    return dump


def text_of(database: str, *options: str) -> str:
    """Returns what pg_dump writes, without what only psql understands and what a server of another version does not
    know."""
    pg_dump = clients.program("pg_dump", at_least=databases.server().major)
    told = clients.output(
        pg_dump, "--no-owner", "--no-privileges", *options, f"--dbname={databases.conninfo(database)}"
    )
    assert told.returncode == 0, told.stderr
    lines = told.stdout.splitlines(keepends=True)
    return "".join(line for line in lines if not line.startswith(("\\", "--", "SET transaction_timeout")))
