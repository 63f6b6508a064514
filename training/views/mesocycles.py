"""Mesocycles: the list, the weeks of one, and starting one from a template."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from metricgain.http import SeeOther
from training.calendar import weeks_of
from training.forecasting import sets_by_week
from training.models import Mesocycle, Template
from training.planning import AnotherRuns, start_mesocycle, was_just_started
from training.template_preview import swapped
from training.views.templates import start_form, swaps_of, template_page


@require_safe
def mesocycle_list(request):
    """Newest first; with `?archived` what was put away."""
    archived = "archived" in request.GET
    mesocycles = Mesocycle.objects.owned_by(request.user).archived(archived).newest_first()
    page = Paginator(mesocycles, 20).get_page(request.GET.get("page"))
    return render(request, "training/mesocycle_list.html", {"page": page, "archived": archived})


@require_safe
def mesocycle_detail(request, mesocycle_id):
    mesocycles = Mesocycle.objects.owned_by(request.user).prefetch_related("workouts")
    mesocycle = get_object_or_404(mesocycles, id=mesocycle_id)
    mesocycle.user = request.user  # spares a query
    weeks = weeks_of(mesocycle, now=timezone.now())
    context = {"mesocycle": mesocycle, "weeks": weeks}
    if any(occurrence.workout.only_week is None for week in weeks for occurrence in week):
        context["sets"] = sets_by_week(mesocycle, today=request.user.today())
    return render(request, "training/mesocycle_detail.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def mesocycle_start(request, template_id):
    template = get_object_or_404(Template.objects.usable_by(request.user), id=template_id)
    if request.method != "POST":  # back from signing in, or typed
        return SeeOther("training:template_detail", template.id)
    active, now = Mesocycle.objects.owned_by(request.user).active().first(), timezone.now()
    form, preview, swaps = start_form(request, template, active), *swaps_of(request, template)
    valid, said = form.is_valid() & swaps.is_valid(), form.cleaned_data
    same = {"name": said.get("name"), "weeks": said.get("duration_weeks"), "start_date": said.get("start_date")}
    if active and was_just_started(active, template, **same, days=form.days, at=now):
        return SeeOther("training:today")
    if not valid:
        return template_page(request, template, form, preview=preview, swaps=swaps, status=422)
    template.config = swapped(template.config, swaps.swaps)  # for this start alone
    try:
        start_mesocycle(
            request.user,
            template,
            name=said["name"],
            weeks=said["duration_weeks"],
            start_date=said["start_date"],
            days=form.days,
            ends=active,
            at=now,
        )
    except AnotherRuns:
        messages.info(request, "Another mesocycle was started meanwhile. This is its next workout.")
    return SeeOther("training:today")
