"""The network between a phone and its server, as tests want it: it answers, stays silent, is slow, or lets a stranger
answer."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager

PORTAL = b"<!doctype html><html><title>Free Wi-Fi</title><p>Accept our terms</p></html>"


class Network:
    """A WSGI application around `application`, which may be replaced (a deploy). `asked` holds the addresses that
    reached it."""

    def __init__(self, application):
        self.application = application
        self.asked: list[str] = []
        self.headers: list[dict] = []
        self._mode = "open"
        self._resumed = threading.Event()
        self._under_way = 0
        self._ended = threading.Condition()
        self.before = lambda environ: None  # called with each request: looks at it, holds it, or names its mode

    def __call__(self, environ, start_response):
        with self._ended:
            self._under_way += 1
        try:
            return self._answer(environ, start_response)
        finally:
            with self._ended:
                self._under_way -= 1
                self._ended.notify_all()

    def settle(self) -> None:
        """Waits for requests whose phone has gone: they would still be in the database when it is emptied."""
        with self._ended:
            assert self._ended.wait_for(lambda: not self._under_way, timeout=60)

    def _answer(self, environ, start_response):
        self.asked.append(f"{environ['REQUEST_METHOD']} {environ['PATH_INFO']}")
        self.headers.append({name: environ[name] for name in environ if name.startswith("HTTP_")})
        mode = self.before(environ) or self._mode
        if mode == "hung":
            self._resumed.wait(60)
        if mode == "portal":
            start_response("200 OK", [("Content-Type", "text/html"), ("Content-Length", str(len(PORTAL)))])
            return [PORTAL]
        if mode == "broken":
            start_response("502 Bad Gateway", [("Content-Type", "text/html"), ("Content-Length", "3")])
            return [b"502"]
        answer = self.application(environ, start_response)
        if mode == "lost" and environ["REQUEST_METHOD"] == "POST":
            return [b"".join(answer)[:0]]  # less than its Content-Length: the connection broke
        if mode == "cut" and environ["REQUEST_METHOD"] == "GET":
            whole = b"".join(answer)
            return [whole[: len(whole) // 2]]
        return answer

    @contextmanager
    def as_(self, mode: str) -> Iterator[None]:
        """`hung`, `portal`, `broken`, `cut` (a page breaks off on the way), or `lost`: what is posted is done, and its
        answer never arrives."""
        self._mode = mode
        self._resumed.clear()
        try:
            yield
        finally:
            self._mode = "open"
            self._resumed.set()

    def asked_for(self, address: str) -> int:
        return self.asked.count(f"GET {address}")
