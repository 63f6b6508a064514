"""Drops and myo-reps on the gym floor: a tap adds one behind a logged set, a tap logs it, with and without a signal."""

import json
import re
from pathlib import Path

import pytest
from django.conf import settings
from django.templatetags.static import static
from playwright.sync_api import Page, expect

from exercises.tests.factories import ExerciseFactory
from metricgain.tests.e2e.floor import dock, eventually, flushed, log, open_workout, row_of
from metricgain.tests.e2e.signing_in import signed_in
from metricgain.users.models import User
from training.models import Set
from training.tests.factories import planned_workout

CUT = r"net::ERR_|Failed to load resource|Failed to fetch"
TABLE = Path(settings.BASE_DIR, "training", "session", "page", "tests", "drop_cases.json")
EACH_CASE = """async ([module, cases]) => {
    const { dropWeight } = await import(module);
    return cases.map(({ weight, step, min, explicit, kind }) => {
        const grid = { kind, step: Number(step), min: Number(min), explicit: explicit.map(Number) };
        return dropWeight(Number(weight), grid, 0.8);
    });
}"""


@pytest.fixture
def workout(transactional_db):
    alice = User.objects.create_user("alice@example.org", "correct-horse-7")
    press = ExerciseFactory(name="Press", muscle_group="chest", equipment="barbell")
    return planned_workout(alice, press, ExerciseFactory(name="Row", muscle_group="back"), target_weight=100)


@pytest.fixture
def phone(page, workout) -> Page:
    open_workout(page, f"/workouts/{workout.id}/week/1/")
    return page


def drop_of(page: Page, number: int = 1, kind: str = "drop"):
    return page.get_by_role("form", name=f"Press, {kind} of set {number}", exact=True)


def stored() -> list[tuple]:
    return list(Set.objects.order_by("set_number").values_list("set_number", "set_type", "extends", "weight", "reps"))


def test_the_browsers_lighter_weight_is_the_servers(phone):
    cases = json.loads(TABLE.read_text())
    found = phone.evaluate(EACH_CASE, [static("js/continuing.js"), cases])
    assert [(case, got) for case, got in zip(cases, found, strict=True) if float(case["expect"]) != got] == []


def test_a_drop_is_a_tap_and_a_tap(phone):
    log(phone, 1, 10)
    row_of(phone, 1).get_by_text("+ drop").click()
    expect(dock(phone)).to_contain_text("drop of set 1 · Press")
    expect(drop_of(phone).get_by_label("Weight")).to_have_value("80")
    dock(phone).get_by_role("button", name="Log").click()
    expect(drop_of(phone)).to_contain_text("Done.")
    eventually(lambda: stored() == [(1, "working", None, 100, 10), (4, "drop", 1, 80, 10)])
    expect(dock(phone)).to_contain_text("set 2 · Press")
    expect(phone.locator("[data-count]")).to_have_text("1 of 6 sets done.")
    line = phone.locator(".workout-card__line").first
    expect(line).to_have_text("1 of 3: 100 kg × 10 + 80 kg × 10")
    phone.reload()
    expect(line).to_have_text("1 of 3: 100 kg × 10 + 80 kg × 10")
    expect(drop_of(phone)).to_contain_text("Done.")
    expect(phone.locator("[data-count]")).to_have_text("1 of 6 sets done.")
    order = phone.locator("#exercise-" + str(Set.objects.first().exercise_id)).locator("expected-reps .set-row__order")
    assert order.all_inner_texts()[:3] == ["1", "+", "2"]


@pytest.mark.allow_console(CUT)
def test_without_a_signal_too_with_another_weight_and_its_undo(phone, context):
    log(phone, 1, 10)
    flushed(phone)
    context.set_offline(True)
    for kind in ("drop", "myo"):
        row_of(phone, 1).get_by_text(f"+ {kind}").click()
        expect(dock(phone)).to_contain_text(re.compile(f"{'myo-reps' if kind == 'myo' else 'drop'} of set 1"))
        dock(phone).get_by_role("button", name="Log").click()
    expect(drop_of(phone, kind="myo-reps")).to_contain_text("On this phone.")
    drop_of(phone).get_by_role("button", name="Undo").click()
    expect(drop_of(phone)).to_have_count(0)
    context.set_offline(False)
    flushed(phone)
    eventually(lambda: stored() == [(1, "working", None, 100, 10), (5, "myo", 1, 100, 4)])
    row_of(phone, 1).get_by_role("button", name="Undo").click()
    expect(drop_of(phone, kind="myo-reps")).to_have_count(0)
    eventually(lambda: stored() == [])


def test_tapped_twice_it_is_one_row_and_goes_with_its_set(phone):
    log(phone, 1, 10)
    for _ in range(2):
        row_of(phone, 1).get_by_text("+ drop").click()
        expect(dock(phone)).to_contain_text("drop of set 1 · Press")
    expect(drop_of(phone)).to_have_count(1)
    row_of(phone, 1).get_by_role("button", name="Undo").click()
    expect(drop_of(phone)).to_have_count(0)
    eventually(lambda: stored() == [])


@pytest.mark.allow_console(CUT)
def test_a_drop_is_no_set_of_its_own_where_sets_are_added(phone, context):
    log(phone, 1, 10)
    row_of(phone, 1).get_by_text("+ drop").click()
    dock(phone).get_by_role("button", name="Log").click()
    expect(drop_of(phone)).to_contain_text("Done.")
    flushed(phone)
    context.set_offline(True)
    phone.get_by_role("button", name="Add a set of Press").click()
    expect(row_of(phone, 4)).to_be_visible()
    expect(row_of(phone, 5)).to_have_count(0)
    context.set_offline(False)
    flushed(phone)
    phone.reload()
    expect(row_of(phone, 4)).to_be_visible()
    expect(row_of(phone, 5)).to_have_count(0)


def test_without_scripts_a_link_brings_the_row(browser, server, workout):
    context = browser.new_context(base_url=server, java_script_enabled=False)
    page = signed_in(context.new_page())
    page.goto(f"/workouts/{workout.id}/week/1/")
    row_of(page, 1).get_by_role("button", name="Log").click()
    row_of(page, 1).get_by_role("link", name="+ drop").click()
    drop_of(page).get_by_role("link", name="Remove").click()
    expect(drop_of(page)).to_have_count(0)
    row_of(page, 1).get_by_role("link", name="+ drop").click()
    drop = drop_of(page)
    expect(drop.get_by_label("Weight")).to_have_value("80")
    drop.get_by_label("Reps").fill("7")
    drop.get_by_role("button", name="Log").click()
    assert stored() == [(1, "working", None, 100, 10), (4, "drop", 1, 80, 7)]
    context.close()


@pytest.mark.allow_console(CUT)
def test_a_row_that_is_not_wanted_goes_with_what_was_typed_in_it(phone, context):
    log(phone, 1, 10)
    flushed(phone)
    context.set_offline(True)
    row_of(phone, 1).get_by_text("+ drop").click()
    drop_of(phone).get_by_label("Reps").fill("7")
    drop_of(phone).get_by_role("button", name="Remove").click()
    expect(drop_of(phone)).to_have_count(0)
    expect(dock(phone)).to_contain_text("set 2 · Press")
    row_of(phone, 1).get_by_text("+ drop").click()
    expect(drop_of(phone).get_by_label("Reps")).to_have_value("10")
    expect(phone.locator("[data-count]")).to_have_text("1 of 6 sets done.")
