"""The border of the engine: what it refuses, and how it says so.

Every public function of the engine checks its arguments. An error names the value, so that the caller can say which
set or setting is wrong instead of storing a prescription made from nonsense. "Outside the border" means such an error.
"""

from decimal import Decimal
from typing import NoReturn

# Wider than any gym and any database column here, and narrow enough that 28-digit arithmetic stays exact.
LARGEST_WEIGHT = Decimal("1000000")
MOST_DECIMALS = 18


class EngineError(ValueError):
    """An input that the engine refuses; the message names the value."""


def refuse(name: str, value: object, *, wanted: str) -> NoReturn:
    raise EngineError(f"{name} must be {wanted}, not {value!r}")


def check_whole(name: str, value: object, *, least: int, most: int | None = None) -> None:
    """Checks for an int (no bool, no float, no Decimal) from `least` to `most`."""
    wanted = f"a whole number from {least}" + (f" to {most}" if most is not None else " up")
    if type(value) is not int or value < least or (most is not None and value > most):
        refuse(name, value, wanted=wanted)


def check_whole_or_missing(name: str, value: object, *, least: int, most: int | None = None) -> None:
    if value is not None:
        check_whole(name, value, least=least, most=most)


def check_score(name: str, value: object) -> None:
    """Checks for a score: 0..3, or None where nobody answered."""
    check_whole_or_missing(name, value, least=0, most=3)


def check_flag(name: str, value: object) -> None:
    if type(value) is not bool:
        refuse(name, value, wanted="True or False")


def check_choice(name: str, value: object, *, of: tuple[str, ...]) -> None:
    if value not in of:
        refuse(name, value, wanted="one of " + ", ".join(of))


def check_decimal(name: str, value: object, *, above_zero: bool = False, most: Decimal = LARGEST_WEIGHT) -> None:
    """Checks for a finite Decimal within its bounds. Floats are refused: 0.1 + 0.2 is not 0.3 there."""
    wanted = f"a Decimal {'above' if above_zero else 'from'} 0 to {most:f}"
    if not isinstance(value, Decimal) or not value.is_finite():
        refuse(name, value, wanted=wanted)
    if value < 0 or value > most or (above_zero and value == 0):
        refuse(name, value, wanted=wanted)
    exponent = value.as_tuple().exponent
    if isinstance(exponent, int) and exponent < -MOST_DECIMALS:
        refuse(name, value, wanted=f"a Decimal of at most {MOST_DECIMALS} decimal places")


def check_rep_range(lo: int, hi: int, *, most: int) -> None:
    """Checks that 1 <= lo <= hi <= most, in reps."""
    check_whole("lo", lo, least=1, most=most)
    check_whole("hi", hi, least=1, most=most)
    if lo > hi:
        raise EngineError(f"lo must not be above hi, but the range is {lo}-{hi}")
