"""Reads a mesocycle for the engine: rows without model instances, because a mesocycle has hundreds.

`muscles`: reads the rows of these muscles only; None: of all."""

import json
from collections.abc import Collection, Iterable, Iterator
from decimal import Decimal
from typing import NamedTuple

from django.db import connection

from exercises.models import Exercise
from training.models import Prescription, Workout, WorkoutExercise
from training.models.done_set import DoneSet
from training.models.prescription import LIFTER, TODAY
from training.prescribing.parameters import ExerciseParameters
from training.progression import ExercisePlan, Reason

PRESCRIPTIONS = """
SELECT p.id, workout_id, week_number, exercise_id, muscle_group, p.position, sets, reps, reps_lo, drop, weight, p.unit,
       rir, kind, superseded_at IS NULL, reasons, inputs ->> 'by', inputs ->> 'scope', inputs -> 'stands_for',
       p.open, p.seconds, p.superset, inputs ->> 'paired' = 'today'
FROM prescriptions p JOIN workouts w ON w.id = workout_id JOIN exercises e ON e.id = exercise_id
WHERE mesocycle_id = %(mesocycle)s AND (%(muscles)s::text[] IS NULL OR muscle_group = ANY(%(muscles)s))
ORDER BY p.id
"""

SETS = """
SELECT workout_log_id, muscle_group, exercise_id, set_number, weight, unit, weight_kg, reps, rir, set_type,
       performed_at, seconds, extends
FROM sets JOIN exercises e ON e.id = exercise_id
WHERE workout_log_id = ANY(%(logs)s) AND (%(muscles)s::text[] IS NULL OR muscle_group = ANY(%(muscles)s))
ORDER BY set_number
"""

ANSWERS = """
SELECT workout_log_id, muscle_group, soreness_level, pump_level, challenge_level
FROM muscle_group_feedback
WHERE workout_log_id = ANY(%(logs)s) AND (%(muscles)s::text[] IS NULL OR muscle_group = ANY(%(muscles)s))
"""


class Prescribed(NamedTuple):
    """A row of `prescriptions` with the muscle that it trains. Of its inputs it has who chose it, for how long, and
    `stands_for`. JSON stays text, because it is read from few rows."""

    id: int
    workout_id: int
    week_number: int
    exercise_id: int
    muscle: str
    position: int
    sets: int
    reps: int
    reps_lo: int
    drop: Decimal
    weight: Decimal | None
    unit: str
    rir: int | None
    kind: str
    is_standing: bool
    reasons_json: str
    chosen_by: str | None
    chosen_for: str | None
    stands_for_json: str | None
    open: bool
    seconds: int | None
    superset: int | None
    is_paired_for_today: bool | None

    @property
    def address(self) -> tuple[int, int, int]:
        """(workout, week, exercise)."""
        return self.workout_id, self.week_number, self.exercise_id

    @property
    def reasons(self) -> list[dict]:
        return json.loads(self.reasons_json)

    @property
    def stands_for(self) -> list | None:
        return json.loads(self.stands_for_json) if self.stands_for_json else None

    @property
    def is_by_lifter(self) -> bool:
        return self.chosen_by == LIFTER

    def as_slot(self, workout: Workout, exercise: Exercise) -> WorkoutExercise:
        """Returns an unsaved slot for an exercise that is not in the plan."""
        return WorkoutExercise(
            workout=workout,
            exercise=exercise,
            position=self.position,
            target_sets=self.sets,
            superset=self.superset,
        )

    @property
    def is_for_today(self) -> bool:
        return self.is_by_lifter and self.chosen_for == TODAY


def as_plan(row: Prescribed | Prescription, parameters: ExerciseParameters | None = None) -> ExercisePlan:
    """Returns what a row asked as the engine reads it, in the unit and measure of `parameters`; None: in its own."""
    weight, counted = row.weight, row.reps if row.seconds is None else row.seconds
    reps, is_hold = counted, parameters.is_hold if parameters else row.seconds is not None
    if weight is not None and parameters:
        weight, reps = parameters.here(weight, reps=counted, of=row.unit)
    return ExercisePlan(
        sets=row.sets,
        weight=weight,
        reps=1 if is_hold else reps,
        reps_lo=1 if is_hold or row.seconds is not None else max(1, row.reps_lo + reps - row.reps),
        seconds=counted if is_hold else None,
        rir=row.rir,
        drop=row.drop,
        recovery=row.kind == Prescription.Kind.RECOVERY,
        open=row.open,
        reasons=tuple(Reason.from_dict(reason) for reason in row.reasons),
    )


class Answers(NamedTuple):
    """What a lifter answered about a muscle in a session, 0 to 3 each; None: not answered."""

    soreness_level: int | None
    pump_level: int | None
    challenge_level: int | None


def prescriptions_of(mesocycle_id: int, muscles: Collection[str] | None = None) -> list[Prescribed]:
    """Returns every row, superseded or not, in the order in which the rows were added."""
    return [Prescribed._make(row) for row in _rows(PRESCRIPTIONS, muscles, mesocycle=mesocycle_id)]


def sets_of(logs: Iterable[int], muscles: Collection[str] | None = None) -> Iterator[tuple[int, str, DoneSet]]:
    """Yields (log id, muscle, set) of each set in these logs, by set number."""
    return ((log, muscle, DoneSet._make(row)) for log, muscle, *row in _rows(SETS, muscles, logs=list(logs)))


def answers_of(logs: Iterable[int], muscles: Collection[str] | None = None) -> Iterator[tuple[int, str, Answers]]:
    """Yields (log id, muscle, answers)."""
    return ((log, muscle, Answers._make(said)) for log, muscle, *said in _rows(ANSWERS, muscles, logs=list(logs)))


def _rows(statement: str, muscles: Collection[str] | None, **values: int | list[int]) -> list[tuple]:
    with connection.cursor() as cursor:
        cursor.execute(statement, values | {"muscles": None if muscles is None else list(muscles)})
        return cursor.fetchall()
