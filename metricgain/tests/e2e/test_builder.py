"""From an empty plan to one that asks, without a script: each change is a form with an address."""

import pytest

from exercises import library_seed as library
from exercises.tests.factories import ExerciseFactory
from metricgain.tests.e2e.conftest import PHONE
from metricgain.tests.e2e.signing_in import signed_in
from metricgain.users.models import User
from training.models import Mesocycle
from training.tests.factories import SlotFactory, WorkoutFactory, planned_workout


@pytest.fixture
def alice(transactional_db):
    library.seed()
    return User.objects.create_user("alice@example.org", "correct-horse-7")


@pytest.mark.parametrize("script", [True, False], ids=["with a script", "without one"])
def test_a_plan_is_built_from_nothing(browser, server, faults, alice, script):
    context = browser.new_context(base_url=server, java_script_enabled=script, **PHONE)
    page = context.new_page()
    signed_in(page).goto("/mesocycles/")
    page.get_by_role("link", name="Make a plan of your own").click()
    page.fill("[name=name]", "Mine")
    page.select_option("[name=days]", "2")
    page.get_by_role("button", name="Make the plan").click()
    page.get_by_text("Day 1 has no exercise yet.").wait_for()
    page.get_by_role("link", name="Day 1").click()
    page.get_by_role("link", name="Add an exercise").click()
    page.fill("[name=q]:visible", "barbell bench press")  # without scripts the list has a search of its own
    page.get_by_role("button", name="Search").click()
    page.get_by_role("button", name="Barbell Bench Press").first.click()
    page.locator("summary", has_text="Barbell Bench Press").first.click()
    page.fill("[name=target_sets]", "40")
    page.get_by_role("button", name="Save Barbell Bench Press").first.click()
    page.get_by_text("1 to 15 sets").first.wait_for()
    assert page.input_value("[name=target_sets]") == "40"
    page.fill("[name=target_sets]", "4")
    page.fill("[name=target_weight]", "62,5")
    page.get_by_role("button", name="Save Barbell Bench Press").first.click()
    page.get_by_text("from 62.5 kg").wait_for()
    slot = Mesocycle.objects.get().workouts.first().slots.get()
    assert (slot.target_sets, str(slot.target_weight)) == (4, "62.50")
    page.locator("summary", has_text="Name, weekday").click()
    page.get_by_role("button", name="Duplicate this day").click()
    page.get_by_role("heading", name="Day 3").wait_for()
    assert Mesocycle.objects.get().days_per_week == 3
    context.close()


@pytest.fixture
def day(alice):
    press, row = ExerciseFactory(name="Press"), ExerciseFactory(name="Row", muscle_group="back")
    first = planned_workout(alice, press, row)
    other = WorkoutFactory(mesocycle=first.mesocycle)
    SlotFactory(workout=other, exercise=press, target_sets=4)
    return first


def sums(page, muscle: str) -> tuple[str, str]:
    """Returns what the week's line of a muscle says: its sets, and the word beside them."""
    line = page.locator(f".plan-sets[data-muscle={muscle}]")
    return line.locator(".number").inner_text(), line.locator(".plan-sets__words").inner_text().strip()


def test_the_sums_of_the_week_follow_what_is_typed_and_the_save_says_the_same(page, day):
    signed_in(page).goto(f"/workouts/{day.id}/plan/")
    assert sums(page, "chest") == ("7", "")
    page.locator("summary", has_text="Press").click()
    field = page.locator("[name=target_sets]").first
    bar = page.locator(".plan-sets[data-muscle=chest] rect")
    for sets, week in ((5, "9"), (15, "19")):
        field.fill(str(sets))
        assert sums(page, "chest")[0] == bar.get_attribute("width") == week
    page.locator("summary", has_text="Row").click()
    page.locator("[name=target_sets]").last.fill("1")
    assert sums(page, "back") == ("1", "below MEV")
    page.locator("[name=target_sets]").last.fill("15")
    typed = page.locator("plan-sums").inner_text()
    assert typed.startswith("30 sets · about ")
    assert sums(page, "back")[0] == "15"
    page.get_by_role("button", name="Save Press").click()
    page.locator("summary", has_text="Row").click()
    page.locator("[name=target_sets]").last.fill("15")
    page.get_by_role("button", name="Save Row").click()
    page.wait_for_load_state()
    assert page.locator("plan-sums").inner_text() == typed
    assert (sums(page, "chest")[0], sums(page, "back")[0]) == ("19", "15")


def test_above_and_over_are_said_as_they_are_typed(page, day):
    SlotFactory(workout=day.mesocycle.workouts.last(), exercise=ExerciseFactory(), target_sets=6)
    signed_in(page).goto(f"/workouts/{day.id}/plan/")
    page.locator("summary", has_text="Press").click()
    field = page.locator("[name=target_sets]").first
    landmarks = page.locator(".plan-sets[data-muscle=chest]").evaluate("one => [+one.dataset.mav, +one.dataset.mrv]")
    for limit, word in zip(landmarks, ("above MAV", "over MRV"), strict=True):
        field.fill(str(limit + 1 - 10))
        assert sums(page, "chest") == (str(limit + 1), word)
