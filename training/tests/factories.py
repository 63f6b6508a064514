from datetime import date

import factory

from exercises.tests.factories import ExerciseFactory
from metricgain.users.tests.factories import UserFactory
from training.models import Mesocycle, Workout, WorkoutExercise
from training.prescribing import writing
from training.prescribing.week_plan.history import History


class MesocycleFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Mesocycle

    user = factory.SubFactory(UserFactory)
    name = "Upper / Lower"
    duration_weeks = 5
    days_per_week = 2
    start_date = date(2026, 11, 2)


class WorkoutFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Workout

    mesocycle = factory.SubFactory(MesocycleFactory)
    name = factory.Sequence(lambda n: f"Day {n}")
    position_in_week = factory.Sequence(lambda n: n + 1)


class SlotFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = WorkoutExercise

    workout = factory.SubFactory(WorkoutFactory)
    exercise = factory.SubFactory(ExerciseFactory)
    position = factory.Sequence(lambda n: n + 1)
    target_sets = 3
    target_reps_min = 8
    target_reps_max = 12
    unit = "kg"


def planned_workout(user, *exercises, weeks: int = 5, **slot) -> Workout:
    """A workout of a new mesocycle of `user`, its first week prescribed; with no exercises named, one is made."""
    workout = WorkoutFactory(mesocycle__user=user, mesocycle__duration_weeks=weeks)
    for exercise in exercises or [ExerciseFactory()]:
        SlotFactory(workout=workout, exercise=exercise, **slot)
    writing.prescribe(History(workout.mesocycle, today=user.today()))
    return workout
