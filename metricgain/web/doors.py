"""Refuses requests by method, size and encoding, before a view or any other code reads the body."""

import sys
from collections.abc import Callable

from django.contrib.auth.views import redirect_to_login
from django.http import HttpRequest, HttpResponse, HttpResponseNotAllowed
from django.shortcuts import render

MOST_BYTES = 1_000_000  # of a body, unless the view `takes` more
UNTOLD = sys.maxsize  # stands for the length of a body in chunks that was cut at MOST_BYTES; more than any view takes
METHODS = ("GET", "HEAD", "POST")
UTF_8 = ("utf-8", "utf8", "us-ascii", "")
# A key of the WSGI environment: the server has only the headers so far, and receives the body after "100 Continue".
AWAITED = "metricgain.body_awaited"


def takes(most_bytes: int) -> Callable:
    """Marks a view for signed-in users that takes a body of up to `most_bytes`."""

    def mark(view):
        view.most_bytes = most_bytes
        return view

    return mark


class DoorsMiddleware:
    """Stands before all middleware that reads a body, such as the check of the CSRF token. It answers in
    `process_view`, so that its answers, too, pass the middleware that guards and marks our pages."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        return self.get_response(request)

    def process_view(self, request, view, args, kwargs):
        if request.method not in METHODS:
            return HttpResponseNotAllowed(methods_of(view))
        return refuse_size(request, view) or refuse_encoding(request)


def refuse_size(request: HttpRequest, view: Callable) -> HttpResponse | None:
    """Returns the refusal of a body that is too large (413), or the way to sign in; None lets the request pass.
    Returns a 100 to ask the server for a body that is allowed and not received yet."""
    size = length_of(request)
    if size <= MOST_BYTES:
        return None
    most = getattr(view, "most_bytes", MOST_BYTES)
    if size > most:
        is_told = size != UNTOLD
        said = {"most": f"{(most if is_told else MOST_BYTES) / 1_000_000:g}", "is_told": is_told}
        return render(request, "413.html", said, status=413)
    if not request.user.is_authenticated:
        return redirect_to_login(request.get_full_path())
    return HttpResponse(status=100) if request.META.get(AWAITED) else None


def length_of(request: HttpRequest) -> int:
    said = request.META.get("CONTENT_LENGTH") or "0"
    return int(said) if said.isdecimal() else 0


def refuse_encoding(request: HttpRequest) -> HttpResponse | None:
    if request.method == "POST" and (request.content_params or {}).get("charset", "").strip().lower() not in UTF_8:
        return render(request, "415.html", status=415)
    return None


def methods_of(view: Callable) -> list[str]:
    """Returns the methods that `require_POST` and the like let through, or that a class-based view has; all of METHODS
    for any other view."""
    inner: Callable | None = view
    while inner:
        if of_class := getattr(inner, "view_class", None):
            return [name for name in METHODS if hasattr(of_class, "get" if name == "HEAD" else name.lower())]
        if hasattr(inner, "__code__") and "request_method_list" in inner.__code__.co_freevars:
            return list(
                (inner.__closure__ or ())[inner.__code__.co_freevars.index("request_method_list")].cell_contents
            )
        inner = getattr(inner, "__wrapped__", None)
    return list(METHODS)
