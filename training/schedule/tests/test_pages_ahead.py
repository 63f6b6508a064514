"""What a phone saves before the signal goes."""

import json
import re
from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone
from django.utils.dateparse import parse_datetime

from exercises.models import MuscleGroup
from exercises.tests.factories import ExerciseFactory
from metricgain.operations.demo import synthetic
from metricgain.users.models import User
from training.models import Set, WorkoutLog
from training.schedule.pages_ahead import MOST
from training.session.tests.test_workout_finish import finish, log_sets
from training.tests.factories import SlotFactory, WorkoutFactory

AHEAD = reverse("training:pages_ahead")


def changes(client) -> dict[str, str]:
    return {page["url"]: parse_datetime(page["changed"]) for page in client.get(AHEAD).json()["pages"]}


def page_of(workout, week=1, inner="") -> str:
    return reverse("training:workout_detail", args=[workout.id, week]) + inner


def history_of(exercise) -> str:
    return reverse("analytics:exercise_history", args=[exercise.id])


@pytest.fixture
def second(workout):
    """Another workout of the week."""
    other = WorkoutFactory(mesocycle=workout.mesocycle)
    SlotFactory(workout=other, exercise=ExerciseFactory(name="Row"))
    return other


def test_todays_workout_comes_before_the_week_its_exercises_and_the_library(signed_in, workout, second, exercise):
    urls = list(changes(signed_in))
    first = ["/", page_of(workout), page_of(second), page_of(workout, inner="exercises/add/")]
    first += [page_of(workout, inner=f"exercises/{exercise.id}/swap/")]
    first += [page_of(workout, inner=f"exercises/add/?muscle={muscle}") for muscle in MuscleGroup.values]
    first += [history_of(exercise)]
    assert urls[: len(first)] == first
    assert urls.index(history_of(exercise)) < urls.index("/progress/") < urls.index("/exercises/")
    assert urls.index("/exercises/") < urls.index("/exercises/?muscle=chest") < urls.index(urls[-1])
    assert urls[-1] == reverse("training:mesocycle_list")


def test_every_page_of_progress_that_its_links_lead_to_is_saved(signed_in, workout):
    urls = list(changes(signed_in))
    links = [
        urls.index(reverse(f"analytics:{name}")) for name in ("progress", "stronger", "enough", "mesocycle_latest")
    ]
    links += [urls.index(reverse("analytics:mesocycle_progress", args=[workout.mesocycle_id]))]
    links += [urls.index(reverse("analytics:records"))]
    assert links == sorted(links)
    linked = re.findall(r'class="choices-row__link" href="([^"?]+)"', signed_in.get("/progress/").content.decode())
    assert len(linked) == 6
    assert set(linked) - set(urls) == {reverse("analytics:notes")}  # a search, which needs a signal


def test_as_many_are_saved_however_many_exercises_are_ones_own(signed_in, alice, workout):
    before = list(changes(signed_in))
    ExerciseFactory.create_batch(100, user=alice)
    assert list(changes(signed_in)) == before
    assert len(before) <= MOST


def test_a_workout_that_is_done_makes_room_for_the_next(signed_in, workout, second, exercise):
    log_sets(signed_in, workout, exercise, 10)
    finish(signed_in, workout)
    urls = list(changes(signed_in))
    assert urls[1] == page_of(second)
    assert page_of(workout) not in urls


def test_every_page_that_is_named_is_there(signed_in, workout, second):
    assert {signed_in.get(url).status_code for url in changes(signed_in)} == {200}


@pytest.mark.django_db(transaction=True)  # in one transaction it is the same moment throughout
def test_a_set_changes_the_pages_that_show_it_and_no_other(signed_in, workout, second, exercise):
    before = changes(signed_in)
    log_sets(signed_in, workout, exercise, 10)
    after = changes(signed_in)
    changed = {url for url in before if after[url] > before[url]}
    assert {"/", page_of(workout), history_of(exercise), "/progress/"} <= changed
    assert not changed & {page_of(second), "/exercises/", page_of(workout, inner="exercises/add/")}


@pytest.mark.django_db(transaction=True)
def test_a_set_that_was_made_long_ago_and_came_now_counts_as_new(signed_in, workout, exercise):
    before = timezone.now()
    url = page_of(workout, inner=f"exercises/{exercise.id}/sets/1/")
    made = (before - timedelta(days=3)).isoformat()
    signed_in.post(url, {"weight": "80", "reps": "8", "unit": "kg", "edited_at": made})
    assert WorkoutLog.objects.get().sets.exists()
    assert changes(signed_in)[history_of(exercise)] >= before
    before = timezone.now()
    signed_in.post(f"{url}delete/")
    assert changes(signed_in)[history_of(exercise)] >= before


def test_without_a_plan_there_is_the_library(signed_in):
    urls = list(changes(signed_in))
    assert urls[0] == "/"
    assert "/exercises/" in urls
    assert not [url for url in urls if url.startswith("/workouts/")]


def test_it_names_nothing_of_alices_to_bob(client, bob, workout):
    client.force_login(bob)
    assert not [url for url in changes(client) if str(workout.id) in url.split("/")[:3]]


def test_it_costs_the_same_queries_for_a_long_history(signed_in, workout, exercise):
    def asked() -> int:
        with CaptureQueriesContext(connection) as queries:
            signed_in.get(AHEAD)
        return len(queries)

    before = asked()
    for week in (1, 2, 3):
        log_sets(signed_in, workout, exercise, 10, 9, 8, week=week)
        finish(signed_in, workout, week)
    assert asked() == before == 13  # two of them are the session and the user


@pytest.fixture
def lifters(db) -> list[User]:
    """Makes twenty lifters who train, and has PostgreSQL count the rows for its planner."""
    for number in range(14):
        ExerciseFactory(is_system=True, name=f"Exercise {number}", muscle_group=["chest", "back", "legs"][number % 3])
    batch, some = synthetic.Batch(), synthetic.Lifters(years=0.15, seed=1, now=timezone.now())
    for _ in range(20):
        some.add_one(batch)
    batch.write()
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")
    return list(User.objects.order_by("id"))


def rows_read(statement: str) -> dict[str, int]:
    """Returns the rows of each table that a statement reads. Table scans are off: with so few rows they are cheap."""
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL enable_seqscan = off")
        cursor.execute(f"EXPLAIN (ANALYZE, FORMAT JSON) {statement}")
        [(explained,)] = cursor.fetchall()
        cursor.execute("RESET enable_seqscan")
    read, nodes = {}, [(json.loads(explained) if isinstance(explained, str) else explained)[0]["Plan"]]
    while nodes:
        node = nodes.pop()
        nodes += node.get("Plans", [])
        if table := node.get("Relation Name"):
            rows = (node["Actual Rows"] + node.get("Rows Removed by Filter", 0)) * node["Actual Loops"]
            read[table] = read.get(table, 0) + round(rows)
    return read


def test_it_reads_ones_own_logs_and_sets_and_nobody_elses(client, lifters):
    user = lifters[10]
    client.force_login(user)
    with CaptureQueriesContext(connection) as queries:
        assert len(client.get(AHEAD).json()["pages"]) == MOST
    own = {"workout_logs": user.logs.count(), "sets": Set.objects.filter(user=user).count()}
    assert own["workout_logs"] * 15 < WorkoutLog.objects.count()
    statements = [one["sql"] for one in queries if one["sql"].startswith("SELECT")]
    reads = [(statement, rows_read(statement)) for statement in statements]
    assert {table for _, read in reads for table in read} >= set(own)
    assert [(one, read) for one, read in reads for table in own if read.get(table, 0) > own[table]] == []
    assert rows_read("SELECT max(updated_at) FROM workout_logs")["workout_logs"] > own["workout_logs"]
