import pytest

from training import progression
from training.progression import plan_warnings

FULL = {muscle: progression.landmarks(muscle).mev or 4 for muscle in ("back", "legs", "shoulders", "delts")}
FULL |= {muscle: progression.landmarks(muscle).mev or 4 for muscle in ("chest", "bis", "tris", "calfs", "abs")}


def codes(days, **given):
    return [(one.code, one.muscle if one.muscle else one.day) for one in plan_warnings(days, **given)]


def spread(week):
    """Makes a week of two days, with half of each muscle on each."""
    return [{muscle: sets // 2 for muscle, sets in week.items()}, {m: sets - sets // 2 for m, sets in week.items()}]


def test_a_plan_at_mev_needs_no_word():
    assert [code for code, _ in codes(spread(FULL)) if code != "LONG_DAY"] == []


@pytest.mark.parametrize(("over", "said"), [(0, "ABOVE_MAV"), (1, "OVER_MRV")])
def test_a_muscle_above_mav_or_over_mrv_is_said(over, said):
    week = FULL | {"chest": progression.landmarks("chest").mrv + over}
    assert (said, "chest") in codes(spread(week))


@pytest.mark.parametrize(
    ("muscle", "experience", "sets", "expected"),
    [
        ("chest", "advanced", 20, False),
        ("chest", "advanced", 21, True),
        ("chest", None, 17, False),
        ("chest", None, 18, True),
        ("chest", "beginner", 14, False),
        ("chest", "beginner", 15, True),
        ("chest", "beginner", 0, False),
    ],
)
def test_a_week_above_the_range_is_worth_a_warning(muscle, experience, sets, expected):
    said = codes(spread(FULL | {muscle: sets}), experience=experience)
    assert (("ABOVE_MAV", muscle) in said) is expected


def test_a_warning_knows_no_experience_by_default():
    said = [codes(spread(FULL | {"chest": sets})) for sets in (17, 18)]
    assert [("ABOVE_MAV", "chest") in one for one in said] == [False, True]


def test_the_limits_go_by_experience():
    sets = progression.landmarks("chest").mrv
    week = spread(FULL | {"chest": sets})
    assert ("OVER_MRV", "chest") in codes(week, experience="beginner")
    assert ("OVER_MRV", "chest") not in codes(week, experience="advanced")


def test_thirty_sets_in_a_day_are_fine_and_thirty_one_are_said():
    assert ("LONG_DAY", 0) not in codes([{"legs": 15, "back": 15}])
    assert ("LONG_DAY", 0) in codes([{"legs": 15, "back": 16}])


def test_a_muscle_that_is_not_trained_is_said_once_there_is_a_plan():
    week = dict(FULL)
    del week["back"]
    assert ("UNTRAINED", "back") in codes(spread(week))
    assert codes([{}]) == [("EMPTY_DAY", 0)]
    assert codes([]) == []


def test_sets_are_whole_and_not_below_none():
    with pytest.raises(progression.EngineError):
        plan_warnings([{"chest": -1}])
