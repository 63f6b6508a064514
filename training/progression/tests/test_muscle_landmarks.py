from exercises.models import MuscleGroup
from training.progression import CONFIG


def test_every_muscle_of_the_library_has_landmarks():
    assert {row.muscle for row in CONFIG.muscle_volumes} == set(MuscleGroup.values)
