"""All notes of a lifter: of sessions, of exercises, of the slots of plans, and what came from other apps."""

from dataclasses import dataclass
from datetime import date

from django import forms
from django.db.models import CharField, DateField, F, Min, Q, QuerySet, Value
from django.db.models.functions import Coalesce, TruncDate
from django.urls import reverse

from exercises.models import ExerciseSettings
from metricgain.users.models import User
from training.models import WorkoutExercise, WorkoutLog

COLUMNS = ("kind", "day", "text", "name", "workout_name", "of", "week", "id")


class NotesForm(forms.Form):
    q = forms.CharField(
        label="Search in notes and names",
        required=False,
        max_length=100,
        widget=forms.TextInput(attrs={"type": "search"}),
    )

    @property
    def asked(self) -> str:
        """What is looked for; empty where the field says what is wrong with it."""
        return self.cleaned_data["q"] if self.is_valid() else ""


@dataclass(frozen=True, slots=True)
class Note:
    kind: str  # "session", "exercise", "slot" of a plan, or "imported": an exercise in a session of another app
    day: date
    text: str
    name: str  # of the workout, or of the exercise
    workout_name: str  # of a slot
    of: int  # the id of the workout, of the exercise, or of the mesocycle of a plan's slot
    week: int
    id: int

    @property
    def address(self) -> str:
        if self.kind in ("session", "imported"):
            return reverse("training:workout_detail", args=[self.of, self.week])
        if self.kind == "exercise":
            return reverse("analytics:exercise_history", args=[self.of])
        return reverse("training:mesocycle_detail", args=[self.of])


def notes_of(user: User, words: str) -> QuerySet:
    """Returns the rows of the user's notes, newest first, of which each makes a Note. With `words`, those that have
    them in the note or in the name of its workout or exercise, in whatever case."""
    found = [_of_sessions(user), _of_exercises(user), _of_slots(user), _of_imported(user)]
    if words:
        found = [one.filter(Q(text__icontains=words) | Q(name__icontains=words)) for one in found]
    first, *others = (one.exclude(text="").values_list(*COLUMNS) for one in found)
    return first.union(*others, all=True).order_by("-day", "kind", "-id")


def _shaped(rows: QuerySet, kind: str, **more) -> QuerySet:
    nothing = {"workout_name": Value("", CharField()), "week": Value(0)}
    return rows.annotate(kind=Value(kind, CharField()), **nothing | more).exclude(text=None)


def _of_sessions(user: User) -> QuerySet:
    day = Coalesce("local_date", TruncDate("performed_at", tzinfo=user.zone), output_field=DateField())
    logs = WorkoutLog.objects.owned_by(user)
    return _shaped(
        logs, "session", day=day, text=F("notes"), name=F("workout__name"), of=F("workout_id"), week=F("week_number")
    )


def _of_exercises(user: User) -> QuerySet:
    """An exercise has one note, and the day is that of its last edit."""
    day = TruncDate(Coalesce("note_edited_at", "updated_at"), tzinfo=user.zone)
    settings = ExerciseSettings.objects.filter(user=user)
    return _shaped(settings, "exercise", day=day, text=F("note"), name=F("exercise__name"), of=F("exercise_id"))


def _of_slots(user: User) -> QuerySet:
    """A note goes along into the next mesocycle. It is shown once, where it was first."""
    slots = WorkoutExercise.objects.filter(workout__mesocycle__user=user, workout__mesocycle__imported_by=None)
    first = slots.order_by().values("exercise", "notes").annotate(first=Min("id")).values("first")
    return _shaped(
        slots.filter(id__in=first),
        "slot",
        day=TruncDate("created_at", tzinfo=user.zone),
        text=F("notes"),
        name=F("exercise__name"),
        workout_name=F("workout__name"),
        of=F("workout__mesocycle_id"),
    )


def _of_imported(user: User) -> QuerySet:
    """What another app noted at an exercise belongs to that one session, and to its day."""
    slots = WorkoutExercise.objects.filter(workout__mesocycle__user=user, workout__mesocycle__imported_by__isnull=False)
    return _shaped(
        slots,
        "imported",
        day=F("workout__logs__local_date"),
        text=F("notes"),
        name=F("exercise__name"),
        workout_name=F("workout__name"),
        of=F("workout_id"),
        week=F("workout__only_week"),
    )
