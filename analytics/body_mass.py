"""Body mass over time: each weighing, and the trend weight through them. Pure: no database."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from analytics import charts
from metricgain.numbers import plain

# The share of the trend that a day keeps; the rest comes from what is weighed. Walker, The Hacker's Diet (1991).
KEPT_A_DAY = Decimal("0.9")
MOST = 180  # weighings in one chart, the latest


@dataclass(frozen=True, slots=True)
class BodyMass:
    """Weighings (day, weight), oldest first, in `unit`."""

    weighings: list[tuple[date, Decimal]]
    unit: str

    @property
    def chart(self) -> charts.LineChart | None:
        return charts.line_chart(self.weighings, unit=self.unit, places=2, trend=trend_weight(self.weighings))

    @property
    def rows(self) -> list[tuple[date, str, str]]:
        """The chart as a table, latest weighing first: day, weight, trend weight."""
        both = zip(self.weighings, trend_weight(self.weighings), strict=True)
        return [(day, plain(weight), f"{trend:.1f}") for (day, weight), trend in both][::-1]


def trend_weight(weighings: Sequence[tuple[date, Decimal]]) -> list[Decimal]:
    """Returns the trend weight on the day of each weighing: an exponentially weighted mean, in which each day between
    two weighings counts, so that it does not matter how often one weighs oneself."""
    trend: list[Decimal] = []
    for place, (day, weight) in enumerate(weighings):
        if place == 0:
            trend.append(weight)
            continue
        kept = KEPT_A_DAY ** (day - weighings[place - 1][0]).days
        trend.append(kept * trend[-1] + (1 - kept) * weight)
    return trend
