"""From an empty plan to one that asks, without a script: each change is a form with an address."""

import pytest

from exercises import catalogue as library
from metricgain.tests.e2e.conftest import PHONE
from metricgain.tests.e2e.test_pages import sign_in
from metricgain.users.models import User
from training.models import Mesocycle


@pytest.fixture
def alice(transactional_db):
    library.seed()
    return User.objects.create_user("alice@example.org", "correct-horse-7")


@pytest.mark.parametrize("script", [True, False], ids=["with a script", "without one"])
def test_a_plan_is_built_from_nothing(browser, server, faults, alice, script):
    context = browser.new_context(base_url=server, java_script_enabled=script, **PHONE)
    page = context.new_page()
    sign_in(page)
    page.goto("/mesocycles/")
    page.get_by_role("link", name="Make a plan of your own").click()
    page.fill("[name=name]", "Mine")
    page.select_option("[name=days]", "2")
    page.get_by_role("button", name="Make the plan").click()
    page.get_by_text("Day 1 has no exercise yet.").wait_for()
    page.get_by_role("link", name="Day 1").click()
    page.get_by_role("link", name="Add an exercise").click()
    page.fill("[name=q]", "barbell bench press")
    page.get_by_role("button", name="Show").click()
    page.get_by_role("button", name="Barbell Bench Press").first.click()
    page.locator("summary", has_text="Barbell Bench Press").first.click()
    page.fill("[name=target_sets]", "40")
    page.get_by_role("button", name="Save Barbell Bench Press").first.click()
    page.get_by_text("at most 15 sets").first.wait_for()
    assert page.input_value("[name=target_sets]") == "40"
    page.fill("[name=target_sets]", "4")
    page.fill("[name=target_weight]", "62,5")
    page.get_by_role("button", name="Save Barbell Bench Press").first.click()
    page.get_by_text("from 62.5 kg").wait_for()
    slot = Mesocycle.objects.get().workouts.first().slots.get()
    assert (slot.target_sets, str(slot.target_weight)) == (4, "62.50")
    page.locator("summary", has_text="Name, weekday").click()
    page.get_by_role("button", name="Duplicate this day").click()
    page.get_by_role("heading", name="Day 3").wait_for()
    assert Mesocycle.objects.get().days_per_week == 3
    context.close()
