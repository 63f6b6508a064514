"""Replaces the database by a backup that was proven complete, or leaves everything as it was."""

import signal
import sys
import time
from pathlib import Path

from django.core.management import BaseCommand

from metricgain.operations.backups import restoring
from metricgain.operations.servers import databases


class Command(BaseCommand):
    help = (
        "Restores a backup that `manage.py backup` made. It replaces a database with users only with --overwrite, and "
        "backs it up first. It migrates an older schema forward."
    )
    requires_system_checks = ()

    def add_arguments(self, parser):
        parser.add_argument("file", type=Path, metavar="FILE", help="the .dump; its .json belongs beside it")
        parser.add_argument("--overwrite", action="store_true", help="replace a database that has users")
        parser.add_argument(
            "--without-manifest", action="store_true", help="take a dump that has no .json beside it (pg_dump -Fc)"
        )
        parser.add_argument(
            "--without-safety-backup",
            action="store_true",
            help="do not back up the database that is replaced: it stays on the server under another name",
        )

    @databases.directly()
    def handle(self, *, file: Path, overwrite: bool, without_manifest: bool, without_safety_backup: bool, **options):
        signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))
        began = time.monotonic()
        restoring.restore(
            file,
            self.say,
            overwrite=overwrite,
            without_manifest=without_manifest,
            without_safety_backup=without_safety_backup,
        )
        self.say(f"Restored {file.name} in {time.monotonic() - began:.1f} s.")

    def say(self, sentence: str) -> None:
        self.stdout.write(sentence)
        self.stdout.flush()
