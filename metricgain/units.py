"""Kilograms and pounds."""

from decimal import Decimal

KG_PER_LB = Decimal("0.45359237")  # by definition
KILOGRAMS = {"kg": Decimal(1), "lb": KG_PER_LB}


def in_unit(kilograms: Decimal, unit: str, *, places: int = 2) -> Decimal:
    """Kilograms in `unit`, "kg" or "lb", rounded half to even."""
    return round(kilograms / KILOGRAMS[unit], places)
