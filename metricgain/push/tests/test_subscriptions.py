"""Which phones ring: the newest ten of a lifter, each one's own, under one key."""

import threading
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
from django.db import IntegrityError, connection, transaction
from django.template import Context, Template
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone
from pytest_django.asserts import assertRedirects

from metricgain.push.keys import KeyPair
from metricgain.push.models import DEVICES, PushKey, PushSubscription
from metricgain.push.tests.push_service import Phone, bytes_of
from metricgain.users.models import User

pytestmark = pytest.mark.django_db

SUBSCRIBE, TRY, KEY = reverse("push:subscribe"), reverse("push:try"), reverse("push:key")


def phone(name: str = "one") -> Phone:
    return Phone(f"https://push.example.org/{name}")


def named() -> list[str]:
    return sorted(one.endpoint.rpartition("/")[2] for one in PushSubscription.objects.all())


def at_once(act, arguments: list) -> list:
    """Calls `act` with each of the arguments in a thread of its own, all at the same moment."""
    barrier = threading.Barrier(len(arguments))

    def one(argument):
        connection.ensure_connection()
        barrier.wait()
        try:
            return act(argument)
        finally:
            connection.close()

    with ThreadPoolExecutor(len(arguments)) as pool:
        return list(pool.map(one, arguments))


def test_the_key_is_made_once_and_is_a_point(signed_in):
    first = signed_in.get(KEY).json()["key"]
    assert signed_in.get(KEY).json()["key"] == first
    assert (len(bytes_of(first)), bytes_of(first)[0]) == (65, 4)
    assert PushKey.objects.get().public == first


@pytest.mark.django_db(transaction=True)
def test_the_key_is_made_once_also_by_five_at_once():
    pairs = at_once(lambda _: PushKey.objects.pair(), list(range(5)))
    assert len(set(pairs)) == 1
    assert KeyPair.from_private(pairs[0].private) == pairs[0]


def test_there_is_no_second_key():
    PushKey.objects.pair()
    with pytest.raises(IntegrityError, match="only_one_push_key"), transaction.atomic():
        PushKey.objects.create(id=2, private="x", public="y")


def test_the_owners_key_comes_first(signed_in, settings):
    pair = KeyPair.new()
    settings.VAPID_PRIVATE_KEY = pair.private
    assert signed_in.get(KEY).json() == {"key": pair.public}
    assert not PushKey.objects.exists()


def test_a_device_subscribes_and_says_its_new_keys_again(signed_in, alice):
    first = phone()
    assert signed_in.post(SUBSCRIBE, first.form | {"device": "Pixel 9"}).json() == {"devices": 1}
    again = phone()
    assert signed_in.post(SUBSCRIBE, again.form | {"device": "P" * 100}).json() == {"devices": 1}
    found = PushSubscription.objects.get()
    assert (found.user, found.p256dh, found.auth) == (alice, again.form["p256dh"], again.form["auth"])
    assert found.device == "P" * 60


@pytest.mark.parametrize(
    "wrong",
    [
        {"endpoint": ""},
        {"endpoint": "https://127.0.0.1/x"},
        {"endpoint": "http://push.example.org/x"},
        {"endpoint": "https://push.example.org/" + "x" * 1000},
        {"p256dh": ""},
        {"p256dh": "AAAA"},
        {"p256dh": "B" * 87},
        {"p256dh": "ü"},
        {"auth": ""},
        {"auth": "AAAA"},
        {"auth": "!" * 22},
        {"auth": "\0" * 22},
    ],
    ids=str,
)
def test_what_is_no_subscription_is_refused_with_a_sentence(signed_in, wrong):
    answer = signed_in.post(SUBSCRIBE, phone().form | wrong)
    assert answer.status_code == 422
    assert answer.json()["words"].endswith(".")
    assert not PushSubscription.objects.exists()


def test_in_the_demo_nobody_rings_on_the_phones_of_others(client):
    demo = User.objects.create_user("demo@example.org")
    client.force_login(demo)
    answer = client.post(SUBSCRIBE, phone().form)
    assert answer.status_code == 422
    assert "shared" in answer.json()["words"]


def test_a_phone_that_changed_hands_rings_for_its_new_lifter(client, alice, bob):
    mine = phone()
    mine.subscribe(alice)
    client.force_login(bob)
    assert client.post(SUBSCRIBE, mine.form).json() == {"devices": 1}
    assert PushSubscription.objects.get().user == bob


def test_an_eleventh_takes_the_place_of_the_one_used_or_made_longest_ago(alice):
    now = timezone.now()
    for number in range(DEVICES):
        phone(str(number)).subscribe(alice)
        made = now - timedelta(days=100 - number)
        PushSubscription.objects.filter(endpoint__endswith=f"/{number}").update(created_at=made)
    PushSubscription.objects.filter(endpoint__endswith="/0").update(used_at=now)  # made first, and used
    phone("new").subscribe(alice)
    assert named() == sorted(["0", *map(str, range(2, DEVICES)), "new"])


@pytest.mark.django_db(transaction=True)
def test_twenty_at_once_leave_ten():
    alice = User.objects.create_user("alice@example.org", "correct-horse-7")
    phones = [phone(str(number)) for number in range(20)]
    counts = at_once(lambda one: PushSubscription.objects.subscribe(alice, **one.form, device=""), phones)
    assert max(counts) == DEVICES
    assert PushSubscription.objects.count() == DEVICES


def test_others_keep_theirs(alice, bob):
    phone("of bob").subscribe(bob)
    for number in range(DEVICES + 1):
        phone(str(number)).subscribe(alice)
    assert PushSubscription.objects.filter(user=bob).count() == 1


def test_a_device_is_removed_by_its_lifter_alone(signed_in, alice, bob):
    hers, his = phone("hers").subscribe(alice), phone("his").subscribe(bob)
    assert signed_in.post(reverse("push:remove", args=[his.id])).status_code == 404
    answer = signed_in.post(reverse("push:remove", args=[hers.id]))
    assertRedirects(answer, reverse("users:settings"), 303)
    assert named() == ["his"]


def test_try_it_rings_on_all_devices_or_on_one(signed_in, alice, bob, service, work):
    one, two = service.phone("one"), service.phone("two")
    for each, user in ((one, alice), (two, alice), (service.phone("of bob"), bob)):
        each.subscribe(user)
    assert signed_in.post(TRY, {"endpoint": two.endpoint}).json() == {"sent": 1}
    work()
    assert two.read(service.got[0].body) == {
        "title": "MetricGain",
        "body": "This is how it rings.",
        "url": "/",
        "tag": "try",
        "silent": False,
    }
    assert signed_in.post(TRY).json() == {"sent": 2}
    assert signed_in.post(TRY, {"endpoint": service.phone("of bob").endpoint}).json() == {"sent": 0}


def test_trying_and_subscribing_have_an_end(signed_in):
    for url, form, most in ((TRY, {}, 10), (SUBSCRIBE, phone().form, 20)):
        assert {signed_in.post(url, form).status_code for _ in range(most)} == {200}
        assert signed_in.post(url, form).status_code == 429


def test_the_morning_note_is_turned_on_and_off(signed_in, alice):
    for on in (True, False):
        answer = signed_in.post(reverse("push:morning"), {"on": str(int(on))})
        assertRedirects(answer, reverse("users:settings"), 303)
        alice.refresh_from_db()
        assert alice.wants_morning_note is on
    signed_in.post(reverse("users:settings"), {"unit": "kg", "timezone": "UTC"})
    alice.refresh_from_db()
    assert alice.preferences["morning_note"] is False


def test_a_template_lists_the_devices_the_newest_first(alice, bob):
    for name, user in (("Old", alice), ("New", alice), ("His", bob)):
        phone(name).subscribe(user, device=name)
    words = "{% load push %}{% devices_of user as devices %}{% for one in devices %}{{ one.device }} {% endfor %}"
    assert Template(words).render(Context({"user": alice})) == "New Old "


def test_what_it_costs_to_subscribe(alice):
    """The first SELECT waits for the lifter's other devices."""
    with CaptureQueriesContext(connection) as queries:
        phone().subscribe(alice)
    steps = [query["sql"].split()[0] for query in queries]
    assert steps[:6] == ["SAVEPOINT", "SELECT", "INSERT", "DELETE", "SELECT", "RELEASE"]
