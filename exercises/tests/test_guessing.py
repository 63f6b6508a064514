"""Every name gets the columns of an exercise, and whether its words tell the muscle."""

import pytest

from exercises import library
from exercises.models import Equipment, ExerciseType, Measure, Mechanic, MuscleGroup
from exercises.naming import guessing
from exercises.naming.guessing import Guess, guess

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
