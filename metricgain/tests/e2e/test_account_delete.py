"""Who deletes their account leaves nothing on the phone: no pages, no entries, no drafts; those of others stay."""

import pytest
from playwright.sync_api import Page, expect

from exercises.tests.factories import ExerciseFactory
from metricgain.tests.e2e.floor import eventually, log, open_workout, row_of, stored
from metricgain.tests.e2e.signing_in import PASSWORD, signed_in
from metricgain.users.leaving import ledger
from metricgain.users.models import User
from training.tests.factories import planned_workout

pytestmark = pytest.mark.allow_console(r"net::ERR_|Failed to load resource|Failed to fetch|status of")
PAGES = "caches.keys().then((all) => all.filter((one) => one.startsWith('metricgain-pages')))"
DRAFTS = "Object.keys(JSON.parse(localStorage.getItem('drafts') ?? '{}'))"
KEYS = """() => new Promise((resolve) => {
    indexedDB.open("metricgain", 1).onsuccess = ({ target: { result } }) => {
        const stores = result.transaction(["entries", "done"]);
        const [entries, done] = ["entries", "done"].map((name) => stores.objectStore(name).getAllKeys());
        stores.oncomplete = () => (result.close(), resolve([...entries.result, ...done.result]));
    };
})"""
ANOTHERS = """() => new Promise((resolve) => {
    indexedDB.open("metricgain", 1).onsuccess = ({ target: { result } }) => {
        const writing = result.transaction("entries", "readwrite");
        const [session, address] = ["/workouts/1/week/1/", "/workouts/1/week/1/finish/"];
        const entry = { user: "999999", key: "999999 x", address, session, body: {}, version: 1, edited: 1 };
        writing.objectStore("entries").put({ ...entry, state: "kept" });
        writing.oncomplete = () => (result.close(), resolve());
    };
})"""


@pytest.fixture
def alice(transactional_db, settings, tmp_path):
    settings.BACKUP_DIR = tmp_path
    return User.objects.create_user("alice@example.org", PASSWORD)


@pytest.fixture
def phone(page, network, alice) -> Page:
    """A set is stored, another waits, and a third is a draft."""
    workout = planned_workout(alice, ExerciseFactory(name="Press", muscle_group="chest"), target_weight=100)
    open_workout(page, f"/workouts/{workout.id}/week/1/")
    log(page, 1, 8)
    eventually(lambda: stored() == [("Press", 1, 8)])
    network.before = lambda environ: "broken" if "/sets/" in environ["PATH_INFO"] else ""
    log(page, 2, 7)
    expect(row_of(page, 2)).to_contain_text("On this phone.")
    row_of(page, 3).get_by_label("Reps").fill("6")
    eventually(lambda: page.evaluate(DRAFTS))
    page.evaluate(ANOTHERS)
    return page


def delete(page: Page) -> None:
    page.goto("/settings/")
    page.get_by_role("link", name="Delete my account").click()
    expect(page.get_by_role("list", name="What goes with it:")).to_contain_text("1 set")
    page.get_by_label("Your password").fill(PASSWORD)
    page.get_by_role("button", name="Delete my account").click()
    expect(page.get_by_role("heading", name="Your account is deleted")).to_be_visible()


def test_the_phone_forgets_pages_entries_and_drafts_at_once(phone, alice, tmp_path):
    assert len(phone.evaluate(KEYS)) == 3
    assert phone.evaluate(PAGES)
    delete(phone)
    eventually(lambda: phone.evaluate(KEYS) == ["999999 x"])
    eventually(lambda: phone.evaluate(PAGES) == [])
    assert phone.evaluate(DRAFTS) == []
    assert not User.objects.exists()
    assert len(ledger.in_files([tmp_path])) == 1
    phone.goto("/progress/")
    phone.wait_for_url("**/login/**")


def test_a_wrong_password_keeps_what_waits(phone):
    phone.goto("/settings/delete/")
    phone.get_by_label("Your password").fill("wrong")
    phone.get_by_role("button", name="Delete my account").click()
    expect(phone.get_by_text("This is not your password.").first).to_be_visible()
    assert len(phone.evaluate(KEYS)) == 3


@pytest.mark.allow_console(r"\.js csp")  # what the page names ahead is not fetched
def test_it_works_without_scripts(new_context, alice):
    page = signed_in(new_context(java_script_enabled=False).new_page())
    page.goto("/settings/delete/")
    page.get_by_label("Your password").fill(PASSWORD)
    page.get_by_role("button", name="Delete my account").click()
    expect(page.get_by_role("heading", name="Your account is deleted")).to_be_visible()
    assert not User.objects.exists()
