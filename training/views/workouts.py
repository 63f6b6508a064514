"""The workout page, and the facts that are posted from it. Every post answers with a redirect back to its row."""

from django.http import Http404
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from exercises.models import MuscleGroup
from metricgain.http import SeeOther
from training import facts
from training.forms import FactForm, PerformanceForm, SetForm, SorenessForm
from training.models import Workout
from training.session import load_session


@require_safe
def workout_detail(request, workout_id, week):
    return _page(request, _workout(request, workout_id, week), week)


@require_POST
def set_log(request, workout_id, week, exercise_id, number):
    form = SetForm(request.POST, exercise_id=exercise_id, number=number)
    if not form.is_valid():
        return _page(request, _workout(request, workout_id, week), week, refused=form)
    said = form.cleaned_data
    _write(
        facts.log_set,
        _address(request, workout_id, week),
        _edit(request, form),
        exercise_id=exercise_id,
        number=number,
        weight=said["weight"],
        unit=said["unit"],
        reps=said["reps"],
        rir=said["rir"],
        set_type=said["set_type"],
        prescription_id=said["prescription"],
    )
    return _back(workout_id, week, f"exercise-{exercise_id}")


@require_POST
def set_delete(request, workout_id, week, exercise_id, number):
    form = FactForm(request.POST)
    form.is_valid()
    _write(
        facts.delete_set,
        _address(request, workout_id, week),
        _edit(request, form),
        exercise_id=exercise_id,
        number=number,
    )
    return _back(workout_id, week, f"exercise-{exercise_id}")


@require_POST
def soreness_rate(request, workout_id, week, muscle):
    form = SorenessForm(request.POST)
    if muscle not in MuscleGroup.values:
        raise Http404
    if not form.is_valid():
        return _page(request, _workout(request, workout_id, week), week, refused=form, muscle=muscle)
    said = form.cleaned_data["soreness_level"]
    _write(
        facts.rate_soreness,
        _address(request, workout_id, week),
        _edit(request, form),
        muscle=muscle,
        soreness=said,
    )
    return _back(workout_id, week, f"soreness-{muscle}")


@require_POST
def performance_rate(request, workout_id, week, muscle):
    form = PerformanceForm(request.POST)
    if muscle not in MuscleGroup.values:
        raise Http404
    if not form.is_valid():
        return _page(request, _workout(request, workout_id, week), week, refused=form, muscle=muscle)
    _write(
        facts.rate_performance,
        _address(request, workout_id, week),
        _edit(request, form),
        muscle=muscle,
        pump=form.cleaned_data["pump_level"],
        challenge=form.cleaned_data["challenge_level"],
    )
    return _back(workout_id, week, f"performance-{muscle}")


@require_POST
def workout_finish(request, workout_id, week):
    form = FactForm(request.POST)
    form.is_valid()
    try:
        _write(
            facts.finish_workout,
            _address(request, workout_id, week),
            _edit(request, form),
            now=timezone.now(),
        )
    except facts.NothingLogged:
        return _page(request, _workout(request, workout_id, week), week, nothing_logged=True)
    return _back(workout_id, week, "summary")


def _workout(request, workout_id: int, week: int) -> Workout:
    """The user's own workout in a week that its mesocycle has; anything else is a 404."""
    workout = get_object_or_404(Workout.objects.owned_by(request.user).select_related("mesocycle"), id=workout_id)
    if not 1 <= week <= workout.mesocycle.duration_weeks:
        raise Http404
    workout.mesocycle.user = request.user
    return workout


def _page(request, workout, week, *, refused=None, **also):
    session = load_session(workout, week, refused=refused if isinstance(refused, SetForm) else None)
    context = {"session": session, "refused": refused, **also}
    status = 422 if refused is not None or also else 200
    return render(request, "training/workout_detail.html", context, status=status)


def _address(request, workout_id: int, week: int) -> facts.Address:
    return facts.Address(user_id=request.user.id, workout_id=workout_id, week=week)


def _edit(request, form: FactForm) -> facts.Edit:
    said = form.cleaned_data
    return facts.Edit(at=said.get("edited_at"), local_date=said.get("local_date") or request.user.today())


def _write(verb, *args, **values) -> None:
    try:
        verb(*args, **values)
    except facts.UnknownAddress as error:
        raise Http404 from error


def _back(workout_id: int, week: int, anchor: str) -> SeeOther:
    return SeeOther("training:workout_detail", workout_id, week, anchor=anchor)
