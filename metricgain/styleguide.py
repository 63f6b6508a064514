"""One page for staff that shows every part of the design in every state. Look at it before and after a change."""

from django import forms
from django.http import Http404
from django.shortcuts import render
from django.urls import path
from django.views.decorators.http import require_safe

from metricgain.number_fields import DecimalField

COLOURS = (
    *("paper", "card", "sunken", "line", "field-line", "ink", "ink-soft"),
    *("accent", "accent-soft", "done", "warn", "warn-soft", "record", "record-soft"),
)
MUSCLES = (
    *(("chest", "Chest"), ("back", "Back"), ("legs", "Legs"), ("shoulders", "Shoulders")),
    *(("delts", "Side and rear delts"), ("bis", "Biceps"), ("tris", "Triceps"), ("calfs", "Calves"), ("abs", "Abs")),
)
ICONS = (
    *("today", "mesocycles", "templates", "exercises", "progress", "settings", "check", "plus", "minus", "close"),
    *("undo", "swap", "up", "down", "next", "drag", "more", "timer", "record", "note", "trash", "why", "phone"),
    *("offline", "sound", "plates", "sun", "search", "skip", "start"),
)


class SampleForm(forms.Form):
    """One field of each kind. The view binds it to values of which two are refused, so that errors show."""

    name = forms.CharField(label="A line of words", help_text="What it is for, in a sentence.")
    weight = DecimalField(label="A number")
    weeks = forms.ChoiceField(label="One of a list", choices=[(n, f"{n} weeks") for n in range(3, 8)])
    unit = forms.ChoiceField(
        label="One of two", choices=[("kg", "Kilograms"), ("lb", "Pounds")], widget=forms.RadioSelect
    )
    mode = forms.ChoiceField(
        label="One of a few sentences",
        choices=[("reps", "Half the sets and reps"), ("weight", "Half the sets and half the weight")],
        widget=forms.RadioSelect,
    )
    note = forms.CharField(label="Some sentences", widget=forms.Textarea(attrs={"rows": 2}), required=False)
    any_day = forms.BooleanField(label="Yes or no", required=False)


@require_safe
def styleguide(request):
    if not request.user.is_staff:
        raise Http404
    form = SampleForm({"name": "", "weight": "12,5,5", "weeks": 5, "unit": "kg", "mode": "reps", "any_day": "on"})
    context = {"colours": COLOURS, "muscles": MUSCLES, "icons": ICONS, "form": form}
    return render(request, "styleguide.html", context)


urlpatterns = [path("styleguide/", styleguide, name="styleguide")]
