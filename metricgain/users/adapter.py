"""Our answers to django-allauth: who may sign up, where links in mail lead, what a refusal says."""

from urllib.parse import quote

from allauth.account.adapter import DefaultAccountAdapter
from allauth.core.internal import ratelimit
from django.conf import settings
from django.urls import reverse

from metricgain.users.invitations import is_invited
from metricgain.users.mail import send_beside
from metricgain.users.models import User
from metricgain.users.spelling import forms_of, reachable, stored_form
from metricgain.web import hosts
from metricgain.web.http import is_page_of_ours

ACCOUNTS = "allauth.account"  # whose limits count attempts


class AccountAdapter(DefaultAccountAdapter):
    error_messages = DefaultAccountAdapter.error_messages | {
        "email_password_mismatch": "The email or the password is not correct.",
        "too_many_login_attempts": (
            "Too many wrong passwords. Wait five minutes and try again, or choose a new one: “Forgot your password?”"
        ),
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

    def clean_email(self, email: str) -> str:
        return reachable(email)

    def clean_password(self, password: str, user=None) -> str:
        """Judges the password as it will be stored, where an accent is no further character."""
        super().clean_password(stored_form(password), user=user)
        return password

    def authenticate(self, request, **credentials):
        credentials["email"] = User.objects.spelling_of(credentials.get("email", ""))
        return super().authenticate(request, **credentials)

    def authentication_failed(self, request, **credentials) -> None:
        """Hashes as often for an address without an account as for one with it, so that the time tells nothing."""
        if not User.objects.filter(email=credentials["email"]).exists():
            for form in forms_of(credentials["password"])[1:]:  # django-allauth has hashed the first
                User().set_password(form)

    def send_password_reset_mail(self, user, email: str, context) -> None:
        """Renders the mail, and sends it where `user` is a stored account."""
        message = self.render_mail("account/email/password_reset_key", email, context | {"email": email})
        if user.pk:
            send_beside(message)

    def get_password_change_redirect_url(self, request) -> str:
        return reverse("users:settings")

    # Attempts

    def get_client_ip(self, request) -> str:
        """Returns the address by which attempts are counted. django-allauth cuts an IPv6 address to its network. Uncut,
        an IPv4 address in IPv6 clothes (`::ffff:192.168.1.20`, as a listener on `::` sees it) would make one client of
        all IPv4 addresses, and the zone of `fe80::1%eth0` would fail."""
        peer = request.META.get("REMOTE_ADDR", "").partition("%")[0]
        return str(hosts.address_of(peer) or super().get_client_ip(request))

    def key_here(self, request, email: str) -> str:
        """Returns what the low limits count by: the client's address and the email address together."""
        return f"{ratelimit.get_ip(request)} {email.strip().lower()}"

    def _get_login_attempts_cache_key(self, request, **credentials) -> str:
        # By django-allauth's key, email and Host header, a stranger locks out the owner of an account from anywhere,
        # and gets as many guesses as the server has names: on a server in a LAN, all private addresses.
        return self.key_here(request, credentials.get("email", ""))

    def pre_authenticate(self, request, **credentials) -> None:
        super().pre_authenticate(request, **credentials)
        email = credentials.get("email", "").strip().lower()
        self._from_anywhere = ratelimit.consume(request, app=ACCOUNTS, action="login_failed_anywhere", key=email)
        if not self._from_anywhere:
            super()._rollback_login_failed_rl_usage()
            raise self.validation_error("too_many_login_attempts")

    def _rollback_login_failed_rl_usage(self) -> None:
        super()._rollback_login_failed_rl_usage()
        if self._from_anywhere:
            self._from_anywhere.rollback()

    def forget_wrong_passwords(self, request, email: str) -> None:
        """Lets in who has just chosen a new password, however many wrong ones were tried before."""
        self._delete_login_attempts_cached_email(request, email=email)
        ratelimit.clear(request, app=ACCOUNTS, action="login_failed_anywhere", key=email.strip().lower())
