"""The answer to the outbox of a phone after it posts a fact. It is never a redirect, and it always has the address of
the fact, which no captive portal can know."""

import time
from collections.abc import Callable
from functools import wraps

from django.http import Http404, HttpResponse
from django.middleware.csrf import get_token
from django.template.loader import render_to_string

from metricgain.web.http import SeeOther, asks_for_parts, is_from_outbox
from training.session.page.parts import SessionParts

ReadParts = Callable[[], SessionParts | None]
UNKNOWN = "The server does not know this workout or exercise (any more)."


class BackToSession(SeeOther):
    """Redirects to the session after a post was stored. The others are for the outbox: see `answer_of`."""

    def __init__(self, page: str, *, stale: bool, stands: str, rounded: str, parts: ReadParts | None):
        super().__init__(page)
        self.stale, self.stands, self.rounded, self.parts = stale, stands, rounded, parts


class OutboxAnswer(HttpResponse):
    stale: bool | None  # where the fact was stored, or a later one stands; for /metrics


def answers_outbox(view):
    """Wraps a view: where the outbox posts, the redirect becomes a 200 with what stands now."""

    @wraps(view)
    def answered(request, *args, **kwargs):
        if request.method != "POST" or not is_from_outbox(request):
            return view(request, *args, **kwargs)
        try:
            answer = view(request, *args, **kwargs)
        except Http404:
            return answer_of(request, status=404, words=UNKNOWN)
        if isinstance(answer, BackToSession):
            stands, rounded, parts = answer.stands, answer.rounded, answer.parts
            return answer_of(request, stale=answer.stale, stands=stands, rounded=rounded, read_parts=parts)
        return answer

    return answered


def answer_of(
    request,
    *,
    status: int = 200,
    words: str = "",
    stale: bool = False,
    stands: str = "",
    rounded: str = "",
    read_parts: ReadParts | None = None,
):
    """Returns the answer to the outbox. `words`: what is wrong with the post. `stale`: a later edit is already stored.
    `stands`: that edit in words, where the fact is a set. `rounded`: its row, where its weight was rounded.
    `read_parts`: reads what the fact changed of the page.

    Its `at`, in milliseconds, is taken after the commit and before parts are read, so that a page or a part read later
    than that shows what was stored."""
    at = time.time_ns() // 1_000_000
    context = {"address": request.path, "at": at, "words": words, "stale": stale, "stands": stands, "session": None}
    if read_parts and asks_for_parts(request) and (parts := read_parts()):
        context |= {"session": parts, "csrf_token": get_token(request), "kept": None, "rounded": rounded}
    answer = OutboxAnswer(
        render_to_string("training/session/page/_answer.html", context, using="jinja2"), status=status
    )
    answer.stale = stale if status == 200 else None
    answer.headers["Cache-Control"] = "no-store"
    return answer


def refused_words(form) -> str:
    return " ".join(message for messages in form.errors.values() for message in messages)
