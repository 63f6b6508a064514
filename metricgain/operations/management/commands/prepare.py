from django.core.management import BaseCommand

from metricgain.operations import assets, preparing


class Command(BaseCommand):
    help = "Migrates, seeds and collects static files: what `serve` does first, as a step of its own."
    requires_system_checks = ()  # some read the database, which is not prepared yet

    def add_arguments(self, parser):
        preparing.add_arguments(parser)
        parser.add_argument("--only-files", action="store_true", help="only collect the static files, into STATIC_ROOT")

    def handle(self, *, accept_new_secret: bool, only_files: bool, **options):
        if not only_files:
            preparing.prepare(self.say, accept_new_secret=accept_new_secret)
        with assets.collected():
            self.say("Prepared")

    def say(self, sentence: str) -> None:
        self.stdout.write(sentence)
        self.stdout.flush()
