"""The tables: mesocycle, workout, log and sets, feedback, prescription, template."""

from training.models.feedback import MuscleGroupFeedback
from training.models.log import DeletedSet, MergedSet, Set, WorkoutLog
from training.models.mesocycle import Mesocycle
from training.models.prescription import Prescription
from training.models.template import Template
from training.models.workout import Workout, WorkoutExercise

__all__ = [
    "DeletedSet",
    "MergedSet",
    "Mesocycle",
    "MuscleGroupFeedback",
    "Prescription",
    "Set",
    "Template",
    "Workout",
    "WorkoutExercise",
    "WorkoutLog",
]
