"""Scales: map values to places on the page."""

import math
from dataclasses import dataclass
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


def label(value: float) -> str:
    """Returns "1,250" or "62.5": thousands have a comma, and no fraction has trailing zeros."""
    return f"{Decimal(str(round(value, 3))).normalize():,f}"


def labels(steps: list[float]) -> list[str]:
    """Returns the labels of an axis. Where they reach 10,000 they count in thousands ("12k"), so that they stay
    short."""
    if steps[-1] < 10_000:
        return [label(step) for step in steps]
    return ["0" if not step else f"{label(step / 1000)}k" for step in steps]
