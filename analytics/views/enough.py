from datetime import timedelta

from django.core.paginator import Paginator
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from analytics.enough import LEAST, LOOKED_BACK, CountedWeeks, felt_weeks, followed_by, overview, week_charts
from analytics.periods import PERIODS, period_of
from analytics.trends import monday_of, trends_from
from training.models.volume import VOLUME_WORDS

WEEKS = 13  # a page


@require_safe
def enough(request):
    """Shows sets and volume per muscle group and week beside the feedback. `?muscle=` chooses the one to show in
    detail."""
    now = timezone.now()
    period, running = period_of(request.GET.get("period"), default="12w"), monday_of(request.user.today(now))
    first = running - timedelta(weeks=period.weeks) if period.weeks else None
    trends = trends_from(request.user, first)
    weeks = CountedWeeks.of(trends, running=running)
    muscles = overview(request.user, trends, weeks)
    context = {"period": period, "periods": PERIODS, "muscles": muscles, "weeks": weeks, "least": LEAST}
    asked = request.GET.get("muscle")
    chosen = next((one for one in muscles if one.muscle == asked), max(muscles, key=_sets, default=None))
    if chosen:
        followed, rare = followed_by(request.user, chosen.muscle, since=now - LOOKED_BACK if period.weeks else None)
        felt = felt_weeks(chosen.muscle, trends, running=running)
        context |= {
            "chosen": chosen,
            "volume_words": VOLUME_WORDS,
            "charts": week_charts(request.user, felt, chosen.landmarks),
            "has_years": felt[0].week.year != felt[-1].week.year,
            "page": Paginator(felt[::-1], WEEKS).get_page(request.GET.get("page")),
            "followed": followed,
            "rare": rare,
        }
    return render(request, "analytics/enough.html", context)


def _sets(one):
    return one.sets_a_week or 0
