"""A day that a wall shows is never refused, and a day that is nowhere yet always is: in every zone, around midnight,
clock changes and the date line."""

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.core.exceptions import ValidationError
from hypothesis import example, given
from hypothesis import strategies as st

from metricgain.days import EARLIEST, EAST, WEST, is_somewhere, latest_day, past_day, places, zone_of
from training.progression.tests.cases import quick

# The zones next to the date line, one that left out 30 December 2011, and one whose clock changes by half an hour.
ODD = ["Pacific/Kiritimati", "Pacific/Pago_Pago", "Etc/GMT+12", "Pacific/Apia", "Australia/Lord_Howe"]
zones = st.sampled_from(ODD).map(ZoneInfo) | st.sampled_from(places()).map(ZoneInfo)


@st.composite
def moments(draw) -> datetime:
    """Returns a moment, most often near midnight in some zone. Clocks change at midnight or a few hours after it."""
    day = draw(st.dates(date(2000, 1, 2), date(2099, 12, 31)))
    near = draw(st.timedeltas(-timedelta(hours=4), timedelta(hours=4)) | st.timedeltas(timedelta(0), timedelta(days=1)))
    return (datetime(day.year, day.month, day.day, tzinfo=draw(zones)).astimezone(UTC) + near).replace(microsecond=0)


def is_refused(day: date, latest: date) -> bool:
    try:
        return past_day(day, latest=latest) != day
    except ValidationError as error:
        assert error.messages == ["That day is still to come."]
        return True


@quick
@given(moments(), zones, zones)
@example(datetime(2026, 11, 28, 20, tzinfo=UTC), ZoneInfo("Asia/Tokyo"), ZoneInfo("Europe/Berlin"))
@example(datetime(2011, 12, 30, 10, tzinfo=UTC), ZoneInfo("Pacific/Apia"), ZoneInfo("Pacific/Pago_Pago"))
def test_the_day_of_the_phone_and_that_of_the_account_are_never_refused(at, phone, home):
    for day in (at.astimezone(phone).date(), at.astimezone(home).date()):
        assert is_somewhere(day, at)
        assert not is_refused(day, latest_day(at, phone=phone, home=home))
        assert not is_refused(day, latest_day(at, phone=None, home=home))


@quick
@given(moments(), zones | st.none(), zones, st.integers(1, 3000))
def test_a_day_that_is_nowhere_yet_is_always_refused(at, phone, home, days):
    nowhere = at.astimezone(EAST).date() + timedelta(days=days)
    assert not is_somewhere(nowhere, at)
    assert is_refused(nowhere, latest_day(at, phone=phone, home=home))


@quick
@given(moments(), zones, zones)
def test_tomorrow_is_refused_where_the_phone_tells_its_zone(at, phone, home):
    days = [at.astimezone(zone).date() for zone in (phone, home)]
    assert is_refused(max(days) + timedelta(days=1), latest_day(at, phone=phone, home=home))


@quick
@given(moments(), st.integers(1, 3000))
def test_a_day_that_is_over_everywhere_is_nowhere(at, days):
    assert not is_somewhere(at.astimezone(WEST).date() - timedelta(days=days), at)


def test_a_mistyped_year_is_long_ago():
    assert past_day(EARLIEST, latest=EARLIEST) == EARLIEST
    with pytest.raises(ValidationError, match="check the year"):
        past_day(EARLIEST - timedelta(days=1), latest=EARLIEST)


@pytest.mark.parametrize(
    "told", ["", "UTC", "Mars/Olympus", "Asia", "../etc/passwd", "asia/tokyo", "Asia/Tokyo\0", "x" * 9000]
)
def test_what_names_no_place_is_no_zone(told):
    assert zone_of(told) is None


def test_every_place_has_its_zone():
    assert len(places()) > 300
    assert [zone_of(place).key for place in places()] == list(places())
