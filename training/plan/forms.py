"""Forms of a plan: its name and weeks, its days, the exercises of each day, and when it begins."""

import calendar
from datetime import date, timedelta

from django import forms

from exercises.forms import SeveralForm, check_range
from exercises.models import Exercise, Loading
from metricgain.names import NameField
from metricgain.number_fields import WeightField, WholeField
from metricgain.users.models import Unit
from metricgain.widgets import SomeOf, row_choice
from training.models import Mesocycle, Workout, WorkoutExercise
from training.models.bounds import BOUNDS, DAYS, HEAVIEST, MINUTES, RIR, SETS, WEEKS
from training.plan.overview import SlotLine
from training.progression import CONFIG

WITHIN = timedelta(days=366)  # how far away a first day may be
WEEKDAYS = list(enumerate(calendar.day_name))
NO_DAY = ("", "No fixed day")
LABEL_OF_WEIGHT: dict[str, str] = {Loading.ADDED: "Added weight to start with", Loading.ASSISTED: "Help to start with"}


def weeks_field() -> forms.TypedChoiceField:
    choices = [(n, f"{n} weeks, the last a deload") for n in WEEKS.every]
    return forms.TypedChoiceField(label="Weeks", coerce=int, choices=choices, error_messages=WEEKS.messages)


def _words() -> forms.Textarea:
    return forms.Textarea(attrs={"rows": 2})


class PlanCreateForm(forms.Form):
    """An empty plan, to be filled in the builder."""

    name = NameField(max_length=255, error_messages={"required": "Give the plan a name."})
    duration_weeks = weeks_field()
    days = forms.TypedChoiceField(
        label="Days a week", coerce=int, choices=[(n, str(n)) for n in DAYS.every], error_messages=DAYS.messages
    )

    def __init__(self, data=None):
        super().__init__(data, initial={"duration_weeks": 5, "days": 3})


class PlanForm(forms.Form):
    """A running plan keeps its weeks: they change by repeating one, or by ending early."""

    name = NameField(max_length=255, error_messages={"required": "Give the plan a name."})
    description = forms.CharField(required=False, max_length=2000, widget=_words())
    duration_weeks = weeks_field()

    def __init__(self, data=None, *, mesocycle: Mesocycle):
        said = ("name", "description", "duration_weeks")
        super().__init__(data, initial={name: getattr(mesocycle, name) for name in said}, auto_id="plan-%s")
        if mesocycle.is_active:
            del self.fields["duration_weeks"]


class NewDayForm(forms.Form):
    name = NameField(
        label="Name of the new day", max_length=255, error_messages={"required": "Give the day a name, such as Push."}
    )

    def __init__(self, data=None):
        super().__init__(data, auto_id="new-day-%s")


class DayForm(forms.Form):
    name = NameField(max_length=255, error_messages={"required": "Give the day a name, such as Push."})
    day_of_week = forms.TypedChoiceField(
        label="Weekday", coerce=int, choices=[NO_DAY, *WEEKDAYS], required=False, empty_value=None
    )
    description = forms.CharField(required=False, max_length=2000, widget=_words())
    minutes_at_most = WholeField(
        label="Minutes that it may take",
        required=False,
        help_text="The plan adds no set that would make the workout longer. Empty: no limit.",
        **MINUTES.field,
    )

    def __init__(self, data=None, *, workout: Workout):
        said = ("name", "day_of_week", "description", "minutes_at_most")
        super().__init__(data, initial={name: getattr(workout, name) for name in said}, auto_id="day-%s")


class SlotForm(forms.Form):
    """An exercise of a day. Where reps or RIR floor are empty, those of the exercise hold."""

    target_sets = WholeField(label="Sets", **SETS.field)
    target_reps_min = WholeField(required=False)
    target_reps_max = WholeField(required=False)
    target_weight = WeightField(
        required=False,
        min_value=0,
        max_value=HEAVIEST,
        error_messages={"invalid": "Type the weight as a number, such as 82.5."},
    )
    unit = forms.ChoiceField(choices=Unit, required=False, widget=forms.HiddenInput)
    target_rir = forms.TypedChoiceField(
        label="Never closer to failure than",
        coerce=int,
        choices=[("", "As the exercise is set"), *((n, f"{n} reps in reserve") for n in RIR.every)],
        required=False,
        empty_value=None,
        error_messages=RIR.messages,
    )
    notes = forms.CharField(label="Note", required=False, max_length=1000, widget=_words())

    def __init__(self, data=None, *, line: SlotLine):
        slot: WorkoutExercise = line.slot
        said = ("target_reps_min", "target_reps_max", "target_weight", "target_rir", "notes")
        initial = {name: getattr(slot, name) for name in said}
        initial |= {
            "target_sets": line.sets,
            "target_weight": line.parameters.target_weight,
            "unit": line.parameters.unit,
        }
        # The version before may have written values outside the bounds. Show what is planned; the line says so.
        if slot.target_rir is not None:
            initial["target_rir"] = RIR.nearest(slot.target_rir)
        if slot.target_reps_min is None or slot.target_reps_max is None:
            initial |= {"target_reps_min": None, "target_reps_max": None}
        super().__init__(data, initial=initial, auto_id=f"slot-{slot.exercise_id}-%s")
        self.line = line
        seconds = {"data-start": CONFIG.exercise_seconds, "data-each": CONFIG.set_seconds + line.rest}
        self.fields["target_sets"].widget.attrs |= {"data-muscle": line.muscle} | seconds
        self.counted = BOUNDS[slot.exercise.measure]
        for name, end, usual in (("min", "from", line.parameters.lo), ("max", "to", line.parameters.hi)):
            field = self.fields[f"target_reps_{name}"]
            field.label = f"{slot.exercise.get_measure_display()} {end}"
            field.widget.attrs["placeholder"] = usual
            field.error_messages |= self.counted.messages
        words = LABEL_OF_WEIGHT.get(slot.exercise.loading, "Weight to start with")
        self.fields["target_weight"].label = f"{words}, {line.parameters.unit}"
        self.fields["target_weight"].help_text = "Leave it empty, and your history decides, or you are asked."
        if line.is_trained or slot.exercise.loading == Loading.BODYWEIGHT:
            del self.fields["target_weight"], self.fields["unit"]

    def clean_unit(self) -> str:
        """Returns the unit of the page that was open, which an account may have left since."""
        return self.cleaned_data["unit"] or self.line.parameters.unit

    def clean_notes(self) -> str | None:
        return self.cleaned_data["notes"] or None

    def clean(self):
        said = super().clean()
        check_range(self, "target_reps_min", "target_reps_max", within=self.counted)
        return said


class ChooseForm(forms.Form):
    exercise = forms.ModelChoiceField(
        Exercise.objects.none(), error_messages={"required": "Choose an exercise.", "invalid_choice": "Choose one."}
    )

    def __init__(self, data=None, *, user):
        super().__init__(data)
        row_choice(self, "exercise").queryset = Exercise.objects.usable_by(user)


class AddForm(SeveralForm, ChooseForm):
    pass


class MesocycleStartForm(forms.Form):
    """Starts a mesocycle from a template. While another one runs, the lifter has to agree to end it."""

    what = "template"  # what the number of workouts comes from, for the message

    name = NameField(max_length=255, error_messages={"required": "Give the mesocycle a name."})
    duration_weeks = weeks_field()
    start_date = forms.DateField(
        label="First day",
        widget=forms.DateInput(attrs={"type": "date"}),
        error_messages={
            "required": "Choose the day you begin.",
            "invalid": "Type the day you begin as year-month-day, such as 2026-11-30.",
        },
    )
    weekdays = forms.TypedMultipleChoiceField(
        label="Training days",
        coerce=int,
        choices=list(enumerate(calendar.day_abbr)),
        required=False,
        widget=SomeOf,
    )
    any_day = forms.BooleanField(label="No fixed days: I go in order, whenever I can", required=False)
    end_active = forms.BooleanField(required=False)

    def __init__(
        self,
        data=None,
        *,
        name: str,
        weeks: int,
        weekdays: list[int | None],
        active: Mesocycle | None,
        today: date,
    ):
        self.workouts, days = len(weekdays), {day for day in weekdays if day is not None}
        has_days = len(days) == self.workouts
        initial = {
            "name": name,
            "duration_weeks": weeks,
            "start_date": today,
            "weekdays": sorted(days) if has_days else [],
            "any_day": not has_days,
        }
        super().__init__(data, initial=initial)
        self.active, self.today = active, today
        first, last = today - WITHIN, today + WITHIN
        self.fields["start_date"].widget.attrs |= {"min": first.isoformat(), "max": last.isoformat()}
        words = f"Choose {self.workouts}. The first workout is on the first of them, counted from the day you begin."
        self.fields["weekdays"].help_text = words
        if active is None:
            del self.fields["end_active"]
        else:
            week = f"week {active.current_week} of {active.duration_weeks}"
            self.fields["end_active"].label = f"End “{active.name}” ({week}) and start this one"

    def clean_start_date(self) -> date:
        day = self.cleaned_data["start_date"]
        if abs(day - self.today) > WITHIN:
            raise forms.ValidationError("Choose a first day that is not more than a year away.")
        return day

    def clean(self):
        super().clean()
        said = self.cleaned_data
        days = set(said.get("weekdays", []))
        if not self.workouts:
            raise forms.ValidationError(f"There is nothing to start. {DAYS.sentence}")
        if not said.get("any_day") and "weekdays" not in self.errors and len(days) != self.workouts:
            self.add_error(
                "weekdays",
                f"This {self.what} has {self.workouts} workout{'s' if self.workouts != 1 else ''} a week and you chose "
                f"{len(days)} day{'s' if len(days) != 1 else ''}. Choose {self.workouts}, or go without fixed days.",
            )
        if self.active and not said.get("end_active"):
            self.add_error(
                "end_active",
                f"You are training “{self.active.name}”, and only one mesocycle runs at a time. "
                "Tick this to end it, or finish it first. What you logged in it stays.",
            )
        return said

    @property
    def days(self) -> list[int] | None:
        """The chosen weekdays, 0 = Monday; None where the lifter goes without fixed days."""
        said = self.cleaned_data
        return None if said.get("any_day") else sorted(set(said.get("weekdays", [])))
