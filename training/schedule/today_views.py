from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import Http404
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from metricgain.users.whereabouts import zone_question
from metricgain.web.http import SeeOther
from training.models import Mesocycle
from training.schedule.forms import FreestyleForm
from training.schedule.freestyle import PlanRuns, just_train
from training.schedule.today import upcoming_today
from training.session.finishing import skip_week
from training.session.page.phone_words import in_milliseconds


@login_not_required
@require_safe
def today(request):
    """Shows what to do now: the next workout of the running mesocycle, with what changed in it and why.

    A visitor sees the landing page instead."""
    if not request.user.is_authenticated:
        ways_in = {"signup_is_open": settings.SIGNUP == "open", "demo": settings.DEMO}
        return render(request, "training/schedule/landing.html", ways_in)
    timezone.activate(request.user.here)  # the middleware does not do it in views that are open to visitors
    return _today(request)


def _today(request, *, refused: FreestyleForm | None = None):
    """Renders the page, with a refused form to type into again."""
    at = in_milliseconds(timezone.now())  # before reading: what is stored later may be missing
    mesocycle = Mesocycle.objects.planned_by(request.user).running_first().first()
    running = mesocycle if mesocycle and mesocycle.is_active else None
    upcoming = upcoming_today(running, request.user) if running else None
    missed = upcoming and upcoming.is_missed(request.user.today())
    starts_later = running and running.start_date and running.start_date > request.user.today()
    context: dict[str, object] = {"mesocycle": mesocycle, "running": running, "upcoming": upcoming, "missed": missed}
    context["at"] = at
    context["starts_later"] = starts_later
    context["planned_on"] = upcoming and upcoming.day_after_this_week(request.user.today())
    context["zone_question"] = zone_question(request, now=timezone.now())
    context["freestyle"] = refused or FreestyleForm(user=request.user)
    return render(request, "training/schedule/today.html", context, status=422 if refused else 200)


@require_POST
def freestyle_start(request):
    """Opens a session without a plan, of today or of the day that was typed."""
    form = FreestyleForm(request.POST, user=request.user)
    if not form.is_valid():
        return _today(request, refused=form)
    try:
        workout, week = just_train(request.user, day=form.cleaned_data["day"], at=timezone.now())
    except PlanRuns:
        messages.info(request, "You have a mesocycle running: its next workout is here.")
        return SeeOther("training:today")
    return SeeOther("training:workout_detail", workout.id, week)


@require_POST
def week_skip(request, mesocycle_id, week):
    """Skips every session that is still to do in a missed week."""
    mesocycle = get_object_or_404(Mesocycle.objects.planned_by(request.user), id=mesocycle_id)
    if not 1 <= week <= mesocycle.current_week:
        raise Http404
    skip_week(mesocycle, week=week, day=request.user.today(), now=timezone.now())
    return SeeOther("training:today")
