"""What the log says, by question. Reads only; one query each, in kilograms.

Named after the calculated metrics of the database document. Drop and myo-rep rows add volume, but are no sets."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

from django.db.models import Count, DecimalField, F, Q, Sum

from exercises.models import Exercise, Loading, MuscleGroup
from metricgain.users.models import User
from training.models import Mesocycle, Set

LOADED = Q(exercise__loading__in=[Loading.WEIGHT, Loading.ADDED])
WORKING = Q(set_type__in=[Set.Type.WORKING, Set.Type.FAILURE])


@dataclass(frozen=True, slots=True)
class MuscleWeek:
    """One muscle group in one week: working sets, and kilograms times reps of loaded exercises."""

    week: int
    muscle: str
    sets: int
    volume_kg: Decimal

    @property
    def muscle_name(self) -> str:
        return MuscleGroup(self.muscle).label


def volume_by_week_and_muscle(mesocycle: Mesocycle) -> list[MuscleWeek]:
    """Volume progression across the weeks of a mesocycle, by week, then in the order of the muscle groups."""
    kilograms = Sum(F("weight_kg") * F("reps"), filter=LOADED, default=0, output_field=DecimalField())
    rows = (
        Set.objects.filter(workout_log__mesocycle=mesocycle)
        .values("workout_log__week_number", "exercise__muscle_group")
        .annotate(count=Count("id", filter=WORKING), volume=kilograms)
    )
    weeks = [
        MuscleWeek(r["workout_log__week_number"], r["exercise__muscle_group"], r["count"], r["volume"]) for r in rows
    ]
    order = list(MuscleGroup.values)
    return sorted(weeks, key=lambda one: (one.week, order.index(one.muscle)))


@dataclass(slots=True)
class ExerciseSession:
    """The sets of one exercise in one session."""

    log_id: int
    workout_id: int
    week: int
    date: date
    sets: list[Set] = field(default_factory=list)


def exercise_history(user: User, exercise: Exercise, *, most_sets: int = 120) -> list[ExerciseSession]:
    """The latest sessions of an exercise, newest first, over all mesocycles; at most `most_sets` sets."""
    newest = Set.objects.filter(user=user, exercise=exercise).order_by("-performed_at")
    sessions: dict[int, ExerciseSession] = {}
    for one in newest.select_related("workout_log")[:most_sets]:
        log = one.workout_log
        session = sessions.setdefault(
            log.id,
            ExerciseSession(log.id, log.workout_id, log.week_number, log.local_date or user.today(log.performed_at)),
        )
        session.sets.append(one)
    for session in sessions.values():
        session.sets.sort(key=lambda one: one.set_number)
    return list(sessions.values())


def by_week(rows: Iterable[MuscleWeek]) -> dict[int, list[MuscleWeek]]:
    weeks: dict[int, list[MuscleWeek]] = {}
    for row in rows:
        weeks.setdefault(row.week, []).append(row)
    return weeks
