"""Cardio is told from strength work by its name."""

import pytest

from exercises import library
from exercises.naming.cardio import is_cardio

CARDIO = """
Treadmill | Running | Running (Treadmill) | Cycling - Stationary | Elliptical Machine | Rowing | Rowing Machine
Rowing (Machine) | Stair Stepper | Stairs | Walking | Jump Rope | Yoga | Stretching | Pec Stretch | Sauna | Cardio
Warm Up | Foam Roll Calves | Hiking | Swimming | Laufband | Koşu | Corrida | HIIT | Volleyball
"""
STRENGTH = """
Row | Row Machine | Cable Rowing | Walking Lunge | Bicycle Crunch | Mountain Climber | Jumping Lunge | Farmer's Walk
Lateral Band Walk | Bench Press warm up | Single-Leg Calf Raise on Stairs | Skater Squat | Stretch Chest Press
"""


def names_in(text):
    return [name.strip() for line in text.strip().splitlines() for name in line.split("|")]


@pytest.mark.parametrize("name", names_in(CARDIO))
def test_cardio_is_no_strength_work(name):
    assert is_cardio(name)


@pytest.mark.parametrize("name", names_in(STRENGTH))
def test_strength_work_is_no_cardio(name):
    assert not is_cardio(name)


def test_no_exercise_of_the_library_is_cardio():
    assert [name for row in library.rows() for name in (row["name"], *row["aliases"]) if is_cardio(name)] == []
