import pytest
from hypothesis import given
from hypothesis import strategies as st

from training.progression import EngineError, e1rm, shown_e1rm
from training.progression.tests.cases import D, quick


@pytest.mark.parametrize(
    ("to_failure", "percent"), [(5, "90.0"), (10, "79.0"), (15, "69.3"), (20, "60.8"), (30, "46.8")]
)
def test_reps_to_failure_are_a_share_of_the_maximum(to_failure, percent):  # Berger's exponential
    maximum = e1rm(D("100"), to_failure, 0)
    assert (100 / maximum * 100).quantize(D("0.1")) == D(percent)


def test_a_single_is_nearly_the_maximum_itself():
    assert e1rm(D("100"), 1, 0).quantize(D("0.01")) == D("100.04")


def test_reps_in_reserve_count_like_reps_done():
    assert e1rm(D("100"), 8, 2) == e1rm(D("100"), 10, 0) == e1rm(D("100"), 10, None)
    assert e1rm(D("100"), 8, D("1.5")) == e1rm(D("100"), 9, D("0.5"))


@pytest.mark.parametrize(
    ("reps", "rir", "estimated", "is_shown"),
    [
        (15, 0, True, True),
        (10, 5, True, True),
        (15, D("0.5"), True, False),
        (16, 0, True, False),
        (30, 0, True, False),
        (25, 5, True, False),
        (30, D("0.5"), False, False),
        (31, 0, False, False),
        (5, D("5.5"), False, False),
        (5, 6, False, False),
        (0, 3, False, False),
        (0, None, False, False),
    ],
)
def test_there_is_no_estimate_where_none_holds(reps, rir, estimated, is_shown):
    assert (e1rm(D("60"), reps, rir) is not None) == estimated
    assert shown_e1rm(D("60"), reps, rir) == (e1rm(D("60"), reps, rir) if is_shown else None)


@given(reps=st.integers(1, 25), rir=st.integers(0, 4), factor=st.sampled_from(["0.45359237", "3"]))
@quick
def test_more_reps_speak_for_more_and_units_for_the_same(reps, rir, factor):  # I1, I14
    maximum = e1rm(D("60"), reps, rir)
    assert maximum == e1rm(D("60"), reps, rir)
    assert maximum > D("60")
    assert e1rm(D("60"), reps + 1, rir) > maximum
    scaled = e1rm(D("60") * D(factor), reps, rir)
    assert abs(scaled / (maximum * D(factor)) - 1) < D("1e-25")


@pytest.mark.parametrize("estimate", [e1rm, shown_e1rm])
@pytest.mark.parametrize(
    ("weight", "reps", "rir", "named"),
    [
        (D("0"), 5, 0, "weight"),
        (60.0, 5, 0, "weight"),
        (D("60"), -1, 0, "reps"),
        (D("60"), 5.5, 0, "reps"),
        (D("60"), 5, -1, "RIR"),
        (D("60"), 5, 11, "RIR"),
        (D("60"), 5, 1.5, "RIR"),
    ],
)
def test_it_refuses_what_is_no_set(estimate, weight, reps, rir, named):  # I20
    with pytest.raises(EngineError, match=named):
        estimate(weight, reps, rir)
