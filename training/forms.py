"""What lifters type. Each form belongs to one action; refused, it returns with what was typed."""

from decimal import Decimal

from django import forms

from metricgain.users.models import Unit
from training.models import Mesocycle, Set
from training.models.feedback import Challenge, Pump, Soreness
from training.models.log import MAX_SET_NUMBER
from training.models.mesocycle import MAX_WEEKS, MIN_WEEKS


class DecimalField(forms.DecimalField):
    """A number with a decimal point or a decimal comma."""

    def to_python(self, value):
        return super().to_python(value.replace(",", ".") if isinstance(value, str) else value)


class FactForm(forms.Form):
    """A fact from a page: when it was made, where the page knows better than the server."""

    edited_at = forms.DateTimeField(required=False)
    local_date = forms.DateField(required=False)


class SetForm(FactForm):
    weight = DecimalField(
        min_value=0,
        max_value=Decimal("9999.99"),
        max_digits=6,
        decimal_places=2,
        error_messages={
            "required": "Type the weight you used; 0 for bodyweight alone.",
            "invalid": "Type the weight as a number, such as 82.5.",
            "min_value": "A weight cannot be less than 0.",
            "max_value": "That is heavier than MetricGain can store (9999.99).",
            "max_digits": "That is heavier than MetricGain can store (9999.99).",
            "max_whole_digits": "That is heavier than MetricGain can store (9999.99).",
            "max_decimal_places": "Use at most two decimals, such as 82.25.",
        },
    )
    reps = forms.IntegerField(
        min_value=0,
        max_value=300,
        error_messages={
            "required": "Type how many reps you did; 0 for a failed set.",
            "invalid": "Type whole reps, such as 8.",
            "min_value": "Reps cannot be less than 0.",
            "max_value": "That many reps cannot be right: 300 at most.",
        },
    )
    rir = DecimalField(
        required=False,
        min_value=0,
        max_value=10,
        max_digits=3,
        decimal_places=1,
        error_messages={"invalid": "Type reps in reserve as a number from 0 to 10, or leave it empty."},
    )
    unit = forms.ChoiceField(choices=Unit)
    set_type = forms.ChoiceField(choices=Set.Type, required=False)
    prescription = forms.IntegerField(required=False)

    def __init__(self, *args, exercise_id: int, number: int, **kwargs):
        super().__init__(*args, **kwargs)
        self.exercise_id, self.number = exercise_id, number

    def clean_set_type(self) -> str:
        return self.cleaned_data["set_type"] or Set.Type.WORKING

    def clean(self):
        if not 1 <= self.number <= MAX_SET_NUMBER:
            raise forms.ValidationError(f"A session holds sets 1 to {MAX_SET_NUMBER} of an exercise.")
        return super().clean()


class SorenessForm(FactForm):
    soreness_level = forms.TypedChoiceField(
        choices=Soreness, coerce=int, error_messages={"required": "Choose how sore you still were."}
    )


class PerformanceForm(FactForm):
    pump_level = forms.TypedChoiceField(choices=Pump, coerce=int, required=False, empty_value=None)
    challenge_level = forms.TypedChoiceField(choices=Challenge, coerce=int, required=False, empty_value=None)

    def clean(self):
        answers = super().clean()
        if answers.get("pump_level") is None and answers.get("challenge_level") is None:
            raise forms.ValidationError("Choose a pump, a challenge, or both, then save.")
        return answers


class MesocycleStartForm(forms.Form):
    """Starts a mesocycle from a template. While another one runs, ending it has to be said."""

    name = forms.CharField(max_length=255)
    duration_weeks = forms.TypedChoiceField(
        label="Weeks",
        coerce=int,
        choices=[(n, f"{n} weeks, the last a deload") for n in range(MIN_WEEKS, MAX_WEEKS + 1)],
    )
    start_date = forms.DateField(label="First day", widget=forms.DateInput(attrs={"type": "date"}))
    end_active = forms.BooleanField(required=False)

    def __init__(self, *args, active: Mesocycle | None, **kwargs):
        super().__init__(*args, **kwargs)
        self.active = active
        if active is None:
            del self.fields["end_active"]
        else:
            week = f"week {active.current_week} of {active.duration_weeks}"
            self.fields["end_active"].label = f"End “{active.name}” ({week}) and start this one"

    def clean(self):
        if self.active and not self.cleaned_data.get("end_active"):
            self.add_error(
                "end_active",
                f"You are training “{self.active.name}”, and only one mesocycle runs at a time. "
                "Tick this to end it, or finish it first. What you logged in it stays.",
            )
        return super().clean()
