from django.conf import settings
from django.core.management import BaseCommand, CommandError

from metricgain.operations.servers import embedded, running


class Command(BaseCommand):
    help = "Stops what `serve` left running: its servers and the embedded PostgreSQL."
    requires_system_checks = ()

    def handle(self, **options):
        try:
            stopped = running.stop_all(settings.DATA_DIR, drains_for=settings.DRAIN_SECONDS)
        except embedded.EmbeddedPostgresError as error:
            raise CommandError(str(error)) from error
        self.stdout.write(f"Stopped {' and '.join(stopped)}." if stopped else "Nothing was running.")
