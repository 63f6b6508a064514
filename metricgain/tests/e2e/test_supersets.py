"""Supersets on the floor: the tray goes from one exercise to the other, and they are paired without a signal too."""

import json
from pathlib import Path

import pytest
from django.conf import settings
from django.templatetags.static import static
from playwright.sync_api import Page, expect

from exercises.models import ExerciseSettings
from exercises.tests.factories import ExerciseFactory
from metricgain.tests.e2e.floor import (
    at_hand,
    change,
    dock,
    eventually,
    flushed,
    log,
    open_workout,
    row_of,
    saved,
    stored,
)
from metricgain.tests.e2e.signing_in import signed_in
from metricgain.tests.e2e.test_taps import COUNT, big, taps
from metricgain.users.models import User
from training.models import Prescription
from training.progression import CONFIG, supersets
from training.tests.factories import planned_workout

pytestmark = pytest.mark.allow_console(r"net::ERR_|Failed to load resource|Failed to fetch|status of")
CASES = Path(settings.BASE_DIR, "training", "progression", "tests", "superset_cases.json")
EACH_CASE = """async ([module, most, { supersets, turns }]) => {
    const rules = await import(module);
    return [
        supersets.map(({ marks }) => rules.supersets(marks, most)),
        turns.map(({ rounds, last }) => rules.turn(rounds, last) ?? null),
    ];
}"""
GROUPS = """(groups) => groups.map((group) => [...group.querySelectorAll("h2")].map((name) => name.textContent))"""


@pytest.fixture
def alice(transactional_db):
    return User.objects.create_user("alice@example.org", "correct-horse-7")


@pytest.fixture
def workout(alice):
    """Press, Row and Curl. Press rests 90 seconds, the others 60."""
    muscles = {"Press": "chest", "Row": "back", "Curl": "bis"}
    exercises = [ExerciseFactory(name=name, muscle_group=muscle) for name, muscle in muscles.items()]
    for one, rest in zip(exercises, (90, 60, 60), strict=True):
        ExerciseSettings.objects.create(user=alice, exercise=one, unit="kg", rest_seconds=rest)
    return planned_workout(alice, *exercises, target_weight=100)


@pytest.fixture
def paired(workout):
    """The workout with Press and Row as a superset."""
    workout.slots.exclude(exercise__name="Curl").update(superset=1)
    workout.prescriptions.exclude(exercise__name="Curl").update(superset=1)
    return workout


def opened(page: Page, workout) -> Page:
    signed_in(page).goto(f"/workouts/{workout.id}/week/1/")
    expect(dock(page)).to_be_visible()
    return page


@pytest.fixture
def phone(page, context, workout) -> Page:
    """Opens the page of the workout, and cuts the phone off."""
    open_workout(page, f"/workouts/{workout.id}/week/1/")
    context.set_offline(True)
    return page


@pytest.fixture
def signal(context, phone):
    def signal():
        context.set_offline(False)
        flushed(phone)

    return signal


def groups(page: Page) -> list[list[str]]:
    return page.locator("super-set").evaluate_all(GROUPS)


def asked() -> list[list[str]]:
    rows = list(Prescription.objects.current().order_by("position", "id").select_related("exercise"))
    return [[rows[place].exercise.name for place in places] for places in supersets([row.superset for row in rows])]


def shows(page: Page, *wanted: list[str]) -> None:
    eventually(lambda: groups(page) == list(wanted))


def rest(page: Page) -> float:
    """Returns the seconds of the rest that runs."""
    return json.loads(page.evaluate("localStorage.rest"))["whole"] / 1000


def is_next(page: Page, exercise: str, number: int) -> None:
    expect(row_of(page, number, exercise)).to_have_attribute("aria-current", "step")
    expect(page.locator(".workout-card:not(.workout-card--folded) h2")).to_have_text(exercise)


def test_the_tray_names_the_exercise_of_which_it_asks_the_rir(page, paired):
    opened(page, paired)
    big(page).tap()
    asked = dock(page).locator(".rir-chips__asked")
    expect(asked.locator("[data-part=exercise]:not(.unseen)")).to_have_text("Press, ")
    expect(asked).to_have_text("Press, set 1: how many more could you have done?")
    expect(dock(page)).to_contain_text("set 1 · Row")


def test_the_browsers_supersets_are_the_engines(page, workout):
    opened(page, workout)
    cases = json.loads(CASES.read_text())
    found, turns = page.evaluate(EACH_CASE, [static("js/supersets.js"), CONFIG.superset_most, cases])
    assert [found, turns] == [[case["found"] for case in cases["supersets"]], [case["next"] for case in cases["turns"]]]


def test_the_tray_goes_from_one_to_the_other_and_costs_no_tap_more(context, paired):
    context.add_init_script(COUNT)
    page = opened(context.new_page(), paired)
    page.evaluate("sessionStorage.removeItem('taps')")
    eventually(lambda: page.evaluate("Boolean(customElements.get('super-set'))"))
    rests = []
    for exercise, number in [("Press", 1), ("Row", 1), ("Press", 2), ("Row", 2), ("Press", 3), ("Row", 3)]:
        is_next(page, exercise, number)
        page.wait_for_timeout(550)  # a second tap within half a second is part of the first
        big(page).tap()
        expect(row_of(page, number, exercise)).to_contain_text("Done.")
        rests.append(rest(page))
    is_next(page, "Curl", 1)
    assert rests == [CONFIG.superset_rest, 90] * 3
    eventually(lambda: len(stored()) == 6)
    taps(page, "two exercises of three sets in turn", 6)


def test_where_one_has_no_set_left_the_other_goes_on(page, paired):
    opened(page, paired)
    eventually(lambda: page.evaluate("Boolean(customElements.get('super-set'))"))
    for number in (1, 2):
        log(page, number, 8, "Row")
    is_next(page, "Press", 1)
    log(page, 3, 8, "Row")
    for number in (1, 2, 3):
        is_next(page, "Press", number)
        log(page, number, 8)
        assert rest(page) == 90
    is_next(page, "Curl", 1)


def test_a_drop_comes_before_the_other_exercise(page, paired):
    opened(page, paired)
    log(page, 1, 8)
    is_next(page, "Row", 1)
    at_hand(page, "Press")
    row_of(page, 1).get_by_role("link", name="+ drop").click()
    expect(dock(page)).to_contain_text("drop of set 1")
    big(page).click()
    is_next(page, "Row", 1)
    assert rest(page) == CONFIG.superset_rest


def test_paired_and_parted_online_the_page_follows(page, workout):
    opened(page, workout)
    change(page, "Press")
    page.locator("button", has_text=": Press with Row").click()
    shows(page, ["Press", "Row"])
    eventually(lambda: asked() == [["Press", "Row"]])
    flushed(page)
    page.reload()
    shows(page, ["Press", "Row"])
    change(page, "Press")
    page.get_by_role("button", name="Unpair Press").click()
    shows(page)
    eventually(lambda: asked() == [])


def test_paired_without_a_signal_it_is_drawn_and_the_tray_takes_turns(phone, signal):
    change(phone, "Press")
    phone.locator("button", has_text=": Press with Row").click()
    shows(phone, ["Press", "Row"])
    expect(phone.get_by_role("group", name="Superset")).to_contain_text("Paired. On this phone.")
    change(phone, "Row")
    phone.locator("button", has_text=": Row with Curl").click()
    shows(phone, ["Press", "Row", "Curl"])
    log(phone, 1, 8)
    is_next(phone, "Row", 1)
    signal()
    assert asked() == [["Press", "Row", "Curl"]]
    shows(phone, ["Press", "Row", "Curl"])


def removed(page: Page, exercise: str) -> None:
    change(page, exercise)
    page.locator(".workout-card:not(.workout-card--folded)").get_by_role("button", name="Remove exercise").click()


@pytest.fixture
def three(workout):
    workout.prescriptions.update(superset=1)


def test_one_of_two_removed_without_a_signal_leaves_the_other_alone(paired, phone, signal):
    shows(phone, ["Press", "Row"])
    removed(phone, "Press")
    shows(phone)
    expect(phone.get_by_text("Removed. On this phone.")).to_be_attached()
    signal()
    assert asked() == []


def test_one_of_three_removed_without_a_signal_leaves_a_pair(three, phone, signal):
    removed(phone, "Row")
    eventually(lambda: groups(phone) in ([["Press", "Row", "Curl"]], [["Press", "Curl"]]))
    log(phone, 1, 8)
    is_next(phone, "Curl", 1)
    signal()
    assert asked() == [["Press", "Curl"]]
    shows(phone, ["Press", "Curl"])


def test_moved_away_without_a_signal_it_is_alone(paired, phone, signal):
    phone.get_by_text("Order of exercises").click()
    phone.get_by_role("button", name="Down Row").click()
    shows(phone)
    phone.get_by_role("button", name="Up Row").click()
    shows(phone, ["Press", "Row"])
    signal()
    assert asked() == [["Press", "Row"]]


def test_left_out_for_lack_of_time_without_a_signal_it_is_gone_whole(page, context, alice):
    press, *others = [ExerciseFactory(name=name, muscle_group="chest") for name in ("Press", "Fly", "Dips")]
    ExerciseSettings.objects.create(user=alice, exercise=press, unit="kg", rest_seconds=180)
    workout = planned_workout(alice, press, *others, target_sets=5)
    workout.prescriptions.exclude(exercise=press).update(superset=1)
    open_workout(page, f"/workouts/{workout.id}/week/1/")
    shows(page, ["Fly", "Dips"])
    context.set_offline(True)
    page.get_by_text("Short of time?").click()
    page.get_by_role("button", name="I have 20 minutes").click()
    shows(page)
    expect(page.locator("expected-reps .set-row:not([aria-label^=Press])")).to_have_count(0)
    context.set_offline(False)
    flushed(page)
    assert (asked(), Prescription.objects.current().get().exercise) == ([], press)


@pytest.mark.saves_ahead("all")
@pytest.mark.parametrize("begun", [False, True], ids=["before its first set", "after a set"])
def test_swapped_without_a_signal_the_other_one_is_in_its_pair(page, context, paired, begun):
    ExerciseFactory(name="Fly", muscle_group="chest")
    press, address = paired.slots.first().exercise_id, f"/workouts/{paired.id}/week/1/"
    open_workout(page, address)
    saved(page, f"{address}exercises/{press}/swap/")
    if begun:
        log(page, 1, 8)
        at_hand(page, "Press")
    context.set_offline(True)
    page.get_by_role("link", name="Swap Press").click()
    page.get_by_role("button", name="Fly").click()
    expect(page.get_by_role("heading", name="Fly")).to_be_visible()
    shows(page, ["Fly", "Row"])
    log(page, 1, 12, "Fly", weight="20")
    is_next(page, "Row", 1)
    context.set_offline(False)
    flushed(page)
    assert asked() == [["Fly", "Row"]]


def test_two_sets_in_one_moment_are_two_turns(page, paired):
    opened(page, paired)
    eventually(lambda: page.evaluate("Boolean(customElements.get('super-set'))"))
    rows = [row_of(page, 1, name).get_attribute("id") for name in ("Press", "Row")]
    page.evaluate("(ids) => ids.forEach((id) => document.getElementById(id).requestSubmit())", rows)
    is_next(page, "Press", 2)
    eventually(lambda: stored() == [("Press", 1, 10), ("Row", 1, 10)])


def test_a_page_of_before_names_what_it_cannot_draw(phone, signal):
    for name in ("paired", "superset"):
        phone.evaluate("(name) => document.querySelector('#words').content.getElementById(name).remove()", name)
    change(phone, "Press")
    phone.locator("button", has_text=": Press with Row").click()
    expect(phone.locator(".strays")).to_contain_text("Pair with next: Press with Row: On this phone.")
    log(phone, 1, 8)
    is_next(phone, "Press", 2)
    signal()
    assert asked() == [["Press", "Row"]]


def test_what_was_typed_into_a_set_stays_when_its_exercise_is_paired(page, workout):
    opened(page, workout)
    row_of(page, 2).get_by_label("Reps").fill("7")
    change(page, "Press")
    page.locator("button", has_text=": Press with Row").click()
    shows(page, ["Press", "Row"])
    flushed(page)
    expect(row_of(page, 2).get_by_label("Reps")).to_have_value("7")


@pytest.mark.allow_console(r"\.js csp")  # what the page names ahead is not fetched
def test_without_scripts_it_is_bracketed_paired_and_parted(new_context, workout):
    page = signed_in(new_context(java_script_enabled=False).new_page())
    page.goto(f"/workouts/{workout.id}/week/1/")
    page.get_by_text("More of Press", exact=True).click()
    page.locator("button", has_text=": Press with Row").click()
    expect(page.get_by_role("group", name="Superset")).to_contain_text("Press")
    assert asked() == [["Press", "Row"]]
    page.get_by_text("More of Row", exact=True).click()
    page.get_by_role("button", name="Unpair Row").click()
    expect(page.locator("super-set")).to_have_count(0)
    assert asked() == []


@pytest.mark.allow_console(r"\.js csp")  # what the page names ahead is not fetched
def test_in_the_builder_without_scripts_too(new_context, workout):
    page = signed_in(new_context(java_script_enabled=False).new_page())
    page.goto(f"/workouts/{workout.id}/plan/")
    page.locator("details[id^=exercise-] summary", has_text="Row").click()
    page.locator("button", has_text=": Row with Curl").click()
    expect(page.get_by_role("group", name="Superset")).to_contain_text("Curl")
    assert asked() == [["Row", "Curl"]]
