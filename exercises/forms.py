"""Forms of the library: searching it, and a lifter's own exercises."""

from typing import Self

from django import forms
from django.db import IntegrityError, transaction
from django.http import QueryDict

from exercises.bounds import REPS, SECONDS, range_bound
from exercises.kinds import PARTS_OF, Movement, belongs, wrong_in_parts
from exercises.listed import Listed
from exercises.models import (
    MEASURE_STAYS,
    Equipment,
    Exercise,
    ExerciseQuerySet,
    ExerciseType,
    Loading,
    MuscleGroup,
)
from exercises.naming.movements import facts, secondary_parts
from metricgain.bounds import Bound, wrong_in_range
from metricgain.names import NameField
from metricgain.number_fields import WholeField
from metricgain.widgets import PrintedSelect, choice, row_choice

ANY = [("", "All")]
MOST_TICKED = 40  # exercises that a search remembers as ticked
BY_NAME = [("", "As its name says")]
TAKEN = "You have an exercise of that name already."
# What another request may have made wrong just now, by the words of PostgreSQL: the field, and the sentence.
JUST_NOW = {"unique_own_exercise_name": ("name", TAKEN), "has sets that do not count": ("measure", MEASURE_STAYS)}

# `exercise_type`, a column of the documented schema (docs/database.md), follows from the equipment.
TYPES = {
    Equipment.BARBELL: ExerciseType.FREEWEIGHT,
    Equipment.DUMBBELL: ExerciseType.FREEWEIGHT,
    Equipment.MACHINE: ExerciseType.MACHINE,
    Equipment.PLATE_LOADED: ExerciseType.MACHINE,
    Equipment.CABLE: ExerciseType.CABLE,
    Equipment.BODYWEIGHT: ExerciseType.BODYWEIGHT,
    Equipment.OTHER: ExerciseType.FREEWEIGHT,
}


def check_range(form: forms.BaseForm, fewest: str, most: str, *, within: Bound) -> None:
    """Checks two fields that form a rep range: both or neither, within the bound, the lower one first. Adds each error
    to the field at fault."""
    said = {name: form.cleaned_data.get(name) for name in (fewest, most)}
    for name, reps in said.items():
        if reps is not None and not within.holds(reps):
            form.add_error(name, within.sentence)
    if not form.errors.keys() & said and (wrong := wrong_in_range(*said.values())):
        missing = next((name for name, reps in said.items() if reps is None), most)
        form.add_error(missing, wrong)


def check_part(form: forms.BaseForm) -> None:
    """Checks that the part belongs to the muscle group."""
    part, group = form.cleaned_data.get("part"), form.cleaned_data.get("muscle_group")
    if part and group and (wrong := wrong_in_parts(group, part)):
        form.add_error("part", wrong)


def parts_by_group() -> list[tuple[str, list[tuple[str, str]]]]:
    """Returns the parts to choose from, below their muscle groups."""
    return [(group.label, [(one.value, one.label) for one in parts]) for group, parts in PARTS_OF.items()]


class ChoiceForm(forms.Form):
    """Narrows what can be chosen. What it does not know counts as not asked for, so that any address shows something
    to choose."""

    q = forms.CharField(
        label="Search by name", required=False, max_length=100, widget=forms.TextInput(attrs={"type": "search"})
    )
    muscle = forms.ChoiceField(
        label="Muscle group", required=False, choices=ANY + MuscleGroup.choices, widget=PrintedSelect
    )
    equipment = forms.ChoiceField(
        label="Equipment", required=False, choices=ANY + Equipment.choices, widget=PrintedSelect
    )

    def add_error(self, field, error) -> None:
        """Drops the error, because this form refuses nothing."""

    @property
    def asked(self) -> dict[str, str]:
        """The values by field, without empty and unknown ones."""
        self.is_valid()
        return {name: value for name, value in self.cleaned_data.items() if value}

    @property
    def is_named(self) -> bool:
        return "q" in self.asked

    @property
    def of_muscle(self) -> str:
        """The chosen muscle group; empty means all."""
        return self.asked.get("muscle", "")

    @property
    def again(self) -> Self:
        """The same form with other ids, for a page that has it twice."""
        return type(self)(self.data, auto_id="again_%s")

    def ticked(self, user) -> list[Exercise]:
        """Returns the exercises that were ticked before this search, by a browser without scripts."""
        said = self.data.getlist("exercises")[:MOST_TICKED] if isinstance(self.data, QueryDict) else []
        ids = [one for one in said if one.isascii() and one.isdigit() and len(one) < 18]
        return list(Exercise.objects.usable_by(user).filter(id__in=ids)) if ids else []

    def exercises(self, user) -> ExerciseQuerySet:
        """Returns the exercises of the user's library that match all but the name."""
        asked = self.asked
        found = Exercise.objects.usable_by(user)
        match asked.get("which"):
            case "mine":
                found = found.owned_by(user)
            case "archived":
                found = Exercise.objects.owned_by(user).archived()
            case "recent":
                found = found.done_by(user)
        columns = {"muscle": "muscle_group", "type": "exercise_type", "equipment": "equipment"}
        return found.filter(**{column: asked[name] for name, column in columns.items() if name in asked})

    def sought(self, found: ExerciseQuerySet, user) -> list[Listed] | ExerciseQuerySet:
        """Returns those of the exercises whose name is meant; without a name all of them, the likeliest first."""
        return found.searched(self.asked["q"], user) if self.is_named else found.likely_first(user)


class SeveralForm(forms.Form):
    """Lets a form that asks for an `exercise` take several at once: those ticked, and the one that was tapped."""

    exercises = forms.ModelMultipleChoiceField(
        Exercise.objects.none(), required=False, error_messages={"invalid_choice": "Choose those that are here."}
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        row_choice(self, "exercises").queryset = Exercise.objects.usable_by(kwargs["user"])
        self.fields["exercise"].required = False

    def clean(self) -> dict:
        super().clean()
        if not self.errors and not self.chosen:
            self.add_error("exercise", self.fields["exercise"].error_messages["required"])
        return self.cleaned_data

    @property
    def chosen(self) -> list[Exercise]:
        found = [*self.cleaned_data["exercises"], self.cleaned_data["exercise"]]
        return list(dict.fromkeys(one for one in found if one))


class LibraryForm(ChoiceForm):
    """Narrows the library by name, muscle and equipment."""

    type = forms.ChoiceField(label="Type", required=False, choices=ANY + ExerciseType.choices, widget=PrintedSelect)
    which = forms.ChoiceField(
        label="Which",
        required=False,
        choices=[*ANY, ("recent", "Done lately"), ("mine", "My own"), ("archived", "My archived ones")],
        widget=PrintedSelect,
    )

    @property
    def is_narrow(self) -> bool:
        """Whether the form asks for more than a name and a muscle."""
        return bool(self.asked.keys() - {"q", "muscle"})


class ExerciseForm(forms.ModelForm):
    """A lifter's own exercise."""

    class Meta:
        model = Exercise
        fields = [
            "name",
            "muscle_group",
            "part",
            "movement",
            "equipment",
            "loading",
            "measure",
            "mechanic",
            "unilateral",
            "unsafe_to_fail",
            "rep_min",
            "rep_max",
            "rest_seconds",
            "description",
        ]
        labels = {
            "muscle_group": "Muscle group it counts for",
            "part": "Part it trains most",
            "equipment": "Done with",
            "loading": "The weight you log is",
            "measure": "Counts",
            "mechanic": "Kind",
            "unilateral": "Each side is counted by itself",
            "unsafe_to_fail": "Failing is unsafe: always keep a rep in reserve",
            "rep_min": "Fewest reps or seconds",
            "rep_max": "Most reps or seconds",
            "rest_seconds": "Rest in seconds",
            "description": "How it is done",
        }
        help_texts = {
            "movement": "Exercises of one movement can stand for each other.",
            "mechanic": "Compound: several joints move. Isolation: one.",
            "measure": "Seconds: something that you hold, such as a plank.",
            "rep_min": "Empty: as usual.",
            "rep_max": f"{REPS.most} reps at most, or {SECONDS.most} seconds.",
        }
        widgets = {
            "name": forms.TextInput(attrs={"autocomplete": "off"}),
            "description": forms.Textarea(attrs={"rows": 3}),
        }
        field_classes = {"name": NameField} | dict.fromkeys(("rep_min", "rep_max", "rest_seconds"), WholeField)
        error_messages = {"name": {"required": "Give it a name."}}

    # The id of the double that the lifter has seen, wanting an own one all the same. Another double is met again.
    anyway = forms.CharField(required=False, widget=forms.HiddenInput)
    double: Exercise | None = None  # what the name of a new one means already

    def __init__(self, *args, user, **kwargs):
        super().__init__(*args, **kwargs)
        self.instance.user, self.instance.is_system = user, False
        choice(self, "part").choices = [*BY_NAME, *parts_by_group()]
        choice(self, "movement").choices = BY_NAME + Movement.choices
        if self.instance.pk and self.instance.is_logged:
            del self.fields["measure"]
        else:
            self.fields["measure"].required = False  # pages of the version before do not know it

    def stores(self) -> bool:
        """Stores the exercise. False where it is refused, also because of what another request did just now."""
        try:
            with transaction.atomic():
                return self.is_valid() and bool(self.save())
        except IntegrityError as error:
            found = (one for one in JUST_NOW if one in str(error))
            if (constraint := next(found, None)) is None:
                raise
        self.add_error(*JUST_NOW[constraint])
        return False

    def clean_name(self) -> str:
        name = self.cleaned_data["name"]
        same = Exercise.objects.owned_by(self.instance.user).named(name).exclude(id=self.instance.id)
        if found := same.first():
            kept = " It is among your archived ones." if found.archived_at else ""
            raise forms.ValidationError(f"{TAKEN}{kept}")
        return name

    def clean_description(self) -> str | None:
        return self.cleaned_data["description"] or None

    def clean_measure(self) -> str:
        return self.cleaned_data["measure"] or self.instance.measure

    def clean_rest_seconds(self) -> int | None:
        rest = self.cleaned_data["rest_seconds"]
        if rest is not None and rest > 3600:
            raise forms.ValidationError("An hour (3600) is the longest rest.")
        return rest

    def clean(self) -> dict:
        super().clean()
        measure = self.cleaned_data.get("measure", self.instance.measure)
        check_range(self, "rep_min", "rep_max", within=range_bound(measure))
        # The type follows from the equipment. It is set before the model checks itself.
        self.instance.exercise_type = TYPES.get(self.cleaned_data.get("equipment", ""), ExerciseType.FREEWEIGHT)
        is_of_body = self.cleaned_data.get("loading") in (Loading.BODYWEIGHT, Loading.ADDED)
        if self.cleaned_data.get("equipment") == Equipment.OTHER and is_of_body:
            self.instance.exercise_type = ExerciseType.BODYWEIGHT
        if self.cleaned_data.keys() >= {"name", "muscle_group"}:
            self._fill_facts(self.cleaned_data["name"], self.cleaned_data["muscle_group"])
        if not self.instance.pk and not self.errors:
            self._meet_double()
        return self.cleaned_data

    def _fill_facts(self, name: str, group: str) -> None:
        """Guesses from the name what nobody said. A page of the version before says nothing of it, so what is stored
        stays where it fits."""
        check_part(self)
        said, before = self.cleaned_data, self.instance
        was = before.movement, before.part
        if "movement" not in self.data:
            said["movement"] = before.movement
        if "part" not in self.data and before.part and belongs(before.part, group):
            said["part"] = before.part
        guessed = facts(name, group, said.get("movement"))
        said["movement"] = guessed.movement
        if "part" not in self.errors:
            said["part"] = said.get("part") or guessed.part
        if before.secondary_parts is None or was != (said["movement"], said.get("part")):
            before.secondary_parts = secondary_parts(said["movement"], said.get("part"))

    def _meet_double(self) -> None:
        """Refuses a new exercise that the lifter can choose already, unless they have said that it is another."""
        user = self.instance.user
        found = Exercise.objects.usable_by(user).meant_by(self.cleaned_data["name"], user)
        if found and str(found.id) != self.cleaned_data["anyway"]:
            self.double = found
            self.add_error(
                "name", f"“{found}” is in your library." if found.user_id else f"“{found}” is in the library."
            )
