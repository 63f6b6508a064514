"""Loads the exercise library and the templates from their fixtures. Repeating it does no harm."""

from django.core.management import BaseCommand

from exercises import library_seed as exercises
from training.catalogue import system_templates as training


class Command(BaseCommand):
    help = "Loads the exercise library and the workout templates; what a curator edited stays as it is."

    def handle(self, **options):
        exercises_seeded = exercises.seed()
        templates_seeded = training.seed()
        if options["verbosity"]:
            self.stdout.write(f"Exercises: {_counts(exercises_seeded)}. Templates: {_counts(templates_seeded)}.")


def _counts(seeded) -> str:
    return f"{seeded.created} new, {seeded.updated} updated, {seeded.kept} as they were"
