"""A device rings while it sleeps: the page asks for the ring of a rest, and the worker shows what is pushed.

The push services of Google, Apple and Mozilla cannot be reached from a test, so the browser delivers the pushes itself
(ServiceWorker.deliverPushMessage)."""

import json
from collections.abc import Callable, Iterator
from io import BytesIO
from urllib.parse import parse_qs

import pytest
from playwright.sync_api import BrowserContext, Page, expect

from exercises.models import ExerciseSettings
from exercises.tests.factories import ExerciseFactory
from metricgain.tests.e2e.conftest import PHONE
from metricgain.tests.e2e.floor import dock, eventually, flushed, log, row_of
from metricgain.tests.e2e.signing_in import signed_in
from metricgain.tests.e2e.test_set_cost import HIDDEN
from metricgain.users.models import User
from training.tests.factories import planned_workout

SHOWN = """async () => (await (await navigator.serviceWorker.ready).getNotifications()).map(
    ({ title, body, tag, silent, data }) => ({ title, body, tag, silent, url: data.url }))"""


@pytest.fixture
def alice(transactional_db):
    return User.objects.create_user("alice@example.org", "correct-horse-7")


@pytest.fixture
def here(alice) -> str:
    """The address of a workout: three sets of each of two exercises, with 90 seconds after those of the first."""
    press, row = ExerciseFactory(name="Press", muscle_group="chest"), ExerciseFactory(name="Row", muscle_group="back")
    ExerciseSettings.objects.create(user=alice, exercise=press, unit="kg", rest_seconds=90)
    return f"/workouts/{planned_workout(alice, press, row, target_weight=100).id}/week/1/"


def fields_of(body: str) -> dict[str, str]:
    return {name: values[0] for name, values in parse_qs(body, keep_blank_values=True).items()}


@pytest.fixture
def asked(network) -> list[dict]:
    """The fields of each request for a ring that has reached the server."""
    found = []

    def note(environ):
        if environ["PATH_INFO"] == "/push/ring/":
            body = environ["wsgi.input"].read(int(environ["CONTENT_LENGTH"]))
            environ["wsgi.input"] = BytesIO(body)
            found.append(fields_of(body.decode()))

    network.before = note
    return found


def let_ring(context: BrowserContext, user: int) -> None:
    context.add_init_script(f"location.protocol === 'http:' && (localStorage.rings = '{user}')")


@pytest.fixture
def phone(context, here, alice, asked) -> Page:
    """A phone that rings, on the workout page. Its clock can be moved."""
    let_ring(context, alice.pk)
    page = signed_in(context.new_page())
    page.clock.install()
    with page.expect_response("**/ringing.*.js"):
        page.goto(here)
    expect(dock(page)).to_be_visible()
    return page


def hide(page: Page, hidden: bool = True) -> None:
    page.evaluate(HIDDEN, hidden)


def timer(page: Page):
    return page.locator("rest-timer")


def begin_rest(page: Page) -> None:
    log(page, 1, 8)
    expect(timer(page)).to_have_attribute("data-state", "runs")
    flushed(page)


def test_a_page_that_is_hidden_in_a_rest_asks_for_the_ring_and_takes_it_back_when_it_is_shown(phone, asked, here):
    begin_rest(phone)
    assert asked == []
    phone.clock.run_for(30_000)
    hide(phone)
    eventually(lambda: len(asked) == 1)
    ring = asked[0]
    assert 50 <= int(ring["seconds"]) <= 60
    reps = row_of(phone, 2).get_by_label("Reps").input_value()
    assert ring["words"] == f"Press, set 2, 100 kg × {reps}"
    path, row = ring["url"].split("#")
    assert path == here
    expect(phone.locator(f"#{row}")).to_have_attribute("aria-label", "Press, set 2")
    hide(phone, False)
    eventually(lambda: len(asked) == 2)
    assert asked[1] == {"seconds": ""}
    hide(phone)
    phone.evaluate("dispatchEvent(new PageTransitionEvent('pagehide'))")
    eventually(lambda: len(asked) == 3)
    hide(phone, False)
    eventually(lambda: len(asked) == 4)
    assert asked[3] == {"seconds": ""}


def test_a_page_in_view_asks_for_nothing(phone, asked):
    for number, reps in [(1, 8), (2, 7), (3, 6)]:
        log(phone, number, reps)
        flushed(phone)
        timer(phone).get_by_role("button", name="15 seconds more").tap()
    timer(phone).get_by_role("button", name="Skip the rest").tap()
    phone.clock.run_for(200_000)
    assert asked == []


def test_a_page_that_is_hidden_without_a_rest_asks_for_nothing(phone, asked):
    hide(phone)
    hide(phone, False)
    begin_rest(phone)
    phone.clock.fast_forward(95_000)
    hide(phone)
    hide(phone, False)
    phone.wait_for_timeout(300)
    assert asked == []


def test_after_the_last_set_nothing_rings(phone, asked):
    for exercise in ("Press", "Row"):
        for number in (1, 2, 3):
            log(phone, number, 8, exercise)
            flushed(phone)
    expect(dock(phone)).to_contain_text("All sets are done")
    hide(phone)
    phone.wait_for_timeout(300)
    assert asked == []


def test_a_rest_that_ended_meanwhile_is_not_taken_back(phone, asked):
    begin_rest(phone)
    hide(phone)
    eventually(lambda: len(asked) == 1)
    phone.clock.fast_forward(95_000)
    hide(phone, False)
    phone.wait_for_timeout(300)
    assert len(asked) == 1
    assert phone.evaluate("localStorage.ringEnds") == "0"


def test_another_page_lets_it_ring_and_coming_back_takes_it_back(phone, asked, here):
    begin_rest(phone)
    phone.goto("/exercises/")
    eventually(lambda: len(asked) == 1)
    phone.goto(here)
    eventually(lambda: len(asked) == 2)
    assert [one["seconds"] for one in asked][1] == ""


@pytest.mark.allow_console("502")
def test_a_ring_that_could_not_be_taken_back_is_taken_back_when_the_rest_is_skipped(phone, asked, network):
    begin_rest(phone)
    hide(phone)
    eventually(lambda: len(asked) == 1)
    with network.as_("broken"):
        hide(phone, False)
        eventually(lambda: len(asked) == 2 and phone.evaluate("localStorage.ringEnds") != "0")
    timer(phone).get_by_role("button", name="Skip the rest").tap()
    eventually(lambda: len(asked) == 3)
    assert [one["seconds"] for one in asked][1:] == ["", ""]
    eventually(lambda: phone.evaluate("localStorage.ringEnds") == "0")


def test_a_phone_that_does_not_ring_loads_nothing_for_it(context, here, alice, asked):
    let_ring(context, alice.pk + 1)  # another lifter had it
    page = signed_in(context.new_page())
    loaded = []
    page.on("request", lambda request: loaded.append(request.url))
    page.goto(here)
    begin_rest(page)
    hide(page)
    page.wait_for_timeout(1_000)
    assert asked == []
    assert any("/drawing." in one for one in loaded)
    assert not any("/ringing." in one for one in loaded)


def test_the_rest_is_drawn_once_a_second(phone):
    begin_rest(phone)
    phone.clock.run_for(5_000)  # the page comes to rest,
    phone.wait_for_load_state("networkidle")  # also where modules arrive late by the clock of the machine
    phone.clock.pause_at(phone.evaluate("Date.now()") / 1000 + 2)
    phone.evaluate("""() => {
        window.drawn = [];
        const time = document.querySelector(".rest-timer__time");
        new MutationObserver(() => drawn.push(time.textContent)).observe(time, { childList: true });
    }""")
    phone.clock.run_for(10_000)
    seen = phone.evaluate("drawn")
    assert len(seen) == len(set(seen))
    assert len(seen) in (10, 11)


# The worker.


@pytest.fixture
def notified(whole_browser, server, alice) -> Iterator[Page]:
    """A phone on Today, with a worker that may show notifications. The browser without windows never may."""
    context = whole_browser.new_context(base_url=server, **PHONE)
    context.grant_permissions(["notifications"])
    page = signed_in(context.new_page())
    page.goto("/")
    page.evaluate("navigator.serviceWorker.ready.then(() => true)")
    yield page
    context.close()


def worker_of(context: BrowserContext):
    eventually(lambda: context.pages[0].evaluate("1") and context.service_workers)
    return context.service_workers[0]


# Whoever asks a browser for its notifications while it shows one may lose that: so a test waits until it is shown.
COUNTED = """() => {
    const { prototype } = ServiceWorkerRegistration;
    const show = prototype.showNotification;
    self.count = 0;
    prototype.showNotification = async function (...said) { await show.apply(this, said); self.count += 1; };
}"""


@pytest.fixture
def push(notified) -> Callable[[str], None]:
    """Delivers a push to the worker, as a push service would, and waits until it has shown it."""
    protocol = notified.context.new_cdp_session(notified)
    found = []
    protocol.on("ServiceWorker.workerRegistrationUpdated", lambda event: found.extend(event["registrations"]))
    protocol.send("ServiceWorker.enable")
    eventually(lambda: notified.evaluate("1") and found)
    to = {"origin": notified.evaluate("location.origin"), "registrationId": found[0]["registrationId"]}
    worker = worker_of(notified.context)
    worker.evaluate(COUNTED)

    def deliver(data: str) -> None:
        before = worker.evaluate("count")
        protocol.send("ServiceWorker.deliverPushMessage", to | {"data": data})
        eventually(lambda: worker.evaluate("count") > before)

    return deliver


def shown(page: Page) -> list[dict]:
    return page.evaluate(SHOWN)


URL = "/workouts/1/week/1/#set-1-2"
RING = {"title": "Rest is over", "body": "Press, set 2", "tag": "rest", "silent": False, "url": URL}


def test_the_worker_shows_what_is_pushed_the_latest_of_a_tag(notified, push):
    push(json.dumps(RING))
    assert shown(notified) == [RING]
    later, note = RING | {"body": "Press, set 3", "silent": True}, RING | {"tag": "morning"}
    push(json.dumps(later))
    assert shown(notified) == [later]
    push(json.dumps(note))
    assert sorted(shown(notified), key=lambda one: one["tag"]) == [note, later]


@pytest.mark.parametrize("data", ["", "Rest!", "null", "7", '{"title": ""}'])
def test_a_push_that_says_nothing_is_shown_with_the_name_of_the_app(notified, push, data):
    push(data)
    assert shown(notified) == [{"title": "MetricGain", "body": "", "tag": "", "silent": False, "url": "/"}]


# A tap on a notification cannot be made by a test, and without one browsers let no worker move a window.
TAPPED = """async (url) => {
    const did = [];
    WindowClient.prototype.focus = async function () { did.push(`focus ${new URL(this.url).pathname}`); return this; };
    WindowClient.prototype.navigate = async function (to) { did.push(`navigate ${to.replace(location.origin, "")}`); };
    clients.openWindow = async (to) => did.push(`open ${to.replace(location.origin, "")}`);
    await registration.showNotification("Rest is over", { data: { url } });
    const [notification] = await registration.getNotifications();
    let done;
    const event = new NotificationEvent("notificationclick", { notification });
    event.waitUntil = (promise) => (done = promise);
    dispatchEvent(event);
    await done;
    return [did, (await registration.getNotifications()).length];
}"""


def test_a_tap_shows_the_page_it_is_about(notified, here):
    context = notified.context
    assert worker_of(context).evaluate(TAPPED, f"{here}#set-1-2") == [["focus /", f"navigate {here}#set-1-2"], 0]
    notified.goto(here)
    assert worker_of(context).evaluate(TAPPED, f"{here}#set-1-2") == [[f"focus {here}"], 0]
    assert worker_of(context).evaluate(TAPPED, "https://example.org/") == [[], 0]
    notified.goto("about:blank")
    eventually(lambda: worker_of(context).evaluate("clients.matchAll().then((all) => all.length)") == 0)
    assert worker_of(context).evaluate(TAPPED, here) == [[f"open {here}"], 0]


def test_the_page_that_it_is_about_closes_it(notified, push, asked, here, alice):
    phone = notified
    let_ring(phone.context, alice.pk)
    with phone.expect_response("**/ringing.*.js"):
        phone.goto(here)
    begin_rest(phone)
    hide(phone)
    eventually(lambda: len(asked) == 1)
    push(json.dumps(RING | {"url": asked[0]["url"]}))
    push(json.dumps(RING | {"url": "/", "tag": "morning"}))
    assert len(shown(phone)) == 2
    hide(phone, False)
    eventually(lambda: [one["tag"] for one in shown(phone)] == ["morning"])


CHANGED = """async (endpoint) => {
    let done;
    const event = new ExtendableEvent("pushsubscriptionchange");
    event.newSubscription = { toJSON: () => ({ endpoint, keys: { p256dh: "public", auth: "secret" } }) };
    event.waitUntil = (promise) => (done = promise);
    dispatchEvent(event);
    await done.catch(() => {});
}"""


def test_a_subscription_that_the_browser_changed_is_told_to_the_server(notified, network):
    worker_of(notified.context).evaluate(CHANGED, "https://push.example.org/renewed")
    assert network.asked.count("POST /push/subscribe/") == 1
