"""A format whose rows are sets: what all have in common. Each app's class says what is its own."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import ClassVar
from zoneinfo import ZoneInfo

from metricgain.transfer.files.sheet import Sheet
from metricgain.transfer.formats import cells
from metricgain.transfer.formats.book import Book
from metricgain.transfer.formats.cells import Left
from metricgain.transfer.formats.dates import Dates
from metricgain.transfer.logbook import AppLog, AppSession, AppSet, KindOfSet

MOST_REPEATS = 30  # sets that one row stands for


@dataclass(slots=True)
class Row:
    """One row of the file. `row["reps"]` is the cell of that meaning, trimmed; empty where there is none."""

    line: int
    cells: list[str]
    at: Mapping[str, int]

    def __getitem__(self, meaning: str) -> str:
        place = self.at.get(meaning, -1)
        return self.cells[place].strip() if 0 <= place < len(self.cells) else ""


def columns_of(header: Sequence[str], meanings: Mapping[str, str]) -> dict[str, int]:
    """Returns the place of each meaning that the header has; of several columns that mean the same, the first."""
    found: dict[str, int] = {}
    for place, name in enumerate(header):
        if meaning := meanings.get(cells.plain_words(name)):
            found.setdefault(meaning, place)
    return found


class RowFormat:
    """Reads one file. `meanings` says what the words of a header mean, in small letters; a file with all of `needs` in
    its header is of this app."""

    app: ClassVar[str]
    meanings: ClassVar[Mapping[str, str]]
    needs: ClassVar[frozenset[str]]

    def __init__(self, sheet: Sheet, zone: ZoneInfo) -> None:
        self.sheet = sheet
        self.zone = zone
        self.book = Book(self.app, zone)
        self.at = self.columns(sheet.head)
        self.weight_unit = self.unit_of_header()
        self.dates = Dates()

    @classmethod
    def recognises(cls, head: Sequence[Sequence[str]]) -> bool:
        return cls.needs <= columns_of(head[0], cls.meanings).keys()

    def columns(self, head: Sequence[Sequence[str]]) -> dict[str, int]:
        return columns_of(head[0], self.meanings)

    def unit_of_header(self) -> str | None:
        place = self.at.get("weight")
        return None if place is None else cells.unit_in(self.sheet.head[0][place])

    def read(self) -> AppLog:
        self.dates = self.dates_of_file()
        for row in self.rows():
            try:
                self.take(row)
            except Left as why:
                self.book.leave(row.line, why.reason, row.cells)
        self.finish()
        logbook = self.book.closed()
        logbook.is_date_order_sure = self.dates.is_sure
        return logbook

    def rows(self) -> Iterator[Row]:
        """Yields the rows below the header."""
        found = self.sheet.rows()
        next(found)
        for line, written in found:
            yield Row(line, written, self.at)

    def dates_of_file(self) -> Dates:
        return Dates.of(row["date"] for row in self.rows())

    def take(self, row: Row) -> None:
        session = self.session(row)
        one = self.logged(row)
        self.book.take(session, one)
        for _ in range(min(cells.count(row["sets"]) or 1, MOST_REPEATS) - 1):
            self.book.take(session, replace(one))

    def session(self, row: Row) -> AppSession:
        written = f"{row['date']} {row['time']}".strip()
        session = self.book.session(written, cells.name(row["title"]), self.dates.moment(written))
        session.seconds = session.seconds or cells.session_seconds(row["duration"])
        session.note = session.note or self.text(row["session note"])
        return session

    def logged(self, row: Row) -> AppSet:
        return AppSet(
            line=row.line,
            exercise=self.exercise(row),
            weight=cells.number(row["weight"]),
            unit=self.unit(row),
            reps=cells.count(row["reps"]),
            seconds=cells.seconds(row["seconds"]),
            rir=cells.rir(row["rir"]) if row["rir"] else cells.rir_of_rpe(row["rpe"]),
            kind=self.kind(row),
            superset=row["superset"],
            note=self.text(row["note"]),
            went_far=bool(cells.number(row["distance"])),
        )

    def exercise(self, row: Row) -> str:
        return cells.name(row["exercise"])

    def unit(self, row: Row) -> str | None:
        return cells.unit(row["unit"]) or self.weight_unit

    def kind(self, row: Row) -> KindOfSet:
        return KindOfSet.WARM_UP if cells.is_true(row["warm-up"]) else cells.kind(row["kind"])

    def text(self, written: str) -> str:
        return written

    def finish(self) -> None:
        """Does what is left once all rows were read."""
