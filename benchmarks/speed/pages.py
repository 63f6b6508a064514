"""Measures what each page and action costs, compared with the floor.

    python benchmarks/speed/pages.py [--rounds 300] [--lifters 20] [--skip 0] [--save FILE] [--against FILE]
                                     [--own 0] [--into docs/performance.md]

Runs in one process through Django's test client, on the database that DATABASE_URL names, which should have synthetic
lifters (`manage.py load_synthetic`). Pages and floors take turns, each time for another lifter, so that other load on
the machine affects all of them; read the ratios. `--against` prints the growth of the ratios since a saved run. CPU is
that of Python and, if it runs on this machine, of the PostgreSQL process that answers. On a busy machine its ratios are
stable when those of the clock are not.

`--own` gives each of the lifters so many own exercises, named like those of the library, until the run ends.

Measures the lifters that were loaded first, after `--skip`. On a database that has grown they are the same with the
same history, so any growth is due to the others' sets. docs/performance.md has the commands."""

import argparse
import json
import os
import random
import statistics
import sys
import time
from collections import defaultdict
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "metricgain.settings")

import django

django.setup()

from django.conf import settings  # noqa: E402
from django.db import connection  # noqa: E402
from django.test import Client  # noqa: E402
from django.test.utils import CaptureQueriesContext  # noqa: E402
from django.urls import reverse  # noqa: E402

from benchmarks.speed import printed  # noqa: E402
from exercises.models import Exercise  # noqa: E402
from metricgain.operations import assets  # noqa: E402
from metricgain.operations.demo import synthetic  # noqa: E402
from metricgain.operations.servers import embedded  # noqa: E402
from metricgain.users.models import User  # noqa: E402
from training.models import Mesocycle, Set, WorkoutLog  # noqa: E402

AIMS = {"log a set": 2.5, "workout page": 5, "Today": 4, "history of an exercise": 3, "settings": 3}
AIMS |= dict.fromkeys(("search of the library", "search of what can be added"), 4)
AIMS |= dict.fromkeys(("this week", "stronger?", "enough?", "progress of a mesocycle", "records"), 6)
TYPED = ("row", "lateral raise", "incline db", "bankdrücken", "squta", "curl", "barbell row", "leg ext")
FLOORS = {"read": "floor: one indexed read", "write": "floor: one upsert, committed"}


class PageLifter:
    """A synthetic user who is signed in and in the middle of a workout."""

    def __init__(self, user: User):
        self.client = Client(headers={"accept-encoding": "gzip"})
        self.client.force_login(user)
        mesocycle = Mesocycle.objects.active().get(user=user)
        self.workout = mesocycle.workouts.in_plan().last()
        self.week = mesocycle.current_week
        self.exercise = self.workout.slots.first().exercise_id
        self.typed = {"weight": "80", "reps": "8", "unit": "kg"}
        self.log_a_set()
        self.reopen()

    def place(self, name: str, *more) -> str:
        return reverse(f"training:{name}", args=[self.workout.id, self.week, *more])

    def log_a_set(self):
        self.typed["reps"] = str(random.randint(5, 12))
        return self.client.post(self.place("set_log", self.exercise, 1), self.typed)

    def open_the_workout(self):
        return self.client.get(self.place("workout_detail"))

    def open_today(self):
        return self.client.get(reverse("training:today"))

    def open_progress(self):
        return self.client.get(reverse("analytics:progress"))

    def open_stronger(self):
        return self.client.get(reverse("analytics:stronger"))

    def open_enough(self):
        return self.client.get(reverse("analytics:enough"))

    def open_mesocycle_progress(self):
        return self.client.get(reverse("analytics:mesocycle_progress", args=[self.workout.mesocycle_id]))

    def open_records(self):
        return self.client.get(reverse("analytics:records"))

    def open_exercise_history(self):
        return self.client.get(reverse("analytics:exercise_history", args=[self.exercise]))

    def open_settings(self):
        return self.client.get(reverse("users:settings"))

    def open_library(self):
        return self.client.get(reverse("exercises:exercise_list"))

    def search_library(self):
        return self.client.get(reverse("exercises:exercise_list"), {"q": random.choice(TYPED)})

    def open_addition(self):
        return self.client.get(self.place("exercise_add"))

    def search_addition(self):
        return self.client.get(self.place("exercise_add"), {"q": random.choice(TYPED)})

    def open_swap(self):
        return self.client.get(self.place("exercise_swap", self.exercise))

    def finish(self):
        return self.client.post(self.place("workout_finish"))

    def reopen(self):
        """Puts the session back as if it had never ended. Otherwise the next set of a reopened session would also move
        the mesocycle back."""
        self.client.post(self.place("workout_reopen"))
        WorkoutLog.objects.filter(workout=self.workout, week_number=self.week).update(status_edited_at=None)

    def read_the_floor(self):
        return self.client.get("/floor/read/")

    def write_the_floor(self):
        return self.client.post("/floor/write/")


# What is measured: a name, its floor, the action, and an action that restores the state (not measured).
TARGETS = [
    (FLOORS["read"], "read", PageLifter.read_the_floor, None),
    (FLOORS["write"], "write", PageLifter.write_the_floor, None),
    ("Today", "read", PageLifter.open_today, None),
    ("workout page", "read", PageLifter.open_the_workout, None),
    ("this week", "read", PageLifter.open_progress, None),
    ("stronger?", "read", PageLifter.open_stronger, None),
    ("enough?", "read", PageLifter.open_enough, None),
    ("progress of a mesocycle", "read", PageLifter.open_mesocycle_progress, None),
    ("records", "read", PageLifter.open_records, None),
    ("history of an exercise", "read", PageLifter.open_exercise_history, None),
    ("settings", "read", PageLifter.open_settings, None),
    ("library", "read", PageLifter.open_library, None),
    ("search of the library", "read", PageLifter.search_library, None),
    ("what can be added", "read", PageLifter.open_addition, None),
    ("search of what can be added", "read", PageLifter.search_addition, None),
    ("what can be swapped in", "read", PageLifter.open_swap, None),
    ("log a set", "write", PageLifter.log_a_set, None),
    ("finish", "write", PageLifter.finish, PageLifter.reopen),
]


def cpu_seconds() -> float:
    """Returns the CPU seconds used so far by this process and, if the kernel tells, by its PostgreSQL process."""
    used = Path(f"/proc/{connection.connection.info.backend_pid}/schedstat")
    nanoseconds = int(used.read_text().split()[0]) if used.exists() else 0
    return time.process_time() + nanoseconds / 1e9


def measure(lifters: list[PageLifter], rounds: int) -> dict[str, dict]:
    wall, cpu = defaultdict(list), defaultdict(list)
    for turn in range(rounds + 10):
        lifter = random.choice(lifters)
        for name, _, act, put_back in random.sample(TARGETS, len(TARGETS)):
            start_cpu, start = cpu_seconds(), time.perf_counter()
            answer = act(lifter)
            took, took_cpu = time.perf_counter() - start, cpu_seconds() - start_cpu
            assert answer.status_code in (200, 303), f"{name}: {answer.status_code}"
            if put_back:
                put_back(lifter)
            if turn >= 10:  # the first turns warm up
                wall[name].append(1000 * took)
                cpu[name].append(1000 * took_cpu)
    return {name: _row(lifters[0], wall[name], cpu[name], act) for name, _, act, _ in TARGETS}


def _row(lifter: PageLifter, wall: list[float], cpu: list[float], act) -> dict:
    with CaptureQueriesContext(connection) as queries:
        answer = act(lifter)
    p95 = statistics.quantiles(wall, n=20)[-1]
    return {
        "p50": statistics.median(wall),
        "p95": p95,
        "cpu": statistics.median(cpu),
        "queries": len(queries),
        "bytes": len(answer.content),
    }


def table(measured: dict[str, dict], before: dict[str, dict] | None) -> str:
    columns = ["page or action", "queries", "bytes, gzip", "ms", "ms, 95 %", "CPU ms", "x floor", "x floor, CPU", "aim"]
    rows = [_cells(measured, name, floor, before) for name, floor, _, _ in TARGETS]
    return printed.table([*columns, *(["growth", "growth, CPU"] if before else [])], rows)


def _cells(measured: dict[str, dict], name: str, floor: str, before: dict[str, dict] | None) -> list[str]:
    row = measured[name]
    ratios = {what: row[what] / measured[FLOORS[floor]][what] for what in ("p50", "cpu")}
    cells = [name, str(row["queries"]), f"{row['bytes']:,}", *(f"{row[what]:.1f}" for what in ("p50", "p95", "cpu"))]
    cells += [*(f"{ratio:.1f}" for ratio in ratios.values()), str(AIMS.get(name, ""))]
    if before:
        cells += [f"{ratios[what] / (before[name][what] / before[FLOORS[floor]][what]):.2f}" for what in ratios]
    return cells


@contextmanager
def own_exercises(lifters: list[User], number: int) -> Iterator[None]:
    """Gives each lifter so many exercises of their own, until the block ends."""
    library = list(Exercise.objects.filter(is_system=True).values_list("name", "muscle_group"))
    chosen = [library[place % len(library)] for place in range(number)]
    made = Exercise.objects.bulk_create(
        Exercise(user=lifter, name=f"{name} {place}", muscle_group=muscle, exercise_type="freeweight")
        for lifter in lifters
        for place, (name, muscle) in enumerate(chosen)
    )
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE exercises")
    try:
        yield
    finally:
        Exercise.objects.filter(id__in=[one.id for one in made]).delete()


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--rounds", type=int, default=300)
    options.add_argument("--lifters", type=int, default=20)
    options.add_argument("--skip", type=int, default=0)
    options.add_argument("--save", type=Path)
    options.add_argument("--against", type=Path)
    options.add_argument("--own", type=int, default=0)
    options.add_argument("--into", type=Path)
    asked = options.parse_args()
    if settings.EMBEDDED_POSTGRES:
        embedded.start(settings.DATA_DIR)
    settings.ROOT_URLCONF = "benchmarks.speed.floor"
    settings.ALLOWED_HOSTS.append("testserver")
    everybody = User.objects.filter(email__endswith=f"@{synthetic.DOMAIN}").order_by("id")
    users = list(everybody[asked.skip : asked.skip + asked.lifters])
    if not users:
        sys.exit("No synthetic lifters here: run `manage.py load_synthetic --users 10` first.")
    own = Set.objects.filter(user__in=users).count() // len(users)
    with assets.collected(), own_exercises(users, asked.own):  # pages name their static files by hash
        measured = measure([PageLifter(user) for user in users], asked.rounds)
    facts = f"{Set.objects.count():,} sets, of them {own:,} of each of the {len(users)} lifters"
    facts += f", who have {asked.own:,} own exercises each" if asked.own else ""
    grown = table(measured, json.loads(asked.against.read_text()) if asked.against else None)
    printed.put(
        f"{printed.provenance(facts, f'PostgreSQL {connection.pg_version // 10_000}')}\n\n{grown}", "pages", asked.into
    )
    if asked.save:
        asked.save.write_text(json.dumps(measured))


if __name__ == "__main__":
    main()
