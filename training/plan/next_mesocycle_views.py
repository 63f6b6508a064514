"""Views of the next mesocycle: the preview of its first week with every reason, storing it, beginning it."""

from django.contrib import messages
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from metricgain.web.http import SeeOther
from metricgain.web.once import once
from training.models import Mesocycle
from training.plan import next_mesocycle
from training.plan.from_template import AnotherRuns
from training.plan.next_mesocycle import NextMesocycle
from training.plan.next_mesocycle_forms import MesocycleBeginForm, NextMesocycleForm
from training.prescribing.week_plan.history import History


@require_http_methods(["GET", "HEAD", "POST"])
@once
def mesocycle_next(request, mesocycle_id):
    """Shows the next mesocycle, made from any week that was trained (GET), and stores it (POST)."""
    parent = get_object_or_404(Mesocycle.objects.planned_by(request.user), id=mesocycle_id)
    parent.user = request.user  # spares a query
    weeks = next_mesocycle.weeks_to_choose(parent)
    if not weeks:
        status = 422 if request.method == "POST" else 200
        return render(request, "training/plan/mesocycle_next.html", {"parent": parent}, status=status)
    form = NextMesocycleForm(
        request.POST if request.method == "POST" else request.GET or None, parent=parent, weeks=weeks
    )
    if request.method == "POST" and form.is_valid():
        said = form.cleaned_data
        given = {"week": said["week"], "weeks": said["duration_weeks"], "name": said["name"]}
        planned = next_mesocycle.plan_next(parent, **given, today=request.user.today(), at=timezone.now())
        return SeeOther("training:mesocycle_detail", planned.id)
    return _preview(request, parent, form, weeks)


def _preview(request, parent: Mesocycle, form: NextMesocycleForm, weeks: list[int]):
    """Renders the preview. A week or length that was refused is replaced by the advised one for the numbers."""
    refused = form.is_bound and not form.is_valid()
    said = getattr(form, "cleaned_data", {})
    week, length = said.get("week", weeks[0]), said.get("duration_weeks", parent.planned_weeks)
    ahead = NextMesocycle(History(parent, today=request.user.today()), week=week, weeks=length)
    context = {"parent": parent, "form": form, "ahead": ahead, "week": week, "length": length}
    return render(request, "training/plan/mesocycle_next.html", context, status=422 if refused else 200)


@require_http_methods(["GET", "HEAD", "POST"])
@once
def mesocycle_begin(request, mesocycle_id):
    """Asks for the first day and the weekdays, and starts a planned mesocycle."""
    mesocycle = get_object_or_404(Mesocycle.objects.planned_by(request.user), id=mesocycle_id)
    if not mesocycle.is_planned:  # begun a moment ago, in another tab
        return SeeOther("training:mesocycle_detail", mesocycle.id)
    active, now = Mesocycle.objects.planned_by(request.user).active().first(), timezone.now()
    asks_to_end = None if active is None or active.is_freestyle else active
    data = request.POST if request.method == "POST" else None
    form = MesocycleBeginForm(data, mesocycle=mesocycle, active=asks_to_end, today=request.user.today())
    if not form.is_valid():
        context = {"mesocycle": mesocycle, "form": form}
        return render(request, "training/plan/mesocycle_begin.html", context, status=422 if form.is_bound else 200)
    try:
        next_mesocycle.begin(mesocycle, start_date=form.cleaned_data["start_date"], days=form.days, at=now, ends=active)
    except AnotherRuns:
        messages.info(request, "Another mesocycle was started meanwhile. This is its next workout.")
    return SeeOther("training:today")
