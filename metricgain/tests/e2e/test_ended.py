"""A session that was finished without a signal says what was done, as the server says it afterwards."""

import json
import re
from datetime import timedelta
from pathlib import Path

import pytest
from django.conf import settings
from django.db.models import F
from django.templatetags.static import static
from django.utils import timezone
from playwright.sync_api import Page, expect

from exercises.kinds import COUNTING_AS_VOLUME
from exercises.models import ExerciseSettings
from exercises.tests.factories import ExerciseFactory
from metricgain.tests.e2e.floor import at_hand, eventually, flushed, log, open_workout, row_of, saved, stored
from metricgain.users.models import User
from training.models import Set, WorkoutLog
from training.tests.factories import planned_workout

pytestmark = pytest.mark.allow_console(r"net::ERR_|Failed to load resource|Failed to fetch")
VOLUMES = json.loads(
    (Path(settings.BASE_DIR) / "training" / "session" / "page" / "tests" / "volume_cases.json").read_text()
)
EACH = """async ([module, cases]) => {
    const { volumeOf } = await import(module);
    const rules = JSON.parse(document.querySelector("workout-session").dataset.rules);
    return cases.map(({ unit, sets }) => `${volumeOf(sets, unit, rules).toLocaleString("en")} ${unit}`);
}"""


# Whether the saved copy is as late as the page that is shown.
IS_SAVED_ANEW = """async () => {
    const copy = await caches.match(location.origin + location.pathname, { ignoreVary: true });
    const at = Number((await copy?.text())?.match(/data-at="(\\d+)"/)?.[1]);
    return at >= Number(document.querySelector("workout-session").dataset.at);
}"""


@pytest.fixture
def alice(transactional_db):
    return User.objects.create_user("alice@example.org", "correct-horse-7")


@pytest.fixture
def workout(alice):
    press = ExerciseFactory(name="Press", muscle_group="chest")
    push_up = ExerciseFactory(name="Push-up", muscle_group="chest", equipment="bodyweight", loading="bodyweight")
    row = ExerciseFactory(name="Row", muscle_group="back")
    ExerciseSettings.objects.create(user=alice, exercise=row, unit="lb")
    return planned_workout(alice, press, push_up, row)


@pytest.fixture
def phone(page, workout) -> Page:
    return open_workout(page, f"/workouts/{workout.id}/week/1/")


def facts(page: Page) -> list[str]:
    return page.locator("#summary .facts__value").all_text_contents()


def finish(page: Page) -> None:
    page.get_by_role("button", name="Finish workout").click()
    expect(page.locator("#summary .facts")).to_be_visible()


def test_the_browser_sums_up_as_the_server_does(phone):
    loaded = [[one for one in case["sets"] if one.get("loading", "weight") in COUNTING_AS_VOLUME] for case in VOLUMES]
    cases = [
        {"unit": case["unit"], "sets": [[float(one["weight"]), one.get("unit", "kg"), one["reps"]] for one in sets]}
        for case, sets in zip(VOLUMES, loaded, strict=True)
    ]
    found = phone.evaluate(EACH, [static("js/volume.js"), cases])
    assert found == [case["words"] for case in VOLUMES]


def long_ago(**ago) -> None:
    """Moves what the server has of the session into the past."""
    Set.objects.update(performed_at=F("performed_at") - timedelta(**ago))
    WorkoutLog.objects.update(started_at=F("started_at") - timedelta(**ago))


def test_a_session_finished_without_a_signal_says_the_same_before_and_after(phone, context):
    """The server has some of its sets; one of them is taken back, and one more than planned is done."""
    log(phone, 1, 8, weight="82.5")
    log(phone, 2, 7, weight="82.5")
    eventually(lambda: len(stored()) == 2)
    long_ago(minutes=31)
    phone.reload()
    eventually(lambda: phone.evaluate(IS_SAVED_ANEW))
    context.set_offline(True)
    log(phone, 3, 5, weight="82.5")
    at_hand(phone, "Press")
    row_of(phone, 2).get_by_role("button", name="Undo").click()
    phone.get_by_role("button", name="Add a set of Press").click()
    log(phone, 4, 5, weight="80")
    log(phone, 1, 10, "Row", weight="135")
    finish(phone)
    offline = facts(phone)
    assert offline == ["4 of 10", "2,085 kg", "31 min"]
    phone.reload()
    expect(phone.locator("#summary .facts__value").last).to_have_text("31 min")
    assert facts(phone) == offline
    context.set_offline(False)
    flushed(phone)
    expect(phone.get_by_role("heading", name="Workout done")).to_be_visible()
    assert facts(phone) == offline
    assert Set.objects.count() == 4


def test_a_session_that_was_left_open_lasted_until_its_last_set(phone, context):
    log(phone, 1, 8, weight="80")
    eventually(lambda: len(stored()) == 1)
    long_ago(hours=5)
    log(phone, 2, 8, weight="80")
    eventually(lambda: len(stored()) == 2)
    Set.objects.filter(set_number=2).update(performed_at=F("performed_at") - timedelta(hours=4, minutes=18))
    phone.reload()
    context.set_offline(True)
    phone.get_by_role("button", name=re.compile("^Finish at")).click()
    expect(phone.locator("#summary .facts__value").last).to_have_text("42 min")
    context.set_offline(False)
    flushed(phone)
    expect(phone.get_by_role("heading", name="Workout done")).to_be_visible()
    assert facts(phone)[2] == "42 min"


@pytest.mark.saves_ahead("all")
def test_what_the_phone_does_not_know_stays_open(page, context, workout):
    """Whether an exercise that was chosen without a signal counts volume, and how long a session of another day was."""
    ExerciseFactory(name="Curl", muscle_group="bis")
    here = f"/workouts/{workout.id}/week/1/"
    open_workout(page, here)
    saved(page, f"{here}exercises/add/?muscle=bis")
    context.set_offline(True)
    page.goto(f"{here}exercises/add/?muscle=bis")
    page.get_by_role("button", name="Curl").click()
    expect(page.get_by_role("heading", name="Curl")).to_be_visible()
    log(page, 1, 12, "Curl", weight="10")
    page.locator("#backfill summary").click()
    page.get_by_label("Day", exact=True).fill((timezone.now().date() - timedelta(days=1)).isoformat())
    page.get_by_role("button", name="Save the day").click()
    finish(page)
    assert facts(page) == ["1 of 12", "–", "–"]


def test_a_skipped_session_has_no_numbers(phone, context):
    context.set_offline(True)
    phone.get_by_role("button", name="Skip this workout").click()
    expect(phone.get_by_role("heading", name="You skipped this workout")).to_be_visible()
    expect(phone.locator("#summary .facts")).to_have_count(0)
