"""Nobody gets at what is somebody else's, at any address. Alice owns the rows, bob is a stranger, and a visitor is not
signed in.

The addresses come from the URL patterns, so new ones are tested without a change here. If a new pattern has a parameter
that nothing here can fill, the test fails and says what to do."""

import re
from collections.abc import Iterator
from copy import copy
from dataclasses import dataclass
from datetime import date
from itertools import product

import pytest
from django.apps import apps
from django.contrib.sessions.models import Session
from django.db import connection, transaction
from django.http import HttpResponse
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import URLPattern, URLResolver, get_resolver, include, path, re_path, reverse
from django.urls.resolvers import RegexPattern

from exercises.tests.factories import ExerciseFactory
from metricgain.push.models import PushSubscription
from metricgain.transfer.tests.made import a_book, a_session, looked_at
from metricgain.users.models import User
from metricgain.users.tests.factories import UserFactory
from training.models import Template
from training.schedule.today_views import today
from training.session import recording
from training.tests.factories import planned_workout

# Not ours, and each with tests of its own: Django's admin is for staff, and django-allauth's pages hold no ids but the
# key of a link for a new password.
OTHERS = ("admin:", "account_")
# Pages for everybody. Whoever makes another says so here.
FOR_EVERYBODY = {
    "training:today",
    "training:how_it_decides",
    "demo_start",
    "manifest",
    "serviceworker",
    "offline",
    "users:outbox",
    "users:well_known_change_password",
}

# What fills a parameter: `owned` names a row of somebody, the others only say where in it.
OWNED = {"workout_id", "exercise_id", "mesocycle_id", "template_id", "subscription_id", "import_id"}
MAY_WRITE = re.compile(rf'(INSERT INTO|UPDATE|DELETE FROM|MERGE INTO) "?(?!{Session._meta.db_table}")')
# Some that write when Alice asks: whoever looks for what bob wrote must see what she did.
WRITES = {
    "training:set_log",
    "training:template_edit",
    "training:slot_add",
    "push:ring",
    "push:remove",
    "transfer:import_name",
    "transfer:import_undo",
}
PLACES = {"week": 1, "number": 1, "place": 0, "muscle": "chest", "day": date(2026, 11, 2), "token": "of-no-template"}

# One body for all forms: each takes what it knows, so that a refusal is not about what was typed.
BODY = {
    "weight": "80",
    "reps": "8",
    "unit": "kg",
    "soreness_level": "1",
    "pump_level": "1",
    "challenge_level": "1",
    "notes": "Mine now",
    "note": "Mine now",
    "minutes": "5",
    "name": "Mine now",
    "sets": "2",
    "place": "1",
    "day": "2026-11-02",
    "date": "2026-11-02",
    "increment": "2.5",
    "rep_min": "8",
    "rep_max": "12",
    "seconds": "90",
    "in_plan": "on",
    "duration_weeks": "5",
    "start_date": "2026-11-02",
    "any_day": "on",
    "end_active": "on",
}


@dataclass(frozen=True)
class Address:
    name: str  # as `reverse` takes it
    route: str
    parameters: tuple[str, ...]

    def filled(self, values: dict) -> str:
        return reverse(self.name, kwargs={name: values[name] for name in self.parameters})


def addresses(resolver=None, namespace="", route="", parameters=()) -> Iterator[Address]:
    """Returns every pattern of the site, with its own parameters and those of the patterns that include it."""
    for pattern in (resolver or get_resolver()).url_patterns:
        here = f"{route}{pattern.pattern}"
        names = (*parameters, *(pattern.pattern.converters or pattern.pattern.regex.groupindex))
        if isinstance(pattern, URLResolver):
            inner = f"{namespace}{pattern.namespace}:" if pattern.namespace else namespace
            yield from addresses(pattern, inner, here, names)
        else:
            yield Address(f"{namespace}{name_of(pattern, here)}", here, names)


def name_of(pattern: URLPattern, route: str) -> str:
    # Nothing is walked past: what has no name cannot be filled.
    assert pattern.name or route.startswith("admin/"), f"/{route} has no name"
    return pattern.name or ""


OURS = [address for address in addresses() if not address.name.startswith(OTHERS)]
WITH_IDS = [address for address in OURS if OWNED & set(address.parameters)]


def unknown_parameters(address: Address) -> set[str]:
    return set(address.parameters) - OWNED - set(PLACES)


def things_of(user: User) -> dict:
    """Makes a row of `user` for every parameter: a workout in a plan with a set in it, an own exercise, an own
    template."""
    exercise = ExerciseFactory(user=user, name=f"Press of {user}")
    workout = planned_workout(user, exercise)
    mesocycle = workout.mesocycle
    type(mesocycle).objects.filter(id=mesocycle.id).update(status="active")
    here, edit = recording.SessionKey(user.id, workout.id, 1), recording.Edit(at=None, local_date=None)
    recording.log_set(here, edit, recording.TypedSet(exercise_id=exercise.id, number=1, weight=80, unit="kg", reps=8))
    slot = {"exercise_id": exercise.id, "target_sets": 3, "target_reps_min": 8, "target_reps_max": 12}
    config = {"duration_weeks": 5, "days_per_week": 1, "workouts": [{"name": "Day", "exercises": [slot]}]}
    template = Template.objects.create(user=user, name=f"Plan of {user}", config=config)
    keys = {"p256dh": "x", "auth": "y", "endpoint": f"https://push.example.org/{user.pk}"}
    PushSubscription.objects.subscribe(user, **keys, device="Phone")
    import_ = looked_at(user, a_book(a_session(title=f"Press of {user}")))
    return {
        "import_id": import_.id,
        "subscription_id": PushSubscription.objects.get(user=user).id,
        "workout_id": workout.id,
        "exercise_id": exercise.id,
        "mesocycle_id": mesocycle.id,
        "template_id": template.id,
        **PLACES,
    }


@pytest.fixture(scope="module")
def world(django_db_setup, django_db_blocker):
    """Makes the rows once, because no test leaves anything behind. They are taken back at the end."""
    with django_db_blocker.unblock(), transaction.atomic():
        yield {name: things_of(UserFactory(email=f"{name}@example.org")) for name in ("alice", "bob")}
        transaction.set_rollback(True)


@pytest.fixture
def alices(world):
    return world["alice"]


@pytest.fixture
def bobs(world):
    return world["bob"]


@pytest.fixture(scope="module")
def body(world):
    """Returns the body for all forms, with an exercise that anybody may choose."""
    return BODY | {"exercise": ExerciseFactory().id}


@pytest.fixture(scope="module")
def clients(world, django_db_blocker):
    """Returns a client for each who owns something, signed in."""
    clients = {name: Client() for name in world}
    with django_db_blocker.unblock():
        for name, client in clients.items():
            client.force_login(User.objects.get(email=f"{name}@example.org"))
    return clients


@pytest.fixture
def alice(clients):
    return clients["alice"]


@pytest.fixture
def bob(clients):
    return clients["bob"]


def rows() -> dict[str, list]:
    """Returns everything that is stored, except the sessions of those who ask."""
    models = [model for model in apps.get_models() if model is not Session and model._meta.managed]
    return {model._meta.label: list(model._base_manager.order_by("pk").values_list()) for model in models}


def asked(client: Client, url: str, body: dict) -> Iterator[tuple[str, HttpResponse, bool]]:
    """Opens the page, posts nothing, and posts everything; returns whether that changed a row, too. Nothing of it
    stays, neither rows nor cookies."""
    cookies = copy(client.cookies)
    for what, ask in (
        ("GET", lambda: client.get(url)),
        ("POST", lambda: client.post(url)),
        ("POST with a body", lambda: client.post(url, body)),
    ):
        with transaction.atomic():
            with CaptureQueriesContext(connection) as queries:
                answer = ask()
            # All rows are read only where a statement may have changed some: that takes longer than the answer.
            after = rows() if any(MAY_WRITE.search(query["sql"]) for query in queries) else None
            transaction.set_rollback(True)
        client.cookies = copy(cookies)
        yield f"{what} {url}", answer, after is not None and after != rows()


def test_a_pattern_with_a_new_parameter_is_noticed():
    inner = [path("<int:week>/<slug:thing>/", today, name="new"), re_path("^(?P<key>.+)/$", today, name="old")]
    site = URLResolver(RegexPattern("^/"), [path("things/<int:workout_id>/", include((inner, "app")))])
    found = {address.name: (address.parameters, unknown_parameters(address)) for address in addresses(site)}
    assert found == {
        "app:new": (("workout_id", "week", "thing"), {"thing"}),
        "app:old": (("workout_id", "key"), {"key"}),
    }


def test_every_parameter_of_a_pattern_can_be_filled():
    unknown = {f"/{a.route} takes {sorted(unknown_parameters(a))}" for a in OURS if unknown_parameters(a)}
    assert not unknown, (
        f"{unknown}: this walk does not know what to fill in. If it names a row of somebody, add it to OWNED and to "
        "things_of(); else, with any value, to PLACES."
    )


@pytest.mark.parametrize("address", WITH_IDS, ids=lambda address: address.name)
def test_it_hides_what_is_alices_from_bob(address, alices, alice, bob, body):
    url = address.filled(alices)
    for what, answer, has_written in asked(bob, url, body):
        if answer.status_code == 405:  # right only where the method is for nobody
            answer = alice.get(url) if what.startswith("GET") else alice.post(url)
            assert answer.status_code == 405, f"{what} is refused to bob alone"
            continue
        assert answer.status_code == 404, f"{what} answers bob {answer.status_code}"
        assert not has_written, f"{what} answers 404 and yet writes"


MIXABLE = [address for address in WITH_IDS if len(OWNED & set(address.parameters)) > 1]


@pytest.mark.parametrize("address", MIXABLE, ids=lambda address: address.name)
def test_her_things_do_not_get_into_his(address, alices, bobs, bob, body):
    """For example, her exercise does not get into his workout. A request that is refused for another reason first may
    say so about his own row."""
    owned = [name for name in address.parameters if name in OWNED]
    for hers in product([True, False], repeat=len(owned)):
        if all(hers) or not any(hers):
            continue
        mixed = bobs | {name: alices[name] for name, is_hers in zip(owned, hers, strict=True) if is_hers}
        for what, answer, has_written in asked(bob, address.filled(mixed), body):
            assert answer.status_code != 200, f"{what} answers bob 200"
            assert not has_written, f"{what} writes"
            assert "alice" not in answer.text, f"{what} shows something of hers"


@pytest.mark.parametrize("address", [a for a in OURS if a.name not in FOR_EVERYBODY], ids=lambda address: address.name)
def test_a_visitor_is_sent_to_sign_in(address, alices, body):
    url = address.filled(alices)
    for what, answer, _ in asked(Client(), url, body):
        assert answer.status_code == 302, f"{what} answers a visitor {answer.status_code}; is it for everybody?"
        assert answer.url == f"{reverse('account_login')}?next={url}"


def is_for_one_user_alone(answer: HttpResponse) -> bool:
    said = set(answer.headers.get("Cache-Control", "").split(", "))
    return {"private", "no-cache"} <= said or "no-store" in said


# Those of django-allauth too, which need no key.
FOR_HER = [a for a in addresses() if a in OURS or (a.name.startswith("account_") and not a.parameters)]
THE_SAME_FOR_ALL = {"manifest"}


@pytest.mark.parametrize("address", FOR_HER, ids=lambda address: address.name)
def test_alice_finds_what_is_hers_and_no_cache_keeps_it_for_others(address, alices, alice, body):
    """If she found nothing, a 404 for bob would prove nothing."""
    statuses, wrote = [], False
    for what, answer, has_written in asked(alice, address.filled(alices), body):
        statuses.append(answer.status_code)
        wrote = wrote or has_written
        if what.startswith("POST") and answer.headers.get("MetricGain-User") == "none":
            continue  # it signed her out
        is_private = is_for_one_user_alone(answer)
        assert is_private or address.name in THE_SAME_FOR_ALL, f"{what}: {answer.headers}"
        # A phone saves pages, but none with "no-store".
        is_page = answer.status_code == 200 and answer.headers["Content-Type"].startswith("text/html")
        if is_page and address in OURS and what.startswith("GET") and is_private:
            assert answer.headers["Cache-Control"] == "private, no-cache", what
    if address in WITH_IDS:
        assert 404 not in statuses, statuses
        assert {200, 303, 422} & set(statuses), statuses
    assert wrote or address.name not in WRITES


@pytest.mark.parametrize("url", ["/nowhere/", "/workouts/0/week/1/", "/admin/"])
def test_nor_what_she_does_not_find(alice, url):
    answer = alice.get(url)
    assert answer.status_code != 200
    assert is_for_one_user_alone(answer)


@pytest.mark.parametrize("url", ["/", "/how-it-decides/", "/offline/", "/manifest.json"])
def test_what_a_visitor_gets_may_be_kept(alices, url):
    answer = Client().get(url)
    assert answer.status_code == 200
    assert "Cache-Control" not in answer.headers


def test_the_walk_sees_the_site():
    """Prints figures of the walk, and checks that it is not blind: it finds addresses that are known to exist."""
    print(f"{len(list(addresses()))} URL patterns; {len(OURS)} of ours, {len(WITH_IDS)} of them with ids")
    assert {"training:workout_detail", "training:set_log", "analytics:exercise_history"} <= {a.name for a in WITH_IDS}
    assert {name for address in OURS for name in address.parameters} == OWNED | set(PLACES)
    assert len(WITH_IDS) >= 20
    assert len(MIXABLE) >= 6
