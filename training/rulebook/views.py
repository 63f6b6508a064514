from django.contrib.auth.decorators import login_not_required
from django.shortcuts import render
from django.views.decorators.http import require_safe

from metricgain.users.models import Unit
from training.rulebook import tables
from training.rulebook.made_up import made_up
from training.rulebook.own import own
from training.rulebook.papers import TOPICS


@login_not_required
@require_safe
def how_it_decides(request):
    """Shows the rules in the lifter's words, with the tables of the engine, and the lifter's own numbers; to visitors
    too, with those of a made-up lifter."""
    user = request.user
    unit = user.unit if user.is_authenticated else Unit.KG.value
    context = {
        "rules": tables.rulebook(),
        "config": tables.CONFIG,
        "topics": TOPICS,
        "examples": made_up(unit) | (own(user) if user.is_authenticated else {}),
        "experiences": tables.experience_names(),
        "own_experience": tables.experience_of(user),
        "own_deload": user.deload_mode if user.is_authenticated else None,
        "unit": unit,
    }
    return render(request, "training/rulebook/how_it_decides.html", context)
