"""A name means one exercise or none, however it is written."""

import pytest

from exercises import library
from exercises.naming import matching
from exercises.naming.generic import GENERIC

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
    ("Deadlift (Conventional)", "deadlift"),
    ("Squat (High Bar)", "high-bar-squat"),
    ("Lat Pulldown (Wide Grip)", "wide-grip-lat-pulldown"),
    ("Lat Pulldown (Custom)", "lat-pulldown"),
    ("A1. Bench Press (Barbell)", "barbell-bench-press"),
    ("2) DB Row 💪", "dumbbell-row"),
    ("1-Arm DB Row", "dumbbell-row"),
    ("Bench Press 3x10", "barbell-bench-press"),
    ("Leg Extension - left", "leg-extension"),
    ("Leg Extension L/R", "leg-extension"),
    ("Machine Chest Press", "chest-press-machine"),
    # Half translated, as apps do it.
    ("Schrägbankdrücken (Kurzhantel)", "incline-dumbbell-press"),
    ("Rudern am Kabel sitzend", "seated-cable-row"),
    ("Curl de bíceps con mancuernas", "dumbbell-curl"),
    ("Peso muerto rumano", "romanian-deadlift"),
    ("Développé couché haltères", "dumbbell-bench-press"),
    ("Alzate laterali manubri", "dumbbell-lateral-raise"),
    ("Supino Inclinado com Halteres", "incline-dumbbell-press"),
    ("Dar Tutuş Bench Press (Bar)", "close-grip-bench-press"),
    # Other lifts than the plain ones.
    ("Paused Squat", "pause-squat"),
    ("Pause Bench", "paused-bench-press"),
    ("Squat (Paused 3s)", "pause-squat"),
    ("Pin Squat", "pin-squat"),
    ("Box Squat", "box-squat"),
    ("Deadlift (Deficit)", "deficit-deadlift"),
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


# What a name most likely means that leaves something open.
LIKELY = [
    ("Shoulder Press", "dumbbell-shoulder-press"),
    ("Chest Press", "chest-press-machine"),
    ("Leg Curl", "seated-leg-curl"),
    ("Dips", "triceps-dip"),
    ("Skull Crushers", "barbell-skullcrusher"),
    ("Row", "barbell-row"),
    ("Calf Raises", "standing-calf-raise-machine"),
    ("Kelso Shrugs (Barbell) - downstairs", "kelso-shrug"),
    ("Lat Pulldown (My gym)", "lat-pulldown"),
    ("Leg Press new gym", "leg-press"),
    ("Row (Technogym)", "machine-row"),
    ("Chest Press (Life Fitness)", "chest-press-machine"),
    ("Leg Press - Panatta", "leg-press"),
    ("Benchpress", "barbell-bench-press"),
    ("Legpress", "leg-press"),
    ("Barbel Bench Press", "barbell-bench-press"),
    ("Lateral Raisse (Dumbbell)", "dumbbell-lateral-raise"),
    ("Bench Press (Dubbell)", "dumbbell-bench-press"),
    ("Tricep Puhsdown", "triceps-pushdown"),
    ("Chest Press (Neutral Grip)", "chest-press-machine"),
    ("Standing Concentration Curl", "concentration-curl"),
]
# Other exercises than those that a part of their name means, and words that mean none.
NOTHING = [
    "Tempo Squat",
    "Squat (Tempo)",
    "Bench Press (Touch and Go)",
    "Bench Press (Chains)",
    "Squat (Paused 3s, belt)",
    "1.5 Rep Squat",
    "Squat 1 1/2",
    "Deadlift (Block)",
    "Bench Press (Slingshot)",
    "Board Press",
    "Paused DB Romanian Deadlift",
    "Slow Push-ups",
    "Bench Press (Bnad)",  # no place of one's own: it may be a slip of "band"
    "Bench Press " + "x" * 5000,
    "Chest Dress",
    "Press",
    "Raise",
    "Machine",
    "Wobble",
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


@pytest.mark.parametrize(("written", "meant"), LIKELY)
def test_it_says_what_is_likely_meant_and_that_it_is_not_sure(names, written, meant):
    assert names.meaning(written) == matching.Meaning(meant, is_sure=False)
    assert names.resolve(written) is None


@pytest.mark.parametrize("written", NOTHING)
def test_what_makes_another_exercise_is_never_dropped(names, written):
    assert names.meaning(written) is None


def test_a_generic_name_is_of_an_exercise_and_no_exercise_has_it(names):
    for name, instead in GENERIC.items():
        assert names.resolve(instead), instead
        assert names.meaning(name) == matching.Meaning(names.resolve(instead), is_sure=False), name


def test_a_name_of_ones_own_goes_before_what_others_mean_by_it():
    named = [matching.Named(1, ("Pec Deck Machine",)), matching.Named(2, ("Chest Fly",), first=True)]
    assert matching.Names(named[:1]).meaning("chest fly") == matching.Meaning(1, is_sure=False)
    assert matching.Names(named).meaning("chest fly") == matching.Meaning(2, is_sure=True)


def test_a_slip_with_two_candidates_is_left_alone():
    two = matching.Names([matching.Named(1, ("Stand Heave",)), matching.Named(2, ("Stard Heave",))])
    assert two.meaning("Staxd Heave") is None
    assert two.meaning("Stand Heawe") == matching.Meaning(1, is_sure=False)


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
