"""How far back a page looks. The address has the period, so that a link keeps it."""

from dataclasses import dataclass
from datetime import datetime, timedelta


@dataclass(frozen=True, slots=True)
class Period:
    key: str
    name: str
    weeks: int | None  # None: everything

    def since(self, now: datetime) -> datetime | None:
        return None if self.weeks is None else now - timedelta(weeks=self.weeks)


PERIODS = (
    Period("4w", "4 weeks", 4),
    Period("12w", "12 weeks", 12),
    Period("6m", "6 months", 26),
    Period("1y", "1 year", 52),
    Period("all", "All", None),
)


def period_of(key: str | None, *, default: str) -> Period:
    """Returns the period of that key, or the default where the key is unknown."""
    by_key = {one.key: one for one in PERIODS}
    return by_key.get(key or default, by_key[default])
