"""The library, and what is one's own in it."""

from urllib.parse import parse_qsl, urlencode, urlsplit, urlunsplit

from django.contrib import messages
from django.core.paginator import Paginator
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from exercises.forms import ExerciseForm, LibraryForm
from exercises.models import Exercise
from metricgain.web.http import SeeOther, way_back

PAGE = 40


@require_safe
def exercise_list(request):
    """The user's library, all of it or what is asked for."""
    form = LibraryForm(request.GET)
    page = Paginator(form.exercises(request.user), PAGE).get_page(request.GET.get("page"))
    return render(request, "exercises/exercise_list.html", {"page": page, "form": form})


@require_safe
def exercise_detail(request, exercise_id):
    """One exercise; what was merged into another leads there."""
    exercise = get_object_or_404(Exercise.objects.of_library_of(request.user), id=exercise_id)
    if exercise.merged_into_id:
        return SeeOther("exercises:exercise_detail", exercise.standing.id)
    return render(request, "exercises/exercise_detail.html", {"exercise": exercise, "names": _names(exercise, request)})


@require_http_methods(["GET", "HEAD", "POST"])
def exercise_create(request):
    """A new one of one's own; then back to the page of ours that asked for it, with `exercise` in its address."""
    said = request.POST or None
    form = ExerciseForm(said, user=request.user, initial=_asked_for(request))
    back = way_back(request)
    if form.is_valid():
        exercise = form.save()
        messages.success(request, f"{exercise} is in your library.")
        return SeeOther(_with_exercise(back, exercise) if back else "exercises:exercise_detail", *_id(exercise, back))
    context = {"form": form, "back": back}
    return render(request, "exercises/exercise_create.html", context, status=422 if form.is_bound else 200)


@require_http_methods(["GET", "HEAD", "POST"])
def exercise_edit(request, exercise_id):
    exercise = _load_own(request, exercise_id)
    form = ExerciseForm(request.POST or None, instance=exercise, user=request.user)
    if form.is_valid():
        form.save()
        messages.success(request, f"Saved {exercise}.")
        return SeeOther("exercises:exercise_detail", exercise.id)
    context = {"form": form, "exercise": Exercise.objects.get(id=exercise.id)}
    return render(request, "exercises/exercise_edit.html", context, status=422 if form.is_bound else 200)


@require_POST
def exercise_archive(request, exercise_id):
    exercise = _load_own(request, exercise_id)
    exercise.archive()
    messages.success(request, f"{exercise} is archived: it is no longer offered, and its history stays.")
    return SeeOther("exercises:exercise_detail", exercise.id)


@require_POST
def exercise_unarchive(request, exercise_id):
    exercise = _load_own(request, exercise_id)
    exercise.unarchive()
    messages.success(request, f"{exercise} can be chosen again.")
    return SeeOther("exercises:exercise_detail", exercise.id)


def _load_own(request, exercise_id: int) -> Exercise:
    """One of the user's own that stands for itself; anything else is a 404."""
    return get_object_or_404(Exercise.objects.owned_by(request.user), id=exercise_id, merged_into=None)


def _names(exercise: Exercise, request) -> list[str]:
    """What else it is called: by everybody and by the user."""
    return list(exercise.aliases.said_by(request.user).order_by("name").values_list("name", flat=True))


def _asked_for(request) -> dict[str, str]:
    """What the page that led here knows of the new one."""
    return {"name": request.GET.get("name", "")[:255], "muscle_group": request.GET.get("muscle", "")}


def _with_exercise(address: str, exercise: Exercise) -> str:
    """The address with `exercise` chosen: ?exercise=12 beside what else it says."""
    parts = urlsplit(address)
    query = [(name, value) for name, value in parse_qsl(parts.query, keep_blank_values=True) if name != "exercise"]
    return urlunsplit(parts._replace(query=urlencode([*query, ("exercise", exercise.id)])))


def _id(exercise: Exercise, back: str) -> list[int]:
    return [] if back else [exercise.id]
