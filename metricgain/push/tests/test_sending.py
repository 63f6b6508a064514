"""A push reaches its phone, which alone can read it, at most once; and a push service can do no harm to us."""

import re
import socket
import threading
import time
from datetime import timedelta

import pytest
from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.asymmetric import ec
from django.utils import timezone

from metricgain.jobs.models import Job
from metricgain.operations.workers.job_worker import JobWorker
from metricgain.push import connection, guard
from metricgain.push.envelope import Message, sealed, topic_of
from metricgain.push.models import LEFT_ALONE, TIMES, PushKey, PushSubscription
from metricgain.push.sending import push_to
from metricgain.push.tests.push_service import Phone, behaving, bytes_of, certificate, claims_of, serving
from metricgain.users.tests.factories import UserFactory

pytestmark = pytest.mark.django_db

HELLO = Message("Rest is over", "Row, set 3, 70 kg × 8", "/workouts/1/week/2/#3", tag="rest")


def failed() -> Job:
    return Job.objects.get(state="failed")


def test_a_push_reaches_the_phone_signed_and_sealed(service, alice, phone, work, settings):
    settings.SITE_URL = "https://gym.example.org:8443"
    assert push_to(alice, HELLO) == 1
    work()
    [got] = service.got
    assert phone.read(got.body) == {
        "title": "Rest is over",
        "body": "Row, set 3, 70 kg × 8",
        "url": "/workouts/1/week/2/#3",
        "tag": "rest",
        "silent": False,
    }
    claims = claims_of(got.headers["Authorization"], PushKey.objects.get().public)
    assert (claims["aud"], claims["sub"]) == (f"https://localhost:{service.port}", "https://gym.example.org:8443")
    assert 0 < claims["exp"] - time.time() < 24 * 3600
    said = {name: got.headers[name] for name in ("Content-Encoding", "TTL", "Urgency", "Topic")}
    assert said == {"Content-Encoding": "aes128gcm", "TTL": "60", "Urgency": "high", "Topic": "rest"}
    assert len(got.body) <= 4096
    assert "70 kg" not in got.body.decode("latin-1")
    assert PushSubscription.objects.get().used_at is not None
    assert not Job.objects.exists()


def test_it_is_sealed_as_the_example_of_rfc_8291():
    """Appendix A."""
    number = int.from_bytes(bytes_of("yfWPiYE-n46HLnH0KqZOF1fJJU3MYrct3AELtAQ-oRw"))
    found = sealed(
        b"When I grow up, I want to be a watermelon",
        p256dh="BCVxsr7N_eNgVRqvHtD0zTZsEc6-VV-JvLexhqUzORcxaOzi6-AYWXvTBHm4bjyPjs7Vd8pZGH6SRpkNtoIAiw4",
        auth="BTBZMqHH6r4Tts7J_aSIgg",
        salt=bytes_of("DGv6ra1nlYgDCS1FRnbzlw"),
        sender=ec.derive_private_key(number, ec.SECP256R1()),
    )
    assert found == bytes_of(
        "DGv6ra1nlYgDCS1FRnbzlwAAEABBBP4z9KsN6nGRTbVYI_c7VJSPQTBtkgcy27mlmlMoZIIgDll6e3vCYLocInmYWAmS6TlzAC8wEqKK6PBru3jl7A_"
        "yl95bQpu6cVPTpK4Mqgkf1CXztLVBSt2Ks3oZwbuwXPXLWyouBWLVWGNWQexSgSxsj_Qulcy4a-fN"
    )


def test_another_phone_cannot_read_it(service, alice, phone, work):
    push_to(alice, HELLO)
    work()
    with pytest.raises(InvalidTag):
        service.phone().read(service.got[0].body)


def test_a_note_without_a_sound_is_not_urgent_and_a_long_tag_is_a_topic(service, alice, phone, work):
    push_to(alice, Message("MetricGain", "Upper A today", "/", tag="a tag with spaces", silent=True), ttl=3600)
    work()
    [got] = service.got
    assert (got.headers["Urgency"], got.headers["TTL"]) == ("normal", "3600")
    assert got.headers["Topic"] == topic_of("a tag with spaces")
    assert len(got.headers["Topic"]) == 32


def test_it_waits_no_longer_at_the_service_than_it_is_wanted(service, alice, phone, work):
    push_to(alice, HELLO, stale_at=timezone.now() + timedelta(seconds=15))
    work()
    assert 13 <= int(service.got[0].headers["TTL"]) <= 15


def test_a_stale_one_is_dropped(service, alice, phone, work):
    push_to(alice, HELLO, stale_at=timezone.now() - timedelta(seconds=1))
    work()
    assert (service.got, Job.objects.count()) == ([], 0)


@pytest.mark.parametrize("status", [404, 410])
def test_a_phone_that_has_unsubscribed_is_forgotten(service, alice, phone, work, status):
    other = service.phone("other")
    other.subscribe(alice)
    service.answers["/push/one"] = status
    push_to(alice, HELLO)
    work()
    assert [one.endpoint for one in PushSubscription.objects.all()] == [other.endpoint]
    assert len(service.got) == 2


@pytest.mark.parametrize(
    ("status", "what"),
    [
        (301, "NotSent"),
        (307, "NotSent"),
        (400, "NotSent"),
        (403, "NotSent"),
        (429, "NotSent"),
        (503, "NotSent"),
        (500, "MaybeSent"),
        (502, "MaybeSent"),
    ],
)
def test_a_refusal_is_noted_and_not_repeated(service, alice, phone, work, status, what):
    service.answers["/push/one"] = status
    service.where_to = f"https://localhost:{service.port}/push/elsewhere"
    push_to(alice, HELLO)
    work()
    assert [got.path for got in service.got] == ["/push/one"]  # a redirect is not followed
    job = failed()
    assert f"{what}: The push service answered {status}." in job.error
    assert (job.attempts, job.arguments) == (1, {})
    found = PushSubscription.objects.get()
    assert found.used_at is None
    assert found.endpoint not in job.error


def test_nobody_at_the_door_is_nothing_sent(service, alice, phone, work):
    PushSubscription.objects.update(endpoint="https://localhost:9/push/one")
    push_to(alice, HELLO)
    work()
    assert "NotSent: ConnectionRefusedError" in failed().error


def test_a_certificate_of_nobody_is_not_spoken_to(service, alice, phone, work, settings):
    settings.PUSH_TRUSTS = None  # those that this machine trusts
    push_to(alice, HELLO)
    work()
    assert "NotSent: SSLCertVerificationError" in failed().error
    assert service.got == []


def test_a_certificate_of_another_name_is_not_spoken_to(trusting, alice, work, settings, tmp_path):
    tls, settings.PUSH_TRUSTS = certificate(tmp_path, "push.example.org")
    with serving(tls) as service:
        service.phone().subscribe(alice)
        push_to(alice, HELLO)
        work()
    assert "NotSent: SSLCertVerificationError" in failed().error
    assert service.got == []


def drip(secure) -> None:
    secure.recv(65536)
    for byte in b"HTTP/1.1 201 Created\r\n" + b"X: y\r\n" * 500:
        secure.send(bytes([byte]))
        time.sleep(0.05)


def flood(secure) -> None:
    secure.recv(65536)
    secure.sendall(b"HTTP/1.1 201 " + b"x" * 10_000_000)


def hang_up(secure) -> None:
    secure.recv(65536)


@pytest.fixture
def read(monkeypatch):
    """The sizes of what was read."""
    sizes, receive = [], connection.ssl.SSLSocket.recv_into

    def recv_into(*said):
        sizes.append(receive(*said))
        return sizes[-1]

    monkeypatch.setattr(connection.ssl.SSLSocket, "recv_into", recv_into)
    return sizes


def post_to(port: int, trusts: str, *, seconds: float) -> int:
    endpoint = guard.endpoint_of(f"https://127.0.0.1:{port}/x", loopback=True)
    addresses = guard.looked_up("127.0.0.1", within=seconds)
    until = time.monotonic() + seconds
    return connection.status_of_post(endpoint, addresses, body=b"x", headers={}, trusts=trusts, until=until)


def test_a_server_that_drips_bytes_has_no_more_time_than_others(of_localhost, read):
    with behaving(of_localhost[0], drip) as port:
        begun = time.monotonic()
        with pytest.raises(connection.NoAnswer, match="TimeoutError"):
            post_to(port, of_localhost[1], seconds=1)
        assert 1 <= time.monotonic() - begun < 3
    assert len(read) > 5


def test_of_a_long_answer_four_kilobytes_are_read(of_localhost, read):
    with behaving(of_localhost[0], flood) as port:
        assert post_to(port, of_localhost[1], seconds=5) == 201
    assert sum(read) == connection.MOST_READ


def test_a_server_that_never_shakes_hands_is_left(of_localhost):
    listening = socket.create_server(("127.0.0.1", 0))
    with listening, pytest.raises(connection.NotConnected, match="TimeoutError"):
        post_to(listening.getsockname()[1], of_localhost[1], seconds=0.5)


def test_an_answer_that_is_cut_is_no_proof_that_nothing_was_sent(trusting, of_localhost, alice, work):
    with behaving(of_localhost[0], hang_up) as port:
        Phone(f"https://localhost:{port}/push/one").subscribe(alice)
        push_to(alice, HELLO)
        work()
    assert re.search(r"MaybeSent: (RemoteDisconnected|ConnectionResetError|SSLEOFError)$", failed().error.strip())


def test_a_name_that_leads_into_our_network_is_not_followed(settings, alice, work, monkeypatch):
    Phone("https://push.example.org/x").subscribe(alice)
    monkeypatch.setattr(guard.socket, "getaddrinfo", lambda *said, **more: [(2, 1, 6, "", ("169.254.169.254", 0))])
    monkeypatch.setattr(connection.socket, "create_connection", lambda *said, **more: pytest.fail("it was followed"))
    push_to(alice, HELLO)
    work()
    assert "NotSent: A push service is on the internet" in failed().error


def test_what_is_another_lifters_by_now_is_not_sent(service, alice, bob, phone, work):
    push_to(alice, HELLO)
    phone.subscribe(bob)  # the phone changed hands
    work()
    assert (service.got, Job.objects.count()) == ([], 0)


def test_who_is_locked_out_is_told_nothing(service, alice, phone, work):
    push_to(alice, HELLO)
    alice.deactivate()
    work()
    assert (service.got, push_to(alice, HELLO)) == ([], 0)


def test_a_slow_service_is_left_alone_for_ten_minutes_after_three_times(service, alice, phone, work, monkeypatch):
    """Whoever names one that keeps workers waiting does not keep them from the rings of others for long."""

    def send() -> None:
        push_to(alice, HELLO)
        work()

    monkeypatch.setattr("metricgain.push.models.SLOW", 0.0)
    for _ in range(TIMES + 2):
        send()
    assert len(service.got) == TIMES
    PushSubscription.objects.update(slow_at=timezone.now() - LEFT_ALONE)
    send()
    send()
    assert len(service.got) == TIMES + 1  # slow again
    monkeypatch.undo()
    PushSubscription.objects.update(slow_at=timezone.now() - LEFT_ALONE)
    for _ in range(3):
        send()
    assert len(service.got) == TIMES + 4
    assert PushSubscription.objects.get().slow_times == 0


@pytest.mark.django_db(transaction=True)
def test_three_workers_send_a_hundred_pushes_once_each(service):
    phones = {}
    for number in range(100):
        user = UserFactory()
        phones[f"/push/{number}"] = found = service.phone(str(number))
        found.subscribe(user)
        push_to(user, Message("Rest is over", f"Set {number}", "/", tag="rest"))
    workers = [JobWorker(print) for _ in range(3)]
    threads = [threading.Thread(target=worker.run) for worker in workers]
    for thread in threads:
        thread.start()
    until = time.monotonic() + 60
    while Job.objects.filter(is_recurring=False).exists() and time.monotonic() < until:
        time.sleep(0.05)
    for worker in workers:
        worker.stop()
    for thread in threads:
        thread.join()
    public = PushKey.objects.get().public
    assert sorted(got.path for got in service.got) == sorted(phones)
    for got in service.got:
        assert phones[got.path].read(got.body)["body"] == f"Set {got.path.removeprefix('/push/')}"
        assert claims_of(got.headers["Authorization"], public)["aud"] == f"https://localhost:{service.port}"
    assert not PushSubscription.objects.filter(used_at=None).exists()
    assert not Job.objects.filter(is_recurring=False).exists()
