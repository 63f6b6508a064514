"""How many taps it costs to log what was done. Keys of the keyboard do not count; each test prints what it counted."""

from datetime import timedelta

import pytest
from playwright.sync_api import Locator, Page, expect

from exercises.models import Exercise
from exercises.tests.factories import ExerciseFactory
from metricgain.tests.e2e.floor import at_hand, dock, eventually, row_of, stored
from metricgain.tests.e2e.signing_in import signed_in
from metricgain.users.models import User
from training.models import MuscleGroupFeedback, Prescription, Set
from training.tests.factories import planned_workout
from training.tests.lifting import Lifter

COUNT = """addEventListener("pointerdown", () => {
    sessionStorage.setItem("taps", Number(sessionStorage.getItem("taps")) + 1);
}, true);"""


@pytest.fixture
def workout(transactional_db):
    alice = User.objects.create_user("alice@example.org", "correct-horse-7")
    ExerciseFactory(name="Fly", muscle_group="chest")
    press, row = ExerciseFactory(name="Press", muscle_group="chest"), ExerciseFactory(name="Row", muscle_group="back")
    return planned_workout(alice, press, row, target_weight=100)


@pytest.fixture
def floor(context, workout) -> Page:
    """The workout page on a phone that counts what touches its screen."""
    context.add_init_script(COUNT)
    page = context.new_page()
    signed_in(page).goto(f"/workouts/{workout.id}/week/1/")
    expect(dock(page)).to_be_visible()
    page.evaluate("sessionStorage.removeItem('taps')")
    return page


def taps(page: Page, what: str, budget: int) -> None:
    """Holds what was touched since the page opened to the budget."""
    counted = page.evaluate("Number(sessionStorage.getItem('taps'))")
    print(f"\n{what}: {counted} of {budget}")
    assert 0 < counted <= budget, what


def big(page: Page) -> Locator:
    return dock(page).get_by_role("button", name="Log")


def sets() -> list[tuple[int, int, int]]:
    return [(one.set_number, int(one.weight * 10), one.reps) for one in Set.objects.order_by("set_number")]


def test_a_set_as_planned_is_one_tap_which_also_starts_the_rest_and_moves_on(floor):
    big(floor).tap()
    expect(row_of(floor, 1)).to_contain_text("Done.")
    expect(row_of(floor, 2)).to_have_attribute("aria-current", "step")
    expect(floor.locator("rest-timer")).to_have_attribute("data-state", "runs")
    eventually(lambda: sets() == [(1, 1000, 10)])
    taps(floor, "a set as planned", 1)


def test_a_second_tap_that_trembles_logs_nothing_more(floor):
    big(floor).dblclick()
    expect(row_of(floor, 1)).to_contain_text("Done.")
    expect(row_of(floor, 2)).not_to_have_class("set-row--done")
    eventually(lambda: stored() == [("Press", 1, 10)])


@pytest.mark.parametrize(("button", "reps"), [("One rep more", 11), ("One rep less", 9)])
def test_one_rep_off_is_two_taps(floor, button, reps):
    dock(floor).get_by_role("button", name=button).tap()
    big(floor).tap()
    eventually(lambda: sets() == [(1, 1000, reps)])
    taps(floor, "reps off by one", 2)


@pytest.mark.parametrize(("button", "weight", "reps"), [("More weight", 1025, 9), ("Less weight", 975, 10)])
def test_one_step_of_weight_is_two_taps_and_the_reps_follow(floor, button, weight, reps):
    dock(floor).get_by_role("button", name=button).tap()
    expect(row_of(floor, 1).get_by_label("Reps")).to_have_value(str(reps))
    big(floor).tap()
    eventually(lambda: sets() == [(1, weight, reps)])
    taps(floor, "weight one step", 2)


def test_a_likely_weight_is_two_taps(floor):
    strip = dock(floor).get_by_role("group", name="Likely weights")
    expect(strip.get_by_role("button", name="100", exact=True)).to_have_attribute("aria-pressed", "true")
    strip.get_by_role("button", name="97.5").tap()
    big(floor).tap()
    eventually(lambda: [weight for _, weight, _ in sets()] == [975])
    taps(floor, "a likely weight", 2)


def test_any_other_numbers_are_three_taps_with_a_comma_too(floor):
    dock(floor).locator("[data-type=weight]").tap()
    floor.keyboard.type("83,75")  # what stood there was selected
    row_of(floor, 1).get_by_label("Reps").tap()
    floor.keyboard.type("6")
    row_of(floor, 1).get_by_role("button", name="Log").tap()
    eventually(lambda: sets() == [(1, 837, 6)])
    taps(floor, "any other numbers", 3)


def test_any_other_weight_is_two_taps(floor):
    dock(floor).locator("[data-type=weight]").tap()
    floor.keyboard.type("83,75")
    big(floor).tap()
    eventually(lambda: [weight for _, weight, _ in sets()] == [837])
    taps(floor, "any other weight", 2)


def test_the_rir_of_a_first_set_is_one_tap(floor):
    big(floor).tap()
    floor.evaluate("sessionStorage.removeItem('taps')")
    dock(floor).locator("rir-chips").get_by_role("button", name="2", exact=True).tap()
    eventually(lambda: list(Set.objects.values_list("rir", flat=True)) == [2])
    taps(floor, "RIR", 1)


def test_a_swap_is_three_taps(floor):
    floor.get_by_role("link", name="Swap Press").tap()
    floor.get_by_role("button", name="Fly").tap()
    expect(floor.get_by_role("heading", name="Fly")).to_be_visible()
    eventually(lambda: Prescription.objects.current().filter(exercise__name="Fly", week_number=1).exists())
    taps(floor, "swap", 3)


def test_another_set_is_one_tap(floor):
    floor.get_by_role("button", name="Add a set of Press").tap()
    expect(row_of(floor, 4)).to_be_visible()
    eventually(lambda: Prescription.objects.current().get(exercise__name="Press", week_number=1).sets == 4)
    taps(floor, "add a set", 1)


def test_undo_is_one_tap(floor):
    big(floor).tap()
    eventually(lambda: stored() == [("Press", 1, 10)])
    floor.evaluate("sessionStorage.removeItem('taps')")
    floor.get_by_role("button", name="Undo set 1 of Press").tap()
    eventually(lambda: stored() == [])
    expect(row_of(floor, 1)).to_have_attribute("aria-current", "step")
    taps(floor, "undo", 1)


SIX = ("chest", "back", "shoulders", "bis", "tris", "legs")


@pytest.fixture
def six_muscles(context, transactional_db) -> Page:
    """The page of a workout of six muscles, trained before, with a set of each."""
    alice = User.objects.create_user("alice@example.org", "correct-horse-7")
    exercises = [ExerciseFactory(name=muscle.title(), muscle_group=muscle) for muscle in SIX]
    workout = planned_workout(alice, *exercises, target_weight=50, target_sets=1)
    Lifter(alice, alice.today() - timedelta(days=7)).train(workout, 1, 10)
    context.add_init_script(COUNT)
    page = context.new_page()
    signed_in(page).goto(f"/workouts/{workout.id}/week/2/")
    expect(dock(page)).to_be_visible()
    page.evaluate("sessionStorage.removeItem('taps')")
    return page


def test_soreness_is_one_tap(six_muscles):
    six_muscles.get_by_role("button", name="Recovered just in time").first.tap()
    eventually(lambda: MuscleGroupFeedback.objects.filter(soreness_level=2, workout_log__week_number=2).exists())
    taps(six_muscles, "soreness", 1)


def test_pump_and_challenge_of_six_muscles_are_twelve_taps(six_muscles):
    for muscle in SIX:
        at_hand(six_muscles, muscle.title())
        for row in six_muscles.locator(
            f"#exercise-{exercise_id(muscle)} .set-row:not(.set-row--done) .set-row__log"
        ).all():
            row.click()
        expect(six_muscles.locator(f"#performance-{muscle}")).to_have_attribute("open", "")
    six_muscles.evaluate("sessionStorage.removeItem('taps')")
    for muscle in SIX:
        question = six_muscles.locator(f"#performance-{muscle}")
        question.get_by_text("Good pump", exact=True).tap()
        question.get_by_text("Difficult", exact=True).tap()
    said = MuscleGroupFeedback.objects.filter(workout_log__week_number=2, pump_level__gt=0, challenge_level__gt=0)
    eventually(lambda: said.count() == len(SIX))
    taps(six_muscles, "pump and challenge of six muscles", 12)


def exercise_id(muscle: str) -> int:
    return Exercise.objects.get(name=muscle.title()).id


def test_no_field_makes_a_phone_zoom_in(floor):
    sizes = floor.locator(".set-row__input").evaluate_all(
        "all => all.map((one) => parseFloat(getComputedStyle(one).fontSize))"
    )
    assert len(sizes) >= 18
    assert min(sizes) >= 16
