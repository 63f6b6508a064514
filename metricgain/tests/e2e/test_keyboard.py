"""The workout page by keys alone: a numpad or a page-turner logs a workout."""

import pytest
from playwright.sync_api import Page, expect

from exercises.tests.factories import ExerciseFactory
from metricgain.tests.e2e.floor import dock, eventually, row_of, stored
from metricgain.tests.e2e.signing_in import signed_in
from metricgain.users.models import User
from training.models import Set
from training.tests.factories import planned_workout


@pytest.fixture
def workout(transactional_db):
    alice = User.objects.create_user("alice@example.org", "correct-horse-7")
    press, row = ExerciseFactory(name="Press", muscle_group="chest"), ExerciseFactory(name="Row", muscle_group="back")
    return planned_workout(alice, press, row, target_weight=100)


@pytest.fixture
def desk(new_context, workout) -> Page:
    context = new_context(
        viewport={"width": 1280, "height": 800}, is_mobile=False, has_touch=False, device_scale_factor=1
    )
    page = context.new_page()
    signed_in(page).goto(f"/workouts/{workout.id}/week/1/")
    expect(dock(page)).to_be_visible()
    return page


def press(page: Page, *keys: str) -> None:
    for key in keys:
        page.keyboard.press(key)


def is_current(page: Page, number: int, exercise: str = "Press") -> None:
    expect(row_of(page, number, exercise)).to_have_attribute("aria-current", "step")


def test_a_whole_workout_is_logged_by_keys(desk):
    press(desk, "Enter")  # as planned
    is_current(desk, 2)
    press(desk, "ArrowDown", "ArrowDown", "Enter")  # two reps short
    is_current(desk, 3)
    press(desk, "ArrowLeft", "NumpadEnter")  # a step lighter
    for number in (1, 2, 3):
        is_current(desk, number, "Row")
        press(desk, "Enter")
        expect(row_of(desk, number, "Row")).to_contain_text("Done.")
    expect(dock(desk)).to_contain_text("All sets are done")
    eventually(lambda: len(stored()) == 6)
    assert [
        (int(one.weight * 10), one.reps) for one in Set.objects.filter(exercise__name="Press").order_by("set_number")
    ][:2] == [(1000, 10), (1000, 7)]
    assert Set.objects.get(exercise__name="Press", set_number=3).weight < 100
    assert desk.evaluate("document.activeElement === document.body")


def test_escape_takes_back_the_last_set_and_no_other(desk):
    press(desk, "Enter")
    is_current(desk, 2)
    press(desk, "Enter")
    is_current(desk, 3)
    eventually(lambda: len(stored()) == 2)
    press(desk, "Escape")
    is_current(desk, 2)
    eventually(lambda: stored() == [("Press", 1, 10)])
    expect(row_of(desk, 1)).to_contain_text("Done.")


def test_in_a_field_up_and_down_step_it_and_left_and_right_move_in_the_text(desk):
    weight = row_of(desk, 1).get_by_label("Weight")
    weight.focus()
    press(desk, "ArrowUp")
    expect(weight).to_have_value("102.5")
    press(desk, "ArrowRight", "ArrowLeft")
    expect(weight).to_have_value("102.5")
    row_of(desk, 1).get_by_label("Reps").focus()
    press(desk, "ArrowDown", "Enter")
    eventually(lambda: [(int(one.weight * 10), one.reps) for one in Set.objects.all()] == [(1025, 8)])


def test_keys_do_nothing_while_a_note_is_written(desk):
    desk.get_by_text("Note", exact=True).click()
    note = desk.get_by_label("Note to this workout")
    note.fill("Rack was taken")
    press(desk, "ArrowUp", "Enter", "Escape")
    expect(note).to_have_value("\nRack was taken")
    expect(row_of(desk, 1).get_by_label("Reps")).to_have_value("10")
    assert stored() == []


def test_the_page_says_its_keys_and_each_field_what_it_is(desk):
    expect(desk.get_by_text("takes the last set back")).to_be_visible()
    names = row_of(desk, 2).locator("input:not([type=hidden])").evaluate_all("all => all.map((one) => one.ariaLabel)")
    assert names == ["Press, set 2: Weight (kg)", "Press, set 2: Reps", "Press, set 2: RIR"]
    desk.keyboard.press("Tab")
    assert desk.evaluate("getComputedStyle(document.activeElement).outlineStyle") == "solid"
