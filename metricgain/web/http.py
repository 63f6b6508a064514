from django.conf import settings
from django.http.response import HttpResponseRedirectBase
from django.shortcuts import resolve_url
from django.utils.http import url_has_allowed_host_and_scheme


class SeeOther(HttpResponseRedirectBase):
    """A 303: the post is stored, and the browser gets the page that shows it."""

    status_code = 303
    stale: bool  # where a later edit stands
    stands: str  # and what it says, for an outbox

    def __init__(self, to, *args, **kwargs):
        super().__init__(resolve_url(to, *args, **kwargs))


# Each request of an outbox has this header, with the id of the user who made the entry. Its answer is meant for a
# script: 200 instead of 303, 401 instead of a redirect to sign in, each with the address that was posted to.
OUTBOX = "X-Outbox"


# The page from which an outbox posts. Where that is the session of the entry, the answer brings the parts of the page
# that the entry changed.
PARTS = "X-Parts"


def is_from_outbox(request) -> bool:
    return OUTBOX in request.headers


def asks_for_parts(request) -> bool:
    page = request.headers.get(PARTS, "")
    return len(page) > 1 and request.path.startswith(page)


def is_fetched(request) -> bool:
    """Tells whether a script fetches the page, such as a phone that saves pages ahead, and nobody opens it. False for
    an old browser, which sends no such header."""
    return request.headers.get("Sec-Fetch-Mode", "navigate") != "navigate"


def shown_address(request, path: str) -> str:
    """Returns the full URL of `path`, for a link that people share. It begins with SITE_URL where the owner set that,
    because a browser on the server itself says "localhost"; otherwise with the host of this request."""
    return settings.SITE_URL + path if settings.IS_SITE_NAMED else request.build_absolute_uri(path)


LONGEST = 1500  # characters of an address to go back to; Django refuses to redirect to one of 2048


def is_page_of_ours(address: str) -> bool:
    """Tells whether a redirect to `address` stays on this site: a path from the root, "/exercises/?q=row#12"."""
    is_path = address.startswith("/") and not address.startswith(("//", "/\\"))
    is_fit = len(address) <= LONGEST and address.isprintable()
    return is_path and is_fit and url_has_allowed_host_and_scheme(address, allowed_hosts=None)


def way_back(request) -> str:
    """Returns the address in `next`, the page of ours to go back to afterwards; empty where there is none."""
    address = request.POST.get("next") or request.GET.get("next") or ""
    return address if is_page_of_ours(address) else ""
