"""A whole workout is logged and nothing moves: no layout shifts, and no row leaves its place under the finger."""

import pytest
from playwright.sync_api import Page, expect

from exercises.tests.factories import ExerciseFactory
from metricgain.tests.e2e.floor import WORKOUT, dock, flushed, row_of, stored
from metricgain.tests.e2e.signing_in import signed_in
from metricgain.users.models import User
from training.tests.factories import planned_workout

SHIFTS = """window.shifts = [];
new PerformanceObserver((list) => {
    for (const { value, hadRecentInput, sources } of list.getEntries()) {
        const moved = sources.map(({ node }) => node && (node.outerHTML ?? node.data).slice(0, 120));
        if (!hadRecentInput) shifts.push([value, ...moved]);
    }
}).observe({ type: "layout-shift", buffered: true });"""
PLACES = """all => all.filter((one) => one.checkVisibility())
    .map((one) => [one.id, Math.round(one.getBoundingClientRect().top + scrollY)])"""


@pytest.fixture
def workout(transactional_db):
    alice = User.objects.create_user("alice@example.org", "correct-horse-7")
    press, row = ExerciseFactory(name="Press", muscle_group="chest"), ExerciseFactory(name="Row", muscle_group="back")
    return planned_workout(alice, press, row, target_weight=100)


@pytest.fixture
def phone(context, workout) -> Page:
    context.add_init_script(SHIFTS)
    page = context.new_page()
    signed_in(page).goto(f"/workouts/{workout.id}/week/1/")
    expect(dock(page)).to_be_visible()
    return page


def places(page: Page, exercise: str) -> list:
    return page.get_by_role("region", name=exercise).locator(".set-row").evaluate_all(PLACES)


def test_nothing_moves_while_a_whole_workout_is_logged(phone):
    button = dock(phone).locator(".set-dock__log")
    thumb = button.bounding_box()
    for exercise, number, _ in WORKOUT:
        expect(row_of(phone, number, exercise)).to_have_attribute("aria-current", "step")
        before = places(phone, exercise)
        phone.wait_for_timeout(600)  # as far apart as taps that both count
        button.tap()
        expect(row_of(phone, number, exercise)).to_contain_text("Done.")
        assert len(before) >= 4
        if number < 3:  # after its last set an exercise is folded
            assert places(phone, exercise) == before
        if (exercise, number) != WORKOUT[-1][:2]:
            assert button.bounding_box() == thumb
    assert button.bounding_box()["y"] == thumb["y"]  # it finishes now, and is as wide as the dock
    flushed(phone)
    phone.wait_for_timeout(600)  # past what counts as the tap's own doing
    assert len(stored()) == len(WORKOUT)
    assert phone.evaluate("shifts") == []


def test_steps_move_nothing(phone):
    before = places(phone, "Press")
    for name in ("More weight", "One rep more", "Less weight", "97.5"):
        dock(phone).get_by_role("button", name=name, exact=True).tap()
        phone.wait_for_timeout(550)
        assert places(phone, "Press") == before
    assert phone.evaluate("shifts") == []
