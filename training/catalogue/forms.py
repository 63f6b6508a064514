"""Forms of templates: filtering the list, swapping for missing equipment, saving and importing a template; the first
run."""

from django import forms

from exercises.models import Equipment
from metricgain.names import NameField
from metricgain.users.models import Experience, Unit, User
from metricgain.widgets import OneOf, SomeOf, row_choice
from training.catalogue.preview import Lacking
from training.models import Mesocycle, Template

ANY = [("", "All")]
GOALS = [
    ("hypertrophy", "Every muscle"),
    ("full body", "Full body"),
    ("upper lower", "Upper / lower"),
    ("push pull legs", "Push / pull / legs"),
    ("arms focus", "Arms first"),
    ("chest focus", "Chest first"),
    ("back focus", "Back first"),
    ("glutes focus", "Glutes first"),
    ("legs focus", "Legs first"),
    ("shoulders focus", "Shoulders first"),
    ("short sessions", "Short sessions"),
    ("beginner", "For beginners"),
    ("intermediate", "For intermediate lifters"),
    ("advanced", "For advanced lifters"),
]
MAY_LACK = [(value, label) for value, label in Equipment.choices if value != Equipment.BODYWEIGHT]
# The equipment of each place.
PLACES = {
    "body": [Equipment.BODYWEIGHT],
    "home": [Equipment.BODYWEIGHT, Equipment.DUMBBELL, Equipment.OTHER],
    "machines": [Equipment.BODYWEIGHT, Equipment.MACHINE, Equipment.PLATE_LOADED, Equipment.CABLE],
}


class TemplateFilterForm(forms.Form):
    """Filters the list. An unknown value counts as not given, so that any address shows something."""

    days = forms.TypedChoiceField(
        label="Days a week", required=False, coerce=int, empty_value=None, choices=ANY + [(n, n) for n in range(1, 8)]
    )
    goal = forms.ChoiceField(label="Goal", required=False, choices=ANY + GOALS)
    place = forms.ChoiceField(
        label="Equipment",
        required=False,
        choices=[
            ("", "A whole gym"),
            ("machines", "Machines and cables only"),
            ("home", "Dumbbells, bands and a bar to hang from"),
            ("body", "My body alone"),
        ],
    )
    mine = forms.BooleanField(label="Only my own", required=False)

    @property
    def asked(self) -> dict:
        self.is_valid()
        return {name: value for name, value in self.cleaned_data.items() if value}

    def templates(self, user):
        asked, found = self.asked, Template.objects.usable_by(user)
        if "days" in asked:
            found = found.of_days(asked["days"])
        if "goal" in asked:
            found = found.with_tag(asked["goal"])
        if "place" in asked:
            found = found.doable_with(PLACES[asked["place"]])
        if "mine" in asked:
            found = found.filter(user=user)
        return found.most_used_first()


class EquipmentForm(forms.Form):
    """Asks what equipment the lifter has; nothing chosen: all of it. Without the field in `data`, the last answer
    holds."""

    have = forms.MultipleChoiceField(
        label="What you have",
        required=False,
        choices=MAY_LACK,
        widget=SomeOf,
    )

    def __init__(self, data, *, user: User):
        remembered = [value for value in user.equipment if value in dict(MAY_LACK)]
        super().__init__(data if "have" in data else {"have": remembered})

    @property
    def said(self) -> list[str]:
        return self.cleaned_data.get("have", []) if self.is_valid() else []


class SwapsForm(forms.Form):
    """Asks for an exercise in place of each one that needs missing equipment; "keep" keeps it."""

    def __init__(self, data=None, *, lacking: list[Lacking]):
        super().__init__(data)
        for one in lacking:
            choices = [*((option.id, option.name) for option in one.options), ("keep", f"Keep {one.exercise.name}")]
            self.fields[f"swap-{one.exercise.id}"] = forms.ChoiceField(
                label=f"Instead of {one.exercise.name}",
                choices=choices,
                initial=choices[0][0],
                required=False,
                error_messages={"invalid_choice": "Choose one of the exercises offered, or keep it."},
            )

    @property
    def swaps(self) -> dict[int, int]:
        said = ((int(name.removeprefix("swap-")), value) for name, value in self.cleaned_data.items())
        return {exercise: int(value) for exercise, value in said if value not in ("", "keep")}


class TemplateForm(forms.Form):
    """The name of a template, and what it is for."""

    name = NameField(max_length=255, error_messages={"required": "Give the template a name."})
    description = forms.CharField(
        label="What it is for",
        required=False,
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"max_length": "At most 2,000 characters."},
    )

    def keep(self, template: Template) -> None:
        """Puts the answers on `template`, unsaved."""
        template.name, template.description = self.cleaned_data["name"], self.cleaned_data["description"] or None


class TemplateEditForm(TemplateForm):
    """Tags that are not offered here stay as they are."""

    tags = forms.MultipleChoiceField(label="Found under", required=False, choices=GOALS, widget=SomeOf)

    def __init__(self, data=None, *, template: Template):
        self.template = template
        initial = {"name": template.name, "description": template.description, "tags": template.tags}
        super().__init__(data, initial=initial)

    def keep(self, template: Template) -> None:
        super().keep(template)
        offered = dict(GOALS)
        others = [tag for tag in template.tags or [] if tag not in offered]
        template.tags = [*self.cleaned_data["tags"], *others] or None


class TemplateChoice(forms.ModelChoiceField):
    def label_from_instance(self, template: Template) -> str:
        return f"In the place of “{template.name}”"


class TemplateSaveForm(TemplateForm):
    """Saves a plan as a new template, or in place of one of the lifter's own, which keeps its share link and tags."""

    replaces = TemplateChoice(
        Template.objects.none(),
        label="Save it as",
        required=False,
        empty_label="A new template",
        error_messages={"invalid_choice": "That template is gone. Choose another, or save a new one."},
    )

    def __init__(self, data=None, *, user: User, mesocycle: Mesocycle):
        own = Template.objects.filter(user=user).order_by("name", "id")
        same = next((one for one in own if one.name == mesocycle.name), None)
        initial = {"name": mesocycle.name, "replaces": same, "description": same and same.description}
        super().__init__(data, initial=initial)
        row_choice(self, "replaces").queryset = own
        if not own:
            del self.fields["replaces"]


class TemplateImportForm(forms.Form):
    text = forms.CharField(
        label="The text of the file",
        required=False,
        widget=forms.Textarea(attrs={"rows": 6, "spellcheck": "false", "autocomplete": "off"}),
    )
    file = forms.FileField(label="Or the file", required=False)


class FirstRunForm(forms.Form):
    """Asks what the suggestion of a template depends on."""

    unit = forms.ChoiceField(
        label="Weights in",
        choices=Unit,
        widget=OneOf,
        error_messages={"required": "Choose the unit on your plates."},
    )
    experience = forms.ChoiceField(
        label="Steady training so far",
        choices=Experience,
        widget=OneOf,
        error_messages={"required": "Choose what comes nearest; you can change it later."},
    )
    days_per_week = forms.TypedChoiceField(
        label="Days a week you can train",
        coerce=int,
        choices=[(days, str(days)) for days in range(2, 7)],
        widget=OneOf,
        error_messages={"required": "Choose how many days a week you can train."},
    )

    def keep(self, user: User) -> None:
        """Puts the answers on `user`, unsaved."""
        user.preferences = user.preferences | self.cleaned_data
