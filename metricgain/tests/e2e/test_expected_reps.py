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

TABLES = Path(settings.BASE_DIR) / "training" / "progression" / "tests"
EACH_CASE = """async ([module, cases]) => {
    const { retarget } = await import(module);
    const rules = document.querySelector("workout-session").dataset;
    const number = (text) => (text === null ? null : Number(text));
    return cases.map(({ kind, step, explicit, body, reps, planned, picked }) => {
        const grid = { kind, step: number(step), explicit: explicit.map(Number), body: number(body) };
        return retarget(reps, Number(planned), Number(picked), grid, rules);
    });
}"""
EACH_DOWN_CASE = """async ([module, cases]) => {
    const { downSet, gridOf } = await import(module);
    return cases.map(({ weight, ...grid }) => downSet(Number(weight), gridOf(JSON.stringify(grid))));
}"""

pytestmark = pytest.mark.allow_console(r"net::ERR_|Failed to load resource|Failed to fetch")


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
    cases = json.loads((TABLES / "retarget_cases.json").read_text())
    found = workout_page.evaluate(EACH_CASE, [static("js/weights.js"), cases])
    assert len(cases) >= 40
    assert [(case, got) for case, got in zip(cases, found, strict=True) if case["expect"] != got] == []


def test_the_browsers_lighter_weight_is_the_engines(workout_page):
    cases = json.loads((TABLES / "down_set_cases.json").read_text())
    wanted = [None if case["expect"] is None else float(case["expect"]) for case in cases]
    grids = [{"body": None} | case for case in cases]
    assert workout_page.evaluate(EACH_DOWN_CASE, [static("js/weights.js"), grids]) == wanted


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


def test_what_a_typed_weight_means_stays_when_the_page_is_drawn_anew(workout_page, context):
    second = workout_page.get_by_role("form", name="Press, set 2")
    second.get_by_label("Weight").fill("110")
    expect(second).to_contain_text("Aim for 7.")
    context.set_offline(True)
    workout_page.get_by_role("form", name="Press, set 1").get_by_role("button", name="Log").click()
    expect(workout_page.get_by_role("form", name="Press, set 1")).to_contain_text("On this phone.")
    expect(second.get_by_label("Reps")).to_have_value("7")
    expect(second).to_contain_text("Aim for 7.")


def test_below_the_range_the_sets_left_are_lighter_without_a_signal(workout_page, context):
    workout_page.evaluate("navigator.serviceWorker.ready.then(() => true)")
    context.set_offline(True)
    first, second = (workout_page.get_by_role("form", name=f"Press, set {number}") for number in (1, 2))
    first.get_by_label("Reps").fill("6")
    first.get_by_role("button", name="Log").click()
    expect(second.get_by_label("Weight")).to_have_value("97.5")
    words = workout_page.get_by_text("Fewer than 8 reps: take 97.5 kg for the sets that are left.")
    expect(words).to_be_visible()
    context.set_offline(False)
    expect(first).to_contain_text("Done.")
    expect(second.get_by_label("Weight")).to_have_value("97.5")
    expect(words).to_be_visible()
    first.get_by_label("Reps").fill("9")
    first.get_by_role("button", name="Log").click()
    expect(second.get_by_label("Weight")).to_have_value("100")
    expect(words).not_to_be_attached()
