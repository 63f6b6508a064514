"""What a drop starts with: the browser runs the same table (metricgain/tests/e2e/test_continuing.py)."""

import json
from decimal import Decimal
from pathlib import Path

import pytest

from training.progression import Grid
from training.session.drops import drop_weight

CASES = json.loads(Path(__file__).with_name("drop_cases.json").read_text())


@pytest.mark.parametrize("case", CASES, ids=lambda case: f"{case['kind']} {case['weight']} by {case['step']}")
def test_a_drop_is_about_a_fifth_lighter(case):
    explicit = tuple(map(Decimal, case["explicit"]))
    step = None if explicit else Decimal(case["step"])
    grid = Grid(kind=case["kind"], step=step, min=Decimal(case["min"]), explicit=explicit)
    assert drop_weight(Decimal(case["weight"]), grid) == Decimal(case["expect"])
