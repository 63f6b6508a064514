"""Kilograms and pounds, and which exercises move kilograms. Each is stated once."""

import re
from decimal import Decimal

import pytest

from metricgain.tests.test_architecture import modules
from metricgain.units import in_unit


@pytest.mark.parametrize(
    ("kilograms", "unit", "places", "shown"),
    [
        ("100", "kg", 2, "100.00"),
        ("100", "lb", 2, "220.46"),
        ("45.3592", "lb", 0, "100"),
        ("2.5", "kg", 0, "2"),  # half to even, as rounded sums are
        ("0", "lb", 0, "0"),
    ],
)
def test_kilograms_are_shown_in_the_unit_that_was_chosen(kilograms, unit, places, shown):
    assert str(in_unit(Decimal(kilograms), unit, places=places)) == shown


@pytest.mark.parametrize(
    ("truth", "home"),
    [
        (r"0\.4535\d*|2\.2046\d*", {"metricgain.units", "benchmarks.engine.invariants"}),  # there any factor would do
        (r"def plain\(", {"metricgain.numbers"}),
        (r"Loading\.WEIGHT, Loading\.ADDED|IN \('weight', 'added'\)", {"exercises.kinds"}),
    ],
)
def test_a_truth_about_weights_stands_once(truth, home):
    found = {name for name, path in modules().items() if re.search(truth, path.read_text(encoding="utf-8"))}
    assert {name for name in found if ".migrations." not in name} == home
