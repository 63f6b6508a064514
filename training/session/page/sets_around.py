"""Reads the sets that the workout page shows: those of the session, those of the last session, and the best so far."""

from collections import defaultdict
from dataclasses import dataclass, field
from datetime import datetime

from django.db import connection

from training.models.bests import MARKS, SETS_THAT_COUNT, values_of
from training.models.done_set import DoneSet

OWN, PAST, BEST = 0, 1, 2
# A new set is compared with at most this many earlier sets of its exercise, the latest: years of training, but a limit
# to what is read.
MOST_EARLIER_SETS = 2000

# Reads one table three times in one round trip: the sets of this session; for each exercise the sets of its latest
# session before, without deloads and recovery sessions; and the best of the sets with each weight before, with the next
# best where it is not sure that the best counts. For each exercise that is one range of an index, however long the
# history is. `earlier` takes that range before it joins what was asked, which PostgreSQL then joins once, not once an
# exercise.
SETS = f"""
WITH own AS MATERIALIZED (SELECT * FROM sets WHERE workout_log_id = %(log)s),
wanted AS (
    SELECT unnest(%(exercises)s::bigint[]) AS exercise_id UNION SELECT exercise_id FROM own WHERE %(others)s
),
earlier AS (
    SELECT found.* FROM wanted CROSS JOIN LATERAL (
        SELECT * FROM sets WHERE user_id = %(user)s AND exercise_id = wanted.exercise_id AND performed_at < %(before)s
          AND workout_log_id IS DISTINCT FROM %(log)s
        ORDER BY performed_at DESC LIMIT %(most)s) AS found
),
past AS (
    SELECT s.* FROM wanted CROSS JOIN LATERAL (
        SELECT workout_log_id FROM sets
        WHERE user_id = %(user)s AND exercise_id = wanted.exercise_id AND performed_at < %(before)s
          AND workout_log_id IS DISTINCT FROM %(log)s
          AND COALESCE((SELECT kind FROM prescriptions WHERE id = sets.prescription_id), 'normal') = 'normal'
        ORDER BY performed_at DESC LIMIT 1) AS newest
    JOIN sets s ON s.workout_log_id = newest.workout_log_id AND s.exercise_id = wanted.exercise_id
),
counted AS (WITH sets AS (TABLE earlier) {SETS_THAT_COUNT}),
best AS (
    SELECT *, ROW_NUMBER() OVER by_weight AS place, LAG(is_sure) OVER by_weight AS is_enough
    FROM ({MARKS} FROM counted GROUP BY exercise_id, weight_kg, reps, rir) AS marks
    WINDOW by_weight AS (PARTITION BY exercise_id, weight_kg, rir IS NULL ORDER BY to_failure DESC, reps DESC)
)
SELECT reading, is_sure, exercise_id, set_number, weight, unit, weight_kg, reps, rir, set_type, performed_at, seconds,
    extends
FROM (
    SELECT 0 AS reading, NULL::boolean AS is_sure, id, exercise_id, set_number, weight, unit, weight_kg, reps, rir,
        set_type, performed_at, seconds, extends
    FROM own
    UNION ALL
    SELECT 1, NULL, id, exercise_id, set_number, weight, unit, weight_kg, reps, rir, set_type, performed_at, seconds,
        extends
    FROM past
    UNION ALL
    SELECT 2, is_sure, 0, exercise_id, 0, weight, unit, weight_kg, reps, rir, 'working', NULL, NULL, NULL FROM best
    WHERE place = 1 OR (place = 2 AND NOT is_enough)
) AS readings
ORDER BY set_number, id
"""


@dataclass(frozen=True, slots=True)
class SetsAround:
    """Sets by exercise id. `done`: of the session, `last_time`: of the latest session before it, both by set number.
    `best`: the best with each weight in all sessions before, in no order, each with whether it is sure that it
    counts."""

    done: dict[int, list[DoneSet]] = field(default_factory=lambda: defaultdict(list))
    last_time: dict[int, list[DoneSet]] = field(default_factory=lambda: defaultdict(list))
    best: dict[int, list[tuple[DoneSet, bool]]] = field(default_factory=lambda: defaultdict(list))


def sets_of(
    log_id: int | None, *, user_id: int, exercise_ids: list[int], before: datetime, others: bool = True
) -> SetsAround:
    """Reads the sets of the session `log_id` (None: it has no log yet), and earlier sets before `before`, for the
    exercises `exercise_ids` and, with `others`, any others done in the session."""
    around = SetsAround()
    values = values_of(user_id) | {
        "log": log_id,
        "exercises": exercise_ids,
        "others": others,
        "before": before,
        "most": MOST_EARLIER_SETS,
    }
    with connection.cursor() as cursor:
        cursor.execute(SETS, values)
        for reading, is_sure, *row in cursor:
            one = DoneSet(*row)
            if reading == BEST:
                around.best[one.exercise_id].append((one, is_sure))
            else:
                (around.done if reading == OWN else around.last_time)[one.exercise_id].append(one)
    return around
