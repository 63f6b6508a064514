"""A deploy under an open tab: new files with other hashes, the old ones gone from the server."""

import pytest
from django.core.handlers.wsgi import WSGIHandler
from django.urls import reverse
from playwright.sync_api import expect

from metricgain.operations import assets
from metricgain.tests.e2e.floor import eventually
from metricgain.tests.e2e.network import Network
from metricgain.tests.e2e.saving import CUT, UP_AGAIN, address, small_week, with_all_saved
from metricgain.users.models import User

LIST = reverse("training:pages_ahead")


@pytest.fixture
def workouts(transactional_db):
    return small_week(User.objects.create_user("alice@example.org", "correct-horse-7"))


@pytest.fixture
def phone(page, workouts):
    return with_all_saved(page, workouts)


@pytest.mark.saves_ahead("all")
@pytest.mark.allow_console(CUT)
def test_a_deploy_under_an_open_tab_strands_nothing(phone, context, network, workouts, settings, tmp_path):
    asked = network.asked_for(LIST)
    phone.goto(address(workouts[0]))
    phone.wait_for_timeout(1_700)  # once loaded, it looks for what to save; after the deploy it would save again
    eventually(lambda: network.asked_for(LIST) > asked)
    network.settle()
    old = phone.locator("link[href*='/css/tokens.']").get_attribute("href")
    deploy(network, settings, tmp_path)
    assert (
        phone.evaluate("(old) => fetch(old, { cache: 'no-store' }).then((answer) => answer.status)", old) == 200
    )  # held
    # The open tab goes on.
    row = phone.locator("form[id^='set-']").first
    row.get_by_label("Weight").fill("50")
    # What was saved before looks as it did.
    context.set_offline(True)
    phone.goto(address(workouts[1]))
    assert phone.locator("link[href*='/css/tokens.']").get_attribute("href") == old
    assert (
        phone.evaluate("getComputedStyle(document.documentElement).getPropertyValue('--radius')").strip() == "0.75rem"
    )
    context.set_offline(False)
    expect(phone.get_by_role("status").first).to_contain_text("saved")
    phone.evaluate(UP_AGAIN)
    # A fresh page comes with the new files, and the new worker keeps the old ones as long as a saved page needs them.
    phone.goto("/mesocycles/")
    assert phone.locator("link[href*='/css/tokens.']").get_attribute("href") != old
    assert phone.evaluate("getComputedStyle(document.documentElement).getPropertyValue('--radius')").strip() == "0.5rem"
    phone.evaluate("""async () => {
        const registration = await navigator.serviceWorker.ready;
        await registration.update();
        const worker = registration.installing ?? registration.waiting ?? registration.active;
        while (worker.state !== "activated") await new Promise((resolve) => setTimeout(resolve, 50));
    }""")
    context.set_offline(True)
    phone.goto("/templates/")
    expect(phone.get_by_role("heading", name="Not on this phone")).to_be_visible()
    phone.goto("/exercises/?muscle=chest")
    assert phone.evaluate(
        "document.styleSheets.length && [...document.styleSheets].every((one) => one.cssRules.length)"
    )


def deploy(network: Network, settings, folder) -> None:
    (folder / "static" / "css").mkdir(parents=True)
    tokens = (settings.BASE_DIR / "static" / "css" / "tokens.css").read_text()
    (folder / "static" / "css" / "tokens.css").write_text(tokens.replace("--radius: 0.75rem", "--radius: 0.5rem"))
    with network.as_("hung"):  # nobody is answered meanwhile
        settings.STATICFILES_DIRS = [folder / "static", *settings.STATICFILES_DIRS]
        settings.DATA_DIR, settings.STATIC_ROOT = folder, folder / "collected"
        with assets.collected():
            network.application = WSGIHandler()
