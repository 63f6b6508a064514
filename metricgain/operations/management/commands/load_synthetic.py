import sys
import time

from django.core.management.base import BaseCommand, CommandError

from metricgain.operations.demo import synthetic


class Command(BaseCommand):
    help = "Adds synthetic lifters by the thousand, to measure the app at scale; --remove takes them away again."

    def add_arguments(self, parser):
        parser.add_argument("--users", type=int, default=1000, help="how many lifters (default 1000)")
        parser.add_argument("--years", type=float, default=1, help="how long each has trained (default 1)")
        parser.add_argument("--seed", type=int, default=1, help="the same seed gives the same lifters (default 1)")
        parser.add_argument("--remove", action="store_true", help="remove all synthetic lifters")

    def handle(self, *, users, years, seed, remove, **options):
        started = time.monotonic()
        if remove:
            gone = synthetic.remove(report=lambda done, total: self._show(done, total, "removed"))
            self.stdout.write(f"Removed {gone:,} synthetic lifters in {time.monotonic() - started:.0f} s")
            return
        if users < 1 or not 0 < years <= 20:
            raise CommandError("Give at least one user, and more than 0 and at most 20 years.")
        try:
            sets = synthetic.load(
                users=users, years=years, seed=seed, report=lambda done, sets: self._show(done, users, f"{sets:,} sets")
            )
        except ValueError as error:
            raise CommandError(str(error)) from error
        took = time.monotonic() - started
        self.stdout.write(f"Loaded {users:,} lifters with {sets:,} sets in {took:.0f} s ({sets / took:,.0f} sets/s)")

    def _show(self, done: int, total: int, words: str) -> None:
        """Shows progress in one line, on a terminal only."""
        if self.stderr.isatty() or sys.stderr.isatty():
            bar = "#" * (30 * done // total)
            self.stderr.write(f"\r[{bar:<30}] {done:,} of {total:,} lifters, {words}", ending="")
            if done == total:
                self.stderr.write("")
