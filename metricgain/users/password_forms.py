"""Asking for a new password. The answer must not tell whether an email address has an account."""

from allauth.account.fields import EmailField
from allauth.account.forms import default_token_generator
from allauth.account.internal.flows.password_reset import request_password_reset
from allauth.account.internal.userkit import filter_users_by_email
from django import forms

from metricgain.users.models import User


class ResetPasswordForm(forms.Form):
    """Takes any email address. For one without an account (nor an active one) it writes the same mail, to nobody, so
    that the answer takes as long."""

    email = EmailField(required=True)

    def save(self, request) -> None:
        email = User.objects.spelling_of(self.cleaned_data["email"])
        found = filter_users_by_email(email, is_active=True, prefer_verified=True, for_login=True)
        request_password_reset(request, email, found or [User(id=0, email=email)], default_token_generator)
