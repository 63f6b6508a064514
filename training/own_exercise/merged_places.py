"""Where a set lies, as against what it is called.

A phone calls a set by its address, (exercise, set number), and that name is the set's for good: it never comes to mean
another one. Its place is the row that holds it. The two differ where exercises were merged: there `merged_sets` says
which name has which place, and each place has one name."""

from collections import defaultdict
from collections.abc import Iterable

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

MOVE = """
UPDATE {table} SET exercise_id = %(target)s, set_number = moved.became
FROM unnest(%(logs)s::bigint[], %(were)s::int[], %(became)s::int[]) AS moved(log, was, became)
WHERE workout_log_id = log AND exercise_id = %(source)s AND set_number = was
"""


class NoPlaceLeft(ValueError):
    """A session has as many sets of an exercise as it can have; the message says so."""

    def __init__(self):
        super().__init__(f"A workout holds {MAX_SET_NUMBER} sets of an exercise, and this one has them.")


def places_in(log_ids: Iterable[int]) -> dict[int, dict[Name, Place]]:
    """By log: where its sets of merged exercises lie, and those that had to make room for them. A set that was merged
    twice by an earlier version has two names."""
    found: dict[int, dict[Name, Place]] = defaultdict(dict)
    with connection.cursor() as cursor:
        cursor.execute(NAMES, [list(log_ids)])
        for log_id, stands, number, *name in cursor:
            found[log_id][tuple(name)] = (stands, number)
    return found


def names_in(log_id: int) -> dict[Place, Name]:
    """What the sets of a log are called that do not lie at their address."""
    return {place: name for name, place in places_in([log_id])[log_id].items()}


def place_of(log_id: int, exercise_id: int, number: int, *, stands: int) -> int:
    """The set number under which the set that is called (`exercise_id`, `number`) lies, of the exercise `stands`.

    The log is locked: a place that is free is given to the name, once and for good. Raises NoPlaceLeft."""
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
    """Gives each set of the exercise `source` a place of `target`, in these sessions; its name stays.

    The logs and both exercises are locked. Raises NoPlaceLeft."""
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
        for model in (Set, DeletedSet):
            cursor.execute(MOVE.format(table=model._meta.db_table), values)


def _taken(places: dict[Name, Place], exercise_id: int) -> set[int]:
    return {number for exercise, number in places.values() if exercise == exercise_id}


def _names_of(place: Place, places: dict[Name, Place]) -> list[Name]:
    """All of them; a set that lies at its address has that one."""
    return [name for name, where in places.items() if where == place] or [place]


def _numbers(log_ids: list[int], exercise_id: int) -> dict[int, set[int]]:
    """By log, the numbers of an exercise that have a set or had one."""
    found = defaultdict(set)
    for model in (Set, DeletedSet):
        places = model.objects.filter(workout_log__in=log_ids, exercise=exercise_id)
        for log_id, number in places.values_list("workout_log", "set_number"):
            found[log_id].add(number)
    return found


def _free_number(number: int, taken: set[int]) -> int:
    """`number` where it is free, else the next after all; where that is past the last, the lowest that is free."""
    following = max(taken, default=0) + 1
    for one in (number, following, *range(1, MAX_SET_NUMBER + 1)):
        if one <= MAX_SET_NUMBER and one not in taken:
            return one
    raise NoPlaceLeft
