"""The command behind `make run`: prepares the database and the static files, then serves."""

import os
import socket
import time
from collections.abc import Iterator
from contextlib import contextmanager, nullcontext
from importlib import import_module

from django.conf import settings
from django.core.management import BaseCommand, CommandError
from django.db import connections

from metricgain.operations import assets, configuration, preparing
from metricgain.operations.demo import demo_account
from metricgain.operations.servers import counting, running, server, watching
from metricgain.operations.workers.beside import WorkerBeside, worker_beside
from metricgain.web import hosts


class Command(BaseCommand):
    help = "Migrates, seeds, collects static files, and serves on HOST and PORT."
    requires_system_checks = ()  # some read the database, which has to be prepared first

    def add_arguments(self, parser):
        parser.add_argument(
            "--no-prepare", dest="prepares", action="store_false", help="`manage.py prepare` did that before"
        )
        parser.add_argument(
            "--no-worker", dest="works", action="store_false", help="`manage.py work` does the jobs, elsewhere"
        )
        preparing.add_arguments(parser)

    def handle(self, *, prepares: bool, works: bool, accept_new_secret: bool, **options):
        self.check_port()
        claimed = running.claim(settings.DATA_DIR, settings.PORT)
        if claimed is None:
            raise CommandError(self.served_already())
        with claimed:
            counting.share(settings.DATA_DIR / f"metrics-{settings.PORT}")
            if prepares:
                preparing.prepare(self.say, accept_new_secret=accept_new_secret)
            else:
                preparing.check_prepared(accept_new_secret=accept_new_secret)
            self.check()
            owned = preparing.has_owner()
            is_demo_missing = settings.DEMO and demo_account.demo_lifter() is None
            with assets.collected() if prepares else assets.collected_before():
                application = import_module("metricgain.wsgi").application
            connections.close_all()  # a worker must not share database sessions with its parent
            with self.watched() as eye, worker_beside() if works else nullcontext() as worker:
                self.serve(application, claimed, eye, worker, owned=owned, is_demo_missing=is_demo_missing)

    @contextmanager
    def watched(self) -> Iterator[watching.Eye]:
        try:
            with watching.alongside(
                settings.DATA_DIR,
                settings.BACKUP_DIR,
                postgres=settings.EMBEDDED_POSTGRES,
                mute=settings.POSTGRES_MUTE,
                restarts=settings.POSTGRES_RESTARTS,
            ) as eye:
                yield eye
        except watching.GivenUp as error:
            raise CommandError(str(error)) from error

    def serve(
        self,
        application,
        claimed,
        eye: watching.Eye,
        worker: WorkerBeside | None,
        *,
        owned: bool,
        is_demo_missing: bool,
    ) -> None:
        listener = self.listen()
        port = listener.getsockname()[1]
        addresses = self.addresses(port)
        running.note_site(settings.DATA_DIR, settings.PORT, self.site(port))

        def ready():
            for line in addresses:
                self.say(line)
            if not owned:
                self.say("Make the owner's account: .venv/bin/python manage.py createsuperuser")
            if is_demo_missing:
                self.say("The demo is being built. “Try the demo” works when that is done, in some minutes at most.")
            self.say("Ctrl-C stops serving; `make stop` stops the database as well.")

        def forked():
            claimed.close()  # only the master may hold the lock on the pid file

        def look_after():
            eye.look_after()
            if worker:
                worker.look_after()

        server.serve(
            application,
            listener,
            workers=self.number("WORKERS", 2),
            threads=self.number("THREADS", 4),
            ready=ready,
            forked=forked,
            turn=look_after,
            drains_for=settings.DRAIN_SECONDS,
        )

    def check_port(self) -> None:
        """Raises CommandError where the port is taken. Runs before the slow work, so that the owner hears it at
        once."""
        if settings.PORT in running.serving(settings.DATA_DIR):
            raise CommandError(self.served_already())
        for _ in range(30):
            try:
                return server.listen(settings.HOST, settings.PORT).close()
            except server.PortTaken as taken:
                if not taken.by_serve:
                    break
                time.sleep(0.1)  # the workers of a killed server end within a second
            except (OSError, OverflowError):
                break
        self.listen().close()

    def listen(self) -> socket.socket:
        where = f"{settings.HOST}:{settings.PORT}"
        try:
            return server.listen(settings.HOST, settings.PORT)
        except server.PortTaken as taken:
            another = f"PORT={settings.PORT + 1} make run"
            raise CommandError(
                f"Port {settings.PORT} is taken by {taken}. End it, or use another port: {another}"
            ) from taken
        except PermissionError as error:
            raise CommandError(
                f"This user may not listen on {where}. Set PORT to 1024 or more, which is open to every user."
            ) from error
        except (OSError, OverflowError) as error:
            # A number below 0 means that the name was not found; strerror has its message.
            number = getattr(error, "errno", None) or 0
            reason = os.strerror(number) if number > 0 else getattr(error, "strerror", error)
            raise CommandError(f"Cannot listen on {where} (HOST and PORT): {reason}") from error

    def served_already(self) -> str:
        at = running.site(settings.DATA_DIR, settings.PORT) or self.address(settings.PORT)
        return (
            f"MetricGain is already running at {at}. Stop it with `make stop`, or serve on "
            f"another port as well: PORT={settings.PORT + 1} make run"
        )

    def site(self, port: int) -> str:
        """Returns the address with which links begin that commands print."""
        if settings.IS_SITE_NAMED:
            return settings.SITE_URL
        return hosts.site_url("", host=settings.HOST, port=port)

    def address(self, port: int) -> str:
        return hosts.url(settings.HOST, port)

    def addresses(self, port: int) -> list[str]:
        """Returns the lines to print: where MetricGain is, and what to type on a phone."""
        here = self.address(port)
        if settings.SITE_URL.startswith("https://"):
            return [f"MetricGain is at {settings.SITE_URL}, through a proxy that passes requests on to {here}"]
        if settings.HOST not in hosts.ALL_INTERFACES:
            return [f"MetricGain is at {here}"]
        phones = hosts.for_a_phone(hosts.network_cards(), port, listening_on=settings.HOST)
        return [f"MetricGain is at {here}", *(f"On a phone in the same network: {address}" for address in phones)]

    def number(self, variable: str, default: int) -> int:
        try:
            return configuration.how_many(variable, os.environ.get(variable, ""), default)
        except hosts.Refused as error:
            raise CommandError(str(error)) from error

    def say(self, sentence: str) -> None:
        self.stdout.write(sentence)
        self.stdout.flush()
