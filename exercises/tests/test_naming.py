"""A name means one exercise or none, however it is written."""

import pytest

from exercises import library
from exercises.naming import matching

WRITTEN = [
    ("Bench Press (Barbell)", "barbell-bench-press"),
    ("BARBELL bench-press", "barbell-bench-press"),
    ("BB Bench", "barbell-bench-press"),
    ("bench press  [ Barbell ] 2", "barbell-bench-press"),
    ("Bench Press old", "barbell-bench-press"),
    ("DB Bench", "dumbbell-bench-press"),
    ("Incline D.B. Press", "incline-dumbbell-press"),
    ("Incline DB Press", "incline-dumbbell-press"),
    ("Dumbbells Lateral Raises", "dumbbell-lateral-raise"),
    ("Side Raise (Dumbbell)", "dumbbell-lateral-raise"),
    ("DB RDLs", "dumbbell-romanian-deadlift"),
    ("RDL", "romanian-deadlift"),
    ("OHP", "barbell-overhead-press"),
    ("Pullups", "pull-ups"),
    ("Pull-Up (Weighted)", "pull-ups"),
    ("Pull Up (Assisted)", "assisted-pull-up"),
    ("Lat Pulldown (Cable Machine)", "lat-pulldown"),
    ("pull down, wide grip", "wide-grip-lat-pulldown"),
    ("Cable Flyes", "cable-fly"),
    ("High to Low Cable Fly", "high-to-low-cable-fly"),
    ("Low to High Cable Fly", "low-to-high-cable-fly"),
    ("Reverse Pec Dec", "reverse-pec-deck"),
    ("Hamstring Curl - Seated", "seated-leg-curl"),
    ("1-Arm Cable Row", "single-arm-cable-row"),
    ("Single Leg Leg Extension", "single-leg-extension"),
    ("Reverse Grip EZ Bar Curl", "ez-bar-reverse-curl"),
    ("Supinated EZ Bar Curl", "ez-bar-curl"),
    ("Reverse Grip Lat Pulldown", "underhand-lat-pulldown"),
    ("Farmer’s Walk", None),
    ("Bankdrücken (Langhantel)", "barbell-bench-press"),
    ("Elevação Lateral (Halteres)", "dumbbell-lateral-raise"),
    ("Barfiks (Ağırlıklı)", "pull-ups"),
    # What the name alone does not tell.
    ("Press", None),
    ("Curl", None),
    ("Chest Fly", None),
    ("Triceps Extension", None),
    ("Dips", None),
    ("Cable Kickback", None),
    ("Treadmill", None),
    ("Plank", "plank"),
    ("Plank (Weighted)", "weighted-plank"),
    ("Dead Hangs", "dead-hang"),
    ("Copenhagen plank", "copenhagen-plank"),
    ("Bench", "barbell-bench-press"),
    ("Barbell", None),
    ("2", None),
    ("", None),
]


@pytest.fixture(scope="module")
def names():
    return matching.Names(
        matching.Named(row["slug"], (row["name"], *row["aliases"]), (row["equipment"], row["loading"]))
        for row in library.rows()
    )


@pytest.mark.parametrize(("written", "meant"), WRITTEN)
def test_it_knows_what_is_meant_or_that_it_does_not(names, written, meant):
    assert names.resolve(written) == meant


def test_every_exercise_is_found_by_its_names(names):
    for row in library.rows():
        for name in (row["name"], *row["aliases"]):
            assert names.resolve(name.upper()) == row["slug"], name


def test_no_name_of_the_library_is_claimed_twice(names):
    assert names.claimed_twice() == {}


def test_a_name_of_two_exercises_means_neither():
    two = matching.Names([matching.Named(1, ("Press", "Big Press")), matching.Named(2, ("Heave", "press"))])
    assert two.resolve("Press") is None
    assert two.resolve("press, big") == 1
