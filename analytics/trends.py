"""Volume trends, and the sets that followed feedback, over a user's calendar. docs/database.md compares both with the
queries of the customer's schema document."""

from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from operator import add

from django.db import connection
from django.db.models import Count, Q, Sum

from exercises.models import Loading
from exercises.parts import Counted
from metricgain.users.models import User
from training.models import Prescription, Set, WorkoutLog
from training.models.volume import LOADED, VOLUME, WORKING_SETS


@dataclass(frozen=True, slots=True)
class MuscleTrend:
    """One muscle group in one calendar week of the lifter, which begins on the Monday `week`.

    `avg_weight_kg` is None where only assisted exercises were done, whose weight is help. `week_sessions` and
    `is_hard` are about the whole week, with all muscles: the ids of its logs, and whether it is no deload."""

    week: date
    muscle: str
    workouts_count: int
    total_sets: int
    working_sets: int
    volume_kg: Decimal
    avg_weight_kg: Decimal | None
    avg_reps: Decimal
    week_sessions: frozenset[int]
    is_hard: bool
    parts: tuple[Counted, ...] = ()  # its working sets by part, where they were asked for


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


def trends_since(user: User, since: datetime | None, *, by_part: bool = False) -> list[MuscleTrend]:
    """Returns sets and volume by calendar week and muscle group since a moment (None: all), latest week first; if
    `by_part`, also the sets by part.

    Makes two queries. Weeks follow the lifter's calendar. Python sums up the sessions, because counting distinct
    sessions per week and muscle costs PostgreSQL more than sending a row for each session."""
    logs, sets = WorkoutLog.objects.owned_by(user), Set.objects.filter(workout_log__user=user, user=user)
    if since:
        logs, sets = logs.filter(performed_at__gte=since), sets.filter(workout_log__performed_at__gte=since)
    told = logs.with_ease().values_list("id", "local_date", "performed_at", "ease")
    sessions = {log: (monday_of(local or user.day_of(at)), ease) for log, local, at, ease in told}
    by = ("exercise__part", "exercise__secondary_parts") if by_part else ()
    rows = sets.values_list("workout_log", "exercise__muscle_group", *by).annotate(
        total=Count("id"),
        working=WORKING_SETS,
        volume=VOLUME,
        weights=Sum("weight_kg", filter=LOADED, default=0),
        weighed=Count("id", filter=~Q(exercise__loading=Loading.ASSISTED)),
        reps=Sum("reps"),
    )
    sums: dict[tuple[date, str], list] = {}
    trained: dict[date, dict[int, str | None]] = defaultdict(dict)  # week -> session -> why it was easy
    seen: set[tuple[int, str]] = set()  # each muscle of each session
    parts: dict[tuple[date, str], list[Counted]] = defaultdict(list)
    for log, muscle, *told_of in rows:
        if log in sessions:  # one may have begun since they were read
            week, trained[week][log] = sessions[log][0], sessions[log][1]
            one, counts = sums.setdefault((week, muscle), [0] * 7), told_of[len(by) :]
            one[:] = map(add, one, [(log, muscle) not in seen, *counts])
            seen.add((log, muscle))
            if by_part:
                parts[week, muscle].append(Counted(told_of[0], told_of[1], counts[1]))
    whole = {week: (frozenset(eases), is_hard(eases.values())) for week, eases in trained.items()}
    found = [_trend(*of, counts, *whole[of[0]], tuple(parts[of])) for of, counts in sums.items()]
    return sorted(found, key=lambda one: (-one.week.toordinal(), one.muscle))


def trends_from(user: User, monday: date | None, *, by_part: bool = False) -> list[MuscleTrend]:
    """Returns the trends of whole weeks of the lifter's calendar from the one that begins on `monday` (None: all)."""
    if monday is None:
        return trends_since(user, None, by_part=by_part)
    # A phone abroad may have been a day ahead of the account.
    since = datetime.combine(monday, time.min, tzinfo=user.zone) - timedelta(days=1)
    return [one for one in trends_since(user, since, by_part=by_part) if one.week >= monday]


def monday_of(day: date) -> date:
    return day - timedelta(days=day.weekday())


def is_hard(eases: Iterable[str | None]) -> bool:
    """Whether a week is a hard one, by `WorkoutLog.ease` of its sessions: it has more hard sessions than deloads.

    A calendar week can have both, where one mesocycle ends and the next begins. It shows what a hard week is only if
    most of it was one: a deload made up for on a Monday spoils no full week, and one hard session after a deload makes
    none. A session while ill, or a recovery session, leaves a week hard as long as a hard session is beside it."""
    counted = Counter(eases)
    return counted[None] > counted[Prescription.Kind.DELOAD.value]


def _trend(
    week: date, muscle: str, sums: list, sessions: frozenset[int], hard: bool, parts: tuple[Counted, ...]
) -> MuscleTrend:
    """Averages the sums of one week. A bodyweight set counts with weight 0, whatever was typed. An assisted set does
    not count for the average weight."""
    workouts, total, working, volume, weights, weighed, reps = sums
    average = Decimal(weights) / weighed if weighed else None
    mean_reps = Decimal(reps) / total
    return MuscleTrend(week, muscle, workouts, total, working, volume, average, mean_reps, sessions, hard, parts)


# Counts a muscle's sets of each week once, and joins them to each answer of the week before. Leaves out answers whose
# next week was not trained. docs/database.md says how this differs from the customer's query.
# MATERIALIZED, because the planner expects few logs of a lifter and would then count everybody's sets.
FEEDBACK_CORRELATION = """
    WITH log AS MATERIALIZED (
        SELECT workout_logs.id, mesocycle_id, week_number, week_number + 1 < duration_weeks AS counts, performed_at
        FROM workout_logs JOIN mesocycles ON mesocycles.id = mesocycle_id
        WHERE workout_logs.user_id = %(user)s AND (%(since)s::timestamptz IS NULL OR mesocycle_id IN (
            SELECT mesocycle_id FROM workout_logs WHERE user_id = %(user)s AND performed_at >= %(since)s
        ))
    ), week AS MATERIALIZED (
        SELECT log.mesocycle_id, log.week_number, exercises.muscle_group, COUNT(*) AS sets,
            COUNT(*) FILTER (WHERE set_type = ANY(%(counting)s)) AS working
        FROM sets
        JOIN log ON log.id = sets.workout_log_id
        JOIN exercises ON exercises.id = sets.exercise_id
        WHERE sets.user_id = %(user)s AND (%(muscle)s::text IS NULL OR exercises.muscle_group = %(muscle)s)
            AND sets.performed_at > (SELECT MIN(performed_at) - INTERVAL '1 day' FROM log)
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


def feedback_correlation(user: User, muscle: str | None = None, *, since: datetime | None = None) -> list[Correlation]:
    """Returns each combination of answers with the sets that followed, by muscle and levels, for one muscle or all,
    over the mesocycles that were trained since a moment (None: all)."""
    values = {"user": user.pk, "muscle": muscle, "since": since, "counting": list(Set.COUNTING)}
    with connection.cursor() as cursor:
        cursor.execute(FEEDBACK_CORRELATION, values)
        return [Correlation(*row) for row in cursor.fetchall()]
