"""StrongLifts: the older export has a workout a row, the newer one an exercise a row; both have the sets beside each
other."""

import re
from collections.abc import Iterator, Sequence

from metricgain.transfer.formats import cells
from metricgain.transfer.formats.cells import Left, plain_words
from metricgain.transfer.formats.dates import Dates
from metricgain.transfer.formats.rows import Row, RowFormat, columns_of
from metricgain.transfer.logbook import AppSession, AppSet

SET_REPS, SET_WEIGHT = re.compile(r"set (\d+) \(reps\)"), re.compile(r"set (\d+) \((kg|lb|lbs)\)")
OF_WORKOUT, OF_EXERCISE = 4, 8  # columns: date, note, workout, body weight; then name, kg, lb and five sets
BODY_WEIGHT = re.compile(r"[0-9.,]+\s*(kg|lbs?)", re.IGNORECASE)


class StrongLifts(RowFormat):
    """The older export. Its columns repeat, so they are read by position."""

    app = "StrongLifts"
    meanings = {
        "date": "date",
        "note": "session note",
        "workout": "title",
        "body weight": "body weight",
        "exercise 1": "exercise",
        "set 1": "set",
    }
    needs = frozenset(meanings.values())

    @classmethod
    def recognises(cls, head: Sequence[Sequence[str]]) -> bool:
        return super().recognises(head) or cls._has_no_header(head)

    @classmethod
    def _has_no_header(cls, head: Sequence[Sequence[str]]) -> bool:
        first = list(head[0])
        is_long = len(first) >= OF_WORKOUT + OF_EXERCISE and (len(first) - OF_WORKOUT) % OF_EXERCISE == 0
        if not is_long or not BODY_WEIGHT.fullmatch(first[3].strip()):
            return False
        try:
            Dates.of([first[0]]).moment(first[0])
        except Left:
            return False
        return True

    def columns(self, head: Sequence[Sequence[str]]) -> dict[str, int]:
        return {"date": 0, "session note": 1, "title": 2, "body weight": 3}

    def rows(self) -> Iterator[Row]:
        rows = self.sheet.rows()
        if not self._has_no_header(self.sheet.head):
            next(rows)
        for line, written in rows:
            yield Row(line, written, self.at)

    def take(self, row: Row) -> None:
        session = self.session(row)
        body = BODY_WEIGHT.fullmatch(row["body weight"])
        unit = cells.unit(body[1]) if body else None
        for start in range(OF_WORKOUT, len(row.cells), OF_EXERCISE):
            name, kilograms, pounds, *sets = [*row.cells[start : start + OF_EXERCISE], "", ""]
            if not name.strip():
                continue
            is_in_pounds = bool(pounds.strip()) and (unit == "lb" or not kilograms.strip())
            for done in sets:
                if done.strip():
                    self._take_set(session, row, (name, pounds if is_in_pounds else kilograms, done), is_in_pounds)

    def _take_set(self, session: AppSession, row: Row, of: tuple[str, str, str], is_in_pounds: bool) -> None:
        name, weight, done = of
        try:
            one = AppSet(row.line, cells.name(name), cells.number(weight), "lb" if is_in_pounds else "kg")
            one.reps = cells.count(done)
            self.book.take(session, one)
        except Left as why:
            self.book.leave(row.line, why.reason, [row["date"], *of])


class StrongLiftsNow(RowFormat):
    """The newer export, whose headers have the unit in them."""

    app = "StrongLifts"
    meanings = {
        "date (yyyy/mm/dd)": "date",
        "workout name": "title",
        "exercise": "exercise",
        "duration (hours)": "hours",
        "start time (h:mm)": "time",
        "notes": "session note",
        "set 1 (reps)": "set",
    }
    needs = frozenset({"date", "exercise", "set"})

    def columns(self, head: Sequence[Sequence[str]]) -> dict[str, int]:
        names = [plain_words(name) for name in head[0]]
        reps = {found[1]: place for place, name in enumerate(names) if (found := SET_REPS.fullmatch(name))}
        weights = {
            found[1]: (place, found[2]) for place, name in enumerate(names) if (found := SET_WEIGHT.fullmatch(name))
        }
        self.sets = [(place, *weights.get(number, (-1, None))) for number, place in reps.items()]
        return columns_of(head[0], self.meanings)

    def take(self, row: Row) -> None:
        session = self.session(row)
        if session.seconds is None and row["hours"]:
            written = row["hours"]
            session.seconds = cells.session_seconds(written if ":" in written else f"{written} h")
        name = self.exercise(row)
        for at_reps, at_weight, unit in self.sets:
            done = row.cells[at_reps].strip() if at_reps < len(row.cells) else ""
            weight = row.cells[at_weight].strip() if 0 <= at_weight < len(row.cells) else ""
            if not done:
                continue
            try:
                one = AppSet(row.line, name, cells.number(weight), cells.unit(unit or ""), cells.count(done))
                self.book.take(session, one)
            except Left as why:
                self.book.leave(row.line, why.reason, [row["date"], name, weight, done])
