"""Pairs neighbouring exercises of a session as a superset, for today or from now on, and takes one out again.

The rules are the engine's (`progression.supersets`). Repeating it changes nothing, because it names the outcome: which
exercise is paired with which."""

from collections.abc import Collection, Sequence

from django.db import transaction

from training import progression
from training.models import Prescription, WorkoutExercise
from training.models.prescription import FROM_NOW_ON, PAIRED, TODAY
from training.session.changes import ChangeRefused, SessionPlan, locked_plan
from training.session.recording import SessionKey, UnknownAddress


@transaction.atomic
def pair_exercise(address: SessionKey, *, exercise_id: int, other: int | None, scope: str) -> int:
    """Pairs an exercise with its neighbour `other` (an exercise id; None: it becomes alone). Returns the id of the
    exercise. Raises UnknownAddress, ChangeRefused."""
    plan = locked_plan(address)
    exercise_id = plan.standing(exercise_id)
    other = None if other is None else plan.standing(other)
    if plan.row(exercise_id) is None:
        raise UnknownAddress(address)
    slots = list(plan.workout.slots.select_related("exercise"))
    # A mark that is new here may stand for nothing in the plan, and the other way round.
    planned = {slot.exercise_id: slot.superset for slot in slots}
    taken = {*planned.values(), *(row.superset for row in plan.rows)}
    if scope == FROM_NOW_ON and plan.workout.only_week is None:
        mark_slots(slots, exercise_id, other, taken=taken)
        planned = {slot.exercise_id: slot.superset for slot in slots}
    marks = _marks(plan.rows, exercise_id, other, taken=taken, where="workout")
    for row, mark in zip(plan.rows, marks, strict=True):
        if mark != row.superset:
            _ask(plan, row, mark, for_today=scope == TODAY or mark != planned.get(row.exercise_id))
    plan.carry_on(scope)
    return exercise_id


def mark_slots(
    slots: Sequence[WorkoutExercise], exercise_id: int, other: int | None, *, taken: Collection[int | None]
) -> None:
    """Pairs two exercises in the plan of a workout, or makes one alone. `slots`: all of its slots, in order. `taken`:
    marks that stand for something in its sessions. Raises ChangeRefused."""
    marks = _marks(slots, exercise_id, other, taken=taken, where="plan")
    for slot, mark in zip(slots, marks, strict=True):
        slot.superset = mark
    WorkoutExercise.objects.bulk_update(slots, ["superset"])


def _marks(
    placed: Sequence[WorkoutExercise | Prescription],
    exercise_id: int,
    other: int | None,
    *,
    taken: Collection[int | None],
    where: str,
) -> list[int | None]:
    """Returns the marks of `placed`, which are in order, once the exercise is paired with `other`, or is alone.
    `where`: "plan" or "workout", for the words."""
    marks = [one.superset for one in placed]
    places = {one.exercise_id: place for place, one in enumerate(placed)}
    here, there = places.get(exercise_id), places.get(other or 0)
    if here is None or (other is not None and there is None):
        raise ChangeRefused(f"One of the two is not in this {where}. Look at its exercises, then pair them.")
    if there is None:
        return progression.unpair(marks, here)
    if not progression.may_pair(marks, here, there):
        one, next_to = placed[here].exercise, placed[there].exercise
        most = progression.CONFIG.superset_most
        raise ChangeRefused(
            f"{one} and {next_to} cannot be paired in this {where}: a superset has two to {most} exercises, one after "
            "the other. Move them together first, or take one out."
        )
    return progression.pair(marks, here, there, taken=taken)


def _ask(plan: SessionPlan, row: Prescription, mark: int | None, *, for_today: bool) -> None:
    """Adds a row like `row` with another mark. What it asks, and who chose that, stays."""
    standing = row.id
    plan.close(row)
    row.superset = mark
    row.inputs = {key: value for key, value in row.inputs.items() if key != PAIRED}
    row.inputs |= {PAIRED: TODAY} if for_today else {}
    plan.append(row, inputs=row.inputs, replaces=Prescription(id=standing))
