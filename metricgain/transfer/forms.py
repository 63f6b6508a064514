"""Forms of an import: the file, its columns, what a name means, and storing."""

from pathlib import Path

from django import forms
from django.core.files.uploadedfile import UploadedFile

from exercises.models import Equipment, Measure, MuscleGroup
from metricgain.names import NameField
from metricgain.transfer.files.archive import MOST_BYTES, TOO_LARGE
from metricgain.transfer.formats.any import ORDERS
from metricgain.users.models import Unit

# What a column of a table can be, by the words of `formats.any`.
MEANINGS = {
    "date": "The day, or day and time",
    "date d/m/y": "The day, as day/month/year",
    "date m/d/y": "The day, as month/day/year",
    "time": "The time",
    "title": "The workout's title",
    "exercise": "The exercise",
    "weight": "The weight",
    "unit": "The unit of the weight",
    "reps": "Reps",
    "sets": "How many such sets",
    "seconds": "Seconds",
    "kind": "The kind of set: warm-up, drop",
    "rpe": "RPE",
    "rir": "RIR",
    "note": "A note",
}
KINDS = ".csv,.tsv,.txt,.zip,.fitnotes,text/csv,text/comma-separated-values,text/plain,application/zip"


class UploadForm(forms.Form):
    file = forms.FileField(
        label="Your export",
        help_text="The file as your app made it, CSV in most of them, or a ZIP of it.",
        error_messages={"required": "Choose a file.", "empty": "That file is empty. Export it once more."},
        widget=forms.FileInput(attrs={"accept": KINDS}),
    )

    def clean_file(self) -> UploadedFile:
        file = self.cleaned_data["file"]
        if file.size > MOST_BYTES:
            raise forms.ValidationError(TOO_LARGE)
        return file


class ColumnsForm(forms.Form):
    """Asks what each column of a table means."""

    def __init__(self, data=None, *, head: list[list[str]], said: dict[str, str]):
        super().__init__(data)
        self.head = head
        for place in range(max(map(len, head), default=0)):
            examples = [row[place] for row in head if place < len(row) and row[place]][:3]
            self.fields[f"column_{place}"] = forms.ChoiceField(
                label=f"Column {place + 1}",
                help_text=", ".join(one[:40] for one in examples) or "empty",
                required=False,
                choices=[("", "Nothing of these"), *MEANINGS.items()],
                initial=said.get(str(place), ""),
            )

    @property
    def columns(self) -> dict[int, str]:
        said = ((name.removeprefix("column_"), value) for name, value in self.cleaned_data.items())
        return {int(place): value for place, value in said if value}

    def clean(self):
        said = [value for value in self.cleaned_data.values() if value]
        needed = {"the day": ("date", *ORDERS), "the exercise": ("exercise",), "reps or seconds": ("reps", "seconds")}
        missing = [words for words, ways in needed.items() if not {*ways} & {*said}]
        twice = next((one for one in said if said.count(one) > 1), None)
        if missing:
            self.add_error(None, f"Say which column is: {', '.join(missing)}.")
        if twice:
            self.add_error(None, f"Two columns are “{MEANINGS[twice]}”. Choose one of them.")
        return self.cleaned_data


class StoreForm(forms.Form):
    """The last questions before an import is stored."""

    unit = forms.ChoiceField(
        label="The file does not say its unit. It was typed in",
        choices=Unit.choices,
        widget=forms.RadioSelect,
        error_messages={"required": "Say whether the weights are kilograms or pounds."},
    )
    changed = forms.BooleanField(label="Bring those up to the file", required=False)

    def __init__(self, data=None, *, look: dict, choices: dict):
        asked = look["unit"] or {}
        proposed = asked.get("proposed") if asked.get("is_sure") else None
        super().__init__(data, initial={"unit": choices.get("unit") or proposed})
        if not look["unit"]:
            del self.fields["unit"]
        if not look["changed_count"]:
            del self.fields["changed"]


class MeaningForm(forms.Form):
    """What a name of the file means: an exercise that is there, a new one, or nothing that counts."""

    exercise = forms.IntegerField(required=False)
    leave_out = forms.BooleanField(required=False)
    name = NameField(label="Its name", max_length=255, required=False)
    muscle_group = forms.ChoiceField(label="Muscle group it counts for", choices=MuscleGroup.choices, required=False)
    equipment = forms.ChoiceField(label="Done with", choices=Equipment.choices, required=False)
    measure = forms.ChoiceField(label="Counts", choices=Measure.choices, required=False)

    @property
    def choice(self) -> int | dict[str, str] | None:
        """The choice as `name_meanings.chosen` reads it."""
        if self.cleaned_data["leave_out"]:
            return None
        if exercise := self.cleaned_data["exercise"]:
            return exercise
        own = ("name", "muscle_group", "equipment", "measure")
        return {name: self.cleaned_data[name] for name in own if self.cleaned_data[name]}


def file_name(file: UploadedFile) -> str:
    return Path(file.name or "file").name
