"""Another weight on the page adapts the reps: the browser's rule agrees with the engine's, and the page uses it."""

import json
import re
from pathlib import Path

import pytest
from django.conf import settings
from django.templatetags.static import static
from playwright.sync_api import expect

from exercises.tests.factories import ExerciseFactory
from metricgain.tests.e2e.signing_in import signed_in
from metricgain.users.models import User
from training.progression import frontier
from training.progression.tests.test_frontier import grid_of, marks
from training.session.page.phone_words import rest_words
from training.session.page.tests.test_cards import trained
from training.tests.factories import planned_workout

TABLES = Path(settings.BASE_DIR) / "training" / "progression" / "tests"
PAGE_TABLES = Path(settings.BASE_DIR) / "training" / "session" / "page" / "tests"
WEIGHTS = ("js/weights.js", "js/done-weights.js")
EACH_CASE = """async ([module, words, cases]) => {
    const { retarget } = await import(module);
    const { aimWords } = await import(words);
    const rules = JSON.parse(document.querySelector("workout-session").dataset.rules);
    const row = document.querySelector("#rir-question"); // any place without targets of its own
    const number = (text) => (text === null ? null : Number(text));
    return cases.map(({ kind, step, explicit, body, reps, planned, picked }) => {
        const grid = { kind, step: number(step), explicit: explicit.map(Number), body: number(body) };
        const found = retarget(reps, Number(planned), Number(picked), grid, rules);
        return [found, aimWords(found, row)];
    });
}"""
EACH_DOWN_CASE = """async ([weights, module, words, cases]) => {
    const { gridOf } = await import(weights);
    const { downSet } = await import(module);
    const { lighterWords } = await import(words);
    return cases.map(({ weight, page, ...grid }) => {
        const found = downSet(Number(weight), gridOf(JSON.stringify(grid)));
        return [found, lighterWords(found, page)];
    });
}"""
EACH_REST_CASE = """async ([weights, module, cases]) => {
    const { gridOf } = await import(weights);
    const { restOfSession } = await import(module);
    const rules = JSON.parse(document.querySelector("workout-session").dataset.rules);
    return cases.map(({ planned, asked, used, reps, said, drop, bias, ...of }) => {
        const plan = { ...of, weight: Number(planned), reps: asked, drop: Number(drop), bias: Number(bias) };
        const first = { weight: Number(used), reps, rir: said };
        const found = restOfSession(plan, first, gridOf(JSON.stringify(of)), rules);
        return [found.weight, found.reps, found.code];
    });
}"""
EACH_ODD_CASE = """async ([module, cases]) => {
    const { gridOf, isOdd } = await import(module);
    const rules = JSON.parse(document.querySelector("workout-session").dataset.rules);
    return cases.map(({ one, aim, refs, rir, ...of }) => {
        const known = refs.map(([weight, reps, said]) => ({ weight: Number(weight), reps, rir: said ?? rir }));
        if (aim) known.push({ weight: Number(aim[0]), reps: aim[1], rir });
        const [weight, reps, said] = one;
        return isOdd({ weight: Number(weight), reps, rir: said }, known, gridOf(JSON.stringify(of)), rules);
    });
}"""
EACH_RECORD_CASE = """async ([weights, module, cases]) => {
    const { gridOf } = await import(weights);
    const { records } = await import(module);
    const rules = JSON.parse(document.querySelector("workout-session").dataset.rules);
    const number = (text) => (text === null ? null : Number(text));
    const numbers = (marks) => marks.map(([weight, reps, rir]) => [Number(weight), reps, number(rir)]);
    return cases.map(({ kind, body = null, earlier, done }) => {
        const grid = gridOf(JSON.stringify({ kind, body, step: "2.5", min: "0", explicit: [] }));
        return records(numbers(done), numbers(earlier), grid, rules);
    });
}"""
EACH_DIFFERENCE_CASE = """async ([words, cases]) => {
    const { differenceWords } = await import(words);
    const typed = ({ weight, reps, unit }) => [Number(weight), reps, unit];
    const attributes = ({ weight, reps, unit }) => [weight, String(reps), unit];
    return cases.map(({ kind, hold, one, last }) => differenceWords(typed(one), attributes(last), kind, hold));
}"""

pytestmark = pytest.mark.allow_console(r"net::ERR_|Failed to load resource|Failed to fetch")


@pytest.fixture
def alice(transactional_db):
    return User.objects.create_user("alice@example.org", "correct-horse-7")


@pytest.fixture
def workout(alice):
    return planned_workout(alice, ExerciseFactory(name="Press"), target_weight=100)


@pytest.fixture
def workout_page(page, workout):
    signed_in(page).goto(f"/workouts/{workout.id}/week/1/")
    return page


def test_the_browsers_rule_is_the_engines(workout_page):
    cases = json.loads((TABLES / "retarget_cases.json").read_text())
    found = workout_page.evaluate(EACH_CASE, [static("js/weights.js"), static("js/set-rows.js"), cases])
    assert len(cases) >= 40
    wanted = [[case["expect"], case["words"]] for case in cases]
    assert [each for each in zip(cases, wanted, found, strict=True) if each[1] != each[2]] == []


def test_the_browsers_lighter_weight_is_the_engines(workout_page):
    cases = json.loads((TABLES / "down_set_cases.json").read_text())
    wanted = [[case["expect"] and float(case["expect"]), case["words"] or ""] for case in cases]
    given = [{"body": None, "page": words_for(case)} | case for case in cases]
    found = workout_page.evaluate(EACH_DOWN_CASE, [*map(static, WEIGHTS), static("js/done-sets.js"), given])
    assert [each for each in zip(cases, wanted, found, strict=True) if each[1] != each[2]] == []


def words_for(case) -> dict[str, str]:
    """Returns the sentences that the page of such an exercise has."""
    return rest_words(8, unit=case["unit"], kind=case["kind"])


def test_the_browsers_rest_of_a_session_is_the_engines(workout_page):
    cases = json.loads((TABLES / "rest_cases.json").read_text())
    found = workout_page.evaluate(EACH_REST_CASE, [*map(static, WEIGHTS), cases])
    wanted = [[float(case["weight"]), case["targets"], case["code"]] for case in cases]
    assert len(cases) >= 80
    assert [each for each in zip(cases, wanted, found, strict=True) if each[1] != each[2]] == []


def test_the_browsers_odd_sets_are_the_engines(workout_page):
    cases = json.loads((TABLES / "odd_cases.json").read_text())
    found = workout_page.evaluate(EACH_ODD_CASE, [static("js/weights.js"), cases])
    assert len(cases) >= 150
    assert [(case, got) for case, got in zip(cases, found, strict=True) if case["odd"] != got] == []


def test_the_browsers_records_are_the_engines(workout_page):
    cases = json.loads((TABLES / "record_cases.json").read_text())
    given = [case | {"earlier": best_of(case)} for case in cases]
    found = workout_page.evaluate(EACH_RECORD_CASE, [*map(static, WEIGHTS), given])
    assert [(case, got) for case, got in zip(cases, found, strict=True) if case["records"] != got] == []


def best_of(case) -> list[list]:
    """Returns the earlier sets that the page is given."""
    best = frontier(marks(*case["earlier"]), grid=grid_of(case))
    return [[str(weight), reps, None if rir is None else str(rir)] for weight, reps, rir in best]


def test_the_browser_says_the_difference_to_last_time_as_the_server_does(workout_page):
    cases = json.loads((PAGE_TABLES / "difference_cases.json").read_text())
    found = workout_page.evaluate(EACH_DIFFERENCE_CASE, [static("js/done-sets.js"), cases])
    assert [(case, got) for case, got in zip(cases, found, strict=True) if case["words"] != got] == []


def test_another_weight_adapts_the_reps_until_they_are_typed(workout_page):
    row = workout_page.get_by_role("form", name="Press, set 1")
    weight, reps = row.get_by_label("Weight"), row.get_by_label("Reps")
    expect(reps).to_have_value("10")
    weight.fill("110")
    expect(reps).to_have_value("8")
    expect(row).to_contain_text("8 or more, stop with 3 left.")
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
    workout_page.evaluate("navigator.serviceWorker.ready.then(() => true)")
    second = workout_page.get_by_role("form", name="Press, set 2")
    second.get_by_label("Weight").fill("110")
    expect(second).to_contain_text("7 or more, stop with 3 left.")
    context.set_offline(True)
    workout_page.get_by_role("form", name="Press, set 1").get_by_role("button", name="Log").click()
    expect(workout_page.get_by_role("form", name="Press, set 1")).to_contain_text("On this phone.")
    expect(second.get_by_label("Reps")).to_have_value("7")
    expect(second).to_contain_text("7 or more, stop with 3 left.")


def test_below_the_range_the_sets_left_are_lighter_without_a_signal(workout_page, context):
    workout_page.evaluate("navigator.serviceWorker.ready.then(() => true)")
    context.set_offline(True)
    first, second = (workout_page.get_by_role("form", name=f"Press, set {number}") for number in (1, 2))
    first.get_by_label("Reps").fill("6")
    first.get_by_role("button", name="Log").click()
    expect(second.get_by_label("Weight")).to_have_value("97.5")
    words = workout_page.get_by_text("Fewer than 8 reps: take 97.5 kg for the next sets.")
    expect(words).to_be_visible()
    context.set_offline(False)
    expect(first).to_contain_text("Done.")
    expect(second.get_by_label("Weight")).to_have_value("97.5")
    expect(words).to_be_visible()
    first.get_by_label("Reps").fill("9")
    first.get_by_role("button", name="Log").click()
    expect(second.get_by_label("Weight")).to_have_value("100")
    expect(words).not_to_be_attached()


def offline(page, context, workout) -> None:
    page.goto(f"/workouts/{workout.id}/week/1/")
    page.evaluate("navigator.serviceWorker.ready.then(() => true)")
    context.set_offline(True)


def log_first(page, name: str, *, weight: str | None = None, reps: str):
    row = page.get_by_role("form", name=f"{name}, set 1")
    if weight is not None:
        row.get_by_label("Weight").fill(weight)
    row.get_by_label("Reps").fill(reps)
    row.get_by_role("button", name="Log").click()
    expect(row).to_contain_text("On this phone.")
    return row


def test_a_missed_set_is_no_record_without_a_signal(workout_page, context, workout):
    exercise = workout.slots.get().exercise
    trained(workout.mesocycle.user, exercise, (100, 8))
    offline(workout_page, context, workout)
    row = log_first(workout_page, "Press", weight="110", reps="0")
    expect(row.locator(".set-row__difference")).to_have_text("+10 kg, \N{MINUS SIGN}8 reps")
    expect(row).not_to_have_class(re.compile("set-row--record"))
    context.set_offline(False)
    expect(row).to_contain_text("Done.")
    expect(row.locator(".set-row__difference")).to_have_text("+10 kg, \N{MINUS SIGN}8 reps")


def test_pounds_are_not_compared_with_kilograms_without_a_signal(workout_page, context, workout):
    exercise = workout.slots.get().exercise
    trained(workout.mesocycle.user, exercise, (220, 8), unit="lb")
    offline(workout_page, context, workout)
    row = log_first(workout_page, "Press", weight="100", reps="8")
    expect(row.locator(".set-row__difference")).to_have_text("Record.")  # 220 lb are 99.79 kg
    context.set_offline(False)
    expect(row).to_contain_text("Done.")
    expect(row.locator(".set-row__difference")).to_have_text("Record.")


def test_the_body_alone_shows_its_reps_without_a_signal(page, context, alice):
    push_up = ExerciseFactory(name="Push-up", equipment="bodyweight", loading="bodyweight")
    trained(alice, push_up, (0, 12))
    workout = planned_workout(alice, push_up)
    signed_in(page)
    offline(page, context, workout)
    row = log_first(page, "Push-up", reps="14")
    expect(row.locator(".set-row__difference")).to_have_text("Record. +2 reps")


def test_the_last_weight_on_the_belt_gives_way_to_the_body_alone_without_a_signal(page, context, alice):
    pull_up = ExerciseFactory(name="Pull-up", equipment="bodyweight", loading="added")
    workout = planned_workout(alice, pull_up, target_weight=2.5)
    signed_in(page)
    offline(page, context, workout)
    row = page.get_by_role("form", name="Pull-up, set 1")
    row.get_by_label("Reps").fill("5")
    row.get_by_role("button", name="Log").click()
    words = page.locator(".said__why")
    expect(words).to_have_text("Fewer than 8 reps: take your own body weight for the next sets.")
    expect(page.get_by_role("form", name="Pull-up, set 2").get_by_label("Added")).to_have_value("0")
    context.set_offline(False)
    expect(row).to_contain_text("Done.")
    expect(words).to_have_text("Fewer than 8 reps: take your own body weight for the next sets.")


def test_the_last_set_alone_says_what_is_left_without_a_signal(workout_page, context, workout):
    """The set before it does not count: its weight was too far from the plan to say any reps."""
    offline(workout_page, context, workout)
    log_first(workout_page, "Press", weight="140", reps="0")
    second, third = (workout_page.get_by_role("form", name=f"Press, set {number}") for number in (2, 3))
    second.get_by_label("Weight").fill("105")
    second.get_by_label("Reps").fill("9")
    second.get_by_role("button", name="Log").click()
    expect(third.get_by_label("Weight")).to_have_value("105")
    expect(third.get_by_label("Reps")).to_have_value("7")
    context.set_offline(False)
    expect(second).to_contain_text("Done.")
    expect(third.get_by_label("Weight")).to_have_value("105")
    expect(third.get_by_label("Reps")).to_have_value("7")
