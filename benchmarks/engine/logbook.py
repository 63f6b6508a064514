"""Reads training logs as the engine sees them: each lifter's successive sessions of one exercise.

The file is CSV, plain or gzipped, with one row per set: lifter, workout_no, started_at, exercise, set_type, weight,
weight_unit, reps, seconds, distance, rpe. No row is dropped silently: `Logbook.left_out` counts them by cause.
"""

import csv
import gzip
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path

from benchmarks.engine.gym import Setup, lifters_unit, muscle, read_unit, set_up, typed
from training.progression import Done, main_weight

NAMES = ("real-sets.csv.gz", "real-sets.csv")
MOST_REPS = 100  # more reps are mistyped, or no lifting
WARM_UP_SHARE = Decimal("0.7")  # first sets below this share of the heaviest count as warm-ups


@dataclass(frozen=True, slots=True, kw_only=True)
class LoggedSession:
    """The working sets of one exercise in one workout.

    `weight`: the one of most sets (of equals, the harder). `reps`: those of the first set at it. `gap_days`: days since
    the muscle was last trained; None: never before.
    """

    day: date
    done: tuple[Done, ...]
    weight: Decimal
    reps: int
    gap_days: int | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Series:
    """A lifter's sessions of one exercise, oldest first."""

    lifter: str
    exercise: str
    setup: Setup
    sessions: tuple[LoggedSession, ...]


@dataclass(slots=True, kw_only=True)
class Logbook:
    series: list[Series] = field(default_factory=list)
    rows: int = 0
    lifters: int = 0
    left_out: Counter = field(default_factory=Counter)
    notes: Counter = field(default_factory=Counter)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Row:
    started_at: datetime
    workout: str
    exercise: str
    weight: Decimal
    unit: str
    reps: int
    rir: Decimal | None


def find(path: Path) -> Path:
    """Returns the path of the log, which may be given by its directory. Raises FileNotFoundError."""
    candidates = [path / name for name in NAMES] if path.is_dir() else [path]
    for each in candidates:
        if each.is_file():
            return each
    raise FileNotFoundError(f"no training log at {path}")


def read(path: Path) -> Logbook:
    path = find(path)
    with (gzip.open if path.suffix == ".gz" else open)(path, "rt", encoding="utf-8", newline="") as file:
        return logbook(csv.DictReader(file))


def logbook(rows: Iterable[dict[str, str]]) -> Logbook:
    book = Logbook()
    by_lifter: dict[str, list[_Row]] = defaultdict(list)
    lifters = set()
    for raw in rows:
        book.rows += 1
        lifters.add(raw["lifter"])
        row = _working_set(raw, left_out=book.left_out)
        if row:
            by_lifter[raw["lifter"]].append(row)
    book.lifters = len(lifters)
    for lifter, sets in by_lifter.items():
        book.series += _series_of(lifter, sets, book=book)
    return book


# -- one row ----------------------------------------------------------------------------------------


def _working_set(raw: dict[str, str], *, left_out: Counter) -> _Row | None:
    weight, reps = Decimal(raw["weight"] or 0), Decimal(raw["reps"] or 0)
    timed = any(Decimal(raw[name] or 0) > 0 for name in ("seconds", "distance"))
    cause = None
    if raw["set_type"] == "warmup":
        cause = "sets marked as warm-up"
    elif raw["set_type"] == "drop":
        cause = "drop segments: they belong to the set that they extend"
    elif raw["reps"] == "" or (reps == 0 and (timed or weight == 0)):
        cause = "no reps: timed, by distance or empty"
    elif reps != int(reps) or min(reps, weight) < 0 or reps > MOST_REPS:
        cause = "reps not whole, below 0 or over 100"
    if cause:
        left_out[cause] += 1
        return None
    return _Row(
        started_at=datetime.fromisoformat(raw["started_at"]),
        workout=raw["workout_no"],
        exercise=raw["exercise"].strip(),
        weight=weight,
        unit=raw["weight_unit"],
        reps=int(reps),
        rir=_rir(raw),
    )


def _rir(raw: dict[str, str]) -> Decimal | None:
    """Returns the RIR: RPE 8 means 2, a set to failure 0. None where neither is logged, as in most rows."""
    if raw["rpe"]:
        return min(max(10 - Decimal(raw["rpe"]), Decimal(0)), Decimal(10))
    return Decimal(0) if raw["set_type"] == "failure" else None


# -- one lifter -------------------------------------------------------------------------------------


def _series_of(lifter: str, rows: list[_Row], *, book: Logbook) -> Iterator[Series]:
    rows.sort(key=lambda row: row.started_at)  # a stable sort: sets keep the order in which they were logged
    unknown = [row.weight for row in rows if not row.unit.startswith(("kg", "lb"))]
    guess = lifters_unit(unknown) if unknown else None
    book.notes["lifters whose unit was guessed here"] += guess is not None
    book.notes["lifters whose unit the export guesses"] += any(row.unit in ("kg?", "lb?") for row in rows)
    by_exercise: dict[str, list[_Row]] = defaultdict(list)
    for row in rows:
        by_exercise[row.exercise.casefold()].append(row)
    days = _days_by_muscle(rows)
    for sets in by_exercise.values():
        series = _series(lifter, sets, guess=guess, days=days, book=book)
        if series:
            yield series


def _series(
    lifter: str, rows: list[_Row], *, guess: str | None, days: dict[str, list[date]], book: Logbook
) -> Series | None:
    exercise = rows[0].exercise
    units = Counter(_exported(row, guess=guess) for row in rows if row.weight > 0)
    exported = units.most_common(1)[0][0] if units else guess or "kg"
    unit = read_unit([row.weight for row in rows if row.weight > 0], exported=exported)
    book.notes["series typed in another unit than exported"] += unit != exported
    workouts: dict[str, list[tuple[_Row, Decimal]]] = defaultdict(list)
    for row in rows:
        weight = typed(row.weight, exported=_exported(row, guess=guess), to=unit)
        workouts[row.workout].append((row, weight))
    setup = set_up(exercise, [weight for sets in workouts.values() for _, weight in sets], unit=unit)
    if setup is None:
        book.left_out["body mass logged as the weight"] += len(rows)
        return None
    sessions = []
    for sets in workouts.values():
        done = _done(sets, setup=setup, left_out=book.left_out)
        if done:
            day = sets[0][0].started_at.date()
            gap_days = _gap(day, days[_trained(exercise)])
            sessions.append(_session(day, done, setup=setup, gap_days=gap_days))
    if len(sessions) < 2:
        book.left_out["exercises done once"] += sum(len(each.done) for each in sessions)
        return None
    book.notes[f"grids from: {setup.source}"] += 1
    return Series(lifter=lifter, exercise=exercise, setup=setup, sessions=tuple(sessions))


def _exported(row: _Row, *, guess: str | None) -> str:
    return row.unit[:2] if row.unit.startswith(("kg", "lb")) else guess or "kg"


def _done(sets: list[tuple[_Row, Decimal]], *, setup: Setup, left_out: Counter) -> tuple[Done, ...]:
    is_load = setup.grid.kind == "load"
    kept = [(row, weight) for row, weight in sets if weight > 0 or not is_load]
    left_out["no weight on an exercise that has one"] += len(sets) - len(kept)
    if is_load and kept:
        heavy = max(weight for _, weight in kept) * WARM_UP_SHARE
        first = next(place for place, (_, weight) in enumerate(kept) if weight >= heavy)
        left_out["warm-ups not marked (first sets under 70 % of the heaviest)"] += first
        kept = kept[first:]
    if not any(row.reps for row, _ in kept):
        left_out["sessions with missed sets only"] += len(kept)
        return ()
    return tuple(Done(weight=weight, reps=row.reps, rir=row.rir) for row, weight in kept)


def _session(day: date, done: tuple[Done, ...], *, setup: Setup, gap_days: int | None) -> LoggedSession:
    weight = main_weight(done, grid=setup.grid)
    reps = next(each.reps for each in done if each.weight == weight and not each.is_missed)
    return LoggedSession(day=day, done=done, weight=weight, reps=reps, gap_days=gap_days)


# -- days -------------------------------------------------------------------------------------------


def _trained(exercise: str) -> str:
    """Returns the name for which gaps are counted: the muscle, or the exercise itself if its muscle is unknown."""
    return muscle(exercise) or exercise.casefold()


def _days_by_muscle(rows: list[_Row]) -> dict[str, list[date]]:
    days: dict[str, set[date]] = defaultdict(set)
    for row in rows:
        days[_trained(row.exercise)].add(row.started_at.date())
    return {name: sorted(each) for name, each in days.items()}


def _gap(day: date, days: list[date]) -> int | None:
    earlier = [each for each in days if each < day]
    return (day - earlier[-1]).days if earlier else None
