"""Merges a lifter's own exercise into another, for example into the same exercise of the library."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_http_methods

from exercises.forms import LibraryForm
from exercises.models import Exercise
from metricgain.postgresql import patience
from metricgain.web.http import SeeOther
from training.own_exercise import merging

CHOICES = 20


@require_http_methods(["GET", "HEAD", "POST"])
def exercise_merge(request, exercise_id):
    """Asks what to merge into, shows what would move, then merges."""
    source = get_object_or_404(Exercise.objects.owned_by(request.user), id=exercise_id, merged_into=None)
    target = _load_target(request, source)
    refusal = ""
    if target is None and request.method == "POST":
        refusal = "Choose the exercise to merge into."
    elif target:
        try:
            if request.method == "POST":
                with patience.unhurried():
                    merging.merge(source, target)
                messages.success(request, f"{source} is now part of {target}, with all you logged.")
                return SeeOther("exercises:exercise_detail", target.id)
            moving = merging.preview(source, target)
            return render(
                request,
                "training/own_exercise/exercise_merge.html",
                {"source": source, "target": target, "moves": moving},
            )
        except merging.MergeRefused as refused:
            refusal = str(refused)
    context = _choices(request, source) | {"source": source, "refusal": refusal}
    return render(request, "training/own_exercise/exercise_merge.html", context, status=422 if refusal else 200)


def _load_target(request, source: Exercise) -> Exercise | None:
    """Returns the exercise in the parameter `into`; None without one. An exercise of another user is a 404."""
    said = request.POST.get("into") or request.GET.get("into") or ""
    if not said.isascii() or not said.isdigit() or len(said) > 18:
        return None
    return get_object_or_404(Exercise.objects.of_library_of(request.user), id=said)


def _choices(request, source: Exercise) -> dict:
    """Returns the exercises with similar names, or those searched for, as context of the page."""
    form = LibraryForm(request.GET)
    others = form.exercises(request.user).exclude(id=source.id)
    found = form.sought(others, request.user) if form.is_named else others.nearest_to(source.name, request.user)
    return {"form": form, "page": Paginator(found, CHOICES).get_page(request.GET.get("page"))}
