"""Kills the leader of a PostgreSQL of three nodes, again and again, while lifters log sets, and looks for every set.

    python -m benchmarks.drill.failover [--kills 5] [--lifters 4]

Runs `manage.py serve` with a DATABASE_URL of all three nodes (`benchmarks.drill.cluster`). Each lifter has a phone that
sends a set until it is acknowledged, as the outbox does. The whole node is killed with -9, Patroni and PostgreSQL, and
started again once another one leads. A verified backup ends the run. Exits with 1 if an acknowledged set is lost, if
anything was answered with 500, or if the server wrote a traceback."""

import argparse
import os
import shutil
import sys
import tempfile
import threading
import time
from collections import Counter
from itertools import pairwise
from pathlib import Path

import psycopg

from benchmarks.drill import cluster

WEEKS, DAYS = 6, 5
SECONDS_OF_LOAD = 8  # before each kill, and after the last
PACE = 0.05  # seconds between two sets of a lifter


def prepare(data_dir: Path, url: str) -> None:
    """Sets up Django so that everything, its settings too, uses this directory and this database."""
    for name in ("SITE_URL", "ALLOWED_HOSTS", "TRUSTED_PROXIES", "EMAIL_URL", "HOST", "DIRECT_DATABASE_URL"):
        os.environ[name] = ""
    os.environ |= {"DEBUG": "off", "DEMO": "off", "BACKUP": "off", "DATA_DIR": str(data_dir), "DATABASE_URL": url}
    os.environ["BACKUP_DIR"] = f"{data_dir}/backups"
    os.environ["DJANGO_SETTINGS_MODULE"] = "metricgain.settings"
    import django

    django.setup()


class Failover:
    """One run. Imports late, because the modules use what `prepare` sets."""

    def __init__(self, nodes: cluster.Cluster, machine, *, lifters: int):
        from benchmarks.storm import gathering, phones

        self.nodes, self.machine = nodes, machine
        self.answers: Counter = Counter()  # by status, and whether it says when to come back
        self.written: list[float] = []  # when each set was acknowledged
        counts, port = phones.Counts(), int(machine.environment["PORT"])
        exercises = gathering.library()
        joined = [gathering.join(1, number, WEEKS, DAYS, exercises, own=0) for number in range(lifters)]
        self.phones = [
            self._counting(phones.Phone)(one.user, one.cookies, port, error=0, seed=number, counts=counts)
            for number, one in enumerate(joined)
        ]
        self.places = [
            [(workout, week, one_exercise) for week in range(1, WEEKS + 1) for workout in one.workouts
             for one_exercise in (exercises.press, exercises.row)]
            for one in joined
        ]  # fmt: skip
        self.is_over = False

    def _counting(self, phone: type) -> type:
        run = self

        class CountingPhone(phone):
            def ask(self, method, address, body=None, headers=None):
                status, answered, text = super().ask(method, address, body, headers)
                run.answers[status, "Retry-After" in answered] += 1
                if method == "POST" and status < 300:
                    run.written.append(time.monotonic())
                return status, answered, text

        return CountingPhone

    def log_sets(self, phone, places: list[tuple[int, int, int]]) -> None:
        """Logs sets one after the other, each with a weight of its own, and begins anew where all places are full."""
        count = 0
        while not self.is_over:
            for number in range(1, 21):
                for workout, week, exercise in places:
                    if self.is_over:
                        return
                    count += 1
                    weight, reps = count % 4000 / 4 + 0.25, count // 4000 + 5
                    body = {"weight": f"{weight:.2f}", "reps": str(reps), "unit": "kg"}
                    address = f"/workouts/{workout}/week/{week}/exercises/{exercise}/sets/{number}/"
                    phone.enter(address, body, ("set", workout, week, exercise, number), (weight, reps))
                    time.sleep(PACE)

    def run(self, kills: int) -> list[float]:
        """Returns for each kill the longest time without a set that was acknowledged."""
        threads = [threading.Thread(target=phone.run, daemon=True) for phone in self.phones]
        writers = [
            threading.Thread(target=self.log_sets, args=pair, daemon=True)
            for pair in zip(self.phones, self.places, strict=True)
        ]
        for thread in (*threads, *writers):
            thread.start()
        gaps = []
        for _ in range(kills):
            time.sleep(SECONDS_OF_LOAD)
            gaps.append(self._survive())
        time.sleep(SECONDS_OF_LOAD)
        self.is_over = True
        for thread in writers:
            thread.join(60)
        cluster.eventually(lambda: not any(phone.waiting() for phone in self.phones), 60, "All sets are sent")
        return gaps

    def _survive(self) -> float:
        leader, began = self.nodes.leader(), time.monotonic()
        self.nodes.kill(leader)
        cluster.eventually(lambda: self.nodes.leader() not in (None, leader), 90, "Another node leads")
        led = time.monotonic()
        cluster.eventually(lambda: self.written[-1] > led, 90, "Sets are written again")
        self.nodes.start_node(leader)
        cluster.eventually(self.nodes.is_whole, 90, "The killed node follows")
        moments = [began, *(at for at in sorted(self.written) if at > began)]
        return max(later - earlier for earlier, later in pairwise(moments))

    def verdict(self):
        from benchmarks.storm import gathering, storm_check

        found = storm_check.Verdict()
        for phone in self.phones:
            acknowledged, kept, said = phone.stock()
            found += storm_check.judge(said, gathering.stored_of(phone.user), kept=kept, acknowledged=acknowledged)
        return found


def one_run(nodes: cluster.Cluster, data_dir: Path, *, kills: int, lifters: int) -> bool:
    from django.core.management import call_command
    from django.db import connections

    from metricgain.operations.tests.machine import Machine
    from metricgain.operations.tests.serving import free_port

    machine = Machine(data_dir, PORT=str(free_port()), DATABASE_URL=nodes.url, WORKERS="2")
    try:
        machine.start_server()
        run = Failover(nodes, machine, lifters=lifters)
        gaps = run.run(kills)
        found = run.verdict()
        call_command("backup", verify=True)
    finally:
        connections.close_all()
        machine.stop()
    later, at_once = run.answers[503, True], run.answers[503, False]
    errors = sum(count for (status, _), count in run.answers.items() if status == 500)
    waits = ", ".join(f"{gap:.1f}" for gap in gaps)
    print(f"The leading node was killed with -9 {len(gaps)} times. Longest time without a set, in seconds: {waits}")
    print(f"{len(run.written):,} sets acknowledged, {len(found.lost)} lost, {len(found.outdated)} outdated")
    print(f"answers: {later} of 503 with Retry-After, {at_once} without, {errors} of 500; all: {dict(run.answers)}")
    tracebacks = sum(line.startswith("Traceback") for line in machine.said)
    print(f"the server wrote {len(machine.said)} lines, {tracebacks} tracebacks")
    print("\n".join(found.faults[:20]))
    if errors or tracebacks:
        print("".join(machine.said[-60:]))
    return not found.faults and not (errors or at_once or tracebacks) and len(gaps) == kills


def main() -> int:
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("--kills", type=int, default=5)
    options.add_argument("--lifters", type=int, default=4)
    asked = options.parse_args()
    if missing := cluster.lacks():
        print(missing, file=sys.stderr)
        return 1
    data_dir = Path(tempfile.mkdtemp(prefix="metricgain-"))
    try:
        with cluster.running() as nodes:
            with psycopg.connect(nodes.url.replace("/metricgain?", "/postgres?"), autocommit=True) as session:
                session.execute("CREATE DATABASE metricgain")
            prepare(data_dir, nodes.url)
            return 0 if one_run(nodes, data_dir, kills=asked.kills, lifters=asked.lifters) else 1
    finally:
        shutil.rmtree(data_dir, ignore_errors=True)


if __name__ == "__main__":
    sys.exit(main())
