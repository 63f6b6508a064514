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
