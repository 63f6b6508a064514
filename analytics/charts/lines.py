"""Line charts: a value by day."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from analytics.charts.scales import (
    WIDTH,
    Scale,
    Tick,
    as_attribute,
    counted,
    day_labels,
    day_words,
    label,
    labels,
    round_steps,
)

HEIGHT, TOP, BOTTOM, LEFT, RIGHT = 184, 28, 24, 40, 10
FEW = 60  # the most points of a line that are drawn with dots


@dataclass(frozen=True, slots=True)
class LineChart:
    """A line chart. `path`, `dots` and `holes` are SVG path data; a dot is a line of no length with round ends, and a
    hole in it makes it hollow. `best` is the place of the highest value, the first of several; None beside a trend.
    `points` has the place and the words of each point, `latest` those of the last one."""

    path: str
    dots: str
    holes: str
    best: Tick | None
    best_y: float
    y_ticks: list[Tick]
    x_ticks: list[Tick]
    unit: str
    points: str
    latest: str
    has_trend: bool
    width: int = WIDTH
    height: int = HEIGHT
    left: int = LEFT
    right: int = WIDTH - RIGHT
    floor: int = HEIGHT - BOTTOM

    @property
    def best_label_y(self) -> float:
        return round(self.best_y - 7, 1)


def line_chart(
    points: Sequence[tuple[date, float | Decimal]],
    *,
    unit: str = "",
    places: int = 1,
    hollow: Collection[int] = (),
    trend: Sequence[float | Decimal] = (),
) -> LineChart | None:
    """Returns the chart of (day, value) points in order; None without any. Values are numbers of any type, said with
    at most `places` decimals. `hollow` has the indices of the points that are estimated. With a `trend`, a value for
    each point, the line is drawn through the trend, and the points are dots beside it."""
    if not points:
        return None
    days, values = [day for day, _ in points], [value for _, value in points]
    steps = round_steps(float(min([*values, *trend])), float(max([*values, *trend])))
    x = Scale(days[0].toordinal(), days[-1].toordinal(), LEFT + 8, WIDTH - RIGHT - 4)
    y = Scale(steps[0], steps[-1], HEIGHT - BOTTOM, TOP)
    across = [x(day.toordinal()) for day in days]
    drawn = list(zip(across, map(y, values), strict=True))
    line = list(zip(across, map(y, trend), strict=True)) if trend else drawn
    has_dots = bool(trend) or len(drawn) <= FEW
    best = values.index(max(values))
    best_x, best_y = drawn[best]
    words = [f"{day_words(day)}: {counted(value, unit, places)}" for day, value in points]
    if trend:
        words = [f"{said}, trend {counted(value, unit, 1)}" for said, value in zip(words, trend, strict=True)]
    words = [f"{said}, estimated" if place in hollow else said for place, said in enumerate(words)]
    return LineChart(
        path="M" + "L".join(f"{here} {down}" for here, down in line),
        dots=_dots(drawn) if has_dots else "",
        holes=_dots(drawn[place] for place in range(len(drawn)) if place in hollow) if has_dots else "",
        best=None if trend else Tick(best_x, label(values[best], places), _anchor(best_x)),
        best_y=best_y,
        y_ticks=[Tick(y(step), said) for step, said in zip(steps, labels(steps), strict=True)],
        x_ticks=_days(days, x),
        unit=unit,
        points=as_attribute(drawn, words),
        latest=words[-1],
        has_trend=bool(trend),
    )


def _dots(places: Iterable[tuple[float, float]]) -> str:
    return "".join(f"M{across} {down}h0" for across, down in places)


def _anchor(x: float) -> str:
    return "start" if x < LEFT + 30 else "end" if x > WIDTH - RIGHT - 30 else "middle"


def _days(days: Sequence[date], x: Scale) -> list[Tick]:
    """Returns ticks for the first and the last day, and for one between where there is room."""
    span = days[-1] - days[0]
    chosen = [days[0], days[0] + span / 2, days[-1]] if span.days >= 14 else sorted({days[0], days[-1]})
    anchors = ["middle"] if len(chosen) == 1 else ["start", *["middle"] * (len(chosen) - 2), "end"]
    said = zip(chosen, day_labels(chosen, years=days[0].year != days[-1].year), anchors, strict=True)
    return [Tick(x(day.toordinal()), words, anchor) for day, words, anchor in said]
