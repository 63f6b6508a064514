"""Collects the sessions and sets of a file, and judges each set the same way for every format."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from decimal import Decimal
from zoneinfo import ZoneInfo

from metricgain.transfer.files.unreadable import Unreadable
from metricgain.transfer.formats.cells import LONGEST, Left
from metricgain.transfer.formats.dates import Moment
from metricgain.transfer.logbook import AppLog, AppSession, AppSet, KindOfSet, NotTaken, NotTakenBecause
from metricgain.units import KILOGRAMS

LISTED = 50  # rows of each reason
WORDS = 120  # characters of a row that is not taken
# A leg press loaded with a ton is the most that gyms have seen; beyond lie a forgotten point and grams.
HEAVIEST = {unit: round(Decimal(1000) / kilograms) for unit, kilograms in KILOGRAMS.items()}
MOST_REPS = 1000
MOST_SETS = 500_000


def is_impossible(weight: Decimal | None, unit: str | None) -> bool:
    """Whether nobody lifts that. Where the unit is not said, it has to be too much in both."""
    return weight is not None and not 0 <= weight <= HEAVIEST[unit or "lb"]


@dataclass(slots=True)
class Book:
    app: str
    zone: ZoneInfo
    logbook: AppLog = field(init=False)
    sessions: dict[tuple[str, str], AppSession] = field(default_factory=dict)
    notes: dict[tuple[int, str], str] = field(default_factory=dict)  # the last of a session's exercise

    sets: int = 0

    def __post_init__(self) -> None:
        self.logbook = AppLog(self.app)

    def session(self, key: str, title: str, moment: Moment) -> AppSession:
        """Returns the session, which a second row with the same key and title adds to."""
        found = self.sessions.get((key, title))
        if found is None:
            found = self.sessions[key, title] = AppSession(key, title, moment.at, moment.has_time)
        return found

    def leave(self, line: int, reason: NotTakenBecause, cells: Sequence[str]) -> None:
        self.logbook.left[reason] += 1
        if self.logbook.left[reason] <= LISTED:
            words = " · ".join(" ".join(cell[:WORDS].split()) for cell in cells if cell.strip())
            self.logbook.not_taken.append(NotTaken(line, reason, words[:WORDS]))

    def take(self, session: AppSession, one: AppSet) -> None:
        """Adds the set to the session, or raises Left."""
        if not one.exercise:
            raise Left(NotTakenBecause.UNREADABLE)
        if one.kind is KindOfSet.WARM_UP:
            raise Left(NotTakenBecause.WARM_UP)
        one.reps, one.seconds = one.reps or None, one.seconds or None
        if one.reps is None and one.went_far:
            raise Left(NotTakenBecause.CARDIO)
        if one.reps is None and one.seconds is None:
            raise Left(NotTakenBecause.NO_REPS)
        if is_impossible(one.weight, one.unit) or not 0 <= (one.reps or 0) <= MOST_REPS or (one.seconds or 0) > LONGEST:
            raise Left(NotTakenBecause.IMPOSSIBLE)
        if (count := self.sets + 1) > MOST_SETS:
            raise Unreadable(f"The file has more than {MOST_SETS:,} sets. Split it by years.")
        self.sets = count
        self._say_once(session, one)
        session.sets.append(one)

    def _say_once(self, session: AppSession, one: AppSet) -> None:
        """Leaves out a note that only repeats that of the set before: some apps write one beside every set."""
        place = id(session), one.exercise
        if one.note and one.note == self.notes.get(place):
            one.note = ""
        elif one.note:
            self.notes[place] = one.note

    def closed(self) -> AppLog:
        kept = [session for session in self.sessions.values() if session.sets]
        self.logbook.sessions = sorted(kept, key=self._local)
        self.logbook.not_taken.sort(key=lambda row: row.line)
        return self.logbook

    def _local(self, session: AppSession) -> datetime:
        starts = session.starts
        return starts.astimezone(self.zone).replace(tzinfo=None) if starts.tzinfo else starts
