"""Slow, large and odd requests to a real `manage.py serve`: they cost their sender, and the log nothing."""

import http.client
import socket
import subprocess
import sys
import time
from contextlib import closing

import psutil
import pytest
from django.conf import settings

from metricgain.operations.tests.machine import Machine
from metricgain.operations.tests.serving import Browser, free_port, surroundings

HEAD = b"POST /login/ HTTP/1.1\r\nHost: 127.0.0.1\r\n"
IMPORT = "/admin/exercises/exercise/import/"
OWNER = {"login": "owner@example.org", "password": "kniebeuge-2026"}
DAWDLERS = {
    "idle": b"",
    "half-sent headers": HEAD + b"Content-Length: 100\r\n",
    "half-sent bodies": HEAD + b"Content-Length: 100\r\n\r\nlogin=",
}


@pytest.fixture(scope="module")
def machine(house):
    found = Machine(house.data_dir, **surroundings(house.data_dir) | {"PORT": str(free_port()), "WORKERS": "2"})
    found.start_server()
    yield found
    found.stop()


@pytest.fixture
def port(machine) -> int:
    return int(machine.environment["PORT"])


def call(port: int, said: bytes = b"") -> socket.socket:
    sock = socket.create_connection(("127.0.0.1", port), timeout=60)
    sock.sendall(said)
    return sock


def told(sock: socket.socket) -> bytes:
    """Returns everything that the server sends until it closes the connection."""
    with closing(sock):
        return b"".join(iter(lambda: sock.recv(65536), b""))


def ask(port: int, method: str, path: str, **headers: str) -> http.client.HTTPResponse:
    with closing(http.client.HTTPConnection("127.0.0.1", port, timeout=60)) as connection:
        connection.request(method, path, headers=headers)
        answer = connection.getresponse()
        answer.body = answer.read()
        return answer


@pytest.mark.drill
def test_six_hundred_who_dawdle_hold_up_nobody_and_are_let_go(port):
    socks = [call(port, said) for said in DAWDLERS.values() for _ in range(200)]
    assert [ask(port, "GET", "/healthz").status for _ in range(10)] == [200] * 10
    assert [told(sock) for sock in socks] == [b""] * 600


def test_what_strangers_send_is_answered_and_not_worth_a_line(machine, port):
    before = len(machine.said)
    for path in ("/login/", "/healthz", "/", "/nowhere/", "/serviceworker.js", "/static/icons/logo.svg", "/admin/"):
        got, head = ask(port, "GET", path), ask(port, "HEAD", path)
        assert (head.status, head.body) == (got.status, b"")
        assert head.headers["Content-Length"] == got.headers["Content-Length"]
    assert ask(port, "FOO", "/login/").status == 405
    for kind in ("text/plain; charset=base64", "application/x-www-form-urlencoded; charset=latin-1"):
        assert ask(port, "POST", "/login/?a=b", **{"Content-Type": kind}).status == 415
    refusal = told(call(port, HEAD + b"Content-Length: 200000000\r\n\r\n"))
    assert refusal.startswith(b"HTTP/1.1 413 ")
    assert b"at most 1 MB here" in refusal
    assert told(call(port, b"\x16\x03\x01\x02\x00\x01\x00\r\n\r\n")).startswith(b"HTTP/1.0 400")
    assert machine.said[before:] == []
    assert ask(port, "GET", "/login/", Host="evil.example").status == 400
    deadline = time.monotonic() + 10
    while len(machine.said) == before and time.monotonic() < deadline:
        time.sleep(0.05)
    (line,) = machine.said[before:]
    assert "evil.example" in line


def test_the_admin_takes_a_library_larger_than_other_bodies_from_who_is_signed_in(machine, port, data_dir):
    said = surroundings(data_dir) | {
        "DJANGO_SUPERUSER_EMAIL": OWNER["login"],
        "DJANGO_SUPERUSER_PASSWORD": OWNER["password"],
    }
    command = [sys.executable, "manage.py", "createsuperuser", "--noinput"]
    subprocess.run(command, cwd=settings.BASE_DIR, env=said, check=True, capture_output=True)
    site = f"http://127.0.0.1:{port}"
    owner = Browser(lambda: http.client.HTTPConnection("127.0.0.1", port, timeout=60), f"127.0.0.1:{port}", site)
    row = "Press,chest,machine,machine,isolation,weight,reps"
    head = "slug,name,muscle_group,exercise_type,equipment,mechanic,loading,measure,unheeded"
    library = head + "\n" + "\n".join(f"press-{number},{row},{'x' * 100_000}" for number in range(22))
    body = multipart(library)
    assert 2_000_000 < len(body) < 5_000_000

    def send():
        kind = {"Content-Type": "multipart/form-data; boundary=frontier", "Origin": site}
        kind["X-CSRFToken"] = owner.cookies["csrftoken"].value
        return owner._ask("POST", IMPORT, body, kind)

    owner.get("/login/")
    answer = send()
    assert (answer.status, answer.headers["Location"]) == (302, f"/login/?next={IMPORT}")
    assert owner.post("/login/", OWNER).status == 302
    owner.get(IMPORT)
    answer = send()
    assert answer.status == 200
    assert "press-21" in answer.text


def multipart(library: str) -> str:
    def field(name, value):
        return f'--frontier\r\nContent-Disposition: form-data; name="{name}"\r\n\r\n{value}\r\n'

    file = (
        f'--frontier\r\nContent-Disposition: form-data; name="import_file"; filename="library.csv"\r\n\r\n{library}\r\n'
    )
    return field("format", "0") + field("resource", "") + file + "--frontier--\r\n"


def test_a_request_in_flight_is_answered_by_a_server_that_is_told_to_stop(machine, port):
    sock = call(port, HEAD + b"Content-Length: 10\r\n\r\n12345")
    call(port).close()
    machine.server.terminate()
    time.sleep(0.5)
    sock.sendall(b"67890")
    assert told(sock).startswith(b"HTTP/1.1 403 ")  # it has no token
    assert machine.server.wait(20) == 0


def test_what_was_sent_before_the_server_was_told_to_stop_is_answered_though_nobody_had_looked(machine, port):
    machine.start_server()
    processes = psutil.Process(machine.server.pid).children(recursive=True)
    for process in processes:
        process.suspend()
    socks = [call(port, HEAD + b"Content-Length: 5\r\n\r\n12345") for _ in range(3)]
    machine.server.terminate()
    time.sleep(0.5)
    for process in processes:
        process.resume()
    assert [told(sock)[:13] for sock in socks] == [b"HTTP/1.1 403 "] * 3
    assert machine.server.wait(20) == 0
