"""Sends hostile requests to every form and address as a signed-in lifter. Counts the answers; a 5xx is a fault.

Requests go through Django's test client to a real PostgreSQL. Every hundred of them work on a lifter who has one row of
everything, and are taken back. A seed gives the same requests again, as long as the pages are the same."""

import time
from collections import Counter
from dataclasses import dataclass, field
from random import Random
from urllib.parse import urlencode, urlsplit

from django.apps import apps
from django.db import models, transaction
from django.test import Client

from benchmarks.fuzz.forms import FoundForm, forms_of
from benchmarks.fuzz.hostile import TYPES, spoiled, value
from exercises import library_seed
from metricgain.tests.test_isolation import OURS, things_of
from metricgain.users.models import BodyWeight, User
from metricgain.users.tests.factories import UserFactory
from training.models import Mesocycle, Set, Template, WorkoutExercise
from training.models.bounds import BOUNDS, HEAVIEST, SETS, WEEKS

IN_A_ROW = 100  # requests of one world
SLOWEST = 20.0  # seconds; a page gives up its own questions after 5
LEAVES = ("/logout/", "/deactivate/", "/demo/")  # they would end the lifter's session


@dataclass
class FuzzTally:
    statuses: Counter = field(default_factory=Counter)
    faults: list[str] = field(default_factory=list)

    @property
    def requests(self) -> int:
        return self.statuses.total()

    @property
    def answered(self) -> float:
        """The share of answers that mean something to a lifter: a page, a redirect after a post, a sentence."""
        return sum(self.statuses[status] for status in (200, 303, 422)) / self.requests


class Fuzzer:
    """A lifter with one row of everything, and everything that this lifter's browser could send."""

    def __init__(self, rng: Random, tally: FuzzTally):
        self.rng, self.tally = rng, tally
        self.user = UserFactory(email="fuzz@example.org")
        self.values = things_of(self.user)
        template = Template.objects.get(id=self.values["template_id"])
        template.share()
        self.values["token"] = template.share_token
        self.client = Client(raise_request_exception=False)
        self.client.force_login(self.user)
        self.pages = [address.filled(self.values) for address in OURS]

    def run(self, requests: int) -> None:
        until = self.tally.requests + requests
        while self.tally.requests < until:
            kind = self.rng.random()
            if kind < 0.7:
                self.send_a_form()
            elif kind < 0.9:
                self.open_a_page()
            else:
                self.send_a_body()

    def send_a_form(self) -> None:
        address = self.rng.choice(self.pages)
        page = self.ask("GET", address)
        is_page = page.status_code == 200 and not page.streaming
        found = forms_of(address, page.content.decode(errors="replace")) if is_page else []
        found = [form for form in found if not any(end in form.action for end in LEAVES)]
        if found:
            self.send(self.rng.choice(found), address)

    def send(self, form: FoundForm, address: str) -> None:
        fields = urlencode(spoiled(self.rng, form.fields), errors="surrogatepass")
        action = form.action if form.action.startswith("/") else urlsplit(address).path + form.action
        if form.method == "POST":
            self.ask("POST", action, fields.encode(), "application/x-www-form-urlencoded")
        else:
            self.ask("GET", f"{action.partition('?')[0]}?{fields}")

    def open_a_page(self) -> None:
        names = (
            "q",
            "page",
            "week",
            "period",
            "muscle",
            "equipment",
            "days",
            "goal",
            "into",
            "have",
            "next",
            "exercise",
        )
        said = urlencode([(self.rng.choice(names), value(self.rng)) for _ in range(self.rng.choice((1, 1, 2)))])
        self.ask("GET", f"{self.rng.choice(self.pages)}?{said}")

    def send_a_body(self) -> None:
        kind, body = self.rng.choice(TYPES)
        self.ask(
            "POST", self.rng.choice([page for page in self.pages if not any(end in page for end in LEAVES)]), body, kind
        )

    def ask(self, method: str, address: str, body: bytes = b"", kind: str = "application/octet-stream"):
        began = time.monotonic()
        answer = self.client.generic(method, address, body, kind)
        took = time.monotonic() - began
        if answer.streaming:
            list(answer.streaming_content)  # a fault may come late
        self.tally.statuses[answer.status_code] += 1
        if answer.status_code >= 500 or took > SLOWEST:
            said = f"{method} {address[:300]} {kind} {body[:500]!r}"
            self.tally.faults.append(f"{answer.status_code} after {took:.1f} s: {said}")
        return answer


def out_of_bounds() -> list[str]:
    """Returns what is stored and cannot be: numbers outside their bounds, empty names, text with NUL or half a pair."""
    reps, most = BOUNDS["reps"], models.Q(weight__lte=HEAVIEST, weight__gte=0)
    wrong = {
        "sets": Set.objects.exclude(most & models.Q(reps__range=(0, 1000))),
        "slots": WorkoutExercise.objects.exclude(target_sets__range=SETS.ends),
        "ranges": WorkoutExercise.objects.filter(target_reps_min__isnull=False).exclude(
            target_reps_min__range=reps.ends
        ),
        "mesocycles": Mesocycle.objects.exclude(duration_weeks__range=WEEKS.ends),
        "body mass": BodyWeight.objects.exclude(kg__range=(20, 400)),
    }
    for model in (Mesocycle, Template, apps.get_model("exercises", "Exercise"), apps.get_model("training", "Workout")):
        wrong[f"names of {model.__name__}"] = model._default_manager.filter(name__regex=r"^\s*$")
    return [f"{name}: {rows.first()!r}" for name, rows in wrong.items() if rows.exists()]


def fuzz(requests: int, seed: int) -> FuzzTally:
    """Sends the requests, a hundred in each world, to the database of the tests. Returns what came of them."""
    tally, rng = FuzzTally(), Random(seed)
    with transaction.atomic():
        library_seed.seed()
        while tally.requests < requests:
            with transaction.atomic():
                Fuzzer(rng, tally).run(min(IN_A_ROW, requests - tally.requests))
                tally.faults += out_of_bounds()
                transaction.set_rollback(True)
        transaction.set_rollback(True)
    assert not User.objects.filter(email="fuzz@example.org").exists()
    return tally
