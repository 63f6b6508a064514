"""Jefit: several tables below each other in one file, each under a banner."""

import re
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime

from metricgain.transfer.formats import cells
from metricgain.transfer.formats.cells import Left, plain_words
from metricgain.transfer.formats.dates import YEARS, Dates, Moment
from metricgain.transfer.formats.rows import Row, RowFormat
from metricgain.transfer.logbook import AppSession, AppSet, NotTakenBecause

BANNER = re.compile(r"#+\s*([A-Z ]*?)\s*#*")
SETTING, SESSIONS, LOGS = "SETTING", "WORKOUT SESSIONS", "EXERCISE LOGS"


class Jefit(RowFormat):
    app = "Jefit"
    needs = frozenset({"ename", "logs"})

    @classmethod
    def recognises(cls, head: Sequence[Sequence[str]]) -> bool:
        return any(_banner(row) is not None for row in head[:3])

    def columns(self, head: Sequence[Sequence[str]]) -> dict[str, int]:
        return {}

    def unit_of_header(self) -> str | None:
        return None

    def sections(self, *wanted: str) -> Iterator[tuple[str, Row]]:
        """Yields the rows of some sections. Each has a header of its own."""
        section, at = "", None
        for line, written in self.sheet.rows():
            if (banner := _banner(written)) is not None:
                section, at = banner or section, None
            elif at is None:
                at = {plain_words(name): place for place, name in reversed(list(enumerate(written)))}
            elif section in wanted:
                yield section, Row(line, written, at)

    def rows(self) -> Iterator[Row]:
        return (row for _, row in self.sections(LOGS))

    def dates_of_file(self) -> Dates:
        self.starts: dict[str, str] = {}  # Unix seconds, by session
        for section, row in self.sections(SETTING, SESSIONS):
            if section == SETTING:
                self.weight_unit = cells.unit(row["mass"]) or self.weight_unit
            else:
                self.starts[row["_id"]] = row["starttime"]
        return Dates.of(row["mydate"] for row in self.rows())

    def take(self, row: Row) -> None:
        day = self.dates.moment(row["mydate"])
        session = self._session(row, day)
        if not row["logs"]:
            raise Left(NotTakenBecause.NO_REPS)
        for packed in row["logs"].split(","):
            weight, _, reps = packed.partition("x")
            try:
                one = AppSet(row.line, cells.name(row["ename"]), cells.number(weight), self.weight_unit)
                one.reps = cells.count(reps)
                self.book.take(session, one)
            except Left as why:
                self.book.leave(row.line, why.reason, [row["mydate"], row["ename"], packed])

    def _session(self, row: Row, day: Moment) -> AppSession:
        number = row["belongsession"]
        starts = _local_start(self.starts.get(number, ""), self)
        if starts is None or number == "0":
            return self.book.session(day.at.date().isoformat(), "", Moment(day.at, has_time=False))
        return self.book.session(f"{day.at.date().isoformat()} {number}", "", Moment(starts, has_time=True))


def _banner(row: Sequence[str]) -> str | None:
    """Returns the section that a banner opens, an empty string for a line of "#"; None for any other row."""
    found = BANNER.fullmatch(row[0].strip()) if row[0].startswith("###") else None
    return found[1] if found else None


def _local_start(written: str, of: Jefit) -> datetime | None:
    if not written.isdecimal() or len(written) > 12:
        return None
    starts = datetime.fromtimestamp(int(written), UTC).astimezone(of.zone)
    return starts if starts.year in YEARS else None
