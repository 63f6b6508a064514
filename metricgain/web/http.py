from django.conf import settings
from django.http.response import HttpResponseRedirectBase
from django.shortcuts import resolve_url
from django.utils.http import url_has_allowed_host_and_scheme


class SeeOther(HttpResponseRedirectBase):
    """303: what was posted is stored; get the page that shows it."""

    status_code = 303
    stale: bool  # where a later edit stands
    stands: str  # and what it says, for an outbox

    def __init__(self, to, *args, **kwargs):
        super().__init__(resolve_url(to, *args, **kwargs))


# What a page's outbox sends carries the id of the user who made the entry. Such a request is answered for a script:
# 200 instead of 303, 401 instead of the way to sign in, each with the address that was posted to.
OUTBOX = "X-Outbox"


def is_from_outbox(request) -> bool:
    return OUTBOX in request.headers


def is_fetched(request) -> bool:
    """Whether a script asks, such as a phone that saves pages ahead, and nobody opens the page. An old browser does not
    say."""
    return request.headers.get("Sec-Fetch-Mode", "navigate") != "navigate"


def shown_address(request, path: str) -> str:
    """The whole address of a page of ours, to be passed on: as SITE_URL says where that is set, since whoever is on the
    machine itself has "localhost" in theirs; else as it was asked for just now."""
    return settings.SITE_URL + path if settings.IS_SITE_NAMED else request.build_absolute_uri(path)


LONGEST = 1500  # characters of an address to go back to; Django refuses to redirect to one of 2048


def is_page_of_ours(address: str) -> bool:
    """Whether a redirect to it stays here: a path from the root, "/exercises/?q=row#12"."""
    is_path = address.startswith("/") and not address.startswith(("//", "/\\"))
    is_fit = len(address) <= LONGEST and address.isprintable()
    return is_path and is_fit and url_has_allowed_host_and_scheme(address, allowed_hosts=None)


def way_back(request) -> str:
    """`next`: the page of ours that led here and wants its lifter back; empty where none says so."""
    address = request.POST.get("next") or request.GET.get("next") or ""
    return address if is_page_of_ours(address) else ""
