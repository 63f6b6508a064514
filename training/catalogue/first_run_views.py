"""The first run: a few questions, and the template that fits the answers."""

from django.contrib import messages
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from metricgain.web.http import SeeOther
from training.catalogue.forms import FirstRunForm
from training.models import Template
from training.plan.from_template import suggest_template


@require_http_methods(["GET", "HEAD", "POST"])
def first_run(request):
    user = request.user
    data = request.POST if request.method == "POST" else None
    form = FirstRunForm(data, initial=user.preferences | {"unit": user.unit, "experience": user.experience})
    if not form.is_valid():
        return render(
            request, "training/catalogue/first_run.html", {"form": form}, status=422 if form.is_bound else 200
        )
    form.keep(user)
    user.save(update_fields=["preferences"])
    days = form.cleaned_data["days_per_week"]
    experience = form.cleaned_data["experience"]
    template = suggest_template(Template.objects.filter(is_system=True), days=days, experience=experience)
    if template is None:
        messages.info(request, f"No template fits into {days} days a week. Here are all templates.")
        return SeeOther("training:template_list")
    return SeeOther(reverse("training:template_detail", args=[template.id]) + "?suggested=yes")
