from allauth.account.adapter import get_adapter
from allauth.account.views import (
    LoginView,
    PasswordChangeView,
    PasswordResetDoneView,
    PasswordResetFromKeyView,
    PasswordResetView,
    SignupView,
)
from allauth.core.ratelimit import consume_or_429
from allauth.decorators import rate_limit
from django.conf import settings as site
from django.contrib import messages
from django.contrib.auth import logout
from django.contrib.auth.decorators import login_not_required
from django.core.paginator import Paginator
from django.core.validators import validate_email
from django.http import Http404
from django.shortcuts import redirect, render
from django.utils.decorators import method_decorator
from django.views.decorators.http import require_http_methods, require_POST, require_safe
from django.views.generic.edit import FormMixin

from metricgain import __version__
from metricgain.days import in_words
from metricgain.number_fields import rounded_words
from metricgain.users.forms import BodyMassForm, PasswordAgainForm, SettingsForm, TimeZoneForm
from metricgain.users.models import Unit
from metricgain.users.password_forms import ResetPasswordForm
from metricgain.users.plates_form import PlatesForm
from metricgain.users.spelling import reachable
from metricgain.web.http import SeeOther
from metricgain.web.once import once


class OurManners(FormMixin):
    """Makes django-allauth's forms behave like ours. A refused form answers 422 (429 after too many attempts) instead
    of 200. Labels have one capital letter and are not repeated as placeholders."""

    def get_form(self, form_class=None):
        form = super().get_form(form_class)
        for field in form.fields.values():
            field.label = str(field.label).capitalize()
            field.widget.attrs.pop("placeholder", None)
        return form

    def form_invalid(self, form):
        response = super().form_invalid(form)
        impatient = form.has_error("__all__", "too_many_login_attempts")
        response.status_code = 429 if impatient else 422
        return response


@method_decorator(once, name="dispatch")
class Signup(OurManners, SignupView):
    def get_form(self, form_class=None):
        form = super().get_form(form_class)
        email = form.fields["email"]
        # In the place of Django's validator, which says less.
        email.validators = [reachable if one is validate_email else one for one in email.validators]
        return form

    def closed(self):
        response = super().closed()
        response.status_code = 403
        response.context_data = {"by_invitation": site.SIGNUP == "invite"}
        return response


class Login(OurManners, LoginView):
    def get_context_data(self, **kwargs):
        return super().get_context_data(signup_is_open=site.SIGNUP == "open", **kwargs)

    def get_form(self, form_class=None):
        form = super().get_form(form_class)
        # "Forgot your password?" stands below the button. Here it would come between password and button for keyboards.
        form.fields["password"].help_text = ""
        return form


class PasswordChange(OurManners, PasswordChangeView):
    def dispatch(self, request, *args, **kwargs):
        # The demo's account, for example: a visitor who gave it a password would lock out the others.
        if request.user.is_authenticated and not request.user.has_usable_password():
            messages.info(request, "This account has no password to change.")
            return SeeOther("users:settings")
        return super().dispatch(request, *args, **kwargs)


# Slows people who ask for links of many accounts.
@method_decorator(rate_limit(action="ask_reset"), name="dispatch")
class PasswordReset(OurManners, PasswordResetView):
    form_class = ResetPasswordForm

    def form_valid(self, form):
        inbox_here = get_adapter().key_here(self.request, form.cleaned_data["email"])
        if refused := consume_or_429(self.request, action="reset_password_here", key=inbox_here):
            return refused
        return super().form_valid(form)


class PasswordResetDone(PasswordResetDoneView):
    def get_context_data(self, **kwargs):
        return super().get_context_data(mail_is_sent=site.MAIL_IS_SENT, **kwargs)


class PasswordResetFromKey(OurManners, PasswordResetFromKeyView):
    def form_valid(self, form):
        response = super().form_valid(form)
        get_adapter().forget_wrong_passwords(self.request, self.reset_user.email)
        return response

    def render_to_response(self, context, **response_kwargs):
        response = super().render_to_response(context, **response_kwargs)
        if context.get("token_fail"):
            response.status_code = 410
        return response


def settings(request):
    user = request.user
    form = SettingsForm(request.POST if request.method == "POST" else None, user=user)
    if form.is_valid():
        form.keep(user)
        user.save(update_fields=["full_name", "timezone", "preferences"])
        words = Unit(user.unit).from_when if "unit" in form.changed_data else ""
        messages.success(request, f"Saved. {words}".strip())
        return SeeOther("users:settings")
    context = {"form": form, "version": __version__}
    return render(request, "users/settings.html", context, status=422 if form.is_bound else 200)


@require_POST
def time_zone(request):
    """Takes the answer to the question on Today about a phone in another time zone."""
    form, user = TimeZoneForm(request.POST), request.user
    if not form.is_valid():
        raise Http404  # the question has two buttons, and no field to type into
    form.keep(user)
    user.save(update_fields=["timezone", "preferences"])
    begins = "The time zone of your account is now" if form.changes else "The time zone of your account stays"
    messages.success(request, f"{begins} {in_words(user.zone.key)}.")
    return SeeOther(site.LOGIN_REDIRECT_URL)


@require_http_methods(["GET", "HEAD", "POST"])
def plates(request):
    """Shows and stores the bars and plates that the user has."""
    form = PlatesForm(request.POST if request.method == "POST" else None, user=request.user)
    if form.is_valid():
        form.keep()
        request.user.save(update_fields=["preferences"])
        messages.success(request, "Saved.")
        return SeeOther("users:plates")
    return render(request, "users/plates.html", {"form": form}, status=422 if form.is_bound else 200)


@require_http_methods(["GET", "HEAD", "POST"])
def body_mass(request):
    """Shows the user's weighings, newest first, as a list and as a chart; a post adds one."""
    form = BodyMassForm(request.POST if request.method == "POST" else None, user=request.user)
    if form.is_valid():
        form.keep()
        messages.success(request, f"Saved.{rounded_words(form)}")
        return SeeOther("users:body_mass")
    weighings = request.user.body_weights.order_by("-date")
    page = Paginator(weighings, 20).get_page(request.GET.get("page"))
    context = {"form": form, "weighings": weighings, "page": page}
    return render(request, "users/body_mass.html", context, status=422 if form.is_bound else 200)


@require_http_methods(["GET", "HEAD", "POST"])
def body_mass_delete(request, day):
    if request.method == "POST":  # a GET was typed by hand, or follows signing in
        request.user.body_weights.filter(date=day).delete()
    return SeeOther("users:body_mass")


@login_not_required  # the page asks for that itself
@require_safe
def well_known_change_password(request):
    """Leads password managers, which know this address from a standard, to the page that changes the password."""
    return redirect("account_change_password")


@rate_limit(action="reauthenticate")
def account_deactivate(request):
    form = PasswordAgainForm(request.POST if request.method == "POST" else None, user=request.user)
    if form.is_valid():
        request.user.deactivate()
        logout(request)
        return SeeOther("account_inactive")
    return render(request, "users/account_deactivate.html", {"form": form}, status=422 if form.is_bound else 200)
