"""Measures what slow clients cost the others, and how many pages a second the server answers.

    python benchmarks/speed/slow_clients.py [--clone DIR[@2x4]]... [--connections 200] [--clients 8] [--rounds 3]
                                            [--into docs/performance.md]

Starts a real `manage.py serve` on a PostgreSQL of its own, all on this machine. First `--clients` lifters open pages
and log sets for `--seconds`, `--rounds` times; this gives requests a second, the 95th percentile, and the memory of the
server's processes. Then `--connections` clients of one kind after the other send or read as slowly as they can.
Meanwhile new clients ask /healthz, and the time is taken until the server has closed the last slow connection.
`--clone` names another version of MetricGain; several take turns, so that other load on the machine affects all. On a
busy machine the CPU of a request is stable when the clock is not."""

import argparse
import http.client
import itertools
import json
import random
import resource
import shutil
import signal
import socket
import statistics
import sys
import tempfile
import threading
import time
from contextlib import closing, suppress
from pathlib import Path
from urllib.parse import urlencode

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT))

import psutil  # noqa: E402

PATIENCE = 75  # seconds within which the server should have closed all connections
ASKED = 100  # requests of /healthz
HEAD = b"POST /login/ HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Type: application/x-www-form-urlencoded\r\n"
HEAD += b"Cookie: csrftoken=" + b"x" * 32 + b"\r\n"  # a cookie, so that the application reads the body for its token
SAID_AT_ONCE = {
    "idle": b"",
    "kept alive": b"GET /healthz HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n",
    "half-sent headers": HEAD,
    "half-sent bodies": HEAD + b"Content-Length: 100\r\n\r\nlogin=",
    "half-sent chunks": HEAD + b"Transfer-Encoding: chunked\r\n\r\n64\r\nlogin=",
    "a byte every 5 s": HEAD + b"X: ",
    "unread answers": b"GET /static/screenshots/workout.png HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n" * 100,
}


class Crowd:
    """Many slow connections of one kind."""

    def __init__(self, port: int, kind: str, count: int):
        self.kind, self.socks = kind, []
        for _ in range(count):
            sock = socket.socket()
            if kind == "unread answers":
                sock.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4096)
            sock.settimeout(5)
            with suppress(OSError):
                sock.connect(("127.0.0.1", port))
                sock.sendall(SAID_AT_ONCE[kind])
            self.socks.append(sock)
        self.dripped = time.monotonic()

    def drip(self) -> None:
        if self.kind == "a byte every 5 s" and time.monotonic() - self.dripped > 5:
            self.dripped = time.monotonic()
            for sock in self.socks:
                with suppress(OSError):
                    sock.send(b"x")

    def close(self) -> None:
        for sock in self.socks:
            sock.close()


def processes(machine) -> list[psutil.Process]:
    master = psutil.Process(machine.server.pid)
    return [master, *master.children(recursive=True)]


def cpu(machine) -> float:
    """Returns the CPU seconds of the server's Python processes. PostgreSQL's are the same for every version."""
    return sum(sum(process.cpu_times()[:2]) for process in processes(machine))


def held(machine, ports: set[int]) -> int:
    """Returns how many connections of the crowd the server's processes have open."""
    found = {one.raddr.port for process in processes(machine) for one in process.net_connections("tcp") if one.raddr}
    return len(found & ports)


def healthz(port: int) -> float:
    """Returns the milliseconds of /healthz over a new connection."""
    began = time.perf_counter()
    with closing(http.client.HTTPConnection("127.0.0.1", port, timeout=20)) as connection:
        connection.request("GET", "/healthz")
        connection.getresponse().read()
    return 1000 * (time.perf_counter() - began)


def face(machine, port: int, kind: str, count: int) -> list[str]:
    began = time.monotonic()
    crowd = Crowd(port, kind, count)
    ports = {sock.getsockname()[1] for sock in crowd.socks}
    taken, failed = [], 0
    try:
        while len(taken) + failed < ASKED and time.monotonic() - began < PATIENCE:
            crowd.drip()
            try:
                taken.append(healthz(port))
            except (OSError, http.client.HTTPException):
                failed += 1
            time.sleep(0.02)
        while (left := held(machine, ports)) and time.monotonic() - began < PATIENCE:
            crowd.drip()
            time.sleep(0.2)
        closed = f"{time.monotonic() - began:.0f} s" if not left else f"{left} open after {PATIENCE} s"
    finally:
        crowd.close()
    return [f"{count} {kind}", *middle_and_tail(taken), str(failed), closed]


def middle_and_tail(taken: list[float]) -> list[str]:
    if len(taken) < 20:
        return ["-", "-"]
    return [f"{statistics.median(taken):.0f} ms", f"{statistics.quantiles(taken, n=20)[-1]:.0f} ms"]


class Member:
    """A lifter who opens one page after the other, over one connection like a browser, or over a new one each time."""

    def __init__(self, port: int, workouts: list[int], session: str, exercises: dict):
        self.keeps, self.taken, self.failed = True, [], 0
        self.headers = {"Cookie": f"sessionid={session}"}
        self.connection = http.client.HTTPConnection("127.0.0.1", port, timeout=20)
        workout, exercise = workouts[0], next(iter(exercises))
        place = f"/workouts/{workout}/week/1/"
        pages = ["/", place, "/progress/", "/exercises/", f"/exercises/{exercise}/", place, "/progress/records/"]
        sets = [f"{place}exercises/{exercise}/sets/{number}/" for number in range(1, 7)]
        turns = [*zip(pages, itertools.repeat("GET")), *zip(sets[:3], itertools.repeat("POST"))]
        random.Random(workout).shuffle(turns)
        self.turns = itertools.cycle(turns)

    def meet(self) -> None:
        said = json.loads(self.ask("GET", "/outbox/"))
        self.headers |= {"X-CSRFToken": said["token"], "X-Outbox": str(said["user"])}

    def ask(self, method: str, address: str) -> bytes:
        body = urlencode({"weight": "60", "reps": "8", "unit": "kg"}) if method == "POST" else None
        kind = {"Content-Type": "application/x-www-form-urlencoded"} if body else {}
        self.connection.request(method, address, body, self.headers | kind)
        answer = self.connection.getresponse()
        text = answer.read()
        for given in answer.headers.get_all("Set-Cookie", []):
            if given.startswith("csrftoken="):
                self.headers["Cookie"] += "; " + given.partition(";")[0]
        self.failed += answer.status >= 400
        if not self.keeps:
            self.connection.close()
        return text

    def train(self, until: float) -> None:
        while time.monotonic() < until:
            began = time.perf_counter()
            try:
                self.ask(*reversed(next(self.turns)))
            except (OSError, http.client.HTTPException):
                self.failed += 1
                self.connection.close()
            self.taken.append(1000 * (time.perf_counter() - began))


def load(machine, members: list[Member], seconds: float, keeps: bool) -> list[str]:
    for member in members:
        member.keeps, member.taken, member.failed = keeps, [], 0
        member.connection.close()
    until, before = time.monotonic() + seconds, cpu(machine)
    threads = [threading.Thread(target=member.train, args=[until]) for member in members]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    taken = [one for member in members for one in member.taken]
    spent = f"{1000 * (cpu(machine) - before) / len(taken):.1f} ms"
    memory = sum(process.memory_full_info().pss for process in processes(machine)) / 2**20
    way = "kept connections" if keeps else "a connection a request"
    failed = sum(member.failed for member in members)
    return [
        way,
        f"{len(taken) / seconds:.0f} a second",
        *middle_and_tail(taken),
        str(failed),
        spent,
        f"{memory:.0f} MB",
    ]


LOADS = ("version", "load", "requests", "median", "95 %", "failed", "CPU of a request", "memory")
CROWDS = ("version", "crowd", "/healthz, median", "95 %", "failed", "all closed by the server after")


def told(cells: list[str]) -> list[str]:
    print(*cells, sep=", ", file=sys.stderr, flush=True)  # a run takes minutes
    return cells


def run(asked: argparse.Namespace) -> None:
    from django.conf import settings
    from django.db import connections

    from benchmarks.speed import printed
    from benchmarks.storm.gathering import join, library
    from metricgain.operations.tests import machine as machines
    from metricgain.operations.tests.serving import free_port

    served = {}
    try:
        for clone in asked.clone or [str(ROOT)]:
            place, _, size = clone.partition("@")
            workers, _, threads = (size or "2x4").partition("x")
            machines.ROOT, port = Path(place), free_port()
            machine = machines.Machine(settings.DATA_DIR, PORT=str(port), WORKERS=workers, THREADS=threads)
            machine.start_database()
            machine.start_server()
            served[f"{Path(place).name} {workers}x{threads}"] = machine, port, []
        exercises = library()
        for number in range(asked.clients):
            lifter = join(1, number, 5, 4, exercises)
            for _, port, members in served.values():
                members.append(Member(port, lifter.workouts, lifter.cookies[0], lifter.exercises))
        connections.close_all()
        for machine, _, members in served.values():
            for member in members:
                member.meet()
            load(machine, members, 3, True)  # to warm up
        loads = [
            told([name, *load(machine, members, asked.seconds, keeps)])
            for _, keeps, (name, (machine, _, members)) in itertools.product(
                range(asked.rounds), (True, False), served.items()
            )
        ]
        crowds = [
            told([name, *face(machine, port, kind, asked.connections if kind in SAID_AT_ONCE else 0)])
            for kind, (name, (machine, port, _)) in itertools.product(
                ["nobody", *SAID_AT_ONCE] if asked.connections else [], served.items()
            )
        ]
        tables = printed.table(LOADS, loads), printed.table(CROWDS, crowds)
        printed.put("\n\n".join([printed.provenance(), *tables]), "slow clients", asked.into)
    finally:
        connections.close_all()
        for machine, _, _ in served.values():
            machine.stop()


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("--clone", action="append", help="a directory, and perhaps WORKERSxTHREADS: ../before@2x4")
    options.add_argument("--connections", type=int, default=200)
    options.add_argument("--clients", type=int, default=8)
    options.add_argument("--seconds", type=float, default=10)
    options.add_argument("--rounds", type=int, default=3)
    options.add_argument("--into", type=Path)
    asked = options.parse_args()
    _, most = resource.getrlimit(resource.RLIMIT_NOFILE)
    resource.setrlimit(resource.RLIMIT_NOFILE, (min(most, 4096), most))
    from benchmarks.storm.storm import prepare

    directory = Path(tempfile.mkdtemp(prefix="metricgain-slow-"))
    prepare(directory)
    signal.signal(signal.SIGTERM, lambda *ignored: sys.exit(1))  # an exception, so that every `finally` runs
    try:
        run(asked)
    finally:
        shutil.rmtree(directory, ignore_errors=True)


if __name__ == "__main__":
    main()
