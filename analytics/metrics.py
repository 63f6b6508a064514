"""The calculated metrics of the database document (docs/database.md), each by its name there: what was moved, and
what came before.

Reads only, one query each. Weights and volume are in kilograms: kilograms times reps of exercises that move a weight
or one added to the body. Bodyweight and assisted sets count as sets and reps. A drop or myo-rep row adds volume and is
a row of `total_sets`, as in the document; `working_sets` counts the sets that they extend."""

from dataclasses import dataclass
from decimal import Decimal

from django.db.models import Count, DecimalField, F, Max, Min, Q, Sum, Value

from exercises.models import Exercise, Loading, MuscleGroup
from metricgain.users.models import User
from training.models import Mesocycle, Set, WorkoutLog

LOADED = Q(exercise__loading__in=[Loading.WEIGHT, Loading.ADDED])
WORKING = Q(set_type__in=[Set.Type.WORKING, Set.Type.FAILURE])

VOLUME = Sum(F("weight_kg") * F("reps"), filter=LOADED, default=0, output_field=DecimalField())
WORKING_SETS = Count("id", filter=WORKING)


@dataclass(frozen=True, slots=True)
class MuscleWeek:
    """One muscle group in one week: working sets, and kilograms times reps of loaded exercises."""

    week: int
    muscle: str
    sets: int
    volume_kg: Decimal


@dataclass(frozen=True, slots=True)
class PerformedSet:
    """A set as it was typed, and its weight in kilograms."""

    weight: Decimal
    reps: int
    set_number: int
    unit: str
    weight_kg: Decimal


@dataclass(frozen=True, slots=True)
class BestPerformance:
    """The most that a user ever did of an exercise, each in whatever set; None where there is no set.

    `least_help_kg` of an assisted exercise, whose other weights are None: less help is better."""

    max_weight_kg: Decimal | None
    max_reps: int | None
    max_volume_kg: Decimal | None
    least_help_kg: Decimal | None = None


@dataclass(frozen=True, slots=True)
class FeedbackGiven:
    """Answers about a muscle in a week, 0 to 3 or None, and the sets of the sessions that they were given in."""

    week: int
    soreness_level: int | None
    pump_level: int | None
    challenge_level: int | None
    total_sets: int
    working_sets: int


def workout_volume(log: WorkoutLog) -> Decimal:
    """Total volume of a session in kilograms; 0 without a set."""
    return Set.objects.filter(workout_log=log).aggregate(total=VOLUME)["total"]


def muscle_volume(log: WorkoutLog, muscle: str) -> Decimal:
    """Total volume of a muscle group in a session in kilograms; 0 without a set."""
    return Set.objects.filter(workout_log=log, exercise__muscle_group=muscle).aggregate(total=VOLUME)["total"]


def volume_by_week_and_muscle(mesocycle: Mesocycle) -> list[MuscleWeek]:
    """Volume progression across the weeks of a mesocycle, by week, then in the order of the muscle groups."""
    rows = (
        Set.objects.filter(workout_log__mesocycle=mesocycle)
        .values_list("workout_log__week_number", "exercise__muscle_group")
        .annotate(count=WORKING_SETS, volume=VOLUME)
    )
    order = list(MuscleGroup.values)
    return sorted((MuscleWeek(*row) for row in rows), key=lambda one: (one.week, order.index(one.muscle)))


def previous_week_performance(mesocycle: Mesocycle, week: int, exercise: Exercise) -> list[PerformedSet]:
    """The sets of an exercise in the week before `week`, by set number; [] where there are none."""
    before = Set.objects.filter(
        workout_log__mesocycle=mesocycle, workout_log__week_number=week - 1, exercise=exercise
    ).order_by("set_number", "workout_log__performed_at", "id")
    return [PerformedSet(*row) for row in before.values_list("weight", "reps", "set_number", "unit", "weight_kg")]


def best_performance(user: User, exercise: Exercise) -> BestPerformance:
    """The user's best of an exercise over all mesocycles."""
    done = Set.objects.filter(user=user, exercise=exercise)
    if exercise.loading == Loading.ASSISTED:
        best = done.aggregate(reps=Max("reps"), help=Min("weight_kg"))
        return BestPerformance(None, best["reps"], None, best["help"])
    weight = F("weight_kg") if exercise.counts_volume else Value(Decimal(0))
    return BestPerformance(
        **done.aggregate(
            max_weight_kg=Max(weight, output_field=DecimalField()),
            max_reps=Max("reps"),
            max_volume_kg=Max(weight * F("reps"), output_field=DecimalField()),
        )
    )


def feedback_history(mesocycle: Mesocycle, muscle: str) -> list[FeedbackGiven]:
    """What was said of a muscle in each week, with the sets it was said of, by week.

    As in the document, sessions of one week with the same answers are one row, and one without a set is none."""
    levels = [f"workout_log__feedback__{level}_level" for level in ("soreness", "pump", "challenge")]
    rows = (
        Set.objects.filter(
            workout_log__mesocycle=mesocycle,
            workout_log__feedback__muscle_group=muscle,
            exercise__muscle_group=muscle,
        )
        .values_list("workout_log__week_number", *levels)
        .annotate(total=Count("id"), working=WORKING_SETS)
        .order_by("workout_log__week_number", *levels)
    )
    return [FeedbackGiven(*row) for row in rows]
