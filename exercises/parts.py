"""Sets of the parts of muscle groups: quads, hamstrings, glutes ... They are shown; the engine counts by the nine
groups and knows nothing of parts."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal

from exercises.kinds import PARTS_OF, Part
from metricgain.numbers import plain

HALF = Decimal("0.5")  # of a set, for each part that an exercise trains beside its own


@dataclass(frozen=True, slots=True)
class Counted:
    """Sets of an exercise, or of some that train the same."""

    part: str | None
    secondary_parts: Sequence[str] | None
    sets: int


@dataclass(frozen=True, slots=True)
class PartSets:
    """A part's sets, and those planned where a plan is looked back at."""

    part: Part
    sets: Decimal
    planned: Decimal | None

    @property
    def name(self) -> str:
        return str(self.part.label)

    @property
    def count(self) -> str:
        return plain(self.sets) if self.planned is None else f"{plain(self.sets)} of {plain(self.planned)}"


def sets_of_parts(counted: Iterable[Counted], *, planned: Iterable[Counted] | None = None) -> list[PartSets]:
    """Returns the parts that have sets, group by group. A set counts half for the parts beside the main one."""
    sets, asked = _sums(counted), _sums(planned or ())
    ordered = (part for parts in PARTS_OF.values() for part in parts)
    none = Decimal(0)
    return [
        PartSets(part, sets.get(part, none), None if planned is None else asked.get(part, none))
        for part in ordered
        if sets.get(part) or asked.get(part)
    ]


def _sums(counted: Iterable[Counted]) -> dict[str, Decimal]:
    sets: dict[str, Decimal] = {}
    for one in counted:
        if one.part:
            sets[one.part] = sets.get(one.part, Decimal(0)) + one.sets
        for part in one.secondary_parts or ():
            sets[part] = sets.get(part, Decimal(0)) + HALF * one.sets
    return sets
