from django.core.management import BaseCommand

from metricgain import __version__


class Command(BaseCommand):
    help = "Prints MetricGain's version."
    requires_system_checks = ()

    def handle(self, **options):
        self.stdout.write(__version__)
