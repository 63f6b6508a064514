"""Forms of the calendar: what to deload, on which day a workout is, an extra session, deleting a mesocycle."""

from datetime import date

from django import forms

from exercises.models import MuscleGroup
from metricgain.days import past_day
from metricgain.names import NameField
from metricgain.users.models import User
from metricgain.widgets import choice, row_choice
from training.models import Mesocycle, Workout, WorkoutExercise
from training.plan.forms import WEEKDAYS
from training.schedule.deload import EVERYTHING


class DeloadForm(forms.Form):
    of = forms.ChoiceField(label="What should recover?", widget=forms.RadioSelect, initial=EVERYTHING)

    def __init__(self, data=None, *, mesocycle: Mesocycle):
        super().__init__(data)
        slots = WorkoutExercise.objects.filter(workout__mesocycle=mesocycle, workout__retired_at=None)
        trained = set(slots.values_list("exercise__muscle_group", flat=True))
        muscles = [(muscle, f"{label} only") for muscle, label in MuscleGroup.choices if muscle in trained]
        choice(self, "of").choices = [(EVERYTHING, "Everything: a deload week"), *muscles]


class MoveWorkoutForm(forms.Form):
    """Moves a workout to another weekday this week; empty: its own day."""

    day_of_week = forms.TypedChoiceField(
        label="Day", coerce=int, choices=[("", "Its own day"), *WEEKDAYS], required=False, empty_value=None
    )


class FreestyleForm(forms.Form):
    """The day of a session without a plan; empty: today."""

    day = forms.DateField(
        required=False,
        widget=forms.DateInput(attrs={"type": "date"}),
        error_messages={"invalid": "Choose the day you trained."},
    )

    def __init__(self, data=None, *, user: User):
        super().__init__(data)
        self.user = user

    def clean_day(self) -> date:
        return past_day(self.cleaned_data["day"] or self.user.today(), latest=self.user.latest_day())


class SessionForm(forms.Form):
    """Adds an extra session this week."""

    name = NameField(max_length=255, initial="Extra session", error_messages={"required": "Give the session a name."})
    like = forms.ModelChoiceField(
        Workout.objects.none(), label="With the exercises of", required=False, empty_label="None: I add my own"
    )

    def __init__(self, data=None, *, mesocycle: Mesocycle):
        super().__init__(data)
        row_choice(self, "like").queryset = mesocycle.workouts.of_plan()


class DeleteForm(forms.Form):
    """Holds the number of sets that the lifter was told, so that sets logged since are not deleted unannounced."""

    sets = forms.IntegerField(widget=forms.HiddenInput)
    sure = forms.BooleanField(label="Yes, delete it for good", error_messages={"required": "Tick this to delete it."})
