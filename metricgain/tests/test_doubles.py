"""What is posted twice at once is made once, at any address: the other gets the page of the first, or a sentence."""

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from django.apps import apps
from django.db import connections
from django.test import Client
from django.urls import reverse

from exercises.tests.factories import ExerciseFactory
from metricgain.tests.test_isolation import BODY, OURS, OWNED, PLACES, Address, things_of
from metricgain.users.models import User
from metricgain.users.tests.factories import UserFactory
from training.models import Mesocycle, Template

pytestmark = pytest.mark.django_db(transaction=True)
APPS = ("exercises", "training", "users")
TABLES = [model for app in APPS for model in apps.get_app_config(app).get_models() if model._meta.managed]
# What makes something, so that the walk is known to have made it. Others may change what is there.
MAKES = {
    "exercises:exercise_create",
    "training:day_add",
    "training:day_duplicate",
    "training:exercise_add",
    "training:freestyle_start",
    "training:mesocycle_next",
    "training:mesocycle_start",
    "training:plan_create",
    "training:session_add",
    "training:slot_add",
    "training:template_import",
    "training:template_plan",
    "training:template_save",
    "training:template_shared",
    "users:body_mass",
}
FACTS = {"muscle_group": "chest", "equipment": "machine", "loading": "weight", "mechanic": "compound"}
SIGNUP = {"email": "carol@example.org", "password1": "kniebeuge-2026", "unit": "kg", "timezone": "UTC"}


class World:
    """A lifter with one row for every parameter, and a body that fits every form. One world is as the other."""

    def __init__(self, name: str, needed: Address):
        self.user = UserFactory(email=f"{name}@example.org")
        self.values = things_of(self.user)
        template = Template.objects.get(id=self.values["template_id"])
        template.share()
        self.values["token"] = template.share_token
        mesocycle = Mesocycle.objects.get(id=self.values["mesocycle_id"])
        another = ExerciseFactory(name=f"Row of {name}", user=self.user)
        self.body = BODY | FACTS | {"exercise": another.id, "days": "3", "weeks": "5", "week": "1", "kg": "80"}
        self.body |= {"csrfmiddlewaretoken": "x" * 64}
        if needed.name == "training:template_import":
            self.body["text"] = file_of(self.user, template)
        if needed.name == "training:freestyle_start":  # only where no plan runs
            Mesocycle.objects.filter(id=mesocycle.id).update(status="completed")

    def post(self, address: Address) -> int:
        client = Client(raise_request_exception=False)
        client.force_login(self.user)
        return client.post(address.filled(self.values), self.body).status_code


def file_of(user: User, template: Template) -> str:
    client = Client()
    client.force_login(user)
    return client.get(reverse("training:template_download", args=[template.id])).content.decode()


def rows() -> dict[str, int]:
    return {model.__name__: model.objects.count() for model in TABLES}


def made(before: dict[str, int]) -> dict[str, int]:
    return {name: count - before[name] for name, count in rows().items() if count != before[name]}


def at_once(act) -> list:
    """What two threads get that begin together."""
    both = Barrier(2)

    def begin(number: int):
        both.wait(20)
        try:
            return act(number)
        finally:
            connections.close_all()

    with ThreadPoolExecutor(2) as threads:
        return list(threads.map(begin, range(2)))


def takes_posts(address: Address) -> bool:
    """Whether it does, asked of a lifter without anything, whom all else is not found for."""
    client = Client(raise_request_exception=False)
    client.force_login(UserFactory())
    return client.post(address.filled(dict.fromkeys(OWNED, 1) | PLACES)).status_code != 405


def walked(address: Address):
    """A parameter of the walk. `make test` takes the addresses that make something, the drill all."""
    return pytest.param(address, id=address.name, marks=[] if address.name in MAKES else pytest.mark.drill)


@pytest.mark.parametrize("address", [walked(address) for address in OURS])
def test_two_posts_at_once_make_what_one_makes(address):
    if not takes_posts(address):
        assert address.name not in MAKES
        return
    single, double = World("bob", address), World("alice", address)
    before = rows()
    status = single.post(address)
    of_one = made(before)
    before = rows()
    both = at_once(lambda number: double.post(address))
    assert made(before) == of_one, f"{status}, then {both}"
    assert all(one < 500 for one in both), both
    if address.name in MAKES:
        assert status == 303
        assert any(count > 0 for count in of_one.values())


def test_two_sign_ups_at_once_make_one_account():
    def sign_up(number: int) -> int:
        body = SIGNUP | {"password1": f"kniebeuge-{number}"}
        return Client(raise_request_exception=False).post(reverse("account_signup"), body).status_code

    assert sorted(at_once(sign_up)) == [302, 422]
    assert User.objects.filter(email="carol@example.org").count() == 1


def test_two_exercises_of_one_name_at_once_are_one_and_a_sentence(client):
    alice = UserFactory(email="alice@example.org")

    def make(number: int) -> int:
        other = Client(raise_request_exception=False)
        other.force_login(alice)
        facts = FACTS | {"name": "Press", "muscle_group": ("chest", "back")[number]}
        return other.post(reverse("exercises:exercise_create"), facts).status_code

    assert sorted(at_once(make)) == [303, 422]


def test_who_opens_the_page_again_and_types_the_same_means_a_second_one(client):
    alice = UserFactory(email="alice@example.org")
    client.force_login(alice)
    body = {"name": "Autumn", "duration_weeks": "5", "days": "3"}
    url = reverse("training:plan_create")
    first, doubled, anew = (
        client.post(url, body | {"csrfmiddlewaretoken": token * 64}).url for token in ("a", "a", "b")
    )
    assert first == doubled != anew
    assert Mesocycle.objects.planned_by(alice).count() == 2
