"""Today without a signal: it knows which workouts this phone has ended, and what a plain form cannot do."""

import re

import pytest
from playwright.sync_api import Page, expect

from metricgain.tests.e2e.floor import eventually, flushed, header, log
from metricgain.tests.e2e.saving import CUT, address, small_week, with_all_saved
from metricgain.users.models import User
from training.models import WorkoutLog

pytestmark = [pytest.mark.allow_console(CUT), pytest.mark.saves_ahead]


@pytest.fixture
def alice(transactional_db):
    return User.objects.create_user("alice@example.org", "correct-horse-7")


@pytest.fixture
def workouts(alice):
    return small_week(alice)


@pytest.fixture
def phone(page, workouts) -> Page:
    return with_all_saved(page, workouts)


def end(phone: Page, verb: str, exercise: str = "") -> None:
    """Ends the workout that Today offers."""
    phone.get_by_role("link", name="Start workout").click()
    if exercise:
        log(phone, 1, 8, exercise, weight="60")
    phone.get_by_role("button", name=verb).click()
    expect(phone.locator("#summary")).to_be_visible()
    phone.get_by_role("link", name="Today", exact=True).first.click()


def offered(phone: Page):
    return phone.locator("next-workout h2.session__name:visible")


def test_today_goes_on_to_the_next_workout_as_far_as_the_phone_knows(phone, context, workouts):
    first, second, third = workouts
    context.set_offline(True)
    phone.goto("/")
    expect(offered(phone)).to_have_text(first.name)
    end(phone, "Finish workout", "Press")
    expect(phone.locator("next-workout [role=status]")).to_have_text(
        f"{first.name} is done. This phone sends that once there is a signal."
    )
    expect(offered(phone)).to_have_text(second.name)
    expect(phone.get_by_role("heading", name="What it asks")).to_be_hidden()
    end(phone, "Skip this workout")
    expect(phone.locator("next-workout [role=status]")).to_contain_text(f"{second.name} is skipped.")
    expect(offered(phone)).to_have_text(third.name)
    phone.get_by_role("link", name="Start workout").click()
    expect(phone).to_have_url(re.compile(f"{address(third)}$"))
    expect(phone.get_by_role("heading", level=1, name=third.name)).to_be_visible()
    phone.goto("/")
    expect(offered(phone)).to_have_text(third.name)
    end(phone, "Finish workout", "Dip")
    expect(phone.get_by_role("heading", name="Nothing is left of this week")).to_be_visible()
    expect(offered(phone)).to_have_count(0)
    expect(header(phone)).to_contain_text("on this phone")
    context.set_offline(False)
    flushed(phone)
    eventually(lambda: WorkoutLog.objects.exclude(status="in_progress").count() == 3)
    expect(phone.locator("next-workout [role=status]")).not_to_contain_text("This phone sends that")
    phone.goto("/")
    expect(phone.locator("next-workout [role=status]")).to_be_empty()
    expect(phone.get_by_text("week 2 of 5").first).to_be_visible()
    expect(offered(phone)).to_have_text(first.name)


def test_a_workout_that_was_reopened_is_offered_again(phone, context, workouts):
    context.set_offline(True)
    phone.goto(address(workouts[0]))
    log(phone, 1, 8, weight="60")
    phone.get_by_role("button", name="Finish workout").click()
    phone.get_by_role("button", name="Reopen workout").click()
    expect(phone.locator(".strays")).to_contain_text("Reopened.")
    phone.goto("/")
    expect(offered(phone)).to_have_text(workouts[0].name)
    expect(phone.locator("next-workout [role=status]")).to_be_empty()
