"""Views of a lifter's settings for an exercise. A change prescribes the next sessions anew."""

from django.contrib import messages
from django.db import transaction
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_http_methods

from exercises.models import Exercise, Measure
from metricgain.number_fields import rounded_words
from metricgain.postgresql import patience
from metricgain.web.http import SeeOther, way_back
from training.models import Mesocycle, WorkoutExercise
from training.own_exercise import measuring
from training.own_exercise.settings_forms import ExerciseSettingsForm
from training.prescribing import writing
from training.prescribing.week_plan.bias import bias_in_words


@require_http_methods(["GET", "HEAD", "POST"])
def exercise_settings(request, exercise_id):
    exercise = _load_exercise(request, exercise_id)
    data = request.POST if request.method == "POST" else None
    form = ExerciseSettingsForm(data, user=request.user, exercise=exercise, slots=_slots_that_run(request, exercise))
    back = way_back(request)
    if form.is_valid():
        _change(request, exercise, form.keep)
        messages.success(request, f"Saved for {exercise}.{rounded_words(form)}{form.from_when}{form.unheeded}")
        return SeeOther(back or request.path)
    context = {"exercise": exercise, "form": form, "back": back, "bias": bias_in_words(request.user.id, exercise.id)}
    return render(
        request, "training/own_exercise/exercise_settings.html", context, status=422 if form.is_bound else 200
    )


@require_http_methods(["GET", "HEAD", "POST"])
def exercise_settings_delete(request, exercise_id):
    """Deletes the settings, so that the exercise uses the defaults again."""
    exercise, back = _load_exercise(request, exercise_id), way_back(request)
    if request.method == "POST":  # a GET was typed, or comes back from signing in
        _change(request, exercise, exercise.settings.filter(user=request.user).delete)
        messages.success(request, f"{exercise} uses the defaults again.")
    return SeeOther(back or "training:exercise_settings", *([] if back else [exercise_id]))


@require_http_methods(["GET", "HEAD", "POST"])
def exercise_measure(request, exercise_id):
    """Says how many sets would become seconds, or reps again, then turns them."""
    exercise = get_object_or_404(Exercise.objects.owned_by(request.user), id=exercise_id, merged_into=None)
    to = Measure.REPS if exercise.is_hold else Measure.SECONDS
    if request.method == "POST":
        # A page that is posted twice must not turn them back.
        to = Measure.SECONDS if request.POST.get("measure") == Measure.SECONDS else Measure.REPS
        with patience.unhurried():
            turned = measuring.count_in(exercise, to)
        sets = f"{turned} set{'' if turned == 1 else 's'}"
        messages.success(request, f"{exercise} counts {to.label.lower()} now, in {sets} that you logged too.")
        return SeeOther("training:exercise_measure", exercise.id)
    context = {"exercise": exercise, "to": to, "sets": exercise.sets.count()}
    return render(request, "training/own_exercise/exercise_measure.html", context)


def _change(request, exercise: Exercise, write) -> None:
    """Calls `write`, and prescribes the running plan anew where the exercise is in it.

    It locks the mesocycle first, as every other verb does."""
    with transaction.atomic():
        slots = _slots_that_run(request, exercise).values("workout__mesocycle")
        plan = Mesocycle.objects.select_for_update(no_key=True).filter(id__in=slots).first()
        write()
        if plan:
            writing.prescribe_anew(plan.id, today=request.user.today())


def _load_exercise(request, exercise_id: int) -> Exercise:
    """Returns the exercise, or the one it was merged into; else a 404."""
    return get_object_or_404(Exercise.objects.of_library_of(request.user), id=exercise_id).standing


def _slots_that_run(request, exercise: Exercise):
    """Returns the slots of the exercise in the user's active mesocycle, in the order of the week."""
    active = Mesocycle.objects.planned_by(request.user).active()
    slots = WorkoutExercise.objects.filter(exercise=exercise, workout__mesocycle__in=active, workout__retired_at=None)
    return slots.select_related("exercise", "workout__mesocycle").order_by("workout__position_in_week", "workout_id")
