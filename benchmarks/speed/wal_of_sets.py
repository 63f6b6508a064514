"""Measures how much write-ahead log a set costs, with and without compression.

    python benchmarks/speed/wal_of_sets.py [--sets 300] [--lifters 20] [--into docs/performance.md]

Runs on the database that DATABASE_URL names, which should have synthetic lifters (`manage.py load_synthetic`). They
log sets in turns. The first change of a page after a checkpoint puts the whole page into the log, so what counts is how
many sets there are between two checkpoints, of which PostgreSQL makes one in five minutes. In the end the sets are
removed."""

import argparse
import random
import sys
from itertools import cycle, islice
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

from benchmarks.speed.pages import PageLifter  # sets Django up

from django.conf import settings  # isort: skip
from django.db import connection

from benchmarks.speed import printed
from metricgain.operations import assets
from metricgain.operations.demo import synthetic
from metricgain.operations.servers import embedded
from metricgain.users.models import User
from training.models import Set, WorkoutLog

METHODS = ("off", "pglz")
BETWEEN = (3, 30, 300)  # sets between two checkpoints


def ask(statement: str) -> tuple:
    with connection.cursor() as cursor:
        return cursor.execute(statement).fetchone()


def bytes_of(lifters: list[PageLifter], sets: int, between: int) -> float:
    """Returns the bytes of log for one set."""
    numbers = dict.fromkeys(lifters, 0)
    spent = 0
    turns = list(islice(cycle(lifters), sets))
    for start in range(0, sets, between):
        with connection.cursor() as cursor:
            cursor.execute("CHECKPOINT")
        begun = ask("SELECT pg_current_wal_insert_lsn()")[0]
        for lifter in turns[start : start + between]:
            numbers[lifter] += 1
            typed = lifter.typed | {"reps": str(random.randint(5, 12))}
            answer = lifter.client.post(lifter.place("set_log", lifter.exercise, numbers[lifter] % 20 + 1), typed)
            assert answer.status_code in (200, 303), answer.status_code
        spent += ask(f"SELECT pg_current_wal_insert_lsn() - '{begun}'::pg_lsn")[0]
    return float(spent / sets)


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("--sets", type=int, default=300)
    options.add_argument("--lifters", type=int, default=20)
    options.add_argument("--into", type=Path)
    asked = options.parse_args()
    if settings.EMBEDDED_POSTGRES:
        embedded.start(settings.DATA_DIR)
    settings.ALLOWED_HOSTS.append("testserver")
    users = User.objects.filter(email__endswith=f"@{synthetic.DOMAIN}").order_by("id")[: asked.lifters]
    if not users:
        sys.exit("No synthetic lifters here: run `manage.py load_synthetic --users 20` first.")
    with assets.collected():
        lifters = [PageLifter(user) for user in users]
        logs = [WorkoutLog.objects.get(workout=one.workout, week_number=one.week) for one in lifters]
        rows = []
        for between in BETWEEN:
            costs = []
            for method in METHODS:
                for log in logs:
                    Set.objects.filter(workout_log=log).delete()
                ask(f"SELECT set_config('wal_compression', '{method}', false)")
                costs.append(bytes_of(lifters, asked.sets, between))
            rows.append([str(between), *(f"{cost:,.0f}" for cost in costs), f"{costs[1] / costs[0]:.2f}"])
    WorkoutLog.objects.filter(id__in=[log.id for log in logs]).delete()
    text = printed.table(["sets between two checkpoints", *(f"{one}: bytes a set" for one in METHODS), "ratio"], rows)
    facts = printed.provenance(
        f"{Set.objects.count():,} sets", f"PostgreSQL {ask('SHOW server_version')[0].split()[0]}"
    )
    printed.put(f"{facts}\n\n{text}", "log of a set", asked.into)


if __name__ == "__main__":
    main()
