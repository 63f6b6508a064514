"""A phone far from home: its zone reaches the server, and Today asks about it."""

from contextlib import contextmanager
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.contrib.sessions.models import Session
from django.utils import timezone
from playwright.sync_api import expect

from metricgain.tests.e2e.conftest import PHONE
from metricgain.tests.e2e.floor import flushed
from metricgain.tests.e2e.signing_in import signed_in
from metricgain.tests.e2e.test_pages import faults_of, faults_of_large_words
from metricgain.users.models import BodyWeight, User
from metricgain.users.sessions import SessionStore
from training.models import WorkoutLog
from training.tests.factories import planned_workout

# 25 hours apart: it is never the same day in both.
HOME, THERE = "Pacific/Pago_Pago", "Pacific/Kiritimati"


@pytest.fixture
def alice(transactional_db):
    return User.objects.create_user("alice@example.org", "correct-horse-7", timezone=HOME)


@contextmanager
def phone_in(browser, server, zone, **given):
    context = browser.new_context(base_url=server, timezone_id=zone, **(given or PHONE))
    yield signed_in(context.new_page())
    context.close()


def day_there() -> str:
    return datetime.now(ZoneInfo(THERE)).date().isoformat()


def weigh(page, day: str) -> None:
    page.fill("[name=weight]", "80")
    page.fill("[name=date]", day)
    page.click("main form.card button[type=submit]")
    expect(page.locator("main .note[role=status]")).to_have_text("Saved.")


def test_the_day_on_the_wall_is_taken_from_the_first_page_on_and_offered_from_the_second(browser, server, alice):
    with phone_in(browser, server, THERE) as page:
        page.goto("/settings/body-mass/")
        assert page.input_value("[name=date]") != day_there()
        weigh(page, day_there())
        assert BodyWeight.objects.get().date.isoformat() == day_there()
        assert page.input_value("[name=date]") == day_there()


def test_a_page_that_flew_along_tells_the_zone_in_which_it_is_sent(browser, server, alice):
    context = browser.new_context(base_url=server, **PHONE)
    page = signed_in(context.new_page())
    flight = context.new_cdp_session(page)
    flight.send("Emulation.setTimezoneOverride", {"timezoneId": HOME})
    page.goto("/settings/body-mass/")
    flight.send("Emulation.setTimezoneOverride", {"timezoneId": THERE})
    weigh(page, day_there())
    assert BodyWeight.objects.get().date.isoformat() == day_there()
    context.close()


def test_an_entry_carries_the_day_and_the_zone_of_the_phone(browser, server, alice):
    workout = planned_workout(alice)
    with phone_in(browser, server, THERE) as page:
        page.goto(f"/workouts/{workout.id}/week/1/")
        row = page.locator(".set-row[id]").first
        row.locator("[name=weight]").fill("80")
        row.locator("[name=reps]").fill("8")
        with page.expect_request(lambda request: "/sets/1/" in request.url) as sent:
            row.locator(".set-row__log").click()
        body = sent.value.post_data_json
        assert (body["local_date"], body["zone"]) == (day_there(), THERE)
        flushed(page)
    assert WorkoutLog.objects.get().local_date.isoformat() == day_there()


def two_days_pass() -> None:
    """Sets back since when the phone has been elsewhere."""
    session = SessionStore(Session.objects.get().session_key)
    session["elsewhere"] = [THERE, (timezone.now() - timedelta(days=2)).isoformat()]
    session.save()


@pytest.mark.parametrize("size", [(390, 844), (1280, 800)], ids=["phone", "desk"])
def test_the_question_is_asked_without_a_fault_and_answered_once(browser, server, alice, size):
    planned_workout(alice)
    viewport = {"width": size[0], "height": size[1]}
    with phone_in(browser, server, THERE, viewport=viewport) as page:
        page.goto("/")
        two_days_pass()
        page.goto("/")
        question = page.get_by_role("region", name="Another time zone")
        expect(question).to_contain_text("this phone has shown the time of Kiritimati")
        assert faults_of(page, "/") == []
        if size[0] == 390:
            assert faults_of_large_words(page, (390, 320)) == []
            page.set_viewport_size(viewport)
        assert question.get_by_role("button").evaluate_all("all => all.every((one) => one.offsetHeight >= 48)")
        question.get_by_role("button", name="Keep Pago Pago").click()
        expect(page.get_by_role("status").filter(has_text="stays Pacific/Pago Pago")).to_be_visible()
        expect(question).to_have_count(0)
    assert User.objects.get().zones_declined == [THERE]
