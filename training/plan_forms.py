"""What lifters say of a plan: its name and weeks, its days, and the exercises in each."""

import calendar
from decimal import Decimal

from django import forms

from exercises.models import Exercise, Loading
from metricgain.users.forms import DecimalField
from training.models import Mesocycle, Workout, WorkoutExercise
from training.models.mesocycle import MAX_WEEKS, MIN_WEEKS
from training.models.workout import MAX_SETS
from training.outline import Line
from training.progression.rest import SECONDS_PER_EXERCISE, SECONDS_PER_SET
from training.terms import MOST_REPS, MOST_RIR

WEEKS = [(n, f"{n} weeks, the last a deload") for n in range(MIN_WEEKS, MAX_WEEKS + 1)]
WEEKDAYS = list(enumerate(calendar.day_name))
NO_DAY = ("", "No fixed day")
LABEL_OF_WEIGHT = {Loading.ADDED: "Added weight to start with", Loading.ASSISTED: "Help to start with"}


def _words() -> forms.Textarea:
    return forms.Textarea(attrs={"rows": 2})


class PlanCreateForm(forms.Form):
    """An empty plan, to be filled in the builder."""

    name = forms.CharField(max_length=255, error_messages={"required": "Give the plan a name."})
    duration_weeks = forms.TypedChoiceField(label="Weeks", coerce=int, choices=WEEKS, initial=5)
    days = forms.TypedChoiceField(
        label="Days a week", coerce=int, choices=[(n, str(n)) for n in range(1, 8)], initial=3
    )


class PlanForm(forms.Form):
    """A running plan keeps its weeks: they change by repeating one, or by ending early."""

    name = forms.CharField(max_length=255, error_messages={"required": "Give the plan a name."})
    description = forms.CharField(required=False, max_length=2000, widget=_words())
    duration_weeks = forms.TypedChoiceField(label="Weeks", coerce=int, choices=WEEKS)

    def __init__(self, data=None, *, mesocycle: Mesocycle):
        said = ("name", "description", "duration_weeks")
        super().__init__(data, initial={name: getattr(mesocycle, name) for name in said}, auto_id="plan-%s")
        if mesocycle.is_active:
            del self.fields["duration_weeks"]


class NewDayForm(forms.Form):
    name = forms.CharField(
        label="Name of the new day", max_length=255, error_messages={"required": "Give the day a name, such as Push."}
    )

    def __init__(self, data=None):
        super().__init__(data, auto_id="new-day-%s")


class DayForm(forms.Form):
    name = forms.CharField(max_length=255, error_messages={"required": "Give the day a name, such as Push."})
    day_of_week = forms.TypedChoiceField(
        label="Weekday", coerce=int, choices=[NO_DAY, *WEEKDAYS], required=False, empty_value=None
    )
    description = forms.CharField(required=False, max_length=2000, widget=_words())

    def __init__(self, data=None, *, workout: Workout):
        said = ("name", "day_of_week", "description")
        super().__init__(data, initial={name: getattr(workout, name) for name in said}, auto_id="day-%s")


class SlotForm(forms.Form):
    """An exercise of a day. Reps and floor left empty: as the exercise is set."""

    target_sets = forms.IntegerField(
        label="Sets",
        min_value=1,
        max_value=MAX_SETS,
        error_messages={
            "required": "Say how many sets.",
            "invalid": "Type whole sets, such as 3.",
            "min_value": "An exercise has at least one set. To leave it out, remove it.",
            "max_value": f"An exercise has at most {MAX_SETS} sets.",
        },
    )
    target_reps_min = forms.IntegerField(label="Reps from", required=False, min_value=1, max_value=MOST_REPS)
    target_reps_max = forms.IntegerField(label="Reps to", required=False, min_value=1, max_value=MOST_REPS)
    target_weight = DecimalField(
        required=False,
        min_value=0,
        max_value=Decimal("9999.99"),
        max_digits=6,
        decimal_places=2,
        error_messages={"invalid": "Type the weight as a number, such as 82.5."},
    )
    target_rir = forms.TypedChoiceField(
        label="Never closer to failure than",
        coerce=int,
        choices=[("", "As the exercise is set"), *((n, f"{n} reps in reserve") for n in range(MOST_RIR + 1))],
        required=False,
        empty_value=None,
    )
    notes = forms.CharField(label="Note", required=False, max_length=1000, widget=_words())

    def __init__(self, data=None, *, line: Line):
        slot: WorkoutExercise = line.slot
        said = ("target_reps_min", "target_reps_max", "target_weight", "target_rir", "notes")
        initial = {name: getattr(slot, name) for name in said} | {"target_sets": line.sets}
        super().__init__(data, initial=initial, auto_id=f"slot-{slot.exercise_id}-%s")
        self.line = line
        seconds = {"data-start": SECONDS_PER_EXERCISE, "data-each": SECONDS_PER_SET + line.rest}
        self.fields["target_sets"].widget.attrs |= {"data-muscle": line.muscle} | seconds
        self.fields["target_reps_min"].widget.attrs["placeholder"] = line.terms.lo
        self.fields["target_reps_max"].widget.attrs["placeholder"] = line.terms.hi
        words = LABEL_OF_WEIGHT.get(slot.exercise.loading, "Weight to start with")
        self.fields["target_weight"].label = f"{words}, {line.terms.unit}"
        self.fields["target_weight"].help_text = "Empty: from your history, else asked."
        if line.is_trained or slot.exercise.loading == Loading.BODYWEIGHT:
            del self.fields["target_weight"]

    def clean_notes(self) -> str | None:
        return self.cleaned_data["notes"] or None

    def clean(self):
        said = super().clean()
        least, most = said.get("target_reps_min"), said.get("target_reps_max")
        if "target_reps_min" in self.errors or "target_reps_max" in self.errors:
            return said
        if (least is None) != (most is None):
            self.add_error("target_reps_max", "Say both ends of the range, or neither.")
        elif least is not None and most < least:
            self.add_error("target_reps_max", "The range ends before it begins.")
        return said


class ChooseForm(forms.Form):
    exercise = forms.ModelChoiceField(
        Exercise.objects.none(), error_messages={"required": "Choose an exercise.", "invalid_choice": "Choose one."}
    )

    def __init__(self, data=None, *, user):
        super().__init__(data)
        self.fields["exercise"].queryset = Exercise.objects.usable_by(user)


class MoveWorkoutForm(forms.Form):
    """On which weekday a workout is this week; empty: its own."""

    day_of_week = forms.TypedChoiceField(
        label="Day", coerce=int, choices=[("", "Its own day"), *WEEKDAYS], required=False, empty_value=None
    )


class SessionForm(forms.Form):
    """A session more, this week."""

    name = forms.CharField(
        max_length=255, initial="Extra session", error_messages={"required": "Give the session a name."}
    )
    like = forms.ModelChoiceField(
        Workout.objects.none(), label="With the exercises of", required=False, empty_label="None: I add my own"
    )

    def __init__(self, data=None, *, mesocycle: Mesocycle):
        super().__init__(data)
        self.fields["like"].queryset = mesocycle.workouts.of_plan()


class DeleteForm(forms.Form):
    """Names how many sets go; what was logged since is not deleted unsaid."""

    sets = forms.IntegerField(widget=forms.HiddenInput)
    sure = forms.BooleanField(label="Yes, delete it for good", error_messages={"required": "Tick this to delete it."})
