"""Guesses what a log does not say about the gym: the lifter's unit, and the weights that can be set there."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import ROUND_HALF_EVEN, Decimal
from functools import cache

from exercises.library import rows
from metricgain.units import KG_PER_LB
from training.progression import Grid, default_grid, default_rep_range

QUARTER = Decimal("0.25")
SLACK = Decimal("0.03")  # the error left by storing pounds as kilograms, or the reverse
FITS = Decimal("0.8")  # share of the working sets that a grid must hold
STEPS = tuple(Decimal(step) for step in ("10", "5", "2.5", "2", "1.25", "1", "0.5", "0.25"))
LIGHTEST_BODY = {"kg": Decimal(40), "lb": Decimal(88)}

# Apps put the equipment into the name: "Bench Press (Barbell)". The first of these words in a name decides.
EQUIPMENT_WORDS = (
    ("assisted", ("machine", "assisted")),
    ("smith", ("plate_loaded", "weight")),
    ("plate loaded", ("plate_loaded", "weight")),
    ("landmine", ("plate_loaded", "weight")),
    ("barbell", ("barbell", "weight")),
    ("(bar)", ("barbell", "weight")),
    ("dumbbell", ("dumbbell", "weight")),
    ("cable", ("cable", "weight")),
    ("machine", ("machine", "weight")),
    ("pull up", ("bodyweight", "added")),
    ("pullup", ("bodyweight", "added")),
    ("dip", ("bodyweight", "added")),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Setup:
    """An exercise as a lifter would have set it up. `source` says what the grid was guessed from."""

    grid: Grid
    reps: tuple[int, int]
    unsafe_to_fail: bool
    source: str


@cache
def library() -> dict[str, dict]:
    """Returns the app's exercises by each of their names, in small letters."""
    return {name.casefold(): each for each in rows() for name in [each["name"], *each["aliases"]]}


def muscle(exercise: str) -> str | None:
    known = library().get(exercise.casefold())
    return known["muscle_group"] if known else None


# -- units ------------------------------------------------------------------------------------------


def lifters_unit(weights: Sequence[Decimal]) -> str:
    """Guesses kg or lb for a lifter whose export names no unit: fractions such as 62.5 are common only in kg."""
    loaded = [weight for weight in weights if weight > 0]
    fives = sum(weight % 5 == 0 for weight in loaded)
    return "lb" if loaded and fives >= FITS * len(loaded) else "kg"


def read_unit(weights: Sequence[Decimal], *, exported: str) -> str:
    """Returns the unit in which the lifter typed: the exported one, unless the other gives more round numbers."""
    other = "lb" if exported == "kg" else "kg"
    as_exported = sum(is_round(weight) for weight in weights)
    as_other = sum(is_round(converted(weight, exported=exported, to=other)) for weight in weights)
    return other if as_other > as_exported else exported


def is_round(weight: Decimal) -> bool:
    return abs(weight - to_quarter(weight)) <= SLACK


def to_quarter(weight: Decimal) -> Decimal:
    return (weight / QUARTER).to_integral_value(ROUND_HALF_EVEN) * QUARTER


def converted(weight: Decimal, *, exported: str, to: str) -> Decimal:
    if exported == to:
        return weight
    return weight / KG_PER_LB if to == "lb" else weight * KG_PER_LB


def typed(weight: Decimal, *, exported: str, to: str) -> Decimal:
    """Returns the weight as it was typed, without the error of conversion."""
    weight = converted(weight, exported=exported, to=to)
    return to_quarter(weight) if is_round(weight) else weight.quantize(Decimal("0.01"))


# -- grids ------------------------------------------------------------------------------------------


def set_up(exercise: str, weights: Sequence[Decimal], *, unit: str) -> Setup | None:
    """Returns the grid and the default rep range of an exercise; None where body mass seems to be logged as the weight.

    `weights` are those of all working sets in `unit`. The equipment comes from the library (by name or alias), else
    from the words of the name, else from the weights. If the default grid has fewer than 80 % of the sets, the coarsest
    step with 80 % replaces it, because a lifter would have set that in the first week."""
    known = library().get(exercise.casefold())
    equipment, loading, source = _loading(exercise, weights, known=known)
    mechanic = known["mechanic"] if known else "compound"
    if loading in ("added", "bodyweight"):
        added = [weight for weight in weights if weight > 0]
        if added and min(added) >= LIGHTEST_BODY[unit]:
            return None
        loading = "added" if added else "bodyweight"
    grid = default_grid(equipment=equipment, loading=loading, mechanic=mechanic, unit=unit)
    on_grid = _share([grid.is_on(weight) for weight in weights])
    if on_grid < FITS and not grid.explicit:
        grid, source = _fitted(grid, weights), f"{source}, step by weights"
    reps = default_rep_range(equipment=equipment, loading=loading, mechanic=mechanic)
    return Setup(grid=grid, reps=reps, unsafe_to_fail=bool(known and known["unsafe_to_fail"]), source=source)


def _loading(exercise: str, weights: Sequence[Decimal], *, known: dict | None) -> tuple[str, str, str]:
    if known:
        return known["equipment"], known["loading"], "library"
    name = exercise.casefold()
    for word, found in EQUIPMENT_WORDS:
        if word in name:
            return *found, "name"
    with_zero = _share([weight == 0 for weight in weights])
    if with_zero >= Decimal("0.3"):
        return "bodyweight", "added", "weights"
    return "other", "weight", "weights"


def _fitted(grid: Grid, weights: Sequence[Decimal]) -> Grid:
    for step in STEPS:
        fitted = Grid(kind=grid.kind, step=step, unit=grid.unit)
        if _share([fitted.is_on(weight) for weight in weights]) >= FITS:
            return fitted
    return grid


def _share(answers: Sequence[bool]) -> Decimal:
    return Decimal(Counter(answers)[True]) / max(1, len(answers))
