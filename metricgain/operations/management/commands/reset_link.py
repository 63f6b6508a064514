from django.core.management import BaseCommand, CommandError

from metricgain.operations import site
from metricgain.users.models import User


class Command(BaseCommand):
    help = "Prints a link with which this account can choose a new password: for when the server sends no mail."

    def add_arguments(self, parser):
        parser.add_argument("email")

    def handle(self, *, email: str, **options):
        user = User.objects.filter(email__iexact=email.strip()).first()
        if user is None:
            raise CommandError(f"No account has the address {email}.")
        if not user.is_active:
            raise CommandError(f"{user} is deactivated. Activate it in the admin first, then ask again.")
        self.stdout.write(site.reset_link(user))
