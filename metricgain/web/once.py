"""A form that is sent twice, by a double tap or a browser that tries again, makes one row. Both get the same page."""

import functools
import hashlib
from collections.abc import Callable

from django.core.cache import cache
from django.db import connection, transaction
from django.http import HttpRequest
from django.http.response import HttpResponseBase

from metricgain.web.http import SeeOther

KEPT = 60  # seconds for which the answer is known; who goes back and sends the form later means it
NOW = "SELECT extract(epoch FROM clock_timestamp())"  # one clock for all servers
LOCK = "SELECT pg_advisory_xact_lock(hashtextextended(%s, 0))"


def once(view: Callable[..., HttpResponseBase]) -> Callable[..., HttpResponseBase]:
    """Lets a user's POSTs to one address take turns, so that each is checked against what the one before has made. A
    POST that was sent before is answered as it was then, if it led to another page.

    It was sent before if its body is the same. A body holds the form's token, which differs from page to page: whoever
    opens the page again and types the same means a second row. A body without a token counts as the same only while the
    other is being answered."""

    @functools.wraps(view)
    def wrapper(request: HttpRequest, *args: object, **kwargs: object) -> HttpResponseBase:
        if request.method != "POST":
            return view(request, *args, **kwargs)
        with transaction.atomic():
            came = _now()
            _take_turn(request)
            key = _key_of(request)
            made = cache.get(key) if request.user.is_authenticated else None
            if made and (made["at"] >= came or "csrfmiddlewaretoken" in request.POST):
                return SeeOther(made["address"])
            answer = view(request, *args, **kwargs)
            if isinstance(answer, SeeOther):
                cache.set(key, {"at": _now(), "address": answer.url}, KEPT)
            return answer

    return wrapper


def _take_turn(request: HttpRequest) -> None:
    """Waits for the user's other POST to this address. Visitors are told apart by the mail address that they type."""
    who = request.user.pk or request.POST.get("email", "").strip().lower()
    with connection.cursor() as cursor:
        cursor.execute(LOCK, [f"{who} {request.path}"])


def _key_of(request: HttpRequest) -> str:
    files = [file for _, several in sorted(request.FILES.lists()) for file in several]
    contents = [hashlib.sha256(file.read()).hexdigest() for file in files]
    for file in files:
        file.seek(0)
    said = (request.user.pk, request.get_full_path(), sorted(request.POST.lists()), contents)
    return f"once-{request.user.pk}-" + hashlib.sha256(repr(said).encode()).hexdigest()


def keys_of(user_id: int) -> str:
    """Returns how the keys of the answers to a user begin, in the table of the cache."""
    return cache.make_key(f"once-{user_id}-")


def _now() -> float:
    with connection.cursor() as cursor:
        cursor.execute(NOW)
        return float(cursor.fetchone()[0])
