"""Records: the most weight ever, the most reps ever at a weight, the most estimated strength ever."""

from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

from django.db import connection

from analytics.strength import EASY
from exercises.models import Exercise, Loading
from metricgain.numbers import plain
from metricgain.units import in_unit
from metricgain.users.models import User
from training.models import Set
from training.progression import CONFIG

PAGE = 20  # entries, each the records of one exercise on one day

# Sets are compared with those of earlier days only. Less help is harder; the body alone counts as no weight.
# Strength repeats the engine's `shown_e1rm` in SQL, so that only records leave the database: of equal weights on a day
# it takes the set with the most reps to failure. Tenths of a kilogram are compared, so that no record beats an equal
# number.
FEED = """
    WITH easy AS MATERIALIZED (
        SELECT prescriptions.id FROM mesocycles
        JOIN workouts ON workouts.mesocycle_id = mesocycles.id
        JOIN prescriptions ON prescriptions.workout_id = workouts.id
        WHERE mesocycles.user_id = %(user)s AND kind = ANY(%(easy)s)
    ), done AS MATERIALIZED (
        SELECT sets.exercise_id, loading, CASE loading
            WHEN 'assisted' THEN -weight_kg WHEN 'bodyweight' THEN 0 ELSE weight_kg
        END AS hardness, (performed_at AT TIME ZONE %(zone)s)::date AS day, MAX(reps) AS reps,
        MAX(weight) AS weight, MIN(unit) AS unit,
        MAX(reps + COALESCE(rir, 0)::float8) FILTER (
            WHERE set_type = ANY(%(counting)s)
            AND (rir IS NULL OR rir <= %(most_rir)s) AND reps + COALESCE(rir, 0)::float8 <= %(most_reps)s
            AND (prescription_id IS NULL OR prescription_id NOT IN (SELECT id FROM easy))
        ) AS to_failure
        FROM sets JOIN exercises ON exercises.id = sets.exercise_id
        WHERE sets.user_id = %(user)s AND reps > 0
        GROUP BY 1, 2, 3, 4
    ), typed AS (
        SELECT exercise_id, hardness, MAX(weight) AS weight, MIN(unit) AS unit FROM done GROUP BY 1, 2
    ), body AS MATERIALIZED (
        SELECT day, (
            SELECT kg FROM body_weights WHERE user_id = %(user)s AND date <= day ORDER BY date DESC LIMIT 1
        ) AS kg
        FROM (SELECT DISTINCT day FROM done WHERE loading <> 'weight') AS days
    ), shown AS (
        SELECT exercise_id, day,
            ROUND(MAX(load * exp(%(k)s * to_failure) / %(scale)s)::numeric, 1) AS strength
        FROM (
            SELECT done.*, CASE loading WHEN 'weight' THEN 0 ELSE kg END + hardness AS load
            FROM done LEFT JOIN body USING (day) WHERE to_failure IS NOT NULL
        ) AS loads
        WHERE load > 0
        GROUP BY 1, 2
    ), compared AS (
        SELECT exercise_id, day, hardness, reps, NULL::numeric AS strength, MAX(hardness) OVER (
            PARTITION BY exercise_id ORDER BY day GROUPS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING
        ) AS hardest, MAX(reps) OVER (
            PARTITION BY exercise_id, hardness ORDER BY day ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING
        ) AS most_reps, NULL::numeric AS most_strength
        FROM done
        UNION ALL
        SELECT exercise_id, day, NULL, NULL, strength, NULL, NULL, MAX(strength) OVER (
            PARTITION BY exercise_id ORDER BY day ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING
        )
        FROM shown
    ), ranked AS (
        SELECT compared.*, DENSE_RANK() OVER (ORDER BY day DESC, exercise_id) AS place FROM compared
        WHERE hardness > hardest OR reps > most_reps OR strength > most_strength
    )
    SELECT ranked.exercise_id, day, now.weight, now.unit, reps, before.weight, before.unit, most_reps,
        strength, most_strength
    FROM ranked
    LEFT JOIN typed AS now ON (now.exercise_id, now.hardness) = (ranked.exercise_id, ranked.hardness)
    LEFT JOIN typed AS before ON (before.exercise_id, before.hardness) = (ranked.exercise_id, hardest)
        AND ranked.hardness > hardest
    WHERE place > %(offset)s AND place <= %(offset)s + %(limit)s
    ORDER BY place, ranked.hardness DESC NULLS LAST
"""


@dataclass(frozen=True, slots=True)
class Record:
    """A weight (moved, added or help, by the exercise's loading) and the most reps with it on that day.

    `before_weight` is the hardest weight before, if this one is harder; otherwise `before_reps` has the most reps with
    this weight before. Each weight is as typed, in its own unit."""

    exercise: Exercise
    weight: Decimal
    unit: str
    reps: int
    before_weight: Decimal | None
    before_unit: str | None
    before_reps: int | None

    @property
    def words(self) -> str:
        """The set as text: "100 kg × 8", "+10 kg × 8", "25 kg help × 8" or "20 reps"."""
        reps = f"{self.reps} reps"
        match self.exercise.loading:
            case Loading.BODYWEIGHT:
                return reps
            case Loading.ADDED if not self.weight:
                return reps
            case Loading.ADDED:
                return f"+{plain(self.weight)} {self.unit} × {self.reps}"
            case Loading.ASSISTED:
                return f"{plain(self.weight)} {self.unit} help × {self.reps}"
            case _:
                return f"{plain(self.weight)} {self.unit} × {self.reps}"

    @property
    def before(self) -> str:
        if self.before_weight is None:
            return f"most reps with it, {self.before_reps} before"
        if self.exercise.loading == Loading.ASSISTED:
            return f"least help, {plain(self.before_weight)} {self.before_unit} before"
        return f"most weight, {plain(self.before_weight)} {self.before_unit} before"


@dataclass(frozen=True, slots=True)
class StrengthRecord:
    """The best estimated strength of a day, higher than on every day before. Both numbers have one decimal."""

    strength: Decimal
    before_strength: Decimal
    unit: str

    @property
    def words(self) -> str:
        return f"{self.strength} {self.unit}"

    @property
    def before(self) -> str:
        return f"best estimated strength, {self.before_strength} {self.unit} before"


@dataclass(frozen=True, slots=True)
class RecordDay:
    """One exercise's records of one day: by weight, hardest first, then by strength."""

    exercise: Exercise
    day: date
    records: list[Record | StrengthRecord] = field(default_factory=list)


def records_feed(user: User, *, page: int = 1) -> tuple[list[RecordDay], bool]:
    """Returns a page of the user's records, latest first, and whether there are more. The first day of an exercise has
    no records."""
    values: dict[str, str | int | float | list[str]] = {
        "user": user.pk,
        "zone": user.zone.key,
        "easy": list(EASY),
        "counting": list(Set.COUNTING),
        "most_rir": CONFIG.most_rir,
        "most_reps": CONFIG.e1rm_shown_reps,
        "k": float(CONFIG.k_choose),
        "scale": float(CONFIG.berger_scale),
        "limit": PAGE + 1,
        "offset": (page - 1) * PAGE,
    }
    with connection.cursor() as cursor:
        cursor.execute(FEED, values)
        rows = cursor.fetchall()
    exercises = Exercise.objects.in_bulk({row[0] for row in rows})
    days: dict[tuple[int, date], RecordDay] = {}
    for exercise, day, *by_weight, strength, before in rows:
        of_day = days.setdefault((exercise, day), RecordDay(exercises[exercise], day))
        record = _record(user, of_day.exercise, *by_weight, strength=strength, before_strength=before)
        of_day.records.append(record)
    return list(days.values())[:PAGE], len(days) > PAGE


def _record(user: User, exercise: Exercise, *by_weight, strength, before_strength) -> Record | StrengthRecord:
    if strength is None:
        return Record(exercise, *by_weight)
    now, before = (in_unit(kg, user.unit).quantize(Decimal("0.1")) for kg in (strength, before_strength))
    return StrengthRecord(now, before, user.unit)


@dataclass(frozen=True, slots=True)
class RepRecord:
    """The most reps ever done with a weight, as typed, and the first day with that many."""

    weight: Decimal
    unit: str
    reps: int
    day: date

    @property
    def since(self) -> str:
        return f"{self.day.day} {self.day:%b %Y}"

    @property
    def words(self) -> str:
        return f"{plain(self.weight)} {self.unit}" if self.weight else "Your body"


def rep_records(user: User, exercise: Exercise, *, most: int = 20) -> list[RepRecord]:
    """Returns the most reps at each weight of an exercise, hardest weight first, `most` weights at most."""
    harder = "weight_kg" if exercise.loading == Loading.ASSISTED else "-weight_kg"
    sets = Set.objects.filter(user=user, exercise=exercise, reps__gt=0)
    best = sets.order_by(harder, "-reps", "performed_at").distinct("weight_kg")
    return [
        RepRecord(weight, unit, reps, user.day_of(at))
        for weight, unit, reps, at in best.values_list("weight", "unit", "reps", "performed_at")[:most]
    ]
