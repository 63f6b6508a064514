"""Pages of the library, and of a lifter's own exercises in it."""

from urllib.parse import parse_qsl, urlencode, urlsplit, urlunsplit

from django.contrib import messages
from django.core.paginator import Paginator
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from exercises.forms import ExerciseForm, LibraryForm
from exercises.models import Exercise
from metricgain.web.http import SeeOther, way_back
from metricgain.web.once import once

PAGE = 40


@require_safe
def exercise_list(request):
    """Shows the user's library, or the part of it that the address asks for."""
    form = LibraryForm(request.GET)
    page = Paginator(form.sought(form.exercises(request.user), request.user), PAGE).get_page(request.GET.get("page"))
    return render(request, "exercises/exercise_list.html", {"page": page, "form": form})


@require_safe
def exercise_detail(request, exercise_id):
    """Shows one exercise. A merged one redirects to the exercise that it was merged into."""
    exercise = get_object_or_404(Exercise.objects.of_library_of(request.user), id=exercise_id)
    if exercise.merged_into_id:
        return SeeOther("exercises:exercise_detail", exercise.standing.id)
    return render(request, "exercises/exercise_detail.html", {"exercise": exercise, "names": _names(exercise, request)})


@require_http_methods(["GET", "HEAD", "POST"])
@once
def exercise_create(request):
    """Makes an own exercise. Then goes back to the page in `next`, with the new id as `exercise` in its address. Where
    the library has it already, the page offers that one first."""
    said = request.POST or None
    form = ExerciseForm(said, user=request.user, initial=_asked_for(request))
    back = way_back(request)
    if form.stores():
        messages.success(request, f"{form.instance} is in your library.")
        return SeeOther(_address_with(form.instance, back))
    context = {"form": form, "back": back, "use_it": form.double and _address_with(form.double, back)}
    return render(request, "exercises/exercise_create.html", context, status=422 if form.is_bound else 200)


@require_http_methods(["GET", "HEAD", "POST"])
def exercise_edit(request, exercise_id):
    exercise = _load_own(request, exercise_id)
    form = ExerciseForm(request.POST or None, instance=exercise, user=request.user)
    if form.stores():
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
    """Returns the user's own exercise that is not merged; anything else is a 404."""
    return get_object_or_404(Exercise.objects.owned_by(request.user), id=exercise_id, merged_into=None)


def _names(exercise: Exercise, request) -> list[str]:
    """Returns the exercise's other names: everybody's and the user's own."""
    return list(exercise.aliases.said_by(request.user).order_by("name").values_list("name", flat=True))


def _asked_for(request) -> dict[str, str]:
    """Returns the name and muscle of the new exercise, as the page that led here asks for them."""
    return {"name": request.GET.get("name", "")[:255], "muscle_group": request.GET.get("muscle", "")}


def _address_with(exercise: Exercise, back: str) -> str:
    """Returns the address `back` with ?exercise=12 (the id of `exercise`) and its other parameters; without `back` the
    page of the exercise."""
    if not back:
        return reverse("exercises:exercise_detail", args=[exercise.id])
    parts = urlsplit(back)
    query = [(name, value) for name, value in parse_qsl(parts.query, keep_blank_values=True) if name != "exercise"]
    return urlunsplit(parts._replace(query=urlencode([*query, ("exercise", exercise.id)])))
