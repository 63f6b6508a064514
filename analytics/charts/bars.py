"""Bar charts: the counts of weeks side by side, or one count (a gauge), with marks to compare them with."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from analytics.charts.scales import (
    WIDTH,
    Scale,
    Tick,
    as_attribute,
    counted,
    day_labels,
    day_words,
    labels,
    round_steps,
)

HEIGHT, TOP, BOTTOM, LEFT, RIGHT = 176, 28, 24, 40, 38
WIDEST = 56  # units that a bar and the gap beside it take at most
LABELS, LETTER = 5, 8.5  # the most labels below the bars; units that a letter of them takes


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
    """A bar chart. `points` has the place and the words of the top of each bar, `latest` the words of the last one."""

    bars: list[Bar]
    marks: list[Mark]
    y_ticks: list[Tick]
    x_ticks: list[Tick]
    unit: str
    points: str
    latest: str
    width: int = WIDTH
    height: int = HEIGHT
    left: int = LEFT
    right: int = WIDTH - RIGHT
    floor: int = HEIGHT - BOTTOM
    label_y: int = HEIGHT - 8


def bar_chart(
    weeks: Sequence[tuple[date, int]], *, unit: str = "", marks: Sequence[tuple[str, int]] = ()
) -> BarChart | None:
    """Returns a chart with a bar for each (week, count), in order; None without any. `marks` are (name, count), drawn
    as lines."""
    if not weeks:
        return None
    top = max([1, *(count for _, count in weeks), *(count for _, count in marks)])
    steps = round_steps(0, top)
    y = Scale(0, steps[-1], HEIGHT - BOTTOM, TOP)
    slot = min((WIDTH - RIGHT - LEFT) / len(weeks), WIDEST)
    gap = slot * 0.22
    bars = []
    for place, (_, count) in enumerate(weeks):
        left = LEFT + place * slot + gap / 2
        bars.append(Bar(round(left, 1), y(count), round(slot - gap, 1), round(HEIGHT - BOTTOM - y(count), 1)))
    tops = [(round(bar.x + bar.width / 2, 1), bar.y) for bar in bars]
    words = [f"Week of {day_words(day)}: {counted(count, unit)}" for day, count in weeks]
    return BarChart(
        bars=bars,
        marks=_apart([Mark(y(count), name, y(count)) for name, count in marks]),
        y_ticks=[Tick(y(step), said) for step, said in zip(steps, labels(steps), strict=True)],
        x_ticks=[Tick(tops[place][0], said) for place, said in _labelled([day for day, _ in weeks], slot)],
        unit=unit,
        points=as_attribute(tops, words),
        latest=words[-1],
    )


def _labelled(days: Sequence[date], slot: float) -> list[tuple[int, str]]:
    """Returns the labels that fit below bars that are `slot` units apart, with the place of each. The latest bar always
    has one."""
    every = -(-len(days) // LABELS)
    while True:
        places = range((len(days) - 1) % every, len(days), every)
        said = day_labels([days[place] for place in places], years=days[0].year != days[-1].year)
        if len(said) == 1 or max(map(len, said)) * LETTER <= every * slot:
            return list(zip(places, said, strict=True))
        every += 1


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
