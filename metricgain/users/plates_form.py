"""The form for the bars and plates that a lifter has, in both units, because gyms mix them."""

import re
from decimal import Decimal

from django import forms

from metricgain.number_fields import WholeField
from metricgain.numbers import in_ascii, plain, typed_number
from metricgain.users.gym import BARS, MOST_BARS, MOST_PAIRS, PLATES
from metricgain.users.models import Unit, User

HEAVIEST_BAR = 100
STEP = Decimal("0.25")
SEVERAL = "Put blanks between bars, such as 20 15 7.5."


class BarsField(forms.CharField):
    """A field for the weights of bars. Its value is a list of texts, each weight once, heaviest first."""

    widget = forms.TextInput(attrs={"inputmode": "decimal", "autocomplete": "off"})

    def to_python(self, value):
        text = in_ascii(super().to_python(value) or "")
        bars = {self._bar(piece) for one in re.split(r"[\s;؛،、]+", text) if (piece := one.strip(","))}
        if len(bars) > MOST_BARS:
            raise forms.ValidationError(
                f"MetricGain keeps {MOST_BARS} bars at most; leave out those that you hardly use."
            )
        return [plain(bar) for bar in sorted(bars, reverse=True)]

    def _bar(self, typed: str) -> Decimal:
        bar = typed_number(typed)
        if bar is None or not 0 < bar <= HEAVIEST_BAR or bar % STEP:
            raise forms.ValidationError(f"“{typed}” is not the weight of a bar. {SEVERAL}")
        return bar


class PlatesForm(forms.Form):
    """For each unit a field of bars, and a number of pairs for each plate. The user's own unit comes first."""

    def __init__(self, data=None, *, user: User):
        super().__init__(data)
        self.user = user
        self.units = sorted(Unit.values, key=lambda unit: unit != user.unit)
        for unit in self.units:
            gym = user.gym(unit)
            self.fields[f"bars_{unit}"] = BarsField(
                label=f"Bars ({unit})",
                initial=" ".join(map(plain, gym.bars)),
                help_text=f"What each bar weighs, such as {' '.join(BARS[unit])}. The heaviest is the usual one.",
                error_messages={"required": "Type what your bar weighs."},
                max_length=60,
            )
            there_are = {plain(weight): pairs for weight, pairs in gym.plates}
            for weight in PLATES[unit]:
                self.fields[name_of(unit, weight)] = WholeField(
                    label=f"{weight} {unit}",
                    initial=there_are.get(weight, 0),
                    required=False,
                    min_value=0,
                    max_value=MOST_PAIRS,
                    error_messages={
                        "invalid": "Type whole pairs, such as 2.",
                        "max_value": f"Type at most {MOST_PAIRS} pairs: no bar takes more.",
                    },
                )

    @property
    def sections(self) -> list[dict]:
        """For each unit its name, the field of bars and the fields of plates, for the template."""
        return [
            {
                "unit": Unit(unit).label,
                "bars": self[f"bars_{unit}"],
                "plates": [self[name_of(unit, weight)] for weight in PLATES[unit]],
            }
            for unit in self.units
        ]

    def keep(self) -> None:
        """Puts the answers into the user's preferences, unsaved."""
        said = self.cleaned_data
        gym = {
            unit: {
                "bars": said[f"bars_{unit}"],
                "plates": {weight: said[name_of(unit, weight)] or 0 for weight in PLATES[unit]},
            }
            for unit in self.units
        }
        self.user.preferences = self.user.preferences | {"gym": gym}


def name_of(unit: str, weight: str) -> str:
    """Returns the name of the field for a plate, such as "kg_1_25"."""
    return f"{unit}_{weight.replace('.', '_')}"
