"""Merges an exercise into another: everything that was logged, planned or set for the one becomes the other's.

The merged exercise stays as a signpost (`merged_into`, archived): a fact that a phone still sends for it is stored for
the other. Its sets keep their addresses, and `merged_places` knows where each set lies, so no set is lost and none is
stored twice."""

from collections.abc import Iterator
from dataclasses import dataclass

from django.db import IntegrityError, connection, transaction
from django.db.models import Exists, OuterRef, Q
from django.utils import timezone

from exercises.models import Exercise, ExerciseAlias, ExerciseSettings
from training.models import DeletedSet, MergedSet, Mesocycle, Prescription, Set, Template, WorkoutExercise, WorkoutLog
from training.own_exercise import merged_places
from training.prescribing import writing

# "Key share": writes for the same exercise do not wait for each other, only for a merge of it.
HELD = "SELECT * FROM exercises WHERE id = %s AND (user_id IS NULL OR user_id = %s) FOR KEY SHARE"

# An empty note never replaces a note. A note without an edit time, from before those were stored, counts as older.
LATER_NOTE = """
UPDATE exercise_settings AS kept SET note = gone.note, note_edited_at = gone.note_edited_at
FROM exercise_settings AS gone
WHERE kept.exercise_id = %(target)s AND gone.exercise_id = %(source)s AND gone.user_id = kept.user_id
  AND (COALESCE(gone.note, '') <> '', COALESCE(gone.note_edited_at, '-infinity'))
    > (COALESCE(kept.note, '') <> '', COALESCE(kept.note_edited_at, '-infinity'))
"""


class MergeRefused(ValueError):
    """The merge makes no sense; the message says why."""


@dataclass(frozen=True, slots=True)
class Moving:
    """What a merge would move, in numbers of rows."""

    sets: int
    sessions: int
    slots: int
    doubled: int  # slots in workouts that have the other exercise too: these are deleted
    templates: int
    settings: int
    settings_dropped: int  # settings of lifters who have settings of the other exercise too: these are deleted
    names: int
    warnings: tuple[str, ...]


def preview(source: Exercise, target: Exercise) -> Moving:
    """Returns what `merge` would do. Raises MergeRefused."""
    _may_merge(source, target)
    sets = Set.objects.filter(exercise=source)
    slots = WorkoutExercise.objects.filter(exercise=source)
    own = ExerciseSettings.objects.filter(exercise=source)
    others = ExerciseSettings.objects.filter(exercise=target, user=OuterRef("user"))
    return Moving(
        sets=sets.count(),
        sessions=sets.values("workout_log").distinct().count(),
        slots=slots.count(),
        doubled=_doubled(source, target).count(),
        templates=_templates_with(source).count(),
        settings=own.count(),
        settings_dropped=own.filter(Exists(others)).count(),
        names=1 + source.aliases.count(),
        warnings=tuple(_warnings(source, target)),
    )


def merge(source: Exercise, target: Exercise) -> None:
    """Makes `source` part of `target`, in one transaction. Repeating it changes nothing. Raises MergeRefused."""
    with transaction.atomic():
        # Locks the mesocycles first, as every verb does, then the exercises, which waits for facts being stored.
        slots = WorkoutExercise.objects.filter(exercise=source).values("workout__mesocycle")
        rows = Prescription.objects.filter(exercise=source).values("workout__mesocycle")
        logs = _logs_with(source).values("mesocycle")
        touched = Mesocycle.objects.filter(Q(id__in=slots) | Q(id__in=rows) | Q(id__in=logs))
        asked = [one for one in touched.order_by("id").select_for_update(no_key=True) if one.is_active]
        ids = sorted([source.id, target.id])
        locked = {one.id: one for one in Exercise.objects.filter(id__in=ids).order_by("id").select_for_update()}
        source, target = locked[source.id], locked[target.id]
        if source.merged_into_id == target.id:
            return
        _may_merge(source, target)
        _move_sets(source, target)
        _move_plans(source, target)
        _move_settings(source, target)
        _move_names(source, target)
        source.merged_into, source.archived_at = target, source.archived_at or timezone.now()
        source.save(update_fields=["merged_into", "archived_at"])
        for mesocycle in asked:
            writing.prescribe_anew(mesocycle.id, today=mesocycle.user.today())


@transaction.atomic
def standing_exercise(user_id: int, exercise_id: int) -> int:
    """Returns the id of the exercise that `exercise_id` is today: itself, or the one it was merged into in the end. A
    merge has to wait until the transaction ends."""
    for merged in _merged_from(user_id, exercise_id):
        exercise_id = merged.merged_into_id or exercise_id
    return exercise_id


def _merged_from(user_id: int, exercise_id: int) -> Iterator[Exercise]:
    """Yields the merged exercises from `exercise_id` on, each followed by the one it was merged into.

    Waits for a merge in progress, and makes the next merge wait until the transaction ends."""
    while exercise := next(iter(Exercise.objects.raw(HELD, [exercise_id, user_id])), None):
        if exercise.merged_into_id is None:
            return
        yield exercise
        exercise_id = exercise.merged_into_id


def _may_merge(source: Exercise, target: Exercise) -> None:
    if source.id == target.id:
        raise MergeRefused("Choose another exercise: this one is the same.")
    if source.merged_into_id:
        raise MergeRefused(f"{source} is part of {source.merged_into} already.")
    if target.archived_at:
        raise MergeRefused(f"{target} is archived. Choose one that is in use.")
    if source.measure != target.measure:
        turn = f" If those were seconds, say so in the settings of {source}; then merge." if target.is_hold else ""
        raise MergeRefused(f"{source} counts {source.measure}, and {target} counts {target.measure}.{turn}")
    if target.user_id not in (None, source.user_id):
        raise MergeRefused("An exercise that everybody uses cannot become one person's own.")


def _warnings(source: Exercise, target: Exercise) -> list[str]:
    """Returns sentences about what will read differently after the merge."""
    warnings = []
    if source.muscle_group != target.muscle_group:
        warnings.append(
            f"Its sets will count for {target.get_muscle_group_display()}, no longer for "
            f"{source.get_muscle_group_display()}."
        )
    if source.loading != target.loading:
        was, will_be = source.get_loading_display().lower(), target.get_loading_display().lower()
        warnings.append(f"The weight of its sets was “{was}” and will be read as “{will_be}”.")
    if source.unilateral != target.unilateral:
        warnings.append("One of them counts reps per side and the other does not; the reps stay as they are.")
    return warnings


def _doubled(source: Exercise, target: Exercise):
    """Returns the slots of `source` in workouts that have `target` too."""
    others = WorkoutExercise.objects.filter(workout=OuterRef("workout"), exercise=target)
    return WorkoutExercise.objects.filter(Exists(others), exercise=source)


def _templates_with(exercise: Exercise):
    slot = {"workouts": [{"exercises": [{"exercise_id": exercise.id}]}]}
    return Template.objects.filter(config__contains=slot)


def _move_sets(source: Exercise, target: Exercise) -> None:
    logs = _logs_with(source).order_by("id").select_for_update(no_key=True)
    try:
        merged_places.move_all([log.id for log in logs], source=source.id, target=target.id)
    except merged_places.NoPlaceLeft as error:
        raise MergeRefused(f"{error} No merge can add one.") from error


def _logs_with(exercise: Exercise):
    """Returns the logs with a set or a deleted set of the exercise, or with a set named by it or by what was merged
    into it."""
    called = [exercise.id]
    for one in called:  # the list grows by what was merged into it, directly or not
        called += Exercise.objects.filter(merged_into=one).values_list("id", flat=True)
    here = {"workout_log": OuterRef("id")}
    logged = Exists(Set.objects.filter(**here, exercise=exercise))
    deleted = Exists(DeletedSet.objects.filter(**here, exercise=exercise))
    merged = Exists(MergedSet.objects.filter(**here, exercise__in=called))
    return WorkoutLog.objects.filter(logged | deleted | merged)


def _move_plans(source: Exercise, target: Exercise) -> None:
    _doubled(source, target).delete()
    WorkoutExercise.objects.filter(exercise=source).update(exercise=target)
    asked = Prescription.objects.filter(exercise=source)
    others = Prescription.objects.current().filter(
        workout=OuterRef("workout"), week_number=OuterRef("week_number"), exercise=target
    )
    asked.current().filter(Exists(others)).update(superseded_at=timezone.now())
    asked.update(exercise=target)
    with connection.cursor() as cursor:
        # Swaps in place of `source` become swaps in place of `target`.
        cursor.execute(
            "UPDATE prescriptions SET inputs = jsonb_set(inputs, '{instead_of}', to_jsonb(%s::bigint)) "
            "WHERE inputs @> jsonb_build_object('instead_of', %s::bigint)"
            " AND workout_id IN (SELECT workout_id FROM prescriptions WHERE exercise_id = %s)",
            [target.id, source.id, target.id],
        )
    for template in _templates_with(source).select_for_update(no_key=True):
        template.config = template.plan.config
        for workout in template.config["workouts"]:
            workout["exercises"] = _renamed(workout["exercises"], source.id, target.id)
        template.save(update_fields=["config"])


def _renamed(slots: list[dict], source: int, target: int) -> list[dict]:
    """Returns the slots of a template's workout with `target` in place of `source`; only once where it has both."""
    has_both = any(slot["exercise_id"] == target for slot in slots)
    return [
        slot | {"exercise_id": target} if slot["exercise_id"] == source else slot
        for slot in slots
        if not (has_both and slot["exercise_id"] == source)
    ]


def _move_settings(source: Exercise, target: Exercise) -> None:
    """Moves settings. A lifter with settings of both exercises keeps those of `target`, but of the two notes the one
    that was edited later."""
    with connection.cursor() as cursor:
        cursor.execute(LATER_NOTE, {"source": source.id, "target": target.id})
    others = ExerciseSettings.objects.filter(exercise=target, user=OuterRef("user"))
    ExerciseSettings.objects.filter(Exists(others), exercise=source).delete()
    ExerciseSettings.objects.filter(exercise=source).update(exercise=target)


def _move_names(source: Exercise, target: Exercise) -> None:
    """Makes the names of `source` other names of `target`: for its owner, or for everybody."""
    ExerciseAlias.objects.filter(exercise=source).update(exercise=target)
    if source.name.casefold() != target.name.casefold():
        alias = ExerciseAlias(exercise=target, user_id=source.user_id, name=source.name)
        try:
            with transaction.atomic():
                alias.save()
        except IntegrityError:  # an exercise has this name already
            pass
