"""How long a page waits for PostgreSQL. A server that was suspended answers nothing and fires no time limit of its
own. So the limit is kept on this side: a session that gives no answer in time is given up.

Only pages are impatient. Management commands, backups and migrations wait for as long as it takes."""

import math
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager

import psycopg
from django.db import Error, connection

LIMIT = 5.0  # seconds for one answer
STATEMENT_TIMEOUT = 4500  # milliseconds: PostgreSQL takes the statement back while its page still listens
ASKS_FOR = 2.0  # seconds, once all wait no longer, and the pause between two questions
ASKS_AGAIN = 1.0


class Mute(psycopg.OperationalError):
    """PostgreSQL was asked and gives no answer."""


class _Thread(threading.local):
    left: float | None = None  # seconds that this page may still wait for one answer; None: this is no page
    until = 0.0  # when the addresses of the server have used that up
    asks_for_all = False


_thread = _Thread()


def begin_page() -> None:
    """This thread answers a request now. Nobody says when it has: it never does anything else, and what is streamed is
    read after the application has returned."""
    _thread.left = LIMIT


def end_page() -> None:
    _thread.left = None


def is_page() -> bool:
    return _thread.left is not None


def at_most(seconds: float) -> None:
    """This page has less patience than others."""
    if _thread.left is not None:
        _thread.left = min(_thread.left, seconds)


@contextmanager
def unhurried() -> Iterator[None]:
    """What this page asks inside takes as long as it would take a command, in a session as a command has it: without
    the server's limit. A transaction that was begun before goes on in its own."""
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
    """A session that a page gives up after its limit. What else the page asks then fails at once: it waits once."""

    def wait(self, gen, interval=0.1, timeout=None):
        left = _left()
        if left is None:
            return super().wait(gen, interval, timeout)
        try:
            return super().wait(gen, interval, left)
        except psycopg.errors._WaitTimeout as error:
            self.pgconn.finish()  # nobody may go on with it: the answer to this would be taken for that to the next
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
        """To one of the addresses that the server's name has. They share the time."""
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
    """While PostgreSQL gives nobody an answer, one thread of this process asks for all. Everybody else is told at once:
    threads that wait would soon be all that there are."""

    def __init__(self):
        self.lasts = False
        self._is_asked_about = False
        self._lock = threading.Lock()

    def shorten(self, left: float) -> float:
        """What a page may wait: nothing any more, or no longer than the question that is on its way."""
        if self.lasts:
            raise Mute("PostgreSQL gives no answer")
        return min(left, ASKS_FOR) if self._is_asked_about else left

    def suspect(self) -> None:
        """One page waited in vain. Perhaps it asked for too much; whether all would, a small question tells."""
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
    """In a session of this thread alone. Who refuses answers too."""
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
