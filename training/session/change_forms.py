"""Forms for changing the plan of a session. Each change is for today, or from now on."""

import json

from django import forms

from exercises.forms import SeveralForm
from exercises.models import Exercise
from metricgain.number_fields import WholeField
from metricgain.widgets import row_choice
from training.models.bounds import SETS
from training.models.prescription import FROM_NOW_ON, TODAY

SCOPES = [(TODAY, "Just today"), (FROM_NOW_ON, "From now on")]


class ChangeForm(forms.Form):
    """A change without `scope` is for today, which is the smaller change."""

    scope = forms.ChoiceField(choices=SCOPES, required=False, widget=forms.RadioSelect, initial=TODAY)

    def clean_scope(self) -> str:
        return self.cleaned_data["scope"] or TODAY


class SetsForm(ChangeForm):
    sets = WholeField(**SETS.field)


class SupersetForm(ChangeForm):
    """`with`: the id of the neighbour to pair an exercise with; empty: the exercise becomes alone."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["with"] = forms.IntegerField(required=False, min_value=1, max_value=2**63 - 1)

    def clean(self) -> None:
        super().clean()
        self.cleaned_data["other"] = self.cleaned_data.get("with")


class MoveForm(forms.Form):
    place = forms.IntegerField(min_value=1, max_value=99)


class ShortenForm(forms.Form):
    """The minutes to cut the session down to; empty: the whole session again. `sets`: what the page said that this
    leaves, as [[exercise id, sets], ...]; a page without scripts does not say it."""

    sets = forms.CharField(required=False)
    minutes = WholeField(
        required=False,
        min_value=5,
        max_value=240,
        error_messages={
            "invalid": "Type whole minutes, such as 30.",
            "min_value": "Five minutes are too few to train; skip this workout instead.",
            "max_value": "Type at most 240 minutes.",
        },
    )

    def clean_sets(self) -> dict[int, int] | None:
        try:
            said = json.loads(self.cleaned_data["sets"] or "[]")
            return {int(exercise): int(count) for exercise, count in said} or None
        except (TypeError, ValueError):
            return None


class ChosenExerciseForm(ChangeForm):
    """Chooses an exercise that the user may plan. One that was merged meanwhile counts as the exercise it became."""

    exercise = forms.ModelChoiceField(
        Exercise.objects.none(), error_messages={"required": "Choose an exercise.", "invalid_choice": "Choose one."}
    )

    def __init__(self, *args, user, **kwargs):
        super().__init__(*args, **kwargs)
        self.usable = Exercise.objects.usable_by(user)
        row_choice(self, "exercise").queryset = Exercise.objects.of_library_of(user)

    def clean_exercise(self) -> Exercise | None:
        if (chosen := self.cleaned_data["exercise"]) is None:
            return None
        if not self.usable.contains(chosen.standing):
            raise forms.ValidationError("This exercise is archived. Choose one that is in use.")
        return chosen.standing


class AddedExercisesForm(SeveralForm, ChosenExerciseForm):
    pass
