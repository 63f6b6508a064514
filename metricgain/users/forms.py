import zoneinfo

from django import forms

from metricgain.users.models import Unit, User


def time_zones() -> list[tuple[str, str]]:
    return [
        (name, name.replace("_", " "))
        for name in sorted(zoneinfo.available_timezones())
        if "/" in name or name == "UTC"
    ]


class UnitAndZone(forms.Form):
    unit = forms.ChoiceField(label="Weights in", choices=Unit, initial=Unit.KG, widget=forms.RadioSelect)
    timezone = forms.ChoiceField(label="Time zone", choices=time_zones, initial="UTC")

    def keep(self, user: User) -> None:
        """Puts the answers on `user`, unsaved."""
        user.timezone = self.cleaned_data["timezone"]
        user.preferences = user.preferences | {"unit": self.cleaned_data["unit"]}


class SignupDetails(UnitAndZone):
    """What sign-up asks beside email and password; django-allauth mixes it into its own form."""

    def signup(self, request, user: User) -> None:
        self.keep(user)
        user.save(update_fields=["timezone", "preferences"])


class SettingsForm(UnitAndZone):
    full_name = forms.CharField(label="Name", max_length=255, required=False)

    field_order = ["full_name", "unit", "timezone"]

    def keep(self, user: User) -> None:
        super().keep(user)
        user.full_name = self.cleaned_data["full_name"] or None
