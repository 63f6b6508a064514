"""The facts of the library are what a coach would say: movements, parts and ranks fit each other."""

from collections import Counter

import pytest

from exercises.kinds import PARTS_OF, Movement, MuscleGroup, Part, Rank
from exercises.library import rows
from exercises.models import Exercise
from exercises.tests.factories import ExerciseFactory

# The parts that a movement may train most. Those of no line here are not one part's: holds, powers, rotations.
TRAINED_BY = {
    "horizontal_press": {"mid_chest", "upper_chest", "triceps"},
    "incline_press": {"upper_chest"},
    "vertical_press": {"front_delts"},
    "dip": {"mid_chest", "triceps"},
    "fly": {"mid_chest", "upper_chest"},
    "horizontal_pull": {"lats", "upper_back", "rear_delts"},
    "vertical_pull": {"lats"},
    "pullover": {"lats", "mid_chest"},
    "shrug": {"traps"},
    "squat": {"quads"},
    "lunge": {"quads", "glutes"},
    "hinge": {"hamstrings", "glutes", "lower_back"},
    "hip_thrust": {"glutes"},
    "hip_extension": {"glutes"},
    "hip_abduction": {"abductors"},
    "hip_adduction": {"adductors"},
    "knee_extension": {"quads"},
    "knee_flexion": {"hamstrings"},
    "calf_raise": {"calves"},
    "curl": {"biceps"},
    "triceps_extension": {"triceps"},
    "lateral_raise": {"side_delts"},
    "upright_row": {"side_delts"},
    "rear_fly": {"rear_delts"},
    "front_raise": {"front_delts"},
    "crunch": {"abs"},
    "leg_raise": {"abs"},
    "rollout": {"abs"},
    "rotation": {"abs"},
    "side_bend": {"abs"},
}
ALSO = {  # what the exercises of a movement train too
    "horizontal_press": "front_delts",
    "incline_press": "front_delts",
    "vertical_press": "triceps",
    "dip": "front_delts",
    "horizontal_pull": "biceps",
    "squat": "glutes",
    "lunge": "glutes",
    "hip_thrust": "hamstrings",
}
ENDINGS = {
    "Leg Extension": ("knee_extension",),
    "Leg Curl": ("knee_flexion",),
    "Lateral Raise": ("lateral_raise",),
    "Shrug": ("shrug",),
    "Bench Press": ("horizontal_press", "incline_press"),
    "Pulldown": ("vertical_pull", "pullover"),
    "Romanian Deadlift": ("hinge",),
    "Hip Thrust": ("hip_thrust",),
    "Calf Raise": ("calf_raise",),
}
PART_OF_NONE = {"wrist_curl", "shin_raise", "shoulder_rotation"}
HANGS = {"dead-hang", "weighted-dead-hang"}


def test_every_exercise_has_its_facts():
    for row in rows():
        assert row["movement"] in Movement.values, row["slug"]
        assert row["rank"] in Rank.values, row["slug"]
        assert set(row["secondary_parts"]) <= set(Part.values), row["slug"]
        assert len(set(row["secondary_parts"])) == len(row["secondary_parts"]), row["slug"]
        assert row["part"] not in row["secondary_parts"], row["slug"]


def test_a_part_is_one_of_its_muscle_group():
    assert PARTS_OF.keys() == set(MuscleGroup)
    assert Counter(part for parts in PARTS_OF.values() for part in parts) == dict.fromkeys(Part, 1)
    wrong = [row["slug"] for row in rows() if row["part"] and row["part"] not in PARTS_OF[row["muscle_group"]]]
    assert wrong == []


def test_only_what_has_no_part_of_a_group_is_without_one():
    without = {row["slug"]: row["movement"] for row in rows() if row["part"] is None}
    assert {slug for slug, movement in without.items() if movement not in PART_OF_NONE} == HANGS
    assert {row["movement"] for row in rows() if row["part"]}.isdisjoint(PART_OF_NONE)


def test_movements_train_their_parts():
    wrong = [row["slug"] for row in rows() if row["part"] not in TRAINED_BY.get(row["movement"], {row["part"]})]
    assert wrong == []
    lacks = [row["slug"] for row in rows() if ALSO.get(row["movement"], row["part"]) not in trained(row)]
    assert lacks == []


def trained(row: dict) -> set[str | None]:
    return {row["part"], *row["secondary_parts"]}


def test_names_say_the_movement():
    """The names are the second witness: nobody calls a squat a curl."""
    for row in rows():
        says = {movements for ending, movements in ENDINGS.items() if row["name"].endswith(ending)}
        assert all(row["movement"] in movements for movements in says), row["slug"]


@pytest.mark.parametrize("group", MuscleGroup.values)
def test_each_group_has_a_handful_of_staples(group):
    staples = [row["slug"] for row in rows() if row["muscle_group"] == group and row["rank"] == "staple"]
    assert 3 <= len(staples) <= 16, staples


def test_a_staple_of_each_part_stands_for_it():
    staples = {row["part"] for row in rows() if row["rank"] == "staple"}
    assert staples - {None} == set(Part.values)


@pytest.mark.parametrize("group", MuscleGroup.values)
def test_postgresql_keeps_the_parts_of_a_group_and_no_other(db, group):
    for part in Part:
        stored = ExerciseFactory(muscle_group=group, part=part)
        stored.refresh_from_db()
        assert stored.part == (part if part in PARTS_OF[MuscleGroup(group)] else None)


def test_a_part_goes_with_its_group(db):
    stored = ExerciseFactory(muscle_group="legs", part="quads", secondary_parts=["glutes"])
    Exercise.objects.filter(id=stored.id).update(muscle_group="back")
    stored.refresh_from_db()
    assert (stored.part, stored.secondary_parts) == (None, ["glutes"])
