import argparse
import os
import signal
from contextlib import suppress

from django.core.management import BaseCommand
from django.db import DatabaseError

from metricgain.operations import one_secret
from metricgain.operations.workers.job_worker import JobWorker, left_out


class Command(BaseCommand):
    help = "Does jobs (mail, pushes, backups, imports) until it is stopped. `serve` runs one beside itself."
    requires_system_checks = ()  # some read the database, which may still be away

    def add_arguments(self, parser):
        parser.add_argument("--beside", type=int, help=argparse.SUPPRESS)  # the process that serves

    def handle(self, **options):
        parent = options["beside"]
        if parent is None:
            self.check_secret()
        worker = JobWorker(self.say, without=left_out(), is_wanted=lambda: parent is None or os.getppid() == parent)
        for number in (signal.SIGTERM, signal.SIGINT):
            signal.signal(number, worker.stop)
        worker.run()

    def check_secret(self) -> None:
        """Links in mails hold only where the servers have the same secret."""
        with suppress(DatabaseError):  # it is away, or older: the worker waits for it
            one_secret.check()

    def say(self, sentence: str) -> None:
        self.stdout.write(sentence)
        self.stdout.flush()
