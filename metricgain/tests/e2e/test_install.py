"""MetricGain as an app on the home screen: the browser has nothing against it, and it opens on Today."""

import json
from urllib.parse import urljoin

import pytest
from playwright.sync_api import Page, expect

from metricgain.tests.e2e.saving import SAVE_AHEAD
from metricgain.tests.e2e.signing_in import signed_in
from metricgain.users.models import User

OFFER = """() => {
    const offer = new Event("beforeinstallprompt", { cancelable: true });
    offer.prompt = async () => { document.documentElement.dataset.prompted = ""; };
    dispatchEvent(offer);
    return offer.defaultPrevented;
}"""
SIZES = """async (src) => {
    const image = new Image();
    image.src = src;
    await image.decode();
    return `${image.naturalWidth}x${image.naturalHeight}`;
}"""


@pytest.fixture
def alice(transactional_db):
    return User.objects.create_user("alice@example.org", "correct-horse-7")


def manifest_of(page: Page) -> dict:
    return page.request.get("/manifest.json").json()


def test_chromium_has_nothing_against_installing_it(whole_browser, server, alice):
    context = whole_browser.new_context(base_url=server)
    page = context.new_page()
    page.goto("/")
    page.evaluate("navigator.serviceWorker.ready.then(() => true)")
    protocol = context.new_cdp_session(page)
    manifest = protocol.send("Page.getAppManifest")
    assert manifest["errors"] == []
    errors = protocol.send("Page.getInstallabilityErrors")["installabilityErrors"]
    # A test's window is an incognito one, where nothing is installed.
    assert [error for error in errors if error["errorId"] != "in-incognito"] == []
    assert protocol.send("Page.getAppId")["appId"] == urljoin(page.url, "/")


def test_the_manifest_says_what_stores_and_phones_ask_for(page, alice):
    page.goto("/")
    manifest = manifest_of(page)
    assert manifest["id"] == manifest["start_url"] == manifest["scope"] == "/"
    assert manifest["display"] == "standalone"
    assert {icon["sizes"] for icon in manifest["icons"]} == {"192x192", "512x512"}
    assert {icon.get("purpose", "any") for icon in manifest["icons"]} == {"any", "maskable"}
    assert {shot["form_factor"] for shot in manifest["screenshots"]} == {"narrow", "wide"}
    assert [shortcut["url"] for shortcut in manifest["shortcuts"]] == ["/", "/exercises/", "/progress/"]
    for picture in (*manifest["icons"], *manifest["screenshots"]):
        assert page.evaluate(SIZES, picture["src"]) == picture["sizes"]
    touch = page.locator("link[rel=apple-touch-icon]").get_attribute("href")
    assert page.evaluate(SIZES, touch) == "180x180"


@pytest.mark.saves_ahead
@pytest.mark.allow_console("net::ERR_")
def test_its_start_address_and_shortcuts_open_without_a_signal(page, context, alice):
    """The app is closed and opened again, as from the home screen."""
    signed_in(page).goto("/")
    assert page.evaluate(SAVE_AHEAD, ["/", "/exercises/", "/progress/"])
    manifest = manifest_of(page)
    page.close()
    context.set_offline(True)
    opened = context.new_page()
    opened.goto(manifest["start_url"])
    expect(opened.get_by_role("heading", name="Today")).to_be_visible()
    expect(opened.get_by_role("status").first).to_contain_text("the copy that your phone saved")
    for shortcut in manifest["shortcuts"]:
        opened.goto(shortcut["url"])
        expect(opened.get_by_role("status").first).to_contain_text("the copy that your phone saved")


def test_our_button_installs_where_the_browser_offers_it(page, alice):
    signed_in(page).goto("/settings/")
    button = page.get_by_role("button", name="Install MetricGain")
    expect(button).to_be_hidden()
    assert page.evaluate(OFFER)
    button.click()
    expect(button).to_be_hidden()
    assert page.evaluate("'prompted' in document.documentElement.dataset")


def test_an_iphone_is_told_the_steps(page, alice):
    page.add_init_script("Object.defineProperty(navigator, 'standalone', { value: false })")
    signed_in(page).goto("/settings/")
    expect(page.get_by_text("Add to Home Screen")).to_be_visible()
    expect(page.get_by_role("button", name="Install MetricGain")).to_be_hidden()


def test_the_worker_is_never_taken_from_a_cache_and_names_the_files_of_this_version(client):
    answer = client.get("/serviceworker.js")
    assert "no-cache" in answer.headers["Cache-Control"]
    assert answer.headers["Content-Type"] == "text/javascript"
    assert json.dumps("/static/css/tokens.css")[1:12] in answer.text
    assert "/static/js/worker/serve." in answer.text


@pytest.mark.parametrize("url", ["/serviceworker.js", "/manifest.json", "/offline/"])
def test_a_visitor_gets_them(client, db, url):
    assert client.get(url).status_code == 200
