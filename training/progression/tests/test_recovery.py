import pytest

from training.progression import (
    EngineError,
    Reason,
    break_sets,
    recovery_sets,
    resumed_sets,
    sentence,
    suggests_early_deload,
    swapped_sets,
)


@pytest.mark.parametrize(("sets", "expected"), [(1, 1), (2, 1), (3, 2), (4, 2), (5, 3), (15, 8)])
def test_recovery_is_half_rounded_up(sets, expected):
    assert recovery_sets(sets) == expected


@pytest.mark.parametrize(
    ("sets", "week1_sets", "expected"),
    [(6, 3, 4), (6, 4, 5), (5, 2, 3), (3, 3, 3), (1, 1, 1), (2, 1, 1), (3, 5, 3), (1, 15, 1), (15, 1, 8), (5, None, 5)],
)
def test_the_way_back_is_halfway_and_never_above_what_was_too_much(sets, week1_sets, expected):
    assert resumed_sets(sets, week1_sets=week1_sets) == expected


@pytest.mark.parametrize(
    ("gap_days", "sets", "week1_sets", "expected"),
    [
        (0, 4, 1, 4),
        (14, 4, 1, 4),
        (15, 4, 1, 3),
        (28, 4, 1, 3),
        (29, 4, 1, 1),
        (29, 4, 2, 2),
        (29, 4, 3, 3),
        (29, 4, 5, 3),
        (400, 8, 4, 4),
        (29, 4, None, 3),
        *((15, sets, None, left) for sets, left in ((1, 1), (2, 2), (3, 2), (5, 4), (6, 5), (7, 5), (10, 8), (15, 11))),
    ],
)
def test_after_a_break_three_quarters_are_left(gap_days, sets, week1_sets, expected):
    assert break_sets(sets, gap_days=gap_days, week1_sets=week1_sets) == expected


@pytest.mark.parametrize(
    ("sets", "days", "expected"),
    [(4, None, 3), (4, 57, 3), (4, 56, 4), (4, 0, 4), (3, None, 3), (3, 57, 3), (5, 60, 4), (1, None, 1)],
)
def test_an_unfamiliar_exercise_starts_with_one_set_fewer(sets, days, expected):
    assert swapped_sets(sets, days_since_trained=days) == expected


@pytest.mark.parametrize(
    ("call", "message"),
    [
        (lambda bad: recovery_sets(bad), "^sets must"),
        (lambda bad: resumed_sets(bad, week1_sets=1), "^sets"),
        (lambda bad: resumed_sets(1, week1_sets=bad), "^week1_sets must"),
        (lambda bad: break_sets(bad, gap_days=20, week1_sets=1), "^sets"),
        (lambda bad: break_sets(1, gap_days=20, week1_sets=bad), "^week1_sets must"),
        (lambda bad: swapped_sets(bad, days_since_trained=1), "^sets must"),
    ],
)
@pytest.mark.parametrize("bad", [0, 16, 2.0, "3"])
def test_sets_are_1_to_15(call, message, bad):
    with pytest.raises(EngineError, match=message):
        call(bad)
    call(1)
    call(15)


@pytest.mark.parametrize("days", [-1, 1.5])
def test_days_are_whole(days):
    with pytest.raises(EngineError, match=r"^gap_days must"):
        break_sets(3, gap_days=days, week1_sets=3)
    with pytest.raises(EngineError, match=r"^days_since_trained must"):
        swapped_sets(3, days_since_trained=days)
    with pytest.raises(EngineError, match=r"^days since the recovery of chest must"):
        suggests_early_deload({"chest": days}, trained=["chest"])


@pytest.mark.parametrize(
    ("recovered", "trained", "needed"),
    [
        ({"chest": 14}, ["chest"], 1),
        ({"chest": 15}, ["chest"], None),
        ({"chest": 0, "back": 3}, ["chest", "back", "legs"], 2),
        ({"chest": 0, "back": 3}, ["chest", "back", "legs", "abs"], None),  # half is not more than half
        ({"chest": 0, "back": 20}, ["chest", "back", "legs"], None),
        ({"chest": 0, "neck": 0}, ["chest", "back"], None),
        ({"chest": 0}, ["chest", "chest", "chest"], 1),
        ({"chest": 0}, [], None),
        ({}, ["chest"], None),
    ],
)
def test_more_than_half_of_the_muscles_suggest_an_early_deload(recovered, trained, needed):
    expected = needed and Reason("EARLY_DELOAD", {"needed": needed, "trained": len(set(trained))})
    assert suggests_early_deload(recovered, trained=trained) == expected


def test_the_suggestion_is_said():
    reason = suggests_early_deload({"chest": 1, "back": 2}, trained={"chest", "back", "abs"})
    assert sentence(reason) == "2 of your 3 muscles needed recovery lately: think about a deload now."


@pytest.mark.parametrize(
    ("recovered", "trained", "name"),
    [(["chest"], ["chest"], "recovered"), ({}, "chest", "trained"), ({}, None, "trained")],
)
def test_the_suggestion_refuses_nonsense(recovered, trained, name):
    with pytest.raises(EngineError, match=f"^{name} must be"):
        suggests_early_deload(recovered, trained=trained)
