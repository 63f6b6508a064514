from datetime import timedelta

import pytest
from django.contrib.sessions.models import Session
from django.test import Client
from django.utils import timezone

from metricgain.users import sessions
from metricgain.users.models import StoredSession, User
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


def test_a_session_says_whose_it_is(phone, alice):
    """It is signed in only after it was made."""
    assert [one.user_id for one in StoredSession.objects.all()] == [alice.id]
    phone.post("/logout/")
    assert not StoredSession.objects.filter(user_id=alice.id).exists()


@pytest.fixture
def bob(db):
    bob = User.objects.create_user("bob@example.org", PASSWORD)
    for _ in range(3):
        Client().force_login(bob)
    return bob


def test_ending_a_users_sessions_reads_no_others(phone, bob, django_assert_num_queries):
    with django_assert_num_queries(2):  # theirs, and those that an earlier version stored
        sessions.end_all_of(bob)
    assert not StoredSession.objects.filter(user_id=bob.id).exists()
    assert phone.get("/settings/").status_code == 200


@pytest.fixture
def stored_before(phone, bob, monkeypatch):
    """The sessions are those of an earlier version, some of them beyond what is read at once."""
    monkeypatch.setattr(sessions, "READ_AT_ONCE", 2)
    StoredSession.objects.update(user_id=None)


def test_those_of_an_earlier_version_end_too(stored_before, phone, bob):
    sessions.end_all_of(bob)
    assert StoredSession.objects.count() == 1
    assert phone.get("/settings/").status_code == 200


def test_the_sweep_names_their_users(stored_before, alice, bob):
    sessions.sweep_sessions.func()
    named = StoredSession.objects.values_list("user_id", flat=True)
    assert sorted(named) == [alice.id, bob.id, bob.id, bob.id]
