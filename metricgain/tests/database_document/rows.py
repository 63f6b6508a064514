"""Writes and reads rows as the database document does: in plain SQL, without models."""

from dataclasses import dataclass
from typing import Any

from django.db import connection


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
