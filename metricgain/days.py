"""Days on Earth: which day it is in a time zone, and which days a lifter can name. No clock: the moment is given."""

from datetime import date, datetime, timedelta, timezone, tzinfo
from functools import cache
from zoneinfo import ZoneInfo, available_timezones

from django.core.exceptions import ValidationError

EARLIEST = date(2000, 1, 1)  # an earlier day is a mistyped year, or comes from a broken clock
# The time zones that are the furthest behind and ahead.
WEST, EAST = timezone(timedelta(hours=-12)), timezone(timedelta(hours=14))


@cache  # reading the names searches the disk
def places() -> tuple[str, ...]:
    """Returns the names of the time zones that are places, such as "Asia/Tokyo", in their order."""
    return tuple(sorted(name for name in available_timezones() if "/" in name))


def zone_of(place: str) -> ZoneInfo | None:
    """Returns the time zone of that name; None for one that names no known place. "UTC" names none: it is what a
    browser says that hides where it is."""
    return ZoneInfo(place) if place in places() else None


def in_words(zone: str) -> str:
    """Returns the name of a time zone for people: "America/New York"."""
    return zone.replace("_", " ")


def city_of(zone: str) -> str:
    """Returns the place that names a time zone: "New York"."""
    return in_words(zone).rpartition("/")[2]


def is_somewhere(day: date, at: datetime) -> bool:
    """Whether `day` is today anywhere on Earth at that moment."""
    return at.astimezone(WEST).date() <= day <= at.astimezone(EAST).date()


def latest_day(at: datetime, *, phone: tzinfo | None, home: tzinfo) -> date:
    """Returns the latest day that a lifter can name at that moment: today in the zone of their phone or of their
    account, whichever is later. `phone`: None where it tells no zone, and then any place on Earth will do."""
    return max(at.astimezone(zone).date() for zone in (phone or EAST, home))


def past_day(day: date, *, latest: date) -> date:
    """Returns a day that was typed. Raises ValidationError for one after `latest`, or long ago."""
    if day > latest:
        raise ValidationError("That day is still to come.")
    if day < EARLIEST:
        raise ValidationError("That is long ago; check the year.")
    return day
