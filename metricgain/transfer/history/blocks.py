"""Which sessions of a file make a mesocycle: those of at most six calendar weeks in a row. Pure: no database."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta, tzinfo
from itertools import groupby

from metricgain.transfer.logbook import AppLog, AppSession, NotTaken, NotTakenBecause
from metricgain.users.models import User
from training.models.bounds import DAYS, WEEKS

MOST_WEEKS = WEEKS.most - 1  # the last week of a mesocycle is a deload, and no week of a log may pass for one


def local_start(session: AppSession, zone: tzinfo) -> datetime:
    """Returns the start of a session in the lifter's time zone."""
    return session.starts.astimezone(zone) if session.starts.tzinfo else session.starts.replace(tzinfo=zone)


def leave_what_is_to_come(logbook: AppLog, user: User, *, now: datetime) -> None:
    """Takes out the sessions of days after tomorrow: their year is mistyped, and they would be the latest for ever."""
    latest = user.today(now) + timedelta(days=1)
    past = []
    for session in logbook.sessions:
        if local_start(session, user.zone).date() <= latest:
            past.append(session)
        else:
            logbook.left[NotTakenBecause.TO_COME] += len(session.sets)
            first = session.sets[0]
            words = f"{session.key} · {session.title} · {first.exercise}"
            logbook.not_taken.append(NotTaken(first.line, NotTakenBecause.TO_COME, words))
    logbook.sessions = past


@dataclass(frozen=True, slots=True)
class WeeksInARow:
    """Weeks in a row, each with its sessions from the earliest on. `first`: the Monday of the first."""

    first: date
    weeks: list[list[AppSession]]

    @property
    def duration(self) -> int:
        """The weeks of the mesocycle: at least one more than were trained, so that none of those is its deload."""
        return max(WEEKS.least, len(self.weeks) + 1)

    @property
    def last(self) -> date:
        return self.first + timedelta(weeks=len(self.weeks), days=-1)

    @property
    def days_per_week(self) -> int:
        return DAYS.nearest(max(map(len, self.weeks)))


def blocks_of(sessions: Iterable[AppSession], zone: tzinfo) -> list[WeeksInARow]:
    """Returns the blocks from the earliest on. A week without a session ends one."""

    def monday(session: AppSession) -> date:
        day = local_start(session, zone).date()
        return day - timedelta(days=day.weekday())

    found: list[WeeksInARow] = []
    in_order = sorted(sessions, key=lambda one: local_start(one, zone))
    for week, of_week in groupby(in_order, key=monday):
        block = found[-1] if found else None
        if block is None or len(block.weeks) == MOST_WEEKS or week != block.first + timedelta(weeks=len(block.weeks)):
            block = WeeksInARow(week, [])
            found.append(block)
        block.weeks.append(list(of_week))
    return found
