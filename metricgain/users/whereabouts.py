"""Where a lifter is: in the time zone that their phone tells with each request."""

from contextlib import contextmanager
from contextvars import ContextVar
from zoneinfo import ZoneInfo

from metricgain.days import zone_of

COOKIE = "zone"  # static/js/entering.js writes it

# None: the phone tells no zone, or this code answers no request.
phone_zone: ContextVar[ZoneInfo | None] = ContextVar("phone_zone", default=None)


@contextmanager
def told_by(request):
    """Within it, the phone is in the zone that `request` tells."""
    before = phone_zone.set(zone_of(request.COOKIES.get(COOKIE, "")))
    try:
        yield
    finally:
        phone_zone.reset(before)
