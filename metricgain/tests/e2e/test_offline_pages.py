"""Pages that a phone has saved: there without a signal, marked as what they are, and gone after signing out."""

import re

import pytest
from django.urls import reverse
from playwright.sync_api import Page, expect

from exercises import library_seed as library
from metricgain.tests.e2e.floor import eventually, log
from metricgain.tests.e2e.saving import CUT, SAVE_AHEAD, address, saved, small_week, stop_worker, with_all_saved
from metricgain.tests.e2e.signing_in import signed_in
from metricgain.users.models import User
from metricgain.web import offline
from training.catalogue import system_templates
from training.models import Set, Template
from training.plan.from_template import start_mesocycle

pytestmark = [pytest.mark.allow_console(CUT), pytest.mark.saves_ahead]
PROGRESS = {  # its pages by their links
    "Stronger?": "Am I getting stronger?",
    "Enough?": "Enough or too much?",
    "Mesocycle": "This mesocycle",
    "Records": "Records",
    "This week": "Progress",
}


@pytest.fixture
def alice(transactional_db):
    return User.objects.create_user("alice@example.org", "correct-horse-7")


@pytest.fixture
def workouts(alice):
    return small_week(alice)


@pytest.fixture
def full_body(alice):
    """Returns the workouts of a mesocycle from a template, with the whole library."""
    library.seed()
    system_templates.seed()
    template = Template.objects.get(slug="full-body-3")
    mesocycle = start_mesocycle(alice, template, name="Autumn", weeks=4, start_date=alice.today(), at=alice.created_at)
    return list(mesocycle.workouts.in_plan())


@pytest.fixture
def phone(page, workouts) -> Page:
    return with_all_saved(page, workouts)


@pytest.mark.saves_ahead("all")
def test_the_week_its_exercises_and_the_library_are_there_without_a_signal(page, context, full_body):
    phone, workouts = with_all_saved(page, full_body), full_body
    held = saved(phone)
    context.set_offline(True)
    for workout in workouts:
        phone.goto(address(workout))
        expect(phone.get_by_role("heading", level=1, name=workout.name)).to_be_visible()
        expect(phone.get_by_role("status").first).to_contain_text("the copy that your phone saved today at")
    phone.goto("/")
    expect(phone.get_by_role("heading", name="Today")).to_be_visible()
    phone.get_by_role("link", name="Start workout").click()
    first = workouts[0].slots.order_by("position").first().exercise
    expect(phone.get_by_role("heading", name=first.name).first).to_be_visible()
    phone.goto(reverse("analytics:exercise_history", args=[first.id]))
    expect(phone.get_by_role("heading", name=first.name)).to_be_visible()
    phone.goto("/progress/")
    for name, title in PROGRESS.items():
        phone.get_by_role("navigation", name="Progress").get_by_role("link", name=name).click()
        expect(phone.get_by_role("heading", level=1, name=title)).to_be_visible()
    phone.goto(f"{address(workouts[0])}exercises/{first.id}/swap/")
    expect(phone.get_by_role("status").first).to_contain_text("Your server does not answer.")
    phone.get_by_role("link", name="Exercises", exact=True).click()
    expect(phone.get_by_text(re.compile("Page 1 of"))).to_be_visible()
    phone.goto(f"{address(workouts[0])}exercises/add/?muscle=calfs")  # the rest of the library is there to be added
    expect(phone.get_by_text("Single-Leg Calf Raise").first).to_be_visible()
    print(f"\nsaved ahead: {sum(held.values())} bytes in {len(held)} pages")
    assert sum(held.values()) <= offline.BUDGET


def test_a_stopped_server_is_no_hindrance(phone, machine, workouts):
    machine.stop()
    phone.goto("/")
    expect(phone.get_by_role("heading", name="Today")).to_be_visible()
    began = phone.evaluate("Date.now()")
    phone.goto(address(workouts[0]))
    print(f"\nserver stopped: the workout page stands after {phone.evaluate('Date.now()') - began} ms")
    expect(phone.get_by_role("heading", level=1, name=workouts[0].name)).to_be_visible()
    machine.start()
    expect(phone.get_by_role("status").first).to_contain_text("Your server does not answer")
    phone.get_by_role("link", name="Try again").click()
    expect(phone.get_by_role("link", name="Show it")).to_be_visible()


@pytest.mark.saves_ahead("all")
def test_within_a_small_budget_the_most_important_pages_are_saved(page, workouts, monkeypatch):
    monkeypatch.setattr(offline, "BUDGET", 200_000)
    signed_in(page).goto("/")
    assert page.evaluate(SAVE_AHEAD, ["/", address(workouts[0])])
    page.wait_for_timeout(1_500)
    held = saved(page)
    assert sum(held.values()) <= 200_000
    assert {"/", address(workouts[0])} <= set(held)
    assert "/exercises/?muscle=abs" not in held


def test_a_saved_page_looks_as_it_did_and_nothing_of_it_is_missing(phone, context, workouts):
    phone.goto(address(workouts[0]))
    look = "[...document.styleSheets].map((sheet) => sheet.cssRules.length)"
    before = phone.evaluate(look)
    context.set_offline(True)
    phone.goto(address(workouts[0]))
    expect(phone.get_by_role("status").first).to_contain_text("saved")
    assert phone.evaluate(look) == before
    assert phone.evaluate("customElements.get('expected-reps') !== undefined")
    assert phone.evaluate("document.documentElement.dataset.user") == str(User.objects.get().id)
    assert re.match(r"\d{4}-\d\d-\d\dT", phone.evaluate("document.documentElement.dataset.saved"))


def test_a_page_that_was_not_saved_says_so(phone, context):
    context.set_offline(True)
    phone.goto("/templates/")
    expect(phone.get_by_role("heading", name="Not on this phone")).to_be_visible()
    phone.get_by_role("link", name="Today").first.click()
    expect(phone.get_by_role("heading", name="Today")).to_be_visible()


def test_what_did_not_change_is_not_fetched_again(phone, network, workouts):
    ask = "navigator.serviceWorker.ready.then(({ active }) => active.postMessage({ type: 'save-ahead' }))"
    phone.wait_for_timeout(1_100)
    phone.evaluate(ask)  # what was planned in the second in which it was saved is saved once more
    phone.wait_for_timeout(2_500)
    del network.asked[:]
    phone.evaluate(ask)
    phone.wait_for_timeout(1_000)
    assert network.asked_for("/pages-ahead/") >= 1
    assert len([each for each in network.asked if each.startswith("GET /exercises/")]) == 0
    assert network.asked_for(address(workouts[2])) == 0


def test_a_hung_server_is_waited_for_three_seconds_and_then_not_again(phone, network, workouts):
    with network.as_("hung"):
        began = phone.evaluate("Date.now()")
        phone.goto("/")
        expect(phone.get_by_role("status").first).to_contain_text("Your server does not answer")
        first = phone.evaluate("Date.now()") - began
        began = phone.evaluate("Date.now()")
        phone.goto(address(workouts[0]))
        second = phone.evaluate("Date.now()") - began
        print(f"\nhung: {first} ms for the first page, {second} ms for the next")
        assert 3_000 <= first < 5_500
        assert second < 1_500
    # The requests under way are answered now, and that is said on the page.
    expect(phone.get_by_role("status").first).to_contain_text("the current page is here")
    phone.get_by_role("link", name="Show it").click()
    expect(phone.get_by_text("the copy that your phone saved")).to_have_count(0)


def test_a_page_that_breaks_off_on_the_way_gives_way_to_the_saved_copy(phone, network, workouts):
    with network.as_("cut"):
        phone.goto(address(workouts[0]))
        expect(phone.get_by_role("status").first).to_contain_text("Your server does not answer")
        expect(phone.get_by_role("button", name="Finish workout")).to_be_visible()


def test_the_worker_remembers_a_failure_while_it_sleeps(phone, context, network):
    """A rest between two sets lasts longer than a service worker lives."""
    with network.as_("hung"):
        phone.goto("/")
        stop_worker(phone, context)
        began = phone.evaluate("Date.now()")
        phone.goto("/exercises/")
        expect(phone.get_by_role("status").first).to_contain_text("saved")
        assert phone.evaluate("Date.now()") - began < 2_500


@pytest.mark.parametrize(
    ("mode", "words"), [("portal", "perhaps the sign-in page of this Wi-Fi"), ("broken", "could not answer")]
)
def test_what_answers_in_place_of_the_server_is_not_shown_and_never_saved(
    phone, network, context, workouts, mode, words
):
    before = saved(phone)
    with network.as_(mode):
        phone.goto("/")
        expect(phone.get_by_role("heading", name="Today")).to_be_visible()
        expect(phone.get_by_role("status").first).to_contain_text(words)
        phone.evaluate("navigator.serviceWorker.controller.postMessage({ type: 'save-ahead' })")
        phone.wait_for_timeout(500)
    assert saved(phone) == before
    context.set_offline(True)
    phone.goto(address(workouts[0]))
    expect(phone.get_by_role("heading", level=1, name=workouts[0].name)).to_be_visible()


def test_a_portals_page_does_not_pass_for_a_style_sheet(page, network, workouts):
    """The portal answers for every address, and the phone keeps a file with a hashed name for good."""
    signed_in(page).goto("/")
    held = """async () => {
        const cache = await caches.open("metricgain-assets");
        const answers = await Promise.all((await cache.keys()).map((each) => cache.match(each)));
        return answers.filter((each) => each.headers.get("Content-Type").startsWith("text/html")).length;
    }"""
    page.evaluate("navigator.serviceWorker.ready.then(() => true)")
    with network.as_("portal"):
        name = "/static/css/later.0123456789ab.css"
        page.evaluate("(name) => fetch(name).then((answer) => answer.text())", name)
        assert page.evaluate(held) == 0
        assert page.evaluate("(name) => caches.match(name).then(Boolean)", name) is False


def test_no_redirected_answer_and_no_sign_in_page_is_saved(phone, workouts):
    phone.goto(f"{address(workouts[0])}finish/")  # leads to the page of the workout
    phone.goto("/settings/body-mass/2026-11-02/delete/")
    for url in ("/logout/", "/password/change/", "/admin/", "/login/"):
        phone.goto(url)
    phone.goto("/settings/")
    assert phone.evaluate(SAVE_AHEAD, ["/settings/"])
    held = saved(phone)
    secret = ("/login", "/logout", "/password", "/admin", "/signup", "/demo")
    assert [url for url in held if url.startswith(secret) or url.endswith(("/finish/", "/delete/"))] == []


def test_a_page_that_was_cut_off_on_the_way_is_not_saved(phone, network, context, workouts):
    whole = saved(phone)
    application = network.application

    def cut_off(environ, start_response):
        environ["HTTP_ACCEPT_ENCODING"] = "identity"
        body = b"".join(application(environ, lambda status, headers: start_response(status, without_length(headers))))
        return [body[: len(body) // 2], b""]

    network.application = cut_off
    phone.goto("/mesocycles/")
    phone.wait_for_timeout(500)
    assert saved(phone)["/mesocycles/"] == whole["/mesocycles/"]
    context.set_offline(True)
    phone.goto("/mesocycles/")
    expect(phone.get_by_role("heading", level=1)).to_be_visible()


def without_length(headers: list) -> list:
    return [(name, value) for name, value in headers if name != "Content-Length"]


def test_an_expired_session_leaves_saved_pages_as_they_were(phone, context, workouts):
    before = saved(phone)
    context.clear_cookies(name="sessionid")
    phone.goto(address(workouts[0]))  # to sign in
    expect(phone.get_by_role("heading", name="Sign in")).to_be_visible()
    phone.evaluate("navigator.serviceWorker.controller.postMessage({ type: 'save-ahead' })")
    phone.wait_for_timeout(500)
    assert saved(phone) == before
    context.set_offline(True)
    phone.goto(address(workouts[0]))
    expect(phone.get_by_role("heading", level=1, name=workouts[0].name)).to_be_visible()


def test_signing_out_deletes_saved_pages(phone, context, workouts):
    assert len(saved(phone)) > 10
    phone.goto("/settings/")
    phone.get_by_role("button", name="Sign out").click()
    expect(phone.get_by_role("heading", name="Sign in")).to_be_visible()
    assert saved(phone) == {}
    context.set_offline(True)
    for url in ("/", address(workouts[0])):
        phone.goto(url)
        expect(phone.get_by_role("heading", name="Not on this phone")).to_be_visible()


def test_another_users_pages_go_when_somebody_signs_in(phone, context):
    User.objects.create_user("bob@example.org", "correct-horse-7")
    context.clear_cookies(name="sessionid")
    phone.goto("/login/")
    phone.fill("[name=login]", "bob@example.org")
    phone.fill("[name=password]", "correct-horse-7")
    phone.click("main button[type=submit]")
    expect(phone.get_by_role("heading", name="No mesocycle is running")).to_be_visible()
    assert phone.evaluate(SAVE_AHEAD, ["/", "/progress/"])
    assert not [url for url in saved(phone) if url.startswith("/workouts/")]


def test_navigation_preload_is_on_and_used(phone, network):
    """The request starts while the worker still wakes up, and is the only one."""
    del network.asked[:], network.headers[:]
    phone.goto("/mesocycles/")
    named = [h for a, h in zip(network.asked, network.headers, strict=True) if a == "GET /mesocycles/"]
    assert len(named) == 1
    assert named[0].get("HTTP_SERVICE_WORKER_NAVIGATION_PRELOAD") == "true"


def test_background_sync_sends_the_outbox_though_no_page_is_open(phone, context, machine, workouts):
    phone.goto(address(workouts[0]))
    machine.stop()
    row = phone.locator("form[id^='set-']").first
    row.get_by_label("Weight").fill("50")
    row.get_by_label("Reps").fill("8")
    row.locator(".set-row__log").click()
    expect(phone.locator("outbox-state")).to_contain_text("1 set")
    phone.goto("about:blank")
    assert not Set.objects.exists()
    machine.start()
    bare = context.new_page()
    bare.goto("/healthz")  # no page of ours: it runs no script
    protocol = context.new_cdp_session(bare)
    found = []
    protocol.on("ServiceWorker.workerRegistrationUpdated", lambda event: found.extend(event["registrations"]))
    protocol.send("ServiceWorker.enable")
    eventually(lambda: bare.evaluate("1") and found)
    where = {"origin": bare.url.removesuffix("/healthz"), "registrationId": found[0]["registrationId"]}
    protocol.send("ServiceWorker.dispatchSyncEvent", where | {"tag": "outbox", "lastChance": True})
    eventually(lambda: bare.evaluate("1") and Set.objects.filter(weight=50, reps=8).exists())


def test_a_phone_that_deleted_all_pages_says_so_and_what_waits_on_it(phone, context, workouts):
    phone.goto(address(workouts[0]))
    context.set_offline(True)
    log(phone, 1, 8)
    expect(phone.locator("outbox-state")).to_contain_text("1 set on this phone")
    phone.evaluate("caches.keys().then((names) => Promise.all(names.map((name) => caches.delete(name))))")
    phone.goto("/")
    expect(phone.get_by_role("heading", name="Your server does not answer")).to_be_visible()
    expect(phone.locator("body")).to_contain_text("One entry waits on this phone.")
    context.set_offline(False)
    phone.get_by_role("link", name="Try again").click()
    expect(phone.get_by_role("heading", name="Today")).to_be_visible()
    eventually(lambda: Set.objects.count() == 1)
