"""Bounds of a whole number, and the one sentence that states them wherever a number is refused."""

from dataclasses import dataclass
from typing import TypedDict, TypeGuard


class BoundedField(TypedDict):
    min_value: int
    max_value: int
    error_messages: dict[str, str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Bound:
    """The least and the most that a whole number may be.

    `rule` is the sentence, with {least} and {most} in it. `unit` is what is counted. `asked` is the most that the
    engine asks; a lifter may write more. `instead` tells a lifter who wants fewer than `least` what to do."""

    rule: str
    unit: str
    least: int
    most: int
    asked: int | None = None
    instead: str = ""

    @property
    def sentence(self) -> str:
        return self.rule.format(least=self.least, most=self.most)

    @property
    def ends(self) -> tuple[int, int]:
        return self.least, self.most

    @property
    def every(self) -> range:
        return range(self.least, self.most + 1)

    def holds(self, value: object) -> TypeGuard[int]:
        return type(value) is int and self.least <= value <= self.most

    def nearest(self, value: int) -> int:
        return max(self.least, min(value, self.most))

    def as_asked(self, value: int) -> int:
        return min(value, self.asked or self.most)

    def brought_inside(self, value: int) -> str:
        """Returns the sentence about a number outside the bounds: what it was and what is planned instead."""
        inside = self.nearest(value)
        return f"It says {value} {self.unit}; {inside} {'is' if inside == 1 else 'are'} planned. {self.sentence}"

    @property
    def messages(self) -> dict[str, str]:
        """The error messages of a form field, by Django's error code."""
        fewer = f"{self.sentence} {self.instead}".strip()
        whole = f"Type a whole number. {self.sentence}"
        messages = dict.fromkeys(("max_value", "invalid_choice"), self.sentence)
        return messages | {"required": f"Say how many {self.unit}.", "min_value": fewer, "invalid": whole}

    @property
    def field(self) -> BoundedField:
        """The arguments of a forms.IntegerField."""
        return {"min_value": self.least, "max_value": self.most, "error_messages": self.messages}


def span(lo: int, hi: int) -> str:
    """Returns "8–12", or "30" where both ends are equal."""
    return f"{lo}" if lo == hi else f"{lo}–{hi}"


def wrong_in_range(lo: int | None, hi: int | None) -> str:
    """Returns the sentence that says why two numbers are no rep range; empty where they are one."""
    if (lo is None) != (hi is None):
        return "A rep range has both ends, or neither."
    return "A rep range has its lower end first." if lo is not None and hi is not None and lo > hi else ""
