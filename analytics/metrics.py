"""A mesocycle's sets and volume, week by week."""

from dataclasses import dataclass
from decimal import Decimal

from exercises.models import MuscleGroup
from training.models import Mesocycle, Set
from training.models.volume import VOLUME, WORKING_SETS


@dataclass(frozen=True, slots=True)
class MuscleWeek:
    """One muscle group in one week: working sets, and volume (kilograms times reps) of the loadings that count it."""

    week: int
    muscle: str
    sets: int
    volume_kg: Decimal


def volume_by_week_and_muscle(mesocycle: Mesocycle) -> list[MuscleWeek]:
    """Returns sets and volume per muscle group and week, by week, then in the order of MuscleGroup."""
    rows = (
        Set.objects.filter(workout_log__mesocycle=mesocycle)
        .values_list("workout_log__week_number", "exercise__muscle_group")
        .annotate(count=WORKING_SETS, volume=VOLUME)
    )
    order = list(MuscleGroup.values)
    return sorted((MuscleWeek(*row) for row in rows), key=lambda one: (one.week, order.index(one.muscle)))
