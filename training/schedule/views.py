"""Views of mesocycles: the list, and the weeks of one mesocycle."""

from django.core.paginator import Paginator
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.views.decorators.http import require_safe

from training.models import Mesocycle
from training.prescribing.forecast import sets_by_week
from training.schedule.weeks import weeks_of


@require_safe
def mesocycle_list(request):
    """Lists the mesocycles, newest first; with `?archived` the archived ones."""
    archived = "archived" in request.GET
    mesocycles = Mesocycle.objects.planned_by(request.user).archived(archived).newest_first()
    page = Paginator(mesocycles, 20).get_page(request.GET.get("page"))
    return render(request, "training/schedule/mesocycle_list.html", {"page": page, "archived": archived})


@require_safe
def mesocycle_detail(request, mesocycle_id):
    mesocycles = Mesocycle.objects.planned_by(request.user).prefetch_related("workouts")
    mesocycle = get_object_or_404(mesocycles, id=mesocycle_id)
    mesocycle.user = request.user  # spares a query
    weeks = weeks_of(mesocycle, now=timezone.now())
    context = {"mesocycle": mesocycle, "weeks": weeks}
    if any(occurrence.workout.only_week is None for week in weeks for occurrence in week):
        context["sets"] = sets_by_week(mesocycle, today=request.user.today())
    return render(request, "training/schedule/mesocycle_detail.html", context)
