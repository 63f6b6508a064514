"""From sign-up to what next week asks, on a phone's screen, with JavaScript and without."""

import pytest
from playwright.sync_api import Page, expect

from exercises.library_seed import seed as seed_library
from exercises.models import Exercise
from metricgain.tests.e2e.conftest import PHONE
from metricgain.tests.e2e.floor import at_hand, eventually, row_of
from training.models import Set, Template, WorkoutLog

# Two weeks of a lifter, weight x reps, in the order of the plan.
WEEK_1 = {"Barbell Bench Press": [(80, 8), (80, 8), (80, 7)], "Lat Pulldown": [(60, 12), (60, 11), (60, 10)]}
WEEK_2 = {"Barbell Bench Press": [(80, 9), (80, 8), (80, 8)], "Lat Pulldown": [(60, 13), (60, 12), (60, 11)]}
# What week 2 (2 in reserve after 3) asks of week 1, and what week 3 asks of week 2.
ASKED_2 = {"Barbell Bench Press": "3 sets · 80 kg × 8–9 @ 2 RIR", "Lat Pulldown": "60 kg × 11–13 @ 2 RIR"}


@pytest.fixture(params=[True, False], ids=["with JavaScript", "without"])
def page(request, browser, server, faults) -> Page:
    phone = browser.new_context(
        base_url=server, java_script_enabled=request.param, timezone_id="Europe/Berlin", **PHONE
    )
    phone.on("console", lambda message: message.type == "error" and faults.append(f"console: {message.text}"))
    phone.set_default_timeout(15_000)
    yield phone.new_page()
    phone.close()


@pytest.fixture
def template(transactional_db):
    seed_library()
    ids = dict(Exercise.objects.values_list("name", "id"))
    slots = [
        {"exercise_id": ids["Barbell Bench Press"], "target_sets": 3, "target_reps_min": 6, "target_reps_max": 10},
        {"exercise_id": ids["Lat Pulldown"], "target_sets": 3, "target_reps_min": 10, "target_reps_max": 15},
    ]
    config = {
        "duration_weeks": 5,
        "days_per_week": 1,
        "workouts": [{"name": "Upper", "day_of_week": 1, "exercises": slots}],
    }
    return Template.objects.create(name="Once a week", is_system=True, config=config)


def sign_up(page: Page) -> None:
    page.goto("/")
    page.get_by_role("link", name="Create an account").click()
    page.get_by_label("Email").fill("alice@example.org")
    page.get_by_label("Password").fill("correct-horse-7")
    page.get_by_label("Kilograms").check()
    page.get_by_role("button", name="Create account").click()
    expect(page.get_by_role("heading", name="No mesocycle is running")).to_be_visible()


def start(page: Page) -> None:
    page.get_by_role("link", name="Choose a template").click()
    page.get_by_role("link", name="Once a week").click()
    page.get_by_role("button", name="Start mesocycle").click()
    page.get_by_role("link", name="Start workout").click()


def train(page: Page, week: dict[str, list[tuple[int, int]]]) -> None:
    for exercise, sets in week.items():
        at_hand(page, exercise)
        for number, (weight, reps) in enumerate(sets, start=1):
            row = row_of(page, number, exercise)
            row.get_by_label("Weight").fill(str(weight))
            row.get_by_label("Reps").fill(str(reps))
            row.get_by_role("button", name="Log").click()
            expect(row_of(page, number, exercise)).to_contain_text("Done.")


def rate(page: Page, muscle: str, pump: str, challenge: str) -> None:
    question = page.locator("details", has_text=f"{muscle}: how did it go?")
    question.get_by_text(pump, exact=True).click()
    question.get_by_text(challenge, exact=True).click()
    save = question.get_by_role("button", name="Save")
    if save.is_visible():  # without a script; with it each tap saves
        save.click()
    expect(page.locator("details", has_text=f"{muscle}: how did it go?")).to_contain_text("Saved")


def test_sign_up_train_two_weeks_and_see_what_is_asked_and_why(page, template):
    sign_up(page)
    start(page)
    train(page, WEEK_1)
    rate(page, "Chest", "Good pump", "Difficult")
    rate(page, "Back", "Light pump", "Good")
    page.get_by_role("button", name="Finish workout").click()

    expect(page.get_by_role("heading", name="Workout done")).to_be_visible()
    expect(page.locator("#summary")).to_contain_text("6 of 6")
    expect(page.locator("#summary")).to_contain_text("3,820 kg")
    page.get_by_role("link", name="See what comes next").click()

    expect(page.get_by_role("heading", name="What changes, and why")).to_be_visible()
    for asked in ASKED_2.values():
        expect(page.locator("main")).to_contain_text(asked)
    expect(page.locator("main")).to_contain_text(
        "in this workout you last did 8 with 3 planned in reserve, now leave 2"
    )

    page.get_by_role("link", name="Start workout").click()
    press = row_of(page, 1, "Barbell Bench Press")
    expect(press.get_by_label("Weight")).to_have_value("80")
    expect(press.get_by_label("Reps")).to_have_value("9")
    expect(press).to_contain_text("Last time 80 kg × 8")
    sore = page.locator("section", has_text="Chest: how sore were you after last time?")
    sore.get_by_role("button", name="Recovered a while ago").click()
    expect(page.get_by_role("button", name="Recovered a while ago", pressed=True)).to_have_count(1)
    train(page, WEEK_2)
    page.get_by_role("button", name="Finish workout").click()
    expect(page.get_by_role("heading", name="Workout done")).to_be_visible()

    assert WorkoutLog.objects.completed().count() == 2
    logged = Set.objects.order_by("workout_log__week_number", "id").values_list("weight", "reps")
    assert list(logged) == [one for week in (WEEK_1, WEEK_2) for sets in week.values() for one in sets]


def test_what_was_typed_wrong_comes_back_at_its_row(page, template):
    sign_up(page)
    start(page)
    row = row_of(page, 2, "Barbell Bench Press")
    row.get_by_label("Weight").fill("eighty")
    row.get_by_role("button", name="Log").click()
    row = row_of(page, 2, "Barbell Bench Press")
    expect(row.get_by_label("Weight")).to_have_value("eighty")
    expect(row).to_contain_text("Type the weight as a number")
    expect(row).to_be_in_viewport()
    row.get_by_label("Weight").fill("80,5")
    row.get_by_role("button", name="Log").click()
    expect(row_of(page, 2, "Barbell Bench Press")).to_contain_text("Done.")
    page.get_by_role("button", name="Undo set 2 of Barbell Bench Press").click()
    expect(row_of(page, 2, "Barbell Bench Press")).not_to_contain_text("Done.")
    eventually(lambda: not Set.objects.exists())
