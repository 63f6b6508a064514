from django.core.paginator import Paginator
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.views.decorators.http import require_safe

from analytics import exercise_sessions
from analytics.periods import PERIODS, period_of
from analytics.records import rep_records
from exercises.models import Exercise
from training.models import Set

SESSIONS = 10  # a page


@require_safe
def exercise_history(request, exercise_id):
    """Shows strength, records and every session of an exercise in a period. Shows all time where the default period has
    no session."""
    library = Exercise.objects.of_library_of(request.user)
    exercise = get_object_or_404(exercise_sessions.with_note_of(request.user, library), id=exercise_id)
    chosen = request.GET.get("period")
    period = period_of(chosen, default="12w")
    sessions = exercise_sessions.exercise_history(request.user, exercise, since=period.since(timezone.now()))
    records = rep_records(request.user, exercise)
    is_logged = bool(records or sessions) or Set.objects.filter(user=request.user, exercise=exercise).exists()
    if is_logged and not sessions and not chosen:
        period = period_of("all", default="all")
        sessions = exercise_sessions.exercise_history(request.user, exercise, since=None)
    context = {
        "exercise": exercise,
        "period": period,
        "periods": PERIODS,
        "strength": exercise_sessions.strength_in(request.user, exercise, sessions),
        "page": Paginator(sessions, SESSIONS).get_page(request.GET.get("page")),
        "records": records,
        "is_logged": is_logged,
    }
    return render(request, "analytics/exercise_history.html", context)
