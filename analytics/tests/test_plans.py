"""How PostgreSQL finds what the pages of progress show: by an index, and never by walking through everybody's sets.

With so few rows it is cheap to walk a table or a whole index. So the planner is told to join only row by row, which
uses an index where there is one. Whatever is still walked has no index."""

import json
import re
from datetime import UTC, datetime

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from exercises.tests.factories import ExerciseFactory
from metricgain.operations.demo import synthetic
from metricgain.users.models import User
from training.models import Mesocycle, Set

READS_SETS = re.compile(r'(FROM|JOIN) "?sets"?\b')
# A real log has prescriptions. Without them "which sets were asked for" would be none, and cheap to look through.
ASKED = """
    UPDATE sets SET prescription_id = prescriptions.id
    FROM workout_logs JOIN prescriptions USING (workout_id, week_number)
    WHERE workout_logs.id = sets.workout_log_id AND prescriptions.exercise_id = sets.exercise_id
"""
WALKING = ("enable_seqscan", "enable_mergejoin", "enable_hashjoin")
EVERYTHING = "?period=all"


@pytest.fixture
def lifters(db) -> list[User]:
    """Makes twenty lifters with one mesocycle each, then one with two. PostgreSQL knows how many rows there are."""
    for number in range(14):
        ExerciseFactory(is_system=True, name=f"Exercise {number}", muscle_group=["chest", "back", "legs"][number % 3])
    for years, count in ((0.05, 20), (0.15, 1)):
        batch, some = synthetic.Batch(), synthetic.Lifters(years=years, seed=1, now=datetime.now(UTC))
        for _ in range(count):
            some.add_one(batch)
        batch.write()
    with connection.cursor() as cursor:
        cursor.execute(ASKED)
        cursor.execute("ANALYZE")
    return list(User.objects.order_by("id"))


def nodes(plan: dict):
    yield plan
    for inner in plan.get("Plans", []):
        yield from nodes(inner)


def walks(statement: str) -> list[str]:
    """Returns how the statement's plan reads `sets` where it reads the table or an index from one end to the other."""
    with connection.cursor() as cursor:
        cursor.execute("".join(f"SET LOCAL {way} = off;" for way in WALKING))
        cursor.execute(f"EXPLAIN (FORMAT JSON) {statement}")
        [(explained,)] = cursor.fetchall()
        cursor.execute("".join(f"RESET {way};" for way in WALKING))
    plan = (json.loads(explained) if isinstance(explained, str) else explained)[0]["Plan"]
    reads = [node for node in nodes(plan) if node.get("Relation Name") == "sets"]
    assert reads
    return [node["Node Type"] for node in reads if not (node.get("Index Cond") or node.get("Recheck Cond"))]


def pages(user: User) -> dict[str, str]:
    mesocycle = Mesocycle.objects.active().get(user=user)
    exercise = Set.objects.filter(user=user).values_list("exercise", flat=True)[0]
    found = {name: reverse(f"analytics:{name}") for name in ("progress", "stronger", "records", "enough")}
    found |= {f"{name}, everything": found[name] + EVERYTHING for name in ("stronger", "enough")}
    for name in ("mesocycle_progress", "mesocycle_lineage"):
        found[name] = reverse(f"analytics:{name}", args=[mesocycle.id])
    found["mesocycle_latest"] = reverse("analytics:mesocycle_latest")
    found["exercise_history"] = reverse("analytics:exercise_history", args=[exercise])
    found["exercise_history, everything"] = found["exercise_history"] + EVERYTHING
    return found


def test_no_page_of_progress_walks_everybodys_sets(client, lifters):
    assert Set.objects.count() > 8_000
    user = lifters[-1]
    first, *rest = Mesocycle.objects.filter(user=user).order_by("id")
    Mesocycle.objects.filter(id__in=[one.id for one in rest]).update(parent_mesocycle=first)
    client.force_login(user)
    walked = {}
    for name, url in pages(user).items():
        with CaptureQueriesContext(connection) as queries:
            assert client.get(url).status_code == 200
        reads = [one["sql"] for one in queries if READS_SETS.search(one["sql"])]
        assert reads, f"{name} reads no sets: nothing is tested"
        walked |= {(name, one): walks(one) for one in reads if walks(one)}
    assert walked == {}
    for seen in ("SELECT COUNT(*) FROM sets WHERE rir = 1", "SELECT reps FROM sets ORDER BY performed_at LIMIT 1"):
        assert walks(seen) != []
