"""Scales: map values to places on the page, and say values and days."""

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

WIDTH = 340
STEPS = (1, 2, 5, 10)
LEAST = 0.01  # values closer than this are drawn as equal


@dataclass(frozen=True, slots=True)
class Tick:
    """A mark on an axis, and its label."""

    at: float
    label: str
    anchor: str = "middle"


@dataclass(frozen=True, slots=True)
class Scale:
    """Maps values from `low` to `high` to the line from `start` to `end`. Where `low` equals `high`, every value lies
    in the middle of the line."""

    low: float
    high: float
    start: float
    end: float

    def __call__(self, value: float | Decimal) -> float:
        if self.high == self.low:
            return round((self.start + self.end) / 2, 1)
        share = (float(value) - self.low) / (self.high - self.low)
        return round(self.start + share * (self.end - self.start), 1)


def round_steps(low: float, high: float, *, most: int = 4) -> list[float]:
    """Returns round values from at or below `low` to at or above `high`. They are 1, 2 or 5 times a power of ten apart,
    with at most `most` intervals."""
    if high - low < LEAST:
        low, high = low - 0.5, high + 0.5
    rough = (high - low) / most
    power = 10 ** math.floor(math.log10(rough))
    for step in (*(one * power for one in STEPS), 20 * power, 50 * power):
        first, last = math.floor(low / step + 1e-9), math.ceil(high / step - 1e-9)
        if last - first <= most:
            return [round(step * number, 6) for number in range(first, last + 1)]
    raise AssertionError("some step is large enough")


def label(value: float | Decimal, places: int = 3) -> str:
    """Returns "1,250" or "62.5": a comma for thousands, at most `places` decimals, no trailing zeros."""
    return f"{Decimal(str(round(value, places))).normalize():,f}"


def labels(steps: list[float]) -> list[str]:
    """Returns the labels of an axis. Where they reach 10,000 they count in thousands ("12k"), so that they stay
    short."""
    if steps[-1] < 10_000:
        return [label(step) for step in steps]
    return ["0" if not step else f"{label(step / 1000)}k" for step in steps]


def counted(value: float | Decimal, unit: str, places: int = 3) -> str:
    """Returns "102.5 kg", "8 reps", "1 set"."""
    return f"{label(value, places)} {unit.removesuffix('s') if value == 1 else unit}".rstrip()


def day_words(day: date) -> str:
    return f"{day.day} {day:%b %Y}"


def day_labels(days: Sequence[date], *, years: bool) -> list[str]:
    """Returns a label for each of some days in order: "2 Mar", or "Mar 2026" where the axis has more than one year. Has
    day and year where two labels would be equal without."""
    if not years:
        return [f"{day.day} {day:%b}" for day in days]
    months = [f"{day:%b %Y}" for day in days]
    return months if len(set(months)) == len(days) else [day_words(day) for day in days]


def as_attribute(places: Iterable[tuple[float, float]], words: Iterable[str]) -> str:
    """Returns what <chart-values> reads: "44 51.2 2 Mar 2026: 102.5 kg|52.5 48 9 Mar 2026: 105 kg"."""
    return "|".join(f"{across} {down} {said}" for (across, down), said in zip(places, words, strict=True))
