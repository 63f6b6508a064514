"""Bar charts: several counts side by side, or one count (a gauge), with marks to compare them with."""

from collections.abc import Sequence
from dataclasses import dataclass

from analytics.charts.scales import WIDTH, Scale, Tick, labels, round_steps

HEIGHT, TOP, BOTTOM, LEFT, RIGHT = 160, 12, 24, 34, 36
LABELS = 5  # the most labels below the bars


@dataclass(frozen=True, slots=True)
class Mark:
    """A line across the chart with its name at the right end, which has room for four letters."""

    y: float
    name: str
    label_y: float


@dataclass(frozen=True, slots=True)
class Bar:
    x: float
    y: float
    width: float
    height: float


@dataclass(frozen=True, slots=True)
class BarChart:
    bars: list[Bar]
    marks: list[Mark]
    y_ticks: list[Tick]
    x_ticks: list[Tick]
    width: int = WIDTH
    height: int = HEIGHT
    left: int = LEFT
    right: int = WIDTH - RIGHT
    floor: int = HEIGHT - BOTTOM
    label_y: int = HEIGHT - 8


def bar_chart(values: Sequence[tuple[str, int]], *, marks: Sequence[tuple[str, int]] = ()) -> BarChart | None:
    """Returns a chart with a bar for each (label, count), in order; None without any. `marks` are (name, count), drawn
    as lines."""
    if not values:
        return None
    top = max([1, *(count for _, count in values), *(count for _, count in marks)])
    steps = round_steps(0, top)
    y = Scale(0, steps[-1], HEIGHT - BOTTOM, TOP)
    slot = min((WIDTH - RIGHT - LEFT) / len(values), 48)
    gap = slot * 0.22
    bars, ticks = [], []
    every = -(-len(values) // LABELS)
    for place, (words, count) in enumerate(values):
        left = LEFT + place * slot + gap / 2
        bars.append(Bar(round(left, 1), y(count), round(slot - gap, 1), round(HEIGHT - BOTTOM - y(count), 1)))
        if (len(values) - 1 - place) % every == 0:
            ticks.append(Tick(round(left + (slot - gap) / 2, 1), words))
    return BarChart(
        bars=bars,
        marks=_apart([Mark(y(count), name, y(count)) for name, count in marks]),
        y_ticks=[Tick(y(step), words) for step, words in zip(steps, labels(steps), strict=True)],
        x_ticks=ticks,
    )


def _apart(marks: list[Mark], *, least: float = 11) -> list[Mark]:
    """Moves the names of close marks apart, upwards, by `least` units. The lines stay."""
    placed, below = [], float("inf")
    for mark in sorted(marks, key=lambda one: -one.y):
        below = min(mark.y, below - least)
        placed.append(Mark(mark.y, mark.name, round(below, 1)))
    return placed


GAUGE_HEIGHT = 34


@dataclass(frozen=True, slots=True)
class Gauge:
    """One bar for the count done and one for the count planned, both from the left, with marks as ticks below."""

    done: float  # the width of the bar, like `planned`
    planned: float
    marks: list[Tick]
    width: int = WIDTH
    height: int = GAUGE_HEIGHT


def gauge(*, done: int, planned: int, marks: Sequence[tuple[str, int]], top: int | None = None) -> Gauge:
    """Returns the gauge of one count. Give several gauges the same `top`, the count at the right end, to make them
    comparable."""
    most = max([1, done, planned, *(count for _, count in marks), top or 0])
    x = Scale(0, most, 0, WIDTH - 2)
    ticks = []
    for name, count in marks:
        at = x(count) + 1
        ticks.append(Tick(at, f"{name} {count}", "start" if at < 30 else "end" if at > WIDTH - 30 else "middle"))
    return Gauge(done=x(done), planned=x(planned), marks=ticks)
