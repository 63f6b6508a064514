"""Numbers that no set can have are refused on the phone as on the server: the same ones, in the same words."""

import json
from pathlib import Path

import pytest
from django.conf import settings
from django.templatetags.static import static
from playwright.sync_api import Page, expect

from exercises.tests.factories import ExerciseFactory
from metricgain.tests.e2e.floor import dock, eventually, flushed, header, log, open_workout, row_of, stored
from metricgain.users.models import User
from training.session.forms import SetForm
from training.session.page.phone_words import TYPED
from training.tests.factories import planned_workout

pytestmark = pytest.mark.allow_console(r"net::ERR_|Failed to load resource|Failed to fetch")
BASE = Path(settings.BASE_DIR)
FAULTY = json.loads((BASE / "training" / "session" / "tests" / "fault_cases.json").read_text())
NUMBERS = json.loads((BASE / "metricgain" / "tests" / "number_cases.json").read_text())
FAULTS = """async ([module, cases]) => {
    const { faultsIn } = await import(module);
    const { bounds, held } = JSON.parse(document.querySelector("workout-session").dataset.rules);
    return cases.map(([field, typed]) => faultsIn(typed, { ...bounds, seconds: held }[field]));
}"""
ENTRIES = """() => new Promise((resolve) => {
    indexedDB.open("metricgain", 1).onsuccess = ({ target: { result } }) => {
        const asked = result.transaction("entries").objectStore("entries").count();
        asked.onsuccess = () => (result.close(), resolve(asked.result));
    };
})"""
WEIGHT, REPS = "Type the weight you used; 0 for bodyweight alone.", "Type how many reps you did; 0 for a failed set."


@pytest.fixture
def alice(transactional_db):
    return User.objects.create_user("alice@example.org", "correct-horse-7")


@pytest.fixture
def phone(page, alice) -> Page:
    workout = planned_workout(alice, ExerciseFactory(name="Press", muscle_group="chest"))
    return open_workout(page, f"/workouts/{workout.id}/week/1/")


def refused_by_the_form(field: str, typed: str) -> list[str]:
    form = SetForm({"weight": "80", "reps": "8", "unit": "kg"} | {field: typed}, exercise_id=1, number=1)
    return [error.code for error in form.errors.as_data().get(field, [])]


def test_the_browser_refuses_what_the_form_refuses(phone):
    assert phone.evaluate(FAULTS, [static("js/numbers.js"), [[one["field"], one["typed"]] for one in FAULTY]]) == [
        one["faults"] for one in FAULTY
    ]
    cases = [[field, one["typed"]] for field in TYPED for one in NUMBERS]
    wanted = [refused_by_the_form(*case) for case in cases]
    found = phone.evaluate(FAULTS, [static("js/numbers.js"), cases])
    assert [each for each in zip(cases, wanted, found, strict=True) if each[1] != each[2]] == []


@pytest.mark.parametrize("is_offline", [False, True], ids=["online", "offline"])
@pytest.mark.parametrize(
    ("field", "typed", "words"),
    [
        ("Weight", "", WEIGHT),
        ("Weight", "eighty", "Type the weight as a number, such as 82.5."),
        ("Weight", "−5", "A weight cannot be less than 0."),
        ("Weight", "12345", "That is heavier than MetricGain can store (9999.99)."),
        ("Reps", "301", "That many reps cannot be right: 300 at most."),
        ("RIR", "10,5", "Reps in reserve are 10 at most; leave it empty when unsure."),
        ("RIR", "1,25", "Use at most one decimal for reps in reserve, such as 1.5."),
    ],
)
def test_the_row_says_at_once_what_is_wrong_and_keeps_it(phone, context, is_offline, field, typed, words):
    context.set_offline(is_offline)
    row = row_of(phone, 1)
    for label, value in {"Weight": "80", "Reps": "8", "RIR": "2"}.items():
        row.get_by_label(label).fill(typed if label == field else value)
    row.locator(".set-row__log").click()
    wrong = row.get_by_label(field)
    expect(wrong).to_be_focused()
    expect(wrong).to_have_attribute("aria-invalid", "true")
    expect(wrong).to_have_accessible_description(words)
    expect(row.locator(".field__error")).to_have_text([words])
    phone.evaluate("dispatchEvent(new Event('online'))")  # it is drawn anew
    expect(row.locator(".field__error")).to_have_text([words])
    expect(wrong).to_have_value(typed)
    expect(header(phone)).to_be_empty()
    assert phone.evaluate(ENTRIES) == 0
    wrong.fill("2")
    expect(row.locator(".field__error")).to_have_count(0)
    expect(wrong).not_to_have_attribute("aria-invalid", "true")
    expect(wrong).to_have_accessible_description("")
    context.set_offline(False)
    row.locator(".set-row__log").click()
    eventually(lambda: stored() == [("Press", 1, 2 if field == "Reps" else 8)])


def test_each_field_has_its_own_sentence_as_on_the_page_without_a_script(phone, browser, server):
    row = row_of(phone, 1)
    log(phone, 1, "", weight="")
    expect(row.locator(".field__error")).to_have_text([WEIGHT, REPS])
    expect(row).to_contain_text(f"{WEIGHT} {REPS}")
    expect(row.get_by_label("Weight")).to_be_focused()
    plain = browser.new_context(base_url=server, java_script_enabled=False)
    plain.add_cookies(phone.context.cookies())
    page = plain.new_page()
    page.goto(phone.url)
    log(page, 1, "", weight="")
    expect(row_of(page, 1).locator(".field__error")).to_have_text([WEIGHT, REPS])
    expect(row_of(page, 1).get_by_label("Reps")).to_have_accessible_description(REPS)
    ids = "row => [...row.querySelectorAll('.field__error')].map(({ id }) => id)"
    assert row.evaluate(ids) == row_of(page, 1).evaluate(ids)
    plain.close()


def test_the_big_button_stays_at_a_set_that_is_refused(phone):
    dock(phone).get_by_role("button", name="Log").tap()
    expect(row_of(phone, 1)).to_contain_text(WEIGHT)
    expect(dock(phone)).to_contain_text("set 1 · Press")
    row_of(phone, 1).get_by_label("Weight").fill("60")
    dock(phone).get_by_role("button", name="Log").tap()
    flushed(phone)
    eventually(lambda: stored() == [("Press", 1, 10)])
