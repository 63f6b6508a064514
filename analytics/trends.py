"""The analytics queries of the database document (docs/database.md) over a user's calendar: volume
trends, and what feedback led to."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from decimal import Decimal
from operator import add

from django.db import connection
from django.db.models import Count, DateField, F, Q, Sum
from django.db.models.functions import Coalesce, TruncDate

from exercises.models import Loading
from metricgain.users.models import User
from training.models import Set
from training.models.volume import LOADED, VOLUME, WORKING_SETS


@dataclass(frozen=True, slots=True)
class MuscleTrend:
    """One muscle group in one calendar week, which begins on the Monday `week` where the lifter was.

    Averages are None where no set has a weight to speak of (assisted exercises alone)."""

    week: date
    muscle: str
    workouts_count: int
    total_sets: int
    working_sets: int
    volume_kg: Decimal
    avg_weight_kg: Decimal | None
    avg_reps: Decimal


@dataclass(frozen=True, slots=True)
class Correlation:
    """How often a muscle was felt that way, and its sets in the next week of the mesocycle on average.

    `times`, `sets` and `next_sets`: the same where no deload follows, whose sets are halved whatever was said; in
    working sets, summed up over those times, of the week of the answer and of the next."""

    muscle: str
    soreness_level: int | None
    pump_level: int | None
    challenge_level: int | None
    occurrences: int
    avg_next_sets: Decimal
    times: int
    sets: int
    next_sets: int


def local_day(user: User):
    """The calendar day where the lifter was, of the session of feedback: as the phone said, else in the
    user's time zone."""
    return Coalesce(
        F("workout_log__local_date"), TruncDate("workout_log__performed_at", tzinfo=user.zone), output_field=DateField()
    )


def trends_since(user: User, since: datetime | None) -> list[MuscleTrend]:
    """Sets and volume by calendar week and muscle group from a moment on (None: all there is), the latest week first.

    Weeks are those of the lifter's calendar; the document's are those of the connection's time zone. Sessions are
    summed up here: telling them apart by week and muscle costs PostgreSQL more than handing them over."""
    sets = Set.objects.filter(workout_log__user=user, user=user)
    if since:
        sets = sets.filter(workout_log__performed_at__gte=since)
    rows = sets.values_list(
        "workout_log", "workout_log__local_date", "workout_log__performed_at", "exercise__muscle_group"
    ).annotate(
        total=Count("id"),
        working=WORKING_SETS,
        volume=VOLUME,
        weights=Sum("weight_kg", filter=LOADED, default=0),
        weighed=Count("id", filter=~Q(exercise__loading=Loading.ASSISTED)),
        reps=Sum("reps"),
    )
    sums: dict[tuple[date, str], list] = {}
    for _, local, at, muscle, *counts in rows:
        day = local or user.today(at)
        one = sums.setdefault((day - timedelta(days=day.weekday()), muscle), [0] * 7)
        one[:] = map(add, one, [1, *counts])
    found = [_trend(*place, counts) for place, counts in sums.items()]
    return sorted(found, key=lambda one: (-one.week.toordinal(), one.muscle))


def _trend(week: date, muscle: str, sums: list) -> MuscleTrend:
    """A set of the body alone weighs nothing, whatever was typed; help is no weight at all."""
    workouts, total, working, volume, weights, weighed, reps = sums
    average = Decimal(weights) / weighed if weighed else None
    return MuscleTrend(week, muscle, workouts, total, working, volume, average, Decimal(reps) / total)


# The muscle's sets of each week counted once, beside each answer given in the week before. A week that has not been
# trained yet is no answer. docs/database.md says what was repaired.
# Materialized: else the planner, which takes a lifter for one with few logs, counts everybody's.
FEEDBACK_CORRELATION = """
    WITH log AS MATERIALIZED (
        SELECT workout_logs.id, mesocycle_id, week_number, week_number + 1 < duration_weeks AS counts
        FROM workout_logs JOIN mesocycles ON mesocycles.id = mesocycle_id
        WHERE workout_logs.user_id = %(user)s
    ), week AS MATERIALIZED (
        SELECT log.mesocycle_id, log.week_number, exercises.muscle_group, COUNT(*) AS sets,
            COUNT(*) FILTER (WHERE set_type = ANY(%(counting)s)) AS working
        FROM sets
        JOIN log ON log.id = sets.workout_log_id
        JOIN exercises ON exercises.id = sets.exercise_id
        WHERE sets.user_id = %(user)s AND (%(muscle)s::text IS NULL OR exercises.muscle_group = %(muscle)s)
        GROUP BY 1, 2, 3
    ), pair AS (
        SELECT felt.*, next.sets AS next_sets, this.working, next.working AS next_working,
            log.counts AND this.working > 0 AND next.working > 0 AS counts
        FROM log
        JOIN muscle_group_feedback felt ON felt.workout_log_id = log.id
        JOIN week next ON next.mesocycle_id = log.mesocycle_id
            AND next.week_number = log.week_number + 1
            AND next.muscle_group = felt.muscle_group
        LEFT JOIN week this ON this.mesocycle_id = log.mesocycle_id
            AND this.week_number = log.week_number
            AND this.muscle_group = felt.muscle_group
    )
    SELECT muscle_group, soreness_level, pump_level, challenge_level, COUNT(*), AVG(next_sets),
        COUNT(*) FILTER (WHERE counts),
        COALESCE(SUM(working) FILTER (WHERE counts), 0), COALESCE(SUM(next_working) FILTER (WHERE counts), 0)
    FROM pair
    GROUP BY 1, 2, 3, 4
    ORDER BY 1, 2, 3, 4
"""


def feedback_correlation(user: User, muscle: str | None = None) -> list[Correlation]:
    """What each combination of answers was followed by, by muscle and levels, of one muscle or all; over all
    mesocycles of the user."""
    with connection.cursor() as cursor:
        cursor.execute(FEEDBACK_CORRELATION, {"user": user.pk, "muscle": muscle, "counting": list(Set.COUNTING)})
        return [Correlation(*row) for row in cursor.fetchall()]
