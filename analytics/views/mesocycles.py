from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from analytics.mesocycles import summary_of
from training.models import Mesocycle

OTHERS = 12  # mesocycles to choose from on the page; the list of mesocycles has all


@require_safe
def mesocycle_latest(request):
    """Shows the mesocycle that was trained last, or how to start one. Does not redirect, because phones save no
    redirects."""
    latest = Mesocycle.objects.planned_by(request.user).trained().newest_first().first()
    if latest:
        return mesocycle_progress(request, latest.id)
    return render(request, "analytics/mesocycle_latest.html")


@require_safe
def mesocycle_progress(request, mesocycle_id):
    mesocycles = Mesocycle.objects.planned_by(request.user)
    mesocycle = get_object_or_404(mesocycles.select_related("parent_mesocycle"), id=mesocycle_id)
    mesocycle.user = request.user  # saves a query
    others = mesocycles.trained().exclude(id=mesocycle.id).newest_first()[:OTHERS]
    context = {"summary": summary_of(mesocycle), "mesocycle": mesocycle, "others": others}
    return render(request, "analytics/mesocycle_progress.html", context)
