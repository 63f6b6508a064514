"""Records: more weight than ever, or more reps than ever at a weight."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.db import connection

from exercises.models import Exercise, Loading
from metricgain.numbers import plain
from metricgain.users.models import User
from training.models import Set
from training.terms import in_unit

PAGE = 20

# By the index of a user's history alone. What is done on one day is no record over itself. Help counts downwards; the
# body alone weighs nothing.
FEED = """
    WITH done AS (
        SELECT sets.exercise_id, CASE loading
            WHEN 'assisted' THEN -weight_kg WHEN 'bodyweight' THEN 0 ELSE weight_kg
        END AS hardness, (performed_at AT TIME ZONE %(zone)s)::date AS day, MAX(reps) AS reps
        FROM sets JOIN exercises ON exercises.id = sets.exercise_id
        WHERE sets.user_id = %(user)s AND reps > 0
        GROUP BY 1, 2, 3
    ), compared AS (
        SELECT done.*,
            MAX(hardness) OVER (PARTITION BY exercise_id ORDER BY day
                GROUPS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING) AS hardest,
            MAX(reps) OVER (PARTITION BY exercise_id, hardness ORDER BY day
                ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING) AS most_reps
        FROM done
    )
    SELECT exercise_id, day, hardness, reps, CASE WHEN hardness > hardest THEN hardest END, most_reps
    FROM compared
    WHERE hardness > hardest OR reps > most_reps
    ORDER BY day DESC, exercise_id, hardness DESC
    LIMIT %(limit)s OFFSET %(offset)s
"""


@dataclass(frozen=True, slots=True)
class Record:
    """`weight` (of `exercise`'s loading: moved, added, or help) and the most reps with it on that day.

    `before_weight`: the hardest weight until then, where this is harder; else `before_reps`: the most reps with it."""

    exercise: Exercise
    day: date
    weight: Decimal
    unit: str
    reps: int
    before_weight: Decimal | None
    before_reps: int | None

    @property
    def words(self) -> str:
        """100 kg × 8; +10 kg × 8; 25 kg help × 8; 20 reps."""
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
            return f"least help, {plain(self.before_weight)} {self.unit} before"
        return f"most weight, {plain(self.before_weight)} {self.unit} before"


def records_feed(user: User, *, page: int = 1) -> tuple[list[Record], bool]:
    """A page of the user's records, the latest first, and whether there are more. The first time that an exercise is
    done is none."""
    values = {"user": user.pk, "zone": user.zone.key, "limit": PAGE + 1, "offset": (page - 1) * PAGE}
    with connection.cursor() as cursor:
        cursor.execute(FEED, values)
        rows = cursor.fetchall()
    exercises = Exercise.objects.in_bulk({row[0] for row in rows[:PAGE]})
    return [_record(user, exercises[row[0]], *row[1:]) for row in rows[:PAGE]], len(rows) > PAGE


def _record(user, exercise, day: date, hardness, reps, before_hardness, before_reps) -> Record:
    return Record(
        exercise,
        day,
        in_unit(abs(hardness), user.unit),
        user.unit,
        reps,
        None if before_hardness is None else in_unit(abs(before_hardness), user.unit),
        before_reps,
    )


@dataclass(frozen=True, slots=True)
class RepRecord:
    """The most reps ever done with a weight, and when first."""

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
    """The most reps per weight of an exercise, the hardest `most` weights, hardest first."""
    harder = "weight_kg" if exercise.loading == Loading.ASSISTED else "-weight_kg"
    sets = Set.objects.filter(user=user, exercise=exercise, reps__gt=0)
    best = sets.order_by(harder, "-reps", "performed_at").distinct("weight_kg")
    return [
        RepRecord(in_unit(weight, user.unit), user.unit, reps, user.today(at))
        for weight, reps, at in best.values_list("weight_kg", "reps", "performed_at")[:most]
    ]
