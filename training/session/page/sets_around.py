"""Reads the sets that the workout page shows: those of the session, those of the last session, and the best so far."""

from collections import defaultdict
from dataclasses import dataclass, field
from datetime import datetime

from django.db import connection

from training.models import Set
from training.models.done_set import DoneSet

OWN, PAST = 0, 1
# A new set is compared with at most this many earlier sets of its exercise, the latest: years of training, but a limit
# to what is read.
MOST_EARLIER_SETS = 2000

# Reads one table three times in one round trip: the sets of this session; for each exercise the sets of its latest
# session before, without deloads and recovery sessions; and the most reps with each weight before. For each exercise
# that is one range of an index, however long the history is.
SETS = """
WITH own AS MATERIALIZED (SELECT * FROM sets WHERE workout_log_id = %(log)s),
wanted AS (SELECT unnest(%(exercises)s::bigint[]) AS exercise_id UNION SELECT exercise_id FROM own),
past AS (
    SELECT s.* FROM wanted CROSS JOIN LATERAL (
        SELECT workout_log_id FROM sets LEFT JOIN prescriptions p ON p.id = sets.prescription_id
        WHERE user_id = %(user)s AND sets.exercise_id = wanted.exercise_id AND performed_at < %(before)s
          AND workout_log_id IS DISTINCT FROM %(log)s AND COALESCE(p.kind, 'normal') = 'normal'
        ORDER BY performed_at DESC LIMIT 1) AS newest
    JOIN sets s ON s.workout_log_id = newest.workout_log_id AND s.exercise_id = wanted.exercise_id
),
best AS (
    SELECT exercise_id, weight, unit, weight_kg, max(reps) AS reps
    FROM wanted CROSS JOIN LATERAL (
        SELECT weight, unit, weight_kg, reps FROM sets
        WHERE user_id = %(user)s AND exercise_id = wanted.exercise_id AND performed_at < %(before)s
          AND workout_log_id IS DISTINCT FROM %(log)s AND set_type = ANY(%(counting)s)
        ORDER BY performed_at DESC LIMIT %(most)s) AS earlier
    GROUP BY exercise_id, weight, unit, weight_kg
)
SELECT reading, exercise_id, set_number, weight, unit, weight_kg, reps, rir, set_type, performed_at FROM (
    SELECT 0 AS reading, id, exercise_id, set_number, weight, unit, weight_kg, reps, rir, set_type, performed_at
    FROM own
    UNION ALL
    SELECT 1, id, exercise_id, set_number, weight, unit, weight_kg, reps, rir, set_type, performed_at FROM past
    UNION ALL
    SELECT 2, 0, exercise_id, 0, weight, unit, weight_kg, reps, NULL, 'working', NULL FROM best
) AS readings
ORDER BY set_number, id
"""


@dataclass(frozen=True, slots=True)
class SetsAround:
    """Sets by exercise id. `done`: of the session, `last_time`: of the latest session before it, both by set number.
    `best`: the most reps with each weight in all sessions before, in no order."""

    done: dict[int, list[DoneSet]] = field(default_factory=lambda: defaultdict(list))
    last_time: dict[int, list[DoneSet]] = field(default_factory=lambda: defaultdict(list))
    best: dict[int, list[DoneSet]] = field(default_factory=lambda: defaultdict(list))


def sets_of(log_id: int | None, *, user_id: int, exercise_ids: list[int], before: datetime) -> SetsAround:
    """Reads the sets of the session `log_id` (None: it has no log yet), and earlier sets before `before`, for the
    exercises `exercise_ids` and any others done in the session."""
    around = SetsAround()
    values = {
        "log": log_id,
        "user": user_id,
        "exercises": exercise_ids,
        "before": before,
        "most": MOST_EARLIER_SETS,
        "counting": list(Set.COUNTING),
    }
    with connection.cursor() as cursor:
        cursor.execute(SETS, values)
        for reading, *row in cursor:
            one = DoneSet(*row)
            of = around.done if reading == OWN else around.last_time if reading == PAST else around.best
            of[one.exercise_id].append(one)
    return around
