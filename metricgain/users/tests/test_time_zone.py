"""Today asks once whether the account moves to the zone in which its phone has been for two days."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from pytest_django.asserts import assertContains, assertNotContains, assertRedirects

from metricgain.users.models import User

TODAY, URL = "/", reverse("users:time_zone")
ASKS = "Another time zone"
DAY = timedelta(days=1)


@pytest.fixture
def phone(signed_in, clock):
    User.objects.update(timezone="Europe/Berlin")
    signed_in.cookies["zone"] = "Asia/Tokyo"
    return signed_in


@pytest.fixture
def asked(phone, clock):
    """The phone after two days in Tokyo."""
    phone.get(TODAY)
    clock.shift(2 * DAY)
    assertContains(phone.get(TODAY), ASKS)
    return phone


def answer(phone, said, zone="Asia/Tokyo"):
    return phone.post(URL, {"timezone": zone, "answer": said}, follow=True)


def zone_of_alice() -> str:
    return User.objects.get().timezone


def test_it_asks_after_two_days_and_not_before(phone, clock):
    assertNotContains(phone.get(TODAY), ASKS)
    clock.shift(2 * DAY - timedelta(minutes=1))
    assertNotContains(phone.get(TODAY), ASKS)
    clock.shift(timedelta(minutes=1))
    page = phone.get(TODAY)
    assertContains(page, "this phone has shown the time of Tokyo; your account has that of Berlin.")
    assertContains(page, "Change to Tokyo")
    assertContains(page, "Keep Berlin")


def test_the_account_moves(asked):
    page = answer(asked, "change")
    assertRedirects(page, TODAY, status_code=303)
    assertContains(page, "The time zone of your account is now Asia/Tokyo.")
    assertNotContains(page, ASKS)
    assert zone_of_alice() == "Asia/Tokyo"


def test_the_account_stays_and_is_not_asked_about_that_zone_again(asked, clock):
    page = answer(asked, "keep")
    assertContains(page, "The time zone of your account stays Europe/Berlin.")
    clock.shift(30 * DAY)
    assertNotContains(asked.get(TODAY), ASKS)
    assert zone_of_alice() == "Europe/Berlin"


def test_about_another_zone_it_asks_again_after_two_more_days(asked, clock):
    answer(asked, "keep")
    asked.cookies["zone"] = "America/New_York"
    assertNotContains(asked.get(TODAY), ASKS)
    clock.shift(2 * DAY)
    assertContains(asked.get(TODAY), "Change to New York")
    answer(asked, "keep", "America/New_York")
    assert User.objects.get().zones_declined == ["America/New_York", "Asia/Tokyo"]


def test_who_was_home_in_between_is_asked_two_days_later(phone, clock):
    for zone in ("Asia/Tokyo", "Europe/Berlin", "Asia/Tokyo"):
        phone.cookies["zone"] = zone
        assertNotContains(phone.get(TODAY), ASKS)
        clock.shift(DAY)
    assertNotContains(phone.get(TODAY), ASKS)
    clock.shift(DAY)
    assertContains(phone.get(TODAY), ASKS)


def test_another_phone_at_home_is_not_asked(asked, alice):
    desk = Client()
    desk.force_login(alice)
    desk.cookies["zone"] = "Europe/Berlin"
    assertNotContains(desk.get(TODAY), ASKS)
    assertContains(asked.get(TODAY), ASKS)


@pytest.mark.parametrize("zone", ["Europe/Vienna", "Europe/Berlin", "UTC", "Mars/Olympus", ""])
def test_a_clock_that_shows_the_same_and_a_zone_that_is_not_known_are_no_question(phone, clock, zone):
    phone.cookies["zone"] = zone
    for _ in range(3):
        assertNotContains(phone.get(TODAY), ASKS)
        clock.shift(2 * DAY)


def test_it_writes_only_when_the_zone_is_new(phone):
    def writes() -> int:
        with CaptureQueriesContext(
            connection,
        ) as queries:
            phone.get(TODAY)
        return sum(one["sql"].startswith(("UPDATE", "INSERT")) for one in queries)

    assert [writes() for _ in range(3)] == [1, 0, 0]


@pytest.mark.parametrize(
    "said", [{}, {"timezone": "Mars/Olympus", "answer": "change"}, {"timezone": "Asia/Tokyo", "answer": "?"}]
)
def test_what_no_button_posts_changes_nothing(phone, said):
    assert phone.post(URL, said).status_code == 404
    assert zone_of_alice() == "Europe/Berlin"


def test_it_is_a_post(phone):
    assert phone.get(URL).status_code == 405


def test_other_preferences_stay(asked):
    User.objects.update(preferences={"unit": "lb", "zones_declined": "broken"})
    answer(asked, "keep")
    assert User.objects.get().preferences == {"unit": "lb", "zones_declined": ["Asia/Tokyo"]}
