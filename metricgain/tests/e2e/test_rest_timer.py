"""The rest after a set: it starts by itself, goes by its end and not by ticks, and rings once."""

import pytest
from playwright.sync_api import Page, expect

from exercises.models import ExerciseSettings
from exercises.tests.factories import ExerciseFactory
from metricgain.tests.e2e.floor import at_hand, dock, eventually, log, row_of
from metricgain.tests.e2e.signing_in import signed_in
from metricgain.users.models import User
from training.tests.factories import planned_workout

HEARD = """
window.rung = [];
navigator.vibrate = (pattern) => rung.push(pattern);
const start = OscillatorNode.prototype.start;
OscillatorNode.prototype.start = function (at) { rung.push("sound"); start.call(this, at); };
const lock = Object.assign(new EventTarget(), { release() {} });
navigator.wakeLock && (navigator.wakeLock.request = async () => lock);
"""


@pytest.fixture
def workout(transactional_db):
    alice = User.objects.create_user("alice@example.org", "correct-horse-7")
    press, row = ExerciseFactory(name="Press", muscle_group="chest"), ExerciseFactory(name="Row", muscle_group="back")
    ExerciseSettings.objects.create(user=alice, exercise=press, unit="kg", rest_seconds=90)
    return planned_workout(alice, press, row, target_weight=100)


@pytest.fixture
def phone(context, workout) -> Page:
    context.add_init_script(HEARD)
    page = context.new_page()
    signed_in(page)
    page.clock.install()
    page.goto(f"/workouts/{workout.id}/week/1/")
    expect(dock(page)).to_be_visible()
    return page


def timer(page: Page):
    return page.locator("rest-timer")


def tap(page: Page, name: str) -> None:
    timer(page).get_by_role("button", name=name).tap()


def test_it_starts_with_the_set_for_as_long_as_the_exercise_says(phone):
    expect(timer(phone)).to_contain_text("1:30")
    dock(phone).get_by_role("button", name="Log").tap()
    expect(timer(phone)).to_have_attribute("data-state", "runs")
    phone.clock.run_for(30_000)
    expect(timer(phone)).to_contain_text("1:0")
    tap(phone, "15 seconds more")
    expect(timer(phone)).to_contain_text("1:1")
    tap(phone, "15 seconds less")
    tap(phone, "15 seconds less")
    expect(timer(phone)).to_contain_text("0:4")
    tap(phone, "Skip the rest")
    expect(timer(phone)).to_have_attribute("data-state", "idle")


def test_it_outlives_a_reload_and_a_locked_phone(phone):
    log(phone, 1, 8)
    expect(timer(phone)).to_have_attribute("data-state", "runs")
    phone.reload()
    expect(timer(phone)).to_have_attribute("data-state", "runs")
    expect(timer(phone)).to_contain_text("1:2")
    phone.clock.fast_forward(85_000)  # nothing ticks meanwhile
    phone.evaluate("document.dispatchEvent(new Event('visibilitychange'))")
    expect(timer(phone)).to_contain_text("0:0")


def test_its_end_rings_shakes_and_is_said_once(phone):
    log(phone, 1, 8)
    expect(timer(phone)).to_have_attribute("data-state", "runs")
    expect(timer(phone).get_by_role("status")).to_be_empty()
    phone.clock.run_for(91_000)
    expect(timer(phone)).to_contain_text("Go")
    expect(timer(phone).get_by_role("status")).to_have_text("The rest is over.")
    assert phone.evaluate("rung") == [[200, 100, 200], "sound", "sound", "sound"]
    phone.clock.run_for(5_000)
    assert len(phone.evaluate("rung")) == 4


def test_an_end_that_was_slept_through_is_silent(phone):
    log(phone, 1, 8)
    expect(timer(phone)).to_have_attribute("data-state", "runs")
    phone.clock.fast_forward(120_000)
    phone.evaluate("document.dispatchEvent(new Event('visibilitychange'))")
    expect(timer(phone)).to_contain_text("Go")
    assert phone.evaluate("rung") == []


def test_it_takes_the_place_of_the_navigation_and_covers_no_field(phone):
    expect(phone.locator(".bottom-nav")).to_be_hidden()
    box = dock(phone).bounding_box()
    assert box["height"] <= 0.24 * phone.viewport_size["height"]
    at_hand(phone, "Row")
    field = row_of(phone, 3, "Row").get_by_label("Reps")
    field.focus()
    eventually(lambda: field.bounding_box()["y"] + 48 <= box["y"])  # it glides there
    phone.evaluate("scrollTo(0, document.body.scrollHeight)")
    last = phone.locator("workout-session").bounding_box()
    assert last["y"] + last["height"] <= box["y"]


def test_the_screen_stays_on_once_a_set_is_logged_and_the_page_says_so(phone):
    expect(phone.locator("wake-lock")).to_be_empty()
    log(phone, 1, 8)
    expect(phone.locator("wake-lock")).to_have_text("The screen stays on.")


def test_where_the_screen_cannot_be_kept_on_the_page_says_that(context, workout):
    context.add_init_script("delete Navigator.prototype.wakeLock")
    page = context.new_page()
    signed_in(page).goto(f"/workouts/{workout.id}/week/1/")
    log(page, 1, 8)
    expect(page.locator("wake-lock")).to_have_text("The screen may go dark.")
