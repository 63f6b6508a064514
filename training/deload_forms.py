from django import forms

from exercises.models import MuscleGroup
from training.deloading import EVERYTHING
from training.models import Mesocycle, WorkoutExercise


class DeloadForm(forms.Form):
    of = forms.ChoiceField(label="What should recover?", widget=forms.RadioSelect, initial=EVERYTHING)

    def __init__(self, data=None, *, mesocycle: Mesocycle):
        super().__init__(data)
        slots = WorkoutExercise.objects.filter(workout__mesocycle=mesocycle, workout__retired_at=None)
        trained = set(slots.values_list("exercise__muscle_group", flat=True))
        muscles = [(muscle, f"{label} only") for muscle, label in MuscleGroup.choices if muscle in trained]
        self.fields["of"].choices = [(EVERYTHING, "Everything: a deload week"), *muscles]
