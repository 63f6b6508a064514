import zoneinfo

from django import forms

from metricgain.users.models import Experience, Theme, Unit, User


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
    theme = forms.ChoiceField(label="Colours", choices=Theme, widget=forms.RadioSelect, required=False)
    experience = forms.ChoiceField(label="Lifting experience", required=False)

    field_order = ["full_name", "unit", "theme", "experience", "timezone"]

    def __init__(self, data=None, *, user: User):
        told = {name: getattr(user, name) for name in self.base_fields}
        super().__init__(data, initial=told)
        not_said = [] if user.experience else [("", "Not said")]
        self.fields["experience"].choices = [*not_said, *Experience.choices]
        self.fields["unit"].help_text = "For new mesocycles. What you logged stays as you typed it."

    def keep(self, user: User) -> None:
        super().keep(user)
        user.full_name = self.cleaned_data["full_name"] or None
        # A question that was not answered leaves what is known.
        answers = {name: self.cleaned_data[name] for name in ("theme", "experience")}
        user.preferences = user.preferences | {name: answer for name, answer in answers.items() if answer}


class DeactivateForm(forms.Form):
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
                "You are the only owner: nobody could activate an account again. Make another owner first."
            )
