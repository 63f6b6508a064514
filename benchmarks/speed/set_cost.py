"""Measures what a set costs the server in all: every request that a phone makes for it, compared with the floor.

    python benchmarks/speed/set_cost.py [--sets 30] [--rounds 5] [--into docs/performance.md]

Runs on the database that DATABASE_URL names, which should have synthetic lifters (`manage.py load_synthetic`). First
Chromium, with the real worker and outbox, logs the sets, 90 seconds apart by its own clock; the phone is locked and
unlocked between them. The requests that reach the server are recorded. Then exactly these requests are sent again, in
one warm process through Django's test client, which measures the CPU of Python and of the PostgreSQL process that
answers. After each request the floor is measured. In the end the session and its sets are removed."""

import argparse
import io
import re
import statistics
import sys
import threading
import time
from collections import Counter, defaultdict
from dataclasses import dataclass
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

from benchmarks.speed.pages import cpu_seconds  # sets Django up

from django.conf import settings  # isort: skip
from django.core.handlers.wsgi import WSGIHandler
from django.core.servers.basehttp import ThreadedWSGIServer, WSGIRequestHandler
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from playwright.sync_api import Page, sync_playwright

from benchmarks.speed import printed
from benchmarks.storm.browsers import PHONE, SWITCHES
from deploy import chromium
from metricgain.operations import assets
from metricgain.operations.demo import synthetic
from metricgain.operations.servers import embedded
from metricgain.users.models import User
from training.models import Mesocycle, Set, WorkoutLog

REST = 90_000  # ms
LOCKED = """(hidden) => {
    Object.defineProperty(document, "hidden", { value: hidden, configurable: true });
    document.dispatchEvent(new Event("visibilitychange", { bubbles: true }));
}"""
# Logs the next set that is to do; without one, logs another again with other numbers.
LOG = """(reps) => {
    const rows = [...document.querySelectorAll("expected-reps .set-row")];
    const row = rows.find((one) => !one.classList.contains("set-row--done")) ?? rows[reps % rows.length];
    row.elements.weight.value ||= "60";
    row.elements.reps.value = reps;
    row.requestSubmit(row.querySelector(".set-row__log"));
}"""
DRAWN = "document.querySelector('workout-session').dataset.at"
EDITED = re.compile(rb"edited_at=[^&]+")


@dataclass(frozen=True)
class CountedRequest:
    method: str
    path: str
    body: bytes
    content_type: str
    headers: dict

    @property
    def kind(self) -> str:
        return f"{self.method} {re.sub(r'[0-9]+', '…', self.path.split('?')[0])}"


class Recorder:
    """An application that records its requests. It skips files, which come from the phone after the first load."""

    def __init__(self, application):
        self.application, self.asked = application, []

    def __call__(self, environ, start_response):
        body = environ["wsgi.input"].read(int(environ.get("CONTENT_LENGTH") or 0))
        environ["wsgi.input"] = io.BytesIO(body)
        path = environ["PATH_INFO"] + (f"?{environ['QUERY_STRING']}" if environ["QUERY_STRING"] else "")
        if not path.startswith("/static/"):
            headers = {"accept-encoding": environ.get("HTTP_ACCEPT_ENCODING", "")}
            for name in ("X-Outbox", "X-Parts"):
                if said := environ.get(f"HTTP_{name.upper().replace('-', '_')}"):
                    headers[name] = said
            kind = environ.get("CONTENT_TYPE", "")
            self.asked.append(CountedRequest(environ["REQUEST_METHOD"], path, body, kind, headers))
        return self.application(environ, start_response)


class Quiet(WSGIRequestHandler):
    def log_message(self, *ignored):
        pass


def settle(page: Page, recorder: Recorder, seconds: float) -> None:
    """Waits until there was no request for `seconds`."""
    before = -1
    while len(recorder.asked) > before:
        before = len(recorder.asked)
        page.wait_for_timeout(1000 * seconds)


def trained(recorder: Recorder, port: int, cookie: str, session: str, sets: int) -> list[CountedRequest]:
    """Returns the requests that a phone makes for `sets` sets."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium.find(), args=[*SWITCHES, *chromium.switches()])
        context = browser.new_context(base_url=f"http://127.0.0.1:{port}", **PHONE)
        context.add_cookies([{"name": "sessionid", "value": cookie, "url": f"http://127.0.0.1:{port}"}])
        page = context.new_page()
        page.clock.install()
        for _ in range(2):  # the first load installs the worker, the second goes through it
            page.goto(session)
            page.evaluate("navigator.serviceWorker.ready.then(() => true)")
            settle(page, recorder, 4)
        recorder.asked.clear()
        for number in range(sets):
            drawn = page.evaluate(DRAWN)
            page.evaluate(LOG, number % 12 + 5)
            until = time.monotonic() + 30
            while page.evaluate(DRAWN) == drawn:
                if time.monotonic() > until:
                    raise RuntimeError(f"Set {number + 1} was not stored: {page.inner_text('workout-session')[:500]}")
                page.wait_for_timeout(50)
            page.evaluate(LOCKED, True)
            page.clock.fast_forward(REST)
            page.evaluate(LOCKED, False)
            settle(page, recorder, 0.5)
        browser.close()
    return list(recorder.asked)


def measure(client: Client, asked: list[CountedRequest], rounds: int, begin) -> tuple[dict[str, float], float]:
    """Returns the CPU in ms: per round for each kind of request, and the mean of one floor."""
    spent, floors = defaultdict(float), []
    for turn in range(rounds + 1):
        begin()
        for request in asked:
            took = cpu_of(client, request)
            floor = cpu_of(client, CountedRequest("POST", "/floor/write/", b"", "", {}))
            if turn:  # the first round warms up
                spent[request.kind] += took / rounds
                floors.append(floor)
    return spent, statistics.mean(floors)


def cpu_of(client: Client, request: CountedRequest) -> float:
    body = EDITED.sub(f"edited_at={timezone.now():%Y-%m-%dT%H:%M:%S.%fZ}".encode(), request.body)
    start = cpu_seconds()
    answer = client.generic(request.method, request.path, body, request.content_type, headers=request.headers)
    took = cpu_seconds() - start
    assert answer.status_code in (200, 303), f"{request.kind}: {answer.status_code}"
    return 1000 * took


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--sets", type=int, default=30)
    options.add_argument("--rounds", type=int, default=5)
    options.add_argument("--into", type=Path)
    asked = options.parse_args()
    if settings.EMBEDDED_POSTGRES:
        embedded.start(settings.DATA_DIR)
    settings.ROOT_URLCONF = "benchmarks.speed.floor"
    settings.ALLOWED_HOSTS.append("testserver")
    user = User.objects.filter(email__endswith=f"@{synthetic.DOMAIN}").order_by("id").first()
    if user is None:
        sys.exit("No synthetic lifters here: run `manage.py load_synthetic --users 10` first.")
    mesocycle = Mesocycle.objects.active().get(user=user)
    workout, week = mesocycle.workouts.in_plan().last(), mesocycle.current_week
    client = Client()
    client.force_login(user)

    def begin() -> None:
        WorkoutLog.objects.filter(workout=workout, week_number=week).delete()

    begin()
    with assets.collected():
        recorder = Recorder(WSGIHandler())
        server = ThreadedWSGIServer(("127.0.0.1", 0), Quiet)
        server.set_app(recorder)
        threading.Thread(target=server.serve_forever, daemon=True).start()
        session = reverse("training:workout_detail", args=[workout.id, week])
        cookie = client.cookies["sessionid"].value
        requests = trained(recorder, server.server_port, cookie, session, asked.sets)
        server.shutdown()
        spent, floor = measure(client, requests, asked.rounds, begin)
    begin()
    facts = f"{Set.objects.count():,} sets", f"the floor takes {floor:.2f} ms of CPU"
    text = f"{printed.provenance(*facts)}\n\n{table(requests, spent, floor, asked.sets)}"
    printed.put(text, "requests of a set", asked.into)


def table(requests: list[CountedRequest], spent: dict[str, float], floor: float, sets: int) -> str:
    def cells(kind: str, count: int, took: float) -> list[str]:
        return [kind, f"{count / sets:.2f}", f"{took / sets:.2f}", f"{took / sets / floor:.2f}"]

    kinds = Counter(request.kind for request in requests).most_common()
    rows = [cells(kind, count, spent[kind]) for kind, count in kinds]
    rows.append(cells("all", len(requests), sum(spent.values())))
    return printed.table(["request", "a set", "CPU ms a set", "x floor a set"], rows)


if __name__ == "__main__":
    main()
