"""Writes and reads rows as the database document does: in plain SQL, without models."""

from dataclasses import dataclass
from typing import Any

from django.db import connection
from django.utils import timezone
from psycopg.types.json import Jsonb


def run(sql: str, values: Any = None) -> list[tuple]:
    """Executes one statement, and returns its rows if it returns any. Without values, % is an ordinary sign."""
    with connection.cursor() as cursor:
        cursor.execute(sql, values)
        return cursor.fetchall() if cursor.description else []


def value(sql: str, values: Any = None) -> Any:
    """Returns the one value that a query returns."""
    [[only]] = run(sql, values)
    return only


def insert(table: str, **columns: Any) -> int:
    """Inserts a row that names these columns alone, and returns its id."""
    names, marks = ", ".join(columns), ", ".join(["%s"] * len(columns))
    return value(f"INSERT INTO {table} ({names}) VALUES ({marks}) RETURNING id", list(columns.values()))


def system_exercise(name: str, muscle_group: str = "chest") -> int:
    return insert("exercises", name=name, muscle_group=muscle_group, exercise_type="freeweight", is_system=True)


@dataclass(frozen=True, slots=True)
class Lifter:
    """The ids of a user's rows: an active mesocycle of five weeks with one workout, trained once, and an own
    exercise."""

    user: int
    mesocycle: int
    workout: int
    log: int
    exercise: int


def lifter(email: str, trains: int) -> Lifter:
    """Makes a user with one set of the exercise `trains`. Every INSERT names only what the document demands."""
    user = insert("users", email=email, password_hash="argon2$not-a-hash")
    mesocycle = insert("mesocycles", user_id=user, name="Base", duration_weeks=5, days_per_week=3)
    workout = insert("workouts", mesocycle_id=mesocycle, name="Push")
    insert("workout_exercises", workout_id=workout, exercise_id=trains, position=1)
    log = insert("workout_logs", workout_id=workout, user_id=user, mesocycle_id=mesocycle, week_number=1)
    insert("sets", workout_log_id=log, exercise_id=trains, set_number=1, weight=100, reps=10)
    insert("muscle_group_feedback", workout_log_id=log, muscle_group="chest")
    exercise = insert("exercises", name="My Press", muscle_group="chest", exercise_type="machine", user_id=user)
    return Lifter(user=user, mesocycle=mesocycle, workout=workout, log=log, exercise=exercise)


def in_full(email: str) -> dict[str, dict[str, Any]]:
    """Inserts a row into each of the nine tables that names every column of the document but the keys that count up and
    the minutes that are computed. Returns what was inserted, by table."""
    at, rows = timezone.now(), {}
    made = {"created_at": at, "updated_at": at}

    def put(table: str, **columns: Any) -> int:
        rows[table] = columns
        return insert(table, **columns)

    account = {"email": email, "password_hash": "argon2$not-a-hash", "full_name": "Dora"}
    settings = {"last_login": at, "is_active": True, "timezone": "UTC", "preferences": Jsonb({"units": "lbs"})}
    user = put("users", **account, **settings, **made)
    kind = {"muscle_group": "legs", "exercise_type": "machine", "description": "Own", "media_url": "https://a.example/"}
    exercise = put("exercises", name="Dora's Press", user_id=user, is_system=False, **kind, **made)
    weeks = {"duration_weeks": 5, "current_week": 2, "days_per_week": 3, "status": "archived", "completed_at": at}
    began = {"start_date": at.date(), "end_date": at.date(), "parent_mesocycle_id": None, "copied_from_week": None}
    mesocycle = put("mesocycles", user_id=user, name="PPL", description="Notes", **weeks, **began, **made)
    day = {"name": "Push", "description": "Heavy", "day_of_week": 0, "position_in_week": 1}
    workout = put("workouts", mesocycle_id=mesocycle, **day, **made)
    reps = {"target_sets": 4, "target_reps_min": 8, "target_reps_max": 12, "target_weight": 60, "target_rir": 2}
    place = {"workout_id": workout, "exercise_id": exercise, "position": 1}
    put("workout_exercises", **place, **reps, notes="Slow", **made)
    when = {"performed_at": at, "started_at": at, "completed_at": at, "status": "completed", "notes": "Good"}
    where = {"workout_id": workout, "user_id": user, "mesocycle_id": mesocycle, "week_number": 1}
    log = put("workout_logs", **where, **when, **made)
    done = {"set_number": 1, "weight": "62.5", "reps": 9, "performed_at": at, "video_url": "https://a.example/"}
    put("sets", workout_log_id=log, exercise_id=exercise, **done)
    felt = {"soreness_level": 1, "pump_level": 2, "challenge_level": 3, "created_at": at}
    asked = {"soreness_recorded_at": at, "performance_recorded_at": at}
    put("muscle_group_feedback", workout_log_id=log, muscle_group="legs", **felt, **asked)
    plan = {"config": Jsonb({"duration_weeks": 5, "days_per_week": 3, "workouts": []}), "tags": ["beginner"]}
    put("templates", name="PPL", description="For all", is_system=False, user_id=user, times_used=1, **plan, **made)
    return rows
