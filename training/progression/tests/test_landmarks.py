import pytest

from training.progression import EngineError, landmarks, start_sets

ADVANCED = {  # maintain, least, range, most
    "chest": (4, 6, (12, 20), 22),
    "back": (8, 10, (14, 22), 25),
    "legs": (8, 10, (14, 22), 28),
    "shoulders": (0, 4, (6, 10), 14),
    "delts": (4, 8, (16, 22), 26),
    "bis": (5, 8, (14, 20), 26),
    "tris": (4, 6, (10, 14), 18),
    "calfs": (6, 8, (12, 16), 20),
    "abs": (0, 0, (16, 20), 25),
}


def row(muscle, experience=None):
    found = landmarks(muscle, experience=experience)
    assert found.muscle == muscle
    return found.mv, found.mev, found.mav, found.mrv


@pytest.mark.parametrize("muscle", ADVANCED)
def test_advanced_lifters_get_the_table(muscle):
    assert row(muscle, "advanced") == ADVANCED[muscle]


@pytest.mark.parametrize(
    ("muscle", "experience", "expected"),
    [
        ("chest", "beginner", (3, 4, (8, 14), 15)),
        ("chest", "intermediate", (3, 5, (10, 17), 19)),
        ("back", "beginner", (6, 7, (10, 15), 18)),  # 17.5 goes up
        ("back", "intermediate", (7, 9, (12, 19), 21)),  # 8.5 goes up
        ("legs", "intermediate", (7, 9, (12, 19), 24)),
        ("bis", "beginner", (4, 6, (10, 14), 18)),  # 3.5 goes up
        ("abs", "intermediate", (0, 0, (14, 17), 21)),
    ],
)
def test_less_experience_means_fewer_sets(muscle, experience, expected):
    assert row(muscle, experience) == expected


@pytest.mark.parametrize("muscle", ADVANCED)
def test_unsaid_experience_is_the_middle_one(muscle):
    assert row(muscle) == row(muscle, "intermediate")


@pytest.mark.parametrize("experience", [None, "beginner", "intermediate", "advanced"])
@pytest.mark.parametrize("muscle", ADVANCED)
def test_the_landmarks_are_in_order(muscle, experience):
    mv, mev, (low, high), mrv = row(muscle, experience)
    assert 0 <= mv <= mev <= low < high < mrv


@pytest.mark.parametrize("muscle", ["neck", "Chest", "", None])
def test_other_muscles_are_refused(muscle):
    with pytest.raises(EngineError, match=f"^no volume landmarks for the muscle {muscle!r}"):
        landmarks(muscle)


@pytest.mark.parametrize("experience", ["expert", "", 1])
def test_other_experience_is_refused(experience):
    with pytest.raises(EngineError, match=r"^experience must be one of beginner, intermediate, advanced"):
        landmarks("chest", experience=experience)


@pytest.mark.parametrize(
    ("muscle", "experience", "slots", "exercises", "expected"),
    [
        ("chest", "advanced", 1, 2, (3, 3)),
        ("chest", "advanced", 2, 1, (3,)),
        ("chest", "advanced", 1, 1, (4,)),  # 6, but 4 at most
        ("chest", "advanced", 3, 1, (2,)),
        ("chest", "advanced", 6, 2, (2, 2)),  # 1, but 2 at least
        ("chest", "intermediate", 1, 2, (3, 2)),
        ("chest", "intermediate", 2, 1, (3,)),  # 2.5 goes up
        ("chest", None, 2, 1, (3,)),
        ("chest", "beginner", 1, 1, (4,)),
        ("back", "advanced", 1, 3, (4, 3, 3)),
        ("back", "intermediate", 1, 3, (3, 3, 3)),
        ("back", "intermediate", 1, 4, (3, 2, 2, 2)),
        ("back", "advanced", 3, 1, (3,)),  # 3.33 goes down
        ("back", "advanced", 1, 4, (3, 3, 2, 2)),
        ("legs", "advanced", 4, 1, (3,)),
        ("abs", "advanced", 1, 2, (2, 2)),
    ],
)
def test_week_1_shares_the_least_that_grows(muscle, experience, slots, exercises, expected):
    assert start_sets(muscle, slots=slots, exercises=exercises, experience=experience) == expected


@pytest.mark.parametrize(
    ("facts", "message"),
    [
        ({"slots": 0}, "^slots must"),
        ({"exercises": 0}, "^exercises must"),
        ({"muscle": "neck"}, "neck"),
        ({"experience": "expert"}, "experience"),
    ],
)
def test_a_start_refuses_nonsense(facts, message):
    with pytest.raises(EngineError, match=message):
        start_sets(**{"muscle": "chest", "slots": 1, "exercises": 1} | facts)
