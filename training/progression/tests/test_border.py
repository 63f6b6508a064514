"""The checks themselves; that every public function makes its own is shown where that function is tested."""

import pytest

from training.progression import EngineError
from training.progression.border import (
    check_choice,
    check_decimal,
    check_flag,
    check_rep_range,
    check_score,
    check_whole,
    check_whole_or_missing,
)
from training.progression.tests.cases import D


def is_refused(check, *arguments, **bounds):
    try:
        check("it", *arguments, **bounds)
    except EngineError as error:
        assert str(error).startswith("it must be ")
        return True
    return False


@pytest.mark.parametrize(
    ("value", "accepted"),
    [(1, False), (2, True), (5, True), (6, False), (True, False), (2.0, False), (D("2"), False), ("2", False)],
)
@pytest.mark.parametrize("check", [check_whole, check_whole_or_missing])
def test_a_whole_number_is_an_int_within_its_bounds(check, value, accepted):
    assert is_refused(check, value, least=2, most=5) is not accepted


@pytest.mark.parametrize("check", [check_whole, check_whole_or_missing])
def test_a_whole_number_may_have_no_upper_bound(check):
    assert not is_refused(check, 10**9, least=2)
    assert is_refused(check, 1, least=2)


def test_only_what_may_be_missing_may_be_missing():
    assert is_refused(check_whole, None, least=0)
    assert not is_refused(check_whole_or_missing, None, least=0)


@pytest.mark.parametrize(
    ("value", "accepted"), [(None, True), (-1, False), (0, True), (3, True), (4, False), (False, False), (1.0, False)]
)
def test_a_score_goes_from_zero_to_three_or_is_missing(value, accepted):
    assert is_refused(check_score, value) is not accepted


@pytest.mark.parametrize(("value", "accepted"), [(True, True), (False, True), (None, False), (0, False), (1, False)])
def test_a_flag_is_true_or_false_and_nothing_like_it(value, accepted):
    assert is_refused(check_flag, value) is not accepted


@pytest.mark.parametrize(("value", "accepted"), [("kg", True), ("lb", True), ("stone", False), (None, False)])
def test_a_choice_is_one_of_its_words(value, accepted):
    assert is_refused(check_choice, value, of=("kg", "lb")) is not accepted


@pytest.mark.parametrize(
    ("value", "accepted"),
    [
        (D("0"), True),
        (D("-0.01"), False),
        (D("1000000"), True),
        (D("1000000.01"), False),
        (D("0.000000000000000001"), True),
        (D("1.0000000000000000001"), False),
        (D("NaN"), False),
        (D("sNaN"), False),
        (D("Infinity"), False),
        (5, False),
        (2.5, False),
        ("5", False),
        (None, False),
    ],
)
def test_a_decimal_is_finite_and_of_a_size_that_stays_exact(value, accepted):
    assert is_refused(check_decimal, value) is not accepted


def test_a_decimal_may_have_narrower_bounds():
    assert is_refused(check_decimal, D("0"), above_zero=True)
    assert not is_refused(check_decimal, D("0.01"), above_zero=True)
    assert not is_refused(check_decimal, D("2"), most=D("2"))
    assert is_refused(check_decimal, D("2.01"), most=D("2"))


@pytest.mark.parametrize(
    ("lo", "hi", "named"),
    [
        (0, 10, "^lo must be"),
        (None, 10, "^lo must be"),
        (31, 31, "^lo must be"),
        (8, 0, "^hi must be"),
        (8, 31, "^hi must be"),
        (8, None, "^hi must be"),
        (9, 8, "^lo must not be above hi"),
    ],
)
def test_a_rep_range_has_two_ends_in_order(lo, hi, named):
    with pytest.raises(EngineError, match=named):
        check_rep_range(lo, hi, most=30)


@pytest.mark.parametrize(("lo", "hi"), [(1, 1), (8, 12), (30, 30), (1, 30)])
def test_a_rep_range_may_be_a_single_number(lo, hi):
    check_rep_range(lo, hi, most=30)


@pytest.mark.parametrize(
    ("check", "arguments", "bounds", "message"),
    [
        (check_whole, (0,), {"least": 1, "most": 15}, "it must be a whole number from 1 to 15, not 0"),
        (check_whole, (0,), {"least": 1}, "it must be a whole number from 1 up, not 0"),
        (check_flag, ("x",), {}, "it must be True or False, not 'x'"),
        (check_choice, ("x",), {"of": ("kg", "lb")}, "it must be one of kg, lb, not 'x'"),
        (check_decimal, (D("-1"),), {"most": D("2")}, "it must be a Decimal from 0 to 2, not Decimal('-1')"),
        (
            check_decimal,
            (D("0"),),
            {"above_zero": True},
            "it must be a Decimal above 0 to 1000000, not Decimal('0')",
        ),
    ],
)
def test_a_refusal_names_the_value_and_says_what_is_wanted(check, arguments, bounds, message):
    with pytest.raises(EngineError) as refused:
        check("it", *arguments, **bounds)
    assert str(refused.value) == message
