"""Text at twice its size on a phone: the page is laid out as on one of half the width."""

import pytest
from playwright.sync_api import Page, expect

from exercises.tests.factories import ExerciseFactory
from metricgain.tests.e2e.floor import dock, eventually, log, row_of, stored
from metricgain.tests.e2e.signing_in import signed_in
from metricgain.users.models import User
from training.tests.factories import planned_workout

CUT = """(root) => [...root.querySelectorAll("input:not([type=hidden]), button")].filter((one) => {
    return one.checkVisibility({ visibilityProperty: true }) && one.scrollWidth > one.clientWidth;
}).map((one) => one.ariaLabel || one.innerText)"""


@pytest.fixture
def phone(new_context, transactional_db) -> Page:
    alice = User.objects.create_user("alice@example.org", "correct-horse-7")
    press, chin = ExerciseFactory(name="Press"), ExerciseFactory(name="Chin-up", muscle_group="back")
    workout = planned_workout(alice, press, chin, target_weight="102.5")
    page = new_context(viewport={"width": 195, "height": 422}).new_page()
    signed_in(page).goto(f"/workouts/{workout.id}/week/1/")
    return page


def test_a_workout_is_logged_with_nothing_cut_off(phone):
    expect(dock(phone)).to_be_visible()
    assert phone.evaluate("document.documentElement.scrollWidth") <= 195
    for part in (row_of(phone, 1), dock(phone)):
        assert part.evaluate(CUT) == []
    log(phone, 1, 8, weight="102.5")
    expect(row_of(phone, 1)).to_contain_text("Done.")
    dock(phone).get_by_role("button", name="Log").tap()
    expect(row_of(phone, 2)).to_contain_text("Done.")
    eventually(lambda: [number for _, number, _ in stored()] == [1, 2])
    assert phone.evaluate("document.documentElement.scrollWidth") <= 195
