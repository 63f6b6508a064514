"""How long a page waits for PostgreSQL. A suspended server answers nothing, and its own time limits do not fire. So we
keep the limit on our side: a page gives up a session that does not answer in time.

Only pages give up. Management commands, backups and migrations wait as long as it takes."""

import math
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager

import psycopg
from django.db import Error, connection

LIMIT = 5.0  # seconds for one answer
STATEMENT_TIMEOUT = 4500  # milliseconds: shorter than LIMIT, so PostgreSQL cancels while the page still listens
ASKS_FOR = 2.0  # seconds that the small question of `_Silence` waits for its answer
ASKS_AGAIN = 1.0  # seconds between two such questions


class Mute(psycopg.OperationalError):
    """PostgreSQL did not answer in time."""


class _Thread(threading.local):
    left: float | None = None  # seconds that this page may still wait for one answer; None: this is no page
    until = 0.0  # the time.monotonic() by which one of the server's addresses has to answer
    asks_for_all = False


_thread = _Thread()


def begin_page() -> None:
    """Marks this thread as one that serves a page. Nothing marks the end: such a thread does nothing else, and a
    streamed answer is read after the application has returned."""
    _thread.left = LIMIT


def end_page() -> None:
    _thread.left = None


def is_page() -> bool:
    return _thread.left is not None


def at_most(seconds: float) -> None:
    """Lets this page wait `seconds` at most for one answer; does nothing outside a page."""
    if _thread.left is not None:
        _thread.left = min(_thread.left, seconds)


@contextmanager
def unhurried() -> Iterator[None]:
    """Lets this page wait like a command, in a session without the server's limit. Inside a transaction that began
    earlier, its session is kept."""
    left, _thread.left = _thread.left, None
    try:
        _begin_session()
        yield
    finally:
        _begin_session()
        _thread.left = left


def _begin_session() -> None:
    if not connection.in_atomic_block:
        connection.close()


class Connection(psycopg.Connection):
    """A session that a page gives up after its limit. Whatever the page asks afterwards fails at once, so a page waits
    once only."""

    def wait(self, gen, interval=0.1, timeout=None):
        left = _left()
        if left is None:
            return super().wait(gen, interval, timeout)
        try:
            return super().wait(gen, interval, left)
        except psycopg.errors._WaitTimeout as error:
            self.pgconn.finish()  # the next statement would read the late answer to this one
            _give_up()
            raise Mute(f"PostgreSQL gave no answer within {left:.0f} s") from error

    @classmethod
    def connect(cls, conninfo="", **options):
        left = _left()
        if left is None:
            return super().connect(conninfo, **options)
        patience = max(1, math.ceil(left))
        options["connect_timeout"] = min(int(options.get("connect_timeout") or patience), patience)
        _thread.until = time.monotonic() + left
        try:
            return super().connect(conninfo, **options)
        except (Mute, psycopg.errors.ConnectionTimeout):
            _give_up()
            raise

    @classmethod
    def _connect_gen(cls, conninfo=""):
        """Connects to one of the addresses of the server's name. All addresses share one time limit."""
        if is_page() and time.monotonic() >= _thread.until:
            raise Mute("PostgreSQL gave no answer in time")
        return super()._connect_gen(conninfo)


def _left() -> float | None:
    left = _thread.left
    return left if left is None or _thread.asks_for_all else silence.shorten(left)


def _give_up() -> None:
    _thread.left = 0.0
    silence.suspect()


class _Silence:
    """A process-wide memory that PostgreSQL is silent. While it is, one thread asks for all, and every page fails at
    once. If each page waited instead, all threads would soon be waiting."""

    def __init__(self):
        self.lasts = False
        self._is_asked_about = False
        self._lock = threading.Lock()

    def shorten(self, left: float) -> float:
        """Returns the seconds that a page may wait: `left`, or ASKS_FOR at most while a small question is on its way.
        Raises Mute during a silence."""
        if self.lasts:
            raise Mute("PostgreSQL gives no answer")
        return min(left, ASKS_FOR) if self._is_asked_about else left

    def suspect(self) -> None:
        """Starts a thread that asks a small question. A page waited in vain, but perhaps it only asked for too much;
        the answer to the small question tells."""
        with self._lock:
            if self._is_asked_about:
                return
            self._is_asked_about = True
        threading.Thread(target=self._ask, name="asks-postgresql", daemon=True).start()

    def _ask(self) -> None:
        _thread.asks_for_all = True
        try:
            while _is_mute():
                self.lasts = True
                time.sleep(ASKS_AGAIN)
        finally:
            self.lasts = self._is_asked_about = False


def _is_mute() -> bool:
    """Asks in a session of this thread alone. A server that refuses is not mute: a refusal is an answer."""
    _thread.left = ASKS_FOR
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
    except Error:
        return _thread.left == 0.0
    finally:
        connection.close()
    return False


silence = _Silence()
