"""Bests and records of a lifter, computed from the whole history, so that sets typed in afterwards take their place.

A best is the most weight, the most reps at a weight or the most estimated strength. A record is a best that shows more
than the sessions before (`progression.rose`); only records are celebrated."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import lru_cache
from itertools import groupby
from typing import NamedTuple

from django.db import connection

from analytics.charts.scales import day_words
from analytics.strength import estimate, load_moved
from exercises.models import Exercise, Loading
from metricgain.numbers import plain
from metricgain.units import in_unit
from metricgain.users.models import User
from training import progression
from training.models.bests import MARKS, SETS_THAT_COUNT, values_of
from training.progression import Grid, SetMark

PAGE = 20  # entries, each the records of one exercise in one session

SESSIONS = 30  # the latest, in which the records of a page are looked for first
FURTHER = 8  # times as many are looked at, where they have too few records for a page

# The first time of each different set of an exercise, by session.
HISTORY = f"""
    WITH sessions AS MATERIALIZED (
        SELECT id, day, ROW_NUMBER() OVER (ORDER BY day DESC, performed_at DESC, id DESC) AS ago FROM (
            SELECT *, COALESCE(local_date, (performed_at AT TIME ZONE %(zone)s)::date) AS day
            FROM workout_logs WHERE user_id = %(user)s
        ) AS logs
    ), wanted AS MATERIALIZED (
        {{wanted}}
    ), counted AS (
        SELECT counted.*, ago FROM ({SETS_THAT_COUNT} AND sets.exercise_id = ANY(ARRAY(TABLE wanted))) AS counted
        JOIN sessions ON sessions.id = workout_log_id
    ), marks AS (
        {MARKS}, MAX(ago) AS ago FROM counted GROUP BY exercise_id, weight_kg, reps, rir
    )
"""
COLUMNS = """exercise_id, weight, unit, weight_kg, reps, rir, is_sure, ago, day, CASE WHEN loading <> 'weight' THEN (
        SELECT kg FROM body_weights WHERE user_id = %(user)s AND date <= day ORDER BY date DESC LIMIT 1
    ) END AS body_kg, (SELECT MAX(ago) FROM sessions) AS sessions"""
OF_EXERCISE = f"""
    {HISTORY.format(wanted="SELECT %(exercise)s::bigint")}
    SELECT {COLUMNS} FROM marks JOIN sessions USING (ago) JOIN exercises ON exercises.id = exercise_id
"""
# Of the exercises done in the latest sessions only. What a set before them has surely shown, at a weight as hard, can
# be no record and no mark to beat: it stays in the database.
LATEST = f"""
    {
    HISTORY.format(
        wanted='''
        SELECT DISTINCT exercise_id FROM sets JOIN sessions ON sessions.id = workout_log_id WHERE ago <= %(sessions)s
    '''
    )
}, compared AS (
        SELECT marks.*, loading, MAX(to_failure) FILTER (WHERE is_sure AND ago > %(sessions)s) OVER (
            PARTITION BY exercise_id, rir IS NULL
            ORDER BY CASE loading WHEN 'assisted' THEN -weight_kg ELSE weight_kg END DESC, to_failure DESC
            ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING
        ) AS shown
        FROM marks JOIN exercises ON exercises.id = exercise_id
    )
    SELECT {COLUMNS} FROM compared JOIN sessions USING (ago)
    WHERE shown IS NULL OR to_failure > shown
    ORDER BY exercise_id, ago DESC
"""


class Best(NamedTuple):
    """The first time of a set that may be a best. weight: as typed, in its unit. reps: of a hold its seconds. rir:
    said, else asked. ago: 1 in the lifter's latest session, 2 in the one before, of `sessions`. body_kg: then, where it
    matters and is known."""

    exercise_id: int
    weight: Decimal
    unit: str
    weight_kg: Decimal
    reps: int
    rir: Decimal | None
    is_sure: bool
    ago: int
    day: date
    body_kg: Decimal | None
    sessions: int

    @property
    def mark(self) -> SetMark:
        return SetMark(self.weight_kg, self.reps, self.rir)


@dataclass(frozen=True, slots=True)
class Record:
    """A set that showed more than all sessions before, and what it showed more than: `before`."""

    words: str
    before: str


@dataclass(frozen=True, slots=True)
class RecordDay:
    """One exercise's records of one session, the hardest first."""

    exercise: Exercise
    day: date
    records: list[Record]


def records_feed(user: User, *, page: int = 1) -> tuple[list[RecordDay], bool]:
    """Returns a page of the user's records, latest first, and whether there are more. The first session of an exercise
    has no records."""
    sessions, found = SESSIONS * page, list[Walked]()
    while True:
        history = _read(user, LATEST, sessions=sessions)
        exercises = Exercise.objects.in_bulk({one.exercise_id for one in history})
        found = [
            each
            for number, of in groupby(history, key=lambda one: one.exercise_id)
            for each in _walk(exercises[number], list(of), sessions=sessions)
        ]
        if len(found) > page * PAGE or sessions >= (history[0].sessions if history else user.logs.count()):
            break
        sessions *= FURTHER
    found.sort(key=lambda each: (each.new[0].ago, each.exercise.id))
    chosen = found[(page - 1) * PAGE : page * PAGE]
    return [
        RecordDay(one.exercise, one.new[0].day, [_record(user, one, record) for record in one.new]) for one in chosen
    ], len(found) > page * PAGE


def _read(user: User, statement: str, **values: int) -> list[Best]:
    with connection.cursor() as cursor:
        cursor.execute(statement, {**values_of(user.pk), "zone": user.zone.key, **values})
        return [Best._make(row) for row in cursor.fetchall()]


class Walked(NamedTuple):
    """The records of an exercise in one session, and the bests before it."""

    exercise: Exercise
    new: list[Best]
    best: list[Best]


def _walk(exercise: Exercise, history: list[Best], *, sessions: int) -> Iterator[Walked]:
    """Yields each of the latest sessions of an exercise that has records, oldest first."""
    counting = _counting(exercise, history)
    best = {one.mark: one for one in counting if one.ago > sessions}
    latest = (one for one in counting if one.ago <= sessions)
    for _, session in groupby(latest, key=lambda one: one.ago):
        done = sorted(session, key=lambda one: (_hardness(exercise, one), one.mark.to_failure()), reverse=True)
        grid = _grid(exercise, done[0].body_kg)
        found = progression.records([one.mark for one in done], earlier=best, grid=grid)
        if any(found):
            new = [one for one, is_record in zip(done, found, strict=True) if is_record]
            yield Walked(exercise, new, list(best.values()))
        best = {one.mark: one for one in done} | best
        best = {mark: best[mark] for mark in progression.frontier(best, grid=grid)}


def _counting(exercise: Exercise, history: list[Best]) -> list[Best]:
    """Leaves out what looks like a slip of the thumb, and what shows nothing."""
    grid = _grid(exercise, next((one.body_kg for one in reversed(history) if one.body_kg), None))
    shown = [one for one in history if progression.shows_something(one.mark, kind=grid.kind)]
    counts = progression.that_count([(one.mark, one.is_sure) for one in shown], grid=grid)
    return [one for one, it in zip(shown, counts, strict=True) if it]


def _grid(exercise: Exercise, body: Decimal | None) -> Grid:
    return _grid_of(exercise.equipment, exercise.loading, exercise.mechanic, body)


@lru_cache(maxsize=1000)
def _grid_of(equipment: str, loading: str, mechanic: str, body: Decimal | None) -> Grid:
    return progression.default_grid(equipment=equipment, loading=loading, mechanic=mechanic, body=body)


def _hardness(exercise: Exercise, one: Best) -> Decimal:
    return -one.weight_kg if exercise.loading == Loading.ASSISTED else one.weight_kg


def _record(user: User, walked: Walked, one: Best) -> Record:
    """Says what a record showed more than: the best with the same weight, the most weight, or the most strength."""

    exercise, best = walked.exercise, walked.best

    def strength(of: Best) -> Decimal:
        load = load_moved(exercise.loading, of.weight_kg, one.body_kg)
        return (load and of.rir is not None and estimate(load, of.reps, of.rir)) or Decimal(0)

    hardest = max(best, key=lambda each: _hardness(exercise, each))
    same = [each for each in best if each.weight_kg == one.weight_kg]
    before, now = (in_unit(kg, user.unit, places=1) for kg in (max(map(strength, best)), strength(one)))
    if same:
        told = f"more than {_words(exercise, max(same, key=lambda each: each.mark.to_failure()))}"
    elif one is walked.new[0] and _hardness(exercise, one) > _hardness(exercise, hardest):  # the hardest of the day
        most = "least help" if exercise.loading == Loading.ASSISTED else "most weight"
        told = f"{most}, {plain(hardest.weight)} {hardest.unit} before"
    elif now > before > 0:
        told = f"best estimated strength: {now} {user.unit}, {before} {user.unit} before"
    else:
        easier = [each for each in best if _hardness(exercise, each) < _hardness(exercise, one)]
        told = f"more than {_words(exercise, max(easier, key=lambda each: _hardness(exercise, each)))}"
    return Record(_words(exercise, one), told)


def _words(exercise: Exercise, one: Best) -> str:
    """The set as text, with its RIR where it is known: "100 kg × 8, 2 left", "+10 kg × 8", "25 kg help × 8", "45 s"."""
    left = "" if one.rir is None else f", {plain(one.rir)} left"
    counted = f"{one.reps} s" if exercise.is_hold else f"{one.reps}{left}"
    load = f"{plain(one.weight)} {one.unit}"
    match exercise.loading:
        case Loading.ADDED | Loading.BODYWEIGHT:
            alone = counted if exercise.is_hold else f"{one.reps} reps{left}"
            return f"+{load} × {counted}" if one.weight else alone
        case Loading.ASSISTED:
            return f"{load} help × {counted}"
        case _:
            return f"{load} × {counted}"


@dataclass(frozen=True, slots=True)
class RepRecord:
    """The most reps ever done with a weight, as typed, and the day of the first session with that many; of a hold the
    most seconds."""

    weight: Decimal
    unit: str
    reps: int
    day: date

    @property
    def since(self) -> str:
        return day_words(self.day)

    @property
    def words(self) -> str:
        return f"{plain(self.weight)} {self.unit}" if self.weight else "Your body"


def rep_records(user: User, exercise: Exercise, *, most: int = 20) -> list[RepRecord]:
    """Returns the most reps at each weight of an exercise, hardest weight first, `most` weights at most; of a hold the
    most seconds."""
    best: dict[Decimal, Best] = {}
    for one in _counting(exercise, _read(user, OF_EXERCISE, exercise=exercise.pk)):
        other = best.setdefault(one.weight_kg, one)
        if (one.reps, one.ago) > (other.reps, other.ago):  # of equal ones the first
            best[one.weight_kg] = one
    hardest = sorted(best.values(), key=lambda one: _hardness(exercise, one), reverse=True)
    return [RepRecord(one.weight, one.unit, one.reps, one.day) for one in hardest[:most]]
