"""Old and odd browsers, paper, and words that do not fit: what the pages say and show there."""

import pytest
from playwright.sync_api import Page, expect

from exercises.tests.factories import ExerciseFactory
from metricgain.tests.e2e.floor import dock, log, row_of
from metricgain.tests.e2e.signing_in import signed_in
from metricgain.users.models import User
from training.tests.factories import planned_workout

WORD = "Donaudampfschifffahrtselektrizitätenhauptbetriebswerkbauunterbeamter"[:60]
NO_MODULE_WORKER = """if (navigator.serviceWorker) navigator.serviceWorker.register = async () => {
    throw new TypeError("no module workers");
};"""
GRANTED = """Object.defineProperty(navigator, "standalone", { value: true });
Object.defineProperty(navigator, "wakeLock", { value: {
    request: async () => Object.assign(new EventTarget(), { release() {} }),
} });"""


@pytest.fixture
def workout(transactional_db):
    alice = User.objects.create_user("alice@example.org", "correct-horse-7")
    names = {"Press": "chest", WORD: "back"}
    exercises = [ExerciseFactory(name=name, muscle_group=muscle) for name, muscle in names.items()]
    return planned_workout(alice, *exercises, target_weight=100)


def opened(page: Page, workout) -> Page:
    signed_in(page).goto(f"/workouts/{workout.id}/week/1/")
    expect(dock(page)).to_be_visible()
    return page


@pytest.mark.parametrize("can", [True, False])
def test_where_no_page_can_be_saved_today_says_so(context, workout, can):
    if not can:
        context.add_init_script(NO_MODULE_WORKER)
    page = signed_in(context.new_page())
    page.goto("/")
    note = page.locator("install-app .note")
    if can:
        page.evaluate("navigator.serviceWorker.ready.then(() => true)")
        expect(note).to_be_hidden()
    else:
        expect(note).to_contain_text("does not open without a signal")


@pytest.mark.parametrize(("is_new", "words"), [(False, "may go dark"), (True, "stays on")])
def test_the_screen_of_an_iphone_is_said_to_stay_on_only_where_it_does(context, workout, is_new, words):
    context.add_init_script(GRANTED)
    if is_new:  # iOS 18.4
        context.add_init_script("self.pushManager = {}")
    page = opened(context.new_page(), workout)
    log(page, 1, 8)
    expect(page.locator("wake-lock")).to_have_text(f"The screen {words}.")


def test_paper_has_every_set_and_no_buttons_of_the_screen(page, workout):
    opened(page, workout)
    expect(row_of(page, 1, WORD)).to_be_hidden()
    page.emulate_media(media="print")
    for exercise in ("Press", WORD):
        expect(row_of(page, 3, exercise)).to_be_visible()
    expect(dock(page)).to_be_hidden()
    expect(page.locator(".bottom-nav")).to_be_hidden()


def test_a_long_word_does_not_widen_the_workout(page, workout):
    workout.name = WORD
    workout.save()
    opened(page, workout)
    page.get_by_role("button", name=WORD).click()
    assert page.evaluate("document.documentElement.scrollWidth") <= 390
