"""Decides which backups may go. Days without a backup do not count, so an app that rests for a year keeps its
backups."""

from collections.abc import Iterable
from datetime import datetime, timedelta

from metricgain.operations.backups.manifests import Backup

RECENT = timedelta(days=2)  # all backups this young stay, because damage is often noticed hours later


def superfluous(backups: Iterable[Backup], *, now: datetime, days: int) -> list[Backup]:
    """Returns the backups that may go.

    Of each of the last `days` days that have backups, the newest one stays per database, schema and reason, so that the
    evening's does not push out the one from before a migration. The newest of each database always stays."""
    newest_first = sorted(backups, key=lambda backup: backup.manifest.made_at, reverse=True)
    days_kept = sorted({backup.manifest.made_at.date() for backup in newest_first}, reverse=True)[:days]
    kinds, databases, going = set(), set(), []
    for backup in newest_first:
        manifest = backup.manifest
        day = manifest.made_at.date()
        kind = (day, manifest.database, manifest.schema, manifest.reason)
        last_of_its_database = manifest.database not in databases
        recent = now - manifest.made_at < RECENT
        if not (last_of_its_database or recent or (day in days_kept and kind not in kinds)):
            going.append(backup)
        kinds.add(kind)
        databases.add(manifest.database)
    return going
