"""Posts to a push service: to the very address that was checked, within seconds, and without following it anywhere."""

import socket
import ssl
import time
from functools import cache
from http.client import HTTPException, HTTPSConnection

from metricgain.push.guard import Address, Endpoint

SECONDS = 5.0  # in all, from the look-up of the name to the answer
MOST_READ = 4096  # bytes of an answer, of which only the status counts


class NotConnected(OSError):
    """Nothing has been sent."""


class NoAnswer(OSError):
    """The message was sent, and may have been taken."""


class HurriedSocket(ssl.SSLSocket):
    """Reads until a time and a size, however slowly the bytes come. A plain time limit starts anew at each byte."""

    until = 0.0
    left = MOST_READ

    def recv_into(self, buffer, nbytes=None, flags=0):
        self.settimeout(time_left(self.until))
        room = min(nbytes or len(buffer), self.left)
        count = super().recv_into(memoryview(buffer)[:room], room, flags) if room else 0
        self.left -= count
        return count


class CheckedConnection(HTTPSConnection):
    """Connects to one of `addresses`, whatever the name says by now. The certificate must be that of the name."""

    def __init__(self, endpoint: Endpoint, addresses: list[Address], *, trusts: str | None, until: float):
        super().__init__(endpoint.host, endpoint.port, context=context(trusts))
        self.addresses, self.trusts, self.until = addresses, trusts, until

    def connect(self) -> None:
        plain = self.reached()
        plain.settimeout(time_left(self.until))
        try:
            secure = context(self.trusts).wrap_socket(plain, server_hostname=self.host)
        except BaseException:
            plain.close()
            raise
        assert isinstance(secure, HurriedSocket)
        secure.until = self.until
        secure.settimeout(time_left(self.until))  # what is sent fits into the buffers of a connection
        self.sock = secure

    def reached(self) -> socket.socket:
        for place, address in enumerate(self.addresses, start=1):
            share = time_left(self.until) / (len(self.addresses) - place + 1)
            try:
                return socket.create_connection((str(address), self.port), timeout=share)
            except OSError:
                if place == len(self.addresses):
                    raise
        raise OSError("It has no address.")


@cache
def context(trusts: str | None) -> ssl.SSLContext:
    """`trusts`: the file of the only certificates that are trusted, for tests; None: those of this machine."""
    made = ssl.create_default_context(cafile=trusts)
    made.sslsocket_class = HurriedSocket
    return made


def time_left(until: float) -> float:
    """Returns seconds. Raises TimeoutError where none are left."""
    if (left := until - time.monotonic()) <= 0:
        raise TimeoutError("It took too long.")
    return left


def status_of_post(
    endpoint: Endpoint,
    addresses: list[Address],
    *,
    body: bytes,
    headers: dict[str, str],
    trusts: str | None,
    until: float,
) -> int:
    """Posts, and returns the status of the answer; a redirect is an answer like others. `until`: by `time.monotonic`.
    Raises NotConnected and NoAnswer."""
    connection = CheckedConnection(endpoint, addresses, trusts=trusts, until=until)
    try:
        try:
            connection.connect()
        except OSError as error:
            raise NotConnected(type(error).__name__) from error
        try:
            connection.request("POST", endpoint.target, body=body, headers=headers)
            return connection.getresponse().status
        except (OSError, HTTPException) as error:
            raise NoAnswer(type(error).__name__) from error
    finally:
        connection.close()
