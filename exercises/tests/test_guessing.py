"""Every name gets the columns of an exercise, and whether its words tell the muscle."""

import pytest

from exercises import library, library_seed
from exercises.kinds import Movement, Part, belongs
from exercises.models import Equipment, ExerciseType, Measure, Mechanic, MuscleGroup
from exercises.naming import guessing
from exercises.naming.guessing import Guess, guess
from exercises.naming.matching import key
from exercises.naming.movements import MOVEMENTS, PARTS, facts, secondary_parts
from exercises.tests.factories import ExerciseFactory
from metricgain.users.tests.factories import UserFactory

MUSCLES = [
    ("Wobble Curl", "bis"),
    ("Wobble Leg Curl", "legs"),
    ("Overhead Squat Hold", "legs"),
    ("Beltless Hinge Deadlift", "back"),
    ("Upright Row (Sandbag)", "delts"),
    ("Seal Row (Log)", "back"),
    ("Katana Triceps Extension", "tris"),
    ("Tiger Bend Push-up", "chest"),
    ("Donkey Calf Press", "calfs"),
    ("Hanging Oblique Thing", "abs"),
    ("Log Overhead Press", "shoulders"),
    ("Rosca Spider", "bis"),
]


@pytest.mark.parametrize(("name", "muscle"), MUSCLES)
def test_the_words_of_a_name_tell_its_muscle(name, muscle):
    assert (guess(name).muscle_group, guess(name).is_sure) == (muscle, True)


def test_a_guess_has_all_columns():
    assert guess("Reverse Plank") == Guess("abs", "bodyweight", "seconds", "bodyweight", "compound", is_sure=True)
    assert guess("Cable Wobble Curl") == Guess("bis", "cable", "reps", "cable", "isolation", is_sure=True)
    assert guess("Hack Squat on a bus") == Guess("legs", "machine", "reps", "plate_loaded", "compound", is_sure=True)
    assert guess("Hanging Leg Raise, weighted").measure == "reps"


@pytest.mark.parametrize("name", ["", "Wobble", "🔥", "Gerät 4", "Machine"])
def test_a_name_that_tells_nothing_gets_a_guess_that_is_not_sure(name):
    assert not guess(name).is_sure


def test_a_guess_has_only_values_that_an_exercise_may_have():
    lines = guessing.MUSCLES + guessing.GUESSED_MUSCLES
    assert all(way for way, _ in lines + guessing.EQUIPMENT + guessing.SECONDS)  # no words would fit every name
    assert {what for _, what in lines} == set(MuscleGroup)
    assert {what for _, what in guessing.EQUIPMENT} == set(guessing.TYPES) == set(Equipment)
    assert set(guessing.TYPES.values()) == set(ExerciseType)
    assert {what for _, what in guessing.SECONDS} == {Measure.SECONDS}
    guesses = [guess(row["name"]) for row in library.rows()]
    assert {one.mechanic for one in guesses} == set(Mechanic)
    assert {one.measure for one in guesses} == set(Measure)


@pytest.mark.parametrize(("column", "share"), [("measure", 0.98), ("exercise_type", 0.87), ("mechanic", 0.92)])
def test_guesses_are_mostly_what_the_library_says(column, share):
    rows = library.rows()
    assert sum(getattr(guess(row["name"]), column) == row[column] for row in rows) / len(rows) >= share


@pytest.mark.parametrize(
    ("name", "group", "words"),
    [
        ("Wobble Curl", "bis", ("curl", "biceps", [])),
        ("Poliquin Step Up", "legs", ("lunge", "quads", ["glutes"])),
        ("Nautilus Pec Fly", "chest", ("fly", "mid_chest", ["front_delts"])),
        ("Sentadilla búlgara (mía)", "legs", ("lunge", "quads", ["glutes"])),
        ("Sumo Deadlift, my stance", "legs", ("hinge", "glutes", ["hamstrings", "lower_back"])),
        ("Tib Raise at home", "calfs", ("shin_raise", None, [])),
        ("My Hamstring Thing", "legs", (None, "hamstrings", [])),
        ("Wobble", "legs", (None, None, [])),
        ("Wobble", "abs", (None, "abs", [])),
    ],
)
def test_a_name_tells_what_the_exercise_does(name, group, words):
    assert facts(name, group) == words


def test_the_seed_guesses_own_exercises_of_the_version_before(db):
    alice = UserFactory()
    old = ExerciseFactory(user=alice, name="Wobble Pulldown", muscle_group="back")
    said = ExerciseFactory(user=alice, name="Wobble Row", muscle_group="back", movement="pullover", part="lats")
    library_seed.guess_own()
    for one in (old, said):
        one.refresh_from_db()
    assert (old.movement, old.part, old.secondary_parts) == ("vertical_pull", "lats", ["biceps", "upper_back"])
    assert (said.movement, said.part, said.secondary_parts) == ("pullover", "lats", None)


def test_a_movement_that_is_known_goes_before_the_words():
    assert facts("Wobble", "legs", "hinge") == ("hinge", "hamstrings", ["glutes", "lower_back"])


def test_movements_and_parts_are_guessed_as_the_library_has_them():
    """The lists were written beside the library's own names, so its other names are the harder question."""
    own = [(row["name"], row) for row in library.rows()]
    other = [(name, row) for row in library.rows() for name in row["aliases"] if key(name)]
    for names, least in ((own, 0.95), (other, 0.85)):
        told = [(facts(name, row["muscle_group"]), row) for name, row in names]
        movements = sum(one.movement == row["movement"] for one, row in told) / len(told)
        parts = sum(one.part == row["part"] for one, row in told) / len(told)
        print(f"\nmovement {movements:.1%}, part {parts:.1%} of {len(told)} names")
        assert min(movements, parts) >= least
    usual = [set(secondary_parts(row["movement"], row["part"])) == set(row["secondary_parts"]) for _, row in own]
    assert sum(usual) / len(usual) >= 0.85


def test_guessed_movements_and_parts_are_some_that_an_exercise_may_have():
    assert all(way for way, _ in MOVEMENTS)
    assert {what for _, what in MOVEMENTS} == set(Movement)
    assert all(way and belongs(part, group) for group, lines in PARTS.items() for way, part in lines)
    guessed = [facts(row["name"], group) for row in library.rows() for group in MuscleGroup]
    assert {part for one in guessed for part in (one.part, *one.secondary_parts)} - {None} <= set(Part)
    for row in library.rows():
        for group in MuscleGroup:
            found = facts(row["name"], group)
            assert found.part is None or belongs(found.part, group), (row["slug"], group)
            assert found.part not in found.secondary_parts
