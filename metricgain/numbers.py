from decimal import Decimal


def plain(number: Decimal | None) -> str:
    """A number as people write it: 100, 102.5; nothing for None."""
    return "" if number is None else f"{Decimal(number).normalize():f}"
