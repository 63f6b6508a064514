"""Builds the demo lifter, or replaces it by a new one."""

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.management import BaseCommand, CommandError
from django.utils import timezone

from metricgain.operations import site
from metricgain.operations.demo import demo_account
from metricgain.operations.demo.demo_year import LONGEST, SHORTEST
from metricgain.operations.demo.training import NoTemplate
from metricgain.users.models import User
from metricgain.users.spelling import reachable


class Command(BaseCommand):
    help = "Builds an account with a believable year of training. It replaces the one that it built before."

    def add_arguments(self, parser):
        parser.add_argument(
            "--user", default=demo_account.EMAIL, metavar="EMAIL", help=f"of the account ({demo_account.EMAIL})"
        )
        parser.add_argument("--seed", type=int, default=demo_account.SEED, help="the same seed gives the same year (1)")
        parser.add_argument(
            "--weeks", type=int, default=demo_account.WEEKS, help=f"{SHORTEST} to {LONGEST} ({demo_account.WEEKS})"
        )
        parser.add_argument("--if-due", action="store_true", help="only if there is none, or it is older than a day")

    def handle(self, *, user, seed, weeks, if_due, verbosity, **options):
        if not SHORTEST <= weeks <= LONGEST:
            raise CommandError(f"The demo has {SHORTEST} to {LONGEST} weeks.")
        try:
            user = reachable(user)
            built = demo_account.build(
                now=timezone.now(), email=user, seed=seed, weeks=weeks, only_if_due=if_due, tell=self._show(weeks)
            )
        except ValidationError as error:
            raise CommandError(f"{user}: {' '.join(error.messages)}") from error
        except demo_account.NotTheDemo as error:
            raise CommandError(
                f"{user} is an account that the demo did not make, so it stays as it is. Choose another: --user EMAIL"
            ) from error
        except NoTemplate as error:
            raise CommandError(str(error)) from error
        except demo_account.DemoIsBeingBuilt as error:
            if if_due:
                return
            raise CommandError("Another process is building the demo right now.") from error
        if built and verbosity:
            if self.stdout.isatty():
                self.stdout.write("")  # ends the progress line
            self.stdout.write(
                f"{built.email}: {built.mesocycles} mesocycles, {built.sessions} workouts done and {built.skipped} "
                f"skipped, {built.sets:,} sets, in {built.seconds:.0f} s."
            )
            self.stdout.write(self._way_in(built.email))

    def _way_in(self, email: str) -> str:
        """Returns how to enter the account, which has no password."""
        if settings.DEMO and email == demo_account.EMAIL:
            return f"To enter it, open {site.address()} signed out, and choose “Try the demo”."
        link = site.reset_link(User.objects.get_by_natural_key(email))
        return f"To enter it, choose a password for it here (the link works once, for three days): {link}"

    def _show(self, weeks: int):
        """Returns a function that shows progress in one line, on a terminal only."""
        if not self.stdout.isatty():
            return lambda week: None

        def show(week: int) -> None:
            self.stdout.write(f"\rTraining week {week} of {weeks} ", ending="")
            self.stdout.flush()

        return show
