from django.shortcuts import render
from django.views.decorators.http import require_safe

from training.models import Mesocycle
from training.upcoming import load_upcoming


@require_safe
def today(request):
    """What to do now: the next workout of the running mesocycle, and what changed in it and why."""
    mesocycle = Mesocycle.objects.owned_by(request.user).active().first()
    upcoming = load_upcoming(mesocycle) if mesocycle else None
    return render(request, "training/today.html", {"mesocycle": mesocycle, "upcoming": upcoming})
