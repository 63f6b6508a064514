from django.http import StreamingHttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.views.decorators.http import require_safe

from analytics import dataset
from analytics.week import week_of
from training.models import Mesocycle


@require_safe
def progress(request):
    """Shows a week's sets per muscle group, planned and done. `?week=` chooses the week of the running mesocycle, or of
    the one that `?mesocycle=` names."""
    number, of = (_number(request.GET.get(name, "")) for name in ("week", "mesocycle"))
    mesocycles = Mesocycle.objects.planned_by(request.user).prefetch_related("workouts")
    mesocycle = get_object_or_404(mesocycles, id=of) if of else None
    week = week_of(request.user, now=timezone.now(), number=number, mesocycle=mesocycle)
    return render(request, "analytics/progress.html", {"week": week})


def _number(typed: str) -> int | None:
    return int(typed) if typed.isdecimal() and len(typed) < 10 else None


@require_safe
def sets_download(request):
    """Downloads all sets of the user as CSV."""
    headers = {"Content-Disposition": 'attachment; filename="metricgain-sets.csv"', "Cache-Control": "no-store"}
    return StreamingHttpResponse(
        dataset.own_sets(request.user), content_type="text/csv; charset=utf-8", headers=headers
    )
