"""A rule that the database keeps: a statement with a gap, values that it refuses in the gap, and their neighbours
that it takes, so that no refusal is one by accident."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Rule:
    name: str
    constraint: str  # as PostgreSQL's message names it
    sql: str  # with {} for the value, and %(name)s for ids: see the fixture `ids`
    refused: tuple[str, ...]
    taken: tuple[str, ...]


def add(table: str, columns: str, values: str) -> str:
    return f"INSERT INTO {table} ({columns}) VALUES ({values})"


def insert_set(columns: str, values: str) -> str:
    return add("sets", f"workout_log_id, exercise_id, {columns}", f"%(alices_log)s, %(bench)s, {values}")


def insert_log(columns: str, values: str) -> str:
    owners = "%(alices_workout)s, %(alice)s, %(alices_mesocycle)s"
    return add("workout_logs", f"workout_id, user_id, mesocycle_id, {columns}", f"{owners}, {values}")


def prescribe(column: str) -> str:
    """Returns an INSERT of a prescription for a week that has none, with a gap for the value of `column`."""
    row = {"workout_id": "%(alices_workout)s", "exercise_id": "%(bench)s", "week_number": "2", "position": "1"}
    row |= {"sets": "3", "reps": "10", "reps_lo": "8", "drop": "1", "weight": "100", "unit": "'kg'", "rir": "2"}
    row |= {"reasons": "'[]'", "inputs": "'[]'", "engine_version": "'1'", "config_hash": "'-'", column: "{}"}
    return add("prescriptions", ", ".join(row), ", ".join(row.values()))


def set_up(columns: str) -> str:
    """Returns an INSERT of alice's settings of her exercise, with a gap for the values of `columns`."""
    return add("exercise_settings", f"user_id, exercise_id, {columns}", "%(alice)s, %(alices_exercise)s, {}")


def update(table: str, assignment: str, row: str) -> str:
    return f"UPDATE {table} SET {assignment} WHERE id = %({row})s"
