"""`manage.py import_logs FILE --user EMAIL`: brings the logs of another app to an account."""

import hashlib
from pathlib import Path

from django.core.management.base import BaseCommand, CommandError
from django.db import transaction
from django.utils import timezone

from metricgain.transfer.files.unreadable import Unreadable
from metricgain.transfer.history.looking import look_at
from metricgain.transfer.history.storing import store
from metricgain.transfer.reading import read
from metricgain.transfer.words import left_in_words
from metricgain.users.models import Unit, User
from training.models import Import


class Command(BaseCommand):
    help = (
        "Stores the sessions of another app's export as an account's history. The page “Bring your logs” can undo it."
    )

    def add_arguments(self, parser):
        parser.add_argument("file", type=Path, help="the export, as the app made it")
        parser.add_argument("--user", required=True, metavar="EMAIL", help="whose history it becomes")
        parser.add_argument("--dry-run", action="store_true", help="say what would be stored, and store nothing")
        parser.add_argument("--unit", choices=Unit.values, help="of the weights, where the file does not say it")

    def handle(self, *, file: Path, user: str, dry_run: bool, unit: str | None, **options):
        owner = User.objects.filter(email__iexact=user).first()
        if owner is None:
            raise CommandError(f"Nobody here has the email {user}.")
        try:
            book = read(file, zone=owner.zone)
        except (OSError, Unreadable) as refused:
            raise CommandError(str(refused)) from refused
        with file.open("rb") as opened:
            digest = hashlib.file_digest(opened, "sha256").hexdigest()
        look = look_at(owner, book, now=timezone.now())
        asked = look["unit"]
        if asked and not unit and not asked["is_sure"]:
            raise CommandError(f"The file does not say its unit. {asked['evidence']} Say --unit kg or --unit lb.")
        with transaction.atomic():
            import_ = Import.objects.create(
                user=owner,
                file_name=file.name[-255:],
                sha256=digest,
                app=book.app,
                look=look,
                choices={"unit": unit or (asked and asked["proposed"])},
            )
            stored = store(import_, book, now=timezone.now())
            transaction.set_rollback(dry_run)
        self.stdout.write(f"{stored.app}: {look['here']} sessions are here already.")
        for count, words in left_in_words((stored.look or {})["left"]):
            self.stdout.write(f"{count} rows: {words}")
        if dry_run:
            self.stdout.write("Nothing was stored: this was a dry run.")
        self.stdout.write(
            f"{stored.sessions} sessions, {stored.sets} sets taken, {stored.rows_not_taken} rows not taken,"
            f" {stored.names_new} names new"
        )
