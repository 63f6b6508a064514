"""A lifter's hands on the workout page: shared by the tests of the outbox."""

import time

from django.templatetags.static import static
from playwright.sync_api import Page, expect

from metricgain.tests.e2e.signing_in import signed_in
from training.models import Set

# Six sets: exercise, number, reps.
WORKOUT = [("Press", 1, 8), ("Press", 2, 7), ("Press", 3, 6), ("Row", 1, 12), ("Row", 2, 11), ("Row", 3, 10)]
KEEP = """async (row, [module, weight, reps]) => {
    const { flush, put, tell } = await import(module);
    const { csrfmiddlewaretoken, ...body } = Object.fromEntries(new FormData(row));
    const [{ user }, { pathname }] = [document.documentElement.dataset, new URL(row.getAttribute("action"), location)];
    const { key, version } = await put({
        user, address: pathname, session: location.pathname, label: row.ariaLabel, body: { ...body, weight, reps },
    });
    tell({ type: "kept", key, version });
    flush();
}"""
ARE_SAVED = "async (all) => (await Promise.all(all.map((one) => caches.match(one, {ignoreVary: true})))).every(Boolean)"


def open_workout(page: Page, address: str) -> Page:
    """Signs in and waits until the phone has saved the page."""
    signed_in(page).goto(address)
    saved(page, address)
    return page


def saved(page: Page, *addresses: str) -> None:
    page.evaluate("navigator.serviceWorker.ready.then(() => true)")
    page.reload()
    until = time.monotonic() + 20
    while not page.evaluate(ARE_SAVED, list(addresses)):
        assert time.monotonic() < until, "the worker saves nothing"
        page.wait_for_timeout(100)


def row_of(page: Page, number: int, exercise: str = "Press"):
    """Returns the row of a set, also in the card of an exercise that is folded."""
    return page.locator(f'.set-row[aria-label="{exercise}, set {number}"]')


def at_hand(page: Page, exercise: str) -> None:
    """Opens the card of an exercise, where it is folded to one line."""
    expect(page.locator("set-dock[data-moves]")).to_have_count(0)  # a card opens once the screen has answered the tap
    folded = page.locator(".workout-card--folded").get_by_role("button", name=exercise, exact=True)
    if folded.count():
        folded.click()


def log(page: Page, number: int, reps: int | str, exercise: str = "Press", weight: str = "100") -> None:
    at_hand(page, exercise)
    row = row_of(page, number, exercise)
    row.get_by_label("Weight").fill(weight)
    row.get_by_label("Reps").fill(str(reps))
    row.locator(".set-row__log").click()


def keep_as_before(page: Page, number: int, reps: int, weight: str, exercise: str = "Press") -> None:
    """Puts a set into the outbox as an earlier version did, which did not look at its numbers."""
    row_of(page, number, exercise).evaluate(KEEP, [static("js/outbox.js"), weight, str(reps)])


def header(page: Page):
    return page.locator("outbox-state")


def flushed(page: Page) -> None:
    """Waits until the phone has nothing left to send."""
    expect(header(page)).to_be_empty(timeout=40_000)


def change(page: Page, exercise: str) -> None:
    at_hand(page, exercise)
    page.get_by_text(f"More of {exercise}", exact=True).click()


def stored() -> list[tuple[str, int, int]]:
    found = Set.objects.order_by("exercise__name", "set_number").select_related("exercise")
    return [(one.exercise.name, one.set_number, one.reps) for one in found]


def eventually(holds, seconds=15) -> None:
    """Waits until `holds()` is true, because a page shows a change before the server has it."""
    until = time.monotonic() + seconds
    while not holds():
        assert time.monotonic() < until
        time.sleep(0.05)


def dock(page: Page):
    """Returns the controls under the thumb, which log the next set."""
    return page.locator("set-dock")
