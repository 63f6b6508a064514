from itertools import groupby

from django.http import StreamingHttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from analytics import dataset, history, metrics
from exercises.models import Exercise
from training.models import Mesocycle


@require_safe
def progress(request):
    """Sets and volume by week and muscle group, of the mesocycle trained last."""
    mesocycle = Mesocycle.objects.owned_by(request.user).trained().newest_first().first()
    rows = metrics.volume_by_week_and_muscle(mesocycle) if mesocycle else []
    weeks = {week: list(group) for week, group in groupby(rows, key=lambda row: row.week)}
    return render(request, "analytics/progress.html", {"mesocycle": mesocycle, "weeks": weeks})


@require_safe
def exercise_history(request, exercise_id):
    exercise = get_object_or_404(Exercise.objects.of_library_of(request.user), id=exercise_id)
    context = {"exercise": exercise, "sessions": history.exercise_history(request.user, exercise)}
    return render(request, "analytics/exercise_history.html", context)


@require_safe
def sets_download(request):
    """All sets of one's own as CSV."""
    headers = {"Content-Disposition": 'attachment; filename="metricgain-sets.csv"'}
    return StreamingHttpResponse(
        dataset.own_sets(request.user), content_type="text/csv; charset=utf-8", headers=headers
    )
