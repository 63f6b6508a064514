"""The links that commands print."""

from allauth.account.forms import default_token_generator
from allauth.account.utils import user_pk_to_url_str
from django.conf import settings
from django.urls import reverse

from metricgain.operations.servers import running
from metricgain.users.models import User


def address() -> str:
    """Returns the address with which links begin: SITE_URL where the owner set it, else what the running `serve` of
    this DATA_DIR says, else where `serve` would listen. HOST and PORT may be set for `serve` alone."""
    if settings.IS_SITE_NAMED:
        return settings.SITE_URL
    return running.site(settings.DATA_DIR, settings.PORT) or settings.SITE_URL


def reset_link(user: User) -> str:
    """Returns the link with which this account chooses a new password."""
    arguments = {"uidb36": user_pk_to_url_str(user), "key": default_token_generator.make_token(user)}
    return address() + reverse("account_reset_password_from_key", kwargs=arguments)
