"""`manage.py bring FILE --user EMAIL`: brings a takeout back into an empty account."""

from pathlib import Path

from django.core.management.base import BaseCommand, CommandError

from metricgain.transfer.files.unreadable import Unreadable
from metricgain.transfer.takeout.bringing import bring
from metricgain.users.models import User


class Command(BaseCommand):
    help = "Brings what `takeout` wrote into an account that has no training of its own. All of it, or nothing."

    def add_arguments(self, parser):
        parser.add_argument("file", type=Path, help="the takeout, as it was made")
        parser.add_argument("--user", required=True, metavar="EMAIL", help="whose it becomes")

    def handle(self, *, file: Path, user: str, **options):
        owner = User.objects.filter(email__iexact=user).first()
        if owner is None:
            raise CommandError(f"Nobody here has the email {user}.")
        try:
            brought = bring(file, owner)
        except (OSError, Unreadable) as refused:
            raise CommandError(str(refused)) from refused
        self.stdout.write(
            f"{brought.sessions} sessions, {brought.sets} sets; "
            f"{brought.lacked} exercises that this library lacks came as own ones"
        )
