from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from analytics.lineage import lineage_of
from training.models import Mesocycle


@require_safe
def mesocycle_lineage(request, mesocycle_id):
    """Shows the chain of mesocycles through one: what each step changed, and its outcome."""
    mesocycle = get_object_or_404(Mesocycle.objects.planned_by(request.user), id=mesocycle_id)
    context = {"mesocycle": mesocycle, "steps": lineage_of(mesocycle, request.user)}
    return render(request, "analytics/mesocycle_lineage.html", context)
