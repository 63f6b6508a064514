"""The names of exercises inside a takeout: the slug of one of the library, "own 3" of a lifter's own.

An exercise that another library had and this one lacks came as an own one. It goes out as it came, until its lifter
changes it, archives it or merges it away."""

from dataclasses import dataclass

from django.db.models import QuerySet

from exercises.models import Exercise
from metricgain.transfer.takeout.layout import LIBRARY_FIELDS, TRAITS
from metricgain.users.models import User

HERE = "here"  # the key in `came_as` of the name that the exercise has here


@dataclass(frozen=True, slots=True)
class NamedExercise:
    """An exercise by its name in the file, its name for people, and, of the library, its row."""

    id: int
    name: str
    for_people: str
    row: dict[str, object] | None = None


def library_name(exercise: Exercise) -> str:
    return exercise.slug or f"library {exercise.name}"


def library_row(exercise: Exercise) -> dict[str, object]:
    said = {name: getattr(exercise, name) for name in ("slug", "name", *TRAITS)}
    return {"exercise": library_name(exercise)} | said


def goes_out_as(exercise: Exercise) -> dict[str, object] | None:
    """Returns the row by which an own exercise came from another library, where it still is as it came."""
    came = exercise.came_as
    if not came or exercise.archived_at or exercise.merged_into_id or exercise.name != came.get(HERE):
        return None
    is_as_it_came = all(getattr(exercise, name) == came.get(name) for name in TRAITS)
    return {name: came.get(name) for name in LIBRARY_FIELDS} if is_as_it_came else None


def names_of(user: User) -> list[NamedExercise]:
    """Returns all exercises that the lifter can have in a log, with their names in the file. Of two that the library
    calls the same, the one that came from another library keeps the name."""
    found, taken, number = list[NamedExercise](), set[str](), 0
    for one in in_order(Exercise.objects.owned_by(user)):
        came = goes_out_as(one)
        if came and came["exercise"] not in taken:
            taken.add(str(came["exercise"]))
            found.append(NamedExercise(one.id, str(came["exercise"]), str(came["name"]), came))
        else:
            number += 1
            found.append(NamedExercise(one.id, f"own {number}", one.name))
    for one in Exercise.objects.filter(is_system=True).order_by().iterator():
        name = library_name(one)
        if name in taken:
            name = f"library {name}, another"
        found.append(NamedExercise(one.id, name, one.name, library_row(one) | {"exercise": name}))
    return found


def in_order(own: QuerySet[Exercise]) -> list[Exercise]:
    """Returns own exercises in the order of the file, which is that of code points, as in PostgreSQL's locale C."""
    return sorted(own.order_by(), key=lambda one: one.name.encode())
