"""When a session was: dates and times as any app and any language write them.

What one date leaves open is decided by all dates of the file: the language of its months, and whether the day or the
month comes first."""

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime, timedelta, timezone

from metricgain.numbers import in_ascii
from metricgain.transfer.formats.cells import Left
from metricgain.transfer.formats.months import months_of
from metricgain.transfer.logbook import NotTakenBecause

YEARS = range(1980, 2100)
LONGEST = 80  # signs of a date
MOST_WORDS = 500  # of dates, in a file: real ones have a few dozen
OFFSET = re.compile(r"\s*(?:([+-][0-9]{2}):?([0-9]{2})|UTC|GMT|Z)$")
BY_NUMBERS = re.compile(r"\D{0,12}?([0-9]{1,4})\s?[./-]\s?([0-9]{1,2})\s?[./-]\s?([0-9]{4}|[0-9]{1,2})(?![0-9])")
YEAR_FIRST = re.compile(r"([0-9]{4})\s*[年년]\s*([0-9]{1,2})\s*[月월]\s*([0-9]{1,2})")
COUNTED_MONTH = re.compile(
    r"([0-9]{1,2})\s*[月월]|(?:thg|tháng)\s*([0-9]{1,2})"
)  # of Chinese, Japanese, Korean, Vietnamese
TIME = re.compile(r"(?<![0-9])([0-9]{1,2}):([0-9]{2})(?::([0-9]{2}))?")
TIME_WITHOUT_COLON = re.compile(
    r"(?<![0-9])([0-9]{1,2})(?:\.(?=[0-9]{2}(?![0-9]))|\s?[h時时点點시]\s?)([0-9]{1,2})(?![0-9])"
)
MARKS = re.compile("[\u061c\u200e\u200f]")  # signs of right-to-left scripts, which stand between numbers
MORNING = re.compile(r"\ba\.?\s?m\b|上午|午前|오전|\böö\b|π\.?μ")
AFTERNOON = re.compile(r"\bp\.?\s?m\b|下午|午後|오후|\bös\b|μ\.?μ|\b(?:ip|odp|pop|ptg|ch|пп|م)\b")
WORD = re.compile(r"[^\W\d_]{2,}")
DAY_FIRST, MONTH_FIRST = "day first", "month first"


@dataclass(frozen=True, slots=True)
class Moment:
    at: datetime  # naive where the file says no time zone
    has_time: bool


@dataclass(slots=True)
class Dates:
    """How a file writes its dates. `is_sure`: whether the dates themselves say if the day or the month comes first."""

    order: str = DAY_FIRST
    is_sure: bool = True
    months: dict[str, int] = field(default_factory=dict)
    read: dict[str, Moment | None] = field(default_factory=dict)

    @classmethod
    def of(cls, all_written: Iterable[str], order: str | None = None) -> "Dates":
        words: set[str] = set()
        seen = _Seen()
        last = None
        for each in all_written:
            if each == last or len(each) > LONGEST or _iso(each):
                continue
            last, written = each, _plain(each)
            if found := BY_NUMBERS.match(written):
                seen.add(*map(int, found.groups()))
            elif len(words) < MOST_WORDS:
                words.update(WORD.findall(written))
        months = months_of(words)
        if order:
            return cls(order, months=months)
        return cls(seen.order(), seen.is_sure(), months)

    def moment(self, written: str) -> Moment:
        if len(written) > LONGEST:
            raise Left(NotTakenBecause.NO_DATE)
        if written not in self.read:
            if len(self.read) > 10_000:
                self.read.clear()
            self.read[written] = _iso(written) or self._otherwise(_plain(written))
        if (found := self.read[written]) is None:
            raise Left(NotTakenBecause.NO_DATE)
        return found

    def _otherwise(self, written: str) -> Moment | None:
        day, rest = self._day(written)
        if day is None:
            return None
        time = TIME.search(rest) or TIME_WITHOUT_COLON.search(rest)
        if time is None:
            return Moment(day, has_time=False)
        hour, minute, second = (int(part or 0) for part in [*time.groups(), None][:3])
        if AFTERNOON.search(rest) and hour < 12:
            hour += 12
        elif MORNING.search(rest) and hour == 12:
            hour = 0
        if hour > 23 or minute > 59 or second > 59:
            return Moment(day, has_time=False)
        return Moment(day + timedelta(hours=hour, minutes=minute, seconds=second), has_time=True)

    def _day(self, written: str) -> tuple[datetime | None, str]:
        """Returns the day and what is written beside it."""
        if found := YEAR_FIRST.search(written):
            return _date(*map(int, found.groups())), written[found.end() :]
        if found := BY_NUMBERS.match(written):
            return self._by_numbers(*found.groups()), written[found.end() :]
        rest = TIME.sub(" ", written)
        if counted := COUNTED_MONTH.search(rest):
            month = int(counted[1] or counted[2])
            rest = rest.replace(counted[0], " ")
        else:
            months = [self.months[word] for word in WORD.findall(rest) if word in self.months]
            if not months:
                return None, written
            month = months[-1]  # "mar. 7 avr.": the day of the week comes first
        numbers = re.findall(r"[0-9]+", rest)
        years = [each for each in numbers if len(each) == 4] or numbers[1:2]
        days = [each for each in numbers if len(each) <= 2]
        return (_date(_full(years[0]), month, int(days[0])), written) if years and days else (None, written)

    def _by_numbers(self, first: str, second: str, third: str) -> datetime | None:
        if len(first) == 4:
            return _date(int(first), int(second), int(third))
        day, month = (first, second) if self.order == DAY_FIRST else (second, first)
        year = _full(third)
        return _date(year, int(month), int(day)) or _date(year, int(day), int(month))


@dataclass(slots=True)
class _Seen:
    """What the dates that are written in numbers say of their order."""

    days_first: int = 0
    months_first: int = 0
    open_ones: int = 0
    last: tuple[int, int, int] | None = None
    backwards: dict[str, list[int]] = field(default_factory=lambda: {DAY_FIRST: [0, 0], MONTH_FIRST: [0, 0]})

    def add(self, first: int, second: int, third: int) -> None:
        if first > 31:  # the year
            return
        self.days_first += first > 12
        self.months_first += second > 12
        self.open_ones += first <= 12 and second <= 12 and first != second
        if self.last:
            before, ago, year = self.last
            for order, now, then in (
                (DAY_FIRST, (third, second, first), (year, ago, before)),
                (MONTH_FIRST, (third, first, second), (year, before, ago)),
            ):
                self.backwards[order][0] += now < then
                self.backwards[order][1] += now > then
        self.last = first, second, third

    def is_sure(self) -> bool:
        return (self.days_first > 0) != (self.months_first > 0) or not (self.open_ones or self.days_first)

    def order(self) -> str:
        """Returns the order that the dates prove, else that in which the file goes through time more steadily."""
        if self.days_first or self.months_first:
            return DAY_FIRST if self.days_first >= self.months_first else MONTH_FIRST
        steps = {order: min(found) for order, found in self.backwards.items()}
        return DAY_FIRST if steps[DAY_FIRST] <= steps[MONTH_FIRST] else MONTH_FIRST


def _plain(written: str) -> str:
    return MARKS.sub("", in_ascii(written)).casefold()


def _iso(written: str) -> Moment | None:
    if not written[:1].isdigit():
        return None
    offset = OFFSET.search(written, 10)
    if offset:
        written = written[: offset.start()] + (f"{offset[1]}:{offset[2]}" if offset[1] else "+00:00")
    try:
        at = datetime.fromisoformat(written)
        zone = at.utcoffset()
    except ValueError:
        return None
    if at.year not in YEARS:
        return None
    return Moment(at.replace(tzinfo=timezone(zone)) if zone is not None else at, has_time=len(written) > 10)


def _date(year: int, month: int, day: int) -> datetime | None:
    try:
        return datetime(year, month, day) if year in YEARS else None
    except ValueError:
        return None


def _full(year: str) -> int:
    return int(year) if len(year) == 4 else 2000 + int(year)
