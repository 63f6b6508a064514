"""The form for a lifter's settings of an exercise: its grid, rep range, RIR floor, rest and a note."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from itertools import pairwise

from django import forms
from django.utils import timezone

from exercises.bounds import SIDE_PAUSE
from exercises.forms import check_range
from exercises.models import Exercise, ExerciseSettings, Loading
from metricgain.number_fields import Rounding, WeightField, WholeField
from metricgain.numbers import hundredths, in_ascii, plain, typed_number
from metricgain.users.models import Unit, User
from metricgain.widgets import OneOf, choice
from training.models import WorkoutExercise
from training.models.bounds import HEAVIEST, RIR
from training.prescribing.parameters import gather_parameters, rest_of, unit_of
from training.progression import Grid

MOST_WEIGHTS = 60
GRID_FIELDS = ("increment", "weights", "smallest_weight")
WEIGHT_FIELDS = ("unit", *GRID_FIELDS)
# The labels of the fields for step and lightest weight, where the numbers are not simply weights.
WORDS_OF_LOADING: dict[str, tuple[str, str]] = {
    Loading.ADDED: ("Step of added weight", "Least added weight"),
    Loading.ASSISTED: ("Step of help", "Least help"),
}


class Ambiguous(ValueError):
    """What was typed can be read in two ways."""


def split_weights(text: str) -> list[str]:
    """Returns the numbers of a typed list, as text with decimal points.

    Blanks, semicolons and commas next to a blank separate numbers. Any other comma is a decimal comma where it can only
    be that ("17,5 20"), and a separator where it can only be that ("12,14,16"). Raises Ambiguous where it could be
    either."""
    numbers = []
    pieces = [piece for one in re.split(r"[\s;؛،、]+", in_ascii(text)) if (piece := one.strip(","))]
    for piece in pieces:
        parts = piece.split(",")
        if len(parts) == 1:
            numbers.append(piece)
        elif len(parts) == 2 and "." not in piece:
            is_part_of_a_weight = re.fullmatch(r"[0-9]|25|50|75", parts[1])
            if not is_part_of_a_weight or len(pieces) == 1:
                raise Ambiguous(piece)
            numbers.append(".".join(parts))
        elif _rises(parts):
            numbers += parts
        else:
            raise Ambiguous(piece)
    return numbers


def _rises(parts: list[str]) -> bool:
    """Returns whether the numbers rise: 12,14,16 is a list; 12,5,15,17,5 does not rise, so it has decimal commas."""
    numbers = [number for part in parts if (number := typed_number(part)) is not None]
    return len(numbers) == len(parts) and all(left < right for left, right in pairwise(numbers))


class WeightsField(Rounding, forms.CharField):
    """A list of weights, each once, the lightest first; None where nothing was typed."""

    widget = forms.Textarea(attrs={"rows": 2, "autocomplete": "off"})

    def prepare_value(self, value):
        return ", ".join(map(plain, value)) if isinstance(value, list) else value

    def to_python(self, value):
        weights = {hundredths(number) for number in self.numbers_in(super().to_python(value) or "")}
        if len(weights) > MOST_WEIGHTS:
            raise forms.ValidationError(
                f"That is {len(weights)} weights; MetricGain keeps at most {MOST_WEIGHTS}. Try a step instead."
            )
        return sorted(weights) or None

    def numbers_in(self, typed: str) -> list[Decimal]:
        try:
            return [self._weight(one) for one in split_weights(typed)]
        except Ambiguous as error:
            raise forms.ValidationError(
                f"“{error}” could be one weight or several. Put blanks between weights, and points in them: 12 14.5 17."
            ) from error

    def _weight(self, typed: str) -> Decimal:
        weight = typed_number(typed)
        if weight is None:
            raise forms.ValidationError(f"“{typed}” is not a weight. Type numbers alone, such as 12 14.5 17.")
        if hundredths(weight) > HEAVIEST:
            raise forms.ValidationError(f"“{typed}” is heavier than MetricGain can store ({HEAVIEST}).")
        return weight


@dataclass(frozen=True, slots=True, kw_only=True)
class Usual:
    """What an exercise is trained by without settings of the lifter."""

    grids: dict[str, Grid]  # by unit
    lo: int
    hi: int
    rir: int
    rest_seconds: int

    @property
    def steps(self) -> str:
        return " or ".join(f"{plain(grid.step)} {unit}" for unit, grid in self.grids.items())

    @property
    def least(self) -> str:
        if not any(grid.min for grid in self.grids.values()):
            return "0"
        return " or ".join(f"{plain(grid.min)} {unit}" for unit, grid in self.grids.items())


def usual_for(user: User, exercise: Exercise) -> Usual:
    (parameters,) = gather_parameters(user, [WorkoutExercise(exercise=exercise)])
    return Usual(
        grids={unit: parameters.kept_in(unit).grid for unit in Unit.values},
        lo=parameters.lo,
        hi=parameters.hi,
        rir=parameters.floor_rir,
        rest_seconds=rest_of(exercise, None),
    )


class ExerciseSettingsForm(forms.Form):
    """`slots`: the slots of the exercise in the running plan. Their rep range and RIR floor come before these settings,
    so the form offers to change the plan too."""

    unit = forms.ChoiceField(
        label="Weights in", choices=Unit, widget=OneOf, error_messages={"required": "Choose the unit on the weights."}
    )
    increment = WeightField(
        label="Smallest step",
        required=False,
        max_value=500,
        error_messages={
            "invalid": "Type the step as a number, such as 2.5.",
            "max_value": "A step is 500 at most.",
        },
    )
    smallest_weight = WeightField(
        label="Lightest weight",
        required=False,
        min_value=0,
        max_value=HEAVIEST,
        error_messages={
            "invalid": "Type the lightest weight as a number, such as 20.",
            "min_value": "A weight cannot be less than 0.",
            "max_value": f"That is heavier than MetricGain can store ({HEAVIEST}).",
        },
    )
    weights = WeightsField(label="Or a list of all available weights", required=False, max_length=1000)
    rep_min = WholeField(required=False)
    rep_max = WholeField(required=False)
    rir_floor = forms.TypedChoiceField(
        label="Always leave in reserve", coerce=int, required=False, empty_value=None, error_messages=RIR.messages
    )
    can_do = WholeField(
        label="How many can you do at most?",
        required=False,
        min_value=1,
        max_value=100,
        help_text="With the body alone. The first session starts from it, until your log tells.",
    )
    rest_seconds = WholeField(label="Rest between sets, in seconds", required=False, min_value=10, max_value=1800)
    side_pause = WholeField(
        label="Pause between the sides, in seconds",
        required=False,
        help_text="Beside each set you can then start it with “Other side”. Empty: no pause.",
        **SIDE_PAUSE.field,
    )
    note = forms.CharField(
        label="Note to yourself",
        required=False,
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"max_length": "A note has at most 1,000 characters."},
    )
    in_plan = forms.BooleanField(required=False)

    def __init__(self, data=None, *, user: User, exercise: Exercise, slots: Iterable[WorkoutExercise]):
        self.user, self.exercise, self.slots = user, exercise, list(slots)
        self.own = ExerciseSettings.objects.filter(user=user, exercise=exercise).first()
        of_plan = {_range_of(slot) for slot in self.slots}
        told = {name: getattr(self.own, name, None) for name in self.base_fields}
        super().__init__(data, initial=told | {"unit": unit_of(user, self.own), "in_plan": len(of_plan) == 1})
        self.usual = usual_for(user, exercise)
        self._leave_out_what_does_not_apply(of_plan)
        self._say_what_is_usual()

    def _leave_out_what_does_not_apply(self, of_plan: set[str]) -> None:
        if not self.has_weights:
            for name in WEIGHT_FIELDS:
                del self.fields[name]
        if self.exercise.is_hold or self.exercise.loading not in (Loading.BODYWEIGHT, Loading.ADDED):
            del self.fields["can_do"]
        if self.exercise.is_hold:
            del self.fields["rir_floor"]
        if not self.exercise.unilateral:
            del self.fields["side_pause"]
        if of_plan <= {""}:
            del self.fields["in_plan"]
        else:
            says = " and ".join(sorted(of_plan - {""}))
            self.fields["in_plan"].label = f"Change them in “{self.mesocycle.name}” too, which has {says}"

    def _say_what_is_usual(self) -> None:
        usual, fields, bound = self.usual, self.fields, self.exercise.range_bound
        for name, words in (("rep_min", "Fewest"), ("rep_max", "Most")):
            fields[name].label = f"{words} {bound.unit}"
            fields[name].error_messages |= bound.messages
        for name, value in (("rep_min", usual.lo), ("rep_max", usual.hi), ("rest_seconds", usual.rest_seconds)):
            fields[name].widget.attrs["placeholder"] = value
            fields[name].help_text = f"Usually {value}."
        if "rir_floor" in fields:
            self._say_usual_effort()
        if self.has_weights:
            fields["increment"].help_text = f"Usually {usual.steps}."
            fields["smallest_weight"].help_text = f"Usually {usual.least}."
            fields["weights"].help_text = "For a rack with gaps or a stack of its own, such as 12, 14, 16, 20."
            grid = usual.grids[self.initial["unit"]]
            fields["increment"].widget.attrs["placeholder"] = plain(grid.step)
            fields["smallest_weight"].widget.attrs["placeholder"] = plain(grid.min)
            if named := WORDS_OF_LOADING.get(self.exercise.loading):
                fields["increment"].label, fields["smallest_weight"].label = named

    def _say_usual_effort(self) -> None:
        usual, fields = self.usual, self.fields
        least = RIR.every[1:] if self.exercise.unsafe_to_fail else RIR.every
        rirs = [(rir, f"{rir} rep{'s' if rir != 1 else ''}") for rir in least]
        choice(self, "rir_floor").choices = [("", f"Usual: {usual.rir}"), *rirs]
        fields["rir_floor"].help_text = "The week may ask for more in reserve, never for less than this."
        if self.exercise.unsafe_to_fail:
            fields["rir_floor"].help_text += " At least 1 here, because failing this exercise is unsafe."
            fields["rir_floor"].error_messages["invalid_choice"] = (
                f"Leave 1 to {RIR.most} in reserve: failing is unsafe here."
            )

    @property
    def has_weights(self) -> bool:
        return self.exercise.loading != Loading.BODYWEIGHT

    @property
    def mesocycle(self):
        """The running plan; None where the exercise is not in it."""
        return self.slots[0].workout.mesocycle if self.slots else None

    def clean_increment(self) -> Decimal | None:
        step = self.cleaned_data["increment"]
        if step is not None and step <= 0:
            raise forms.ValidationError("More than 0, such as 2.5.")
        return step

    def clean_weights(self) -> list[Decimal] | None:
        weights = self.cleaned_data["weights"]
        if weights and weights[0] == 0 and self.exercise.loading == Loading.WEIGHT:
            raise forms.ValidationError("Leave 0 out: the list begins with the lightest weight you can lift here.")
        return weights

    def clean_note(self) -> str | None:
        return self.cleaned_data["note"] or None

    def clean(self):
        super().clean()
        said = self.cleaned_data
        if said.get("weights"):
            for name in ("increment", "smallest_weight"):
                if said.get(name) is not None:
                    self.add_error(name, "Leave this or the list empty.")
        check_range(self, "rep_min", "rep_max", within=self.exercise.range_bound)
        return said

    def keep(self) -> None:
        """Stores the settings. Where none differs from what is usual, no row is kept."""
        said = {name: value for name, value in self.cleaned_data.items() if name != "in_plan"}
        if said.get("unit") == self.user.unit and not any(said[name] is not None for name in GRID_FIELDS):
            said["unit"] = None  # it follows the account
        if any(value is not None for value in said.values()):
            if "note" in self.changed_data:
                said["note_edited_at"] = timezone.now()
            ExerciseSettings.objects.update_or_create(user=self.user, exercise=self.exercise, defaults=said)
        else:
            ExerciseSettings.objects.filter(user=self.user, exercise=self.exercise).delete()
        self._change_plan()

    def _change_plan(self) -> None:
        """Writes a rep range or RIR floor that was just changed into the plan, where the lifter wants that."""
        said, changed = self.cleaned_data, set(self.changed_data)
        new: dict[str, int | None] = {}
        if changed & {"rep_min", "rep_max"}:
            new |= {"target_reps_min": said["rep_min"], "target_reps_max": said["rep_max"]}
        if "rir_floor" in changed:
            new["target_rir"] = said["rir_floor"]
        if new and said.get("in_plan"):
            WorkoutExercise.objects.filter(id__in=[slot.id for slot in self.slots]).update(**new)

    @property
    def unheeded(self) -> str:
        """The sentence why some of the settings do not count in the running plan; "" where all do."""
        said, plan = self.cleaned_data, self.mesocycle
        keeps = plan and "in_plan" in self.fields and not said["in_plan"]
        if keeps and (said["rep_min"] or said.get("rir_floor") is not None):
            return f" “{plan.name}” keeps the {self.exercise.measure} and effort that its plan says."
        return ""

    @property
    def from_when(self) -> str:
        """The sentence from when a new unit counts in the running plan; "" without one."""
        if self.mesocycle is None or "unit" not in self.changed_data:
            return ""
        return f" {Unit(self.cleaned_data['unit']).from_when}"


def _range_of(slot: WorkoutExercise) -> str:
    """Returns the rep range and RIR floor of a slot in words: "8–12 reps", "8–12 reps, 1 in reserve"; "" without."""
    words = []
    if slot.target_reps_min and slot.target_reps_max:
        words.append(f"{slot.target_reps_min}–{slot.target_reps_max} {slot.exercise.measure}")
    if slot.target_rir is not None:
        words.append(f"{RIR.nearest(slot.target_rir)} in reserve")
    return ", ".join(words)
