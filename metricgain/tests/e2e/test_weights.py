"""Steps on the weights there are, and plates on a bar: the browser's rules by tables of cases, and on the page."""

import json
from decimal import Decimal
from math import isnan
from pathlib import Path

import pytest
from django.conf import settings
from django.templatetags.static import static
from playwright.sync_api import expect

from exercises.tests.factories import ExerciseFactory
from metricgain.tests.e2e.floor import dock, log, row_of
from metricgain.tests.e2e.signing_in import signed_in
from metricgain.users.models import User
from training.models import Set
from training.tests.factories import planned_workout

CALL = """async ([module, name, cases]) => {
    const rules = await import(module);
    return cases.map((one) => rules[name](...one));
}"""
EVEN = {"step": 2.5, "min": 0, "explicit": []}
ODD = {"step": 5, "min": 7.5, "explicit": []}
LISTED = {"step": None, "min": 0, "explicit": [10, 12, 16]}
STEPS = [
    ([100, 1, EVEN], 102.5),
    ([100, -1, EVEN], 97.5),
    ([101, 1, EVEN], 102.5),
    ([101, -1, EVEN], 100),
    ([0, -1, EVEN], 0),
    ([7.5, 1, ODD], 12.5),
    ([9, -1, ODD], 7.5),
    ([7.5, -1, ODD], 7.5),
    ([12, 1, LISTED], 16),
    ([13, -1, LISTED], 12),
    ([16, 1, LISTED], 16),
    ([10, -1, LISTED], 10),
    ([0.3, 1, {"step": 0.1, "min": 0, "explicit": []}], 0.4),
]
OWNED = [[25, 1], [20, 2], [10, 1], [5, 1], [2.5, 1], [1.25, 1]]
PLATES = [
    ([100, 20, OWNED], {"side": [25, 10, 5], "short": 0}),
    ([20, 20, OWNED], {"side": [], "short": 0}),
    ([22.5, 20, OWNED], {"side": [1.25], "short": 0}),
    ([15, 20, OWNED], None),
    ([300, 20, OWNED], {"side": [25, 20, 20, 10, 5, 2.5, 1.25], "short": 112.5}),
    ([21, 20, OWNED], {"side": [], "short": 1}),
    ([100, 20, [[25, 1], [20, 2]]], {"side": [20, 20], "short": 0}),  # the heaviest first would fail
    ([45, 45, [[45, 1]]], {"side": [], "short": 0}),
    ([135, 45, [[45, 1]]], {"side": [45], "short": 0}),
]
CHANGES = [
    ([[20, 10], [20, 10, 2.5]], {"off": [], "on": [2.5]}),
    ([[20, 10], [25]], {"off": [20, 10], "on": [25]}),
    ([[20, 20], [20]], {"off": [20], "on": []}),
    ([[], [5]], {"off": [], "on": [5]}),
    ([[5], [5]], {"off": [], "on": []}),
]


@pytest.fixture
def phone(page, transactional_db):
    alice = User.objects.create_user("alice@example.org", "correct-horse-7")
    press = ExerciseFactory(name="Press", muscle_group="chest", equipment="barbell")
    workout = planned_workout(alice, press, target_weight=100)
    signed_in(page).goto(f"/workouts/{workout.id}/week/1/")
    return page


def test_the_tables_hold(phone):
    for name, table in (("nextWeight", STEPS), ("plateSides", PLATES), ("plateChange", CHANGES)):
        module = "weights" if name == "nextWeight" else "plates"
        found = phone.evaluate(CALL, [static(f"js/{module}.js"), name, [arguments for arguments, _ in table]])
        wrong = [(json.dumps(case), got) for (case, wanted), got in zip(table, found, strict=True) if got != wanted]
        assert wrong == [], name


def test_the_page_reads_numbers_as_the_server_does(phone):
    cases = json.loads((Path(settings.BASE_DIR) / "metricgain" / "tests" / "number_cases.json").read_text())
    typed = [[case["typed"]] for case in cases]
    numbers = phone.evaluate(CALL, [static("js/numbers.js"), "typed", typed])
    wanted = [None if case["number"] is None else float(case["number"]) for case in cases]
    read = [None if isinstance(number, float) and isnan(number) else number for number in numbers]
    assert [(case, got) for case, want, got in zip(cases, wanted, read, strict=True) if want != got] == []
    stored = phone.evaluate(CALL, [static("js/numbers.js"), "asStored", typed])
    wanted = [case["typed"] if case["stored"] == case["number"] else case["stored"] for case in cases]
    assert [(case, got) for case, want, got in zip(cases, wanted, stored, strict=True) if want != got] == []


@pytest.mark.allow_console(r"net::ERR_|Failed to load resource|Failed to fetch")
def test_a_third_decimal_is_rounded_and_its_row_says_so_with_and_without_a_signal(phone, context):
    first, second = (phone.get_by_role("form", name=f"Press, set {number}", exact=True) for number in (1, 2))
    phone.evaluate("navigator.serviceWorker.ready.then(() => true)")
    context.set_offline(True)
    first.get_by_label("Weight").fill("٩٧٫٢٦٨")
    first.get_by_label("Reps").fill("١٠")
    first.get_by_role("button", name="Log").click()
    expect(first).to_contain_text("On this phone.")
    expect(first).to_contain_text("Rounded to 97.27 kg.")
    expect(first.get_by_label("Weight")).to_have_value("97.27")
    context.set_offline(False)
    expect(first).to_contain_text("Done.")
    expect(first).to_contain_text("Rounded to 97.27 kg.")
    assert Set.objects.get().weight == Decimal("97.27")
    expect(second).not_to_contain_text("Rounded")


def test_the_page_says_the_plates_and_what_changes_from_the_set_before(phone):
    line = phone.locator("plate-line")
    expect(line).to_have_text("25 + 15 a side")
    dock(phone).get_by_role("button", name="Log").tap()
    expect(dock(phone)).to_contain_text("set 2 · Press")
    expect(phone.locator("rir-chips")).to_be_visible()  # the tray grows with them
    dock(phone).get_by_role("button", name="More weight").tap()
    expect(line).to_contain_text("add 1.25")


def test_warm_ups_are_ticked_off_and_stored_nowhere(phone):
    first = phone.get_by_role("group", name="Warm-up sets of Press").get_by_role("checkbox").first
    first.check()
    dock(phone).get_by_role("button", name="Log").tap()
    expect(phone.get_by_role("form", name="Press, set 1", exact=True)).to_contain_text("Done.")
    expect(first).to_be_checked()
    phone.reload()
    expect(first).to_be_checked()


@pytest.mark.allow_console(r"net::ERR_|Failed to load resource|Failed to fetch")
@pytest.mark.parametrize("rir", ["", "3"])
def test_in_a_first_week_without_a_signal_the_weight_goes_on_with_its_plates_and_the_ones_around_it(
    page, context, transactional_db, rir
):
    alice = User.objects.create_user("bob@example.org", "correct-horse-7")
    bench = ExerciseFactory(name="Bench", muscle_group="chest", equipment="barbell")
    workout = planned_workout(alice, bench)
    signed_in(page, "bob@example.org").goto(f"/workouts/{workout.id}/week/1/")
    row_of(page, 1, "Bench").get_by_label("RIR").click()
    page.wait_for_load_state("networkidle")  # the scripts that come with the first touch are there
    context.set_offline(True)
    row_of(page, 1, "Bench").get_by_label("RIR").fill(rir)
    log(page, 1, 8, "Bench", weight="60")
    expect(row_of(page, 2, "Bench").get_by_label("Weight")).to_have_value("60")
    strip = dock(page).locator(".set-dock__strip button")  # the question about the first set's RIR hides it
    assert [one for one in strip.all_text_contents() if one] == ["57.5", "60", "62.5"]
    expect(page.locator("plate-line")).to_contain_text("a side")
