"""Which sessions of a file a lifter has already."""

import json
from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, tzinfo
from decimal import Decimal
from typing import NamedTuple

from metricgain.transfer.history.blocks import local_start
from metricgain.transfer.history.session_rows import StoredSet
from metricgain.transfer.logbook import AppLog, AppSession
from metricgain.users.models import User
from training.models import Set, WorkoutLog

What = Counter[tuple[int, int, int | None]]  # exercise, reps, seconds


class KnownSession(NamedTuple):
    log: int
    digest: str


def key_of(app: str, session: AppSession) -> str:
    """Returns the text by which a session is known again: app, start and title as the file wrote them."""
    if session.came_with:
        return session.came_with[0]
    return json.dumps([app, session.key[:100], session.title[:255]], ensure_ascii=False)


@dataclass(slots=True)
class Here:
    """What the lifter has: sessions of other apps by their keys, and by day what was done."""

    zone: tzinfo
    by_key: dict[str, KnownSession] = field(default_factory=dict)
    done: dict[date, list[What]] = field(default_factory=dict)

    def has_done(self, session: AppSession, rows: Iterable[StoredSet]) -> bool:
        """Whether a session of that day has the same exercises and reps: it was logged here and comes back with the
        lifter's own export, or another app has it too, or the same one wrote it in another language."""
        of_day = self.done.get(local_start(session, self.zone).date(), ())
        return bool(of_day) and Counter((row.exercise, row.reps, row.seconds) for row in rows) in of_day


def new_weighings(user: User, book: AppLog) -> dict[date, Decimal]:
    """Returns the weighings of the file, in kg, of days that have none."""
    days = set(user.body_weights.values_list("date", flat=True))
    return {day: kg for day, kg in book.body_mass.items() if day not in days}


def read_here(user: User) -> Here:
    here = Here(user.zone)
    logs = WorkoutLog.objects.owned_by(user)
    known = logs.filter(import_key__isnull=False).values_list("import_key", "id", "import_digest")
    here.by_key = {key: KnownSession(log, digest) for key, log, digest in known.iterator()}
    sets = Set.objects.filter(user=user).order_by()
    columns = ("workout_log", "workout_log__local_date", "exercise", "reps", "seconds")
    of_log: defaultdict[int, What] = defaultdict(Counter)
    days: dict[int, date] = {}
    for log, day, *what in sets.values_list(*columns).iterator(chunk_size=5000):
        of_log[log][tuple(what)] += 1
        days[log] = day
    for log, what in of_log.items():
        here.done.setdefault(days[log], []).append(what)
    return here
