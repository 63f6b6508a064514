"""What a session needs to know about the rest of its week: the sets of each muscle there, and questions still open."""

from dataclasses import dataclass, field
from datetime import datetime, timedelta

from django.db import connection
from django.urls import reverse

from exercises.models import MuscleGroup
from training.models import Mesocycle
from training.session.questions import CHALLENGE, PUMP, AnswerOption, choices

# After this time the lifter no longer remembers what a question asks about.
WAITS = timedelta(days=14)

WEEK = """
WITH elsewhere AS (
    SELECT e.muscle_group, sum(p.sets) AS sets
    FROM workouts w JOIN prescriptions p ON p.workout_id = w.id JOIN exercises e ON e.id = p.exercise_id
    WHERE w.mesocycle_id = %(mesocycle)s AND p.week_number = %(week)s AND p.workout_id <> %(workout)s
      AND p.superseded_at IS NULL
      AND NOT EXISTS (SELECT FROM workout_logs l WHERE l.workout_id = p.workout_id AND l.week_number = p.week_number
                        AND l.status = 'skipped')
    GROUP BY e.muscle_group
), trained AS (
    SELECT DISTINCT ON (e.muscle_group) e.muscle_group, l.id AS log_id, l.workout_id, l.week_number
    FROM workout_logs l JOIN sets s ON s.workout_log_id = l.id JOIN exercises e ON e.id = s.exercise_id
    WHERE l.mesocycle_id = %(mesocycle)s AND l.performed_at >= %(since)s
    ORDER BY e.muscle_group, l.performed_at DESC, l.id DESC
)
SELECT muscle_group, sets, NULL AS workout_id, NULL AS name, NULL AS week_number, NULL, NULL FROM elsewhere
UNION ALL
SELECT t.muscle_group, NULL, w.id, w.name, t.week_number, f.pump_level, f.challenge_level
FROM trained t JOIN workouts w ON w.id = t.workout_id
LEFT JOIN muscle_group_feedback f ON f.workout_log_id = t.log_id AND f.muscle_group = t.muscle_group
WHERE (f.pump_level IS NULL OR f.challenge_level IS NULL) AND w.only_week IS NULL AND t.week_number < %(weeks)s
  AND %(week)s < %(weeks)s -- a deload asks nothing
  AND (t.workout_id, t.week_number) <> (%(workout)s, %(week)s)
ORDER BY week_number, workout_id, muscle_group
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Waiting:
    """Pump and challenge of a muscle in an earlier session, of which at least one is not answered. The answers still
    count, because the muscle was not trained since."""

    muscle: str
    words: str  # "Chest in Upper A, week 2"
    url: str  # where the answer goes
    pump: list[AnswerOption]
    challenge: list[AnswerOption]
    is_begun: bool  # one of the two is answered


@dataclass(slots=True)
class SessionWeek:
    sets_elsewhere: dict[str, int] = field(default_factory=dict)  # asked in the week's other sessions, by muscle
    waiting: list[Waiting] = field(default_factory=list)  # the oldest first


def load_week(mesocycle: Mesocycle, week: int, *, workout_id: int, now: datetime) -> SessionWeek:
    """Reads the week around the session (workout, week), in one query."""
    values: dict[str, int | datetime] = {
        "mesocycle": mesocycle.id,
        "week": week,
        "weeks": mesocycle.duration_weeks,
        "workout": workout_id,
        "since": now - WAITS,
    }
    found = SessionWeek()
    with connection.cursor() as cursor:
        cursor.execute(WEEK, values)
        for muscle, sets, workout, name, of_week, pump, challenge in cursor:
            if workout is None:
                found.sets_elsewhere[muscle] = sets
            else:
                found.waiting.append(_waiting(muscle, workout, name, of_week, pump, challenge))
    return found


def _waiting(muscle: str, workout: int, name: str, week: int, pump: int | None, challenge: int | None) -> Waiting:
    return Waiting(
        muscle=muscle,
        words=f"{MuscleGroup(muscle).label} in {name}, week {week}",
        url=reverse("training:performance_rate", args=[workout, week, muscle]),
        pump=choices(PUMP, pump),
        challenge=choices(CHALLENGE, challenge),
        is_begun=(pump is None) != (challenge is None),
    )
