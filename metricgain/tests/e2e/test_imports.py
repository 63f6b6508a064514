"""Bringing logs along, in the browser: with scripts and without, from a file picker and from another app."""

import re

import pytest
from django.urls import reverse
from playwright.sync_api import Page, expect

from exercises import library_seed
from metricgain.operations.workers.job_worker import JobWorker
from metricgain.tests.e2e.signing_in import signed_in
from metricgain.tests.e2e.test_pages import faults_of, faults_of_large_words
from metricgain.transfer.tests.test_import_pages import HEAD, ROW, TABLE
from metricgain.users.models import User
from training.models import Set

TITLES = {"Push": ["Bench Press (Barbell)", "Zorbing Press"], "Pull": ["Chin Up", "Leg Curl", "Treadmill"]}
# Pages on the way, in its order: what leads to each.
LOOK = "A look before anything is stored"


@pytest.fixture
def alice(transactional_db):
    library_seed.seed()
    return User.objects.create_user("alice@example.org", "correct-horse-7")


@pytest.fixture
def export(tmp_path):
    """A file of Strong: twelve sessions, five names of which some are clear."""
    rows = [
        ROW.format(day=day, title=title, exercise=exercise, number=number, weight=135)
        for day in range(1, 13)
        for title in ([*TITLES][day % 2],)
        for exercise in TITLES[title]
        for number in (1, 2, 3)
    ]
    path = tmp_path / "strong.csv"
    path.write_text(HEAD + "".join(rows), encoding="utf-8")
    return path


def work() -> None:
    """Does the jobs that wait, as a worker does."""
    worker = JobWorker(print)
    while worker.do_one("later"):
        pass


def choose(page: Page, path) -> None:
    page.goto(reverse("transfer:import_list"))
    page.get_by_label("Your export").set_input_files(path)
    page.get_by_role("button", name="Look at the file").click()
    expect(page.get_by_role("heading", level=1)).to_have_text(LOOK)


def test_scripts_follow_the_job_to_its_end(page, alice, export):
    signed_in(page)
    choose(page, export)
    page.get_by_text("Pounds (lb)").check()
    page.get_by_role("button", name="Store 12 sessions").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Your sessions are being stored")
    work()
    expect(page.get_by_role("heading", level=1)).to_have_text("Your 12 sessions are here")
    page.get_by_role("button", name="Keep as a template").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("As in Strong")
    assert set(Set.objects.filter(user=alice, weight__gt=0).values_list("weight", "unit")) == {(135, "lb")}


@pytest.mark.allow_console(r"\.js csp")  # what the page names ahead is not fetched
def test_it_goes_without_scripts(new_context, alice, export):
    page = signed_in(new_context(java_script_enabled=False).new_page())
    choose(page, export)
    page.get_by_role("button", name="Zorbing Press").click()
    page.get_by_label("Search by name").fill("pec deck")
    page.get_by_role("button", name="Search").click()
    page.get_by_role("button", name=re.compile("^Pec Deck")).click()
    expect(page.locator("details", has_text="that are clear")).to_contain_text("Zorbing Press")
    page.get_by_role("button", name="Store 12 sessions").click()
    work()
    page.get_by_role("link", name="See how far it is").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Your 12 sessions are here")
    page.get_by_role("link", name="Undo this import").click()
    page.get_by_role("button", name="Take it back").click()
    expect(page.get_by_text("Taken back.")).to_be_visible()
    assert not Set.objects.exists()


def test_another_app_shares_a_file_with_the_installed_one(page, alice, export):
    """What Android does: a post of the file, without a token, to the address that the manifest names."""
    signed_in(page).goto(reverse("transfer:import_list"))
    page.evaluate("navigator.serviceWorker.ready.then(() => true)")
    page.reload()
    manifest = page.request.get("/manifest.json").json()["share_target"]
    page.evaluate(
        """({ action, method, enctype }) => {
            const form = Object.assign(document.createElement("form"), { action, method, enctype });
            form.append(Object.assign(document.createElement("input"), { type: "file", name: "file", id: "shared" }));
            document.querySelector("main").prepend(form);
        }""",
        manifest,
    )
    page.locator("#shared").set_input_files(export)
    page.evaluate("document.querySelector('#shared').form.submit()")
    expect(page.get_by_role("heading", level=1)).to_have_text(LOOK)
    expect(page.get_by_text("strong.csv")).to_be_visible()
    page.goto(reverse("transfer:import_list") + "?shared")  # the file was taken once
    expect(page.get_by_role("button", name="Look at the file")).to_be_visible()


@pytest.mark.parametrize("size", [(390, 844), (1280, 800)], ids=["phone", "desk"])
def test_axe_finds_nothing_on_the_way(browser, server, faults, alice, export, tmp_path, size):
    viewport = {"width": size[0], "height": size[1]}
    context = browser.new_context(base_url=server, viewport=viewport)
    page = signed_in(context.new_page())
    found = {}

    def look_at(name: str) -> None:
        found[name] = faults_of(page, page.url) + faults_of_large_words(page, [size[0]])

    page.goto(reverse("transfer:import_list"))
    look_at("choosing")
    table = tmp_path / "table.csv"
    table.write_text(TABLE, encoding="utf-8")
    page.get_by_label("Your export").set_input_files(table)
    page.get_by_role("button", name="Look at the file").click()
    look_at("columns")
    choose(page, export)
    page.evaluate("document.querySelectorAll('details').forEach((one) => (one.open = true))")
    look_at("the look")
    page.get_by_role("button", name="Zorbing Press").click()
    look_at("a name")
    page.go_back()
    page.get_by_role("button", name="Store 12 sessions").click()
    look_at("under way")
    work()
    expect(page.get_by_role("heading", level=1)).to_have_text("Your 12 sessions are here")
    look_at("stored")
    page.get_by_role("link", name="Undo this import").click()
    look_at("taking back")
    assert {name: wrong for name, wrong in found.items() if wrong} == {}
    context.close()
