"""Numbers in words."""

from decimal import Decimal


def plain(number: Decimal | int | None) -> str:
    """Returns a number as people write it ("100", "102.5"); an empty string for None."""
    if number is None:
        return ""
    text = f"{Decimal(number):f}"
    return text.rstrip("0").rstrip(".") if "." in text else text
