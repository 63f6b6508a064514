import re
from dataclasses import dataclass
from datetime import timedelta
from decimal import Decimal

import pytest
from django.conf import settings
from django.core.management import call_command
from django.db import ProgrammingError
from django.utils import timezone
from psycopg.errors import UndefinedColumn

from metricgain.tests.database_document.questions import INSERTS, QUESTIONS, statements
from metricgain.tests.database_document.rows import Lifter, insert, run, system_exercise, value

pytestmark = pytest.mark.django_db

DOCUMENT = settings.BASE_DIR.parent / "shared" / "seed-database-schema.md"
OURS = settings.BASE_DIR / "docs" / "database.md"

needs_document = pytest.mark.skipif(
    not DOCUMENT.exists(), reason="the customer's document does not lie beside this clone; questions.py has ours"
)


def document() -> dict[str, str]:
    return statements(DOCUMENT.read_text()) if DOCUMENT.exists() else {}


@dataclass(frozen=True, slots=True)
class Training:
    """Two weeks of a user's mesocycle, and one session of a year ago."""

    user: int
    mesocycle: int
    bench: int
    row: int
    weeks: dict[int, int]  # week: its log
    long_ago: int


SETS = {
    1: {"bench": [("100", 10), ("100", 8)], "row": [("80", 12)]},
    2: {"bench": [("102.5", 10), ("102.5", 9), ("102.5", 8)], "row": [("80", 13)]},
}


@pytest.fixture
def training(bench, alice: Lifter, bob: Lifter) -> Training:
    """Makes carol's training. Beside it are rows that must not count: bob's set of the same exercise, and alice's other
    mesocycle."""
    row = system_exercise("Barbell Row", "back")
    user = insert("users", email="carol@example.org", password_hash="-")
    mesocycle = insert("mesocycles", user_id=user, name="Spring", duration_weeks=4, days_per_week=1)
    workout = insert("workouts", mesocycle_id=mesocycle, name="Full body")
    owner = {"user_id": user, "mesocycle_id": mesocycle, "workout_id": workout}
    now, weeks = timezone.now(), {}
    for week, done in SETS.items():
        performed_at = now - timedelta(weeks=2 - week)
        weeks[week] = insert("workout_logs", **owner, week_number=week, performed_at=performed_at)
        for exercise, its_sets in zip((bench, row), done.values(), strict=True):
            log_sets(weeks[week], exercise, its_sets, performed_at)
    levels = {"soreness_level": 1, "pump_level": 2, "challenge_level": 1}
    insert("muscle_group_feedback", workout_log_id=weeks[1], muscle_group="chest", **levels)
    insert(
        "muscle_group_feedback",
        workout_log_id=weeks[2],
        muscle_group="chest",
        **levels | {"soreness_level": 2},
    )
    insert("muscle_group_feedback", workout_log_id=weeks[2], muscle_group="back", **levels)

    year_ago = now - timedelta(days=365)
    before = insert("mesocycles", user_id=user, name="Old", duration_weeks=4, days_per_week=1, status="archived")
    push = insert("workouts", mesocycle_id=before, name="Push")
    of_old = {"user_id": user, "mesocycle_id": before, "workout_id": push}
    long_ago = insert("workout_logs", **of_old, week_number=1, performed_at=year_ago)
    log_sets(long_ago, bench, [("60", 10)], year_ago)
    return Training(user, mesocycle, bench, row, weeks, long_ago)


def log_sets(log: int, exercise: int, done: list, since) -> None:
    for number, (weight, reps) in enumerate(done, start=1):
        at = since + timedelta(minutes=number)
        where = {"workout_log_id": log, "exercise_id": exercise, "set_number": number}
        insert("sets", **where, weight=weight, reps=reps, performed_at=at)


def monday(log: int):
    return value("SELECT date_trunc('week', performed_at) FROM workout_logs WHERE id = %s", [log])


def answers(t: Training) -> dict[str, tuple[list, list[tuple]]]:
    """Returns the values for each `?` of a question, and the rows that it must answer with."""
    names = {t.bench: ("Barbell Bench Press", "chest"), t.row: ("Barbell Row", "back")}
    felt = {(1, "chest"): (1, 2, 1), (2, "chest"): (2, 2, 1), (2, "back"): (1, 2, 1)}
    logs = {
        log: value("SELECT performed_at FROM workout_logs WHERE id = %s", [log])
        for log in [*t.weeks.values(), t.long_ago]
    }

    def performance(log, week, exercise, number, weight, reps):
        name, muscle = names[exercise]
        levels = felt.get((week, muscle), (None, None, None)) if log in t.weeks.values() else (None, None, None)
        weight = Decimal(weight)
        return (t.user, exercise, name, muscle, week, logs[log], number, weight, reps, weight * reps, *levels)

    history = [
        performance(log, week, exercise, number, weight, reps)
        for week, log in reversed(t.weeks.items())
        for exercise, done in zip((t.bench, t.row), SETS[week].values(), strict=True)
        for number, (weight, reps) in enumerate(done, start=1)
    ]
    history.append(performance(t.long_ago, 1, t.bench, 1, "60", 10))
    week1, week2 = monday(t.weeks[1]), monday(t.weeks[2])
    return {
        "Total volume for a workout": ([t.weeks[1]], [(Decimal(2760),)]),
        "Total volume for a muscle group in a workout": ([t.weeks[1], "chest"], [(Decimal(1800),)]),
        "Volume progression across weeks": (
            [t.mesocycle],
            [
                (1, "back", Decimal(960)),
                (1, "chest", Decimal(1800)),
                (2, "back", Decimal(1040)),
                (2, "chest", Decimal("2767.5")),
            ],
        ),
        "Get previous week's performance for an exercise": (
            [t.mesocycle, 2, t.bench],
            [(Decimal(100), 10, 1), (Decimal(100), 8, 2)],
        ),
        "Get user's best performance for an exercise": (
            [t.bench, t.user],
            [(Decimal("102.5"), 10, Decimal(1025))],
        ),
        "Get feedback history for a muscle group": (
            [t.mesocycle, "chest"],
            [(1, 1, 2, 1, 2), (2, 2, 2, 1, 3)],
        ),
        "User Performance Over Time": ([t.user], history),
        "Volume Trends": (
            [t.user],
            [
                (week2, "back", 1, 1, Decimal(1040), Decimal(80), Decimal(13)),
                (week2, "chest", 1, 3, Decimal("2767.5"), Decimal("102.5"), Decimal(9)),
                (week1, "back", 1, 1, Decimal(960), Decimal(80), Decimal(12)),
                (week1, "chest", 1, 2, Decimal(1800), Decimal(100), Decimal(9)),
            ],
        ),
    }


def ask(question: str, values: list) -> list[tuple]:
    return run(question.replace("?", "%s"), values)


def in_order(name: str, rows: list[tuple]) -> list[tuple]:
    """A user's history is ordered by time alone: sets of one moment may come in any order."""
    return sorted(rows, key=lambda row: (-row[5].timestamp(), row[6], row[1])) if "Over Time" in name else rows


@needs_document
def test_the_document_holds_eleven_statements_and_all_of_them_are_tried():
    assert len(re.findall(r"^(?:INSERT|SELECT)\b", DOCUMENT.read_text(), re.M)) == 11
    assert set(document()) == {*INSERTS, *QUESTIONS, "Feedback Correlation"}
    assert len(document()) == 11


@needs_document
@pytest.mark.parametrize("name", INSERTS)
def test_an_insert_of_the_document_runs_as_written_on_an_unseeded_database(name):
    assert value("SELECT COUNT(*) FROM exercises") == 0
    run(document()[name])
    muscle = name.split()[0].lower()
    assert value("SELECT COUNT(*) FROM exercises WHERE is_system AND muscle_group = %s", [muscle]) == 6
    assert value("SELECT COUNT(*) FROM exercises") == 6


@needs_document
@pytest.mark.parametrize("name", QUESTIONS)
def test_a_query_of_the_document_answers_as_written(name, training):
    values, rows = answers(training)[name]
    assert in_order(name, ask(document()[name], values)) == in_order(name, rows)


@pytest.mark.parametrize("name", INSERTS)
def test_an_insert_in_our_words_runs_on_an_unseeded_database(name):
    assert value("SELECT COUNT(*) FROM exercises") == 0
    run(INSERTS[name])
    assert run("SELECT DISTINCT muscle_group, is_system, user_id FROM exercises") == [
        (name.split()[0].lower(), True, None)
    ]


@pytest.mark.parametrize("name", QUESTIONS)
def test_a_query_in_our_words_answers_the_same(name, training):
    values, rows = answers(training)[name]
    assert in_order(name, ask(QUESTIONS[name], values)) == in_order(name, rows)


def test_seeding_adopts_what_an_insert_put_there_before():
    for statement in INSERTS.values():
        run(statement)
    inserted = dict(run("SELECT name, id FROM exercises"))
    call_command("seed", verbosity=0)
    seeded = "SELECT name, id, slug IS NOT NULL FROM exercises WHERE is_system AND name = ANY(%s)"
    assert sorted(run(seeded, [list(inserted)])) == sorted((name, row, True) for name, row in inserted.items())
    assert value("SELECT equipment FROM exercises WHERE name = 'Barbell Bench Press'") == "barbell"


def test_seeding_adopts_a_name_in_another_spelling():
    inserted = system_exercise("BARBELL bench press", "chest")
    call_command("seed", verbosity=0)
    assert run("SELECT id, name FROM exercises WHERE slug = 'barbell-bench-press'") == [
        (inserted, "BARBELL bench press")
    ]


@needs_document
def test_seeding_adopts_every_exercise_of_the_document():
    for name in INSERTS:
        run(document()[name])
    call_command("seed", verbosity=0)
    assert value("SELECT COUNT(slug) FROM exercises WHERE id IN (SELECT id FROM exercises ORDER BY id LIMIT 12)") == 12
    assert run("SELECT name FROM exercises GROUP BY name HAVING COUNT(*) > 1") == []


@needs_document
def test_feedback_correlation_reads_columns_that_do_not_exist(training):
    with pytest.raises(ProgrammingError) as failure:
        run(document()["Feedback Correlation"])
    assert isinstance(failure.value.__cause__, UndefinedColumn)


def test_feedback_correlation_as_repaired_pairs_feedback_with_the_next_weeks_sets(training):
    repaired = statements(OURS.read_text())["Feedback correlation"]
    rows = ask(repaired, [training.user, training.user])
    # Week 2 has no week after it yet, so it says nothing; bob's and alice's feedback is not carol's.
    assert rows == [("chest", 1, 2, 1, 1, Decimal(3))]


def test_every_table_takes_a_row_that_names_only_what_the_document_demands(alice: Lifter):
    insert("templates", name="PPL 6-Day Split", config="{}")
    for table in (
        "users",
        "mesocycles",
        "workouts",
        "exercises",
        "workout_exercises",
        "workout_logs",
        "sets",
        "muscle_group_feedback",
        "templates",
    ):
        assert value(f"SELECT COUNT(*) FROM {table}") > 0


def test_what_the_document_leaves_out_is_filled_with_its_defaults(alice: Lifter):
    insert("templates", name="PPL 6-Day Split", config="{}")
    assert run("SELECT is_active, timezone, preferences::text FROM users") == [(True, "UTC", "{}")]
    assert run("SELECT current_week, status FROM mesocycles") == [(1, "active")]
    assert run("SELECT target_sets FROM workout_exercises") == [(3,)]
    assert run("SELECT status, performed_at = CURRENT_TIMESTAMP FROM workout_logs") == [("in_progress", True)]
    assert run("SELECT unit, set_type, performed_at = CURRENT_TIMESTAMP FROM sets") == [("kg", "working", True)]
    assert run("SELECT is_system, times_used FROM templates") == [(False, 0)]
