"""What a file of another app says, in the terms of every format. Pure: no database."""

from collections import Counter
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal
from enum import StrEnum


class KindOfSet(StrEnum):
    WORKING = "working"
    WARM_UP = "warm-up"
    FAILURE = "failure"
    DROP = "drop"
    MYO = "myo"


class NotTakenBecause(StrEnum):
    """Why a row of the file is not taken. The first six are known from the row alone; the others once its name is."""

    WARM_UP = "warm-up"
    REST = "rest"  # a row of the rest timer
    NOT_DONE = "not done"  # planned or skipped
    NO_DATE = "no date"
    UNREADABLE = "unreadable"  # a number or an exercise's name that nobody can read
    NOTE = "note"  # a row that is only a note
    NO_REPS = "no reps"
    CARDIO = "cardio"
    IMPOSSIBLE = "impossible"  # a weight or reps that nobody lifts
    TO_COME = "to come"  # on a day that is still to come
    TOO_MANY = "too many"  # more sets of an exercise than a session keeps


@dataclass(slots=True)
class AppSet:
    """One set of the file. `weight` is in `unit`; where the file does not say the unit, `unit` is None. None is "not
    said", 0 is 0."""

    line: int  # of the file, from 1; of a database the row's id
    exercise: str  # as written, trimmed
    weight: Decimal | None = None
    unit: str | None = None  # "kg" or "lb"
    reps: int | None = None
    seconds: int | None = None
    rir: Decimal | None = None
    kind: KindOfSet = KindOfSet.WORKING
    superset: str = ""  # the same mark within a session is the same superset
    note: str = ""
    went_far: bool = False  # the row has a distance


@dataclass(slots=True)
class AppSession:
    """`key` is the start, its day or the app's own number, in one form whatever the phone's language: with app and
    title it tells one session from another, in this file and in later exports. `starts` is local and naive, or aware
    where the file says its time zone."""

    key: str
    title: str
    starts: datetime
    has_time: bool = True  # False where the file has only the day
    seconds: int | None = None  # how long it took, where said and believable
    note: str = ""
    sets: list[AppSet] = field(default_factory=list)  # in the file's order
    came_with: tuple[str, str] | None = None  # key and digest of a session that another app's file brought before


@dataclass(slots=True)
class NotTaken:
    line: int
    reason: NotTakenBecause
    words: str  # the row, shortened


@dataclass(slots=True)
class AppLog:
    """A file that was read. `sessions` are from the earliest on. `not_taken` has the first rows of each reason, `left`
    counts all."""

    app: str  # the name for people and the key in the database: "Strong", "Hevy"
    sessions: list[AppSession] = field(default_factory=list)
    not_taken: list[NotTaken] = field(default_factory=list)
    left: Counter[NotTakenBecause] = field(default_factory=Counter)
    head: list[list[str]] = field(default_factory=list)  # of a table whose columns are asked: its first rows
    columns: dict[int, str] = field(default_factory=dict)  # and what they were read as
    body_mass: dict[date, Decimal] = field(default_factory=dict)  # kg
    is_date_order_sure: bool = True  # False where each date could be read as day/month or as month/day
