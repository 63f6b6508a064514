from django.http import Http404
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from metricgain.web.http import SeeOther
from metricgain.web.once import once
from training.models import Mesocycle
from training.models.bounds import WEEKS
from training.schedule import deload
from training.schedule.forms import DeloadForm


@require_http_methods(["GET", "HEAD", "POST"])
@once
def deload_now(request, mesocycle_id):
    """Shows what a deload changes this week, and makes it: for everything, or for one muscle."""
    mesocycle = get_object_or_404(Mesocycle.objects.planned_by(request.user).active(), id=mesocycle_id)
    if not mesocycle.may_deload_now:
        raise Http404
    form = DeloadForm(request.POST if request.method == "POST" else None, mesocycle=mesocycle)
    if form.is_valid():
        try:
            deload.deload(mesocycle, form.cleaned_data["of"], now=timezone.now())
            return SeeOther("training:today")
        except deload.NothingToDeload as refused:
            form.add_error("of", str(refused))
    context = {"mesocycle": mesocycle, "form": form, "ends": mesocycle.current_week >= WEEKS.least}
    return render(request, "training/schedule/deload_now.html", context, status=422 if form.is_bound else 200)
