"""An exercise of one's own, from looking for it to merging it, with and without JavaScript."""

from urllib.parse import parse_qsl, urlsplit

import pytest

from exercises import library_seed
from exercises.models import Exercise
from metricgain.tests.e2e.conftest import PHONE
from metricgain.users.models import User

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def alice(transactional_db):
    library_seed.seed()
    return User.objects.create_user("alice@example.org", "correct-horse-7")


@pytest.mark.parametrize("scripts", [True, False], ids=["scripts", "no scripts"])
def test_from_search_to_merge(browser, server, alice, scripts):
    context = browser.new_context(base_url=server, java_script_enabled=scripts, **PHONE)
    page = context.new_page()
    page.goto("/login/?next=/exercises/")
    page.fill("[name=login]", "alice@example.org")
    page.fill("[name=password]", "correct-horse-7")
    page.click("main button[type=submit]")
    page.fill("[name=q]", "Wobble pres")
    page.select_option("[name=muscle]", "chest")
    page.get_by_role("button", name="Search").click()
    page.get_by_role("link", name="New").click()
    assert page.input_value("[name=name]") == "Wobble pres"
    page.fill("[name=name]", "Wobble bench press")
    page.get_by_role("button", name="Create").click()
    assert page.get_by_role("heading", level=1).inner_text() == "Wobble bench press"
    page.get_by_role("link", name="Merge into another").click()
    page.get_by_role("link", name="Dumbbell Bench Press Chest · Dumbbell", exact=True).click()
    page.get_by_role("button", name="Merge", exact=True).click()
    assert page.get_by_role("heading", level=1).inner_text() == "Dumbbell Bench Press"
    assert "Wobble bench press" in page.inner_text("main")
    assert Exercise.objects.get(user=alice).merged_into.slug == "dumbbell-bench-press"
    context.close()


def test_a_filter_has_the_address_that_a_phone_saves(browser, server, alice):
    context = browser.new_context(base_url=server, **PHONE)
    page = context.new_page()
    page.goto("/login/?next=/exercises/")
    page.fill("[name=login]", "alice@example.org")
    page.fill("[name=password]", "correct-horse-7")
    page.click("main button[type=submit]")
    page.select_option("[name=muscle]", "back")
    page.get_by_role("button", name="Search").click()
    page.wait_for_url("**muscle=back**")
    # What is empty makes no difference to the address under which a page is saved.
    assert parse_qsl(urlsplit(page.url).query) == [("muscle", "back")]
    context.close()
