from allauth.account.views import LoginView, SignupView
from django.contrib import messages
from django.shortcuts import render

from metricgain.http import SeeOther
from metricgain.users.forms import SettingsForm


class RefusedWith422:
    """django-allauth answers a refused form with 200; ours say 422 everywhere."""

    def form_invalid(self, form):
        response = super().form_invalid(form)
        response.status_code = 422
        return response


class Signup(RefusedWith422, SignupView):
    pass


class Login(RefusedWith422, LoginView):
    pass


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
