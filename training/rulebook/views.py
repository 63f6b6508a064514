from django.contrib.auth.decorators import login_not_required
from django.shortcuts import render
from django.views.decorators.http import require_safe

from metricgain.users.models import Unit
from training.rulebook import tables
from training.rulebook.papers import TOPICS


@login_not_required
@require_safe
def how_it_decides(request):
    """Shows the rules in the lifter's words, with the tables of the engine; to visitors too."""
    context = {
        "rules": tables.rulebook(),
        "config": tables.CONFIG,
        "topics": TOPICS,
        "experiences": tables.experience_names(),
        "own_experience": tables.experience_of(request.user),
        "own_deload": request.user.deload_mode if request.user.is_authenticated else None,
        "unit": request.user.unit if request.user.is_authenticated else Unit.KG.value,
    }
    return render(request, "training/rulebook/how_it_decides.html", context)
