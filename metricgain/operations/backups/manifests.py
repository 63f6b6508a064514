"""A backup consists of a dump and a manifest beside it, which lists the dump's contents and its checksum."""

import hashlib
import json
import re
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from pathlib import Path

from metricgain.operations.backups.census import Census, Table

FORMAT = 1
NAMED = re.compile(r"metricgain-\d{4}-\d\d-\d\dT\d{6}Z\.(dump|json)(\.part)?")
ASKED, DAILY, BEFORE_MIGRATING, BEFORE_RESTORING = "asked for", "daily", "before migrating", "before restoring"


class NotAManifest(ValueError):
    """The file is no manifest, or none that this version can read."""


@dataclass(frozen=True, slots=True)
class Manifest:
    made_at: datetime
    reason: str
    database: str  # the identity of server and database
    server_version: str
    client_version: int  # of pg_dump; only a pg_restore of this major version or later reads the file
    migrations: list[str]
    tables: Census
    size: int
    sha256: str
    seconds: float

    @property
    def server_major(self) -> int:
        return int(self.server_version.split(".")[0])

    @property
    def schema(self) -> str:
        """A name for the schema's version: the same migrations give the same name."""
        return hashlib.sha256("\n".join(self.migrations).encode()).hexdigest()[:12]

    def written(self) -> str:
        facts = asdict(self) | {"format": FORMAT, "made_at": self.made_at.isoformat(), "schema": self.schema}
        return json.dumps(facts, indent=1) + "\n"


@dataclass(frozen=True, slots=True)
class Backup:
    path: Path
    manifest: Manifest


def named(when: datetime) -> str:
    return f"metricgain-{when.astimezone(UTC):%Y-%m-%dT%H%M%SZ}.dump"


def manifest_of(dump: Path) -> Path:
    return dump.with_suffix(".json")


def read(path: Path) -> Manifest:
    try:
        facts = json.loads(path.read_text())
        if facts.pop("format") != FORMAT:
            raise NotAManifest(f"{path} was written by a newer MetricGain")
        facts.pop("schema")
        facts["made_at"] = datetime.fromisoformat(facts["made_at"])
        facts["tables"] = {name: Table(**table) for name, table in facts["tables"].items()}
        return Manifest(**facts)
    except NotAManifest:
        raise
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        raise NotAManifest(f"{path} is not the manifest of a MetricGain backup") from error


def all_in(directory: Path) -> list[Backup]:
    """Returns the complete backups in `directory`, newest first. Leaves out foreign and incomplete files."""
    found = []
    for path in directory.glob("metricgain-*.dump"):
        if NAMED.fullmatch(path.name) and manifest_of(path).is_file():
            try:
                backup = Backup(path, read(manifest_of(path)))
            except (NotAManifest, OSError):
                continue
            if path.stat().st_size == backup.manifest.size:
                found.append(backup)
    return sorted(found, key=lambda backup: backup.manifest.made_at, reverse=True)


def checksum(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
