"""Estimated strength (e1RM) per exercise over time, by the engine's own estimate. It takes account of reps in reserve,
and of body mass where the exercise moves the body."""

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from functools import lru_cache

from django.db.models import Max

from analytics import charts
from exercises.models import Exercise, Loading
from metricgain.numbers import plain
from metricgain.units import in_unit
from metricgain.users.models import User
from training import progression
from training.models import Prescription, Set

EASY = (Prescription.Kind.DELOAD, Prescription.Kind.RECOVERY)
ENDS = 3  # sessions compared at each end of a period
SAME = Decimal(1)  # per cent of change that still count as "about the same"


@dataclass(frozen=True, slots=True)
class Point:
    """One session: the best e1RM in kilograms (None without a valid one) and the most reps of a set."""

    day: date
    kg: Decimal | None
    reps: int


@dataclass(frozen=True, slots=True)
class Strength:
    """An exercise's sessions in a period, oldest first, without deloads and recovery sessions, which test no strength.

    Values are in the user's unit, or in reps where no session has an estimate."""

    exercise: Exercise
    unit: str  # kg, lb, reps
    points: list[tuple[date, Decimal]]

    @property
    def chart(self) -> charts.LineChart | None:
        return charts.line_chart(self.points, unit=self.unit)

    @property
    def rows(self) -> list[tuple[str, str]]:
        """The chart as a table, latest session first. Made here, because template filters cost more than the rest."""
        return [(f"{day.day} {day:%b %Y}", _words(value)) for day, value in reversed(self.points)]

    @property
    def measure(self) -> str:
        return "Most reps in a set" if self.unit == "reps" else "Estimated strength"

    @property
    def title(self) -> str:
        return f"{self.measure} in {self.exercise.name}, {self.unit}"

    @property
    def description(self) -> str:
        """The chart in words, for people who cannot see it."""
        (first, start), (last, end) = self.points[0], self.points[-1]
        said = f"{_words(start)} on {first.day} {first:%B %Y}"
        if len(self.points) == 1:
            return f"{said}."
        return f"From {said} to {_words(end)} on {last.day} {last:%B %Y}, at best {_words(self.best)}."

    @property
    def is_enough(self) -> bool:
        return len(self.points) >= 2 * ENDS

    @property
    def first(self) -> Decimal:
        return _mean(self.points[:ENDS])

    @property
    def latest(self) -> Decimal:
        return _mean(self.points[-ENDS:])

    @property
    def best(self) -> Decimal:
        return max(value for _, value in self.points)

    @property
    def change_percent(self) -> Decimal | None:
        """The change from the mean of the first three sessions to that of the latest three; None with fewer than
        six."""
        if not self.is_enough or not self.first:
            return None
        return (100 * (self.latest / self.first - 1)).quantize(Decimal("0.1"))

    @property
    def verdict(self) -> str:
        change = self.change_percent
        if change is None:
            return "Not enough data yet"
        return "Stronger" if change > SAME else "Weaker" if change < -SAME else "About the same"


def load_moved(loading: str, weight_kg: Decimal, body_kg: Decimal | None) -> Decimal | None:
    """Returns the kilograms that the muscles move; None where the body mass is needed and unknown, or where no load is
    left."""
    if loading == Loading.WEIGHT:
        load = weight_kg
    elif body_kg is None:
        return None
    else:
        load = {
            Loading.ADDED: body_kg + weight_kg,
            Loading.BODYWEIGHT: body_kg,
            Loading.ASSISTED: body_kg - weight_kg,
        }[Loading(loading)]
    return load if load > 0 else None


@lru_cache(maxsize=20_000)
def estimate(load: Decimal, reps: int, rir: Decimal | None) -> Decimal | None:
    return progression.shown_e1rm(load, reps, rir)


def body_on(user: User) -> Callable[[date], Decimal | None]:
    """Returns a function from a day to the body mass in kg: the latest weighing on or before that day, or None."""
    weighings = list(user.body_weights.order_by("date").values_list("date", "kg"))
    days = [day for day, _ in weighings]

    def look_up(day: date) -> Decimal | None:
        place = bisect_right(days, day)
        return weighings[place - 1][1] if place else None

    return look_up


def trained_exercises(user: User, *, since: datetime | None, muscle: str | None = None) -> list[int]:
    """Returns the ids of the exercises that the user trained since a moment (None: ever), latest first."""
    done = Set.objects.filter(user=user)
    if since:
        done = done.filter(performed_at__gte=since)
    if muscle:
        done = done.filter(exercise__muscle_group=muscle)
    latest = done.values("exercise").annotate(latest=Max("performed_at")).order_by("-latest", "exercise")
    return list(latest.values_list("exercise", flat=True))


def strength_of(user: User, exercises: Iterable[Exercise], *, since: datetime | None) -> list[Strength]:
    """Returns each exercise's strength over the period, in the order given. One with deloads only has no points."""
    exercises = list(exercises)
    found = points_of(user, exercises, since=since)
    return [in_words(user, exercise, found[exercise.id]) for exercise in exercises]


def points_of(user: User, exercises: list[Exercise], *, since: datetime | None) -> dict[int, list[Point]]:
    """Returns the sessions of each exercise by its id, oldest first."""
    loadings = {exercise.id: exercise.loading for exercise in exercises}
    body = body_on(user) if set(loadings.values()) - {Loading.WEIGHT} else None
    sets = Set.objects.working().filter(user=user, exercise__in=list(loadings), reps__gt=0)
    if since:
        sets = sets.filter(performed_at__gte=since)
    rows = sets.exclude(prescription__kind__in=EASY).values_list(
        "exercise", "workout_log", "workout_log__local_date", "workout_log__performed_at", "weight_kg", "reps", "rir"
    )
    sessions = defaultdict(list)
    days: dict[int, tuple[datetime, date]] = {}
    for exercise, log, local, at, weight, reps, rir in rows:
        sessions[exercise, log].append((weight, reps, rir))
        if log not in days:
            days[log] = at, local or user.day_of(at)
    points = defaultdict(list)
    for exercise, log in sorted(sessions, key=lambda place: (days[place[1]], place[1])):
        day = days[log][1]
        points[exercise].append(point(day, loadings[exercise], sessions[exercise, log], body(day) if body else None))
    return points


def point(day: date, loading: str, sets: list[tuple[Decimal, int, Decimal | None]], body_kg: Decimal | None) -> Point:
    """Returns the point of a session with these sets of (kilograms, reps, RIR). Estimates equal sets once."""
    loads = [(load_moved(loading, weight, body_kg), reps, rir) for weight, reps, rir in set(sets)]
    estimates = [estimate(load, reps, rir) for load, reps, rir in loads if load is not None]
    best = max((one for one in estimates if one is not None), default=None)
    return Point(day, best, max(reps for _, reps, _ in sets))


def in_words(user: User, exercise: Exercise, points: list[Point]) -> Strength:
    """Converts points to the user's unit, or to reps where none of them has an estimate."""
    known = [(one.day, in_unit(one.kg, user.unit)) for one in points if one.kg is not None]
    if known:
        return Strength(exercise, user.unit, known)
    return Strength(exercise, "reps", [(one.day, Decimal(one.reps)) for one in points])


def _mean(points: list[tuple[date, Decimal]]) -> Decimal:
    return sum((value for _, value in points), Decimal(0)) / len(points)


def _words(value: Decimal) -> str:
    return plain(value.quantize(Decimal("0.1")))
