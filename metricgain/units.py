"""Kilograms and pounds."""

from decimal import Decimal

KG_PER_LB = Decimal("0.45359237")  # by definition
KILOGRAMS = {"kg": Decimal(1), "lb": KG_PER_LB}


def in_unit(kilograms: Decimal, unit: str, *, places: int = 2) -> Decimal:
    """Kilograms in `unit`, "kg" or "lb", rounded half to even."""
    return round(kilograms / KILOGRAMS[unit], places)


def converted(weight: Decimal, *, of: str, to: str) -> Decimal:
    """A weight of the unit `of` in the unit `to`, rounded to two decimals where they differ."""
    return weight if of == to else in_unit(weight * KILOGRAMS[of], to)
