from django.conf import settings
from django.http.response import HttpResponseRedirectBase
from django.shortcuts import resolve_url


class SeeOther(HttpResponseRedirectBase):
    """303: what was posted is stored; get the page that shows it."""

    status_code = 303

    def __init__(self, to, *args, **kwargs):
        super().__init__(resolve_url(to, *args, **kwargs))


# What a page's outbox sends carries the id of the user who made the entry. Such a request is answered for a script:
# 200 instead of 303, 401 instead of the way to sign in, each with the address that was posted to.
OUTBOX = "X-Outbox"


def is_from_outbox(request) -> bool:
    return OUTBOX in request.headers


def shown_address(request, path: str) -> str:
    """The whole address of a page of ours, to be passed on: as SITE_URL says where that is set, since whoever is on the
    machine itself has "localhost" in theirs; else as it was asked for just now."""
    return settings.SITE_URL + path if settings.IS_SITE_NAMED else request.build_absolute_uri(path)
