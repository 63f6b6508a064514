"""MetricGain's own dataset: the sets that a lifter downloaded, here or elsewhere (analytics/dataset.py)."""

import re

from metricgain.transfer.files.unreadable import Unreadable
from metricgain.transfer.formats import cells
from metricgain.transfer.formats.rows import Row, RowFormat
from metricgain.transfer.logbook import AppLog, AppSession, AppSet

GUARD = re.compile(r"'(?=[-=+@\t\r])")  # keeps spreadsheets from running a name as a formula


class Own(RowFormat):
    app = "MetricGain"
    meanings = {
        "user_id": "person",
        "exercise_name": "exercise",
        "performed_at": "date",
        "set_number": "number",
        "weight": "weight",
        "reps": "reps",
        "unit": "unit",
        "rir": "rir",
        "set_type": "kind",
        "session_id": "id",
        "session_minutes": "minutes",
        "seconds": "seconds",
        "extends": "extends",
        "asked_superset": "superset",
        "session_note": "session note",
    }
    needs = frozenset({"person", "exercise", "date", "number", "weight", "reps", "unit", "kind", "id"})

    def read(self) -> AppLog:
        self.person = ""
        self.numbers: dict[int, tuple[str, str]] = {}  # by line: the set's number, and that of the set it continues
        return super().read()

    def session(self, row: Row) -> AppSession:
        if row["person"] != (self.person or row["person"]):
            raise Unreadable("The file has the sets of several people. Bring in a file with your own alone.")
        self.person = row["person"]
        moment = self.dates.moment(row["date"])
        session = self.book.session(f"{row['date']} {row['id']}", "", moment)
        session.seconds = session.seconds or cells.session_seconds(f"{row['minutes']} min")
        session.note = session.note or GUARD.sub("", row["session note"], count=1)
        return session

    def exercise(self, row: Row) -> str:
        return cells.name(GUARD.sub("", row["exercise"], count=1))

    def logged(self, row: Row) -> AppSet:
        one = super().logged(row)
        if one.seconds:
            one.reps = None  # a hold has 1 there
        self.numbers[row.line] = row["number"], row["extends"]
        return one

    def finish(self) -> None:
        """Drop and myo rows come right behind the set that they continue, even where they were logged later."""
        for session in self.book.sessions.values():
            place = {(one.exercise, self.numbers[one.line][0]): at for at, one in enumerate(session.sets)}
            own = {one.line: at for at, one in enumerate(session.sets)}
            session.sets.sort(
                key=lambda one: (place.get((one.exercise, self.numbers[one.line][1]), own[one.line]), own[one.line])
            )
