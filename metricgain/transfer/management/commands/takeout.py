"""`manage.py takeout EMAIL [--to FILE]`: everything of a lifter as one ZIP."""

from pathlib import Path

from django.core.management.base import BaseCommand, CommandError

from analytics.whole_file import whole_file
from metricgain.transfer.takeout.taking import one_snapshot, takeout
from metricgain.users.models import User


class Command(BaseCommand):
    help = "Writes everything of a lifter as one ZIP, which `bring` brings back. docs/takeout.md says what is in it."

    def add_arguments(self, parser):
        parser.add_argument("email", metavar="EMAIL", help="whose data")
        parser.add_argument("--to", type=Path, metavar="FILE", help="a file instead of standard output")

    def handle(self, *, email: str, to: Path | None, **options):
        owner = User.objects.filter(email__iexact=email).first()
        if owner is None:
            raise CommandError(f"Nobody here has the email {email}.")
        size = 0
        with whole_file(to, instead=self.stdout) as file, one_snapshot():
            for piece in takeout(owner):
                size += file.write(piece)
            file.flush()
        self.stderr.write(f"{size:,} bytes. docs/takeout.md says what is in them.")
