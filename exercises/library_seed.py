"""Brings the library that comes with the app (`exercises/library.py`) to the database."""

from django.db import transaction
from django.db.models import Model

from exercises import library
from exercises.models import Exercise, ExerciseAlias, RemovedSeed
from metricgain.seeding import Seeded, seed_rows


def _stays(exercise: Exercise, wanted: dict) -> tuple[str, ...]:
    """Returns the columns that do not follow the fixtures: what a logged exercise counts, and its range with it."""
    is_other = exercise.measure != wanted["measure"]
    return ("measure", "rep_min", "rep_max") if is_other and exercise.is_logged else ()


@transaction.atomic
def seed() -> Seeded:
    """Creates and updates the system exercises and their aliases. Keeps a curator's changes."""
    rows = library.rows()
    before = dict(Exercise.objects.filter(seeded__isnull=False).values_list("seeded__slug", "seeded__aliases"))
    seeded = seed_rows(Exercise, rows, apart=frozenset({"aliases"}), stays=_stays, removed=removed_seeds(Exercise))
    ids = seeded_ids()
    ExerciseAlias.objects.bulk_create(
        [
            ExerciseAlias(exercise_id=ids[row["slug"]], name=name)
            for row in rows
            if row["slug"] in ids
            for name in row["aliases"]
            # A curator removed an alias that an earlier seed wrote and that is gone now.
            if name not in (before.get(row["slug"]) or [])
        ],
        ignore_conflicts=True,
    )
    guess_own()
    return seeded


def guess_own() -> None:
    """Gives a movement and parts to lifters' own exercises that say none: the version before made them."""
    own = list(Exercise.objects.filter(is_system=False, movement=None, secondary_parts=None))
    for exercise in own:
        exercise.guess_facts()
    Exercise.objects.bulk_update(own, ["movement", "part", "secondary_parts"], batch_size=1000)


def seeded_ids() -> dict[str, int]:
    """Returns the id of each system exercise by its slug in the fixtures, even if a curator changed the slug since. A
    merged exercise has the id of the one that it was merged into."""
    seeded = Exercise.objects.filter(is_system=True, seeded__isnull=False).select_related("merged_into")
    return {one.seeded["slug"]: one.standing.id for one in seeded if one.seeded}


def removed_seeds(model: type[Model]) -> frozenset[str]:
    """Returns the slugs of seeded rows of `model` that were deleted."""
    return frozenset(RemovedSeed.objects.filter(table_name=model._meta.db_table).values_list("slug", flat=True))
