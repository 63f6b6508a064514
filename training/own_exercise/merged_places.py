"""The name of a set and its place, which differ after a merge.

The name of a set is its address, (exercise, set number), by which phones know it. It belongs to the set for good and
never comes to mean another set. The place of a set is the row that holds it. After a merge of exercises, `merged_sets`
says which name has which place. Each place has one name."""

from collections import defaultdict
from collections.abc import Iterable
from itertools import chain

from django.db import connection

from training.models import DeletedSet, MergedSet, Set
from training.models.log import MAX_SET_NUMBER

Place = tuple[int, int]  # (exercise that stands today, set number)
Name = tuple[int, int]  # (exercise as it was logged, set number)

NAMES = """
WITH RECURSIVE followed AS (
    SELECT workout_log_id, exercise_id, set_number, became, exercise_id AS stands
    FROM merged_sets WHERE workout_log_id = ANY(%s)
    UNION ALL
    SELECT workout_log_id, followed.exercise_id, set_number, became, merged_into_id
    FROM followed JOIN exercises ON exercises.id = stands WHERE merged_into_id IS NOT NULL
)
SELECT workout_log_id, stands, became, followed.exercise_id, set_number
FROM followed JOIN exercises ON exercises.id = stands WHERE merged_into_id IS NULL
"""

MOVED = "unnest(%(logs)s::bigint[], %(were)s::int[], %(became)s::int[]) AS moved(log, was, became)"
MOVE = f"""
UPDATE {{table}} SET exercise_id = %(target)s, set_number = moved.became
FROM {MOVED} WHERE workout_log_id = log AND exercise_id = %(source)s AND set_number = was
"""
# Drops and myo-rep rows go on with the set that they continue.
EXTEND = f"""
UPDATE sets SET extends = moved.became
FROM {MOVED} WHERE workout_log_id = log AND exercise_id = %(source)s AND extends = was
"""


class NoPlaceLeft(ValueError):
    """The session has no set number left for this exercise; the message says so."""

    def __init__(self):
        super().__init__(f"A workout holds {MAX_SET_NUMBER} sets of an exercise, and this one already has that many.")


def places_in(log_ids: Iterable[int]) -> dict[int, dict[Name, Place]]:
    """Returns, by log id, the places of sets that do not lie at their address: sets of merged exercises, and sets that
    found their number taken by these. A set that an earlier version merged twice has two names."""
    found: dict[int, dict[Name, Place]] = defaultdict(dict)
    with connection.cursor() as cursor:
        cursor.execute(NAMES, [list(log_ids)])
        for log_id, stands, number, *name in cursor:
            found[log_id][tuple(name)] = (stands, number)
    return found


def names_in(log_id: int) -> dict[Place, Name]:
    """Returns the names of the sets of a log that do not lie at their address, by place."""
    return {place: name for name, place in places_in([log_id])[log_id].items()}


def place_of(log_id: int, exercise_id: int, number: int, *, stands: int) -> int:
    """Returns the set number, in the exercise `stands`, under which the set named (`exercise_id`, `number`) lies.

    A name without a place gets a free one, once and for good. The caller must have locked the log. Raises
    NoPlaceLeft."""
    places = places_in([log_id])[log_id]
    if place := places.get((exercise_id, number)):
        return place[1]
    taken = _taken(places, stands)
    if exercise_id == stands and number not in taken:
        return number
    became = _free_number(number, taken | _numbers([log_id], stands)[log_id])
    MergedSet.objects.create(workout_log_id=log_id, exercise_id=exercise_id, set_number=number, became=became)
    return became


def move_all(log_ids: list[int], *, source: int, target: int) -> None:
    """Moves each set of the exercise `source` to a place of `target`, in these sessions. The names stay.

    The caller must have locked the logs and both exercises. Raises NoPlaceLeft."""
    places, moving, standing = places_in(log_ids), _numbers(log_ids, source), _numbers(log_ids, target)
    moved = []
    for log_id in log_ids:
        taken = standing[log_id] | _taken(places[log_id], target)
        for number in sorted(moving[log_id] | _taken(places[log_id], source)):
            became = _free_number(number, taken)
            taken.add(became)
            moved.append((log_id, number, became))
    MergedSet.objects.bulk_create(
        [
            MergedSet(workout_log_id=log_id, exercise_id=exercise, set_number=number, became=became)
            for log_id, was, became in moved
            for exercise, number in _names_of((source, was), places[log_id])
        ],
        update_conflicts=True,
        unique_fields=["workout_log", "exercise", "set_number"],
        update_fields=["became"],
    )
    logs, were, new = ([one[column] for one in moved] for column in range(3))
    values: dict[str, int | list[int]] = {"source": source, "target": target, "logs": logs, "were": were, "became": new}
    with connection.cursor() as cursor:
        cursor.execute(EXTEND, values)
        for model in (Set, DeletedSet):
            cursor.execute(MOVE.format(table=model._meta.db_table), values)


def _taken(places: dict[Name, Place], exercise_id: int) -> set[int]:
    return {number for exercise, number in places.values() if exercise == exercise_id}


def _names_of(place: Place, places: dict[Name, Place]) -> list[Name]:
    """Returns all names of a place. A set that lies at its address has that name alone."""
    return [name for name, where in places.items() if where == place] or [place]


def _numbers(log_ids: list[int], exercise_id: int) -> dict[int, set[int]]:
    """Returns, by log id, the set numbers of an exercise that have a set or had one, and those that drops and myo-rep
    rows continue: their sets may still be on a phone."""
    found = defaultdict(set)
    here = {"workout_log__in": log_ids, "exercise": exercise_id}
    continued = Set.objects.filter(**here, extends__isnull=False).values_list("workout_log", "extends")
    had = [model.objects.filter(**here).values_list("workout_log", "set_number") for model in (Set, DeletedSet)]
    for log_id, number in chain(continued, *had):
        found[log_id].add(number)
    return found


def _free_number(number: int, taken: set[int]) -> int:
    """Returns `number` where it is free, else the number after all taken ones, else the lowest free number. Raises
    NoPlaceLeft."""
    following = max(taken, default=0) + 1
    for one in (number, following, *range(1, MAX_SET_NUMBER + 1)):
        if one <= MAX_SET_NUMBER and one not in taken:
            return one
    raise NoPlaceLeft
