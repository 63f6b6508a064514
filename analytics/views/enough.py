from django.core.paginator import Paginator
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from analytics.enough import LEAST, felt_weeks, followed_by, overview, week_charts
from analytics.periods import PERIODS, period_of
from analytics.trends import trends_since

WEEKS = 13  # a page


@require_safe
def enough(request):
    """Shows sets and volume per muscle group and week beside the feedback. `?muscle=` chooses the one to show in
    detail."""
    period = period_of(request.GET.get("period"), default="12w")
    since = period.since(timezone.now())
    trends = trends_since(request.user, since)
    muscles = overview(request.user, trends)
    context = {"period": period, "periods": PERIODS, "muscles": muscles, "least": LEAST}
    asked = request.GET.get("muscle")
    chosen = next((one for one in muscles if one.muscle == asked), max(muscles, key=_sets, default=None))
    if chosen:
        followed, rare = followed_by(request.user, chosen.muscle)
        weeks = felt_weeks(request.user, chosen.muscle, trends, since=since)
        context |= {
            "chosen": chosen,
            "charts": week_charts(request.user, weeks, chosen.landmarks),
            "page": Paginator(weeks[::-1], WEEKS).get_page(request.GET.get("page")),
            "followed": followed,
            "rare": rare,
        }
    return render(request, "analytics/enough.html", context)


def _sets(one):
    return one.sets_a_week
