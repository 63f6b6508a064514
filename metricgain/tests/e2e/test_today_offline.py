"""Today without a signal: it knows which workouts this phone has ended, and what a plain form cannot do."""

import re

import pytest
from playwright.sync_api import Page, expect

from metricgain.tests.e2e.floor import eventually, flushed, header, log
from metricgain.tests.e2e.saving import CUT, SAVE_AHEAD, UP_AGAIN, address, small_week, with_all_saved
from metricgain.tests.e2e.signing_in import signed_in
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
    phone.evaluate(UP_AGAIN)
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


@pytest.fixture
def idle(page, alice) -> Page:
    """Today without a plan, saved."""
    signed_in(page).goto("/")
    assert page.evaluate(SAVE_AHEAD, ["/"])
    return page


def cut(context, machine, how: str) -> None:
    if how == "offline":
        context.set_offline(True)
    else:
        machine.stop()


def mend(context, machine, how: str) -> None:
    if how == "offline":
        context.set_offline(False)
    else:
        machine.start()


@pytest.mark.parametrize("how", ["offline", "stopped"])
def test_just_train_says_without_a_signal_what_it_needs_and_begins_once_there_is_one(idle, context, machine, how):
    cut(context, machine, how)
    try:
        idle.goto("/")
        expect(idle.get_by_role("status").first).to_contain_text("the copy that your phone saved")
        idle.get_by_role("button", name="Just train").click()
        expect(idle.get_by_role("alert")).to_contain_text("A new session needs a signal")
        expect(idle.get_by_role("alert")).to_be_in_viewport()
        expect(idle.get_by_role("heading", name="Today")).to_be_visible()
    finally:
        mend(context, machine, how)
    idle.get_by_role("button", name="Just train").click()
    idle.wait_for_url(re.compile("/workouts/"))
    expect(idle.get_by_role("link", name="Add an exercise")).to_be_visible()


@pytest.mark.parametrize("how", ["offline", "stopped"])
def test_what_was_typed_into_a_plain_form_stays_in_it(idle, context, machine, how):
    idle.goto("/settings/")
    cut(context, machine, how)
    try:
        idle.get_by_label("Time zone").select_option("Asia/Tokyo")
        idle.get_by_role("button", name="Save").first.click()
        expect(idle.get_by_role("alert")).to_contain_text("Nothing is lost: what you typed is still here.")
        expect(idle.get_by_label("Time zone")).to_have_value("Asia/Tokyo")
    finally:
        mend(context, machine, how)
    idle.get_by_role("button", name="Save").first.click()
    eventually(lambda: User.objects.get().timezone == "Asia/Tokyo")


def test_a_form_with_a_mistake_and_one_that_redirects_pass_the_worker(idle):
    """As without a worker: the answer to a post may be a page or a redirect, with its message."""
    assert idle.evaluate("Boolean(navigator.serviceWorker.controller)")
    idle.get_by_text("Trained on another day?").click()
    idle.get_by_label("Day").fill("2999-01-01")
    idle.get_by_role("button", name="Type that session in").click()
    expect(idle.get_by_text("still to come")).to_be_visible()
    idle.get_by_role("button", name="Just train").click()
    idle.wait_for_url(re.compile("/workouts/"))
