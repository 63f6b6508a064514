"""Fitbod: moments in UTC, of which a day has several; a session is a day where the lifter lives."""

from datetime import datetime

from metricgain.transfer.formats.dates import Dates, Moment
from metricgain.transfer.formats.rows import Row, RowFormat
from metricgain.transfer.logbook import AppSession, AppSet


class Fitbod(RowFormat):
    app = "Fitbod"
    meanings = {
        "date": "date",
        "exercise": "exercise",
        "sets": "sets",
        "reps": "reps",
        "weight": "weight",
        "weight(kg)": "weight",
        "weight(lb)": "weight",
        "weight(lbs)": "weight",
        "duration(s)": "seconds",
        "distance(m)": "distance",
        "iswarmup": "warm-up",
        "note": "note",
    }
    needs = frozenset({"date", "exercise", "reps", "weight", "warm-up"})

    def unit_of_header(self) -> str | None:
        return super().unit_of_header() or "kg"  # the older export says none and is in kilograms, too

    def session(self, row: Row) -> AppSession:
        moment = self.dates.moment(row["date"])
        at = moment.at.astimezone(self.zone) if moment.at.tzinfo else moment.at
        session = self.book.session(at.date().isoformat(), "", Moment(at, moment.has_time))
        if at.replace(tzinfo=None) <= session.starts.replace(tzinfo=None):
            session.starts, session.key = at, row["date"]  # the first stamp of a day names it, in any time zone
        return session

    def logged(self, row: Row) -> AppSet:
        one = super().logged(row)
        self.stamps[row.line] = self.dates.moment(row["date"]).at.replace(tzinfo=None)
        return one

    def dates_of_file(self) -> Dates:
        self.stamps: dict[int, datetime] = {}  # by line, of each set
        return super().dates_of_file()

    def finish(self) -> None:
        """The file has the latest first; within a moment its order is that of the sets."""
        for session in self.book.sessions.values():
            session.sets.sort(key=lambda one: self.stamps[one.line])
