import ast
import re
import sys
from datetime import date, timedelta
from decimal import Decimal
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from analytics import charts
from analytics.charts.scales import WIDTH, Scale, label, labels, round_steps

NUMBERS = st.floats(min_value=0, max_value=5000, allow_nan=False)
DAYS = st.dates(date(2000, 1, 1), date(2100, 1, 1))


def test_they_import_the_standard_library_alone():
    for path in Path(charts.__file__).parent.glob("*.py"):
        for node in ast.walk(ast.parse(path.read_text())):
            names = [a.name for a in node.names] if isinstance(node, ast.Import) else []
            names += [node.module] if isinstance(node, ast.ImportFrom) else []
            for name in names:
                assert name.split(".")[0] in sys.stdlib_module_names or name.startswith("analytics.charts"), path


@given(NUMBERS, NUMBERS, st.integers(2, 8))
def test_round_steps_hold_all_values_in_few_even_intervals(one, other, most):
    low, high = sorted((one, other))
    steps = round_steps(low, high, most=most)
    assert 1 <= len(steps) - 1 <= most
    assert steps[0] <= low + 1e-6
    assert steps[-1] >= high - 1e-6
    assert steps[1] - steps[0] == pytest.approx(steps[-1] - steps[-2])


def test_round_steps_are_numbers_people_like():
    assert round_steps(0, 22) == [0, 10, 20, 30]
    assert round_steps(92.5, 104) == [90, 95, 100, 105]


def test_a_scale_puts_a_single_value_in_the_middle():
    assert Scale(5, 5, 0, 100)(5) == 50
    assert Scale(0, 10, 100, 0)(Decimal("2.5")) == 75


def test_labels_have_no_needless_fraction():
    assert [label(1250), label(62.5), label(100.0), label(0)] == ["1,250", "62.5", "100", "0"]
    assert labels([0, 5000, 10_000]) == ["0", "5k", "10k"]
    assert labels([0, 500, 1000]) == ["0", "500", "1,000"]


@given(st.dictionaries(DAYS, NUMBERS, min_size=1, max_size=80))
def test_a_line_stays_inside_its_frame(points):
    chart = charts.line_chart(sorted(points.items()))
    places = [tuple(map(float, one.split())) for one in chart.path[1:].split("L")]
    assert len(places) == len(points)
    assert all(0 <= x <= WIDTH and 0 <= y <= chart.height for x, y in places)
    assert [x for x, _ in places] == sorted(x for x, _ in places)
    assert chart.best_y == min(y for _, y in places)
    assert all(0 <= tick.at <= WIDTH for tick in chart.x_ticks)
    assert 1 <= len(chart.x_ticks) <= 3
    assert bool(chart.dots) == (len(points) <= 60)


def test_a_line_names_its_best_and_its_days():
    days = [date(2026, 3, 2) + timedelta(days=7 * week) for week in range(9)]
    chart = charts.line_chart([(day, Decimal(100 + (5 if n == 4 else n))) for n, day in enumerate(days)])
    assert chart.best.label == "108"
    assert [tick.label for tick in chart.x_ticks] == ["2 Mar", "30 Mar", "27 Apr"]
    assert len(re.findall("M", chart.dots)) == 9


def ticks(*days: date) -> list[str]:
    return [tick.label for tick in charts.line_chart([(day, 1) for day in days]).x_ticks]


def test_days_have_their_year_where_the_line_crosses_one():
    assert ticks(date(2024, 1, 1), date(2026, 1, 1)) == ["Jan 2024", "Dec 2024", "Jan 2026"]
    assert ticks(date(2025, 12, 29), date(2026, 1, 5)) == ["Dec 2025", "Jan 2026"]
    assert ticks(date(2025, 12, 1), date(2026, 1, 5)) == ["1 Dec 2025", "18 Dec 2025", "5 Jan 2026"]
    assert ticks(date(2026, 1, 1), date(2026, 12, 31)) == ["1 Jan", "2 Jul", "31 Dec"]


def points_of(chart) -> list[tuple[float, float, str]]:
    found = [one.split(" ", 2) for one in chart.points.split("|")]
    return [(float(x), float(y), words) for x, y, words in found]


def test_each_point_carries_its_place_and_its_words():
    days = [date(2025, 12, 30), date(2026, 1, 2), date(2026, 1, 5)]
    chart = charts.line_chart(list(zip(days, (Decimal("80"), 82.46, 81), strict=True)), unit="kg")
    assert "L".join(f"{x} {y}" for x, y, _ in points_of(chart)) == chart.path[1:]
    assert [words for _, _, words in points_of(chart)] == [
        "30 Dec 2025: 80 kg",
        "2 Jan 2026: 82.5 kg",
        "5 Jan 2026: 81 kg",
    ]
    assert chart.latest == "5 Jan 2026: 81 kg"
    assert chart.unit == "kg"
    once = charts.bar_chart([(date(2025, 12, 29), 1200), (date(2026, 1, 5), 1)], unit="sets")
    assert [words for _, _, words in points_of(once)] == [
        "Week of 29 Dec 2025: 1,200 sets",
        "Week of 5 Jan 2026: 1 set",
    ]
    assert [(x, y) for x, y, _ in points_of(once)] == [(round(bar.x + bar.width / 2, 1), bar.y) for bar in once.bars]


def test_estimated_points_are_hollow_and_say_so():
    days = [date(2026, 3, 2) + timedelta(days=week * 7) for week in range(61)]
    points = [(day, Decimal(n)) for n, day in enumerate(days)]
    chart = charts.line_chart(points[:4], unit="kg", hollow={3, 1})
    dots = chart.dots.split("M")[1:]
    assert chart.holes == f"M{dots[1]}M{dots[3]}"
    estimated = [words.endswith("kg, estimated") for _, _, words in points_of(chart)]
    assert estimated == [False, True, False, True]
    assert charts.line_chart(points[:4]).holes == ""
    many = charts.line_chart(points, hollow={60})
    assert many.holes == many.dots == ""  # too many dots to tell apart, but not too many to say so
    assert many.latest.endswith(", estimated")


def test_a_trend_is_the_line_and_what_was_measured_are_dots_beside_it():
    days = [date(2026, 3, 2) + timedelta(days=n) for n in range(100)]
    points = [(day, 80 + n % 3) for n, day in enumerate(days)]
    chart = charts.line_chart(points, unit="kg", places=2, trend=[80] * 100)
    assert len(re.findall("M", chart.dots)) == 100
    assert len({one.split()[1] for one in chart.path[1:].split("L")}) == 1
    assert points_of(chart)[1][2] == "3 Mar 2026: 81 kg, trend 80 kg"
    assert chart.best is None


def test_one_day_is_a_dot_with_its_day():
    chart = charts.line_chart([(date(2026, 3, 2), 100)])
    assert [tick.label for tick in chart.x_ticks] == ["2 Mar"]
    assert chart.path.count("L") == 0


def test_nothing_is_no_chart():
    assert charts.line_chart([]) is None
    assert charts.bar_chart([]) is None


def weeks_from(monday: date, counts) -> list[tuple[date, int]]:
    return [(monday + timedelta(weeks=n), count) for n, count in enumerate(counts)]


@given(st.lists(st.integers(0, 80), min_size=1, max_size=60), st.integers(0, 30), st.integers(0, 30))
def test_bars_stand_on_the_floor_in_proportion(counts, low, high):
    chart = charts.bar_chart(weeks_from(date(2026, 1, 5), counts), marks=[("MEV", low), ("MRV", high)])
    assert len(chart.bars) == len(counts)
    assert all(bar.y + bar.height == pytest.approx(chart.floor, abs=0.2) for bar in chart.bars)
    assert all(bar.x >= 0 and bar.x + bar.width <= chart.right + 0.2 for bar in chart.bars)
    tallest = max(chart.bars, key=lambda bar: bar.height)
    assert counts[chart.bars.index(tallest)] == max(counts)
    assert len(chart.x_ticks) <= 5
    names = [mark.label_y for mark in chart.marks]
    assert abs(names[0] - names[1]) >= 10.9


@given(DAYS, st.integers(1, 600))
def test_the_latest_bar_always_has_its_label_and_no_label_meets_another(monday, count):
    chart = charts.bar_chart(weeks_from(monday, range(count)))
    assert chart.x_ticks[-1].at == points_of(chart)[-1][0]
    assert len({tick.label for tick in chart.x_ticks}) == len(chart.x_ticks)
    for one, other in pairwise(chart.x_ticks):
        assert other.at - one.at >= 8 * max(len(one.label), len(other.label))


def test_bars_have_their_year_where_the_weeks_cross_one():
    def labels_of(monday: date, count: int) -> list[str]:
        return [tick.label for tick in charts.bar_chart(weeks_from(monday, range(count))).x_ticks]

    assert labels_of(date(2026, 3, 2), 3) == ["2 Mar", "9 Mar", "16 Mar"]
    assert labels_of(date(2025, 12, 29), 2) == ["Jan 2026"]
    assert labels_of(date(2025, 10, 20), 13) == ["Oct 2025", "Nov 2025", "Dec 2025", "Jan 2026"]
    assert labels_of(date(2025, 12, 8), 51) == ["Feb 2026", "May 2026", "Aug 2026", "Nov 2026"]


@given(st.integers(0, 60), st.integers(0, 60), st.integers(0, 30), st.integers(30, 60))
def test_a_gauge_ends_inside_its_frame(done, planned, low, high):
    one = charts.gauge(done=done, planned=planned, marks=[("MEV", low), ("MRV", high)])
    assert 0 <= one.done <= one.width
    assert 0 <= one.planned <= one.width
    assert all(0 <= tick.at <= one.width for tick in one.marks)
    assert (one.done < one.planned) == (done < planned)
