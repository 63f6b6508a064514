"""Line charts: a value by day."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from itertools import pairwise

from analytics.charts.scales import WIDTH, Scale, Tick, label, labels, round_steps

HEIGHT, TOP, BOTTOM, LEFT, RIGHT = 170, 14, 24, 36, 10
FEW = 60  # the most points that are drawn with dots


@dataclass(frozen=True, slots=True)
class LineChart:
    """A line chart. `path` and `dots` are SVG path data; a dot is a line of no length with round ends. `hollow` has the
    places of the points that are drawn hollow. `best` is the place of the highest value, the first of several."""

    path: str
    dots: str
    hollow: list[tuple[float, float]]
    best: Tick
    best_y: float
    y_ticks: list[Tick]
    x_ticks: list[Tick]
    width: int = WIDTH
    height: int = HEIGHT
    left: int = LEFT
    right: int = WIDTH - RIGHT
    best_label_y: float = 0


def line_chart(points: Sequence[tuple[date, float | Decimal]], *, hollow: Collection[int] = ()) -> LineChart | None:
    """Returns the chart of (day, value) points in order; None without any. Values are numbers of any type. `hollow`:
    the places in `points` of those that are drawn hollow."""
    if not points:
        return None
    days, values = [day for day, _ in points], [float(value) for _, value in points]
    steps = round_steps(min(values), max(values))
    x = Scale(days[0].toordinal(), days[-1].toordinal(), LEFT + 8, WIDTH - RIGHT - 4)
    y = Scale(steps[0], steps[-1], HEIGHT - BOTTOM, TOP)
    places = [(x(day.toordinal()), y(value)) for day, value in zip(days, values, strict=True)]
    best = values.index(max(values))
    best_x, best_y = places[best]
    return LineChart(
        path="M" + "L".join(f"{across} {down}" for across, down in places),
        dots="".join(f"M{across} {down}h0" for place, (across, down) in enumerate(places) if place not in hollow)
        if len(places) <= FEW
        else "",
        hollow=[places[place] for place in sorted(hollow)] if len(places) <= FEW else [],
        best=Tick(best_x, label(round(values[best], 1)), _anchor(best_x)),
        best_y=best_y,
        best_label_y=round(best_y - 7, 1),
        y_ticks=[Tick(y(step), words) for step, words in zip(steps, labels(steps), strict=True)],
        x_ticks=_days(days, x),
    )


def _anchor(x: float) -> str:
    return "start" if x < LEFT + 30 else "end" if x > WIDTH - RIGHT - 30 else "middle"


def _days(days: Sequence[date], x: Scale) -> list[Tick]:
    """Returns ticks for the first and the last day, and for one between where there is room. The labels have the year
    where the days lie in more than one, or where two labels would be equal."""
    span = days[-1] - days[0]
    form = "{0.day} {0:%b}" if days[0].year == days[-1].year else "{0:%b} {0.year}"
    chosen = [days[0], days[0] + span / 2, days[-1]] if span.days >= 14 else sorted({days[0], days[-1]})
    said = [form.format(day) for day in chosen]
    if any(one == other for one, other in pairwise(said)):
        chosen = [days[0], days[-1]]
        said = [f"{day.day} {day:%b} {day.year}" for day in chosen]
    anchors = ["middle"] if len(chosen) == 1 else ["start", *["middle"] * (len(chosen) - 2), "end"]
    return [Tick(x(day.toordinal()), words, anchor) for day, words, anchor in zip(chosen, said, anchors, strict=True)]
