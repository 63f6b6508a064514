"""Forms that plan the next mesocycle from a past one, and begin it."""

from django import forms

from metricgain.names import NameField
from metricgain.widgets import choice
from training.models import Mesocycle
from training.plan.forms import MesocycleStartForm, weeks_field


class NextMesocycleForm(forms.Form):
    """Asks which week to go on from, and how long the next mesocycle is; for storing it also its name."""

    week = forms.TypedChoiceField(
        label="Go on from",
        coerce=int,
        error_messages={
            "required": "Choose the week to go on from.",
            "invalid_choice": "Choose one of the weeks that you trained; a deload says nothing about what comes next.",
        },
    )
    duration_weeks = weeks_field()
    name = NameField(max_length=255, error_messages={"required": "Give the mesocycle a name."})

    def __init__(self, data=None, *, parent: Mesocycle, weeks: list[int]):
        said = {"week": weeks[0], "duration_weeks": parent.planned_weeks, "name": next_name(parent.name)}
        # What the address leaves out gets the advised value.
        super().__init__(None if data is None else said | dict(data.items()), initial=said)
        advised = {weeks[0]: " (advised)"}
        choice(self, "week").choices = [(week, f"Week {week}{advised.get(week, '')}") for week in weeks]


class MesocycleBeginForm(MesocycleStartForm):
    """Begins a planned mesocycle. While another one runs, the lifter has to agree to end it."""

    what = "mesocycle"

    def __init__(self, *args, mesocycle: Mesocycle, **kwargs):
        weekdays = [workout.day_of_week for workout in mesocycle.workouts.in_plan()]
        super().__init__(*args, name=mesocycle.name, weeks=mesocycle.duration_weeks, weekdays=weekdays, **kwargs)
        del self.fields["name"], self.fields["duration_weeks"]
        self.mesocycle = mesocycle

    def clean(self) -> None:
        super().clean()
        for workout in self.mesocycle.workouts.in_plan().filter(slots=None):
            words = (
                f"“{workout}” has no exercise yet. Add one on the page of the plan, or remove the day; then start it."
            )
            self.add_error(None, words)


def next_name(name: str) -> str:
    """Returns "Autumn 2" for "Autumn", "Autumn 3" for "Autumn 2"."""
    stem, _, last = name.rpartition(" ")
    if stem and last.isdecimal() and len(last) < 4:
        return f"{stem} {int(last) + 1}"
    return f"{name[:253]} 2"
