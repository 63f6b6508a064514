"""Another weight on the page adapts the reps: the browser's rule agrees with the engine's, and the page uses it."""

import json
from pathlib import Path

import pytest
from django.conf import settings
from django.templatetags.static import static
from playwright.sync_api import expect

from exercises.tests.factories import ExerciseFactory
from metricgain.tests.e2e.test_pages import sign_in
from metricgain.users.models import User
from training.tests.factories import planned_workout

CASES = Path(settings.BASE_DIR) / "training" / "tests" / "progression" / "retarget_cases.json"
EACH_CASE = """async ([module, cases]) => {
    const { retarget } = await import(module);
    const number = (text) => (text === null ? null : Number(text));
    return cases.map(({ kind, step, explicit, body, reps, planned, picked }) => {
        const grid = { kind, step: number(step), explicit: explicit.map(Number), body: number(body) };
        return retarget(reps, Number(planned), Number(picked), grid);
    });
}"""


@pytest.fixture
def workout(transactional_db):
    alice = User.objects.create_user("alice@example.org", "correct-horse-7")
    return planned_workout(alice, ExerciseFactory(name="Press"), target_weight=100)


@pytest.fixture
def workout_page(page, workout):
    sign_in(page)
    page.goto(f"/workouts/{workout.id}/week/1/")
    return page


def test_the_browsers_rule_is_the_engines(workout_page):
    cases = json.loads(CASES.read_text())
    found = workout_page.evaluate(EACH_CASE, [static("js/weights.js"), cases])
    assert len(cases) >= 40
    assert [(case, got) for case, got in zip(cases, found, strict=True) if case["expect"] != got] == []


def test_another_weight_adapts_the_reps_until_they_are_typed(workout_page):
    row = workout_page.get_by_role("form", name="Press, set 1")
    weight, reps = row.get_by_label("Weight"), row.get_by_label("Reps")
    expect(reps).to_have_value("10")
    weight.fill("110")
    expect(reps).to_have_value("8")
    expect(row).to_contain_text("Aim for 8.")
    weight.fill("92,5")
    expect(reps).to_have_value("11")
    weight.fill("180")
    expect(reps).to_have_value("")
    weight.fill("100")
    expect(reps).to_have_value("10")
    reps.fill("7")
    weight.fill("90")
    expect(reps).to_have_value("7")


def test_after_a_heavier_set_the_next_rows_expect_fewer_reps(workout_page):
    row = workout_page.get_by_role("form", name="Press, set 1")
    row.get_by_label("Weight").fill("110")
    row.get_by_role("button", name="Log").click()
    row = workout_page.get_by_role("form", name="Press, set 2")
    expect(row.get_by_label("Weight")).to_have_value("110")
    expect(row.get_by_label("Reps")).to_have_value("7")
