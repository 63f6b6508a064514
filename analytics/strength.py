"""Estimated strength (e1RM) per exercise over time, by the engine's own estimate. It takes account of reps in reserve,
and of body mass where the exercise moves the body."""

from bisect import bisect_right
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from functools import lru_cache

from django.db.models import Max
from django.db.models.functions import Coalesce

from analytics import charts
from analytics.charts.scales import day_words
from exercises.models import Exercise, Loading
from metricgain.numbers import plain
from metricgain.units import in_unit
from metricgain.users.models import User
from training import progression
from training.models import Prescription, Set
from training.prescribing.parameters import grid_of

EASY = Prescription.EASY
ENDS = 3  # sessions compared at each end of a period
SAME = Decimal(1)  # per cent of change that still count as "about the same"


@dataclass(frozen=True, slots=True)
class Point:
    """One session: the best e1RM in kilograms (None without a valid one) and the most reps of a set, of a hold the most
    seconds. `is_estimated`: the RIR of that best set was asked, and not said."""

    day: date
    kg: Decimal | None
    reps: int
    is_estimated: bool = False


# A working set that tests strength: kilograms, reps, the RIR that was said and the RIR that was asked.
Tested = tuple[Decimal, int, Decimal | None, Decimal | int | None]


@dataclass(frozen=True, slots=True)
class Strength:
    """An exercise's sessions in a period, oldest first, without deloads and recovery sessions, which test no strength.

    Values are in the user's unit, in reps where no session has an estimate, or the longest seconds of a hold, which has
    none."""

    exercise: Exercise
    unit: str  # kg, lb, reps, s
    points: list[tuple[date, Decimal]]
    estimated: frozenset[int] = frozenset()  # the places of the points whose RIR was asked and not said

    @property
    def chart(self) -> charts.LineChart | None:
        return charts.line_chart(self.points, unit=self.unit, hollow=self.estimated)

    @property
    def rows(self) -> list[tuple[str, str]]:
        """The chart as a table, latest session first. Made here, because template filters cost more than the rest."""
        rows = [
            (day_words(day), f"{_words(value)}, estimated" if place in self.estimated else _words(value))
            for place, (day, value) in enumerate(self.points)
        ]
        return rows[::-1]

    @property
    def measure(self) -> str:
        return {"reps": "Most reps in a set", "s": "Longest hold"}.get(self.unit, "Estimated strength")

    @property
    def is_estimated(self) -> bool:
        return self.unit not in ("reps", "s")

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
        return f"From {said} to {_words(end)} on {last.day} {last:%B %Y}, at best {_words(self.best)}.{self._estimates}"

    @property
    def _estimates(self) -> str:
        count = len(self.estimated)
        return f" {count} of {len(self.points)} sessions are estimated." if count else ""

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
    sets = sets.filter(workout_log__ill=False).exclude(prescription__kind__in=EASY)
    rows = sets.values_list(
        "exercise",
        "workout_log",
        "workout_log__local_date",
        "workout_log__performed_at",
        "weight_kg",
        Coalesce("seconds", "reps"),
        "rir",
        "prescription__rir",
    )
    sessions: dict[tuple[int, int], list[Tested]] = defaultdict(list)
    days: dict[int, tuple[datetime, date]] = {}
    for exercise, log, local, at, *tested in rows:
        sessions[exercise, log].append(tuple(tested))
        if log not in days:
            days[log] = at, local or user.day_of(at)
    points = defaultdict(list)
    of_exercise: dict[int, dict[int, list[Tested]]] = defaultdict(dict)
    for exercise, log in sorted(sessions, key=lambda place: (days[place[1]], place[1])):
        of_exercise[exercise][log] = sessions[exercise, log]
    by_id = {exercise.id: exercise for exercise in exercises}
    for exercise, done in of_exercise.items():
        latest = body(max(days[log][1] for log in done)) if body else None
        for log, sets_done in without_slips(by_id[exercise], done, body_kg=latest).items():
            day = days[log][1]
            points[exercise].append(point(day, by_id[exercise], sets_done, body(day) if body else None))
    return points


def without_slips[Key](
    exercise: Exercise, sessions: dict[Key, list[Tested]], *, body_kg: Decimal | None
) -> dict[Key, list[Tested]]:
    """Leaves out of the sessions of an exercise what looks like a slip of the thumb (`progression.that_count`). Of a
    hold nothing does."""
    if exercise.is_hold:
        return sessions
    times = Counter(one for done in sessions.values() for one in done)
    grid = grid_of(exercise, None, unit="kg", body=body_kg)
    marks = [
        (progression.SetMark(weight, reps, asked if said is None else said), times[weight, reps, said, asked] > 1)
        for weight, reps, said, asked in times
    ]
    counts = dict(zip(times, progression.that_count(marks, grid=grid), strict=True))
    kept = {log: [one for one in done if counts[one]] for log, done in sessions.items()}
    return {log: done for log, done in kept.items() if done}


def point(day: date, exercise: Exercise, sets: Iterable[Tested], body_kg: Decimal | None) -> Point:
    """Returns the point of a session."""
    different = set(sets)
    kg, is_estimated = None, False
    if not exercise.is_hold:
        kg, is_estimated = best_estimate(exercise.loading, different, body_kg)
    return Point(day, kg, max(reps for _, reps, *_ in different), is_estimated)


def best_estimate(loading: str, sets: Iterable[Tested], body_kg: Decimal | None) -> tuple[Decimal | None, bool]:
    """Returns the best e1RM in kilograms, and whether its RIR was asked and not said. A set of which neither is known
    gives none."""
    best, is_estimated = None, False
    for weight, reps, said, asked in sets:
        load, rir = load_moved(loading, weight, body_kg), asked if said is None else said
        kg = None if load is None or rir is None else estimate(load, reps, rir)
        if kg is not None and (best is None or (kg, said is not None) > (best, not is_estimated)):
            best, is_estimated = kg, said is None
    return best, is_estimated


def in_words(user: User, exercise: Exercise, points: list[Point]) -> Strength:
    """Converts points to the user's unit, or to reps where none of them has an estimate."""
    known = [(one, in_unit(one.kg, user.unit)) for one in points if one.kg is not None]
    if known:
        estimated = frozenset(place for place, (one, _) in enumerate(known) if one.is_estimated)
        return Strength(exercise, user.unit, [(one.day, kg) for one, kg in known], estimated)
    return Strength(exercise, "s" if exercise.is_hold else "reps", [(one.day, Decimal(one.reps)) for one in points])


def _mean(points: list[tuple[date, Decimal]]) -> Decimal:
    return sum((value for _, value in points), Decimal(0)) / len(points)


def _words(value: Decimal) -> str:
    return plain(value.quantize(Decimal("0.1")))
