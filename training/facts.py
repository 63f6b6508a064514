"""Writing what happened. A fact has an address; writing is an upsert to it, and the later edit wins.

Each function is safe to repeat, in any order and twelve at once: the same facts end in the same rows. One statement
writes the log (which locks it) and the fact; so one fact needs one round trip and one commit."""

from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from enum import Enum
from typing import Any

from django.db import connection, transaction

from training import prescribing
from training.models import DeletedSet, Mesocycle, Set, WorkoutLog


@dataclass(frozen=True, slots=True)
class Address:
    """A session: a workout of this user's in a week of its mesocycle. It need not have a log yet."""

    user_id: int
    workout_id: int
    week: int


@dataclass(frozen=True, slots=True)
class Edit:
    """When the lifter did it, and which day it was there. `at` None: now, by the server's clock (plain forms)."""

    at: datetime | None
    local_date: date


class Outcome(Enum):
    APPLIED = "applied"
    STALE = "stale"  # a later edit of the same fact stands


class UnknownAddress(LookupError):
    """No such workout, week or exercise for this user. Views answer 404."""


class NothingLogged(ValueError):
    """A session without a set cannot be finished, only skipped."""


# The session's log, created by its first fact whatever that is, locked by every one. `started` is NULL for what is
# not a set: a session starts with its first set. A phone's clock is believed, but not past the server's own.
LOG = """
WITH address AS MATERIALIZED (
    SELECT w.id AS workout_id, w.mesocycle_id, m.user_id,
           LEAST(COALESCE(%(at)s::timestamptz, clock_timestamp()), clock_timestamp()) AS at
    FROM workouts w JOIN mesocycles m ON m.id = w.mesocycle_id
    WHERE w.id = %(workout)s AND m.user_id = %(user)s AND %(week)s BETWEEN 1 AND m.duration_weeks
      AND (%(exercise)s::bigint IS NULL OR EXISTS (
            SELECT FROM exercises e WHERE e.id = %(exercise)s AND (e.user_id IS NULL OR e.user_id = m.user_id)))
), log AS (
    INSERT INTO workout_logs AS log
        (workout_id, mesocycle_id, user_id, week_number, performed_at, local_date, started_at)
    SELECT workout_id, mesocycle_id, user_id, %(week)s, at, %(local_date)s, CASE WHEN %(starts)s THEN at END
    FROM address
    ON CONFLICT (workout_id, week_number) DO UPDATE SET
        started_at = LEAST(log.started_at, excluded.started_at),
        performed_at = COALESCE(LEAST(log.started_at, excluded.started_at), log.performed_at),
        completed_at = CASE WHEN log.completed_at IS NOT NULL
            THEN GREATEST(log.completed_at, LEAST(log.started_at, excluded.started_at)) END,
        status = CASE WHEN log.status = 'skipped' AND %(starts)s
                       AND excluded.performed_at > COALESCE(log.status_edited_at, '-infinity')
            THEN 'in_progress' ELSE log.status END
    RETURNING id, user_id, status
)
"""

SET = """, fact AS (
    INSERT INTO sets AS fact (workout_log_id, user_id, exercise_id, set_number, weight, unit, reps, rir, set_type,
                              prescription_id, performed_at, edited_at)
    SELECT log.id, log.user_id, %(exercise)s, %(number)s, %(weight)s, %(unit)s, %(reps)s, %(rir)s, %(set_type)s,
           (SELECT id FROM prescriptions WHERE id = %(prescription)s AND workout_id = %(workout)s),
           address.at, address.at
    FROM log, address
    ON CONFLICT (workout_log_id, exercise_id, set_number) DO UPDATE SET
        weight = excluded.weight, unit = excluded.unit, reps = excluded.reps, rir = excluded.rir,
        set_type = excluded.set_type, prescription_id = excluded.prescription_id, edited_at = excluded.edited_at
    -- Two edits at the same moment: the values decide, so that the order of arrival never does.
    WHERE (fact.edited_at, fact.weight, fact.reps, COALESCE(fact.rir, -1), fact.set_type)
       <= (excluded.edited_at, excluded.weight, excluded.reps, COALESCE(excluded.rir, -1), excluded.set_type)
    RETURNING id
)
"""

SORENESS = """, fact AS (
    INSERT INTO muscle_group_feedback AS fact (workout_log_id, muscle_group, soreness_level, soreness_recorded_at)
    SELECT log.id, %(muscle)s, %(soreness)s, address.at FROM log, address
    ON CONFLICT (workout_log_id, muscle_group) DO UPDATE SET
        soreness_level = excluded.soreness_level, soreness_recorded_at = excluded.soreness_recorded_at
    WHERE (COALESCE(fact.soreness_recorded_at, '-infinity'), COALESCE(fact.soreness_level, -1))
       <= (excluded.soreness_recorded_at, excluded.soreness_level)
    RETURNING id
)
"""

PERFORMANCE = """, fact AS (
    INSERT INTO muscle_group_feedback AS fact
        (workout_log_id, muscle_group, pump_level, challenge_level, performance_recorded_at)
    SELECT log.id, %(muscle)s, %(pump)s, %(challenge)s, address.at FROM log, address
    ON CONFLICT (workout_log_id, muscle_group) DO UPDATE SET
        pump_level = excluded.pump_level, challenge_level = excluded.challenge_level,
        performance_recorded_at = excluded.performance_recorded_at
    WHERE (COALESCE(fact.performance_recorded_at, '-infinity'),
           COALESCE(fact.pump_level, -1), COALESCE(fact.challenge_level, -1))
       <= (excluded.performance_recorded_at, COALESCE(excluded.pump_level, -1), COALESCE(excluded.challenge_level, -1))
    RETURNING id
)
"""


def log_set(
    address: Address,
    edit: Edit,
    *,
    exercise_id: int,
    number: int,
    weight: Decimal,
    unit: str,
    reps: int,
    rir: Decimal | None = None,
    set_type: str = Set.Type.WORKING,
    prescription_id: int | None = None,
) -> Outcome:
    """Stores a set at its address. `prescription_id` is what the lifter saw. Raises UnknownAddress."""
    return _write(
        SET,
        address,
        edit,
        starts=True,
        exercise=exercise_id,
        number=number,
        weight=weight,
        unit=unit,
        reps=reps,
        rir=rir,
        set_type=set_type,
        prescription=prescription_id,
    )


def rate_soreness(address: Address, edit: Edit, *, muscle: str, soreness: int) -> Outcome:
    """How sore `muscle` still was before it was trained, 0-3. Raises UnknownAddress."""
    return _write(SORENESS, address, edit, muscle=muscle, soreness=soreness)


def rate_performance(address: Address, edit: Edit, *, muscle: str, pump: int | None, challenge: int | None) -> Outcome:
    """Pump and challenge of `muscle` after its last set, 0-3 each. One answer, one clock. Raises UnknownAddress."""
    return _write(PERFORMANCE, address, edit, muscle=muscle, pump=pump, challenge=challenge)


@transaction.atomic
def delete_set(address: Address, edit: Edit, *, exercise_id: int, number: int) -> Outcome:
    """Takes a set back, and remembers when, so that an older write cannot return it. Raises UnknownAddress."""
    log_id, _, at = _run(
        LOG + "SELECT log.id, log.status, address.at FROM log, address", address, edit, exercise=exercise_id
    )
    place = {"workout_log_id": log_id, "exercise_id": exercise_id, "set_number": number}
    tombstone, new = DeletedSet.objects.get_or_create(**place, defaults={"deleted_at": at})
    if not new and tombstone.deleted_at < at:
        tombstone.deleted_at = at
        tombstone.save(update_fields=["deleted_at"])
    Set.objects.filter(**place, edited_at__lte=at).delete()
    log = WorkoutLog.objects.get(id=log_id)
    log.start_with_first_set()
    if log.is_completed:
        prescribing.prescribe_after(log)
    return Outcome.STALE if Set.objects.filter(**place).exists() else Outcome.APPLIED


@transaction.atomic
def finish_workout(address: Address, edit: Edit, *, now: datetime) -> WorkoutLog:
    """Completes the session, asks the engine for its next occurrence, and moves the mesocycle on.

    Finishing again changes nothing. Raises UnknownAddress, NothingLogged."""
    mesocycle = Mesocycle.objects.select_for_update().filter(workouts=address.workout_id, user=address.user_id).first()
    if mesocycle is None or not 1 <= address.week <= mesocycle.duration_weeks:
        raise UnknownAddress
    log = WorkoutLog.objects.select_for_update().filter(workout=address.workout_id, week_number=address.week).first()
    if log is None or not log.is_started:
        raise NothingLogged
    if log.finish(at=min(edit.at or now, now)):
        prescribing.prescribe_after(log)
        if mesocycle.is_active:
            mesocycle.move_on(at=now)
    return log


def _write(fact: str, address: Address, edit: Edit, **values: Any) -> Outcome:
    statement = LOG + fact + "SELECT log.id, log.status, fact.id FROM log LEFT JOIN fact ON true"
    log_id, status, fact_id = _run(statement, address, edit, **values)
    if status == WorkoutLog.Status.COMPLETED and fact_id:
        # A late fact of a finished session: what it changes in the next one is asked anew.
        with transaction.atomic():
            prescribing.prescribe_after(WorkoutLog.objects.get(id=log_id))
    return Outcome.APPLIED if fact_id else Outcome.STALE


def _run(statement: str, address: Address, edit: Edit, *, starts: bool = False, exercise=None, **values: Any) -> tuple:
    values |= {
        "user": address.user_id,
        "workout": address.workout_id,
        "week": address.week,
        "at": edit.at,
        "local_date": edit.local_date,
        "starts": starts,
        "exercise": exercise,
    }
    with connection.cursor() as cursor:
        cursor.execute(statement, values)
        row = cursor.fetchone()
    if row is None:
        raise UnknownAddress(address)
    return row
