"""Restarts three servers behind haproxy one after the other, while lifters read pages and log sets.

    python -m benchmarks.drill.rolling [--lifters 6] [--rounds 1]

One PostgreSQL, three `manage.py serve --no-prepare` with a DATA_DIR each, and a haproxy that tries nothing twice: only
what a server does between SIGTERM and its end may keep requests from failing. No request may fail, nobody may be signed
out, each set has to be there, and one daily backup has to be made in all. Then the same with clients of HTTP/1.0 and
the checks that haproxy has by itself. At last a server is killed with -9, and another one where haproxy may send
elsewhere what a server refused: some requests fail, and no set that was acknowledged is lost. Exits with 1 if anything
of this is not so."""

import argparse
import http.client
import json
import os
import random
import signal
import subprocess
import sys
import tempfile
import threading
import time
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from urllib.parse import urlencode

from benchmarks.drill import balancer, cluster, failover, servers
from metricgain.operations.servers import embedded

NAMES = ("one", "two", "three")
QUICK = "inter 1s fall 2 rise 1"
OLD_CLIENTS = 12
WEEKS, DAYS = 6, 5
PACE = 0.1  # seconds, on average, between two requests of a lifter
LONG_PAUSE = (8, 12)  # seconds; an app server closes a connection that is silent for 10
PATIENCE = 60  # seconds for a start or an end


Kind = type[http.client.HTTPConnection]


class OldConnection(http.client.HTTPConnection):
    """Speaks HTTP/1.0, as some monitors and scripts do: one connection a request, and no chunks."""

    _http_vsn = 10
    _http_vsn_str = "HTTP/1.0"


@dataclass(slots=True)
class Traffic:
    """What a run has seen."""

    requests: int = 0
    sets: int = 0
    failed: Counter = field(default_factory=Counter)  # by what was wrong
    longest: float = 0  # seconds for an answer
    restarts: list[tuple[float, float]] = field(default_factory=list)  # seconds until gone, and until taken again
    is_over: bool = False
    lock: threading.Lock = field(default_factory=threading.Lock)

    def note(self, wrong: str, seconds: float, *, is_set: bool) -> None:
        with self.lock:
            self.requests += 1
            self.longest = max(self.longest, seconds)
            if wrong:
                self.failed[wrong] += 1
            else:
                self.sets += is_set


class HttpLifter:
    """Reads pages and logs sets, each once: what fails stays failed. Keeps a connection for some requests, or opens one
    for each. `places` are workouts, weeks and exercises."""

    def __init__(self, user: int, session: str, port: int, places: list[tuple[int, int, int]], *, seed: int):
        self.user, self.session, self.port, self.places = user, session, port, places
        self.random = random.Random(seed)
        self.kind: Kind = http.client.HTTPConnection
        self.connection: http.client.HTTPConnection | None = None
        self.left = 0  # requests until it takes another connection
        self.csrf = self.token = ""
        self.count = 0
        self.acknowledged: dict[tuple, tuple[float, int]] = {}
        self.perhaps: dict[tuple, list[tuple[float, int]]] = {}  # sent since, without an answer

    def train(self, traffic: Traffic) -> None:
        """Goes on until the traffic is over."""
        self.token = ""
        while not traffic.is_over:
            if not self.token:
                self.token = self.meet(traffic)
            elif self.random.random() < 0.5:
                self.log_set(traffic)
            else:
                workout, week, _ = self.random.choice(self.places)
                page = self.random.choice(("/", f"/workouts/{workout}/week/{week}/", "/exercises/", "/progress/"))
                self.ask(traffic, "GET", page)
            is_long = self.connection and self.random.random() < 0.01
            time.sleep(self.random.uniform(*LONG_PAUSE) if is_long else self.random.uniform(0, 2 * PACE))
        self.hang_up()

    def meet(self, traffic: Traffic) -> str:
        text = self.ask(traffic, "GET", "/outbox/")
        return json.loads(text)["token"] if text else ""

    def log_set(self, traffic: Traffic) -> None:
        """Each set has a weight of its own; after the last place it begins anew."""
        number, place = divmod(self.count, len(self.places))
        workout, week, exercise = self.places[place]
        fact = ("set", workout, week, exercise, number % 20 + 1)
        value = (self.count % 4000 / 4 + 0.25, self.count // 4000 + 5)
        self.count += 1
        body = {"weight": f"{value[0]:.2f}", "reps": str(value[1]), "unit": "kg"}
        body["edited_at"] = datetime.now(UTC).isoformat()
        address = f"/workouts/{workout}/week/{week}/exercises/{exercise}/sets/{fact[-1]}/"
        self.perhaps.setdefault(fact, []).append(value)
        if self.ask(traffic, "POST", address, body):
            self.acknowledged[fact] = value
            self.perhaps[fact] = []

    def ask(self, traffic: Traffic, method: str, address: str, body: dict | None = None) -> str:
        """Returns the text of the answer; nothing where it failed, in whichever way."""
        cookie = f"sessionid={self.session}" + (f"; csrftoken={self.csrf}" if self.csrf else "")
        headers = {"Host": f"127.0.0.1:{self.port}", "Cookie": cookie}
        if body:
            headers |= {"X-CSRFToken": self.token, "X-Outbox": str(self.user)}
            headers["Content-Type"] = "application/x-www-form-urlencoded"
        began, text = time.monotonic(), ""
        try:
            connection = self.take_connection()
            connection.request(method, address, urlencode(body) if body else None, headers)
            answer = connection.getresponse()
            text = answer.read().decode(errors="replace")
            wrong = "" if 200 <= answer.status < 300 else f"{answer.status} of {method}"
            for cookie in answer.headers.get_all("Set-Cookie", []):
                if cookie.startswith("csrftoken="):
                    self.csrf = cookie.partition("=")[2].partition(";")[0]
        except (OSError, http.client.HTTPException) as error:
            wrong = f"{type(error).__name__} of {method}"
            self.hang_up()
        traffic.note(wrong, time.monotonic() - began, is_set=method == "POST")
        return "" if wrong else text

    def take_connection(self) -> http.client.HTTPConnection:
        if self.connection is None or self.left == 0:
            self.hang_up()
            self.connection = self.kind("127.0.0.1", self.port, timeout=30)
            self.left = self.random.choice((1, 1, 5, 40))
        self.left -= 1
        return self.connection

    def hang_up(self) -> None:
        if self.connection:
            self.connection.close()
        self.connection = None

    def lost(self, stored: dict) -> list[str]:
        """Returns the sets that were acknowledged, and of which something else is stored."""
        found = []
        for fact, value in self.acknowledged.items():
            values = [row.value for row in stored.get(fact, [])]
            if len(values) != 1 or values[0] not in (value, *self.perhaps[fact]):
                found.append(f"user {self.user}, {fact}: acknowledged {value}, stored {values}")
        return found


class AppServer:
    def __init__(self, home: Path, name: str, **environment: str):
        self.name, self.home, self.port = name, home / name, cluster.free_port()
        self.home.mkdir()
        own = {"DATA_DIR": str(self.home), "BACKUP_DIR": str(self.home / "backups"), "PORT": str(self.port)}
        self.environment = os.environ | own | environment
        self.process: subprocess.Popen | None = None

    def start(self) -> None:
        """Starts it, and returns when it serves."""
        command = [sys.executable, "manage.py", "serve", "--no-prepare"]
        with (self.home / "log").open("ab") as log:
            self.process = subprocess.Popen(
                command, cwd=servers.ROOT, env=self.environment, stdout=log, stderr=log, start_new_session=True
            )
        cluster.eventually(self.is_ready, PATIENCE, f"Server {self.name} serves")

    def is_ready(self) -> bool:
        if self.process.poll() is not None:
            raise RuntimeError(f"Server {self.name} ended:\n{self.said}")
        with closing(http.client.HTTPConnection("127.0.0.1", self.port, timeout=5)) as connection:
            try:
                connection.request("GET", "/livez")
                return connection.getresponse().status == 200
            except OSError:
                return False

    def stop(self) -> None:
        self.process.terminate()
        self.process.wait(PATIENCE)

    def kill(self) -> None:
        if self.process and self.process.poll() is None:
            os.killpg(self.process.pid, signal.SIGKILL)
            self.process.wait()

    @property
    def said(self) -> str:
        return (self.home / "log").read_text(errors="replace")

    @property
    def backups(self) -> list[Path]:
        return sorted((self.home / "backups").glob("*.dump"))


class Fleet:
    def __init__(self, home: Path, lifters: int):
        from benchmarks.storm import gathering

        self.home, self.port = home, cluster.free_port()
        # Two of them may make the daily backup, and one does.
        self.servers = [AppServer(home, name, BACKUP="off" if name == NAMES[0] else "on") for name in NAMES]
        exercises = gathering.library()
        joined = [gathering.join(1, number, WEEKS, DAYS, exercises, own=0) for number in range(lifters)]
        self.lifters = [
            HttpLifter(one.user, one.cookies[0], self.port, self.places(one.workouts, exercises), seed=number)
            for number, one in enumerate(joined)
        ]

    @staticmethod
    def places(workouts: list[int], exercises) -> list[tuple[int, int, int]]:
        trained = (exercises.press, exercises.row)
        return [(workout, week, one) for week in range(1, WEEKS + 1) for workout in workouts for one in trained]

    @contextmanager
    def balancing(self, checks: str, retries: str = balancer.NEVER_TWICE) -> Iterator[balancer.Balancer]:
        """Yields haproxy once it takes all servers."""
        ports = {one.name: one.port for one in self.servers}
        with balancer.balancing(self.home, self.port, ports, checks=checks, retries=retries) as found:
            cluster.eventually(lambda: self.is_whole(found), PATIENCE, "haproxy takes all servers")
            yield found

    def is_whole(self, found: balancer.Balancer) -> bool:
        return set(found.states().values()) == {"UP"}

    def train(self, lifters: int, kind: Kind, work: Callable[[Traffic], object]) -> Traffic:
        """Lets lifters train while `work` runs."""
        traffic = Traffic()
        threads = []
        for lifter in self.lifters[:lifters]:
            lifter.kind = kind
            threads.append(threading.Thread(target=lifter.train, args=[traffic], daemon=True))
        for thread in threads:
            thread.start()
        try:
            time.sleep(3)
            work(traffic)
            time.sleep(3)
        finally:
            traffic.is_over = True
            for thread in threads:
                thread.join(PATIENCE)
        return traffic

    def restart_all(self, found: balancer.Balancer, traffic: Traffic, *, rounds: int) -> None:
        for one in self.servers * rounds:
            began = time.monotonic()
            one.stop()
            gone = time.monotonic()
            one.start()
            cluster.eventually(partial(self.is_whole, found), PATIENCE, f"haproxy takes {one.name} again")
            traffic.restarts.append((gone - began, time.monotonic() - gone))

    def kill_one(self, found: balancer.Balancer, traffic: Traffic) -> None:
        killed = self.servers[1]
        killed.kill()
        time.sleep(5)
        killed.start()
        cluster.eventually(lambda: self.is_whole(found), PATIENCE, f"haproxy takes {killed.name} again")

    def lost(self) -> list[str]:
        from benchmarks.storm import gathering

        return [line for lifter in self.lifters for line in lifter.lost(gathering.stored_of(lifter.user))]


def told(traffic: Traffic, lost: list[str]) -> None:
    if traffic.restarts:
        ends, starts = zip(*traffic.restarts, strict=True)
        print(f"{len(ends)} restarts: gone after {min(ends):.1f} to {max(ends):.1f} s, "
              f"taken again {min(starts):.1f} to {max(starts):.1f} s later")  # fmt: skip
    failed = f"{traffic.failed.total()} failed {dict(traffic.failed) or ''}".strip()
    print(f"{traffic.requests:,} requests, {traffic.sets:,} of them sets; {failed}; {len(lost)} acknowledged sets lost")
    print(f"longest answer {traffic.longest:.1f} s", flush=True)
    for line in lost[:20]:
        print(line)


def roll(fleet: Fleet, checks: str, *, lifters: int, kind: Kind, rounds: int) -> list[str]:
    """Restarts all servers, `rounds` times, and returns what was wrong."""
    with fleet.balancing(checks) as found:
        traffic = fleet.train(lifters, kind, partial(fleet.restart_all, found, rounds=rounds))
        lost = fleet.lost()
        told(traffic, lost)
        if traffic.failed:
            print(*found.failures()[:20], sep="\n")
    return [*(["requests failed"] if traffic.failed else []), *(["sets were lost"] if lost else [])]


def kill(fleet: Fleet, retries: str, *, lifters: int) -> list[str]:
    """Kills a server with -9, and returns what was wrong: not that requests fail, which cannot be helped."""
    with fleet.balancing(QUICK, retries) as found:
        traffic = fleet.train(lifters, http.client.HTTPConnection, partial(fleet.kill_one, found))
    lost = fleet.lost()
    told(traffic, lost)
    is_refused = any(one[0] in "34" for one in traffic.failed)
    return [*(["somebody was signed out"] if is_refused else []), *(["sets were lost"] if lost else [])]


def look_at_servers(fleet: Fleet) -> list[str]:
    cluster.eventually(lambda: any(one.backups for one in fleet.servers), PATIENCE, "A daily backup is made")
    made = [path for one in fleet.servers for path in one.backups]
    print(f"{len(made)} daily backup in all")
    wrong = [] if len(made) == 1 and not fleet.servers[0].backups else [f"daily backups: {made}"]
    for one in fleet.servers:
        if "Traceback" in one.said:
            wrong.append(f"server {one.name} wrote a traceback")
            print(one.said[-3000:])
    return wrong


def run(home: Path, *, lifters: int, rounds: int) -> list[str]:
    """Returns what was wrong."""
    fleet = Fleet(home, max(lifters, OLD_CLIENTS))
    kept = http.client.HTTPConnection
    parts = {
        f"{lifters} lifters, haproxy checks with {QUICK}": partial(
            roll, fleet, QUICK, lifters=lifters, kind=kept, rounds=rounds
        ),
        f"{OLD_CLIENTS} clients of HTTP/1.0, haproxy's own checks": partial(
            roll, fleet, "", lifters=OLD_CLIENTS, kind=OldConnection, rounds=1
        ),
    } | {
        f"{lifters} lifters, a server is killed with -9, haproxy has “{retries}”": partial(
            kill, fleet, retries, lifters=lifters
        )
        for retries in (balancer.NEVER_TWICE, balancer.ELSEWHERE)
    }
    wrong = []
    try:
        for one in fleet.servers:
            one.start()
        for what, part in parts.items():
            print(f"\n{what}:", flush=True)
            wrong += [f"{what}: {one}" for one in part()]
        wrong += look_at_servers(fleet)
    finally:
        for one in fleet.servers:
            one.kill()
    return wrong


def main() -> int:
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("--lifters", type=int, default=6)
    options.add_argument("--rounds", type=int, default=1)
    asked = options.parse_args()
    if balancer.program() is None:
        print("This machine has no haproxy.", file=sys.stderr)
        return 1
    with servers.serving(embedded.binaries()) as url, tempfile.TemporaryDirectory(prefix="metricgain-") as made:
        home = Path(made)
        (home / "secret").write_text("the secret of all\n")
        os.environ |= {"SECRET_KEY": "", "SECRET_KEY_FILE": str(home / "secret"), "STATIC_ROOT": str(home / "static")}
        failover.prepare(home / "prepared", url)
        subprocess.run([sys.executable, "manage.py", "prepare"], cwd=servers.ROOT, check=True)
        from django.db import connections

        try:
            wrong = run(home, lifters=asked.lifters, rounds=asked.rounds)
        finally:
            connections.close_all()
    for one in wrong:
        print(f"Not as it should be: {one}")
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
