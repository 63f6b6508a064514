"""Mesocycles: the list, the weeks of one, and starting one from a template."""

from django.core.paginator import Paginator
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from metricgain.http import SeeOther
from training.calendar import weeks_of
from training.forms import MesocycleStartForm
from training.models import Mesocycle, Template
from training.planning import start_mesocycle
from training.views.templates import template_page


@require_safe
def mesocycle_list(request):
    mesocycles = Mesocycle.objects.owned_by(request.user).newest_first()
    page = Paginator(mesocycles, 20).get_page(request.GET.get("page"))
    return render(request, "training/mesocycle_list.html", {"page": page})


@require_safe
def mesocycle_detail(request, mesocycle_id):
    mesocycle = get_object_or_404(Mesocycle.objects.owned_by(request.user), id=mesocycle_id)
    context = {"mesocycle": mesocycle, "weeks": weeks_of(mesocycle)}
    return render(request, "training/mesocycle_detail.html", context)


@require_POST
def mesocycle_start(request, template_id):
    template = get_object_or_404(Template.objects.usable_by(request.user), id=template_id)
    active = Mesocycle.objects.owned_by(request.user).active().first()
    form = MesocycleStartForm(request.POST, active=active)
    if not form.is_valid():
        return template_page(request, template, form, status=422)
    start_mesocycle(
        request.user,
        template,
        name=form.cleaned_data["name"],
        weeks=form.cleaned_data["duration_weeks"],
        start_date=form.cleaned_data["start_date"],
        at=timezone.now(),
    )
    return SeeOther("training:today")
