"""Backs up the whole database. Made for people, cron and systemd: prints one line when done, or the reason why not."""

import signal
import sys
from pathlib import Path

from django.conf import settings
from django.core.management import BaseCommand, CommandError
from django.template.defaultfilters import filesizeformat

from metricgain.operations.backups import census, loading, manifests, noted, taking
from metricgain.operations.servers import databases

NOT_VERIFIED = 3


class Command(BaseCommand):
    help = (
        "Backs up the whole database into BACKUP_DIR and removes backups older than the last BACKUP_DAYS days that "
        f"have a backup. Exit codes: 0 done, 1 no backup was made, {NOT_VERIFIED} a backup is not what it should be, "
        "75 another one is running. Use --verbosity 0 to print only failures."
    )
    requires_system_checks = ()

    def add_arguments(self, parser):
        parser.add_argument("--to", type=Path, metavar="DIR", help="use this directory instead of BACKUP_DIR")
        parser.add_argument(
            "--verify",
            nargs="?",
            const=True,
            metavar="FILE",
            help="restore the new backup (or this one, and make none) into a scratch database and compare every row",
        )
        parser.add_argument("--list", action="store_true", help="list the existing backups, and make none")

    @databases.directly()
    def handle(self, *, to: Path | None, verify: str | bool | None, list: bool, verbosity: int, **options):
        # An exception, so that `finally` ends pg_dump and removes the draft.
        signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))
        self.quiet = verbosity == 0
        directory = Path(to or settings.BACKUP_DIR).resolve()
        if list:
            return self.show(directory)
        if isinstance(verify, str):
            return self.verify(Path(verify).resolve())
        backup = taking.take(directory)
        self.say(f"Backup made: {_described(backup)}, in {backup.manifest.seconds} s")
        if verify:
            self.verify(backup.path)
        if gone := taking.prune(directory, days=settings.BACKUP_DAYS):
            self.say(f"Removed {len(gone)} older than the last {settings.BACKUP_DAYS} days with a backup.")

    def verify(self, path: Path) -> None:
        self.say(f"Verifying {path.name} in a scratch database")
        try:
            manifest = loading.verify(path, self.say)
        except loading.NotLoaded as error:
            raise CommandError(f"{path} did not pass: {error}", returncode=NOT_VERIFIED) from error
        noted.note_verified()
        rows = census.total(manifest.tables)
        self.say(f"Verified: all {rows:,} rows of {len(manifest.tables)} tables came back as they were.")

    def show(self, directory: Path) -> None:
        found = manifests.all_in(directory)
        for backup in reversed(found):
            self.stdout.write(f"{_described(backup)}, {backup.manifest.reason}")
        if not found:
            self.stdout.write(f"No backups in {directory} yet. `manage.py backup` makes one.")

    def say(self, sentence: str) -> None:
        if not self.quiet:
            self.stdout.write(sentence)
            self.stdout.flush()


def _described(backup: manifests.Backup) -> str:
    manifest = backup.manifest
    size = filesizeformat(manifest.size).replace("\xa0", " ")
    return f"{backup.path} ({size}, {census.total(manifest.tables):,} rows of {len(manifest.tables)} tables)"
