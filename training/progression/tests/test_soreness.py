import pytest

from training.progression import EngineError, gate_by_soreness, soreness_for_sets, waits_once


@pytest.mark.parametrize(
    ("before", "after", "today", "expected", "waits"),
    [
        (1, 3, 1, 2, True),  # worked example 7a: recovered from, but not yet last time
        (3, None, 0, 2, True),
        (1, 2, 3, 3, False),
        (3, 1, None, 1, False),
        (None, None, None, None, False),
        *((None, None, score, score, False) for score in range(4)),
        (None, 3, None, 3, False),  # nothing said today
        (3, None, None, 3, False),
        (3, 3, 3, 3, False),
        (3, 0, 0, 0, False),  # once a week: the next session is today's
        (0, None, 2, 0, False),
        (0, 2, 0, 2, False),
        (2, 1, 0, 1, False),
    ],
)
def test_today_decides_today_and_last_time_the_growth(before, after, today, expected, waits):
    assert soreness_for_sets(before, after, today) == expected
    assert waits_once(before, after, today) is waits


@pytest.mark.parametrize(
    ("answers", "name"), [((4, None, None), "before"), ((None, -1, None), "after"), ((1, 1, 1.0), "today")]
)
def test_other_answers_are_refused(answers, name):
    with pytest.raises(EngineError, match=f"^{name} must be"):
        soreness_for_sets(*answers)


@pytest.mark.parametrize(
    ("soreness", "expected"),
    [
        (3, {"bench": 3, "fly": 2, "dip": 4}),
        (2, {"bench": 4, "fly": 2, "dip": 4}),
        (0, {"bench": 4, "fly": 2, "dip": 4}),
        (None, {"bench": 4, "fly": 2, "dip": 4}),
    ],
)
def test_still_sore_today_means_no_more_than_last_week(soreness, expected):
    planned, last = {"bench": 4, "fly": 2, "dip": 4}, {"bench": 3, "fly": 3, "row": 1}
    assert gate_by_soreness(planned, last_sets=last, soreness=soreness) == expected


def test_the_gate_gives_a_plan_of_its_own():
    planned = {1: 15}
    assert gate_by_soreness(planned, last_sets={1: 1}, soreness=2) == planned
    assert gate_by_soreness(planned, last_sets={1: 1}, soreness=2) is not planned
    assert gate_by_soreness(planned, last_sets={1: 1}, soreness=3) == {1: 1}


@pytest.mark.parametrize(
    ("sets", "last_sets", "soreness", "message"),
    [
        ({"bench": 0}, {}, 1, "^sets of 'bench' must"),
        ({"bench": 16}, {}, 1, "^sets of 'bench' must"),
        ({}, {"fly": 0}, 1, "last_sets of 'fly'"),
        ({}, {"fly": 16}, 1, "last_sets of 'fly'"),
        ([], {}, 1, "^sets must be a mapping"),
        ({}, None, 1, "^last_sets must be"),
        ({}, {}, 4, "^soreness must"),
    ],
)
def test_the_gate_refuses_nonsense(sets, last_sets, soreness, message):
    with pytest.raises(EngineError, match=message):
        gate_by_soreness(sets, last_sets=last_sets, soreness=soreness)
