"""What lifters change in the plan of a session: its sets, its exercises, their order, for today or from now on.

Repeating a change does nothing more, because it names the outcome, never the step. The old row is superseded, never
overwritten, and the new row says that the lifter chose it. After a change for today, next week builds on the row
before it. A change from now on also reaches the next session of the workout where that is prescribed already
(`prescribing.writing`). A change to an exercise that was merged (`own_exercise.merging`) is made to the exercise it
became; each verb returns the id of the exercise that was changed."""

import math
from dataclasses import dataclass, field
from datetime import date

from django.db import transaction
from django.utils import timezone

from exercises.models import Exercise
from training import progression
from training.models import Mesocycle, Prescription, Set, Workout, WorkoutExercise
from training.models.bounds import DAY_IS_FULL, EXERCISES
from training.models.prescription import FROM_NOW_ON, LIFTER, MADE_BY, PAIRED, TODAY
from training.own_exercise import merging
from training.prescribing import writing
from training.prescribing.week_plan.history import History
from training.session.recording import SessionKey, UnknownAddress

SLOT = ("target_weight", "target_reps_min", "target_reps_max")


class ChangeRefused(ValueError):
    """The change makes no sense; the message says why and what to do instead."""


@dataclass(slots=True)
class SessionPlan:
    """The plan of one session, with its mesocycle locked. `rows`: its current prescriptions in order."""

    workout: Workout
    week: int
    rows: list[Prescription] = field(default_factory=list)

    @property
    def mesocycle(self) -> Mesocycle:
        return self.workout.mesocycle

    @property
    def today(self) -> date:
        return self.mesocycle.user.today()

    def standing(self, exercise_id: int) -> int:
        """Returns the id of the exercise that `exercise_id` is today. No merge can change it until the transaction
        ends."""
        return merging.standing_exercise(self.mesocycle.user_id, exercise_id)

    def standing_exercise(self, exercise: Exercise) -> Exercise:
        standing = self.standing(exercise.id)
        return exercise if standing == exercise.id else Exercise.objects.get(id=standing)

    def row(self, exercise_id: int) -> Prescription | None:
        return next((row for row in self.rows if row.exercise_id == exercise_id), None)

    def slot(self, exercise_id: int) -> WorkoutExercise | None:
        return self.workout.slots.filter(exercise=exercise_id).first()

    def earlier_row(self, exercise_id: int) -> Prescription | None:
        """Returns the latest row of an exercise in this session that the engine chose, current or not."""
        rows = self.workout.prescriptions.filter(week_number=self.week, exercise=exercise_id)
        return next((row for row in rows.order_by("-id") if not row.is_by_lifter), None)

    def origin(self, exercise_id: int) -> int:
        """Returns the exercise that first had this one's place, back through all swaps; `exercise_id` without a
        swap."""
        rows = self.workout.prescriptions.filter(week_number=self.week, inputs__has_key="instead_of").order_by("id")
        came_for = {row.exercise_id: row.inputs["instead_of"] for row in rows}
        seen = set()
        while exercise_id in came_for and exercise_id not in seen:
            seen.add(exercise_id)
            exercise_id = came_for[exercise_id]
        return exercise_id

    def was_prescribed(self, exercise_id: int) -> bool:
        return self.workout.prescriptions.filter(week_number=self.week, exercise=exercise_id).exists()

    def was_trained_before(self, exercise: Exercise) -> bool:
        """Returns whether the exercise has sets in an earlier week of this workout, while its muscle has none today."""
        here = Set.objects.filter(workout_log__workout=self.workout)
        today = here.filter(workout_log__week_number=self.week, exercise__muscle_group=exercise.muscle_group)
        return here.filter(workout_log__week_number__lt=self.week, exercise=exercise).exists() and not today.exists()

    def close(self, row: Prescription) -> None:
        Prescription.objects.filter(id=row.id).update(superseded_at=timezone.now())

    def append(self, row: Prescription, *, inputs: dict, replaces: Prescription | None = None) -> None:
        """Adds `row` as a new row. Its `inputs` keep what it was made by, and whether it was paired for today."""
        kept = {key: row.inputs[key] for key in (*MADE_BY, PAIRED) if key in row.inputs}
        row.pk, row.superseded_at, row.replaces, row.inputs = None, None, replaces, kept | inputs
        row._state.adding = True
        row.save(force_insert=True)

    def check_room(self, exercises: int) -> None:
        """Raises ChangeRefused where a day with so many exercises has no room for one more."""
        if exercises >= EXERCISES.most:
            raise ChangeRefused(DAY_IS_FULL)

    def carry_on(self, scope: str) -> None:
        """Prescribes the next sessions anew where the change is from now on."""
        if scope == FROM_NOW_ON:
            writing.prescribe(History(self.mesocycle, today=self.today))


@transaction.atomic
def change_sets(address: SessionKey, *, exercise_id: int, sets: int, scope: str) -> int:
    """Asks for `sets` sets of an exercise, 1-15. Raises UnknownAddress, ChangeRefused."""
    plan = locked_plan(address)
    exercise_id = plan.standing(exercise_id)
    row = plan.row(exercise_id)
    if row is None:
        raise UnknownAddress(address)
    slot = plan.slot(exercise_id)
    if scope == FROM_NOW_ON and slot is None and not plan.workout.only_week:
        raise ChangeRefused(f"{row.exercise} is here just for today. Swap or add it from now on first.")
    if slot and scope == FROM_NOW_ON:
        slot.target_sets = sets
        slot.save(update_fields=["target_sets"])
    if row.sets != sets or (scope == FROM_NOW_ON and row.is_for_today):
        base = plan.earlier_row(exercise_id) or row
        standing = row.id
        row.sets, row.reps_lo = sets, base.reps_lo
        if sets < base.sets:
            row.reps_lo = max(base.reps_lo, math.floor(row.reps - row.drop * (sets - 1)))
        chosen = progression.chosen_sets(sets, today=scope == TODAY)
        row.reasons = [chosen.to_dict(), *(one for one in row.reasons if not progression.is_about_sets(one["code"]))]
        plan.close(row)
        plan.append(row, inputs=by_lifter(scope, row), replaces=Prescription(id=standing))
    plan.carry_on(scope)
    return exercise_id


@transaction.atomic
def swap_exercise(address: SessionKey, *, exercise_id: int, other: Exercise, scope: str) -> int:
    """Swaps `other` in for an exercise. Swapped back, an exercise asks again what it asked before.

    Raises UnknownAddress, ChangeRefused."""
    plan = locked_plan(address)
    said_of = exercise_id
    exercise_id, other = plan.standing(exercise_id), plan.standing_exercise(other)
    if exercise_id == other.id and said_of != other.id and plan.was_prescribed(other.id):
        return other.id  # one was merged into the other, which is in its place already
    _swap(plan, exercise_id, other, scope)
    return other.id


def _swap(plan: SessionPlan, exercise_id: int, other: Exercise, scope: str) -> None:
    row, standing = plan.row(exercise_id), plan.row(other.id)
    if row is None and standing and standing.inputs.get("instead_of") == exercise_id:
        if scope == FROM_NOW_ON and standing.is_for_today:
            inputs = by_lifter(scope, standing) | {"instead_of": exercise_id}
            inputs |= _swap_slot(plan, plan.origin(exercise_id), other)
            plan.close(standing)
            plan.append(standing, inputs=inputs, replaces=Prescription(id=standing.id))
            plan.carry_on(scope)
        return  # otherwise the same swap was sent again
    if row is None and standing and plan.was_prescribed(exercise_id):
        return  # the same swap back was sent again
    if row is None:
        raise UnknownAddress(exercise_id)
    if standing:
        raise ChangeRefused(f"{other} is in this workout already.")
    inputs = by_lifter(scope, None) | {"instead_of": exercise_id}
    if scope == FROM_NOW_ON:
        inputs |= _swap_slot(plan, row.inputs.get("instead_of", exercise_id), other, current=exercise_id)
    plan.close(row)
    earlier = plan.earlier_row(other.id)
    if plan.slot(other.id) and (earlier or plan.was_trained_before(other)):
        # The exercise is back in its own slot: the engine plans it again, from what was done here.
        if earlier:
            earlier.take_place_of(row)
            plan.append(earlier, inputs=earlier.inputs, replaces=Prescription(id=row.id))
        plan.carry_on(FROM_NOW_ON)
        return
    plan.append(_row_of(plan, other, row), inputs=inputs, replaces=Prescription(id=row.id))
    plan.carry_on(scope)


@transaction.atomic
def add_exercise(
    address: SessionKey, *, exercise: Exercise, scope: str, sets: int = 3, superset: int | None = None
) -> int:
    """Adds an exercise at the end of the session, in the superset with the mark `superset`. Raises UnknownAddress,
    ChangeRefused."""
    plan = locked_plan(address)
    exercise = plan.standing_exercise(exercise)
    row = plan.row(exercise.id)
    if row is None:
        plan.check_room(len(plan.rows))
        deload = plan.mesocycle.is_deload(plan.week)
        slot = WorkoutExercise(
            workout=plan.workout,
            exercise=exercise,
            position=max((row.position for row in plan.rows), default=0) + 1,
            target_sets=math.ceil(sets / 2) if deload else sets,
            superset=superset,
        )
        kind = Prescription.Kind.DELOAD if deload else Prescription.Kind.NORMAL
        row = writing.joining_row(slot, plan.week, kind=kind, today=plan.today)
        row.reasons = [progression.added().to_dict(), *row.reasons]
        plan.append(row, inputs=by_lifter(scope, None))
    if scope == FROM_NOW_ON and plan.workout.only_week is None and not plan.slot(exercise.id):
        plan.check_room(plan.workout.slots.count())
        last = plan.workout.slots.order_by("position").values_list("position", flat=True).last() or 0
        WorkoutExercise.objects.create(
            workout=plan.workout,
            exercise=exercise,
            position=last + 1,
            target_sets=sets,
            unit=row.unit,
        )
    plan.carry_on(scope)
    return exercise.id


@transaction.atomic
def add_exercises(address: SessionKey, *, exercises: list[Exercise], scope: str) -> int:
    """Adds all of them, or none. Returns the first as it is today. Raises UnknownAddress, ChangeRefused."""
    first, *_ = [add_exercise(address, exercise=one, scope=scope) for one in exercises]
    return first


@transaction.atomic
def remove_exercise(address: SessionKey, *, exercise_id: int, scope: str) -> int:
    """Takes an exercise out of the session. Its logged sets stay. Raises UnknownAddress."""
    plan = locked_plan(address)
    exercise_id = plan.standing(exercise_id)
    row = plan.row(exercise_id)
    if row:
        plan.close(row)
    if scope == FROM_NOW_ON:
        plan.workout.slots.filter(exercise=exercise_id).delete()
    plan.carry_on(scope)
    return exercise_id


@transaction.atomic
def move_exercise(address: SessionKey, *, exercise_id: int, place: int) -> int:
    """Moves an exercise to a place (1, 2, 3...) in the session, and in the plan. Raises UnknownAddress."""
    plan = locked_plan(address)
    exercise_id = plan.standing(exercise_id)
    row = plan.row(exercise_id)
    if row is None:
        raise UnknownAddress(address)
    order = [other for other in plan.rows if other is not row]
    order.insert(place - 1, row)
    for position, moved in enumerate(order, start=1):
        plan.workout.slots.filter(exercise=moved.exercise_id).update(position=position)
        if moved.position != position:
            standing = moved.id
            plan.close(moved)
            moved.position = position
            # The inputs stay: moving a row does not change who chose its numbers.
            plan.append(moved, inputs=moved.inputs, replaces=Prescription(id=standing))
    plan.carry_on(FROM_NOW_ON)
    return exercise_id


def _row_of(plan: SessionPlan, other: Exercise, row: Prescription) -> Prescription:
    """Returns an unsaved row for `other`, swapped in for the exercise of `row`: from its earlier row in this session,
    else as new in this workout."""
    new = plan.earlier_row(other.id)
    if new is None:
        slot = WorkoutExercise(workout=plan.workout, exercise=other, position=row.position, target_sets=row.sets)
        new = writing.joining_row(slot, plan.week, kind=row.kind, today=plan.today, is_swap=True)
    new.take_place_of(row)
    new.reasons = [progression.swapped(row.exercise.name).to_dict(), *new.reasons]
    return new


def _swap_slot(plan: SessionPlan, of: int, other: Exercise, *, current: int | None = None) -> dict:
    """Gives the slot of exercise `of` (or of `current`) to `other`, with the weight and rep range that `other` had
    there before. Returns what the slot held, for `inputs`, so that a swap back can restore it."""
    slot = plan.slot(current) if current else None
    slot = slot or plan.slot(of)
    if slot is None:
        return {}
    if plan.slot(other.id):
        raise ChangeRefused(f"{other} is in the plan of this workout already.")
    held = [None if value is None else str(value) for value in (getattr(slot, name) for name in SLOT)]
    swaps = plan.workout.prescriptions.filter(inputs__instead_of=other.id, inputs__has_key="slot").order_by("-id")
    said = swaps.values_list("inputs__slot", "inputs__slot_unit").first()
    before, unit = said or ([None, None, None], None)
    kept = {"slot": held, "slot_unit": slot.unit}
    for name, value in zip(SLOT, before, strict=True):
        setattr(slot, name, value)
    slot.exercise, slot.unit = other, unit or slot.unit
    slot.save(update_fields=["exercise", "unit", *SLOT])
    return kept


def locked_plan(address: SessionKey) -> SessionPlan:
    """Locks the mesocycle, as prescribing does, so that the engine and the lifter take turns. Raises UnknownAddress."""
    mesocycles = Mesocycle.objects.select_for_update(of=("self",), no_key=True).filter(user=address.user_id)
    mesocycle = mesocycles.filter(workouts=address.workout_id).select_related("user").first()
    workout = Workout.objects.filter(id=address.workout_id).first()
    if mesocycle is None or workout is None or not mesocycle.has(workout, address.week):
        raise UnknownAddress(address)
    workout.mesocycle = mesocycle
    rows = workout.prescriptions.current().filter(week_number=address.week).select_related("exercise")
    return SessionPlan(workout=workout, week=address.week, rows=list(rows.order_by("position", "id")))


def by_lifter(scope: str, row: Prescription | None) -> dict:
    """Returns the `inputs` that say that the lifter chose a row, and for how long. What `row` says about a swap is
    kept."""
    kept = (
        {}
        if row is None
        else {key: row.inputs[key] for key in ("instead_of", "slot", "slot_unit") if key in row.inputs}
    )
    return {"by": LIFTER, "scope": scope} | kept
