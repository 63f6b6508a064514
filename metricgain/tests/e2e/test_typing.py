"""What is typed on the workout page stays as it was typed, whatever is drawn meanwhile, and outlives the page."""

import threading
import time
from functools import partial

import pytest
from playwright.sync_api import Page, expect

from exercises.models import ExerciseSettings
from exercises.tests.factories import ExerciseFactory
from metricgain.tests.e2e.floor import at_hand, change, dock, eventually, flushed, log, row_of, stored
from metricgain.tests.e2e.signing_in import signed_in
from metricgain.users.models import User
from training.models import MuscleGroupFeedback, Prescription, Set, WorkoutLog
from training.session import changes
from training.session.recording import Edit, SessionKey, TypedSet, log_set
from training.tests.factories import planned_workout


@pytest.fixture
def alice(transactional_db):
    return User.objects.create_user("alice@example.org", "correct-horse-7")


@pytest.fixture
def press(alice):
    return ExerciseFactory(name="Press", muscle_group="chest")


@pytest.fixture
def workout(alice, press):
    return planned_workout(alice, press, ExerciseFactory(name="Row", muscle_group="back"), target_weight=100)


@pytest.fixture
def phone(page, workout) -> Page:
    signed_in(page).goto(f"/workouts/{workout.id}/week/1/")
    expect(dock(page)).to_be_visible()
    return page


@pytest.fixture
def slow(network):
    """Lets each request of the workout page and of its outbox take so many seconds longer."""

    def slow(seconds: float) -> None:
        network.before = lambda environ: time.sleep(0 if "static" in environ["PATH_INFO"] else seconds)

    yield slow
    network.before = lambda environ: None


def fields(phone: Page) -> list:
    """Returns each kind of field of the page, with what is typed into it in two goes."""
    press, other = row_of(phone, 2), row_of(phone, 3)
    return [
        (press.get_by_label("Weight"), "7", "5"),
        (press.get_by_label("Reps"), "1", "1"),
        (press.get_by_label("RIR"), "1", ".5"),
        (row_of(phone, 1).get_by_label("RIR"), "2", ".5"),
        (other.get_by_label("Weight"), "8", "0"),
        (other.get_by_label("Reps"), "1", "2"),
        (phone.get_by_label("Note that stays with Press"), "Seat ", "4"),
        (phone.get_by_label("Note to this workout"), "Rack was", " taken"),
    ]


def draw_anew(phone: Page, meanwhile=lambda: None) -> None:
    """Has something else of the session stored, and the page drawn as the server then has it. `meanwhile` runs before
    the drawing."""
    session = phone.locator("workout-session")
    at = session.get_attribute("data-at")
    phone.locator("#ill").evaluate("form => form.requestSubmit(form.querySelector('button'))")
    meanwhile()
    expect(session).not_to_have_attribute("data-at", at)


@pytest.mark.parametrize("is_held", [False, True], ids=["at once", "once it is typed"])
def test_what_is_typed_while_the_page_is_drawn_anew_stands_as_typed(phone, network, is_held):
    """The answers come at once, or only after something was typed."""
    log(phone, 1, 8)
    change(phone, "Press")
    phone.locator("#note summary").click()
    phone.locator("#backfill summary").click()
    typed = threading.Event()
    network.before = lambda environ: (
        None if not is_held or "static" in environ["PATH_INFO"] or typed.wait(20) else "broken"
    )

    def type_first(field, words: str) -> None:
        field.click()
        phone.keyboard.type(words)
        typed.set()

    for field, first, second in fields(phone):
        typed.clear()
        draw_anew(phone, partial(type_first, field, first))
        expect(field).to_be_focused()
        phone.keyboard.type(second)
        draw_anew(phone)
        expect(field).to_have_value(first + second)
    draw_anew(phone)
    assert [field.input_value() for field, _, _ in fields(phone)] == [one + other for _, one, other in fields(phone)]


def test_a_day_and_times_that_are_typed_stay(phone):
    phone.locator("#backfill summary").click()
    for label, value in (("Day", "2026-11-20"), ("From", "18:10"), ("To", "19:05")):
        field = phone.locator("#backfill").get_by_label(label, exact=True)
        field.fill(value)
        draw_anew(phone)
        expect(field).to_have_value(value)


def test_no_field_of_a_row_changes_once_one_was_typed(phone, workout, press):
    row = row_of(phone, 2)
    row.get_by_label("Reps").fill("5")
    log(phone, 1, 8, weight="110")
    expect(row_of(phone, 3).get_by_label("Weight")).to_have_value("110")  # goes on with it
    draw_anew(phone)
    assert [row.get_by_label(name).input_value() for name in ("Weight", "Reps")] == ["100", "5"]


def test_a_field_that_was_only_looked_at_shows_what_is_new_afterwards(phone):
    weight = row_of(phone, 2).get_by_label("Weight")
    weight.focus()
    row_of(phone, 1).evaluate("""row => {
        row.elements.weight.value = "110";
        row.requestSubmit(row.querySelector(".set-row__log"));
    }""")
    expect(row_of(phone, 3).get_by_label("Weight")).to_have_value("110")
    expect(weight).to_have_value("100")
    weight.blur()
    expect(weight).to_have_value("110")


def test_what_moves_around_a_field_does_not_take_its_focus(phone, workout):
    row = workout.slots.get(exercise__name="Row").exercise
    at_hand(phone, "Row")
    field = row_of(phone, 2, "Row").get_by_label("Weight")
    changes.move_exercise(SessionKey(workout.mesocycle.user_id, workout.id, 1), exercise_id=row.id, place=1)
    draw_anew(phone, field.focus)
    expect(phone.locator("h2").filter(has_text="Row")).to_be_visible()
    assert phone.locator(".workout-card h2").all_text_contents() == ["Row", "Press"]
    expect(field).to_be_focused()


def felt() -> list[tuple]:
    return list(MuscleGroupFeedback.objects.values_list("pump_level", "challenge_level"))


def answer(phone: Page, words: str) -> None:
    phone.locator("#performance-chest").get_by_text(words, exact=True).click()


def test_pump_and_challenge_are_saved_by_a_tap_each(phone):
    log(phone, 1, 8)
    phone.locator("#performance-chest summary").click()
    expect(phone.locator("#performance-chest").get_by_role("button", name="Save")).to_be_hidden()
    answer(phone, "Good pump")
    eventually(lambda: felt() == [(2, None)])
    draw_anew(phone)
    answer(phone, "Very difficult")  # it stands open until both are said
    eventually(lambda: felt() == [(2, 3)])
    phone.reload()
    expect(phone.locator("#performance-chest summary")).to_contain_text("Saved")


def test_one_phone_says_the_pump_and_another_the_challenge(phone, new_context, workout):
    other = new_context().new_page()
    signed_in(other).goto(f"/workouts/{workout.id}/week/1/")
    for page, words in ((phone, "Good pump"), (other, "Very difficult")):
        log(page, 1, 8)
        page.locator("#performance-chest summary").click()
        answer(page, words)
    eventually(lambda: felt() == [(2, 3)])


def finish(phone):
    phone.get_by_role("button", name="Finish workout").click()
    expect(phone.locator("#summary")).to_be_visible()


def leave(phone):
    phone.get_by_role("link", name="Today").click()
    expect(phone.get_by_role("heading", level=1, name="Today")).to_be_attached()


def reload(phone):
    phone.reload()


def close(phone):
    """Closes the page, and later opens the app on another page."""
    context = phone.context
    phone.close()
    context.new_page().goto("/exercises/")


@pytest.mark.parametrize("go", [finish, leave, reload, close])
def test_notes_and_the_rir_of_a_logged_set_are_sent_by_whoever_goes_on(phone, go):
    log(phone, 1, 8)
    expect(row_of(phone, 1)).to_contain_text("Done.")
    row_of(phone, 1).get_by_label("RIR").press_sequentially("2")
    change(phone, "Press")
    phone.get_by_label("Note that stays with Press").press_sequentially("Seat 4")
    phone.locator("#note summary").click()
    phone.get_by_label("Note to this workout").press_sequentially("Rack was taken")
    go(phone)
    eventually(lambda: list(Set.objects.values_list("reps", "rir")) == [(8, 2)])
    eventually(lambda: list(ExerciseSettings.objects.values_list("note", flat=True)) == ["Seat 4"])
    eventually(lambda: list(WorkoutLog.objects.values_list("notes", flat=True)) == ["Rack was taken"])


def test_an_rir_that_is_typed_while_its_set_is_on_the_way_is_sent(phone, slow):
    slow(0.4)
    log(phone, 1, 8)
    row_of(phone, 1).get_by_label("RIR").click()
    phone.keyboard.type("2")
    row_of(phone, 2).get_by_label("Reps").focus()
    eventually(lambda: list(Set.objects.values_list("reps", "rir")) == [(8, 2)])
    flushed(phone)
    assert Set.objects.count() == 1


def test_the_rir_of_a_set_that_was_logged_by_the_keyboard_changes_nothing_else(phone):
    row = row_of(phone, 1)
    row.get_by_label("Reps").click()
    phone.keyboard.type("7")
    phone.keyboard.press("Enter")  # the focus stays
    eventually(lambda: stored() == [("Press", 1, 7)])
    row.get_by_label("RIR").click()
    phone.keyboard.type("2")
    row_of(phone, 2).get_by_label("Reps").focus()
    eventually(lambda: list(Set.objects.values_list("reps", "rir")) == [(7, 2)])


def test_what_is_taken_back_to_what_stood_there_first_is_sent_as_well(phone):
    log(phone, 1, 8)
    expect(row_of(phone, 1)).to_contain_text("Done.")
    phone.locator("#note summary").click()
    note, rir = phone.get_by_label("Note to this workout"), row_of(phone, 1).get_by_label("RIR")
    for words, reserve in (("Rack", "2"), ("", "")):
        note.fill(words)
        rir.fill(reserve)
        rir.blur()
        eventually(
            lambda words=words: [one or "" for one in WorkoutLog.objects.values_list("notes", flat=True)] == [words]
        )
        want = (reserve and int(reserve)) or None
        eventually(lambda want=want: list(Set.objects.values_list("rir", flat=True)) == [want])


def test_an_rir_that_cannot_be_is_not_sent_without_a_tap(phone, context):
    log(phone, 1, 8)
    expect(row_of(phone, 1)).to_contain_text("Done.")
    row_of(phone, 1).get_by_label("RIR").fill("22")
    finish(phone)
    expect(phone.get_by_role("heading", name="Workout done")).to_be_visible()
    expect(phone.locator("#summary [data-drafts]")).to_contain_text("Press, set 1")
    flushed(phone)
    assert list(Set.objects.values_list("reps", "rir")) == [(8, None)]


def test_a_draft_of_a_set_that_another_phone_logged_is_not_sent(phone, workout, press, alice):
    row = row_of(phone, 2)
    row.get_by_label("Reps").fill("9")
    row.get_by_label("RIR").fill("3")
    edit = Edit(at=None, local_date=alice.today())
    place = {"exercise_id": press.id, "number": 2}
    log_set(SessionKey(alice.id, workout.id, 1), edit, TypedSet(**place, weight=100, unit="kg", reps=6, rir=1))
    phone.reload()
    expect(row.get_by_label("RIR")).to_have_value("3")
    draw_anew(phone)
    assert list(Set.objects.filter(exercise=press).values_list("reps", "rir")) == [(6, 1)]


def test_buttons_of_a_form_in_which_something_was_chosen_are_as_new(phone):
    change(phone, "Press")
    phone.get_by_label("From now on").first.check(force=True)
    phone.get_by_role("button", name="Add a set of Press").click()
    expect(row_of(phone, 4)).to_be_visible()
    draw_anew(phone)
    phone.get_by_role("button", name="One less set of Press").click()
    eventually(lambda: Prescription.objects.current().get(exercise__name="Press", week_number=1).sets == 3)


def test_another_weight_of_a_logged_set_is_not_said_before_it_is_saved(phone):
    log(phone, 1, 8)
    flushed(phone)
    row = row_of(phone, 1)
    row.get_by_label("Weight").click()
    phone.keyboard.type("9")
    row.get_by_label("RIR").click()
    phone.keyboard.type("2")
    phone.reload()
    eventually(lambda: list(Set.objects.values_list("weight", "rir")) == [(100, 2)])
    expect(row.get_by_label("Weight")).to_have_value("9")


@pytest.mark.parametrize("go", [leave, reload])
def test_a_set_that_was_not_logged_comes_back_and_is_never_sent(phone, workout, go):
    row = row_of(phone, 2)
    row.get_by_label("Weight").fill("75")
    row.get_by_label("Reps").fill("9")
    phone.locator("#backfill summary").click()
    phone.get_by_label("From", exact=True).fill("18:10")
    go(phone)
    phone.goto(f"/workouts/{workout.id}/week/1/")
    expect(row.get_by_label("Weight")).to_have_value("75")
    draw_anew(phone)
    expect(row.get_by_label("Reps")).to_have_value("9")
    log(phone, 1, 10, "Row")
    finish(phone)
    left = phone.locator("#summary [data-drafts]")
    expect(left).to_contain_text("Press, set 2")
    expect(phone.get_by_role("heading", name="Workout done")).to_be_visible()
    expect(left).to_contain_text("Press, set 2")
    assert stored() == [("Row", 1, 10)]
    left.get_by_role("button", name="Leave it out").click()
    expect(left).to_be_hidden()
    expect(row.get_by_label("Weight")).to_have_value("100")
    phone.reload()
    expect(left).to_be_hidden()
    expect(row.get_by_label("Weight")).to_have_value("100")
    expect(phone.get_by_label("From", exact=True)).to_have_value("18:10")


def test_a_draft_that_is_logged_is_one_no_more(phone):
    row_of(phone, 2).get_by_label("Reps").fill("9")
    phone.reload()
    row_of(phone, 2).locator(".set-row__log").click()
    eventually(lambda: stored() == [("Press", 2, 9)])
    finish(phone)
    expect(phone.locator("#summary [data-drafts]")).to_be_hidden()
    assert phone.evaluate("localStorage.drafts") == "{}"
