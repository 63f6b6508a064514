"""Turns an own exercise's sets from reps into seconds, or back: "these were seconds". What was counted stays the same
number, so that turning back ends where it began."""

from django.db import transaction
from django.db.models import F, Q

from exercises.models import Exercise, Measure
from training.models import Mesocycle, Prescription, Set, WorkoutExercise
from training.prescribing import writing

# What becomes of the columns of a set, by what it counts from now on.
TURNED: dict[str, dict] = {
    Measure.SECONDS: {"seconds": F("reps"), "reps": 1},
    Measure.REPS: {"reps": F("seconds"), "seconds": None},
}


@transaction.atomic
def count_in(exercise: Exercise, measure: str) -> int:
    """Makes the exercise count `measure`, its sets and what it counts in one transaction. Repeating it changes nothing.
    Returns how many sets it turned.

    Its ranges keep their numbers. A range that no reps have is left out where the exercise counts reps again."""
    # Locks the mesocycles first, as every verb does, then the exercise, which waits for sets being stored.
    touched = _mesocycles_with(exercise).order_by("id").select_for_update(no_key=True)
    asked = [one for one in touched if one.is_active]
    exercise = Exercise.objects.select_for_update().get(id=exercise.id)
    if exercise.measure == measure:
        return 0
    turned = Set.objects.filter(exercise=exercise).update(**TURNED[measure])
    exercise.measure = measure
    if exercise.rep_max and exercise.rep_max > exercise.range_bound.most:
        exercise.rep_min = exercise.rep_max = None
    exercise.save(update_fields=["measure", "rep_min", "rep_max"])
    for mesocycle in asked:
        writing.prescribe_anew(mesocycle.id, today=mesocycle.user.today())
    return turned


def _mesocycles_with(exercise: Exercise):
    slots = WorkoutExercise.objects.filter(exercise=exercise).values("workout__mesocycle")
    rows = Prescription.objects.filter(exercise=exercise).values("workout__mesocycle")
    return Mesocycle.objects.filter(Q(id__in=slots) | Q(id__in=rows))
