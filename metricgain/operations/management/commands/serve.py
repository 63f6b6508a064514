"""What `make run` calls: prepare the database and the static files, then serve."""

import os
import socket
import time
from importlib import import_module

import environ
from django.conf import settings
from django.core.management import BaseCommand, CommandError
from django.db import connections

from metricgain.operations import assets, preparing, running, server


class Command(BaseCommand):
    help = "Migrates, seeds, collects static files, and serves on HOST and PORT."
    requires_system_checks = ()  # some ask the database, and an answer to that comes first

    def handle(self, **options):
        self.check_port()
        claimed = running.claim(settings.DATA_DIR, settings.PORT)
        if claimed is None:
            raise CommandError(self.served_already())
        with claimed:
            preparing.prepare(self.say)
            self.check()
            owned = preparing.has_owner()
            with assets.collected():
                application = import_module("metricgain.wsgi").application
            connections.close_all()  # a worker must not share its parent's sessions
            self.serve(application, claimed, owned=owned)

    def serve(self, application, claimed, *, owned: bool) -> None:
        env = environ.Env()
        listener = self.listen()
        address = self.address(listener.getsockname()[1])

        def ready():
            self.say(f"MetricGain is at {address}")
            if not owned:
                self.say("Make the owner's account: .venv/bin/python manage.py createsuperuser")
            self.say("Ctrl-C stops serving; `make stop` stops the database as well.")

        server.serve(
            application,
            listener,
            workers=env.int("WORKERS", default=2),
            threads=env.int("THREADS", default=4),
            ready=ready,
            forked=claimed.close,  # the lock on the pid file is the master's alone
        )

    def check_port(self) -> None:
        """Before the work, so that a taken port is told at once."""
        if settings.PORT in running.serving(settings.DATA_DIR):
            raise CommandError(self.served_already())
        for _ in range(30):
            try:
                return server.listen(settings.HOST, settings.PORT).close()
            except server.PortTaken as taken:
                if not taken.by_serve:
                    break
                time.sleep(0.1)  # the workers of a server that was killed notice within a second
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
            raise CommandError(f"This user may not listen on {where}; ports from 1024 on are open to all.") from error
        except (OSError, OverflowError) as error:
            reason = os.strerror(error.errno) if isinstance(error, OSError) and error.errno else error
            raise CommandError(f"Cannot listen on {where} (HOST and PORT): {reason}") from error

    def served_already(self) -> str:
        return (
            f"MetricGain runs already, at {self.address(settings.PORT)}. Stop it with `make stop`, "
            f"or serve on another port too: PORT={settings.PORT + 1} make run"
        )

    def address(self, port: int) -> str:
        host = {"0.0.0.0": "127.0.0.1", "::": "[::1]"}.get(settings.HOST, settings.HOST)
        return f"http://[{host}]:{port}" if ":" in host and "[" not in host else f"http://{host}:{port}"

    def say(self, sentence: str) -> None:
        self.stdout.write(sentence)
        self.stdout.flush()
