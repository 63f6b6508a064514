"""A phone tells its zone, and its day counts in every form, whatever zone the account has."""

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
import time_machine as machine
from django.test import Client, RequestFactory
from django.urls import reverse
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from pytest_django.asserts import assertContains, assertNotContains

from metricgain.days import EAST
from metricgain.tests.test_days import moments, zones
from metricgain.users import whereabouts
from metricgain.users.forms import BodyMassForm
from metricgain.users.models import BodyWeight, User
from training.models import Set, Workout, WorkoutLog
from training.progression.tests.cases import quick
from training.schedule.forms import FreestyleForm
from training.session.forms import BackfillForm, FactForm

BODY_MASS, FREESTYLE = reverse("users:body_mass"), reverse("training:freestyle_start")
THE_29TH = date(2026, 11, 29)


def asked_from(zone: str):
    """A request of a phone in that zone; "" is a phone that tells none."""
    request = RequestFactory().get("/")
    request.COOKIES["zone"] = zone
    return whereabouts.told_by(request)


def forms_of(user: User, day: date, **said) -> list:
    """Returns every form into which a lifter types a day of the past, with that day in it."""
    at = {"latest": user.latest_day(), "here": user.here}
    return [
        BodyMassForm({"weight": "80", "date": day.isoformat()}, user=user),
        FreestyleForm({"day": day.isoformat()}, user=user),
        BackfillForm({"day": day.isoformat(), **said}, **at),
    ]


@quick
@given(moments(), zones, zones)
def test_every_form_takes_the_day_of_the_phone(at, phone, home):
    user, day = User(timezone=home.key), at.astimezone(phone).date()
    with machine.travel(at, tick=False):
        with asked_from(phone.key):
            assert user.today() == day
            assert BodyMassForm(user=user).initial["date"] == day
            assert all(form.is_valid() for form in forms_of(user, day))
            assert FreestyleForm({}, user=user).is_valid()
        with asked_from(""):
            assert all(form.is_valid() for form in forms_of(user, day))
            assert user.today() == at.astimezone(home).date()


@quick
@given(moments(), zones, zones)
def test_no_form_takes_a_day_that_is_nowhere_yet(at, phone, home):
    user, nowhere = User(timezone=home.key), at.astimezone(EAST).date() + timedelta(days=1)
    said = {"local_date": nowhere.isoformat(), "edited_at": (at + timedelta(days=1)).isoformat()}
    with machine.travel(at, tick=False):
        for told in (phone.key, ""):
            with asked_from(told):
                assert not any(form.is_valid() for form in forms_of(user, nowhere, **said))


@quick
@given(moments(), zones)
def test_the_day_that_a_phone_says_with_a_fact_is_believed_whenever_the_fact_arrives(at, phone):
    day = at.astimezone(phone).date()
    for later in (timedelta(0), timedelta(days=9)):
        with machine.travel(at + later, tick=False):
            form = FactForm({"edited_at": at.isoformat(), "local_date": day.isoformat()})
            assert form.is_valid()
            assert form.cleaned_data["local_date"] == day


@quick
@given(moments(), zones)
def test_a_fact_is_never_of_a_day_that_is_nowhere_yet(at, phone):
    nowhere = at.astimezone(EAST).date() + timedelta(days=1)
    with machine.travel(at, tick=False):
        form = FactForm({"edited_at": (at + timedelta(days=2)).isoformat(), "local_date": nowhere.isoformat()})
        assert form.is_valid()
        assert form.cleaned_data["local_date"] is None


@settings(quick, max_examples=20, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(at=moments(), zone=zones, home=zones, is_entry=st.booleans())
def test_a_set_is_stored_with_the_day_of_the_phone(alice, set_url, at, zone, home, is_entry):
    """An entry says the day itself; a plain form leaves it to the cookie."""
    User.objects.filter(id=alice.id).update(timezone=home.key)
    WorkoutLog.objects.all().delete()
    day = at.astimezone(zone).date()
    typed = {"weight": "60", "reps": "10", "unit": "kg"}
    with machine.travel(at, tick=False):
        phone = Client()
        phone.force_login(alice)
        if is_entry:
            typed |= {"edited_at": at.isoformat(), "local_date": day.isoformat(), "zone": zone.key}
        else:
            phone.cookies["zone"] = zone.key
        assert phone.post(set_url(), typed).status_code == 303
    assert WorkoutLog.objects.get().local_date == day


# The lifter of the fault: home is Berlin, and the phone is in Tokyo, where it is five in the morning of the 29th.


@pytest.fixture
def phone(client, alice, time_machine):
    time_machine.move_to("2026-11-28T20:00Z")
    User.objects.filter(id=alice.id).update(timezone="Europe/Berlin")
    client.force_login(alice)
    client.cookies["zone"] = "Asia/Tokyo"
    return client


def backfill(phone, workout, **typed):
    return phone.post(reverse("training:workout_backfill", args=[workout.id, 1]), typed)


@pytest.mark.parametrize("told", ["Asia/Tokyo", "", "UTC", "Mars/Olympus"])
def test_the_day_of_tokyo_is_no_day_to_come(phone, workout, told):
    phone.cookies["zone"] = told
    assert phone.post(BODY_MASS, {"weight": "80", "date": "2026-11-29"}).status_code == 303
    assert backfill(phone, workout, day="2026-11-29").status_code == 303
    assert (BodyWeight.objects.get().date, WorkoutLog.objects.get().local_date) == (THE_29TH, THE_29TH)


def test_the_day_after_is(phone, workout):
    assertContains(phone.post(BODY_MASS, {"weight": "80", "date": "2026-11-30"}), "still to come", status_code=422)
    assertContains(backfill(phone, workout, day="2026-11-30"), "still to come", status_code=422)
    assert not WorkoutLog.objects.exists()


def test_pages_begin_with_the_day_of_the_phone_and_no_field_has_a_last_day(phone, workout):
    page = phone.get(BODY_MASS)
    assertContains(page, 'value="2026-11-29"')
    assertNotContains(page, "max=")
    assertContains(phone.get(reverse("training:workout_detail", args=[workout.id, 1])), 'value="2026-11-29"')


def test_just_train_is_of_the_day_of_the_phone(phone):
    assertContains(phone.post(FREESTYLE, {"day": "2026-11-30"}), "still to come", status_code=422)
    phone.post(FREESTYLE)
    assert Workout.objects.get().name == "Sunday, 29 November"


def test_a_set_is_of_the_day_of_the_phone_without_scripts_too(phone, set_url):
    phone.post(set_url(), {"weight": "60", "reps": "10", "unit": "kg"})
    assert WorkoutLog.objects.get().local_date == THE_29TH


def test_times_are_those_of_the_clock_in_tokyo(phone, workout, set_url):
    phone.post(set_url(), {"weight": "60", "reps": "10", "unit": "kg"})
    backfill(phone, workout, day="2026-11-29", began="04:10", ended="04:50")
    log = WorkoutLog.objects.get()
    assert log.started_at == datetime(2026, 11, 28, 19, 10, tzinfo=UTC)
    assert Set.objects.get().performed_at <= log.completed_at == datetime(2026, 11, 28, 19, 50, tzinfo=UTC)
    page = phone.get(reverse("training:workout_detail", args=[workout.id, 1]))
    assertContains(page, 'value="04:10:00"')


def test_times_that_were_typed_without_a_signal_are_those_of_the_clock_then(phone, workout, time_machine):
    """They arrive two days later, from home."""
    said = {"edited_at": "2026-11-28T20:00Z", "local_date": "2026-11-29", "zone": "Asia/Tokyo"}
    time_machine.move_to("2026-11-30T20:00Z")
    phone.cookies["zone"] = "Europe/Berlin"
    backfill(phone, workout, day="2026-11-29", began="04:10", ended="04:50", **said)
    log = WorkoutLog.objects.get()
    assert (log.local_date, log.started_at) == (THE_29TH, datetime(2026, 11, 28, 19, 10, tzinfo=UTC))


def test_the_day_that_an_entry_says_is_taken_though_the_cookie_is_of_home(phone, workout):
    phone.cookies["zone"] = "Europe/Berlin"
    assert backfill(phone, workout, day="2026-11-29").status_code == 422
    assert backfill(phone, workout, day="2026-11-29", local_date="2026-11-29").status_code == 303


def test_a_request_leaves_no_zone_behind(phone, alice):
    phone.get(BODY_MASS)
    assert whereabouts.phone_zone.get() is None
    alice.refresh_from_db()
    assert (alice.here, alice.today()) == (ZoneInfo("Europe/Berlin"), date(2026, 11, 28))
