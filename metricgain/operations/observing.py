"""Observes every request: counts it for /metrics, and writes a line of it where ACCESS_LOG asks for that."""

import json
import logging
import re
import secrets
import time
from urllib.parse import quote

from django.conf import settings

from metricgain.operations import metrics, probes

logger = logging.getLogger("metricgain.access")
REQUEST_ID = "X-Request-ID"
FIT = re.compile("[A-Za-z0-9._-]{1,64}")
PROXIED = ("HTTP_X_FORWARDED_FOR", "HTTP_FORWARDED", "HTTP_VIA")


class ObservingMiddleware:
    """Stands before all others, so that it sees every answer, and each request as it came."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        if request.path_info in probes.PROBES:
            request.came_through_a_proxy = any(header in request.META for header in PROXIED)
            return self.get_response(request)
        began = time.perf_counter()
        request.id = _id_of(request)
        answer = self.get_response(request)
        seconds = time.perf_counter() - began
        _count(request, answer, seconds)
        if request.id:
            answer.headers[REQUEST_ID] = request.id
        if settings.ACCESS_LOG:
            logger.info(_line(request, answer, seconds))
        return answer


def _id_of(request) -> str:
    """Returns the id that a proxy gave the request; its own where a log is kept."""
    given = request.headers.get(REQUEST_ID, "")
    if FIT.fullmatch(given):
        return given
    return secrets.token_hex(8) if settings.ACCESS_LOG else ""


def _count(request, answer, seconds: float) -> None:
    found = getattr(request, "resolver_match", None)
    view = found.view_name if found else "static" if request.path_info.startswith("/static/") else "none"
    metrics.requests.labels(view, answer.status_code).observe(seconds)
    is_stale = getattr(answer, "stale", None)
    if is_stale is not None:
        metrics.facts.labels(view, "stale" if is_stale else "stored").inc()


def _line(request, answer, seconds: float) -> str:
    """Returns a line of the log. It has no query, in which a search may stand, and nobody's name."""
    said = {
        "time": time.strftime("%Y-%m-%dT%H:%M:%S%z"),
        "client": request.META.get("REMOTE_ADDR", ""),
        "method": request.method,
        "path": request.path,
        "status": answer.status_code,
        "bytes": int(answer.headers.get("Content-Length") or 0),
        "ms": round(seconds * 1000, 1),
        "id": request.id,
    }
    if settings.ACCESS_LOG == "json":
        return json.dumps(said)
    # A path may have spaces and ends of lines.
    return "{time} {client} {method} {path} {status} {bytes} {ms} {id}".format_map(said | {"path": quote(request.path)})
