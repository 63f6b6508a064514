import factory

from exercises.models import Exercise


class ExerciseFactory(factory.django.DjangoModelFactory):
    """Makes a system exercise: a barbell press for the chest, unless told otherwise."""

    class Meta:
        model = Exercise

    name = factory.Sequence(lambda n: f"Exercise {n}")
    muscle_group = "chest"
    exercise_type = "freeweight"
    equipment = "barbell"
    is_system = factory.LazyAttribute(lambda made: made.user is None)
    user = None
