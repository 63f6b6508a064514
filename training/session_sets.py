"""The sets that the workout page shows: what was done in the session, and what was done the last time."""

from collections import defaultdict
from datetime import datetime
from decimal import Decimal
from typing import NamedTuple

from django.db import connection

from metricgain.numbers import plain

# Two readings of one table in one round trip: the sets of this session, and of each exercise here those of its latest
# session before. One index probe per exercise, whatever the history: by the set's time, then by its session.
SETS = """
WITH own AS MATERIALIZED (SELECT * FROM sets WHERE workout_log_id = %(log)s),
wanted AS (SELECT unnest(%(exercises)s::bigint[]) AS exercise_id UNION SELECT exercise_id FROM own),
past AS (
    SELECT s.* FROM wanted CROSS JOIN LATERAL (
        SELECT workout_log_id FROM sets
        WHERE user_id = %(user)s AND exercise_id = wanted.exercise_id AND performed_at < %(before)s
          AND workout_log_id IS DISTINCT FROM %(log)s
        ORDER BY performed_at DESC LIMIT 1) AS newest
    JOIN sets s ON s.workout_log_id = newest.workout_log_id AND s.exercise_id = wanted.exercise_id
)
SELECT is_own, exercise_id, set_number, weight, unit, weight_kg, reps, rir, set_type, performed_at
FROM (SELECT true AS is_own, * FROM own UNION ALL SELECT false, * FROM past) AS both_readings
ORDER BY set_number, id
"""


class DoneSet(NamedTuple):
    """A row of `sets`, as far as the page needs it: to make sixty model instances takes as long as to ask for them."""

    exercise_id: int
    set_number: int
    weight: Decimal
    unit: str
    weight_kg: Decimal
    reps: int
    rir: Decimal | None
    set_type: str
    performed_at: datetime

    @property
    def words(self) -> str:
        """As the model says it: "80 kg × 8"."""
        return f"{plain(self.weight)} {self.unit} × {self.reps}" if self.weight else f"{self.reps} reps"


def sets_of(
    log_id: int | None, *, user_id: int, exercise_ids: list[int], before: datetime
) -> tuple[dict[int, list[DoneSet]], dict[int, dict[int, str]]]:
    """By exercise: what was done in the session `log_id` (None: it has no log yet), in order of set number; and, by set
    number and in words, what was done in the latest session before `before`: of `exercise_ids`, and of what else was
    done in this one."""
    done, last_time = defaultdict(list), defaultdict(dict)
    with connection.cursor() as cursor:
        cursor.execute(SETS, {"log": log_id, "user": user_id, "exercises": exercise_ids, "before": before})
        for is_own, *row in cursor:
            one = DoneSet(*row)
            if is_own:
                done[one.exercise_id].append(one)
            else:
                last_time[one.exercise_id][one.set_number] = one.words
    return done, last_time
