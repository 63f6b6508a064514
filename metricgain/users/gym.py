"""The bars and the pairs of plates that a lifter has, in each unit."""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation

# Plates as they are sold, heaviest first, and how many pairs we assume until the lifter answers.
PLATES = {
    "kg": {"25": 4, "20": 4, "15": 2, "10": 2, "5": 2, "2.5": 2, "1.25": 2, "1": 0, "0.5": 0, "0.25": 0},
    "lb": {"55": 0, "45": 6, "35": 1, "25": 2, "10": 2, "5": 2, "2.5": 2, "1.25": 0},
}
BARS = {"kg": ("20", "15", "10"), "lb": ("45", "35", "15")}
MOST_BARS = 6
MOST_PAIRS = 20


@dataclass(frozen=True, slots=True)
class Gym:
    """The bars and plates of one unit. `bars` are weights, heaviest first. `plates` are (weight of one plate, number of
    pairs), heaviest first; each has one pair at least."""

    bars: tuple[Decimal, ...]
    plates: tuple[tuple[Decimal, int], ...]

    def bar_for(self, least: Decimal) -> Decimal:
        """Returns the bar for an exercise whose least weight is `least`: the bar of that weight, else the heaviest."""
        return least if least in self.bars else self.bars[0]


def gym_of(preferences: Mapping[str, object], unit: str) -> Gym:
    """Reads the gym from a user's preferences. A value that makes no sense counts as not given."""
    said = preferences.get("gym")
    said = said.get(unit) if isinstance(said, Mapping) else None
    said = said if isinstance(said, Mapping) else {}
    bars = _bars(said.get("bars")) or _bars(list(BARS[unit]))
    pairs = said.get("plates")
    pairs = pairs if isinstance(pairs, Mapping) else PLATES[unit]
    counts = ((Decimal(weight), pairs.get(weight, 0)) for weight in PLATES[unit])
    return Gym(bars=bars, plates=tuple((weight, count) for weight, count in counts if _is_count(count)))


def _bars(said: object) -> tuple[Decimal, ...]:
    if not isinstance(said, list):
        return ()
    try:
        weights = {Decimal(str(one)) for one in said}
    except InvalidOperation:
        return ()
    return tuple(sorted((one for one in weights if one.is_finite() and one > 0), reverse=True))


def _is_count(count: object) -> bool:
    return type(count) is int and 0 < count <= MOST_PAIRS
