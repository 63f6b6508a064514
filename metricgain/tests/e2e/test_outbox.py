"""The outbox: what a lifter enters is on the phone first, then on the server once, and the row says which."""

import threading
import time
from datetime import timedelta

import pytest
from django.contrib.sessions.models import Session
from django.utils import timezone
from playwright.sync_api import Page, expect

from exercises.tests.factories import ExerciseFactory
from metricgain.tests.e2e.floor import (
    WORKOUT,
    eventually,
    flushed,
    header,
    keep_as_before,
    log,
    open_workout,
    row_of,
    stored,
)
from metricgain.tests.e2e.signing_in import sign_in
from metricgain.users.models import User
from training.models import Prescription, Set, WorkoutLog
from training.session import changes, recording
from training.tests.factories import planned_workout

pytestmark = pytest.mark.allow_console(r"net::ERR_|Failed to load resource|Failed to fetch|status of")
HAS_PAGES = "caches.keys().then((all) => all.some((one) => one.startsWith('metricgain-pages')))"
CLOCK = """() => new Promise((resolve) => {
    indexedDB.open("metricgain", 1).onsuccess = ({ target: { result } }) => {
        const asked = result.transaction("clock").objectStore("clock").get("state");
        asked.onsuccess = () => (result.close(), resolve(asked.result));
    };
})"""
TWELVE = """async ([address, body]) => {
    const { user, token } = await (await fetch("/outbox/")).json();
    const headers = { "X-Outbox": user, "X-CSRFToken": token };
    const send = (reps) => fetch(address, { method: "POST", headers, body: new URLSearchParams({ ...body, reps }) });
    const answers = await Promise.all(Array.from({ length: 12 }, (nothing, number) => send(number + 1)));
    return answers.map((answer) => answer.status);
}"""


@pytest.fixture
def alice(transactional_db):
    return User.objects.create_user("alice@example.org", "correct-horse-7")


@pytest.fixture
def exercises(alice):
    return [ExerciseFactory(name="Press", muscle_group="chest"), ExerciseFactory(name="Row", muscle_group="back")]


@pytest.fixture
def workout(alice, exercises):
    return planned_workout(alice, *exercises, target_weight=100)


@pytest.fixture
def address(workout):
    return f"/workouts/{workout.id}/week/1/"


@pytest.fixture
def phone(page, address) -> Page:
    return open_workout(page, address)


class Switch:
    """Cuts the phone off by the browser's own offline switch."""

    def __init__(self, context, machine, network):
        self.context = context

    def cut(self):
        self.context.set_offline(True)

    def mend(self):
        self.context.set_offline(False)


class Stopped:
    """Cuts the phone off by stopping the server: connections are refused."""

    def __init__(self, context, machine, network):
        self.machine = machine

    def cut(self):
        self.machine.stop()

    def mend(self):
        self.machine.start()


class Hung:
    """Cuts the phone off by suspending the server, which then accepts what comes and never answers."""

    def __init__(self, context, machine, network):
        self.block = network.as_("hung")

    def cut(self):
        self.block.__enter__()

    def mend(self):
        self.block.__exit__(None, None, None)


@pytest.fixture(params=[Switch, Stopped, Hung])
def line(request, context, machine, network):
    return request.param(context, machine, network)


def test_a_whole_workout_without_a_signal_is_stored_once(phone, context, address, line):
    line.cut()
    try:
        for exercise, number, reps in WORKOUT:
            log(phone, number, reps, exercise)
            expect(row_of(phone, number, exercise)).to_contain_text("On this phone.")
        expect(header(phone)).to_contain_text("6 sets")
        phone.reload()
        expect(row_of(phone, 3, "Row").get_by_label("Reps")).to_have_value("10")
        phone.close()
        phone = context.new_page()
        phone.goto(address)
        expect(row_of(phone, 1).get_by_label("Reps")).to_have_value("8")
        phone.get_by_role("button", name="Finish workout").click()
        expect(phone.get_by_role("heading", name="You finished this workout")).to_be_visible()
        expect(phone.locator("#summary")).to_contain_text("0 of 6 sets stored. 6 on this phone.")
        assert stored() == []
    finally:
        line.mend()
    flushed(phone)
    expect(phone.get_by_role("heading", name="Workout done")).to_be_visible()
    expect(phone.locator("[data-receipt]")).to_have_text("6 of 6 sets stored.")
    assert stored() == WORKOUT
    assert WorkoutLog.objects.get().is_completed


def test_an_answer_that_is_lost_after_the_commit_doubles_nothing(phone, network):
    with network.as_("lost"):
        log(phone, 1, 8)
        eventually(lambda: stored() == [("Press", 1, 8)])
        expect(row_of(phone, 1)).to_contain_text("On this phone.", timeout=25_000)
        expect(header(phone)).to_have_text("1 set on this phone", timeout=25_000)  # between two attempts
    flushed(phone)
    expect(row_of(phone, 1)).to_contain_text("Done.")
    assert stored() == [("Press", 1, 8)]


def test_twelve_posts_of_one_set_at_once_make_one_row(phone, address, exercises):
    fact = f"{address}exercises/{exercises[0].id}/sets/1/"
    body = {"weight": "100", "unit": "kg", "edited_at": timezone.now().isoformat()}
    assert phone.evaluate(TWELVE, [fact, body]) == [200] * 12
    assert stored() == [("Press", 1, 12)]  # one moment: the values decide


def test_what_the_server_refuses_stays_at_its_row_and_the_rest_goes_on(phone, context):
    context.set_offline(True)
    log(phone, 1, 8)
    keep_as_before(phone, 2, 7, weight="eighty")
    log(phone, 3, 6)
    expect(header(phone)).to_have_text("3 sets on this phone")
    context.set_offline(False)
    row = row_of(phone, 2)
    expect(row).to_contain_text("Needs you: Type the weight as a number")
    expect(header(phone)).to_have_text("1 entry needs you")
    expect(row_of(phone, 3)).to_contain_text("Done.")
    assert stored() == [("Press", 1, 8), ("Press", 3, 6)]

    phone.reload()
    expect(row).to_contain_text("Needs you: Type the weight as a number")
    expect(row.get_by_label("Weight")).to_have_value("eighty")
    log(phone, 2, 7, weight="80")
    flushed(phone)
    expect(row).to_contain_text("Done.")
    assert stored() == [("Press", 1, 8), ("Press", 2, 7), ("Press", 3, 6)]


def test_what_was_refused_can_be_discarded(phone):
    keep_as_before(phone, 2, 7, weight="eighty")
    row_of(phone, 2).get_by_role("button", name="Discard").click()
    flushed(phone)
    expect(row_of(phone, 2).get_by_label("Weight")).to_have_value("100")
    assert stored() == []


def test_a_session_that_expired_asks_to_sign_in_and_loses_nothing(phone, context):
    context.set_offline(True)
    log(phone, 1, 8)
    log(phone, 2, 7)
    Session.objects.all().delete()
    context.clear_cookies(name="sessionid")
    context.set_offline(False)
    link = phone.get_by_role("link", name="Sign in to send 2 sets")
    link.click()
    phone.fill("[name=login]", "alice@example.org")
    phone.fill("[name=password]", "correct-horse-7")
    phone.click("main button[type=submit]")
    expect(phone.get_by_role("form", name="Press, set 2")).to_contain_text("Done.")
    flushed(phone)
    assert stored() == [("Press", 1, 8), ("Press", 2, 7)]


def test_a_token_that_rotated_is_fetched_anew(phone, network):
    posts = []

    def rotate(environ):
        if environ["REQUEST_METHOD"] != "POST":
            return
        posts.append(environ["PATH_INFO"])
        if len(posts) == 1:
            environ["HTTP_COOKIE"] = environ["HTTP_COOKIE"].replace("csrftoken=", "was=")

    network.before = rotate
    log(phone, 1, 8)
    expect(row_of(phone, 1)).to_contain_text("Done.")
    assert len(posts) == 2
    assert stored() == [("Press", 1, 8)]


def test_another_users_sign_in_sends_nothing_of_mine(phone, context, address):
    bob = User.objects.create_user("bob@example.org", "correct-horse-7")
    context.set_offline(True)
    log(phone, 1, 8)
    expect(header(phone)).to_have_text("1 set on this phone")
    context.clear_cookies(name="sessionid")
    context.set_offline(False)
    sign_in(phone, bob.email)
    expect(header(phone)).to_have_text("1 set of another account on this phone")
    phone.reload()
    expect(header(phone)).to_have_text("1 set of another account on this phone")
    assert stored() == []
    context.clear_cookies(name="sessionid")
    sign_in(phone)
    flushed(phone)
    eventually(lambda: stored() == [("Press", 1, 8)])
    assert Set.objects.get().user.email == "alice@example.org"


def test_two_tabs_show_one_outbox_and_send_it_once(phone, context, network, address):
    other = context.new_page()
    other.goto(address)
    expect(row_of(other, 1)).to_be_visible()
    context.set_offline(True)
    log(phone, 1, 8)
    log(other, 2, 7)
    expect(row_of(other, 1)).to_contain_text("On this phone.")
    expect(row_of(phone, 2)).to_contain_text("On this phone.")
    expect(header(phone)).to_have_text("2 sets on this phone")
    context.set_offline(False)
    for page in (phone, other):
        flushed(page)
        expect(row_of(page, 1)).to_contain_text("Done.")
        expect(row_of(page, 2)).to_contain_text("Done.")
    assert sum(one.startswith("POST /workouts/") for one in network.asked) == 2
    assert stored() == [("Press", 1, 8), ("Press", 2, 7)]


def test_a_set_of_a_plan_that_changed_meanwhile_is_stored_with_what_was_seen(phone, context, workout, exercises):
    seen = Prescription.objects.get(exercise=exercises[0])
    context.set_offline(True)
    log(phone, 1, 8)
    fly = ExerciseFactory(name="Fly", muscle_group="chest")
    here = recording.SessionKey(workout.mesocycle.user_id, workout.id, 1)
    changes.swap_exercise(here, exercise_id=exercises[0].id, other=fly, scope="today")
    context.set_offline(False)
    flushed(phone)
    expect(phone.get_by_role("heading", name="Fly")).to_be_visible()
    expect(row_of(phone, 1)).to_contain_text("Done.")
    assert Set.objects.get().prescription == seen


def test_whoever_loses_to_another_device_is_told_and_may_insist(phone, context, workout, exercises):
    context.set_offline(True)
    log(phone, 1, 8, weight="95")
    expect(row_of(phone, 1)).to_contain_text("On this phone.")
    here, now = (
        recording.SessionKey(workout.mesocycle.user_id, workout.id, 1),
        timezone.now() + timedelta(milliseconds=1),
    )
    recording.log_set(
        here,
        recording.Edit(at=now, local_date=now.date()),
        recording.TypedSet(exercise_id=exercises[0].id, number=1, weight=100, unit="kg", reps=9),
    )
    context.set_offline(False)
    row = row_of(phone, 1)
    expect(row).to_contain_text("Kept 100 kg × 9 from another device. Yours: 95 kg × 8.")
    assert stored() == [("Press", 1, 9)]
    row.get_by_role("button", name="Use mine").click()
    expect(row).to_contain_text("Done.")
    flushed(phone)
    assert stored() == [("Press", 1, 8)]


def test_signing_out_with_unsent_sets_asks_first_and_keeps_them(phone, network):
    network.before = lambda environ: "broken" if "/sets/" in environ["PATH_INFO"] else ""
    log(phone, 1, 8)
    expect(row_of(phone, 1)).to_contain_text("On this phone.")
    phone.goto("/logout/")
    phone.get_by_role("main").get_by_role("button", name="Sign out").click()
    expect(phone.get_by_role("alert")).to_contain_text("Not sent yet: 1 set")
    assert phone.evaluate(HAS_PAGES)
    phone.get_by_role("button", name="Sign out all the same").click()
    phone.wait_for_url("**/login/**")
    assert not phone.evaluate(HAS_PAGES)
    network.before = lambda environ: ""
    assert stored() == []
    sign_in(phone)
    flushed(phone)
    eventually(lambda: stored() == [("Press", 1, 8)])


def test_a_captive_portals_200_is_not_an_answer(phone, network):
    with network.as_("portal"):
        log(phone, 1, 8)
        expect(row_of(phone, 1)).to_contain_text("On this phone.")
        expect(header(phone)).to_have_text("1 set on this phone")
        assert stored() == []
    flushed(phone)
    assert stored() == [("Press", 1, 8)]


def test_a_portal_that_lets_the_question_through_and_not_the_fact_is_not_believed(phone, network):
    def portal(environ):
        if environ["REQUEST_METHOD"] == "POST":
            environ["PATH_INFO"], environ["REQUEST_METHOD"] = "/login/", "GET"

    network.before = portal
    log(phone, 1, 8)
    expect(row_of(phone, 1)).to_contain_text("On this phone.")
    expect(header(phone)).to_have_text("1 set on this phone")
    network.before = lambda environ: None
    flushed(phone)
    assert stored() == [("Press", 1, 8)]


@pytest.mark.parametrize("hours", [2, -2])
def test_a_wrong_clock_is_corrected_before_the_edit(context, address, exercises, workout, hours):
    context.add_init_script(f"{{ const now = Date.now; Date.now = () => now() + {hours * 3_600_000}; }}")
    phone = open_workout(context.new_page(), address)
    context.set_offline(True)
    log(phone, 1, 8)
    expect(row_of(phone, 1)).to_contain_text("On this phone.")
    made = timezone.now()
    phone.wait_for_timeout(1_500)
    context.set_offline(False)
    flushed(phone)
    assert abs(Set.objects.get().edited_at - made) < timedelta(seconds=1)


def test_after_a_slow_first_exchange_the_phone_is_never_ahead_of_the_server(page, network, alice):
    """An edit from the future is held to the server's time, so that a late copy of it could beat a newer one."""
    network.before = lambda environ: time.sleep(1.5 * (environ["PATH_INFO"] == "/outbox/"))
    sign_in(page)
    eventually(lambda: page.evaluate(CLOCK))
    clock = page.evaluate(CLOCK)
    assert clock["rtt"] >= 1_500
    assert -500 < clock["offset"] <= 0


def test_of_two_edits_stuck_in_a_hung_server_the_later_wins_whichever_arrives_last(phone, context, network, address):
    held, arrived = threading.Event(), threading.Event()

    def hold_the_first(environ):
        if environ["REQUEST_METHOD"] == "POST" and not arrived.is_set():
            arrived.set()
            held.wait(30)

    network.before = hold_the_first
    log(phone, 1, 8)
    expect(row_of(phone, 1)).to_contain_text("Sending…")
    assert arrived.wait(10)
    phone.close()
    phone = context.new_page()
    phone.goto(address)
    log(phone, 1, 9)
    eventually(lambda: stored() == [("Press", 1, 9)], seconds=40)
    held.set()
    phone.wait_for_timeout(1_000)
    assert stored() == [("Press", 1, 9)]
    phone.reload()
    expect(row_of(phone, 1).get_by_label("Reps")).to_have_value("9")
