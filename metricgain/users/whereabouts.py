"""Where a lifter is: in the time zone that their phone tells with each request."""

from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from metricgain.days import city_of, zone_of

COOKIE = "zone"  # static/js/entering.js writes it
ASKED_AFTER = timedelta(days=2)
_ELSEWHERE = "elsewhere"  # in the session: the zone of the phone, and since when it was another than the account's

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


@dataclass(frozen=True, slots=True)
class ZoneQuestion:
    """Whether the account moves from the zone `home` to `zone`, where the phone is."""

    zone: str
    home: str

    @property
    def there(self) -> str:
        return city_of(self.zone)

    @property
    def at_home(self) -> str:
        return city_of(self.home)


def zone_question(request, *, now: datetime) -> ZoneQuestion | None:
    """Returns the question to a lifter whose phone has for two days shown another time than the account's zone has;
    None where they said already that the account stays. The session, one for each phone, remembers since when."""
    user, zone = request.user, phone_zone.get()
    if zone is None or now.astimezone(zone).utcoffset() == now.astimezone(user.zone).utcoffset():
        request.session.pop(_ELSEWHERE, None)
        return None
    place, since = request.session.get(_ELSEWHERE, (None, None))
    if place != zone.key:
        request.session[_ELSEWHERE] = [zone.key, now.isoformat()]
        return None
    if now - datetime.fromisoformat(since) < ASKED_AFTER or zone.key in user.zones_declined:
        return None
    return ZoneQuestion(zone=zone.key, home=user.zone.key)
