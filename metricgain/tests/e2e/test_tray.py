"""Questions that nobody answered in the flow: they wait at the top of the next workouts, in nobody's way."""

import pytest
from playwright.sync_api import Page, expect

from exercises.tests.factories import ExerciseFactory
from metricgain.tests.e2e.floor import eventually, flushed, log, open_workout
from metricgain.users.models import User
from training.models import MuscleGroupFeedback, WorkoutLog
from training.tests.factories import SlotFactory, WorkoutFactory, planned_workout

QUESTION = "Chest in Upper, week 1: how did it go?"


@pytest.fixture
def upper(transactional_db):
    """Makes a workout for the chest and then the legs, and a second workout of the week with both again."""
    alice = User.objects.create_user("alice@example.org", "correct-horse-7")
    press = ExerciseFactory(name="Press", muscle_group="chest")
    squat = ExerciseFactory(name="Squat", muscle_group="legs")
    upper = planned_workout(alice, press, target_weight=100, target_sets=2)
    upper.name = "Upper"
    upper.save()
    lower = WorkoutFactory(mesocycle=upper.mesocycle, name="Lower")
    for exercise in (squat, press):
        SlotFactory(workout=lower, exercise=exercise, target_weight=100, target_sets=2)
    return upper


@pytest.fixture
def lower(upper):
    return upper.mesocycle.workouts.get(name="Lower")


@pytest.fixture
def phone(page, upper, lower) -> Page:
    """Upper is done and its question passed over; Lower stands open."""
    open_workout(page, f"/workouts/{upper.id}/week/1/")
    log(page, 1, 8)
    log(page, 2, 8)
    expect(page.locator("#performance-chest")).to_have_attribute("open", "")
    page.get_by_role("button", name="Finish workout").click()
    eventually(lambda: WorkoutLog.objects.filter(workout=upper, status="completed").exists())
    flushed(page)
    assert not MuscleGroupFeedback.objects.exists()
    page.goto(f"/workouts/{lower.id}/week/1/")
    return page


def tray(page: Page):
    return page.locator("details", has_text=QUESTION)


def answer(page: Page) -> None:
    page.get_by_text(QUESTION).click()
    tray(page).get_by_text("Good pump", exact=True).click()
    tray(page).get_by_text("Difficult", exact=True).click()


def test_an_unanswered_question_waits_folded_and_an_answer_reaches_the_workout_it_is_about(phone, upper):
    expect(tray(phone)).not_to_have_attribute("open", "")
    log(phone, 1, 8, exercise="Squat")  # another muscle: the question stays
    flushed(phone)
    phone.reload()
    answer(phone)
    expect(tray(phone)).to_have_count(0)
    flushed(phone)
    said = MuscleGroupFeedback.objects.get()
    assert (said.workout_log.workout_id, said.muscle_group) == (upper.id, "chest")
    assert (said.pump_level, said.challenge_level) == (2, 2)
    phone.reload()
    expect(phone.get_by_text(QUESTION)).to_have_count(0)


def test_it_waits_until_the_muscles_next_workout_begins(phone):
    expect(tray(phone)).to_be_visible()
    log(phone, 1, 8)
    flushed(phone)
    expect(tray(phone)).to_have_count(0)
    phone.reload()
    expect(phone.get_by_role("heading", name="Lower")).to_be_visible()
    expect(tray(phone)).to_have_count(0)
    assert not MuscleGroupFeedback.objects.exists()


@pytest.mark.allow_console(r"net::ERR_|Failed to load resource|Failed to fetch|status of")
def test_an_answer_from_the_tray_is_kept_without_a_signal(phone, context, lower):
    open_again = f"/workouts/{lower.id}/week/1/"
    phone.goto(open_again)
    context.set_offline(True)
    answer(phone)
    expect(tray(phone).locator("summary")).to_contain_text("On this phone.")
    context.set_offline(False)
    flushed(phone)
    eventually(lambda: MuscleGroupFeedback.objects.filter(pump_level=2).exists())
    assert WorkoutLog.objects.filter(workout=lower).count() == 0
