"""Changes that a lifter made to a session for that day alone. Once it is finished, the page asks whether they should
last from now on."""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise

from django.urls import reverse

from training.models import Prescription
from training.models.prescription import FROM_NOW_ON
from training.session.page.reading import SessionReading
from training.session.shortening import minutes_of


@dataclass(frozen=True, slots=True, kw_only=True)
class LastingChange:
    """An exercise swapped, added, taken out, paired or asked for more or fewer sets. Posting `fields` to `url` makes
    the change last; posting again changes nothing."""

    words: str
    url: str
    fields: tuple[tuple[str, str], ...]


def changes_of(reading: SessionReading) -> tuple[LastingChange, ...]:
    rows = reading.asked
    latest = {row.exercise_id: row for row in rows}
    asked = {row.exercise_id: row.sets for row in rows if not row.is_for_today}
    replaced = {row.inputs["instead_of"] for row in rows if "instead_of" in row.inputs}
    names = {row.exercise_id: row.exercise.name for row in rows}
    found = sorted(latest.values(), key=lambda row: (row.position, row.id))
    changes = (
        change for row in found for change in (*_change(reading, row, names, replaced), *_sets(reading, row, asked))
    )
    return (*changes, *_supersets(reading, latest))


def _change(
    reading: SessionReading, row: Prescription, names: dict[int, str], replaced: set[int]
) -> Iterator[LastingChange]:
    here, name = [reading.workout.id, reading.week], row.exercise.name
    scope = ("scope", FROM_NOW_ON)
    exercise = ("exercise", str(row.exercise_id))
    if row.superseded_at is not None:
        if row.in_plan and row.exercise_id not in replaced and not row.inputs.get("left_out"):
            url = reverse("training:exercise_remove", args=[*here, row.exercise_id])
            yield LastingChange(words=f"{name} left out", url=url, fields=(scope,))
    elif row.is_by_lifter and not row.in_plan:
        if instead_of := row.inputs.get("instead_of"):
            url = reverse("training:exercise_swap", args=[*here, instead_of])
            words = f"{name} in place of {names.get(instead_of, 'another exercise')}"
        else:
            url, words = reverse("training:exercise_add", args=here), f"{name} added"
        yield LastingChange(words=words, url=url, fields=(exercise, scope))


def _sets(reading: SessionReading, row: Prescription, asked: dict[int, int]) -> Iterator[LastingChange]:
    """`asked`: the sets that were asked before the lifter changed them for the day, by exercise id."""
    before = asked.get(row.exercise_id, row.sets)
    if row.superseded_at is None and row.in_plan and row.sets != before and minutes_of(row) is None:
        url = reverse("training:exercise_sets", args=[reading.workout.id, reading.week, row.exercise_id])
        fields = (("sets", str(row.sets)), ("scope", FROM_NOW_ON))
        yield LastingChange(words=f"{row.exercise.name}: {row.sets} sets instead of {before}", url=url, fields=fields)


def _supersets(reading: SessionReading, latest: dict[int, Prescription]) -> Iterator[LastingChange]:
    """Yields neighbours that are paired in the session, and could be in the plan."""
    for together in reading.together if latest else ():
        for one, other in pairwise(together):
            rows = [latest[each.exercise_id] for each in (one, other)]
            marks = [row.plan_superset for row in rows]
            if all(row.in_plan for row in rows) and (marks[0] is None or marks[0] != marks[1]):
                url = reverse("training:exercise_superset", args=[reading.workout.id, reading.week, one.exercise_id])
                fields = (("with", str(other.exercise_id)), ("scope", FROM_NOW_ON))
                yield LastingChange(words=f"{one.name} and {other.name} as a superset", url=url, fields=fields)
