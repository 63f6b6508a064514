"""An unreliable network: a proxy on this machine, between phones and their server, with changing "weather".

Each connection has one request. The weather when it arrives decides its fate."""

import asyncio
import random
import socket
import threading
from contextlib import suppress

PORTAL = b"<!doctype html><html><title>Free Wi-Fi</title><p>Accept our terms</p></html>"
# Kinds of bad weather and their relative frequency.
BAD = {
    "slow": 2,  # request and answer each take up to half a second longer
    "refused": 2,  # nobody listens
    "hung": 2,  # accepts requests, passes nothing on, answers nothing
    "late": 2,  # holds a request for seconds, then delivers it; half of the phones lose the connection at once
    "dropped": 3,  # the server does the request, and its answer never arrives
    "cut": 2,  # the answer breaks off in the middle
    "portal": 2,  # a captive portal answers half of the requests, with a 200
    "broken": 1,  # 502
}


class Weather:
    """The proxy. Phones connect to `port`; their server listens on `upstream`."""

    def __init__(self, upstream: int, *, seed: int):
        self.upstream, self.random = upstream, random.Random(seed)
        self.mode = "open"
        self.lost_answers = 0  # of requests whose facts the server has stored
        self._to_come: list[str] = []
        self._pending: set[asyncio.Task] = set()
        self._ways: set[asyncio.StreamWriter] = set()
        self._changed = asyncio.Event()
        self._loop = asyncio.new_event_loop()
        # Python 3.13 reports an error when a listener closes while it has connections. Here that is intended.
        self._loop.set_exception_handler(lambda loop, context: None)
        threading.Thread(target=self._loop.run_forever, name="weather", daemon=True).start()
        self.port = 0
        self._do(self._listen())

    def turn(self, mode: str) -> None:
        self._do(self._turn(mode))

    def turn_somehow(self) -> None:
        """Changes from good weather to bad or back. Takes the bad kinds from a shuffled deck, so that all come."""
        if self.mode != "open":
            return self.turn("open")
        if not self._to_come:
            self._to_come = [mode for mode, often in BAD.items() for _ in range(often)]
            self.random.shuffle(self._to_come)
        return self.turn(self._to_come.pop())

    def settle(self, patience: float = 30) -> None:
        """Sets good weather. Returns when all delayed requests have arrived, after `patience` seconds at most."""
        self.turn("open")
        self._do(self._settled(patience))

    def end(self) -> None:
        self._do(self._turn("refused"))
        self._loop.call_soon_threadsafe(self._loop.stop)

    def _do(self, work):
        return asyncio.run_coroutine_threadsafe(work, self._loop).result(60)

    async def _listen(self) -> None:
        self._server = await asyncio.start_server(self._take, "127.0.0.1", self.port, backlog=512)
        self.port = self._server.sockets[0].getsockname()[1]

    async def _turn(self, mode: str) -> None:
        was, self.mode = self.mode, mode
        self._changed.set()
        self._changed = asyncio.Event()
        if mode == "refused" != was:
            self._server.close()
            for way in list(self._ways):
                _hang_up(way)
        elif was == "refused" != mode:
            await self._listen()

    async def _settled(self, patience: float) -> None:
        if self._pending:
            await asyncio.wait(self._pending, timeout=patience)

    async def _take(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self._ways.add(writer)
        try:
            head = await reader.readuntil(b"\r\n\r\n")
            asked = head + await reader.readexactly(_length(head))
            # A task of its own, which goes on when the phone hangs up.
            task = asyncio.create_task(self._answer(asked, writer))
            self._pending.add(task)
            task.add_done_callback(self._pending.discard)
            await asyncio.shield(task)
        except (OSError, asyncio.IncompleteReadError):
            pass
        finally:
            self._ways.discard(writer)
            writer.close()

    async def _answer(self, asked: bytes, writer: asyncio.StreamWriter) -> None:
        mode, chance = self.mode, self.random.random()
        if mode == "hung":
            with suppress(TimeoutError):
                await asyncio.wait_for(self._changed.wait(), 20)
            return _hang_up(writer)
        if mode == "broken":
            return writer.write(_stranger(b"502 Bad Gateway", b"502"))
        if mode == "portal" and chance < 0.5:
            return writer.write(_stranger(b"200 OK", PORTAL))
        if mode == "late":
            if self.random.random() < 0.5:
                _hang_up(writer)
            await asyncio.sleep(8 * chance)
        if mode == "slow":
            await asyncio.sleep(0.5 * chance)
        answer = await self._ask(asked)
        if mode == "slow":
            await asyncio.sleep(0.5 * self.random.random())
        is_lost = mode == "dropped" or not answer
        if mode == "cut" and answer:
            writer.write(answer[: int(chance * len(answer))])
            await self._drained(writer)
            is_lost = True
        if is_lost:
            self.lost_answers += asked.startswith(b"POST /workouts") and answer.startswith(b"HTTP/1.1 200")
            return _hang_up(writer)
        writer.write(answer)
        await self._drained(writer)

    async def _drained(self, writer: asyncio.StreamWriter) -> None:
        with suppress(OSError):
            await writer.drain()

    async def _ask(self, asked: bytes) -> bytes:
        """Returns the server's answer; empty where the server is gone, or dies meanwhile."""
        first, _, rest = asked.partition(b"\r\n")
        head, _, body = rest.partition(b"\r\n\r\n")
        kept = [line for line in head.split(b"\r\n") if not line.lower().startswith((b"connection:", b"keep-alive:"))]
        try:
            reader, writer = await asyncio.open_connection("127.0.0.1", self.upstream)
        except OSError:
            return b""
        try:
            writer.write(b"\r\n".join([first, *kept, b"Connection: close"]) + b"\r\n\r\n" + body)
            return await asyncio.wait_for(reader.read(-1), 60)
        except (OSError, TimeoutError):
            return b""
        finally:
            writer.close()


def _length(head: bytes) -> int:
    fields = (line.split(b":", 1) for line in head.lower().split(b"\r\n") if b":" in line)
    return next((int(value) for name, value in fields if name == b"content-length"), 0)


def _stranger(status: bytes, body: bytes) -> bytes:
    head = b"HTTP/1.1 %s\r\nContent-Type: text/html\r\nContent-Length: %d\r\nConnection: close\r\n\r\n"
    return head % (status, len(body)) + body


def _hang_up(writer: asyncio.StreamWriter) -> None:
    """Ends the connection like a lost signal: with a reset, at any point."""
    with suppress(OSError):
        writer.get_extra_info("socket").setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, b"\1\0\0\0\0\0\0\0")
    writer.transport.abort()
