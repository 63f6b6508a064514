"""A real browser on the real application: hashed static files, the content security policy, a phone's screen."""

import re
import socket
from collections.abc import Iterator
from contextlib import suppress
from functools import partial

import pytest
from django.core.handlers.wsgi import WSGIHandler
from django.core.servers.basehttp import ThreadedWSGIServer
from django.test.testcases import LiveServerThread
from playwright.sync_api import Page, sync_playwright

from deploy import chromium
from metricgain.operations import assets
from metricgain.tests.e2e.network import Network
from training.schedule import pages_ahead

MANY = re.compile(r"muscle=|page=|/settings/|/swap/")  # pages of each exercise or muscle group
PHONE = {"viewport": {"width": 390, "height": 844}, "device_scale_factor": 2, "is_mobile": True, "has_touch": True}
SWITCHES = (
    "--headless=new",
    "--disable-gpu",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--disable-dev-shm-usage",  # a container's /dev/shm is too small for a renderer
)
# These are ordinary: a form with a mistake is answered with 422; a page that is left aborts what it still loads; and an
# answer that is no page (JSON, say) names no icon, so that the browser guesses one.
ORDINARY = re.compile(r"status of 422|net::ERR_ABORTED|/favicon\.ico")


@pytest.fixture(scope="session")
def playwright():
    with sync_playwright() as playwright:
        yield playwright


@pytest.fixture(scope="session")
def browser(playwright):
    """Without windows, so that it starts and draws sooner."""
    launched = launch(playwright, chromium.find_lean())
    yield launched
    launched.close()


@pytest.fixture
def whole_browser(playwright):
    """The browser that people have. It can install an app, which the other one cannot."""
    launched = launch(playwright, chromium.find())
    yield launched
    launched.close()


def launch(playwright, path: str | None):
    if path is None:
        pytest.fail(chromium.HOW)
    return playwright.chromium.launch(executable_path=path, args=[*SWITCHES, *chromium.switches()])


@pytest.fixture(scope="session")
def application():
    """The application as `serve` runs it: WhiteNoise serves the collected, hashed files."""
    with assets.collected():
        return WSGIHandler()


@pytest.fixture(autouse=True)
def ahead(request, monkeypatch):
    """A phone that is opened fetches a hundred pages in the background: seconds in each test. So there are none unless
    a test is marked `saves_ahead`; then there are a few of each kind, and with `saves_ahead("all")` all of them. What
    is visited is saved in any case."""
    mark = request.node.get_closest_marker("saves_ahead")
    found = pages_ahead.pages_ahead

    def fewer(*args, **kwargs):
        return [] if mark is None else [page for page in found(*args, **kwargs) if not MANY.search(page.url)]

    if mark is None or "all" not in mark.args:
        monkeypatch.setattr(pages_ahead, "pages_ahead", fewer)


@pytest.fixture
def network(application) -> Network:
    """The network before the application. It lets everything through unless a test tells it otherwise."""
    return Network(application)


class Listener(ThreadedWSGIServer):
    """A server that hangs up on everybody when it is closed, as a killed process does."""

    allow_reuse_address = True

    def __init__(self, address, handler, *, allow_reuse_address, **kwargs):
        self.lines = []
        super().__init__(address, handler, **kwargs)

    def get_request(self):
        line, caller = super().get_request()
        self.lines.append(line)
        return line, caller

    def server_close(self):
        for line in self.lines:
            with suppress(OSError):
                line.shutdown(socket.SHUT_RDWR)
        super().server_close()


class ServerThread(LiveServerThread):
    server_class = Listener


class Server:
    """A server that shares the test's database; it can be stopped, and started again at its address."""

    def __init__(self, application, port: int = 0):
        self.application, self.port = application, port

    def start(self) -> None:
        # Given bare, since Django's own handlers for static and media files would answer before WhiteNoise.
        self.thread = ServerThread("127.0.0.1", static_handler=lambda ignored: self.application, port=self.port)
        self.thread.daemon = True
        self.thread.start()
        self.thread.is_ready.wait()
        if self.thread.error:
            raise self.thread.error
        self.port = self.thread.port

    def stop(self) -> None:
        self.thread.terminate()


@pytest.fixture
def machine(network, transactional_db) -> Iterator[Server]:
    machine = Server(network)
    machine.start()
    yield machine
    machine.stop()
    network.settle()


@pytest.fixture
def server(machine) -> str:
    """The address of a server that shares the test's database."""
    return f"http://127.0.0.1:{machine.port}"


@pytest.fixture
def faults(request):
    """Collects what the browser complains about, which must be nothing at the end.
    `@pytest.mark.allow_console("503|offline")` lets matching complaints pass. A test that has looked at a complaint may
    also take it out."""
    allowed = [re.compile(pattern) for mark in request.node.iter_markers("allow_console") for pattern in mark.args]
    found = []
    yield found
    left = [fault for fault in found if not any(pattern.search(fault) for pattern in (ORDINARY, *allowed))]
    assert not left, "The browser complained:\n" + "\n".join(left)


@pytest.fixture
def new_context(browser, server, faults):
    """Makes a phone that has never been here (or what `options` turn it into). Its pages report to `faults`; relative
    addresses are the server's."""
    made = []

    def make(**options):
        context = browser.new_context(base_url=server, **(PHONE | options))
        made.append(context)
        context.set_default_timeout(15_000)
        context.on("console", partial(report, faults))
        context.on("weberror", lambda error: faults.append(f"script: {error.error}"))
        context.on("requestfailed", lambda request: faults.append(f"request: {request.url} {request.failure}"))
        return context

    yield make
    for context in made:
        context.close()


def report(faults: list[str], message) -> None:
    if message.type == "error":
        faults.append(f"console: {message.text} ({message.location.get('url')})")


@pytest.fixture
def context(new_context):
    return new_context()


@pytest.fixture
def page(context) -> Page:
    return context.new_page()
