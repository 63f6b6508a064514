"""Our answers to django-allauth: who may sign up, where links in mail lead, what a refusal says."""

from urllib.parse import quote

from allauth.account.adapter import DefaultAccountAdapter
from django.conf import settings
from django.urls import reverse

from metricgain.users.invitations import is_invited
from metricgain.web.http import is_page_of_ours


class AccountAdapter(DefaultAccountAdapter):
    error_messages = DefaultAccountAdapter.error_messages | {
        "email_password_mismatch": "The email or the password is not correct.",
        "too_many_login_attempts": (
            "Too many wrong passwords. Wait five minutes and try again, or choose a new one: “Forgot your password?”"
        ),
        "unknown_email": "No active account has this address.",
    }

    def is_open_for_signup(self, request) -> bool:
        if settings.SIGNUP == "invite":
            return is_invited(request.GET.get("invite", ""))
        return settings.SIGNUP == "open"

    def is_safe_url(self, url: str) -> bool:
        return is_page_of_ours(url)

    def get_reset_password_from_key_url(self, key: str) -> str:
        """Returns a link that begins with SITE_URL. The Host header of a stranger's request must not decide where a
        link in somebody's mail leads."""
        path = reverse("account_reset_password_from_key", kwargs={"uidb36": "UID", "key": "KEY"})
        return settings.SITE_URL + path.replace("UID-KEY", quote(key))

    def get_password_change_redirect_url(self, request) -> str:
        return reverse("users:settings")
