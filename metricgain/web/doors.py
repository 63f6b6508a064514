"""What is refused before a view, or anything that reads a body, sees it: methods, sizes and encodings of requests."""

import sys
from collections.abc import Callable

from django.contrib.auth.views import redirect_to_login
from django.http import HttpRequest, HttpResponse, HttpResponseNotAllowed
from django.shortcuts import render

MOST_BYTES = 1_000_000  # of a body, where an address does not say otherwise
UNTOLD = sys.maxsize  # the length of a body that came in chunks and was cut at MOST_BYTES, whatever its address takes
METHODS = ("GET", "HEAD", "POST")
UTF_8 = ("utf-8", "utf8", "us-ascii", "")
# In the WSGI environment: the server has the headers only, and receives the body upon "100 Continue".
AWAITED = "metricgain.body_awaited"


def takes(most_bytes: int) -> Callable:
    """A view for signed-in users that takes a larger body than others."""

    def mark(view):
        view.most_bytes = most_bytes
        return view

    return mark


class DoorsMiddleware:
    """Stands before all that reads a body, the check of the CSRF token above all. It answers in `process_view`, so that
    what guards and marks our pages does so here too."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        return self.get_response(request)

    def process_view(self, request, view, args, kwargs):
        if request.method not in METHODS:
            return HttpResponseNotAllowed(methods_of(view))
        return refuse_size(request, view) or refuse_encoding(request)


def refuse_size(request: HttpRequest, view: Callable) -> HttpResponse | None:
    """Or asks for the body, where it has not been received and may be."""
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
    """Those that `require_POST` and the like let through, or a class has; all of METHODS where neither says so."""
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
