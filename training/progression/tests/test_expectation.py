"""What to expect of the next first set, and the lifter's own slope."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from training.progression import EngineError, FirstSet, expect, retarget, slope
from training.progression.tests.cases import KG, D, quick


def sets(*rows):
    return [FirstSet(days_ago=days, load=D(load), reps=reps, rir=rir) for days, load, reps, rir in rows]


KNOWN = sets((28, "100", 9, D(3)), (21, "100", 10, D(2)), (14, "100", 11, D(1)), (7, "102.5", 10, D(0)))


def at_days(*pairs):
    """Puts sessions without a RIR one week apart, from 60 days ago; the last one 9 days ago."""
    days = [*(60 - 7 * at for at in range(len(pairs) - 1)), 9]
    return sets(*((day, load, reps, None) for day, (load, reps) in zip(days, pairs, strict=True)))


SLOPING = at_days(("60", 12), ("60", 12), ("65", 10), ("65", 11), ("70", 9), ("70", 9), ("75", 7), ("75", 8))


def test_the_worked_example_of_an_expectation():  # 11a
    assert expect(KNOWN, load=D("100"), rir=3) == (9, 8, 10)
    assert expect(KNOWN[1:], load=D("100"), rir=3) is None


@pytest.mark.parametrize(
    ("history", "load", "rir", "expected"),
    [
        (KNOWN, "100", 0, (12, 11, 13)),  # three more of effort
        (KNOWN, "100", None, (11, 10, 12)),  # the aim says no RIR: reps as they were
        (KNOWN, "113.2", 3, (7, 6, 8)),  # within 10 % of the last load, to the hair
        (KNOWN, "114", 3, (7, 5, 9)),
        (KNOWN, "140", 3, (6, 3, 9)),
        (sets(*((day, "100", 10, None) for day in (29, 28, 27, 26))), "100", 3, (10, 9, 11)),
        (sets(*((day, "100", 1, None) for day in (4, 3, 2, 1))), "100", 3, (1, 1, 2)),
        (sets(*((day, "100", 30, None) for day in (4, 3, 2, 1))), "100", 3, (30, 29, 31)),
        (sets(*((day, "100", 10, None) for day in (60, 50, 40, 29))), "100", 3, None),  # too long ago
        (sets(*((day, "100", 10, None) for day in (60, 50, 40, 28))), "100", 3, (10, 9, 11)),
        ([], "100", 3, None),
        # The last time within 1 % of this weight counts, though heavier sets came after it.
        (
            sets((28, "100", 14, None), (21, "100", 14, None), (14, "120", 6, None), (7, "120", 6, None)),
            "100.9",
            3,
            (11, 9, 13),
        ),
        # More reps with more weight is no slope, down or up.
        (
            sets((28, "40", 5, None), (21, "60", 8, None), (14, "80", 12, None), (7, "110", 16, None)),
            "10",
            3,
            (18, 15, 21),
        ),
    ],
)
def test_effort_load_and_habit_make_it(history, load, rir, expected):
    assert expect(history, load=D(load), rir=rir) == expected


def test_the_last_twenty_sessions_count():
    old = sets(*((day, "100", 30, None) for day in range(60, 40, -1)))
    new = sets(*((day, "100", 10, None) for day in range(21, 1, -1)))
    assert expect([*old, *new], load=D("100"), rir=1) == expect(new, load=D("100"), rir=1)


def test_the_worked_example_of_a_slope():  # 11b
    own = slope(SLOPING)
    assert round(own, 1) == D("10.3")
    assert retarget(9, D("70"), D("75"), KG, own) == 8
    assert retarget(9, D("70"), D("75"), KG) == 7


@pytest.mark.parametrize(
    ("history", "expected"),
    [
        (SLOPING[1:], None),  # seven sessions
        (at_days(*[("60", 12)] * 4, *[("65", 10)] * 4), None),  # two weights
        (at_days(*[("60", 5)] * 3, *[("65", 10)] * 3, *[("70", 20)] * 2), "4"),
        (at_days(*[("60", 30)] * 3, *[("62.5", 20)] * 2, *[("80", 1)] * 3), "38"),
        (sets(*((91, "60", 12, None), *((day, "65", 10, None) for day in range(60, 53, -1)))), None),
    ],
)
def test_a_slope_needs_enough_and_stays_in_bounds(history, expected):
    assert slope(history) == (expected and D(expected))


@given(
    st.lists(st.tuples(st.integers(10, 200), st.integers(1, 30), st.none() | st.integers(0, 5).map(D)), max_size=30),
    st.integers(10, 200),
    st.none() | st.integers(0, 4),
)
@quick
def test_what_is_expected_can_be_done(rows, load, rir):
    history = sets(*((len(rows) - at, weight, reps, left) for at, (weight, reps, left) in enumerate(rows)))
    found = expect(history, load=D(load), rir=rir)
    assert (found is None) == (len(history) < 4)
    if found:
        reps, least, most = found
        assert 1 <= least <= reps <= min(30, most)


@pytest.mark.parametrize(
    ("make", "named"),
    [
        (lambda: FirstSet(days_ago=-1, load=D(1), reps=1), "days_ago"),
        (lambda: FirstSet(days_ago=1, load=D(0), reps=1), "load"),
        (lambda: FirstSet(days_ago=1, load=D(1), reps=0), "reps"),
        (lambda: FirstSet(days_ago=1, load=D(1), reps=31), "reps"),
        (lambda: FirstSet(days_ago=1, load=D(1), reps=1, rir=D(11)), "RIR"),
        (lambda: expect(KNOWN[::-1], load=D(1), rir=1), "oldest first"),
        (lambda: expect(KNOWN, load=D(0), rir=1), "load"),
        (lambda: slope(["100 x 10"]), "history"),
        (lambda: retarget(9, D(70), D(75), KG, D(0)), "slope"),
    ],
)
def test_it_refuses_what_cannot_be(make, named):  # I20
    with pytest.raises(EngineError, match=named):
        make()
