"""A phone far from home: its zone reaches the server."""

from contextlib import contextmanager
from datetime import datetime
from zoneinfo import ZoneInfo

import pytest
from playwright.sync_api import expect

from metricgain.tests.e2e.conftest import PHONE
from metricgain.tests.e2e.signing_in import signed_in
from metricgain.users.models import BodyWeight, User
from training.models import WorkoutLog
from training.tests.factories import planned_workout

# 25 hours apart: it is never the same day in both.
HOME, THERE = "Pacific/Pago_Pago", "Pacific/Kiritimati"


@pytest.fixture
def alice(transactional_db):
    return User.objects.create_user("alice@example.org", "correct-horse-7", timezone=HOME)


@contextmanager
def phone_in(browser, server, zone):
    context = browser.new_context(base_url=server, timezone_id=zone, **PHONE)
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
        expect(row).to_have_attribute("data-state", "stored")
    assert WorkoutLog.objects.get().local_date.isoformat() == day_there()
