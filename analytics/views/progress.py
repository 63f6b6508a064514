from django.http import StreamingHttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from analytics import dataset
from analytics.week import week_of


@require_safe
def progress(request):
    """Shows this week's sets per muscle group, planned and done. `?week=` shows an earlier week of the running
    mesocycle."""
    typed = request.GET.get("week", "")
    number = int(typed) if typed.isdecimal() and len(typed) < 3 else None
    week = week_of(request.user, now=timezone.now(), number=number)
    return render(request, "analytics/progress.html", {"week": week})


@require_safe
def sets_download(request):
    """Downloads all sets of the user as CSV."""
    headers = {"Content-Disposition": 'attachment; filename="metricgain-sets.csv"', "Cache-Control": "no-store"}
    return StreamingHttpResponse(
        dataset.own_sets(request.user), content_type="text/csv; charset=utf-8", headers=headers
    )
