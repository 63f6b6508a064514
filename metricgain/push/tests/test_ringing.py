"""The ring comes when the rest ends, once, and is taken back by the next set."""

import threading
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from metricgain.jobs.models import Job
from metricgain.operations.workers.job_worker import JobWorker
from metricgain.push.envelope import Message
from metricgain.push.ringing import ring_at, ring_rest, take_back_ring
from metricgain.push.sending import push_to, send_push
from metricgain.push.tests.push_service import Phone
from metricgain.users.models import User

pytestmark = pytest.mark.django_db

RING = reverse("push:ring")
NEXT = {"seconds": "90", "words": "Barbell Row, set 3, 70 kg × 8", "url": "/workouts/1/week/2/#set-3"}


def ended(ago: timedelta = timedelta()) -> None:
    """Makes the rest that a lifter has end, so long ago."""
    job, at = Job.objects.get(), timezone.now() - ago
    Job.objects.update(due_at=at, arguments=job.arguments | {"ends_at": at.isoformat()})


def test_it_rings_when_the_rest_ends(signed_in, service, phone, work):
    assert signed_in.post(RING, NEXT).status_code == 204
    job = Job.objects.get()
    assert 85 < (job.due_at - timezone.now()).total_seconds() <= 90
    work()
    assert service.got == []
    ended()
    work()
    [got] = service.got
    assert phone.read(got.body) == {
        "title": "Rest is over",
        "body": NEXT["words"],
        "url": NEXT["url"],
        "tag": "rest",
        "silent": False,
    }
    assert int(got.headers["TTL"]) <= 20
    assert not Job.objects.exists()


def test_all_devices_ring(signed_in, alice, service, phone, work):
    service.phone("other").subscribe(alice)
    signed_in.post(RING, NEXT)
    ended()
    work()
    assert sorted(got.path for got in service.got) == ["/push/one", "/push/other"]


def test_a_new_rest_takes_the_place_of_the_one_before(signed_in, alice, service, phone, work):
    signed_in.post(RING, NEXT)
    signed_in.post(RING, NEXT | {"seconds": "120", "words": "Curl, set 1"})
    assert Job.objects.get().arguments["words"] == "Curl, set 1"
    assert (Job.objects.get().due_at - timezone.now()).total_seconds() > 100


def test_the_next_set_takes_it_back(signed_in, bob, service, phone, work):
    signed_in.post(RING, NEXT)
    ring_at(bob, timezone.now() + timedelta(minutes=1), "", "/")
    assert signed_in.post(RING, {"seconds": ""}).status_code == 204
    assert Job.objects.get().user == bob
    assert signed_in.post(RING).status_code == 204  # nothing is left to take back


def test_also_where_it_is_on_its_way(signed_in, alice, service, phone, work):
    push_to(alice, Message("MetricGain", "Upper A today", "/", tag="morning"))
    signed_in.post(RING, NEXT)
    Job.objects.filter(kind=ring_rest.module_path).update(due_at=timezone.now() - timedelta(minutes=1))
    assert JobWorker(print).do_one("soon")
    assert set(Job.objects.values_list("kind", flat=True)) == {send_push.module_path}
    signed_in.post(RING, {"seconds": ""})
    work()
    assert [phone.read(got.body)["tag"] for got in service.got] == ["morning"]


def test_later_than_twenty_seconds_it_rings_no_more(signed_in, service, phone, work):
    for ago, count in ((timedelta(seconds=15), 1), (timedelta(seconds=21), 1)):
        signed_in.post(RING, NEXT)
        ended(ago)
        work()
        assert len(service.got) == count
        assert not Job.objects.exists()


def test_without_a_device_it_rings_nowhere(signed_in, work):
    signed_in.post(RING, NEXT)
    ended()
    work()
    assert not Job.objects.exists()


@pytest.mark.parametrize("seconds", ["0", "-5", "10801", "soon", "1.5", "9" * 30, "NaN"])
def test_a_rest_of_no_length_is_refused(signed_in, seconds):
    answer = signed_in.post(RING, NEXT | {"seconds": seconds})
    assert answer.status_code == 422
    assert answer.json() == {"words": "A ring comes after one second at the earliest, and within 3 hours."}
    assert not Job.objects.exists()


@pytest.mark.parametrize(
    "url", ["https://evil.example.org/", "//evil.example.org/", "javascript:alert(1)", "/\\evil", "/" + "x" * 300]
)
def test_it_opens_a_page_of_ours_alone(signed_in, url):
    answer = signed_in.post(RING, NEXT | {"url": url})
    assert (answer.status_code, answer.json()) == (422, {"words": "A ring opens a page of MetricGain."})


def test_long_words_are_cut_and_the_longest_message_fits(signed_in, service, phone, work):
    signed_in.post(RING, NEXT | {"words": "💪" * 300, "url": "/?" + "ü" * 298})
    ended()
    work()
    [got] = service.got
    assert phone.read(got.body)["body"] == "💪" * 200
    assert len(got.body) <= 4096


def statements(act) -> list[str]:
    with CaptureQueriesContext(connection) as queries:
        act()
    return [query["sql"].split()[0] for query in queries]


def test_what_a_ring_costs(alice):
    """It is asked after most sets. The first SELECT waits for the lifter's other request."""
    later = timezone.now() + timedelta(minutes=1)
    asked = [statements(lambda: ring_at(alice, later, "Row", "/")) for _ in range(2)]
    begins, ends = ["SAVEPOINT", "SELECT", "UPDATE"], ["RELEASE"]
    assert asked == [[*begins, "INSERT", "SELECT", *ends], [*begins, *ends]]
    assert statements(lambda: take_back_ring(alice)) == ["DELETE"]


@pytest.mark.django_db(transaction=True)
def test_ten_at_once_leave_one_ring():
    alice = User.objects.create_user("alice@example.org", "correct-horse-7")
    barrier, later = threading.Barrier(10), timezone.now() + timedelta(minutes=1)

    def ask(number: int) -> None:
        barrier.wait()
        ring_at(alice, later, f"Set {number}", "/")
        connection.close()

    with ThreadPoolExecutor(10) as pool:
        list(pool.map(ask, range(10)))
    assert Job.objects.count() == 1


def test_it_goes_with_its_lifter(alice):
    Phone("https://push.example.org/x").subscribe(alice)
    ring_at(alice, timezone.now() + timedelta(minutes=1), "Row", "/")
    alice.delete()
    assert not Job.objects.exists()
