"""Once a workout is finished, an exercise changed for that day alone can be kept in one tap; nothing else is asked."""

import pytest
from playwright.sync_api import Page, expect

from exercises.tests.factories import ExerciseFactory
from metricgain.tests.e2e.floor import at_hand, change, eventually, flushed, header, log, open_workout
from metricgain.users.models import User
from training.models import Prescription
from training.tests.factories import planned_workout


@pytest.fixture
def workout(transactional_db):
    alice = User.objects.create_user("alice@example.org", "correct-horse-7")
    ExerciseFactory(name="Fly", muscle_group="chest")
    names = {"Press": "chest", "Row": "back", "Squat": "legs"}
    exercises = [ExerciseFactory(name=name, muscle_group=muscle) for name, muscle in names.items()]
    return planned_workout(alice, *exercises, target_weight=100)


@pytest.fixture
def phone(page, workout) -> Page:
    """A workout bent to the day: an exercise swapped, another left out, a set more of the third; and finished."""
    open_workout(page, f"/workouts/{workout.id}/week/1/")
    page.get_by_role("link", name="Swap Press").click()
    page.get_by_role("button", name="Fly").click()
    expect(page.get_by_role("heading", name="Fly")).to_be_visible()
    change(page, "Squat")
    page.get_by_role("button", name="Remove exercise").last.click()
    at_hand(page, "Row")
    page.get_by_role("button", name="Add a set of Row").click()
    log(page, 1, 10, exercise="Row")
    flushed(page)
    expect(page.locator("#changes")).to_have_count(0)
    page.get_by_role("button", name="Finish workout").click()
    expect(page.get_by_role("heading", name="Keep it for the coming weeks?")).to_be_visible()
    flushed(page)
    return page


def keep(page: Page, what: str):
    return page.get_by_role("form", name=what, exact=True).get_by_role("button", name="From now on")


def of_week(number: int) -> set[str]:
    rows = Prescription.objects.current().filter(week_number=number)
    return set(rows.values_list("exercise__name", flat=True))


def in_plan(workout) -> list[str]:
    return list(workout.slots.order_by("position").values_list("exercise__name", flat=True))


def test_it_asks_about_each_change_and_what_is_kept_reaches_next_week(phone, workout):
    expect(phone.locator("#changes form")).to_have_count(3)
    assert of_week(2) == {"Press", "Row", "Squat"}
    keep(phone, "Fly in place of Press").click()
    flushed(phone)
    expect(keep(phone, "Fly in place of Press")).to_have_count(0)
    expect(keep(phone, "Squat left out")).to_be_visible()
    eventually(lambda: of_week(2) == {"Fly", "Row", "Squat"})
    assert in_plan(workout) == ["Fly", "Row", "Squat"]
    phone.goto(f"/workouts/{workout.id}/week/2/")
    expect(phone.get_by_role("heading", name="Fly")).to_be_visible()
    expect(phone.get_by_role("heading", name="Squat")).to_be_visible()
    expect(phone.get_by_role("heading", name="Press")).to_have_count(0)


def test_what_nobody_answers_was_for_today_alone(phone, workout):
    phone.get_by_role("link", name="See what comes next").click()
    expect(phone.locator("main")).to_contain_text("Press")
    expect(phone.locator("main")).not_to_contain_text("Fly")
    assert in_plan(workout) == ["Press", "Row", "Squat"]


@pytest.mark.allow_console(r"net::ERR_|Failed to load resource|Failed to fetch|status of")
def test_it_can_be_kept_without_a_signal(phone, context, workout):
    context.set_offline(True)
    keep(phone, "Squat left out").click()
    expect(header(phone)).to_have_text("1 change on this phone")
    context.set_offline(False)
    flushed(phone)
    eventually(lambda: of_week(2) == {"Press", "Row"})
    assert in_plan(workout) == ["Press", "Row"]
