from datetime import timedelta

import pytest
from django.contrib.sessions.models import Session
from django.utils import timezone

from metricgain.users.tests.conftest import PASSWORD

YEAR = 365 * 24 * 3600
DAY = 24 * 3600


@pytest.fixture
def phone(client, alice):
    """Signs in through the page, because django-allauth itself sets how long such a session lasts."""
    client.post("/login/", {"login": alice.email, "password": PASSWORD})
    return client


def days_left() -> float:
    return (Session.objects.get().expire_date - timezone.now()) / timedelta(days=1)


def test_a_session_lasts_a_year(phone):
    cookie = phone.cookies["sessionid"]
    assert cookie["max-age"] == YEAR
    assert cookie["httponly"] and cookie["samesite"] == "Lax"
    assert days_left() == pytest.approx(365, abs=0.01)


def test_an_ordinary_request_writes_no_session(phone, clock, django_assert_num_queries):
    clock.shift(DAY - 60)
    with django_assert_num_queries(3):
        answer = phone.get("/settings/")
    assert "sessionid" not in answer.cookies


def test_the_first_request_after_a_day_renews_session_and_cookie(phone, clock, django_assert_num_queries):
    clock.shift(DAY + 60)
    answer = phone.get("/settings/")
    assert answer.cookies["sessionid"]["max-age"] == YEAR
    assert days_left() == pytest.approx(365, abs=0.01)
    with django_assert_num_queries(3):  # and it is done for the day
        phone.get("/settings/")


def test_who_trains_once_a_year_is_never_signed_out(phone, clock):
    for _ in range(3):
        clock.shift(YEAR - DAY)
        assert phone.get("/settings/").status_code == 200


def test_who_stays_away_for_more_than_a_year_signs_in_again(phone, clock):
    clock.shift(YEAR + 60)
    assert phone.get("/settings/").status_code == 302


def test_signing_out_on_a_day_of_renewal_ends_the_session(phone, clock):
    clock.shift(2 * DAY)
    phone.post("/logout/")
    assert phone.get("/settings/").status_code == 302
    assert not Session.objects.filter(session_data__contains="_auth_user_id").exists()


def test_a_visitor_gets_no_session(client, db):
    client.get("/login/")
    assert not Session.objects.exists()
