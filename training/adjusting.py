"""What lifters change in a session's plan: its sets, its exercises, their order. Today only, or from now on.

Said again, each changes nothing: it names the outcome, never the step. What stood is superseded, never overwritten, and
the new row says that the lifter chose it. A change for today leaves next week's base as it was (see prescribing.py)."""

from dataclasses import dataclass, field

from django.db import transaction
from django.utils import timezone

from exercises.models import Exercise
from training import prescribing, progression
from training.facts import Address, UnknownAddress
from training.models import Mesocycle, Prescription, Workout, WorkoutExercise
from training.models.workout import MAX_SETS


class Refused(ValueError):
    """The change makes no sense; the message says why and what to do instead."""


@dataclass(slots=True)
class SessionPlan:
    """The plan of one session, locked. `rows` are its current prescriptions in order."""

    workout: Workout
    week: int
    rows: list[Prescription] = field(default_factory=list)

    def row(self, exercise_id: int) -> Prescription | None:
        return next((row for row in self.rows if row.exercise_id == exercise_id), None)

    def close(self, row: Prescription) -> None:
        row.superseded_at = timezone.now()
        row.save(update_fields=["superseded_at"])

    def append(self, row: Prescription, *, inputs: dict, replaces: Prescription | None = None) -> None:
        """Adds `row` as a new one."""
        row.pk, row.superseded_at, row.replaces, row.inputs = None, None, replaces, inputs
        row._state.adding = True
        row.save(force_insert=True)

    def slot(self, exercise_id: int) -> WorkoutExercise | None:
        return self.workout.slots.filter(exercise=exercise_id).first()


@transaction.atomic
def change_sets(address: Address, *, exercise_id: int, sets: int, scope: str) -> None:
    """Asks for `sets` sets of an exercise. Raises UnknownAddress, Refused."""
    plan = _locked_plan(address)
    row = plan.row(exercise_id)
    if row is None:
        raise UnknownAddress(address)
    if not 1 <= sets <= MAX_SETS:
        raise Refused(f"An exercise has 1 to {MAX_SETS} sets. To leave it out, remove it.")
    if scope == prescribing.FROM_NOW_ON:
        plan.workout.slots.filter(exercise=exercise_id).update(target_sets=sets)
    if row.sets == sets and (scope == prescribing.TODAY or not prescribing.is_for_today(row)):
        return
    standing = Prescription.objects.get(id=row.id)
    plan.close(standing)
    row.sets = sets
    row.reps_lo = row.target_reps(sets)
    chosen = progression.chosen_sets(sets, today=scope == prescribing.TODAY)
    row.reasons = [chosen.to_dict(), *(one for one in row.reasons if "SETS" not in one["code"])]
    plan.append(row, inputs=_by_lifter(scope), replaces=standing)


@transaction.atomic
def swap_exercise(address: Address, *, exercise_id: int, other: Exercise, scope: str) -> None:
    """Puts `other` in the place of an exercise. Raises UnknownAddress, Refused."""
    plan = _locked_plan(address)
    row = plan.row(exercise_id)
    standing = plan.row(other.id)
    if standing and standing.replaces and standing.replaces.exercise_id == exercise_id:
        return  # said again
    if row is None:
        raise UnknownAddress(address)
    if standing:
        raise Refused(f"{other} is in this workout already.")
    slot = plan.slot(exercise_id)
    if scope == prescribing.FROM_NOW_ON and slot:
        if plan.slot(other.id):
            raise Refused(f"{other} is in the plan of this workout already.")
        slot.exercise, slot.target_weight, slot.target_reps_min, slot.target_reps_max = other, None, None, None
        slot.save(update_fields=["exercise", "target_weight", "target_reps_min", "target_reps_max"])
    new = prescribing.joining_row(plan.workout, plan.week, other, position=row.position, sets=row.sets, kind=row.kind)
    new.reasons = [progression.swapped(row.exercise.name).to_dict(), *new.reasons]
    plan.close(row)
    plan.append(new, inputs=_by_lifter(scope), replaces=row)


@transaction.atomic
def add_exercise(address: Address, *, exercise: Exercise, scope: str, sets: int = 3) -> None:
    """Puts an exercise at the end of the session. Raises UnknownAddress."""
    plan = _locked_plan(address)
    if plan.row(exercise.id) is None:
        position = max((row.position for row in plan.rows), default=0) + 1
        kind = Prescription.Kind.DELOAD if plan.workout.mesocycle.is_deload(plan.week) else Prescription.Kind.NORMAL
        new = prescribing.joining_row(plan.workout, plan.week, exercise, position=position, sets=sets, kind=kind)
        new.reasons = [progression.added().to_dict(), *new.reasons]
        plan.append(new, inputs=_by_lifter(scope))
    if scope == prescribing.FROM_NOW_ON and plan.workout.only_week is None and not plan.slot(exercise.id):
        last = plan.workout.slots.order_by("position").values_list("position", flat=True).last() or 0
        WorkoutExercise.objects.create(
            workout=plan.workout,
            exercise=exercise,
            position=last + 1,
            target_sets=sets,
            unit=plan.workout.mesocycle.user.unit,
        )


@transaction.atomic
def remove_exercise(address: Address, *, exercise_id: int, scope: str) -> None:
    """Takes an exercise out of the session; what was logged of it stays. Raises UnknownAddress."""
    plan = _locked_plan(address)
    row = plan.row(exercise_id)
    if row:
        plan.close(row)
    if scope == prescribing.FROM_NOW_ON:
        plan.workout.slots.filter(exercise=exercise_id).delete()


@transaction.atomic
def move_exercise(address: Address, *, exercise_id: int, place: int) -> None:
    """Puts an exercise at a place (1, 2, 3...) of the session, and of the plan. Raises UnknownAddress."""
    plan = _locked_plan(address)
    row = plan.row(exercise_id)
    if row is None:
        raise UnknownAddress(address)
    order = [other for other in plan.rows if other is not row]
    order.insert(max(0, place - 1), row)
    for position, moved in enumerate(order, start=1):
        plan.workout.slots.filter(exercise=moved.exercise_id).update(position=position)
        if moved.position != position:
            standing = Prescription.objects.get(id=moved.id)
            plan.close(standing)
            moved.position = position
            plan.append(moved, inputs=standing.inputs, replaces=standing)  # its numbers are whose they were


def _locked_plan(address: Address) -> SessionPlan:
    """Locks the mesocycle, as prescribing does, so that the engine and the lifter take turns."""
    mesocycles = Mesocycle.objects.select_for_update(of=("self",), no_key=True).filter(user=address.user_id)
    mesocycle = mesocycles.filter(workouts=address.workout_id).select_related("user").first()
    if mesocycle is None or not 1 <= address.week <= mesocycle.duration_weeks:
        raise UnknownAddress(address)
    workout = Workout.objects.get(id=address.workout_id)
    workout.mesocycle = mesocycle
    rows = workout.prescriptions.current().filter(week_number=address.week).select_related("exercise", "replaces")
    return SessionPlan(workout=workout, week=address.week, rows=list(rows.order_by("position", "id")))


def _by_lifter(scope: str) -> dict:
    return {"by": prescribing.LIFTER, "scope": scope}
