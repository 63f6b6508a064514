"""The history of one exercise, session by session."""

from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

from django.db.models import Case, F, OuterRef, QuerySet, Subquery, When

from analytics import strength
from analytics.strength import Strength
from exercises.models import Exercise, ExerciseSettings, Loading
from metricgain.users.models import User
from training.models import Prescription, Set, WorkoutExercise
from training.models.done_set import in_words
from training.models.log import words_of_set


@dataclass(frozen=True, slots=True)
class HistorySet:
    """A set with the weight as typed in `unit`, and `weight_kg` beside it."""

    set_number: int
    weight: Decimal
    unit: str
    weight_kg: Decimal
    reps: int
    seconds: int | None
    rir: Decimal | None
    set_type: str
    extends: int | None
    asked_rir: int | None

    @property
    def words(self) -> str:
        return words_of_set(self.weight, self.unit, self.reps, self.seconds)

    @property
    def tests_strength(self) -> bool:
        return self.set_type in Set.COUNTING and self.counted > 0

    @property
    def counted(self) -> int:
        return self.reps if self.seconds is None else self.seconds


@dataclass(frozen=True, slots=True)
class ExerciseSession:
    """The sets of one exercise in one session. `kind` is that of the prescription; None without one."""

    workout_id: int
    week: int
    at: datetime
    date: date
    notes: str | None
    kind: str | None
    is_ill: bool
    sets: list[HistorySet]

    @property
    def day(self) -> str:
        return f"{self.date.day} {self.date:%B %Y}"

    @property
    def words(self) -> str:
        return ", ".join(in_words(self.sets))

    @property
    def tested(self) -> list[strength.Tested]:
        """Its sets that test strength: none in a deload, a recovery session, or while ill."""
        if self.kind in strength.EASY or self.is_ill:
            return []
        return [(one.weight_kg, one.counted, one.rir, one.asked_rir) for one in self.sets if one.tests_strength]

    @property
    def kind_name(self) -> str:
        return str(Prescription.Kind(self.kind).label) if self.kind in strength.EASY else ""


def exercise_history(user: User, exercise: Exercise, *, since: datetime | None) -> list[ExerciseSession]:
    """Returns the sessions of an exercise since a moment (None: all), newest first, over all mesocycles. Makes one
    query and no model instances, because a history may be long."""
    done = Set.objects.filter(user=user, exercise=exercise)
    if since:
        done = done.filter(performed_at__gte=since)
    # What another app noted at an exercise stands in the slot; in a plan the slot says the same every week.
    slot = WorkoutExercise.objects.filter(workout=OuterRef("workout_log__workout"), exercise=exercise).values("notes")
    at_slot = Case(When(workout_log__import_key__isnull=False, then=Subquery(slot)))
    rows = done.annotate(kind=F("prescription__kind"), at_slot=at_slot).values_list(
        "workout_log",
        "workout_log__workout",
        "workout_log__week_number",
        "workout_log__performed_at",
        "workout_log__local_date",
        "workout_log__notes",
        "at_slot",
        "workout_log__ill",
        "kind",
        "set_number",
        "weight",
        "unit",
        "weight_kg",
        "reps",
        "seconds",
        "rir",
        "set_type",
        "extends",
        "prescription__rir",
    )
    sessions: dict[int, ExerciseSession] = {}
    for log, workout, week, at, local, notes, at_slot, is_ill, kind, *typed in rows:
        if log not in sessions:
            day = local or user.day_of(at)
            words = "\n".join(filter(None, (notes, at_slot))) or None
            sessions[log] = ExerciseSession(workout, week, at, day, words, kind, is_ill, [])
        sessions[log].sets.append(HistorySet(*typed))
    for session in sessions.values():
        session.sets.sort(key=lambda one: one.set_number)
    return sorted(sessions.values(), key=lambda one: one.at, reverse=True)


def strength_in(user: User, exercise: Exercise, sessions: list[ExerciseSession]) -> Strength:
    """Returns the estimated strength in these sessions, oldest first."""
    body = strength.body_on(user) if exercise.loading != Loading.WEIGHT else None
    tested = {place: one.tested for place, one in reversed(list(enumerate(sessions))) if one.tested}
    latest = body(max(sessions[place].date for place in tested)) if body and tested else None
    points = [
        strength.point(day, exercise, sets, body(day) if body else None)
        for place, sets in strength.without_slips(exercise, tested, body_kg=latest).items()
        for day in [sessions[place].date]
    ]
    return strength.in_words(user, exercise, points)


def with_note_of(user: User, exercises: QuerySet) -> QuerySet:
    """Adds to each exercise the user's own `note` about it, or None."""
    own = ExerciseSettings.objects.filter(user=user, exercise=OuterRef("id")).values("note")
    return exercises.annotate(note=Subquery(own))
