"""Files as other apps write them, made up for tests, and ways to read them."""

from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

from metricgain.transfer.logbook import AppLog, AppSet
from metricgain.transfer.reading import read

ZONE = ZoneInfo("America/New_York")


def read_text(folder: Path, text: str, *, encoding: str = "utf-8", **options) -> AppLog:
    path = folder / "upload"
    path.write_bytes(text.lstrip("\n").encode(encoding))
    return read(path, zone=ZONE, **options)


def sets_of(logbook: AppLog) -> list[AppSet]:
    return [one for session in logbook.sessions for one in session.sets]


def shape(logbook: AppLog) -> list[tuple]:
    """The weight as text, its unit, reps and seconds of each set, under its exercise."""
    return [
        (one.exercise, None if one.weight is None else str(one.weight), one.unit, one.reps, one.seconds)
        for one in sets_of(logbook)
    ]


def starts(logbook: AppLog) -> list[datetime]:
    return [session.starts for session in logbook.sessions]


def left(logbook: AppLog) -> dict[str, int]:
    return {reason.value: count for reason, count in logbook.left.items()}
