"""The tables: mesocycle, workout, log and sets, feedback, prescription, template, import."""

from training.models.feedback import MuscleGroupFeedback
from training.models.imports import Import
from training.models.log import DeletedSet, MergedSet, Set, WorkoutLog
from training.models.mesocycle import Mesocycle
from training.models.prescription import Prescription
from training.models.template import Template
from training.models.workout import Workout, WorkoutExercise

__all__ = [
    "DeletedSet",
    "Import",
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
