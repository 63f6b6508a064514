"""The settings say whether a device rings, let it, and say why it cannot.

The push services of Google, Apple and Mozilla cannot be reached from a test. Where a page subscribes, `SERVICE` takes
the place of the browser's `PushManager`, and `answer` that of our server, which would look for the push service."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import BrowserContext, Page, expect

from metricgain.push.models import PushSubscription
from metricgain.tests.e2e.floor import saved
from metricgain.tests.e2e.saving import CUT
from metricgain.tests.e2e.signing_in import signed_in
from metricgain.tests.e2e.test_pages import faults_of
from metricgain.tests.e2e.test_ringing import fields_of
from metricgain.users.models import User

ENDPOINT = "https://push.example.org/of-this-phone"
# A point on the curve, which the browser itself looks at.
KEY = "BEl62iUYgUivxIkv69yViEuiBIa-Ib9-SkvMeAtA3LFgDzkrxZJjSgSnfckjBJuBkr3qBUYIHBQFLXYp5Nksh8U"
SERVICE = """
if (self.PushManager) {
    const held = () => {
        const json = JSON.parse(localStorage.held ?? "null");
        return json && { ...json, toJSON: () => json, unsubscribe: async () => delete localStorage.held };
    };
    PushManager.prototype.getSubscription = async () => held();
    PushManager.prototype.subscribe = async (options) => {
        localStorage.asked = JSON.stringify(options);
        localStorage.held = JSON.stringify({ endpoint: "%s", keys: { p256dh: "public", auth: "secret" } });
        return held();
    };
}
"""


@pytest.fixture
def alice(transactional_db):
    return User.objects.create_user("alice@example.org", "correct-horse-7")


def known(alice: User, endpoint: str = ENDPOINT) -> None:
    """Makes a device of hers that rings."""
    PushSubscription.objects.subscribe(
        alice, endpoint=endpoint, p256dh="public", auth="secret", device="Pixel 9, Chrome"
    )


@pytest.fixture
def settings_page(context, alice) -> Iterator[Page]:
    yield signed_in(context.new_page())
    PushSubscription.objects.all().delete()


def answer(context: BrowserContext, to: str, status: int = 200, **said) -> list[dict]:
    """Answers in place of the server. Returns the fields of what is posted."""
    posted = []

    def fulfil(route):
        posted.append(fields_of(route.request.post_data or ""))
        route.fulfill(status=status, json=said)

    context.route(f"**/push/{to}/", fulfil)
    return posted


def said(page: Page):
    return page.locator("push-choice [role=status]")


def allow(context: BrowserContext) -> None:
    """The browser without windows has blocked notifications for good; their question is answered here."""
    context.add_init_script("""
        Object.defineProperty(Notification, "permission", { value: "granted" });
        Notification.requestPermission = async () => "granted";
    """)


BLOCKED = "Object.defineProperty(Notification, 'permission', { value: 'denied' })"
STATES = {
    "plain": ("Object.defineProperty(self, 'isSecureContext', { value: false })", "Notifications need HTTPS"),
    "install": (
        "delete self.PushManager; Object.defineProperty(navigator, 'standalone', { value: false })",
        "can ring once MetricGain is on your home screen",
    ),
    "unable": ("delete self.PushManager", "This browser cannot show notifications."),
    "no worker": ("Object.defineProperty(navigator, 'serviceWorker', { value: undefined })", "This browser cannot"),
    "blocked": (BLOCKED, "You have blocked notifications of MetricGain."),
}


@pytest.mark.parametrize("state", STATES)
def test_the_settings_say_why_a_device_cannot_ring(context, settings_page, state):
    script, words = STATES[state]
    context.add_init_script(script)
    settings_page.goto("/settings/")
    expect(said(settings_page)).to_contain_text(words, use_inner_text=True)
    expect(settings_page.locator("push-choice p:visible")).to_have_count(1)
    expect(settings_page.locator("push-choice button:visible")).to_have_count(0)


@pytest.mark.allow_console(r"\.js csp")  # what the page names ahead is not fetched
def test_without_scripts_devices_are_removed_and_the_morning_note_is_chosen(new_context, alice):
    known(alice)
    page = signed_in(new_context(java_script_enabled=False).new_page())
    page.goto("/settings/")
    assert "This needs scripts" in page.locator("noscript").text_content()
    expect(page.locator("push-choice")).to_have_text("", use_inner_text=True)
    page.get_by_role("button", name="Tell me in the morning").click()
    expect(page.get_by_role("button", name="No note in the morning")).to_be_visible()
    page.get_by_role("button", name="Remove Pixel 9, Chrome").click()
    expect(page.get_by_text("That device rings no more.")).to_be_visible()
    expect(page.get_by_text("Devices that ring")).to_have_count(0)


def test_a_device_is_let_ring_tries_it_and_is_removed(context, settings_page, alice):
    context.add_init_script(SERVICE % ENDPOINT)
    allow(context)
    answer(context, "key", key=KEY)
    subscribed, tried = answer(context, "subscribe", devices=2), answer(context, "try", sent=1)
    known(alice, ENDPOINT + "-of-another")
    settings_page.goto("/settings/")
    here = settings_page.locator("[data-here]:visible")
    expect(said(settings_page)).to_have_text("This device does not ring.", use_inner_text=True)
    expect(here).to_have_count(0)
    known(alice)
    settings_page.get_by_role("button", name="Let this device ring").click()
    expect(said(settings_page)).to_have_text("This device rings.", use_inner_text=True)
    expect(settings_page.get_by_role("button", name="Let this device ring")).to_be_hidden()
    expect(here).to_have_count(1)
    asked = settings_page.evaluate("JSON.parse(localStorage.asked)")
    assert asked == {"userVisibleOnly": True, "applicationServerKey": KEY}
    assert subscribed[0].pop("device")
    assert subscribed == [{"endpoint": ENDPOINT, "p256dh": "public", "auth": "secret"}]
    assert settings_page.evaluate("localStorage.rings") == str(alice.pk)
    settings_page.get_by_role("button", name="Try it").click()
    expect(said(settings_page)).to_contain_text("Sent. It arrives in a moment", use_inner_text=True)
    assert tried == [{"endpoint": ENDPOINT}]
    assert faults_of(settings_page, "/settings/") == []
    settings_page.get_by_role("listitem").filter(has=here).get_by_role("button", name="Remove").click()
    expect(said(settings_page)).to_have_text("This device does not ring.", use_inner_text=True)
    assert settings_page.evaluate("localStorage.rings") == ""


@pytest.mark.allow_console(CUT)
def test_a_copy_from_before_it_was_let_does_not_end_that(context, settings_page, alice):
    allow(context)
    settings_page.goto("/settings/")
    saved(settings_page, "/settings/")
    settings_page.evaluate("(user) => (localStorage.rings = user)", str(alice.pk))
    context.set_offline(True)
    settings_page.reload()
    expect(settings_page.get_by_text("the copy that your phone saved")).to_be_visible()
    expect(said(settings_page)).to_have_text("This device does not ring.", use_inner_text=True)
    assert settings_page.evaluate("localStorage.rings") == str(alice.pk)


def test_a_device_that_is_signed_out_rings_no_more(context, settings_page, alice):
    context.add_init_script(SERVICE % ENDPOINT)
    allow(context)
    known(alice)
    settings_page.goto("/login/")
    settings_page.evaluate("(endpoint) => (localStorage.held = JSON.stringify({ endpoint }))", ENDPOINT)
    settings_page.goto("/settings/")
    expect(said(settings_page)).to_have_text("This device rings.", use_inner_text=True)
    settings_page.get_by_role("button", name="Sign out").click()
    settings_page.wait_for_url("**/login/")
    assert settings_page.evaluate("localStorage.held") is None


@pytest.mark.allow_console("502|Push API in incognito")
def test_the_settings_say_who_did_not_answer(context, settings_page, network):
    """The browser of the test has no push service: its own `subscribe()` says no."""
    allow(context)
    settings_page.goto("/settings/")
    button = settings_page.get_by_role("button", name="Let this device ring")
    answer(context, "key", status=502)
    button.click()
    expect(said(settings_page)).to_contain_text("Your server does not answer.", use_inner_text=True)
    context.unroute("**/push/key/")
    answer(context, "key", key=KEY)
    button.click()
    expect(said(settings_page)).to_contain_text("does not reach its push service", use_inner_text=True)
    expect(button).to_be_visible()


def test_a_refusal_is_said_in_the_words_of_the_server(context, settings_page):
    context.add_init_script(SERVICE % ENDPOINT)
    allow(context)
    answer(context, "key", key=KEY)
    answer(context, "subscribe", status=422, words="Not at that address.")
    settings_page.goto("/settings/")
    settings_page.get_by_role("button", name="Let this device ring").click()
    expect(said(settings_page)).to_have_text("Not at that address.", use_inner_text=True)


def test_who_says_no_to_the_browser_is_told_how_to_allow_it(context, settings_page):
    context.add_init_script(f"""
        Object.defineProperty(Notification, "permission", {{ value: "default", configurable: true }});
        Notification.requestPermission = async () => {{ {BLOCKED}; return "denied"; }};
    """)
    settings_page.goto("/settings/")
    settings_page.get_by_role("button", name="Let this device ring").click()
    expect(said(settings_page)).to_contain_text("You have blocked notifications", use_inner_text=True)
