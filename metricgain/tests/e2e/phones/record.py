"""Records what a phone has and sends at this commit, into `fixtures/<commit>/`:

    .venv/bin/python -m pytest metricgain/tests/e2e/phones/record.py

No test of the suite (its name says so): each version that has landed is recorded once, before the next changes it."""

import json
import re
import subprocess
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from django.conf import settings
from playwright.sync_api import Page, expect

from metricgain.tests.e2e.floor import at_hand, change, flushed, log
from metricgain.tests.e2e.phones import world
from metricgain.tests.e2e.signing_in import signed_in

FIXTURES = Path(__file__).parent / "fixtures"
SENT = ("content-type", "x-csrftoken", "x-outbox", "accept")
ENTRIES = """() => new Promise((resolve) => {
    indexedDB.open("metricgain", 1).onsuccess = ({ target: { result } }) => {
        const asked = result.transaction("entries").objectStore("entries").getAll();
        asked.onsuccess = () => (result.close(), resolve(asked.result));
    };
})"""


@pytest.fixture
def alice(transactional_db):
    return world.build()


def enter_everything(page: Page, alice) -> None:
    """One entry of each kind, the way a lifter makes them."""
    session = f"/workouts/{world.UPPER}/week/{world.WEEK}/"
    page.goto(session)
    at_hand(page, "Press")
    page.locator("#soreness-chest").get_by_role("button", name="Recovered just in time").click()
    log(page, 1, 9)
    log(page, 2, 8)
    at_hand(page, "Row")
    page.get_by_role("button", name="Undo set 1 of Row").click()
    page.get_by_role("button", name="One less set of Row").click()
    change(page, "Press")
    page.get_by_label("Note that stays with Press").fill("Seat 4")
    page.get_by_role("button", name="Pin the note to Press").click()
    page.get_by_text("Order of exercises").click()
    page.get_by_role("button", name="Up Row").click()
    change(page, "Calf Raise")
    page.locator(f"#exercise-{world.CALF}").get_by_role("button", name="Remove exercise").click()
    how = page.locator("#performance-chest")
    how.locator("summary").click()
    how.get_by_text("Good pump", exact=True).click()
    how.get_by_text("Difficult", exact=True).click()
    page.locator("#note summary").click()
    page.get_by_label("Note to this workout").fill("Rack was taken")
    page.get_by_role("button", name="Save note").click()
    page.locator("#backfill summary").click()
    page.get_by_label("Day", exact=True).fill(alice.today().isoformat())
    page.get_by_role("button", name="Save the day").click()
    page.goto(f"{session}exercises/{world.FLY}/swap/")
    page.get_by_role("button", name="Incline Press").click()
    arrived(page, session)
    page.goto(f"{session}exercises/add/?muscle=bis")
    page.get_by_role("button", name="Curl").click()
    arrived(page, session)
    page.get_by_role("button", name="Finish workout").click()
    expect(page.locator("#summary")).to_contain_text("You finished this workout")
    page.goto(f"/workouts/{world.ARMS}/week/{world.WEEK}/")
    page.locator("#shorten summary").click()
    page.locator("#shorten button[name=minutes]").first.click()
    for workout, button in ((world.LOWER, "Reopen workout"), (world.ARMS, "Skip this workout")):
        page.goto(f"/workouts/{workout}/week/{world.WEEK}/")
        page.get_by_role("button", name=button).click()
        expect(page.locator("outbox-state")).to_contain_text("changes on this phone")


def arrived(page: Page, session: str) -> None:
    """Waits until the page has come with its script. From then on a tap goes into the outbox."""
    page.wait_for_url(lambda url: urlsplit(url).path == session)
    page.wait_for_function("() => customElements.get('workout-session')")
    expect(page.locator("outbox-state")).to_contain_text("on this phone")


@pytest.mark.allow_console("net::ERR_|Failed to load resource|Failed to fetch|status of")
def test_record(page, context, alice):
    commit = subprocess.check_output(["git", "rev-parse", "--short", "HEAD"], text=True).strip()
    folder = FIXTURES / commit
    folder.mkdir(parents=True)
    signed_in(page)
    pages = {
        "workout.html": f"/workouts/{world.UPPER}/week/{world.WEEK}/",
        "builder.html": f"/workouts/{world.UPPER}/plan/",
    }
    for name, address in pages.items():
        (folder / name).write_text(context.request.get(address).text())
    context.route("**/outbox/", lambda route: route.abort())
    enter_everything(page, alice)
    entries = sorted(page.evaluate(ENTRIES), key=lambda entry: entry["edited"])
    requests = []
    page.on("request", lambda request: request.method == "POST" and requests.append(request))
    context.unroute("**/outbox/")
    page.reload()

    flushed(page)
    sent = [
        {
            "path": urlsplit(request.url).path,
            "headers": {name: value for name, value in request.all_headers().items() if name in SENT},
            "body": request.post_data,
        }
        for request in requests
    ]
    assert [request.response().status for request in requests] == [200] * len(entries)
    write(folder / "outbox.json", {"entries": entries, "requests": sent})
    for name in pages:
        keep_scripts(folder, (folder / name).read_text(), settings.STATIC_ROOT)


def keep_scripts(folder: Path, text: str, here: Path) -> None:
    """The hashed scripts that a page or script names, and what these name in turn. `here`: where its names begin."""
    for name in re.findall(r"""["'](?:/static/)?([\w./-]+\.[0-9a-f]{12}\.js)["']""", text):
        file = (here / name).resolve()
        kept = folder / "static" / file.relative_to(settings.STATIC_ROOT)
        if not kept.exists():
            kept.parent.mkdir(parents=True, exist_ok=True)
            kept.write_bytes(file.read_bytes())
            keep_scripts(folder, file.read_text(), file.parent)


def write(path: Path, what: dict) -> None:
    path.write_text(json.dumps(what, indent=1, ensure_ascii=False) + "\n")
