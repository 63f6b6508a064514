from django.core.paginator import Paginator
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.views.decorators.http import require_safe

from analytics import history
from analytics.periods import PERIODS, period_of
from analytics.records import rep_records
from exercises.models import Exercise

SESSIONS = 10  # a page


@require_safe
def exercise_history(request, exercise_id):
    """Strength, records and every session of an exercise in a period."""
    exercise = get_object_or_404(Exercise.objects.of_library_of(request.user), id=exercise_id)
    period = period_of(request.GET.get("period"), default="6m")
    sessions = history.exercise_history(request.user, exercise, since=period.since(timezone.now()))
    context = {
        "exercise": exercise,
        "period": period,
        "periods": PERIODS,
        "strength": history.strength_in(request.user, exercise, sessions),
        "page": Paginator(sessions, SESSIONS).get_page(request.GET.get("page")),
        "records": rep_records(request.user, exercise),
        "note": history.pinned_note(request.user, exercise),
    }
    return render(request, "analytics/exercise_history.html", context)
