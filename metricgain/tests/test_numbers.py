"""What people type is one number for the server and for the page: metricgain/tests/e2e/test_weights.py reads the same
table in a browser."""

import json
from decimal import Decimal
from pathlib import Path

import pytest
from django import forms

from metricgain.number_fields import DecimalField, WeightField, WholeField, rounded_words
from metricgain.numbers import hundredths, typed_number

CASES = json.loads(Path(__file__).with_name("number_cases.json").read_text())
REFUSED = "Type a number."


def cleaned(field: type[forms.Field], typed: str):
    """Returns what a field makes of a text; None where it refuses it."""
    try:
        return field(required=False, error_messages={"invalid": REFUSED, "min_value": "Less than 0."}).clean(typed)
    except forms.ValidationError as error:
        assert error.messages[0] == REFUSED
        return None


class Typed(forms.Form):
    bar = WeightField(min_value=0, error_messages={"min_value": "Less than 0."})
    disc = WeightField(required=False)


@pytest.mark.parametrize("case", CASES, ids=lambda case: ascii(case["typed"]))
def test_a_number_is_read_as_people_type_it(case):
    found = typed_number(case["typed"])
    assert found == (case["number"] and Decimal(case["number"]))
    if found is not None:
        assert hundredths(found) == Decimal(case["stored"])


@pytest.mark.parametrize("case", [one for one in CASES if "-" not in one["typed"] and "−" not in one["typed"]])
def test_fields_read_the_same(case):
    assert cleaned(DecimalField, case["typed"]) == (case["number"] and Decimal(case["number"]))
    assert cleaned(WholeField, case["typed"]) == case["reps"]
    stored = case["stored"] and Decimal(case["stored"])
    assert cleaned(WeightField, case["typed"]) == stored


def test_the_table_has_both_kinds():
    assert len([case for case in CASES if case["number"] is None]) >= 40
    assert len([case for case in CASES if case["stored"] != case["number"]]) >= 5


@pytest.mark.parametrize("typed", ["-5", "−5", "-٥"])
def test_a_minus_is_told_from_nonsense(typed):
    assert Typed({"bar": typed}).errors["bar"] == ["Less than 0."]


def test_a_form_says_which_weights_it_rounded():
    form = Typed({"bar": "2,268", "disc": "٠٫٤٥٤"})
    assert form.is_valid()
    assert form.cleaned_data == {"bar": Decimal("2.27"), "disc": Decimal("0.45")}
    assert rounded_words(form) == " Rounded to 2.27, 0.45: a weight has two decimals."


def test_a_form_says_nothing_of_weights_that_it_kept():
    form = Typed({"bar": "82.5000"})
    assert form.is_valid()
    assert rounded_words(form) == ""
