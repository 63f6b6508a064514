"""An exercise of one's own, from looking for it to merging it, with and without JavaScript."""

from urllib.parse import parse_qsl, urlsplit

import pytest
from playwright.sync_api import expect

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


@pytest.fixture
def phone(browser, server, alice):
    context = browser.new_context(base_url=server, **PHONE)
    page = context.new_page()
    page.goto("/login/?next=/exercises/")
    page.fill("[name=login]", "alice@example.org")
    page.fill("[name=password]", "correct-horse-7")
    page.click("main button[type=submit]")
    yield page
    context.close()


def test_a_filter_has_the_address_that_a_phone_saves(phone):
    phone.select_option("[name=muscle]", "back")
    phone.get_by_role("button", name="Search").click()
    phone.wait_for_url("**muscle=back**")
    # What is empty makes no difference to the address under which a page is saved.
    assert parse_qsl(urlsplit(phone.url).query) == [("muscle", "back")]


def test_the_list_narrows_while_one_types(phone):
    search = phone.get_by_label("Search")
    search.press_sequentially("hip thr")
    expect(phone.locator(".rows__name").first).to_contain_text("Hip Thrust")
    expect(phone.get_by_role("status").filter(has_text="likeliest first")).to_be_visible()
    expect(search).to_be_focused()
    phone.wait_for_url("**/exercises/?q=hip+thr")
    phone.get_by_label("Muscle").select_option("back")
    phone.wait_for_url("**muscle=back**")


@pytest.mark.allow_console(r"net::ERR_|Failed to load resource|Failed to fetch")
def test_without_a_signal_it_narrows_to_those_of_the_page(phone):
    shown = phone.locator(".rows li:visible")
    expect(shown).to_have_count(40)
    phone.context.set_offline(True)
    name = phone.locator(".rows__name").nth(7).inner_text()
    phone.get_by_label("Search").press_sequentially(name.upper())
    expect(shown).not_to_have_count(40)
    expect(shown.first).to_contain_text(name)
