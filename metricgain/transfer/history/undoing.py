"""Takes an import back: its sessions, and what it added to the library where nothing else uses that."""

from django.db import transaction
from django.db.models import Exists, OuterRef, Q

from exercises.models import Exercise, ExerciseAlias, ExerciseSettings
from metricgain.postgresql.limits import unlimited
from metricgain.transfer.history.storing import take_turn
from training.models import DeletedSet, Import, MuscleGroupFeedback, Prescription, Set, WorkoutExercise, WorkoutLog


def edited_sessions(import_: Import):
    """Returns the logs that the lifter has changed since they came, the latest first."""
    logs = WorkoutLog.objects.filter(mesocycle__imported_by=import_)
    since = import_.stored_at  # the time of every edit that the import itself made
    of_log = {"workout_log": OuterRef("id")}
    return logs.filter(
        Exists(Set.objects.filter(**of_log, edited_at__gt=since))
        | Exists(DeletedSet.objects.filter(**of_log))
        | Exists(MuscleGroupFeedback.objects.filter(**of_log))
        | Q(notes_edited_at__gt=since)
        | Q(status_edited_at__gt=since)
        | Q(performed_edited_at__gt=since)
        | Q(ill=True)
    ).order_by("-performed_at")


def undo(import_: Import) -> None:
    """Deletes an import with its sessions. An exercise or a name that it added goes too, unless something uses it."""
    with unlimited(), transaction.atomic():
        take_turn(import_.user)
        added = Exercise.objects.filter(user=import_.user, id__in=import_.new_exercises)
        names = ExerciseAlias.objects.filter(user=import_.user, id__in=import_.new_aliases)
        import_.delete()
        unused = added
        for model in (Set, DeletedSet, WorkoutExercise, Prescription, ExerciseSettings):
            unused = unused.exclude(Exists(model._default_manager.filter(exercise=OuterRef("id"))))
        unused.exclude(Exists(Exercise.objects.filter(merged_into=OuterRef("id")))).delete()
        logged = Set.objects.filter(user=import_.user, exercise=OuterRef("exercise"))
        names.exclude(Exists(logged)).delete()
