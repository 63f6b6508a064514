"""The connections of one worker process, held by waitress on the port that gunicorn's master opened.

One thread receives requests and sends answers for all connections. A request takes a thread of the application only
when its last byte has arrived. So a slow client costs only a socket, and the slowest clients are cut off."""

import copy
import io
import os
import resource
import signal
import socket
import struct
import time
from collections.abc import Callable

from gunicorn.workers import base
from waitress import wasyncore
from waitress.adjustments import Adjustments
from waitress.channel import HTTPChannel
from waitress.parser import HTTPRequestParser
from waitress.server import TcpWSGIServer
from waitress.task import ErrorTask, ThreadedTaskDispatcher, WSGITask
from waitress.utilities import Error, RequestEntityTooLarge

from metricgain.operations.servers.draining import draining
from metricgain.web import doors

SILENCE = 10  # seconds that a client may be silent within a request, or before the next one
UNREAD = 30  # seconds that a client may read nothing of its answer; a phone in a lift needs this long
FAIRNESS = 30  # seconds after which LEAST_RATE is required
LEAST_RATE = 1000  # bytes a second, on average
FAREWELL = 5  # seconds for a client to read the refusal of the rest of its request
MOST_CONNECTIONS = 1000
OPEN_FILES = 4096  # a connection takes one, and a temporary file for its data another
IN_MEMORY = 256 * 1024  # bytes of a request or an answer; a larger one goes into a temporary file
AHEAD = 16 * 1024 * 1024  # bytes of an answer that may be unread before the application has to wait


class RequestParser(HTTPRequestParser):
    """Hands a request that is larger than most addresses take to the application without its body. The application
    answers with a refusal, or with "100 Continue"; then the rest is received."""

    awaits = False
    rest = b""
    adj: Adjustments
    error: Error | None
    expect_continue: bool

    def __init__(self, adj):
        super().__init__(adj)
        self.began, self.size = time.time(), 0

    def received(self, data: bytes) -> int:
        consumed = super().received(data)
        self.size += consumed
        if not isinstance(self.error, RequestEntityTooLarge):
            return consumed
        self.error, self.awaits = None, True
        self.expects, self.expect_continue = self.expect_continue, False
        self.rest = data[consumed:]
        if self.chunked:
            self.headers["CONTENT_LENGTH"] = str(doors.UNTOLD)
        return len(data)

    def get_body_stream(self):
        return io.BytesIO() if self.awaits else super().get_body_stream()

    def go_on(self) -> None:
        """Receives the rest of the body, up to the length that the client announced."""
        self.awaits, self.completed, self.expect_continue = False, False, self.expects
        self.adj = copy.copy(self.adj)
        self.adj.max_request_body_size = self.content_length + 1
        self.received(self.rest)

    def close(self) -> None:
        if self.completed:
            super().close()


class Answer(WSGITask):
    def get_environment(self) -> dict:
        return super().get_environment() | {doors.AWAITED: self.request.awaits and not self.request.chunked}

    def build_response_header(self) -> bytes:
        if self.request.awaits or draining.is_going:
            self.set_close_on_finish()
        return super().build_response_header()

    def write(self, data: bytes) -> None:
        if self.is_go_ahead():
            return
        if self.request.command == "HEAD":  # waitress expects the application to send no body for HEAD
            self.content_bytes_written += len(data)
            data = b""
        super().write(data)

    def finish(self) -> None:
        if self.is_go_ahead():
            self.request.go_on()
            self.channel.request = self.request
            return
        if self.request.command == "HEAD":
            self.write(b"")
            self.chunked_response = False
        super().finish()
        self.channel.is_sent_more = self.request.awaits

    def is_go_ahead(self) -> bool:
        return self.request.awaits and self.status.startswith("100")


class Refusal(ErrorTask):
    """The answer to bytes that are no request at all."""

    def finish(self) -> None:
        super().finish()
        self.channel.is_sent_more = True


class ClientConnection(HTTPChannel):
    parser_class = RequestParser
    task_class = Answer
    error_task_class = Refusal

    is_sent_more = False  # the client sends more than we read
    says_farewell = False
    sent = 0
    owes_since = None  # when the answer began to wait for its reader
    sent_before = 0  # bytes sent before that

    def send(self, data: bytes, do_close: bool = True) -> int:
        count = super().send(data, do_close=do_close)
        self.sent += count
        return count

    # The kernel resets a connection that is closed with unread bytes, and its client may never see the answer. So we
    # close only our half, and read on for a few seconds.

    def handle_write(self) -> None:
        if self.is_sent_more and self.close_when_flushed and not self.will_close:
            self._flush_exception(self._flush_some)
            if not self.total_outbufs_len and self.connected:
                self.says_farewell = True
                self.socket.shutdown(socket.SHUT_WR)
        else:
            super().handle_write()

    def writable(self) -> bool:
        return self.will_close if self.says_farewell else super().writable()

    def readable(self) -> bool:
        return not self.will_close if self.says_farewell else super().readable()

    def handle_read(self) -> None:
        if self.says_farewell:
            self.recv(self.adj.recv_bytes)
        else:
            super().handle_read()

    def is_overdue(self, now: float) -> bool:
        silent = now - self.last_activity
        if self.says_farewell:
            return silent > FAREWELL
        if self.total_outbufs_len:
            if self.owes_since is None:
                self.owes_since, self.sent_before = now, self.sent
            return silent > UNREAD or is_too_slow(self.sent - self.sent_before, now - self.owes_since)
        self.owes_since = None
        if self.requests:  # the application is working on a request
            return False
        return silent > SILENCE or bool(self.request and is_too_slow(self.request.size, now - self.request.began))

    def cut(self) -> None:
        """Closes the connection. Makes the kernel drop its unread data too."""
        if self.total_outbufs_len:
            self.socket.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
        self.handle_close()

    def is_at_work(self) -> bool:
        return bool(self.requests or self.request or self.total_outbufs_len)


def is_too_slow(size: int, seconds: float) -> bool:
    return seconds > FAIRNESS and size < LEAST_RATE * seconds


class Door(TcpWSGIServer):
    channel_class = ClientConnection

    def turn(self, seconds: float) -> None:
        """Does the pending work, or waits for some for at most `seconds`."""
        wasyncore.loop(seconds, use_poll=True, map=self._map, count=1)

    def stop_listening(self) -> None:
        self.accepting = False
        self.del_channel()
        self.socket.close()

    def maintenance(self, now: float) -> None:
        for connection in list(self.active_channels.values()):
            if connection.is_overdue(now):
                connection.cut()


def open_door(application: Callable, sock: socket.socket, threads: int) -> Door:
    adjustments = Adjustments(
        sockets=[sock],
        threads=threads,
        cleanup_interval=1,
        connection_limit=MOST_CONNECTIONS,
        max_request_header_size=64 * 1024,
        max_request_body_size=doors.MOST_BYTES + 1,
        inbuf_overflow=IN_MEMORY,
        outbuf_overflow=IN_MEMORY,
        outbuf_high_watermark=AHEAD,
        clear_untrusted_proxy_headers=False,  # metricgain.web.hosts alone decides which proxy to believe
        ident=None,
    )
    dispatcher = ThreadedTaskDispatcher()
    dispatcher.set_thread_count(threads)
    place = (sock.family, sock.type, sock.proto, sock.getsockname())
    return Door(application, {}, True, sock, dispatcher=dispatcher, adj=adjustments, sockinfo=place, bind_socket=False)


class Worker(base.Worker):
    """A worker process. gunicorn's master starts it and replaces it when it dies. It ends when the master is gone."""

    def run(self) -> None:
        allow_many_files()
        self.door = open_door(self.wsgi, self.sockets[0].sock, self.cfg.threads)
        while self.alive and self.ppid == os.getppid():
            self.turn(1)
        if not self.alive:
            self.leave()
            # From here on Python may put the default back, and the master would tell of a worker that was killed.
            self.on_late_signals(signal.SIG_IGN)

    def turn(self, seconds: float) -> None:
        self.notify()
        self.door.turn(seconds)

    def leave(self) -> None:
        """Waits for requests in flight, including those that have arrived but were not read yet. Whoever comes later is
        refused at once: a listener that stays open meanwhile takes requests that nobody reads, and resets them in the
        end."""
        for _ in range(MOST_CONNECTIONS):
            known = set(self.door.active_channels)
            self.turn(0)  # accepts one more connection, and reads from the others
            if known.issuperset(self.door.active_channels):
                break
        self.door.stop_listening()
        deadline = time.monotonic() + self.cfg.graceful_timeout
        while time.monotonic() < deadline and any(one.is_at_work() for one in self.door.active_channels.values()):
            self.turn(0.1)

    def handle_exit(self, sig, frame) -> None:
        self.alive = False
        # Ctrl-C reaches this process from the terminal, and again as the master's SIGQUIT. If that has come already,
        # Python would complain of a handler that is none.
        self.on_late_signals(lambda *ignored: None)
        if hasattr(self, "door"):
            self.door.pull_trigger()

    handle_quit = handle_exit

    @staticmethod
    def on_late_signals(handler) -> None:
        for late in (signal.SIGINT, signal.SIGQUIT):
            signal.signal(late, handler)


def allow_many_files() -> None:
    _, most = resource.getrlimit(resource.RLIMIT_NOFILE)
    allowed = OPEN_FILES if most == resource.RLIM_INFINITY else min(OPEN_FILES, most)
    resource.setrlimit(resource.RLIMIT_NOFILE, (allowed, most))
