"""The server's connections, on real sockets with an application of the test's own: what is too slow, large or odd."""

import http.client
import socket
import threading
import time
from contextlib import closing

import pytest

from metricgain.operations.servers import connections, server
from metricgain.web import doors

HEAD = b"POST /x HTTP/1.1\r\nHost: here\r\n"
PATIENCE = 20  # seconds; for what takes a moment


class House:
    """An application that tells what it was asked, behind the door that is tested."""

    def __init__(self):
        self.asked, self.produced, self.is_held = [], 0, threading.Event()
        self.is_held.set()
        self.admits = False
        self.is_hasty = False
        self.sock = server.listen("127.0.0.1", 0)
        self.port = self.sock.getsockname()[1]
        self.door = connections.open_door(self.application, self.sock, threads=4)
        self.is_open = True
        self.thread = threading.Thread(target=self.keep)
        self.thread.start()

    def keep(self):
        while self.is_open:
            self.door.turn(0.05)

    def close(self):
        self.is_held.set()
        self.is_open = False
        self.thread.join()
        for connection in list(self.door.active_channels.values()):
            connection.handle_close()
        self.door.task_dispatcher.shutdown()
        self.door.close()

    def application(self, environ, start_response):
        length = int(environ.get("CONTENT_LENGTH") or 0)
        awaited = environ[doors.AWAITED]
        self.asked.append((environ["REQUEST_METHOD"], environ["PATH_INFO"], length, awaited))
        is_refused = length > doors.MOST_BYTES and not self.admits
        if environ["PATH_INFO"] == "/stream":
            start_response("200 OK", [("Content-Type", "text/csv")])
            return self.stream()
        if environ["PATH_INFO"] == "/held":
            self.is_held.wait(PATIENCE)
        if awaited and self.admits:
            start_response("100 Continue", [])
            return [b""]
        body = b"too large" if is_refused else b"%d" % len(environ["wsgi.input"].read())
        start_response("413 Too Large" if is_refused else "200 OK", [("Content-Length", str(len(body)))])
        return [body]

    def stream(self):
        for _ in range(1024):
            self.produced += 1
            yield b"#" * 65536

    def call(self, said: bytes = b"") -> socket.socket:
        sock = socket.create_connection(("127.0.0.1", self.port), timeout=PATIENCE)
        sock.sendall(said)
        return sock

    def ask(self, method="GET", path="/x", body=None, headers=()) -> tuple[int, bytes]:
        """Returns the answer. On a busy machine a client may come to send only after a hasty server has let it go: it
        then asks again, as browsers do."""
        deadline = time.monotonic() + PATIENCE
        while True:
            before = len(self.asked)
            try:
                return self.ask_once(method, path, body, headers)
            except ConnectionError:
                if not self.is_hasty or len(self.asked) > before or time.monotonic() > deadline:
                    raise

    def ask_once(self, method, path, body, headers) -> tuple[int, bytes]:
        with closing(http.client.HTTPConnection("127.0.0.1", self.port, timeout=PATIENCE)) as connection:
            connection.request(method, path, body, dict(headers))
            answer = connection.getresponse()
            return answer.status, answer.read()


@pytest.fixture
def house():
    found = House()
    yield found
    found.close()


@pytest.fixture
def hasty(house, monkeypatch):
    """Shortens the limits, so that the tests need not wait long."""
    house.is_hasty = True
    for name, seconds in {"SILENCE": 0.5, "UNREAD": 0.5, "FAIRNESS": 1.5, "FAREWELL": 0.5}.items():
        monkeypatch.setattr(connections, name, seconds)


def rest_of(sock) -> bytes:
    """Returns everything that comes until the server closes the connection."""
    parts = []
    with closing(sock):
        while part := sock.recv(65536):
            parts.append(part)
    return b"".join(parts)


def eventually(holds) -> None:
    deadline = time.monotonic() + PATIENCE
    while not holds() and time.monotonic() < deadline:
        time.sleep(0.02)
    assert holds()


HALVES = {
    "idle": b"",
    "headers": HEAD,
    "body": HEAD + b"Content-Length: 100\r\n\r\nlogin=",
    "chunks": HEAD + b"Transfer-Encoding: chunked\r\n\r\n64\r\nlogin=",
}


@pytest.mark.parametrize("half", HALVES)
def test_who_falls_silent_is_let_go_and_takes_no_thread(house, hasty, half):
    socks = [house.call(HALVES[half]) for _ in range(40)]
    assert house.ask() == (200, b"0")
    assert [rest_of(sock) for sock in socks] == [b""] * 40
    assert len(house.asked) == 1


def test_a_kept_connection_is_let_go_after_its_answer(house, hasty):
    assert rest_of(house.call(b"GET /x HTTP/1.1\r\nHost: here\r\n\r\n")).startswith(b"HTTP/1.1 200 OK")


def test_a_byte_now_and_then_is_too_little_in_the_long_run(house, hasty):
    sock = house.call(HEAD + b"X: ")
    sock.settimeout(0.1)
    began, answer = time.monotonic(), None
    while answer is None and time.monotonic() - began < PATIENCE:
        try:
            sock.send(b"x")
            answer = sock.recv(1)
        except TimeoutError:
            pass
        except ConnectionError:
            answer = b""
    sock.close()
    assert answer == b""
    assert time.monotonic() - began > 1.5  # it had its chance


def test_a_slow_lifter_who_keeps_on_sending_is_heard_out(house, hasty):
    """The sending takes longer than any silence may last, and is faster than the least rate."""
    sock = house.call(HEAD + b"Content-Length: 20000\r\n\r\n")
    for _ in range(20):
        time.sleep(0.12)
        sock.sendall(b"x" * 1000)
    assert sock.recv(1000).startswith(b"HTTP/1.1 200 OK")
    sock.close()


def test_what_the_application_takes_long_for_is_no_silence(house, hasty):
    house.is_held.clear()
    sock = house.call(b"GET /held HTTP/1.1\r\nHost: here\r\n\r\n")
    time.sleep(3)
    house.is_held.set()
    assert sock.recv(1000).startswith(b"HTTP/1.1 200 OK")
    sock.close()


def test_who_does_not_read_a_large_answer_holds_up_nobody_and_is_let_go(house, hasty):
    socks = [
        house.call(b"GET /stream HTTP/1.1\r\nHost: here\r\n\r\n") for _ in range(4)
    ]  # as many as there are threads
    assert house.ask() == (200, b"0")
    eventually(lambda: not house.door.active_channels)
    for sock in socks:
        sock.close()


def test_a_large_answer_waits_for_its_reader_and_arrives_whole(house):
    """Of the 64 MB, the application makes no more than what was taken and what may wait."""
    sock = house.call(b"GET /stream HTTP/1.1\r\nHost: here\r\n\r\n")
    eventually(lambda: house.produced * 65536 > connections.AHEAD)
    time.sleep(0.5)
    kernel = 16 * 2**20
    assert house.produced * 65536 < connections.AHEAD + kernel
    assert rest_of(sock).count(b"#") == 1024 * 65536


def test_who_is_slow_does_not_hold_up_who_is_quick(house):
    house.is_held.clear()
    slow = [house.call(b"GET /held HTTP/1.1\r\nHost: here\r\n\r\n") for _ in range(3)]
    eventually(lambda: len(house.asked) == 3)
    assert house.ask() == (200, b"0")
    house.is_held.set()
    for sock in slow:
        assert sock.recv(1000).startswith(b"HTTP/1.1 200 OK")
        sock.close()


@pytest.mark.parametrize("more", [b"", b"Expect: 100-continue\r\n"])
def test_too_large_a_body_is_refused_before_it_is_sent(house, more):
    answer = rest_of(house.call(HEAD + more + b"Content-Length: 200000000\r\n\r\n"))
    assert answer.startswith(b"HTTP/1.1 413 Too Large\r\n")
    assert b"Connection: close" in answer
    assert answer.endswith(b"too large")
    assert house.asked == [("POST", "/x", 200_000_000, True)]


def test_who_sends_it_all_the_same_can_read_the_refusal(house):
    """Otherwise the kernel resets the connection, and a browser shows a network error."""
    sock = house.call(HEAD + b"Content-Length: 20000000\r\n\r\n")
    for _ in range(200):
        sock.sendall(b"x" * 100_000)
    assert rest_of(sock).endswith(b"too large")
    assert len(house.asked) == 1


def test_chunks_are_counted_and_cut(house, hasty):
    sock = house.call(HEAD + b"Transfer-Encoding: chunked\r\n\r\n")
    with pytest.raises(OSError):
        for _ in range(100_000):
            sock.sendall(b"10000\r\n" + b"x" * 65536 + b"\r\n")
    sock.close()
    (method, path, length, awaited) = house.asked[0]
    assert (method, path, awaited) == ("POST", "/x", False)
    assert length == doors.UNTOLD
    assert len(house.asked) == 1


@pytest.mark.parametrize("size", [0, 1, 999_999, 1_000_000])
def test_a_body_that_is_not_too_large_arrives(house, size):
    assert house.ask("POST", body=b"x" * size) == (200, b"%d" % size)


def test_chunks_that_are_not_too_many_arrive(house):
    assert house.ask("POST", body=iter([b"x" * 300_000] * 3)) == (200, b"900000")


@pytest.mark.parametrize("more", [b"", b"Expect: 100-continue\r\n"])
def test_a_large_body_is_received_where_the_application_asks_for_it(house, more):
    house.admits = True
    sock = house.call(HEAD + more + b"Content-Length: 3000000\r\n\r\n")
    if more:
        assert sock.recv(1000) == b"HTTP/1.1 100 Continue\r\n\r\n"
    sock.sendall(b"x" * 3_000_000)
    sock.sendall(b"GET /y HTTP/1.1\r\nHost: here\r\nConnection: close\r\n\r\n")  # the connection is as good as before
    answers = rest_of(sock)
    assert b"\r\n\r\n3000000HTTP/1.1 200 OK" in answers
    assert answers.endswith(b"\r\n\r\n0")
    assert house.asked == [("POST", "/x", 3_000_000, True), ("POST", "/x", 3_000_000, False), ("GET", "/y", 0, False)]


@pytest.mark.parametrize("path", ["/x", "/stream"])
def test_head_has_no_body_and_leaves_the_connection_in_order(house, path, caplog):
    head = f"HEAD {path} HTTP/1.1\r\nHost: here\r\n\r\n".encode()
    answer = rest_of(house.call(head + b"GET /y HTTP/1.1\r\nHost: here\r\nConnection: close\r\n\r\n"))
    first, _, rest = answer.partition(b"\r\n\r\n")
    assert first.startswith(b"HTTP/1.1 200 OK")
    assert (b"Content-Length: 1" in first) == (path == "/x")
    assert b"##" not in answer
    # A stream has no length: its connection ends with it.
    assert rest.startswith(b"HTTP/1.1 200 OK") if path == "/x" else rest == b""
    assert not caplog.records


def test_what_is_no_http_is_400_and_said_nowhere(house, caplog):
    for said in (b"\x16\x03\x01\x02\x00\x01\x00\r\n\r\n", b"GET\r\n\r\n", b"GET / HTTP/1.1\r\nA B: c\r\n\r\n"):
        assert rest_of(house.call(said)).startswith((b"HTTP/1.1 400", b"HTTP/1.0 400"))
    assert rest_of(house.call(b"GET / HTTP/1.1\r\n" + b"X: " + b"y" * 100_000)).startswith(b"HTTP/1.0 431")
    assert house.asked == []
    assert not caplog.records
