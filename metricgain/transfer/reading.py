"""Reads a file that a lifter brought from anywhere."""

from collections.abc import Mapping, Sequence
from pathlib import Path
from zoneinfo import ZoneInfo

from metricgain.transfer.files import database
from metricgain.transfer.files.archive import EXPORT_CSV, is_database, unpacked
from metricgain.transfer.files.sheet import Sheet
from metricgain.transfer.files.unreadable import Unreadable, Unrecognised
from metricgain.transfer.formats import fitnotes_backup
from metricgain.transfer.formats.any import POINT_OUT, AnyTable
from metricgain.transfer.formats.fitbod import Fitbod
from metricgain.transfer.formats.fitnotes import FitNotes
from metricgain.transfer.formats.gymbook import GymBook
from metricgain.transfer.formats.hevy import Hevy
from metricgain.transfer.formats.jefit import Jefit
from metricgain.transfer.formats.liftlog import LiftLog
from metricgain.transfer.formats.liftosaur import Liftosaur
from metricgain.transfer.formats.own import Own
from metricgain.transfer.formats.rows import RowFormat
from metricgain.transfer.formats.strong import Strong
from metricgain.transfer.formats.stronglifts import StrongLifts, StrongLiftsNow
from metricgain.transfer.logbook import AppLog
from metricgain.transfer.takeout.archive import is_takeout
from metricgain.transfer.takeout.as_logbook import logbook_of

# The first that recognises a file reads it, so the one for any table stands last.
FORMATS: tuple[type[RowFormat], ...] = (
    Own, Strong, Hevy, FitNotes, Fitbod, Liftosaur, LiftLog, GymBook, StrongLifts, StrongLiftsNow, Jefit, AnyTable,
)  # fmt: skip


def recognised(head: Sequence[Sequence[str]]) -> type[RowFormat] | None:
    """Returns the format of a table by its columns, never by the name of its file. `head` has its first rows."""
    return next((each for each in FORMATS if each.recognises(head)), None)


def read(path: Path, *, zone: ZoneInfo, columns: Mapping[int, str] | None = None) -> AppLog:
    """Reads what a lifter uploaded; `zone` is where they live. `columns` are those that they pointed out: by its place
    from 0 what each means, a key of `WORDS` or `ORDERS` in formats/any.py. Raises Unreadable, of which Unrecognised
    asks for `columns`."""
    if is_takeout(path):
        return logbook_of(path)
    with unpacked(path) as file:
        logbook = _backup(file, zone) if is_database(file) else _table(file, zone, columns)
    if not logbook.sessions and not logbook.left:
        raise Unreadable(f"There is no set in the file. {EXPORT_CSV}")
    return logbook


def _backup(file: Path, zone: ZoneInfo) -> AppLog:
    with database.opened(file) as opened:
        if fitnotes_backup.recognises(opened):
            return fitnotes_backup.read(opened, zone)
    raise Unreadable(f"That is the database of an app that is not known here. {EXPORT_CSV}")


def _table(file: Path, zone: ZoneInfo, columns: Mapping[int, str] | None) -> AppLog:
    sheet = Sheet.opened(file)
    if columns:
        return AnyTable.pointed_out(sheet, zone, columns).read()
    if known := recognised(sheet.head):
        return known(sheet, zone).read()
    raise Unrecognised(POINT_OUT, sheet.head)
