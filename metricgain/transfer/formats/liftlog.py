"""LiftLog, its CSV: only sets that were done, with the session's id."""

from metricgain.transfer.formats.rows import Row, RowFormat
from metricgain.transfer.logbook import AppSession


class LiftLog(RowFormat):
    app = "LiftLog"
    meanings = {
        "sessionid": "id",
        "timestamp": "date",
        "exercise": "exercise",
        "weight": "weight",
        "weightunit": "unit",
        "reps": "reps",
        "notes": "note",
    }
    needs = frozenset({"id", "date", "exercise", "weight", "unit", "reps"})

    def session(self, row: Row) -> AppSession:
        """Each set has a moment of its own; the first that the file has starts the session."""
        moment = self.dates.moment(row["date"])
        return self.book.session(row["id"] or moment.at.date().isoformat(), "", moment)
