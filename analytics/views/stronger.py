from django.core.paginator import Paginator
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from analytics.periods import PERIODS, period_of
from analytics.records import records_feed
from analytics.strength import strength_of, trained_exercises
from exercises.models import Exercise, MuscleGroup

EXERCISES = 6  # a page


@require_safe
def stronger(request):
    """Shows the estimated strength of the exercises trained in a period, latest first. `?muscle=` chooses one muscle
    group."""
    period = period_of(request.GET.get("period"), default="12w")
    since = period.since(timezone.now())
    muscle = request.GET.get("muscle")
    muscle = muscle if muscle in MuscleGroup.values else None
    page = Paginator(trained_exercises(request.user, since=since, muscle=muscle), EXERCISES).get_page(
        request.GET.get("page")
    )
    exercises = Exercise.objects.in_bulk(page.object_list)
    strengths = strength_of(request.user, [exercises[one] for one in page], since=since)
    context = {"page": page, "strengths": strengths, "period": period, "periods": PERIODS}
    return render(request, "analytics/stronger.html", context | {"muscle": muscle, "muscles": MuscleGroup.choices})


@require_safe
def records(request):
    typed = request.GET.get("page", "")
    number = int(typed) if typed.isdecimal() and 0 < len(typed) < 6 else 1
    rows, has_more = records_feed(request.user, page=max(number, 1))
    context = {"records": rows, "number": max(number, 1), "has_more": has_more}
    return render(request, "analytics/records.html", context)
