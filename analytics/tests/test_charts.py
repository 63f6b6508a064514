import ast
import re
import sys
from datetime import date, timedelta
from decimal import Decimal
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
    years = charts.line_chart([(date(2024, 1, 1), 1), (date(2026, 1, 1), 2)])
    assert [tick.label for tick in years.x_ticks] == ["Jan 2024", "Dec 2024", "Jan 2026"]


def test_one_day_is_a_dot_with_its_day():
    chart = charts.line_chart([(date(2026, 3, 2), 100)])
    assert [tick.label for tick in chart.x_ticks] == ["2 Mar"]
    assert chart.path.count("L") == 0


def test_nothing_is_no_chart():
    assert charts.line_chart([]) is None
    assert charts.bar_chart([]) is None


@given(st.lists(st.integers(0, 80), min_size=1, max_size=60), st.integers(0, 30), st.integers(0, 30))
def test_bars_stand_on_the_floor_in_proportion(counts, low, high):
    chart = charts.bar_chart([(str(n), count) for n, count in enumerate(counts)], marks=[("MEV", low), ("MRV", high)])
    assert len(chart.bars) == len(counts)
    assert all(bar.y + bar.height == pytest.approx(chart.floor, abs=0.2) for bar in chart.bars)
    assert all(bar.x >= 0 and bar.x + bar.width <= chart.right + 0.2 for bar in chart.bars)
    tallest = max(chart.bars, key=lambda bar: bar.height)
    assert counts[chart.bars.index(tallest)] == max(counts)
    assert len(chart.x_ticks) <= 5
    names = [mark.label_y for mark in chart.marks]
    assert abs(names[0] - names[1]) >= 10.9


def test_the_latest_bar_always_has_its_label():
    chart = charts.bar_chart([(f"w{n}", n) for n in range(13)])
    assert chart.x_ticks[-1].label == "w12"


@given(st.integers(0, 60), st.integers(0, 60), st.integers(0, 30), st.integers(30, 60))
def test_a_gauge_ends_inside_its_frame(done, planned, low, high):
    one = charts.gauge(done=done, planned=planned, marks=[("MEV", low), ("MRV", high)])
    assert 0 <= one.done <= one.width
    assert 0 <= one.planned <= one.width
    assert all(0 <= tick.at <= one.width for tick in one.marks)
    assert (one.done < one.planned) == (done < planned)
