"""Holds on the gym floor: timed by the tray, counted in seconds with and without a signal, one side after the other."""

from datetime import UTC, datetime

import pytest
from axe_playwright_python.base import AXE_SCRIPT
from playwright.sync_api import Page, expect

from exercises.models import ExerciseSettings
from exercises.tests.factories import ExerciseFactory
from metricgain.tests.e2e.floor import at_hand, dock, eventually, flushed, row_of, saved
from metricgain.tests.e2e.signing_in import signed_in
from metricgain.tests.e2e.test_pages import COLOURS, SIDEWAYS, VIOLATIONS
from metricgain.tests.e2e.test_rest_timer import HEARD, timer
from metricgain.users.models import User
from training.models import Set
from training.tests.factories import planned_workout
from training.tests.lifting import Lifter

CUT = r"net::ERR_|Failed to load resource|Failed to fetch"


@pytest.fixture
def alice(transactional_db):
    return User.objects.create_user("alice@example.org", "correct-horse-7")


@pytest.fixture
def workout(alice):
    """A plank of the body alone, a squat and a weighted hang with one side after the other."""
    body = {"equipment": "bodyweight", "measure": "seconds"}
    plank = ExerciseFactory(name="Plank", muscle_group="abs", loading="bodyweight", **body)
    hang = ExerciseFactory(name="Hang", muscle_group="back", loading="added", unilateral=True, **body)
    squat = ExerciseFactory(name="Squat", muscle_group="legs", unilateral=True)
    ExerciseSettings.objects.create(user=alice, exercise=hang, side_pause=10, increment=4)
    ExerciseSettings.objects.create(user=alice, exercise=squat, side_pause=20)
    return planned_workout(alice, plank, hang, squat, target_reps_min=20, target_reps_max=60)


@pytest.fixture
def phone(context, workout) -> Page:
    context.add_init_script(HEARD)
    page = signed_in(context.new_page())
    page.clock.set_fixed_time(datetime.now(UTC))
    page.goto(f"/workouts/{workout.id}/week/1/")
    is_there(page)
    return page


def is_there(page: Page) -> None:
    """Waits for the module of the timer, which is loaded after the first ones."""
    expect(page.locator("hold-timer:defined")).to_be_visible()


def tap(page: Page, name: str) -> None:
    dock(page).get_by_role("button", name=name, exact=True).tap()


def later(page: Page, seconds: int) -> None:
    """Lets time pass. Until the next time it stands still, and the page draws what it says."""
    page.clock.set_fixed_time(page.evaluate("Date.now()") / 1000 + seconds)


def clock(page: Page):
    return page.locator("[role=timer]")


def seconds(page: Page, exercise: str = "Plank", number: int = 1):
    return row_of(page, number, exercise).get_by_label("Seconds")


def stored() -> list[tuple]:
    found = Set.objects.order_by("exercise__name", "set_number")
    return list(found.values_list("exercise__name", "set_number", "weight", "reps", "seconds", "rir"))


def test_a_tap_times_a_hold_and_a_tap_logs_it(phone):
    expect(seconds(phone)).to_have_value("20")
    tap(phone, "Start")
    later(phone, 12)
    expect(clock(phone)).to_have_text("0:08")
    expect(timer(phone)).to_be_hidden()
    assert phone.evaluate("rung") == []
    later(phone, 9)
    expect(clock(phone)).to_have_text("+0:01")
    expect(phone.get_by_role("group", name="Hold").get_by_role("status")).to_have_text("You reached the target.")
    assert phone.evaluate("rung") == [[200, 100, 200], "sound", "sound", "sound"]
    later(phone, 2)
    tap(phone, "Log")
    expect(row_of(phone, 1, "Plank")).to_contain_text("Done.")
    eventually(lambda: stored() == [("Plank", 1, 0, 1, 23, None)])
    expect(dock(phone)).to_contain_text("set 2 · Plank")
    expect(dock(phone).locator("[data-part=taken]")).to_have_text("23 s")
    expect(timer(phone)).to_have_attribute("data-state", "runs")
    expect(clock(phone)).to_be_empty()
    expect(row_of(phone, 1, "Plank").get_by_label("RIR")).to_have_count(0)
    expect(phone.locator("rir-chips")).to_be_hidden()
    assert len(phone.evaluate("rung")) == 4


def test_stopped_it_fills_the_row_which_goes_by_steps_of_five(phone):
    row = seconds(phone)
    tap(phone, "Start")
    later(phone, 12)
    tap(phone, "Stop")
    expect(row).to_have_value("12")
    tap(phone, "5 seconds more")
    expect(row).to_have_value("15")
    phone.keyboard.press("ArrowDown")
    expect(row).to_have_value("10")
    tap(phone, "5 seconds less")
    tap(phone, "5 seconds less")
    expect(row).to_have_value("5")
    tap(phone, "Start")
    later(phone, 5)
    expect(clock(phone)).to_have_text("0:15")  # of what was asked, not of what was held before
    tap(phone, "Stop")
    row_of(phone, 2, "Plank").get_by_label("Seconds").fill("")
    tap(phone, "Start")
    later(phone, 75)
    expect(clock(phone)).to_have_text("1:15")  # without a target
    assert phone.evaluate("rung") == []


def test_it_goes_by_its_start_through_a_locked_screen_and_a_reload(phone):
    tap(phone, "Start")
    expect(clock(phone)).not_to_be_empty()
    later(phone, 95)
    phone.evaluate("document.dispatchEvent(new Event('visibilitychange'))")
    expect(clock(phone)).to_have_text("+1:15")
    assert phone.evaluate("rung") == []  # long over
    phone.evaluate("dispatchEvent(new Event('online'))")  # the page is drawn anew
    phone.reload()
    expect(clock(phone)).to_have_text("+1:15")
    tap(phone, "Log")
    eventually(lambda: stored() == [("Plank", 1, 0, 1, 95, None)])
    tap(phone, "Start")
    later(phone, 3700)
    phone.reload()
    is_there(phone)
    expect(clock(phone)).to_be_empty()  # nobody holds for so long


@pytest.mark.allow_console(CUT)
def test_without_a_signal_a_hold_is_logged_changed_and_taken_back_in_seconds(phone, context, alice, workout):
    saved(phone, phone.url)
    is_there(phone)
    context.set_offline(True)
    phone.reload()
    is_there(phone)
    line = phone.locator(".workout-card__line").first
    seconds(phone).fill("420")  # more than reps may be
    tap(phone, "Log")
    expect(line).to_have_text("1 of 3: 420 s · On this phone.")
    tap(phone, "Start")
    later(phone, 31)
    row_of(phone, 2, "Plank").locator(".set-row__log").tap()
    expect(line).to_contain_text("2 of 3: 420, 31 s")
    seconds(phone).fill("4000")
    row_of(phone, 1, "Plank").locator(".set-row__log").tap()
    expect(row_of(phone, 1, "Plank")).to_contain_text("A hold lasts 0 to 3600 seconds.")
    expect(row_of(phone, 1, "Plank")).not_to_contain_text("reps")
    seconds(phone).fill("45")
    row_of(phone, 1, "Plank").locator(".set-row__log").tap()
    expect(line).to_contain_text("2 of 3: 45, 31 s")
    row_of(phone, 2, "Plank").get_by_role("button", name="Undo").tap()
    expect(line).to_have_text("1 of 3: 45 s · On this phone.")
    expect(row_of(phone, 1, "Plank").get_by_text("+ drop")).to_have_count(0)
    at_hand(phone, "Hang")
    row_of(phone, 1, "Hang").get_by_label("Added").fill("4")
    seconds(phone, "Hang").fill("35")
    row_of(phone, 1, "Hang").locator(".set-row__log").tap()
    expect(phone.locator(".workout-card__line").nth(1)).to_have_text("1 of 3: 4 kg × 35 s a side · On this phone.")
    context.set_offline(False)
    flushed(phone)
    assert stored() == [("Hang", 1, 4, 1, 35, None), ("Plank", 1, 0, 1, 45, None)]
    phone.reload()
    expect(line).to_have_text("1 of 3: 45 s")
    expect(phone.locator(".workout-card__line").nth(1)).to_have_text("1 of 3: 4 kg × 35 s a side")


@pytest.mark.allow_console(CUT)
def test_without_a_signal_it_says_how_many_seconds_more_than_last_time_they_are(context, alice, workout):
    lifter, plank = Lifter(alice), workout.slots.get(exercise__name="Plank").exercise
    lifter.log(workout, 1, plank, 30, 30, 30, weight="0")
    lifter.finish(workout, 1)
    page = signed_in(context.new_page())
    page.goto(f"/workouts/{workout.id}/week/2/")
    is_there(page)
    saved(page, page.url)
    context.set_offline(True)
    seconds(page).fill("40")
    tap(page, "Log")
    expect(row_of(page, 1, "Plank").locator(".set-row__difference")).to_have_text("Record. +10 s")


def test_one_side_after_the_other_with_the_pause_that_the_lifter_chose(phone):
    other = dock(phone).get_by_role("button", name="Other side", exact=True)
    expect(other).to_be_hidden()
    at_hand(phone, "Hang")
    seconds(phone, "Hang").focus()
    expect(dock(phone)).to_contain_text("a side")
    tap(phone, "More weight")
    expect(row_of(phone, 1, "Hang").get_by_label("Added")).to_have_value("4")  # by its own step
    tap(phone, "Start")
    later(phone, 24)
    expect(clock(phone)).to_have_text("+0:04")
    other.tap()
    expect(timer(phone)).to_contain_text("0:10")
    expect(seconds(phone, "Hang")).to_have_value("24")
    later(phone, 11)
    expect(timer(phone)).to_contain_text("Go")
    assert len(phone.evaluate("rung")) == 8  # the target and the pause
    tap(phone, "Start")
    later(phone, 28)
    tap(phone, "Stop")
    other.tap()
    tap(phone, "Start")
    later(phone, 35)
    tap(phone, "Log")
    eventually(lambda: stored() == [("Hang", 1, 4, 1, 24, None)])  # what both sides held
    at_hand(phone, "Squat")
    row_of(phone, 1, "Squat").get_by_label("Reps a side").focus()
    expect(phone.locator("hold-timer")).to_be_hidden()
    other.tap()
    expect(timer(phone)).to_contain_text("0:20")
    assert len(stored()) == 1


def test_its_tray_fits_and_axe_finds_nothing_in_it(phone):
    phone.evaluate(AXE_SCRIPT)
    for exercise in ("Plank", "Hang"):
        at_hand(phone, exercise)
        seconds(phone, exercise).focus()
        phone.evaluate("document.activeElement.blur()")
        tap(phone, "Start")
        assert dock(phone).bounding_box()["height"] <= 0.24 * 844
        assert phone.evaluate(VIOLATIONS, {}) == []
        later(phone, 30)
        for scheme in ("dark", "light"):
            phone.emulate_media(color_scheme=scheme)
            assert phone.evaluate(VIOLATIONS, COLOURS) == []
        other = dock(phone).get_by_role("button", name="Other side", exact=True)
        other.tap() if exercise == "Hang" else tap(phone, "Stop")  # a rest with all its buttons
        for width in (390, 320, 195):
            phone.set_viewport_size({"width": width, "height": 844})
            assert phone.evaluate(SIDEWAYS) <= 0, (exercise, width)
        phone.set_viewport_size({"width": 390, "height": 844})
