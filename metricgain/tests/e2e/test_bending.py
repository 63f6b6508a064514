"""Days that do not go to plan, on a phone without JavaScript: everything is a form."""

import pytest
from playwright.sync_api import Page, expect

from exercises import library_seed as library
from metricgain.users.models import User
from training.catalogue import system_templates
from training.models import Prescription, Set, Template, WorkoutLog
from training.plan.from_template import start_mesocycle

# The head of a page names its modules; a browser without JavaScript does not load them, and says so.
pytestmark = pytest.mark.allow_console(r"/static/js/\S+\.js csp$")


@pytest.fixture
def page(new_context) -> Page:
    return new_context(java_script_enabled=False).new_page()


@pytest.fixture
def alice(transactional_db):
    library.seed()
    system_templates.seed()
    alice = User.objects.create_user("alice@example.org", "correct-horse-7")
    template = Template.objects.get(slug="full-body-3")
    start_mesocycle(alice, template, name="Autumn", weeks=4, start_date=alice.today(), at=alice.created_at)
    return alice


def change(page: Page, exercise: str) -> None:
    page.get_by_text(f"More of {exercise}", exact=True).click()


def test_a_workout_is_bent_to_the_day_and_nothing_is_lost(page, alice):
    page.goto("/login/")
    page.get_by_label("Email").fill("alice@example.org")
    page.get_by_label("Password").fill("correct-horse-7")
    page.get_by_role("button", name="Sign in").click()
    page.get_by_role("link", name="Start workout").click()
    names = page.locator("main section h2").all_inner_texts()
    first, second = names[0], names[1]

    page.get_by_role("button", name=f"One less set of {first}").click()
    expect(page.locator("main")).to_contain_text("You chose 1 set for today")

    page.get_by_role("link", name=f"Swap {second}").click()
    page.get_by_label("Equipment").select_option("barbell")
    page.get_by_role("button", name="Search").click()
    page.get_by_role("button").filter(has_text="Barbell").first.click()
    expect(page.locator("main")).to_contain_text(f"You chose it in place of {second}")

    page.get_by_role("link", name="Add an exercise").click()
    page.get_by_label("Muscle group").locator("visible=true").select_option("calfs")
    page.get_by_role("button", name="Search").click()
    page.get_by_role("button", name="Single-Leg Calf Raise").first.click()
    expect(page.locator("main")).to_contain_text("You added it.")

    page.get_by_text("Note", exact=True).click()
    page.get_by_label("Note to this workout").fill("Squat rack was taken")
    page.get_by_role("button", name="Save note").click()
    expect(page.locator("#note")).to_contain_text("Squat rack was taken")

    page.get_by_role("button", name="Skip this workout").click()
    expect(page.get_by_role("heading", name="Workout skipped")).to_be_visible()
    page.get_by_role("button", name="Reopen workout").click()
    row = page.get_by_role("form", name=f"{first}, set 1")
    row.get_by_label("Weight").fill("60")
    row.get_by_label("Reps").fill("8")
    row.get_by_role("button", name="Log").click()
    page.get_by_role("button", name="Finish workout").click()
    expect(page.get_by_role("heading", name="Workout done")).to_be_visible()

    assert WorkoutLog.objects.get().notes == "Squat rack was taken"
    assert Set.objects.count() == 1
    assert Prescription.objects.filter(week_number=2, exercise__name=second).exists()
