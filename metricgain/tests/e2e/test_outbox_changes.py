"""Everything else that the workout page can do, without a signal: shown at once, stored when the server is back."""

import re
from datetime import timedelta

import pytest
from playwright.sync_api import Page, expect

from exercises.models import Exercise
from exercises.tests.factories import ExerciseFactory
from metricgain.tests.e2e.floor import (
    at_hand,
    change,
    eventually,
    flushed,
    header,
    log,
    open_workout,
    row_of,
    saved,
    stored,
)
from metricgain.users.models import User
from training.models import MuscleGroupFeedback, Prescription, WorkoutLog
from training.own_exercise import merging
from training.session.page.tests.test_cards import trained
from training.tests.factories import planned_workout
from training.tests.lifting import Lifter

pytestmark = pytest.mark.allow_console(r"net::ERR_|Failed to load resource|Failed to fetch|status of")


@pytest.fixture
def alice(transactional_db):
    return User.objects.create_user("alice@example.org", "correct-horse-7")


@pytest.fixture
def press(alice):
    return ExerciseFactory(name="Press", muscle_group="chest")


@pytest.fixture
def workout(alice, press):
    ExerciseFactory(name="Fly", muscle_group="chest")
    return planned_workout(alice, press, ExerciseFactory(name="Row", muscle_group="back"), target_weight=100)


@pytest.fixture
def phone(page, context, workout) -> Page:
    """Opens the page of the workout, and cuts the phone off."""
    open_workout(page, f"/workouts/{workout.id}/week/1/")
    context.set_offline(True)
    return page


@pytest.fixture
def signal(context, phone):
    def signal():
        context.set_offline(False)
        flushed(phone)

    return signal


def asked() -> list[tuple[str, int]]:
    rows = Prescription.objects.current().filter(week_number=1).order_by("position", "id").select_related("exercise")
    return [(row.exercise.name, row.sets) for row in rows]


def test_a_set_is_taken_back(phone, signal):
    log(phone, 1, 8)
    log(phone, 2, 7)
    phone.get_by_role("button", name="Undo set 1 of Press").click()
    expect(row_of(phone, 1)).to_contain_text("Taken back. On this phone.")
    expect(row_of(phone, 1).get_by_role("button", name="Log")).to_be_visible()
    expect(header(phone)).to_have_text("1 set and 1 change on this phone")
    signal()
    assert stored() == [("Press", 2, 7)]


def test_sets_are_added_beyond_the_plan_one_after_the_other(phone, signal):
    for number, reps in ((4, 6), (5, 5)):
        at_hand(phone, "Press")
        phone.get_by_role("button", name="Add a set of Press").click()
        log(phone, number, reps)
        expect(row_of(phone, number)).to_contain_text("On this phone.")
    signal()
    assert stored() == [("Press", 4, 6), ("Press", 5, 5)]


def test_sets_of_an_exercise_that_was_merged_meanwhile_stand_beside_the_others_and_go_on_there(phone, signal, press):
    log(phone, 1, 8)
    log(phone, 1, 12, exercise="Row")
    log(phone, 2, 11, exercise="Row")
    merging.merge(Exercise.objects.get(name="Row"), press)
    signal()
    assert stored() == [("Press", 1, 8), ("Press", 2, 12), ("Press", 3, 11)]
    expect(row_of(phone, 2).get_by_label("Reps")).to_have_value("12")
    expect(row_of(phone, 1, "Row")).to_have_count(0)
    log(phone, 2, 13)
    phone.get_by_role("button", name="Add a set of Press").click()
    log(phone, 4, 6)
    row_of(phone, 3).get_by_role("button", name="Undo").click()
    eventually(lambda: stored() == [("Press", 1, 8), ("Press", 2, 13), ("Press", 4, 6)])


def test_a_note_and_another_day_are_kept(phone, signal):
    phone.get_by_text("Note", exact=True).click()
    phone.get_by_label("Note to this workout").fill("Rack was taken")
    phone.get_by_role("button", name="Save note").click()
    expect(phone.locator("#note summary")).to_contain_text("On this phone.")
    phone.get_by_text("Did it on another day?").click()
    phone.get_by_label("Day", exact=True).fill("2026-11-20")
    phone.get_by_role("button", name="Save the day").click()
    expect(phone.locator("#backfill summary")).to_contain_text("On this phone.")
    phone.reload()
    expect(phone.get_by_label("Note to this workout")).to_have_value("Rack was taken")
    signal()
    log_ = WorkoutLog.objects.get()
    assert (log_.notes, log_.local_date.isoformat()) == ("Rack was taken", "2026-11-20")


def test_how_it_went_is_asked_when_the_last_set_is_done_and_kept(phone, signal):
    for number in (1, 2, 3):
        log(phone, number, 8)
    question = phone.locator("#performance-chest")
    expect(question).to_have_attribute("open", "")
    question.get_by_text("Good pump", exact=True).click()
    question.get_by_text("Difficult", exact=True).click()
    expect(question.locator("summary")).to_contain_text("On this phone.")
    signal()
    assert MuscleGroupFeedback.objects.get().pump_level == 2


def test_soreness_is_kept_and_nothing_speaks_of_another_answer(page, context, workout, alice, press):
    lifter = Lifter(alice, alice.today() - timedelta(days=7))
    lifter.log(workout, 1, press, 10, 10, 10)
    lifter.finish(workout, 1)
    open_workout(page, f"/workouts/{workout.id}/week/2/")
    question = page.locator("#soreness-chest")
    expect(question).to_contain_text("Same sets for Chest because you did not say how sore you got.")
    context.set_offline(True)
    chip = question.get_by_role("button", name="Still sore")
    chip.click()
    expect(chip).to_have_attribute("aria-pressed", "true")
    expect(question).to_contain_text("On this phone.")
    expect(question).not_to_contain_text("you did not say")
    context.set_offline(False)
    flushed(page)
    expect(question).to_contain_text("No extra set for Chest: you are still sore today.")
    eventually(lambda: MuscleGroupFeedback.objects.filter(soreness_level__isnull=False).exists())


def test_the_number_of_sets_changes_tap_by_tap(phone, signal):
    for number in (4, 5):
        phone.get_by_role("button", name="Add a set of Press").click()
        expect(row_of(phone, number)).to_be_visible()
    at_hand(phone, "Row")
    phone.get_by_role("button", name="One less set of Row").click()
    expect(row_of(phone, 3, "Row")).to_have_count(0)
    signal()
    assert asked() == [("Press", 5), ("Row", 2)]


def test_an_exercise_is_moved_and_another_removed(phone, signal):
    phone.get_by_text("Order of exercises").click()
    phone.get_by_role("button", name="Up Row").click()
    expect(phone.locator("#order")).to_contain_text("Moved. On this phone.")
    expect(phone.locator("main section h2").first).to_have_text("Row")
    expect(phone.get_by_role("button", name="Up Row")).to_be_disabled()
    change(phone, "Press")
    phone.get_by_role("button", name="Remove exercise").last.click()
    expect(phone.get_by_text("Removed. On this phone.")).to_be_visible()
    signal()
    assert asked() == [("Row", 3)]


def test_an_exercise_is_dragged_to_its_place(phone, signal):
    phone.get_by_text("Order of exercises").click()
    grips = phone.locator(".order__grip")
    grips.last.scroll_into_view_if_needed()
    last, first = grips.last.bounding_box(), grips.first.bounding_box()
    phone.mouse.move(last["x"] + 20, last["y"] + 20)
    phone.mouse.down()
    phone.mouse.move(last["x"] + 20, first["y"] + 5, steps=4)
    phone.mouse.up()
    expect(phone.locator("main section h2").first).to_have_text("Row")
    signal()
    assert asked() == [("Row", 3), ("Press", 3)]


def test_a_workout_is_cut_down_to_the_minutes_there_are_and_made_whole_again(phone, signal, context):
    phone.get_by_text("Short of time?").click()
    phone.get_by_role("button", name="I have 20 minutes").click()
    expect(phone.locator("#shorten")).to_contain_text("Cut down to 20 minutes. On this phone.")
    left = phone.locator("expected-reps .set-row").count()
    assert left < 6
    signal()
    assert sum(sets for _, sets in asked()) == left
    expect(phone.locator("#shorten summary")).to_have_text("Cut down to 20 minutes")
    context.set_offline(True)
    phone.locator("#shorten summary").click()
    phone.get_by_role("button", name="The whole workout again").click()
    expect(phone.locator("#shorten")).to_contain_text("On this phone.")
    signal()
    assert asked() == [("Press", 3), ("Row", 3)]


def test_a_note_is_pinned_to_an_exercise(phone, signal, press):
    change(phone, "Press")
    phone.get_by_label("Note that stays with Press").fill("Seat on 4")
    phone.get_by_role("button", name="Pin the note to Press").click()
    expect(phone.locator(".pinned").first).to_have_text("Seat on 4")
    signal()
    assert press.settings.get().note == "Seat on 4"


def test_another_weight_carries_on_to_the_sets_after_it_without_a_signal(phone, signal):
    log(phone, 1, 8, weight="110")
    expect(row_of(phone, 2).get_by_label("Weight")).to_have_value("110")
    expect(row_of(phone, 2).get_by_label("Reps")).to_have_value("7")
    signal()
    assert stored() == [("Press", 1, 8)]


@pytest.mark.saves_ahead("all")
def test_a_swapped_exercise_is_logged_at_once_and_not_held_against_the_other_ones_sets(
    page, context, workout, press, alice
):
    trained(alice, press, (10, 8))
    address = f"/workouts/{workout.id}/week/1/"
    open_workout(page, address)
    saved(page, f"{address}exercises/{press.id}/swap/")
    context.set_offline(True)
    page.get_by_role("link", name="Swap Press").click()
    page.get_by_role("button", name="Fly").click()
    expect(page.get_by_role("heading", name="Fly")).to_be_visible()
    log(page, 1, 12, "Fly", weight="20")
    expect(row_of(page, 1, "Fly")).to_contain_text("On this phone.")
    expect(row_of(page, 1, "Fly").locator(".set-row__difference")).to_be_empty()
    expect(row_of(page, 2, "Fly")).not_to_contain_text("Last time")
    page.reload()
    expect(row_of(page, 1, "Fly").get_by_label("Reps")).to_have_value("12")
    context.set_offline(False)
    flushed(page)
    assert asked() == [("Fly", 3), ("Row", 3)]
    assert sorted(stored()) == [("Fly", 1, 12), ("Press", 1, 8)]


@pytest.mark.saves_ahead("all")
def test_what_moves_the_body_is_swapped_for_what_asks_a_weight(page, context, alice, press):
    """The rows of push-ups have no field for a weight."""
    push_up = ExerciseFactory(name="Push-up", muscle_group="chest", equipment="bodyweight", loading="bodyweight")
    address = f"/workouts/{planned_workout(alice, push_up).id}/week/1/"
    open_workout(page, address)
    saved(page, f"{address}exercises/{push_up.id}/swap/")
    context.set_offline(True)
    page.get_by_role("link", name="Swap Push-up").click()
    page.get_by_role("button", name="Press").click()
    log(page, 1, 12, weight="20")
    expect(row_of(page, 1)).to_contain_text("On this phone.")
    expect(page.get_by_role("heading", name="Push-up")).to_have_count(0)
    context.set_offline(False)
    flushed(page)
    assert stored() == [("Press", 1, 12)]


@pytest.mark.saves_ahead("all")
def test_an_added_exercise_is_logged_at_once(page, context, workout):
    address = f"/workouts/{workout.id}/week/1/"
    open_workout(page, address)
    saved(page, f"{address}exercises/add/")
    context.set_offline(True)
    page.get_by_role("link", name="Add an exercise").click()
    page.get_by_role("button", name="Fly").click()
    expect(page.get_by_role("heading", name="Fly")).to_be_visible()
    log(page, 1, 12, "Fly", weight="20")
    expect(row_of(page, 1, "Fly")).to_contain_text("On this phone.")
    context.set_offline(False)
    flushed(page)
    assert [name for name, _ in asked()] == ["Press", "Row", "Fly"]
    assert stored() == [("Fly", 1, 12)]


@pytest.mark.saves_ahead("all")
def test_several_are_ticked_while_the_list_narrows_and_added_without_a_signal(page, context, workout):
    ExerciseFactory(name="Curl", muscle_group="bis")
    address = f"/workouts/{workout.id}/week/1/"
    open_workout(page, address)
    saved(page, f"{address}exercises/add/")
    page.goto(f"{address}exercises/add/")
    expect(page.get_by_role("button", name="Add the ticked")).to_be_hidden()
    page.get_by_label("Tick Fly").check()
    expect(page.get_by_role("button", name="Add 1 exercise")).to_be_visible()
    page.get_by_label("Search by name").fill("curl")
    expect(page.locator("[data-ticked]")).to_contain_text("Fly")
    page.get_by_label("Tick Curl").check()
    context.set_offline(True)
    page.get_by_role("button", name="Add 2 exercises").click()
    for name in ("Curl", "Fly"):
        expect(page.get_by_role("heading", name=name)).to_be_visible()
    context.set_offline(False)
    flushed(page)
    assert sorted(name for name, _ in asked()) == ["Curl", "Fly", "Press", "Row"]


def test_ticks_stay_where_another_page_of_the_list_is_shown(page, workout):
    for number in range(70):
        ExerciseFactory(name=f"Z curl {number:02}", muscle_group="bis")
    address = f"/workouts/{workout.id}/week/1/"
    open_workout(page, address)
    page.goto(f"{address}exercises/add/")
    page.get_by_label("Tick Fly").check()
    page.get_by_role("link", name="More").click()
    expect(page).to_have_url(re.compile(r"page=2"))
    expect(page.locator("[data-ticked]")).to_contain_text("Fly")
    second = page.locator("[data-narrowed] [name=exercises]").first
    second.check()
    page.get_by_role("link", name="Back").click()
    expect(page.get_by_label("Tick Fly")).to_be_checked()
    page.get_by_role("button", name="Add 2 exercises").click()
    expect(page.get_by_role("heading", name="Fly")).to_be_visible()
    flushed(page)
    assert {name for name, _ in asked()} >= {"Press", "Row", "Fly"}
    assert len(asked()) == 4


@pytest.mark.saves_ahead("all")
def test_what_is_not_saved_says_so_before_the_tap(phone):
    phone.evaluate("caches.keys().then((all) => Promise.all(all.map((one) => caches.delete(one))))")
    phone.evaluate("dispatchEvent(new Event('offline'))")
    link = phone.get_by_text("Add an exercise (needs a signal)")
    expect(link).to_be_visible()
    assert link.get_attribute("href") is None


def test_a_session_is_skipped_reopened_trained_and_finished(phone, signal):
    phone.get_by_role("button", name="Skip this workout").click()
    expect(phone.get_by_role("heading", name="You skipped this workout")).to_be_visible()
    phone.get_by_role("button", name="Reopen workout").click()
    expect(phone.get_by_text("Reopened. On this phone.")).to_be_visible()
    log(phone, 1, 8)
    phone.get_by_role("button", name="Finish workout").click()
    expect(phone.get_by_role("heading", name="You finished this workout")).to_be_in_viewport()
    signal()
    expect(phone.get_by_role("heading", name="Workout done")).to_be_visible()
    assert WorkoutLog.objects.get().is_completed
    assert stored() == [("Press", 1, 8)]


def test_what_was_stored_is_drawn_over_a_page_that_was_saved_before(phone, context, signal):
    log(phone, 1, 8)
    signal()
    expect(row_of(phone, 1)).to_contain_text("Done.")  # the page was read anew, the saved copy was not
    context.set_offline(True)
    phone.reload()
    expect(row_of(phone, 1)).to_contain_text(re.compile(r"Stored\.|Done\."))  # the worker may have saved it anew
    expect(row_of(phone, 1).get_by_label("Reps")).to_have_value("8")


def test_back_leads_to_what_was_logged(phone, signal):
    signal()
    log(phone, 1, 8)
    expect(row_of(phone, 1)).to_contain_text("Done.")
    phone.goto("/exercises/")
    phone.go_back()
    expect(row_of(phone, 1)).to_have_class(re.compile("set-row--done"))
    expect(row_of(phone, 1).get_by_label("Reps")).to_have_value("8")


def test_a_set_without_its_weight_is_not_taken(phone, signal):
    """Without a signal nobody would hear of it before the workout is over."""
    log(phone, 1, 8, weight="")
    expect(row_of(phone, 1).get_by_label("Weight")).to_be_focused()
    expect(header(phone)).to_be_empty()
    expect(phone.get_by_role("button", name="2:30")).to_be_visible()  # no rest has begun
    signal()
    assert stored() == []
