"""Bounds of a whole number, and the one sentence that says them wherever it is refused."""

from dataclasses import dataclass
from typing import TypedDict, TypeGuard


class BoundedField(TypedDict):
    min_value: int
    max_value: int
    error_messages: dict[str, str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Bound:
    """`rule`: the sentence, with {least} and {most} in it; `unit`: what is counted; `instead`: what to do where fewer
    are wanted. `asked`: the engine asks no more, though more may be written."""

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
        """What became of a number outside, in words."""
        inside = self.nearest(value)
        return f"It says {value} {self.unit}; {inside} {'is' if inside == 1 else 'are'} planned. {self.sentence}"

    @property
    def messages(self) -> dict[str, str]:
        """What a form says, by Django's codes."""
        fewer = f"{self.sentence} {self.instead}".strip()
        whole = f"Type a whole number. {self.sentence}"
        messages = dict.fromkeys(("max_value", "invalid_choice"), self.sentence)
        return messages | {"required": f"Say how many {self.unit}.", "min_value": fewer, "invalid": whole}

    @property
    def field(self) -> BoundedField:
        """What an IntegerField takes."""
        return {"min_value": self.least, "max_value": self.most, "error_messages": self.messages}


def span(lo: int, hi: int) -> str:
    """ "8–12"; "30" where both ends are one."""
    return f"{lo}" if lo == hi else f"{lo}–{hi}"


def wrong_in_range(lo: int | None, hi: int | None) -> str:
    """What keeps two numbers from being a rep range; empty where nothing does."""
    if (lo is None) != (hi is None):
        return "A rep range has both ends, or neither."
    return "A rep range has its lower end first." if lo is not None and hi is not None and lo > hi else ""
