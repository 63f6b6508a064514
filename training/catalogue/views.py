"""Templates: the list, the preview of one with the form that starts a mesocycle from it, and keeping one's own."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.utils.datastructures import MultiValueDict
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from metricgain.web.http import SeeOther, shown_address
from training.catalogue.forms import EquipmentForm, SwapsForm, TemplateEditForm, TemplateFilterForm, TemplateSaveForm
from training.catalogue.preview import Preview, preview_of, swapped
from training.catalogue.sharing import config_of
from training.models import Mesocycle, Template
from training.plan.forms import MesocycleStartForm
from training.plan.from_template import (
    AnotherRuns,
    reason_for,
    start_mesocycle,
    suggest_template,
    was_just_started,
)


@require_safe
def template_list(request):
    form = TemplateFilterForm(request.GET)
    page = Paginator(form.templates(request.user), 20).get_page(request.GET.get("page"))
    return render(request, "training/catalogue/template_list.html", {"page": page, "form": form})


@require_safe
def template_detail(request, template_id):
    template = get_object_or_404(Template.objects.usable_by(request.user), id=template_id)
    active = Mesocycle.objects.owned_by(request.user).active().first()
    form = start_form(request, template, active)
    reason = _reason(request.user, template) if "suggested" in request.GET else ""
    preview, swaps = swaps_of(request, template)
    return template_page(request, template, form, preview=preview, swaps=swaps, reason=reason)


def start_form(request, template: Template, active: Mesocycle | None) -> MesocycleStartForm:
    """The form that starts a mesocycle. Sessions without a plan wait for nothing: starting one ends them unasked."""
    asks_to_end = None if active is None or active.is_freestyle else active
    data = request.POST if request.method == "POST" else None
    plan, today = template.plan, request.user.today()
    return MesocycleStartForm(
        data, name=template.name, weeks=plan.weeks, weekdays=plan.weekdays, active=asks_to_end, today=today
    )


def swaps_of(request, template: Template) -> tuple[Preview, SwapsForm]:
    """The template as it is seen with the equipment there is, and what could stand in for the rest."""
    data = request.POST if request.method == "POST" else request.GET
    preview = preview_of(template, request.user, have=EquipmentForm(data, user=request.user).said)
    return preview, SwapsForm(request.POST if request.method == "POST" else None, lacking=preview.lacking)


def template_page(
    request,
    template: Template,
    form: MesocycleStartForm,
    *,
    preview: Preview,
    swaps: SwapsForm,
    reason: str = "",
    status: int = 200,
):
    """The preview: each workout with its exercises, and how many sets a muscle group gets in the first week."""
    equipment = EquipmentForm(request.POST if request.method == "POST" else request.GET, user=request.user)
    is_shared = template.share_token and template.user_id == request.user.id
    path = is_shared and reverse("training:template_shared", args=[template.share_token])
    context = {"template": template, "form": form, "preview": preview, "swaps": swaps, "reason": reason}
    context |= {"equipment": equipment, "have": equipment.said, "link": path and shown_address(request, path)}
    return render(request, "training/catalogue/template_detail.html", context, status=status)


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
    template.config = swapped(template.plan.config, swaps.swaps)  # for this start alone
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


@require_http_methods(["GET", "HEAD", "POST"])
def template_save(request, mesocycle_id):
    """Keeps the plan of a mesocycle as a template of one's own."""
    mesocycle = get_object_or_404(Mesocycle.objects.owned_by(request.user), id=mesocycle_id)
    config = config_of(mesocycle)
    if not config["workouts"]:
        raise Http404
    data = request.POST if request.method == "POST" else None
    form = TemplateSaveForm(data, user=request.user, mesocycle=mesocycle)
    if not form.is_valid():
        context = {"mesocycle": mesocycle, "form": form}
        return render(request, "training/catalogue/template_save.html", context, status=422 if form.is_bound else 200)
    template = form.cleaned_data.get("replaces") or Template(user=request.user)
    form.keep(template)
    template.config = config
    template.save()
    messages.info(request, "Saved. It is among your templates now.")
    return SeeOther("training:template_detail", template.id)


@require_http_methods(["GET", "HEAD", "POST"])
def template_edit(request, template_id):
    """Name, words and tags of one of one's own."""
    template = get_object_or_404(Template.objects.filter(user=request.user), id=template_id)
    form = TemplateEditForm(request.POST if request.method == "POST" else None, template=template)
    if not form.is_valid():
        context = {"template": template, "form": form}
        return render(request, "training/catalogue/template_edit.html", context, status=422 if form.is_bound else 200)
    form.keep(template)
    template.save(update_fields=["name", "description", "tags"])
    messages.success(request, "Saved.")
    return SeeOther("training:template_detail", template.id)


@require_http_methods(["GET", "HEAD", "POST"])
def template_equipment(request, template_id):
    """Remembers what the lifter has, and shows the template with it."""
    template = get_object_or_404(Template.objects.usable_by(request.user), id=template_id)
    if request.method == "POST":  # else typed, or back from signing in
        user = request.user
        form = EquipmentForm(MultiValueDict({"have": request.POST.getlist("have")}), user=user)
        user.preferences = user.preferences | {"equipment": form.said}
        user.save(update_fields=["preferences"])
    return SeeOther("training:template_detail", template.id)


@require_POST
def template_delete(request, template_id):
    """Deletes one of one's own; mesocycles that were started from it stay. Gone already: nothing."""
    template = get_object_or_404(Template.objects.filter(user=request.user), id=template_id)
    template.delete()
    messages.info(request, f"“{template.name}” is deleted. Mesocycles that you started from it stay as they are.")
    return SeeOther("training:template_list")


def _reason(user, template: Template) -> str:
    """Why this is the template for the answers that the user gave; empty where it is not."""
    days, experience = user.preferences.get("days_per_week"), user.experience
    if not isinstance(days, int):
        return ""
    suggested = suggest_template(Template.objects.filter(is_system=True), days=days, experience=experience)
    return reason_for(template, days=days, experience=experience) if suggested == template else ""
