"""What a set costs: the requests of a session whose phone is locked between the sets, and what is renewed after it."""

import pytest
from django.urls import reverse
from playwright.sync_api import Page, expect

from exercises.tests.factories import ExerciseFactory
from metricgain.tests.e2e.floor import WORKOUT, dock, eventually, flushed, log, row_of
from metricgain.tests.e2e.saving import CUT, address, stop_worker, with_all_saved
from metricgain.tests.e2e.signing_in import signed_in
from metricgain.users.models import User
from training.models import Set
from training.tests.factories import SlotFactory, WorkoutFactory, planned_workout

pytestmark = pytest.mark.saves_ahead

LIST = f"GET {reverse('training:pages_ahead')}"
REST = 90_000  # ms between two sets
# As a phone that is locked and unlocked: a test's window is never hidden.
HIDDEN = """(hidden) => {
    Object.defineProperty(document, "hidden", { value: hidden, configurable: true });
    document.dispatchEvent(new Event("visibilitychange", { bubbles: true }));
}"""
# When the server drew the newest part of the page.
NEWEST = """Math.max(...[...document.querySelectorAll("workout-session, workout-session > [data-at]")]
    .map((one) => one.dataset.at))"""
SAVED_TEXT = "(address) => caches.match(address).then((page) => page.text())"


@pytest.fixture
def workouts(transactional_db) -> list:
    """Two of the week; the first asks for three sets of each of two exercises."""
    alice = User.objects.create_user("alice@example.org", "correct-horse-7")
    press, row, dip = (ExerciseFactory(name=name, muscle_group="chest") for name in ("Press", "Row", "Dip"))
    first = planned_workout(alice, press, row)
    second = WorkoutFactory(mesocycle=first.mesocycle)
    SlotFactory(workout=second, exercise=dip)
    return [first, second]


@pytest.fixture
def phone(page, workouts) -> Page:
    """Opens the first workout with everything saved. The phone's clock can be moved."""
    with_all_saved(page, [workouts[0]])
    page.clock.install()
    page.goto(address(workouts[0]))
    page.wait_for_timeout(1_700)  # it looks for what to save once it has loaded
    return page


def locked(phone: Page, milliseconds: int) -> None:
    """Locks the phone for so long: its page is hidden, and nothing ticks meanwhile."""
    phone.evaluate(HIDDEN, True)
    phone.clock.fast_forward(milliseconds)
    phone.evaluate(HIDDEN, False)


def logged(phone: Page, number: int, reps: int, exercise: str = "Press") -> None:
    """Logs a set, and waits until it is stored and shown as the server has it."""
    before = phone.evaluate(NEWEST)
    log(phone, number, reps, exercise)
    eventually(lambda: phone.evaluate(NEWEST) > before)
    flushed(phone)


def settled(phone: Page, network) -> list[str]:
    """Returns the requests so far, once there has been none for a second."""
    before = -1
    while len(network.asked) > before:
        before = len(network.asked)
        phone.wait_for_timeout(1_000)
    return network.asked


def test_a_set_asks_for_nothing_but_itself_though_the_phone_is_locked_between_sets(phone, context, network, workouts):
    here = address(workouts[0])
    settled(phone, network).clear()
    for count, (exercise, number, reps) in enumerate(WORKOUT, start=1):
        logged(phone, number, reps, exercise)
        locked(phone, REST)
        if count == 3:
            stop_worker(phone, context)
        phone.clock.fast_forward(4_000)
    ids = dict(Set.objects.values_list("exercise__name", "exercise"))
    sets = [f"{here}exercises/{ids[exercise]}/sets/{number}/" for exercise, number, _ in WORKOUT]
    assert settled(phone, network) == ["GET /outbox/", *(f"POST {one}" for one in sets)]


def done_in_copy(phone, workout) -> int:
    return phone.evaluate(SAVED_TEXT, address(workout)).count(">Done.<")


def test_a_tap_is_one_request(phone, network, workouts):
    logged(phone, 1, 8)  # asks who is signed in
    settled(phone, network).clear()
    dock(phone).locator(".set-dock__log").tap()
    expect(row_of(phone, 2)).to_contain_text("Done.")
    flushed(phone)
    phone.clock.fast_forward(60_000)
    press = Set.objects.first().exercise_id
    assert settled(phone, network) == [f"POST {address(workouts[0])}exercises/{press}/sets/2/"]


@pytest.mark.allow_console("502")
def test_what_was_proven_of_the_user_counts_for_minutes_and_not_after_a_failure(phone, network):
    logged(phone, 1, 8)
    settled(phone, network).clear()
    phone.clock.fast_forward(6 * 60_000)
    logged(phone, 2, 7)
    assert network.asked_for("/outbox/") == 1
    with network.as_("broken"):
        log(phone, 3, 6)
        expect(row_of(phone, 3)).to_contain_text("On this phone.")
        eventually(lambda: phone.evaluate("1") and network.asked[-1].endswith("/sets/3/"))
    phone.clock.fast_forward(10_000)
    flushed(phone)
    assert network.asked_for("/outbox/") == 2


def test_the_saved_copy_of_the_workout_is_renewed_by_its_page(phone, network, workouts):
    settled(phone, network).clear()  # the worker may still be saving what was missing
    logged(phone, 1, 8)
    eventually(lambda: done_in_copy(phone, workouts[0]) == 1)
    logged(phone, 2, 7)
    eventually(lambda: done_in_copy(phone, workouts[0]) == 2)
    assert network.asked_for(address(workouts[0])) == 0


@pytest.mark.allow_console(CUT)
def test_after_sets_the_page_opens_without_a_signal_as_the_server_has_it(phone, context, workouts):
    logged(phone, 1, 8)
    eventually(lambda: done_in_copy(phone, workouts[0]) == 1)
    context.set_offline(True)
    phone.reload()
    expect(row_of(phone, 1).get_by_label("Reps")).to_have_value("8")
    expect(row_of(phone, 1)).to_contain_text("Done.")
    expect(phone.locator("[data-count]")).to_have_text("1 of 6 sets done.")
    log(phone, 2, 7)
    expect(row_of(phone, 2)).to_contain_text("On this phone.")


def test_opening_the_page_again_in_a_session_renews_nothing(phone, network, workouts):
    logged(phone, 1, 8)
    settled(phone, network).clear()
    phone.reload()
    phone.evaluate("dispatchEvent(new Event('online'))")
    phone.clock.fast_forward(REST)
    assert settled(phone, network) == [f"GET {address(workouts[0])}"]


def test_after_the_finish_everything_is_renewed_that_changed(phone, network, workouts):
    logged(phone, 1, 8)
    settled(phone, network).clear()
    phone.get_by_role("button", name="Finish workout").click()
    expect(phone.locator("#summary")).to_be_visible()
    flushed(phone)
    phone.clock.fast_forward(5_000)
    asked = settled(phone, network)
    assert asked.count(LIST) == 1
    assert {"GET /", "GET /progress/", f"GET {address(workouts[1])}"} <= set(asked)


def test_a_set_corrected_after_the_finish_is_renewed_soon(phone, network):
    logged(phone, 1, 8)
    phone.get_by_role("button", name="Finish workout").click()
    expect(phone.locator("#summary")).to_be_visible()
    flushed(phone)
    phone.clock.fast_forward(5_000)
    settled(phone, network).clear()
    logged(phone, 1, 9)
    phone.clock.fast_forward(5_000)
    assert settled(phone, network).count(LIST) == 1


def test_half_an_hour_without_a_set_renews_once(phone, network):
    logged(phone, 1, 8)
    phone.clock.fast_forward(4_000)
    settled(phone, network).clear()
    phone.clock.fast_forward(25 * 60_000)
    assert settled(phone, network) == []
    phone.clock.fast_forward(7 * 60_000)
    asked = list(settled(phone, network))
    assert asked.count(LIST) == 1
    assert "GET /" in asked
    phone.clock.fast_forward(60 * 60_000)
    assert settled(phone, network) == asked


def test_a_phone_that_was_locked_for_half_an_hour_renews_when_it_is_shown(phone, network):
    logged(phone, 1, 8)
    settled(phone, network).clear()
    locked(phone, 35 * 60_000)
    assert settled(phone, network).count(LIST) == 1


def test_what_was_never_saved_is_saved_in_a_session_too(page, network, workouts):
    """A list that did not arrive is asked for again, after a set as well; one that was worked through is not."""
    network.before = lambda environ: "broken" if environ["PATH_INFO"] == "/pages-ahead/" else None
    signed_in(page).goto("/")
    eventually(lambda: page.evaluate("1") and network.asked_for("/pages-ahead/"))
    page.clock.install()
    page.goto(address(workouts[0]))
    log(page, 1, 8)
    flushed(page)
    network.before = lambda environ: None
    page.clock.fast_forward(4_000)
    eventually(lambda: page.evaluate("caches.match('/mesocycles/').then(Boolean)"))
    settled(page, network).clear()
    locked(page, REST)
    assert settled(page, network) == []
