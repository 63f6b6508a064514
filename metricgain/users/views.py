from django.contrib import messages
from django.shortcuts import render

from metricgain.http import SeeOther
from metricgain.users.forms import SettingsForm


def settings(request):
    user = request.user
    initial = {"full_name": user.full_name, "unit": user.unit, "timezone": user.timezone}
    form = SettingsForm(request.POST or None, initial=initial)
    if form.is_valid():
        form.keep(user)
        user.save(update_fields=["full_name", "timezone", "preferences"])
        messages.success(request, "Saved.")
        return SeeOther("users:settings")
    return render(request, "users/settings.html", {"form": form}, status=422 if form.is_bound else 200)
