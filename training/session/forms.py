"""Forms for what lifters type in a session. Each form belongs to one action; where it is refused, the page shows it
again with what was typed."""

from collections.abc import Callable
from datetime import UTC, date, datetime, time, timedelta, tzinfo

from django import forms
from django.utils import timezone

from metricgain.days import EARLIEST, is_somewhere, past_day, zone_of
from metricgain.number_fields import DecimalField, WeightField, WholeField, rounded_weights
from metricgain.users.models import Unit
from training.models import Set
from training.models.bounds import HELD
from training.models.feedback import Challenge, Pump, Soreness
from training.models.log import MAX_SET_NUMBER

LONG = timedelta(hours=5)  # a session of more is asked back


class FactForm(forms.Form):
    """A fact from a page. The page states when the fact was made, which it may know better than the server."""

    edited_at = forms.DateTimeField(required=False)
    local_date = forms.DateField(required=False)

    def clean_edited_at(self) -> datetime | None:
        edited_at = self.cleaned_data["edited_at"]
        if edited_at and edited_at < datetime.combine(EARLIEST, time.min, UTC):
            raise forms.ValidationError("The clock of this phone is years behind; set it, then send this again.")
        return edited_at and min(edited_at, timezone.now())

    def clean_local_date(self) -> date | None:
        """Returns the calendar day of the phone; None where it was that day nowhere on Earth."""
        at = self.cleaned_data.get("edited_at") or timezone.now()
        day = self.cleaned_data["local_date"]
        return day if day and is_somewhere(day, at) else None


class SetForm(FactForm):
    weight = WeightField(
        min_value=0,  # six digits, of which two are decimals, hold 9999.99 at most, so there is no max_value
        error_messages={
            "required": "Type the weight you used; 0 for bodyweight alone.",
            "invalid": "Type the weight as a number, such as 82.5.",
            "min_value": "A weight cannot be less than 0.",
            "max_digits": "That is heavier than MetricGain can store (9999.99).",
            "max_whole_digits": "That is heavier than MetricGain can store (9999.99).",
        },
    )
    reps = WholeField(
        min_value=0,
        max_value=300,
        error_messages={
            "required": "Type how many reps you did; 0 for a failed set.",
            "invalid": "Type whole reps, such as 8.",
            "min_value": "Reps cannot be less than 0.",
            "max_value": "That many reps cannot be right: 300 at most.",
        },
    )
    seconds = WholeField(required=False, **HELD.field)
    rir = DecimalField(
        required=False,
        min_value=0,
        max_value=10,
        decimal_places=1,
        error_messages={
            "invalid": "Type reps in reserve as a number from 0 to 10, or leave it empty.",
            "min_value": "Reps in reserve cannot be less than 0; leave it empty when unsure.",
            "max_value": "Reps in reserve are 10 at most; leave it empty when unsure.",
            "max_decimal_places": "Use at most one decimal for reps in reserve, such as 1.5.",
        },
    )
    unit = forms.ChoiceField(choices=Unit)
    set_type = forms.ChoiceField(choices=Set.Type, required=False)
    extends = forms.IntegerField(required=False)  # see TypedSet
    prescription = forms.IntegerField(required=False)

    def __init__(self, *args, exercise_id: int, number: int, of_hold: Callable[[], bool] = lambda: False, **kwargs):
        """`of_hold`: says whether the exercise is a hold; asked only where its reps are no number of reps."""
        super().__init__(*args, **kwargs)
        self.exercise_id, self.number, self.of_hold = exercise_id, number, of_hold

    @property
    def is_rounded(self) -> bool:
        """Whether the weight was typed with more decimals than are stored."""
        return bool(rounded_weights(self))

    def clean_extends(self) -> int | None:
        number = self.cleaned_data["extends"]
        return number if number and 1 <= number <= MAX_SET_NUMBER else None

    def clean_set_type(self) -> str:
        return self.cleaned_data["set_type"] or Set.Type.WORKING

    def clean(self):
        if not 1 <= self.number <= MAX_SET_NUMBER:
            raise forms.ValidationError(f"A session holds sets 1 to {MAX_SET_NUMBER} of an exercise.")
        if "seconds" in self.errors:  # a page has one field for both
            self.errors["reps"] = self.errors.pop("seconds")
        elif "reps" in self.errors and (self.cleaned_data.get("seconds") is not None or self.of_hold()):
            self._read_seconds()
        return super().clean()

    def _read_seconds(self) -> None:
        """Reads what is no number of reps as the seconds of a hold, for which other bounds and sentences hold."""
        del self.errors["reps"]
        said = "seconds" if self.cleaned_data.get("seconds") is not None else "reps"
        try:
            self.cleaned_data["reps"] = WholeField(**HELD.field).clean(self.data.get(said))
        except forms.ValidationError as error:
            self.add_error("reps", error)


class SorenessForm(FactForm):
    soreness_level = forms.TypedChoiceField(
        choices=Soreness, coerce=int, error_messages={"required": "Choose how sore you still were."}
    )


class PerformanceForm(FactForm):
    pump_level = forms.TypedChoiceField(choices=Pump, coerce=int, required=False, empty_value=None)
    challenge_level = forms.TypedChoiceField(choices=Challenge, coerce=int, required=False, empty_value=None)

    def clean(self):
        super().clean()
        answers = self.cleaned_data
        if answers.get("pump_level") is None and answers.get("challenge_level") is None:
            raise forms.ValidationError("Choose a pump, a challenge, or both, then save.")
        return answers

    @property
    def answers(self) -> dict[str, int | None]:
        """The answers in the post, by part. A tap posts the tapped part, and the other one as the page knew it."""
        parts = {"pump": "pump_level", "challenge": "challenge_level"}
        return {part: self.cleaned_data[name] for part, name in parts.items() if name in self.data}


class NoteForm(FactForm):
    notes = forms.CharField(
        max_length=5000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"max_length": "A note has at most 5,000 characters."},
    )


class IllForm(FactForm):
    ill = forms.BooleanField(required=False)


class ExerciseNoteForm(FactForm):
    note = forms.CharField(
        max_length=1000,
        required=False,
        error_messages={"max_length": "The note of an exercise has at most 1,000 characters."},
    )


class BackfillForm(FactForm):
    """The day and times of a session that was really at another time. The times may be empty."""

    day = forms.DateField(
        widget=forms.DateInput(attrs={"type": "date"}),
        error_messages={"required": "Choose the day you trained.", "invalid": "Choose the day you trained."},
    )
    began = forms.TimeField(label="From", required=False, widget=forms.TimeInput(attrs={"type": "time"}))
    ended = forms.TimeField(label="To", required=False, widget=forms.TimeInput(attrs={"type": "time"}))
    is_long = forms.BooleanField(label="It took that long", required=False)
    zone = forms.CharField(required=False)  # of the phone when the times were typed

    def __init__(self, *args, latest: date, here: tzinfo, **kwargs):
        super().__init__(*args, **kwargs)
        self.latest, self.here = latest, here

    def clean_day(self) -> date:
        """Also accepts the day of a phone that knows it better than the server."""
        latest = max(self.latest, self.cleaned_data.get("local_date") or self.latest)
        return past_day(self.cleaned_data["day"], latest=latest)

    def clean_zone(self) -> tzinfo:
        return zone_of(self.cleaned_data["zone"]) or self.here

    def clean(self) -> None:
        """Asks back about a session of more than LONG: most often its times were swapped, or one is of the morning."""
        super().clean()
        if self.errors or self.cleaned_data["is_long"]:
            return
        _, start, end = self.moments()
        if start and end and (took := end.astimezone(UTC) - start.astimezone(UTC)) > LONG:
            hours = f"{took / timedelta(hours=1):.1f}".removesuffix(".0")
            words = (
                f"From {start:%H:%M} to {end:%H:%M} are {hours} hours. Mend the times, or tick that it took that long."
            )
            self.add_error("ended", forms.ValidationError(words, code="long"))

    def moments(self) -> tuple[date, datetime | None, datetime | None]:
        """Returns day, start and end in the zone of the phone. An end before the start was after midnight."""
        day, began, ended, zone = (self.cleaned_data[name] for name in ("day", "began", "ended", "zone"))
        start = datetime.combine(day, began, zone) if began else None
        end = datetime.combine(day, ended, zone) if ended else None
        if start and end and end < start:
            # Where the clock went back in between, the end may be a time that it showed twice: then it is the second.
            second = end.replace(fold=1)
            end = second if second.astimezone(UTC) >= start.astimezone(UTC) else end + timedelta(days=1)
        return day, start, end
