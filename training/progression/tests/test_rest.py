"""Rest between sets, and the minutes that a session takes."""

import pytest

from training.progression import EngineError, session_seconds, shown_minutes, usual_rest


@pytest.mark.parametrize(
    ("mechanic", "loading", "seconds"),
    [
        ("compound", "weight", 150),
        ("compound", "added", 150),
        ("compound", "bodyweight", 90),
        ("compound", "assisted", 90),
        ("isolation", "weight", 90),
    ],
)
def test_many_joints_under_a_load_rest_longest(mechanic, loading, seconds):
    assert usual_rest(mechanic=mechanic, loading=loading) == seconds


def test_an_exercise_takes_its_sets_its_rests_and_the_way_to_it():
    assert session_seconds([(3, 80)]) == 120 + 3 * 120
    assert session_seconds([(3, 80), (0, 200), (1, 20)]) == 120 + 3 * 120 + 120 + 60


def test_minutes_are_shown_in_fives_and_never_as_none():
    assert [shown_minutes(seconds) for seconds in (0, 100, 1900, 2000, 750)] == [5, 5, 30, 35, 15]


def test_it_refuses_less_than_nothing():
    with pytest.raises(EngineError):
        session_seconds([(-1, 60)])
    with pytest.raises(EngineError):
        usual_rest(mechanic="compound", loading="sideways")
