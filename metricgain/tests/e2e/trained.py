"""A lifter with a past, so that everything that a page of progress can show is there."""

from datetime import timedelta

from django.utils import timezone

from analytics.tests.conftest import write_logbook
from exercises.models import Exercise
from training.models import Mesocycle, MuscleGroupFeedback, Set, Workout, WorkoutLog


def with_a_past(workout: Workout) -> Workout:
    """`workout` itself. Its mesocycle, in its second week, is made from one of six in which its first exercise was
    trained often and others now and then: with answers, notes, a skipped session. Once for a lifter."""
    mesocycle = workout.mesocycle
    if mesocycle.parent_mesocycle_id:
        return workout
    alice = mesocycle.user
    first = workout.slots.first().exercise
    others = Exercise.objects.filter(is_system=True, loading="weight").exclude(id=first.id).order_by("id")
    now = timezone.now() - timedelta(weeks=1)
    write_logbook(alice, [*others[4:13]], seed=2, now=now)
    book = write_logbook(alice, [first, *others[:4]], seed=1, now=now)
    said = MuscleGroupFeedback.objects.filter(workout_log__user=alice)
    said.update(soreness_level=2, pump_level=2, challenge_level=1)
    rare = [one.id for _, one in book.feedback[::5]]
    said.filter(id__in=rare).update(challenge_level=3)
    # Strength is compared by sets whose RIR is known.
    Set.objects.filter(workout_log__mesocycle=mesocycle, rir=None).update(rir=1)
    logs = WorkoutLog.objects.filter(mesocycle=book.mesocycles[-1])
    logs.update(status="completed", notes="Slept badly, and the bench was taken: everything a little later than usual.")
    WorkoutLog.objects.create(
        workout=mesocycle.workouts.in_plan().last(), user=alice, mesocycle=mesocycle, week_number=1, status="skipped"
    )
    Mesocycle.objects.filter(id=mesocycle.id).update(
        parent_mesocycle=book.mesocycles[-1], copied_from_week=1, current_week=2
    )
    mesocycle.refresh_from_db()
    return workout
