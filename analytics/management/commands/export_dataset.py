import os
import resource
import sys
import time
from argparse import ArgumentTypeError
from datetime import date
from pathlib import Path

from django.core.management.base import BaseCommand, CommandError

from analytics import dataset
from analytics.whole_file import whole_file
from metricgain.users.models import User


def a_day(typed: str) -> date:
    try:
        return date.fromisoformat(typed)
    except ValueError as error:
        raise ArgumentTypeError(f"{typed} is not a day such as 2026-11-30 (name the file with --output)") from error


class Command(BaseCommand):
    help = (
        "Writes every set, with what was asked and how it felt, as CSV to standard output, for machine learning and "
        "spreadsheets. People are pseudonyms. docs/dataset.md says what each column means."
    )

    def add_arguments(self, parser):
        parser.add_argument("--email", help="of one lifter (default: all)")
        parser.add_argument("--from", dest="since", type=a_day, metavar="DAY", help="first day, as 2026-11-30")
        parser.add_argument("--to", dest="until", type=a_day, metavar="DAY", help="last day, as 2026-11-30")
        parser.add_argument("--output", type=Path, metavar="FILE", help="a file instead of standard output")
        parser.add_argument(
            "--with-emails",
            action="store_true",
            help="with email addresses and names of own exercises",
        )

    def handle(self, *, email, since, until, output, with_emails, **options):
        if since and until and until < since:
            raise CommandError("The last day is before the first.")
        people = [self._find(email)] if email else dataset.everybody
        wanted = dataset.Wanted(since, until, named=with_emails, with_emails=with_emails)
        started, lines = time.monotonic(), 0
        try:
            with whole_file(output, instead=self.stdout) as file, dataset.one_moment():
                file.write(dataset.header())
                for user in people() if callable(people) else people:
                    for piece in dataset.rows_of(user, wanted):
                        file.write(piece)
                        lines += piece.endswith(b"\n")
                file.flush()
        except BrokenPipeError:  # the reader, such as `head`, has closed; Python must not flush again when it exits
            os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
            return
        took = max(time.monotonic() - started, 0.001)
        memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
        self.stderr.write(f"{lines:,} sets in {took:.1f} s ({lines / took:,.0f} a second), {memory:.0f} MB of memory")

    def _find(self, email: str) -> User:
        try:
            return User.objects.get_by_natural_key(email)
        except User.DoesNotExist as error:
            raise CommandError(f"There is no account {email}.") from error
