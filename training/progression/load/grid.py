"""The weights that a lifter can really set, and how many reps a move between them costs.

There are three kinds. "load": the weight itself. "added": weight on top of the body. "assist": help that is taken off
the body, so that less weight is harder. `harder` and `easier` hide the difference; the rules never compare weights.
"""

from bisect import bisect_left, bisect_right
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache
from itertools import pairwise
from typing import TypedDict

from training.progression.border import EngineError, check_choice, check_decimal, refuse
from training.progression.config import CONFIG, Config, EquipmentDefault

KINDS = ("load", "added", "assist")
UNITS = ("kg", "lb")
EQUIPMENT = ("barbell", "dumbbell", "machine", "plate_loaded", "cable", "bodyweight", "other")
LOADINGS = ("weight", "added", "bodyweight", "assisted")
MECHANICS = ("compound", "isolation")


class StoredGrid(TypedDict):
    """As it is stored with a prescription: weights as text, so that they survive JSON unchanged."""

    kind: str
    step: str | None
    min: str
    explicit: list[str]
    body: str | None
    unit: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Grid:
    """The settings of one exercise. All weights are in one unit; nothing is ever converted.

    A regular grid is `min`, `min + step`, `min + 2 step`, ... A listed grid is the weights of `explicit`, and ignores
    `step` and `min`. `body`: the lifter's body mass, None when unknown; kind "load" ignores it. `unit`: a label for
    sentences; no rule reads it. Raises EngineError when the settings make no grid.
    """

    kind: str
    step: Decimal | None = None
    min: Decimal = Decimal("0")
    explicit: tuple[Decimal, ...] = ()
    body: Decimal | None = None
    unit: str = "kg"

    def __post_init__(self) -> None:
        check_choice("kind", self.kind, of=KINDS)
        check_choice("unit", self.unit, of=UNITS)
        check_decimal("min", self.min)
        if self.body is not None:
            check_decimal("body", self.body, above_zero=True)
        if not isinstance(self.explicit, tuple):
            refuse("explicit", self.explicit, wanted="a tuple of weights")
        for weight in self.explicit:
            check_decimal("a listed weight", weight, above_zero=self.kind == "load")
        if any(left >= right for left, right in pairwise(self.explicit)):
            refuse("explicit", self.explicit, wanted="sorted, each weight once")
        if self.step is not None or not self.explicit:
            check_decimal("step", self.step, above_zero=True)

    def to_dict(self) -> StoredGrid:
        return {
            "kind": self.kind,
            "step": None if self.step is None else str(self.step),
            "min": str(self.min),
            "explicit": [str(weight) for weight in self.explicit],
            "body": None if self.body is None else str(self.body),
            "unit": self.unit,
        }

    @classmethod
    def from_dict(cls, stored: StoredGrid) -> "Grid":
        step, body = stored["step"], stored["body"]
        return cls(
            kind=stored["kind"],
            step=None if step is None else Decimal(step),
            min=Decimal(stored["min"]),
            explicit=tuple(Decimal(weight) for weight in stored["explicit"]),
            body=None if body is None else Decimal(body),
            unit=stored["unit"],
        )

    def check_weight(self, name: str, weight: object) -> None:
        """Checks for a weight that can have been lifted: above 0 for kind "load", from 0 for the others."""
        check_decimal(name, weight, above_zero=self.kind == "load")

    # -- moving along the grid ------------------------------------------------------------------

    def harder(self, weight: Decimal) -> Decimal | None:
        """Returns the next harder setting, or None at or beyond the hardest one."""
        return self._below(weight) if self.kind == "assist" else self._above(weight)

    def easier(self, weight: Decimal) -> Decimal | None:
        """Returns the next easier setting, or None at or beyond the easiest one."""
        return self._above(weight) if self.kind == "assist" else self._below(weight)

    def is_harder(self, weight: Decimal, *, than: Decimal) -> bool:
        return weight < than if self.kind == "assist" else weight > than

    def is_on(self, weight: Decimal) -> bool:
        return self.down_to_grid(weight) == weight

    def down_to_grid(self, weight: Decimal) -> Decimal | None:
        """Returns the hardest setting that is not harder than `weight`; None when all settings are harder."""
        if self.kind != "assist":
            return self._below(weight, or_at=True)
        return self._above(weight, or_at=True)

    def nearest_not_harder(self, weight: Decimal, *, than: Decimal) -> Decimal | None:
        """Returns the setting nearest to `weight` (tie: the easier) among those not harder than `than`, or None."""
        limit = self.down_to_grid(than)
        if limit is None or not self.is_harder(limit, than=weight):
            return limit
        easier, harder = self.down_to_grid(weight), self.harder(weight)
        if easier is None:
            return harder
        assert harder is not None, "the limit is harder"
        return harder if abs(harder - weight) < abs(weight - easier) else easier

    def _above(self, weight: Decimal, *, or_at: bool = False) -> Decimal | None:
        if self.explicit:
            place = (bisect_left if or_at else bisect_right)(self.explicit, weight)
            return self.explicit[place] if place < len(self.explicit) else None
        if weight < self._lowest or (or_at and weight == self._lowest):
            return self._lowest
        whole, rest = divmod(weight - self.min, self._pace)
        return self.min + (whole if or_at and rest == 0 else whole + 1) * self._pace

    def _below(self, weight: Decimal, *, or_at: bool = False) -> Decimal | None:
        if self.explicit:
            place = (bisect_right if or_at else bisect_left)(self.explicit, weight)
            return self.explicit[place - 1] if place else None
        if weight < self._lowest or (weight == self._lowest and not or_at):
            return None
        whole, rest = divmod(weight - self.min, self._pace)
        return self.min + (whole if or_at or rest > 0 else whole - 1) * self._pace

    @property
    def _pace(self) -> Decimal:
        assert self.step is not None, "only a list has no step"
        return self.step

    @property
    def _lowest(self) -> Decimal:
        # An empty plate-loaded machine (min 0) has no weight yet: its lightest setting is one step of plates.
        return self._pace if self.kind == "load" and self.min == 0 else self.min

    # -- load and reps --------------------------------------------------------------------------

    def load_moved(self, weight: Decimal) -> Decimal | None:
        """Returns the load that the muscle moves at `weight`; None when body mass is unknown or the help takes all of
        it."""
        if self.kind == "load":
            return weight
        if self.body is None:
            return None
        load = self.body + weight if self.kind == "added" else self.body - weight
        return load if load > 0 else None

    def weight_moving(self, load: Decimal) -> Decimal:
        """Returns the weight at which the muscle moves `load`. It may be off the grid or below 0. Kinds "added" and
        "assist" need a known body mass."""
        if self.kind == "load":
            return load
        assert self.body is not None
        return load - self.body if self.kind == "added" else self.body - load

    def steps(self, weight: Decimal, *, to: Decimal) -> Decimal:
        """Returns the grid steps from `weight` to `to`, positive where `to` is harder. In a list, a step is an
        entry."""
        climbed = self._place(to) - self._place(weight) if self.explicit else (to - weight) / self._pace
        return -climbed if self.kind == "assist" else climbed

    def _place(self, weight: Decimal) -> Decimal:
        """Returns the position of `weight` in the list: in proportion between two entries; beyond an end, the gap at
        that end counts as one step."""
        if len(self.explicit) == 1:  # without a gap to measure with, any other weight is one step away
            return Decimal((weight > self.explicit[0]) - (weight < self.explicit[0]))
        left = min(max(bisect_right(self.explicit, weight) - 1, 0), len(self.explicit) - 2)
        lower, upper = self.explicit[left : left + 2]
        return left + (weight - lower) / (upper - lower)

    def cost_in_reps(self, weight: Decimal, *, to: Decimal, k: Decimal, config: Config = CONFIG) -> Decimal:
        """Returns the reps lost by moving from `weight` to `to` at the same effort; negative: reps gained.

        It is ln(load ratio) / k. `k`: `config.k_choose` to choose a weight, `config.k_expect` to expect reps (Berger;
        public logs). Where a load is unknown, each grid step costs `config.reps_per_step`.
        """
        if weight == to:
            return Decimal(0)
        here, there = self.load_moved(weight), self.load_moved(to)
        if here is None or there is None:
            return self.steps(weight, to=to) * config.reps_per_step
        return _ln(there / here) / k

    def near(self, weight: Decimal, *, to: Decimal, config: Config = CONFIG) -> bool:
        """Returns whether two weights count as the same: within 2.5 % of the load moved, or one grid step."""
        if abs(self.steps(weight, to=to)) <= 1:
            return True
        here, there = self.load_moved(weight), self.load_moved(to)
        if here is None or there is None:
            return False
        return abs(there - here) <= config.near_share * max(here, there)


@lru_cache(maxsize=4096)
def _ln(ratio: Decimal) -> Decimal:
    """Returns the natural logarithm. It takes longer than all the rest of a comparison of two sets, and weights of a
    grid have the same few ratios again and again."""
    return ratio.ln()


def default_grid(
    *,
    equipment: str,
    loading: str,
    mechanic: str = "compound",
    unit: str = "kg",
    body: Decimal | None = None,
    config: Config = CONFIG,
) -> Grid:
    """Returns the grid of an exercise without settings of its own, by the table of the chapter "Weight and reps".

    `mechanic` is checked because a row of that table has it; today no step depends on it.
    """
    check_choice("unit", unit, of=UNITS)
    row = _default_row(equipment=equipment, loading=loading, mechanic=mechanic, config=config)
    kind = {"weight": "load", "assisted": "assist"}.get(loading, "added")
    step, least = row.kg if unit == "kg" else row.lb
    if step is None:  # the body alone: one setting, so that only reps can change
        return Grid(kind=kind, explicit=(least,), body=body, unit=unit)
    return Grid(kind=kind, step=step, min=least, body=body, unit=unit)


def default_rep_range(*, equipment: str, loading: str, mechanic: str, config: Config = CONFIG) -> tuple[int, int]:
    """Returns the rep range (lo, hi) of an exercise without settings of its own, by the same table."""
    row = _default_row(equipment=equipment, loading=loading, mechanic=mechanic, config=config)
    return row.compound if mechanic == "compound" else row.isolation


def _default_row(*, equipment: str, loading: str, mechanic: str, config: Config) -> EquipmentDefault:
    check_choice("equipment", equipment, of=EQUIPMENT)
    check_choice("loading", loading, of=LOADINGS)
    check_choice("mechanic", mechanic, of=MECHANICS)
    # The loading decides before the equipment: a weighted pull-up takes plates, whatever the lifter hangs from. What
    # a bodyweight exercise with the loading "weight" is loaded with is not known, so it gets the row "other".
    name = equipment if loading == "weight" else loading
    if loading == "weight" and equipment == "bodyweight":
        name = "other"
    for row in config.equipment:
        if row.name == name:
            return row
    raise EngineError(f"the configuration has no defaults for {name!r}")
