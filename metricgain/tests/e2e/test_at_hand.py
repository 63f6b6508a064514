"""One exercise is at hand, and the others are one line each: what the first screen of a workout shows."""

import re
from datetime import timedelta

import pytest
from playwright.sync_api import Page, expect

from exercises.models import MuscleGroup
from exercises.tests.factories import ExerciseFactory
from metricgain.tests.e2e.floor import at_hand, dock, eventually, flushed, log, row_of, stored
from metricgain.tests.e2e.signing_in import signed_in
from metricgain.users.models import User
from training.tests.factories import planned_workout
from training.tests.lifting import Lifter

SCREENS = {"phone": (390, 844), "small": (320, 568), "lying": (844, 390), "large text": (195, 422)}
MUSCLES = [*MuscleGroup.values][:8]


@pytest.fixture
def workout(transactional_db):
    """The second week of 24 sets, three of each muscle, with a question about the soreness of each."""
    alice = User.objects.create_user("alice@example.org", "correct-horse-7")
    exercises = [ExerciseFactory(name=f"Movement for {muscle}", muscle_group=muscle) for muscle in MUSCLES]
    workout = planned_workout(alice, *exercises, target_weight="102.5")
    lifter = Lifter(alice, alice.today() - timedelta(days=7))
    lifter.train(workout, 1, 10, 9, 8)
    return workout


@pytest.fixture
def open_on(new_context, workout):
    """Opens the workout on a screen of that size, once its tray works."""

    def open_on(screen: str) -> Page:
        width, height = SCREENS[screen]
        page = new_context(viewport={"width": width, "height": height}).new_page()
        signed_in(page).goto(f"/workouts/{workout.id}/week/2/")
        expect(dock(page)).to_be_visible()
        return page

    return open_on


def in_sight(page: Page, part) -> bool:
    """Whether a part is on the screen, and the tray does not cover it."""
    box, height = part.bounding_box(), page.viewport_size["height"]
    tray = dock(page).bounding_box()
    beside = tray["x"] >= box["x"] + box["width"]
    return box["y"] >= 0 and box["y"] + box["height"] <= (height if beside else tray["y"])


def name_of(place: int) -> str:
    return f"Movement for {MUSCLES[place]}"


@pytest.mark.parametrize("screen", SCREENS)
def test_the_first_screen_has_the_next_row_and_the_log_button(open_on, screen):
    page = open_on(screen)
    row = row_of(page, 1, name_of(0))
    eventually(lambda: in_sight(page, row))
    log_button = dock(page).get_by_role("button", name="Log").bounding_box()
    assert log_button["y"] + log_button["height"] <= page.viewport_size["height"]
    assert page.evaluate("document.documentElement.scrollWidth") <= page.viewport_size["width"]


def test_a_phone_shows_the_exercise_at_hand_with_its_question_and_the_rest_in_three_screens(open_on):
    page = open_on("phone")
    eventually(lambda: in_sight(page, row_of(page, 1, name_of(0))))
    card = page.get_by_role("region", name=name_of(0))
    assert in_sight(page, card.get_by_role("heading", name=name_of(0)))
    assert in_sight(page, card.get_by_role("button", name="Still sore"))
    assert page.locator(".workout-card--folded").count() == len(MUSCLES) - 1
    assert dock(page).bounding_box()["height"] <= 0.24 * 844
    assert page.evaluate("document.documentElement.scrollHeight") <= 3 * 844


def test_a_tap_opens_another_exercise_which_the_tray_then_logs(open_on):
    page = open_on("phone")
    expect(page.get_by_role("region", name=name_of(2))).to_contain_text("3 sets")
    at_hand(page, name_of(2))
    expect(row_of(page, 1, name_of(2))).to_be_visible()
    expect(row_of(page, 1, name_of(0))).to_be_hidden()
    dock(page).get_by_role("button", name="Log").tap()
    eventually(lambda: [name for name, _, _ in stored()].count(name_of(2)) == 4)
    page.reload()
    expect(row_of(page, 2, name_of(2))).to_be_visible()  # it was trained last


def test_the_line_of_what_was_done_is_the_same_on_the_phone_and_on_the_server(open_on):
    page = open_on("phone")
    line = page.get_by_role("region", name=name_of(0)).locator(".workout-card__line")
    for number, weight, reps in ((1, "100", 8), (2, "100", 7), (3, "97.5", 7)):
        log(page, number, reps, name_of(0), weight=weight)
        if number == 2:
            expect(line).to_have_text("2 of 3: 100 kg × 8, 7")
    expect(row_of(page, 1, name_of(1))).to_be_visible()  # the next exercise opens by itself
    flushed(page)
    words = "100 kg × 8, 7; 97.5 kg × 7"
    expect(line).to_have_text(words)
    answer = page.request.get(page.url)
    assert f">{words}</p>" in answer.text()


def test_the_last_set_can_be_taken_back_from_the_tray_for_a_while(open_on):
    page = open_on("phone")
    page.clock.install()
    undo = dock(page).get_by_role("button", name=re.compile(f"^Undo 100 kg × .*, {name_of(0)}, set 1"))
    dock(page).get_by_role("button", name="Log").tap()
    undo.tap()
    expect(undo).to_be_hidden()
    expect(row_of(page, 1, name_of(0))).not_to_contain_text("Done.")
    dock(page).get_by_role("button", name="Log").tap()
    expect(undo).to_be_visible()
    page.clock.fast_forward(10_000)
    expect(undo).to_be_hidden()


def test_a_workout_without_a_set_is_not_drawn_as_finished(open_on):
    page = open_on("phone")
    page.get_by_role("button", name="Finish workout").click()
    expect(page.locator("#finish [role=alert]")).to_have_text(
        "You have not logged a set yet. Log at least one, or skip this workout."
    )
    expect(page.locator("#summary")).to_have_count(0)
    log(page, 1, 8, name_of(0))
    expect(row_of(page, 1, name_of(0))).to_contain_text("Done.")
    page.get_by_role("button", name="Finish workout").click()
    expect(page.get_by_role("heading", name="Workout done")).to_be_visible()


def test_an_empty_weight_is_asked_for_in_our_words(page, transactional_db):
    alice = User.objects.create_user("alice@example.org", "correct-horse-7")
    bare = planned_workout(alice, ExerciseFactory(name="Bench"))
    signed_in(page).goto(f"/workouts/{bare.id}/week/1/")
    dock(page).get_by_role("button", name="Log").tap()
    weight = row_of(page, 1, "Bench").get_by_label("Weight")
    expect(weight).to_be_focused()
    expect(row_of(page, 1, "Bench")).to_contain_text("Type the weight you used; 0 for bodyweight alone.")
    weight.fill("60")
    row_of(page, 1, "Bench").get_by_label("Reps").fill("8")
    dock(page).get_by_role("button", name="Log").tap()
    expect(row_of(page, 1, "Bench")).to_contain_text("Done.")


def test_the_next_exercise_opens_where_its_last_set_was_taken_from_the_plan(open_on):
    page = open_on("phone")
    for number in (1, 2):
        log(page, number, 8, name_of(0))
    page.get_by_role("button", name=f"One less set of {name_of(0)}").click()
    expect(row_of(page, 1, name_of(1))).to_be_visible()
    expect(dock(page)).to_contain_text(f"set 1 · {name_of(1)}")


def test_the_tray_opens_the_card_of_its_row(open_on):
    page = open_on("phone")
    for number in (1, 2, 3):
        log(page, number, 8, name_of(0))
    at_hand(page, name_of(0))  # to look at what was done
    dock(page).locator("[data-type=weight]").tap()
    expect(row_of(page, 1, name_of(1)).get_by_label("Weight")).to_be_focused()


def test_after_a_set_was_changed_the_tray_goes_on(open_on):
    page = open_on("phone")
    for number in (1, 2):
        log(page, number, 8, name_of(0))
    row_of(page, 1, name_of(0)).get_by_label("Reps").fill("7")
    row_of(page, 1, name_of(0)).get_by_role("button", name="Log").click()
    expect(dock(page)).to_contain_text(f"set 3 · {name_of(0)}")


def test_the_tray_says_which_set_is_next_and_of_which_it_asks_the_rir(open_on):
    page = open_on("phone")
    dock(page).get_by_role("button", name="Log").tap()
    expect(dock(page).locator("[data-part=name]")).to_be_visible()
    expect(dock(page)).to_contain_text(f"set 2 · {name_of(0)}")
    expect(dock(page).locator("rir-chips")).to_contain_text("set 1: how many more could you have done?")
    expect(dock(page).locator("rir-chips [data-part=exercise]")).to_have_class("unseen")  # the tray has it already
