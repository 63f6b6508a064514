import pytest

from training.progression import EngineError, gate_by_soreness, resolve_soreness


@pytest.mark.parametrize(
    ("before", "after", "expected"),
    [
        (None, None, None),
        *((score, None, score) for score in range(4)),
        *((None, score, score) for score in range(4)),
        (0, 1, 1),
        (1, 0, 0),
        (2, 0, 0),
        (0, 2, 2),
        (2, 1, 1),
        (3, 0, 3),
        (0, 3, 3),
        (3, 3, 3),
    ],
)
def test_the_later_answer_counts_and_still_sore_counts_always(before, after, expected):
    assert resolve_soreness(before, after) == expected


@pytest.mark.parametrize(("before", "after", "name"), [(4, None, "before"), (None, -1, "after"), (1.0, 1, "before")])
def test_other_answers_are_refused(before, after, name):
    with pytest.raises(EngineError, match=f"^{name} must be"):
        resolve_soreness(before, after)


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
