"""The library that comes with the app: `fixtures/library/`, a file a muscle group, by slug."""

from django.db import transaction
from django.db.models import Model

from exercises import library
from exercises.models import Exercise, ExerciseAlias, RemovedSeed
from metricgain.seeding import Seeded, seed_rows


@transaction.atomic
def seed() -> Seeded:
    """Creates and betters the system exercises and their aliases; keeps what a curator changed."""
    rows = library.rows()
    before = dict(Exercise.objects.filter(seeded__isnull=False).values_list("seeded__slug", "seeded__aliases"))
    seeded = seed_rows(Exercise, rows, apart=frozenset({"aliases"}), removed=removed_seeds(Exercise))
    ids = seeded_ids()
    ExerciseAlias.objects.bulk_create(
        [
            ExerciseAlias(exercise_id=ids[row["slug"]], name=name)
            for row in rows
            if row["slug"] in ids
            for name in row["aliases"]
            # One that was seeded before and is gone was taken away by a curator.
            if name not in (before.get(row["slug"]) or [])
        ],
        ignore_conflicts=True,
    )
    return seeded


def seeded_ids() -> dict[str, int]:
    """The system exercises by the slug that the fixtures call them by, whatever a curator made of it since; where one
    was merged into another, that other."""
    seeded = Exercise.objects.filter(is_system=True, seeded__isnull=False).select_related("merged_into")
    return {one.seeded["slug"]: one.standing.id for one in seeded if one.seeded}


def removed_seeds(model: type[Model]) -> frozenset[str]:
    """Slugs of what came with the app and was deleted."""
    return frozenset(RemovedSeed.objects.filter(table_name=model._meta.db_table).values_list("slug", flat=True))
