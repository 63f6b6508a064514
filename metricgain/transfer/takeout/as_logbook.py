"""A takeout as the log of an app: its sessions, sets and weighings, for an account that has training of its own."""

from collections.abc import Iterator
from datetime import datetime
from decimal import Decimal
from pathlib import Path

from django.db import models

from metricgain.transfer.files.unreadable import Unreadable
from metricgain.transfer.logbook import AppLog, AppSession, AppSet, KindOfSet
from metricgain.transfer.takeout import archive
from metricgain.transfer.takeout.layout import APP, BY_NAME, LIBRARY
from metricgain.transfer.takeout.values import WrongValue, reader_of, refused, whole_between
from metricgain.users.models import HEAVIEST_BODY, LIGHTEST_BODY, Unit
from training.models import Set

# The fields that a log needs, of each member.
NEEDED = {
    "workouts": ("name",),
    "sessions": ("performed_at", "started_at", "completed_at", "notes", "import_key", "import_digest"),
    "sets": ("weight", "unit", "reps", "seconds", "rir", "set_type"),
    "body_mass": ("date", "kg"),
    "exercises": ("name",),
}
MOST_RIR = 10
YEARS = range(1900, 2200)


def logbook_of(path: Path) -> AppLog:
    """Reads the sessions of a takeout. Raises Unreadable."""
    with archive.opened(path) as opened:
        return _Reading(opened).read()


class _Reading:
    def __init__(self, opened: archive.OpenTakeout):
        self.archive = opened

    def read(self) -> AppLog:
        names = dict(self.exercises())
        titles = [said["name"] for _, said in self.rows("workouts")]
        sessions = [self.session(row, said, titles) for row, said in self.rows("sessions")]
        read_number = whole_between(1, len(sessions))
        for row, said in self.rows("sets"):
            session = sessions[self.line("sets", row, "session", read_number) - 1]
            name = names.get(str(row.get("exercise")))
            if name is None:
                raise Unreadable(archive.DAMAGED.format("a set names no exercise of the file"))
            session.sets.append(_set(len(session.sets) + 1, name, said))
        log = AppLog(APP, sessions=[session for session in sessions if session.sets])
        log.body_mass = {said["date"]: said["kg"] for _, said in self.rows("body_mass")}
        if not all(LIGHTEST_BODY <= kg <= HEAVIEST_BODY for kg in log.body_mass.values()):
            raise Unreadable(archive.DAMAGED.format("it has a weighing that nobody weighs"))
        return log

    def exercises(self) -> Iterator[tuple[str, str]]:
        for number, (_, said) in enumerate(self.rows("exercises"), start=1):
            yield f"own {number}", said["name"]
        for line, row in self.archive.rows(LIBRARY):
            if not isinstance(row.get("name"), str) or not isinstance(row.get("exercise"), str):
                raise refused(LIBRARY, line, "name", WrongValue("it is no text"))
            yield str(row["exercise"]), str(row["name"])

    def rows(self, member: str) -> Iterator[tuple[dict, dict]]:
        """Yields each row as it stands there, and what a log needs of it, read as the column says."""
        readers = {name: reader_of(_column(member, name)) for name in NEEDED[member]}
        for line, row in self.archive.rows(member):
            said = {}
            for name, read in readers.items():
                try:
                    said[name] = read(row.get(name))
                except WrongValue as wrong:
                    raise refused(member, line, name, wrong) from wrong
            yield row, said

    def line(self, member: str, row: dict, name: str, read) -> int:
        try:
            return read(row.get(name))
        except WrongValue as wrong:
            raise Unreadable(archive.DAMAGED.format(f"a row of {member} names no row of the file")) from wrong

    def session(self, row: dict, said: dict, titles: list[str]) -> AppSession:
        title = titles[self.line("sessions", row, "workout", whole_between(1, len(titles))) - 1]
        began, ended = said["started_at"], said["completed_at"]
        if said["performed_at"].year not in YEARS:
            raise Unreadable(archive.DAMAGED.format("it has a session of another age"))
        came = (said["import_key"], said["import_digest"]) if said["import_key"] and said["import_digest"] else None
        return AppSession(
            key=said["performed_at"].isoformat(),
            title=title,
            starts=said["performed_at"],
            has_time=began is not None,
            seconds=_seconds(began, ended),
            note=said["notes"] or "",
            came_with=came,
        )


def _column(member: str, name: str) -> models.Field:
    return next(field for field in BY_NAME[member].columns if field.name == name)


def _seconds(began: datetime | None, ended: datetime | None) -> int | None:
    return max(0, round((ended - began).total_seconds())) or None if began and ended else None


def _set(line: int, exercise: str, said: dict) -> AppSet:
    kind = said["set_type"]
    counts = (said["weight"], said["reps"], said["seconds"] or 0, said["rir"] or 0)
    if (
        kind not in Set.Type.values
        or said["unit"] not in Unit.values
        or min(counts) < 0
        or (said["rir"] or 0) > MOST_RIR
    ):
        raise Unreadable(archive.DAMAGED.format("it has a set that nobody does"))
    return AppSet(
        line=line,
        exercise=exercise,
        weight=Decimal(said["weight"]),
        unit=said["unit"],
        reps=said["reps"] if said["seconds"] is None else None,
        seconds=said["seconds"],
        rir=said["rir"],
        kind=KindOfSet(kind),
    )
