"""Views of templates: the list, the preview with the form that starts a mesocycle, and saving, editing and deleting
one's own."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.utils.datastructures import MultiValueDict
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from metricgain.web.http import SeeOther, shown_address
from metricgain.web.once import once
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
    active = Mesocycle.objects.planned_by(request.user).active().first()
    form = start_form(request, template, active)
    reason = _reason(request.user, template) if "suggested" in request.GET else ""
    preview, swaps = swaps_of(request, template)
    return template_page(request, template, form, preview=preview, swaps=swaps, reason=reason)


def start_form(request, template: Template, active: Mesocycle | None) -> MesocycleStartForm:
    """Returns the form that starts a mesocycle. Freestyle waits for nothing, so it is ended without asking."""
    asks_to_end = None if active is None or active.is_freestyle else active
    data = request.POST if request.method == "POST" else None
    plan, today = template.plan, request.user.today()
    return MesocycleStartForm(
        data, name=template.name, weeks=plan.weeks, weekdays=plan.weekdays, active=asks_to_end, today=today
    )


def swaps_of(request, template: Template) -> tuple[Preview, SwapsForm]:
    """Returns the preview for the lifter's equipment, and the form with exercises to replace the others."""
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
    """Renders the preview: each workout with its exercises, and the sets of each muscle group in the first week."""
    equipment = EquipmentForm(request.POST if request.method == "POST" else request.GET, user=request.user)
    is_shared = template.share_token and template.user_id == request.user.id
    path = is_shared and reverse("training:template_shared", args=[template.share_token])
    context = {"template": template, "form": form, "preview": preview, "swaps": swaps, "reason": reason}
    context |= {"equipment": equipment, "have": equipment.said, "link": path and shown_address(request, path)}
    return render(request, "training/catalogue/template_detail.html", context, status=status)


@require_http_methods(["GET", "HEAD", "POST"])
@once
def mesocycle_start(request, template_id):
    template = get_object_or_404(Template.objects.usable_by(request.user), id=template_id)
    if request.method != "POST":  # a GET was typed, or comes back from signing in
        return SeeOther("training:template_detail", template.id)
    active, now = Mesocycle.objects.planned_by(request.user).active().first(), timezone.now()
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
@once
def template_save(request, mesocycle_id):
    """Saves the plan of a mesocycle as the lifter's own template."""
    mesocycle = get_object_or_404(Mesocycle.objects.planned_by(request.user), id=mesocycle_id)
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
    """Edits the name, description and tags of the lifter's own template."""
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
    """Stores the lifter's equipment, and shows the template for it."""
    template = get_object_or_404(Template.objects.usable_by(request.user), id=template_id)
    if request.method == "POST":  # a GET was typed, or comes back from signing in
        user = request.user
        form = EquipmentForm(MultiValueDict({"have": request.POST.getlist("have")}), user=user)
        user.preferences = user.preferences | {"equipment": form.said}
        user.save(update_fields=["preferences"])
    return SeeOther("training:template_detail", template.id)


@require_POST
def template_delete(request, template_id):
    """Deletes the lifter's own template. Mesocycles that were started from it stay."""
    template = get_object_or_404(Template.objects.filter(user=request.user), id=template_id)
    template.delete()
    messages.info(request, f"“{template.name}” is deleted. Mesocycles that you started from it stay as they are.")
    return SeeOther("training:template_list")


def _reason(user, template: Template) -> str:
    """Returns why this template fits the user's answers; "" where it is not the suggested one."""
    days, experience = user.preferences.get("days_per_week"), user.experience
    if not isinstance(days, int):
        return ""
    suggested = suggest_template(Template.objects.filter(is_system=True), days=days, experience=experience)
    return reason_for(template, days=days, experience=experience) if suggested == template else ""
