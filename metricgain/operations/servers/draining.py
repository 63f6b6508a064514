"""Tells load balancers that this server is about to go, before it closes its listener.

A load balancer asks /readyz every few seconds. After SIGTERM the answer is no, and the server goes on for a while,
until the load balancer sends it no more requests. A server whose /readyz nobody asks goes at once."""

import mmap
import struct
import time

ASKED_WITHIN = 60.0  # seconds: a load balancer asks more often
ASKED = struct.Struct("d")
GOING = ASKED.size


class Draining:
    """A few bytes that the master shares with the workers that it forks: when one was asked last, and whether we go.
    The clock is the machine's monotonic one, which is the same in all processes."""

    def __init__(self) -> None:
        self.shared = mmap.mmap(-1, ASKED.size + 1)

    def note_asked(self) -> None:
        self.shared[: ASKED.size] = ASKED.pack(time.monotonic())

    @property
    def is_watched(self) -> bool:
        """Tells whether a load balancer looks."""
        (asked,) = ASKED.unpack(self.shared[: ASKED.size])
        return bool(asked) and time.monotonic() - asked < ASKED_WITHIN

    def begin(self) -> None:
        self.shared[GOING] = 1

    @property
    def is_going(self) -> bool:
        return bool(self.shared[GOING])


draining = Draining()
