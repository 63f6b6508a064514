"""What a lifter removed from a plan last, kept in the session so that it can be put back."""

from dataclasses import asdict, dataclass
from datetime import datetime, timedelta
from decimal import Decimal

from django.db import transaction
from django.http import HttpRequest

from exercises.models import Exercise
from training.models import Mesocycle, Workout, WorkoutExercise
from training.plan import builder

KEY = "removed_from_plan"
OFFERED = timedelta(minutes=10)  # after that it is history, and the offer only in the way


@dataclass(frozen=True, slots=True, kw_only=True)
class Removed:
    name: str  # of the day, or of the exercise
    plan: int
    day: int
    at: float  # seconds since 1970
    slot: dict | None = None  # values by name of the fields in `builder.COPIED`; None: the whole day

    def put_back(self, day: Workout, *, now: datetime) -> None:
        """Raises PlanClosed, PlanRefused."""
        if self.slot:
            weight = self.slot["target_weight"]
            slot = self.slot | {"target_weight": None if weight is None else Decimal(weight)}
            _put_slot_back(day, slot, now=now)
        else:
            builder.put_day_back(day, now=now)


def keep(request: HttpRequest, day: Workout, *, now: datetime, exercise: WorkoutExercise | None = None) -> None:
    """Notes what is about to be removed: the day, or one exercise of it."""
    name, slot = day.name, None
    if exercise:
        name, slot = exercise.exercise.name, {column: getattr(exercise, column) for column in builder.COPIED}
        slot["target_weight"] = None if exercise.target_weight is None else str(exercise.target_weight)
    removed = Removed(name=name, plan=day.mesocycle_id, day=day.id, at=now.timestamp(), slot=slot)
    request.session[KEY] = asdict(removed)


def offered(request: HttpRequest, plan: Mesocycle, *, now: datetime) -> Removed | None:
    """Returns what was removed from the plan a moment ago; None where there is nothing to put back."""
    if (said := request.session.get(KEY)) is None:
        return None
    removed = Removed(**said)
    is_recent = now.timestamp() - removed.at < OFFERED.total_seconds()
    return removed if is_recent and removed.plan == plan.id else None


@transaction.atomic
def _put_slot_back(workout: Workout, slot: dict, *, now: datetime) -> None:
    """`slot`: its values by name, of the fields in `builder.COPIED`."""
    exercise = Exercise.objects.usable_by(workout.mesocycle.user).filter(id=slot["exercise_id"]).first()
    if exercise is None:
        raise builder.PlanRefused("That exercise is no longer in your library, so it cannot be put back.")
    place = workout.slots.filter(position__lt=slot["position"]).exclude(exercise=exercise).count() + 1
    builder.add_slot(workout, exercise=exercise, now=now)
    said = {name: slot[name] for name in builder.SAID_OF_SLOT}
    builder.edit_slot(workout, exercise.id, sets=slot["target_sets"], said=said, now=now)
    workout.slots.filter(exercise=exercise).update(superset=slot["superset"])
    builder.move_slot(workout, exercise.id, place=place, now=now)
