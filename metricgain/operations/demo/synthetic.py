"""Thousands of synthetic lifters, to measure the app at scale: plausible rows, loaded by COPY, which can be removed
again.

For speed the rows do not go through the models' verbs, so they obey only the rules of the database. Activity is skewed
as among real people: a few train almost daily, many rarely, and most people share the popular exercises."""

import math
import random
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from itertools import count

from django.db import connection, transaction

from exercises.models import Exercise

DOMAIN = "synthetic.metricgain.invalid"  # no mail can reach it; `remove` finds the lifters by it
WEEKS, WORKOUTS, SLOTS = 5, 6, 7  # of a mesocycle: weeks, workouts in each, exercises in each
SETS_OF_SLOT = (5, 5, 4, 4, 4, 4, 4)  # 30 a workout, as in the estimates of docs/database.md
PASSWORD = "!synthetic"  # not a hash: nobody signs in

COLUMNS = {
    "users": "id, email, password_hash, created_at, timezone, preferences",
    "mesocycles": "id, user_id, name, duration_weeks, current_week, status, start_date, end_date, days_per_week",
    "workouts": "id, mesocycle_id, name, day_of_week, position_in_week",
    "workout_exercises": "workout_id, exercise_id, position, target_sets, target_reps_min, target_reps_max, unit",
    "prescriptions": "workout_id, week_number, exercise_id, position, sets, reps, reps_lo, drop, weight, unit, rir, "
    "reasons, inputs, engine_version, config_hash",
    "workout_logs": "id, workout_id, user_id, mesocycle_id, week_number, performed_at, local_date, status, started_at, "
    "completed_at",
    "muscle_group_feedback": "workout_log_id, muscle_group, soreness_level, pump_level, challenge_level, "
    "soreness_recorded_at, performance_recorded_at",
    "sets": "workout_log_id, user_id, exercise_id, set_number, weight, reps, performed_at, edited_at",
}
NUMBERED = ("users", "mesocycles", "workouts", "workout_logs")


@dataclass(slots=True)
class Batch:
    """The rows of some users, by table, in COPY's text format."""

    rows: dict[str, list[str]] = field(default_factory=lambda: {table: [] for table in COLUMNS})

    def add(self, table: str, *values: object) -> None:
        self.rows[table].append("\t".join(r"\N" if value is None else str(value) for value in values))

    def write(self) -> None:
        with connection.cursor() as cursor:
            for table, columns in COLUMNS.items():
                with cursor.copy(f"COPY {table} ({columns}) FROM STDIN") as copy:
                    copy.write("".join(f"{row}\n" for row in self.rows[table]))


class Lifters:
    """Makes the rows of one user after another. The same seed and day give the same rows, except for ids."""

    def __init__(self, *, years: float, seed: int, now: datetime):
        self.random = random.Random(seed)
        self.years, self.now = years, now
        self.ids = {table: count(_highest_id(table) + 1) for table in NUMBERED}
        exercises = list(Exercise.objects.filter(is_system=True).order_by("id").values_list("id", "muscle_group"))
        if len(exercises) < SLOTS:
            raise ValueError("The library is empty: run `manage.py seed` first.")
        self.random.shuffle(exercises)
        self.exercises = exercises
        # The n-th exercise is done 1/n as often as the most popular one.
        self.popularity = [1 / place for place in range(1, len(exercises) + 1)]

    def add_one(self, batch: Batch) -> int:
        """Adds a user with all their training to the batch. Returns the number of sets."""
        user = next(self.ids["users"])
        # Whole mesocycles fill the time; the last one is still running.
        blocks = math.ceil(52 * self.years / WEEKS)
        began = self.now - timedelta(weeks=WEEKS * blocks - 1)
        batch.add("users", user, f"lifter-{user}@{DOMAIN}", PASSWORD, began.isoformat(), "UTC", '{"unit": "kg"}')
        # Most lifters do nearly every session; one in twenty hardly any.
        diligence = self.random.uniform(0.1, 0.5) if self.random.random() < 0.05 else self.random.uniform(0.96, 1)
        return sum(self._mesocycle(batch, user, block, blocks, began, diligence) for block in range(blocks))

    def _mesocycle(self, batch: Batch, user: int, block: int, blocks: int, began: datetime, diligence: float) -> int:
        mesocycle, active = next(self.ids["mesocycles"]), block == blocks - 1
        first_day = began + timedelta(weeks=WEEKS * block)
        week = WEEKS - 1 if active else WEEKS
        last_day = (first_day + timedelta(weeks=WEEKS, days=-1)).date()
        name, status = f"Block {block + 1}", "active" if active else "completed"
        batch.add("mesocycles", mesocycle, user, name, WEEKS, week, status, first_day.date(), last_day, WORKOUTS)
        return sum(
            self._workout(batch, user, mesocycle, day, first_day, week if active else None, diligence, block)
            for day in range(WORKOUTS)
        )

    def _workout(self, batch, user, mesocycle, day, first_day, current_week, diligence, block) -> int:
        workout = next(self.ids["workouts"])
        batch.add("workouts", workout, mesocycle, f"Day {day + 1}", day, day + 1)
        slots = self._slots(batch, workout)
        done = 0
        for week in range(1, (current_week or WEEKS) + 1):
            if current_week:
                self._prescriptions(batch, workout, week, slots)
            still_to_come = current_week == week and day >= WORKOUTS // 2
            if not still_to_come and self.random.random() < diligence:
                at = first_day + timedelta(weeks=week - 1, days=day, minutes=self.random.randrange(300))
                done += self._session(batch, user, mesocycle, workout, week, at, slots, block)
        return done

    def _slots(self, batch: Batch, workout: int) -> list[tuple[int, str, int]]:
        chosen: dict[int, str] = {}
        while len(chosen) < SLOTS:
            exercise, muscle = self.random.choices(self.exercises, self.popularity)[0]
            chosen[exercise] = muscle
        slots = [(e, m, n) for (e, m), n in zip(chosen.items(), SETS_OF_SLOT, strict=True)]
        for position, (exercise, _, sets) in enumerate(slots, start=1):
            batch.add("workout_exercises", workout, exercise, position, sets, 8, 12, "kg")
        return slots

    def _prescriptions(self, batch: Batch, workout: int, week: int, slots) -> None:
        for position, (exercise, _, sets) in enumerate(slots, start=1):
            weight, rir = 40 + exercise % 60 + 2.5 * week, max(0, 4 - week)
            numbers = (sets, 10, 8, 1, weight, "kg", rir)
            batch.add(
                "prescriptions", workout, week, exercise, position, *numbers, "[]", "{}", "synthetic", "synthetic"
            )

    def _session(self, batch, user, mesocycle, workout, week, at, slots, block) -> int:
        log, day = next(self.ids["workout_logs"]), at.date()
        end = (at + timedelta(minutes=65)).isoformat()
        begun = at.isoformat()
        batch.add("workout_logs", log, workout, user, mesocycle, week, begun, day, "completed", begun, end)
        for muscle in {muscle for _, muscle, _ in slots}:
            levels = (self.random.randrange(4) for _ in range(3))
            batch.add("muscle_group_feedback", log, muscle, *levels, begun, end)
        rows, done = batch.rows["sets"], 0
        for exercise, _, sets in slots:
            weight = 40 + exercise % 60 + 2.5 * (week + block // 2)
            for number in range(1, sets + 1):
                done += 1
                when = (at + timedelta(seconds=130 * done)).isoformat()
                reps = 12 - number + self.random.randrange(3)
                rows.append(f"{log}\t{user}\t{exercise}\t{number}\t{weight}\t{reps}\t{when}\t{when}")
        return done


def load(*, users: int, years: float, seed: int, report: Callable[[int, int], None]) -> int:
    """Adds `users` synthetic lifters with `years` of training each, all or none. Calls `report(users so far, sets so
    far)` after each batch. Returns the number of sets."""
    sets, batch = 0, Batch()
    with transaction.atomic(), _without_row_checks():
        lifters = Lifters(years=years, seed=seed, now=datetime.now(UTC))
        for made in range(1, users + 1):
            sets += lifters.add_one(batch)
            if made % 10 == 0 or made == users:
                batch.write()
                batch = Batch()
                report(made, sets)
        _move_sequences()
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")
    return sets


def remove(*, report: Callable[[int, int], None]) -> int:
    """Removes all synthetic lifters, ten at a time. Returns their number."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT id FROM users WHERE email LIKE %s ORDER BY id", [f"%@{DOMAIN}"])
        ids = [row[0] for row in cursor.fetchall()]
        for some in _in_tens(ids):
            cursor.execute("DELETE FROM users WHERE id = ANY(%s)", [some])
            report(ids.index(some[-1]) + 1, len(ids))
    return len(ids)


def _in_tens(ids: list[int]) -> Iterator[list[int]]:
    yield from (ids[start : start + 10] for start in range(0, len(ids), 10))


@contextmanager
def _without_row_checks() -> Iterator[None]:
    """Turns off triggers and foreign key checks inside, if the role is a superuser; otherwise loading takes longer. The
    rows refer only to rows that are loaded too, so 9 million checks would find nothing."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT rolsuper FROM pg_roles WHERE rolname = current_user")
        may = cursor.fetchone()[0]
        if may:
            cursor.execute("SET LOCAL session_replication_role = replica")
        yield
        if may:
            cursor.execute("SET LOCAL session_replication_role = origin")


def _highest_id(table: str) -> int:
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT COALESCE(max(id), 0) FROM {table}")
        return cursor.fetchone()[0]


def _move_sequences() -> None:
    with connection.cursor() as cursor:
        for table in NUMBERED:
            cursor.execute(f"SELECT setval(pg_get_serial_sequence('{table}', 'id'), (SELECT max(id) FROM {table}))")
