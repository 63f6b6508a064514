"""Volume trends, and the sets that followed feedback, over a user's calendar. docs/database.md compares both with the
queries of the customer's schema document."""

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
    """One muscle group in one calendar week of the lifter, which begins on the Monday `week`.

    `avg_weight_kg` is None where only assisted exercises were done, whose weight is help."""

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
    """How often a lifter gave these answers about a muscle, and its average sets in the next week of the mesocycle.

    `times` leaves out weeks before a deload, which halves the sets whatever the answer was. `sets` and `next_sets` are
    the working sets in the week of the answer and in the next, summed over these times."""

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
    """Returns an expression for the calendar day of a feedback's session: as the phone sent it, otherwise in the user's
    time zone."""
    return Coalesce(
        F("workout_log__local_date"), TruncDate("workout_log__performed_at", tzinfo=user.zone), output_field=DateField()
    )


def trends_since(user: User, since: datetime | None) -> list[MuscleTrend]:
    """Returns sets and volume by calendar week and muscle group since a moment (None: all), latest week first.

    Weeks follow the lifter's calendar. Python sums up the sessions, because counting distinct sessions per week and
    muscle costs PostgreSQL more than sending a row for each session."""
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
        day = local or user.day_of(at)
        one = sums.setdefault((day - timedelta(days=day.weekday()), muscle), [0] * 7)
        one[:] = map(add, one, [1, *counts])
    found = [_trend(*place, counts) for place, counts in sums.items()]
    return sorted(found, key=lambda one: (-one.week.toordinal(), one.muscle))


def _trend(week: date, muscle: str, sums: list) -> MuscleTrend:
    """Averages the sums of one week. A bodyweight set counts with weight 0, whatever was typed. An assisted set does
    not count for the average weight."""
    workouts, total, working, volume, weights, weighed, reps = sums
    average = Decimal(weights) / weighed if weighed else None
    return MuscleTrend(week, muscle, workouts, total, working, volume, average, Decimal(reps) / total)


# Counts a muscle's sets of each week once, and joins them to each answer of the week before. Leaves out answers whose
# next week was not trained. docs/database.md says how this differs from the customer's query.
# MATERIALIZED, because the planner expects few logs of a lifter and would then count everybody's sets.
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
    """Returns each combination of answers with the sets that followed, by muscle and levels, for one muscle or all,
    over all mesocycles of the user."""
    with connection.cursor() as cursor:
        cursor.execute(FEEDBACK_CORRELATION, {"user": user.pk, "muscle": muscle, "counting": list(Set.COUNTING)})
        return [Correlation(*row) for row in cursor.fetchall()]
