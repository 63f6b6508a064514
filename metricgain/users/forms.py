import datetime
import math
from decimal import Decimal
from functools import cache

from django import forms
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe

from metricgain.days import EARLIEST, in_words, past_day, places
from metricgain.names import NameField
from metricgain.number_fields import WeightField
from metricgain.units import KILOGRAMS
from metricgain.users.models import HEAVIEST_BODY, LIGHTEST_BODY, DeloadMode, Experience, Theme, Unit, User
from metricgain.widgets import choice


@cache
def time_zones() -> list[tuple[str, str]]:
    return [(name, in_words(name)) for name in (*places(), "UTC")]


class TimeZoneSelect(forms.Select):
    """A list of hundreds of time zones, drawn once per process as one string: drawing each option by a template costs
    more than the rest of the page. An unknown value shows as UTC, which is how `User.zone` reads it."""

    def optgroups(self, name, value, attrs=None):
        return []

    def render(self, name, value, attrs=None, renderer=None):
        options = _options_of_time_zones()
        chosen = options.get(value) or options["UTC"]
        drawn = _all_options_of_time_zones().replace(chosen, chosen.replace("<option", "<option selected", 1))
        return mark_safe(super().render(name, value, attrs, renderer).replace("</select>", f"{drawn}</select>"))


@cache
def _options_of_time_zones() -> dict[str, SafeString]:
    """Returns the option of each zone, by the zone's name. An option without a value has its text as its value."""
    own_value, another = "<option>{1}</option>", '<option value="{0}">{1}</option>'
    return {name: format_html(own_value if name == label else another, name, label) for name, label in time_zones()}


@cache
def _all_options_of_time_zones() -> str:
    return "".join(_options_of_time_zones().values())


class UnitAndZone(forms.Form):
    unit = forms.ChoiceField(label="Weights in", choices=Unit, initial=Unit.KG, widget=forms.RadioSelect)
    timezone = forms.ChoiceField(label="Time zone", choices=time_zones, initial="UTC", widget=TimeZoneSelect)

    def keep(self, user: User) -> None:
        """Puts the answers on `user`, unsaved."""
        user.timezone = self.cleaned_data["timezone"]
        user.preferences = user.preferences | {"unit": self.cleaned_data["unit"]}


class SignupDetails(UnitAndZone):
    """The questions of sign-up beside email and password. django-allauth mixes this form into its own."""

    def signup(self, request, user: User) -> None:
        self.keep(user)
        user.save(update_fields=["timezone", "preferences"])


class SettingsForm(UnitAndZone):
    full_name = NameField(label="Name", max_length=255, required=False)
    theme = forms.ChoiceField(label="Colours", choices=Theme, widget=forms.RadioSelect, required=False)
    experience = forms.ChoiceField(
        label="Lifting experience",
        required=False,
        help_text="It decides with how many weekly sets of a muscle MetricGain starts, and at how many it stops "
        "adding: fewest for beginners, most for advanced lifters.",
    )
    deload_mode = forms.ChoiceField(
        label="How to deload",
        choices=DeloadMode,
        widget=forms.RadioSelect,
        required=False,
        help_text="A mesocycle ends with an easy week, so that you start the next one rested.",
    )
    asks_rir = forms.ChoiceField(
        label="Reps in reserve",
        choices=[("on", "Ask me after the first set of an exercise"), ("off", "Do not ask")],
        widget=forms.RadioSelect,
        required=False,
        help_text="One tap says how many more you could have done. It is what makes the next weights fit best.",
    )

    field_order = ["full_name", "unit", "theme", "experience", "deload_mode", "asks_rir", "timezone"]

    def __init__(self, data=None, *, user: User):
        told = {name: getattr(user, name) for name in self.base_fields}
        super().__init__(data, initial=told | {"asks_rir": "on" if user.asks_rir else "off"})
        not_said = [] if user.experience else [("", "Not said")]
        choice(self, "experience").choices = [*not_said, *Experience.choices]
        self.fields["timezone"].help_text = "Your phone says which day it is; this zone counts where a device does not."
        self.fields["unit"].help_text = "From your next session on. What you logged stays as you typed it."

    def keep(self, user: User) -> None:
        super().keep(user)
        user.full_name = self.cleaned_data["full_name"] or None
        # An unanswered question leaves the earlier answer.
        answers = {name: self.cleaned_data[name] for name in ("theme", "experience", "deload_mode")}
        user.preferences = user.preferences | {name: answer for name, answer in answers.items() if answer}
        if self.cleaned_data["asks_rir"]:
            user.preferences |= {"ask_rir": self.cleaned_data["asks_rir"] == "on"}


class TimeZoneForm(forms.Form):
    """The answer to the question on Today about a phone in another time zone: the account moves there, or stays."""

    timezone = forms.ChoiceField(choices=time_zones)
    answer = forms.ChoiceField(choices=[("change", "Change"), ("keep", "Keep")])

    @property
    def changes(self) -> bool:
        return self.cleaned_data["answer"] == "change"

    def keep(self, user: User) -> None:
        """Puts the answer on `user`, unsaved."""
        zone = self.cleaned_data["timezone"]
        if self.changes:
            user.timezone = zone
        else:
            user.preferences = user.preferences | {"zones_declined": sorted({*user.zones_declined, zone})}


class BodyMassForm(forms.Form):
    """A weighing, in the user's unit."""

    weight = WeightField(
        error_messages={
            "required": "Type what you weigh.",
            "invalid": "Type your weight as a number, such as 82.5.",
            "max_digits": "Type your weight as a number, such as 82.5.",
            "max_whole_digits": "Type your weight as a number, such as 82.5.",
        },
    )
    date = forms.DateField(
        label="Day",
        widget=forms.DateInput(attrs={"type": "date"}),
        error_messages={
            "required": "Choose the day of the weighing.",
            "invalid": "Type the day as year-month-day, such as 2026-11-30.",
        },
    )

    def __init__(self, data=None, *, user: User):
        self.user = user
        super().__init__(data, initial={"date": user.today()})
        self.fields["weight"].label = f"Weight ({user.unit})"
        # Without a `max`: a page that is left open overnight, or taken to another zone, would refuse its new day.
        self.fields["date"].widget.attrs["min"] = EARLIEST.isoformat()

    def clean_weight(self) -> Decimal:
        """Returns the weight in kilograms, the stored unit."""
        per_unit = KILOGRAMS[self.user.unit]
        kg = round(self.cleaned_data["weight"] * per_unit, 2)
        if not LIGHTEST_BODY <= kg <= HEAVIEST_BODY:
            least, most = math.ceil(LIGHTEST_BODY / per_unit), math.floor(HEAVIEST_BODY / per_unit)
            raise forms.ValidationError(f"Type {least} to {most} {self.user.unit}.")
        return kg

    def clean_date(self) -> datetime.date:
        return past_day(self.cleaned_data["date"], latest=self.user.latest_day())

    def keep(self) -> None:
        """Stores the weighing. It replaces an earlier one of the same day."""
        said = self.cleaned_data
        self.user.body_weights.update_or_create(date=said["date"], defaults={"kg": said["weight"]})


class PasswordAgainForm(forms.Form):
    """The password, before an account is deactivated or deleted. Refuses the only owner."""

    password = forms.CharField(
        label="Your password", strip=False, widget=forms.PasswordInput(attrs={"autocomplete": "current-password"})
    )

    def __init__(self, data=None, *, user: User):
        super().__init__(data)
        self.user = user

    def clean_password(self) -> str:
        password = self.cleaned_data["password"]
        if not self.user.check_password(password):
            raise forms.ValidationError("This is not your password.")
        return password

    def clean(self):
        if self.user.is_last_owner:
            raise forms.ValidationError(
                "You are the only owner: nobody could open the admin any more. Make another owner first."
            )
