from datetime import timedelta
from urllib.parse import urlencode

from django.conf import settings
from django.core.management import BaseCommand, CommandError
from django.urls import reverse
from django.utils import timezone

from metricgain.operations import site
from metricgain.users.invitations import invitation


class Command(BaseCommand):
    help = "Prints a link with which people can sign up while SIGNUP=invite."

    def add_arguments(self, parser):
        parser.add_argument("--days", type=int, default=7, help="how long the link works (7)")

    def handle(self, *, days: int, **options):
        if not 1 <= days <= 365:
            raise CommandError("An invitation lasts 1 to 365 days.")
        token = invitation(until=timezone.now() + timedelta(days=days))
        self.stdout.write(f"{site.address()}{reverse('account_signup')}?{urlencode({'invite': token})}")
        if settings.SIGNUP != "invite":
            self.stderr.write(f"SIGNUP is {settings.SIGNUP}: the link works only when SIGNUP is invite.")
