"""A value of a column as it stands in a file, and back. What is read is checked: anybody may have written the file."""

import json
import re
from collections.abc import Callable
from datetime import UTC, date, datetime
from decimal import Decimal

from django.contrib.postgres.fields import ArrayField
from django.db import connection, models

from metricgain.transfer.files.unreadable import Unreadable

Read = Callable[[object], object]
LONGEST_TEXT = 500_000  # characters of a note
MOST_IN_A_LIST = 10_000
MOMENT = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d{1,6})?Z")
DAY = re.compile(r"\d{4}-\d\d-\d\d")
NO_TEXT = re.compile(r"[\x00\ud800-\udfff]")  # what no text of the database can hold
SLUG = re.compile(r"[-a-zA-Z0-9_]+")


class WrongValue(ValueError):
    """A value that cannot be. Its message says what was wanted."""


def written(value: object) -> object:
    """Returns a value of the database as JSON has it."""
    match value:
        case Decimal():
            return int(value) if value == value.to_integral_value() else float(value)
        case datetime():
            return value.astimezone(UTC).isoformat().replace("+00:00", "Z")
        case date():
            return value.isoformat()
        case list():
            return [written(each) for each in value]
        case _:
            return value


def line_of(row: dict[str, object]) -> bytes:
    return json.dumps(row, ensure_ascii=False, sort_keys=False, separators=(",", ":")).encode() + b"\n"


def parsed(line: bytes) -> dict[str, object]:
    """Reads a line. Numbers with a point become Decimal, so that nothing is rounded."""
    try:
        row = json.loads(line.decode(), parse_float=Decimal, parse_constant=_no_constant, object_pairs_hook=_once)
    except (ValueError, RecursionError) as error:  # a long number is a ValueError too
        raise WrongValue("it is no JSON") from error
    if not isinstance(row, dict):
        raise WrongValue("it is no object")
    return row


def reader_of(field: models.Field) -> Read:
    """Returns what reads a value of a column, and raises WrongValue. References are not read here."""
    read = _reader(field)

    def nullable(value: object) -> object:
        if value is None:
            if not field.null:
                raise WrongValue("it is missing")
            return None
        return read(value)

    return nullable


def _reader(field: models.Field) -> Read:
    match field:
        case ArrayField():
            return _list_of(_reader(field.base_field))
        case models.JSONField():
            return as_json
        case models.DecimalField():
            return _decimal(field)
        case models.BooleanField():
            return _boolean
        case models.DateTimeField():
            return _moment
        case models.DateField():
            return _day
        case models.IntegerField():
            return whole_between(*connection.ops.integer_field_range(field.get_internal_type()))
        case models.CharField() | models.TextField():
            return _text(field.max_length or LONGEST_TEXT)
    raise TypeError(field)


def whole_between(least: int, most: int) -> Read:
    def read(value: object) -> int:
        if type(value) is not int or not least <= value <= most:
            raise WrongValue(f"it is no whole number from {least} to {most}")
        return value

    return read


def _decimal(field: models.DecimalField) -> Read:
    step = Decimal(1).scaleb(-field.decimal_places)

    def read(value: object) -> Decimal:
        if isinstance(value, bool) or not isinstance(value, int | Decimal):
            raise WrongValue("it is no number")
        number = Decimal(value)
        if abs(number) >= Decimal(10) ** (field.max_digits - field.decimal_places) or number % step:
            raise WrongValue(f"it has more than {field.max_digits} digits, or {field.decimal_places} behind the point")
        return number

    return read


def _boolean(value: object) -> bool:
    if type(value) is not bool:
        raise WrongValue("it is neither true nor false")
    return value


def _moment(value: object) -> datetime:
    if type(value) is str and MOMENT.fullmatch(value):
        try:
            return datetime.fromisoformat(value)
        except ValueError:
            pass
    raise WrongValue("it is no moment in UTC")


def _day(value: object) -> date:
    if type(value) is str and DAY.fullmatch(value):
        try:
            return date.fromisoformat(value)
        except ValueError:
            pass
    raise WrongValue("it is no day")


def _text(longest: int) -> Read:
    def read(value: object) -> str:
        if type(value) is not str:
            raise WrongValue("it is no text")
        if len(value) > longest or NO_TEXT.search(value):
            raise WrongValue(f"it has more than {longest} characters, or one that no text has")
        return value

    return read


def _list_of(read: Read) -> Read:
    def read_all(value: object) -> list:
        if type(value) is not list or len(value) > MOST_IN_A_LIST:
            raise WrongValue("it is no list")
        return [read(each) for each in value]

    return read_all


def as_json(value: object) -> object:
    """Checks what a JSON column is to hold. A number keeps its value: the file has it as `written` wrote it."""
    match value:
        case str() if NO_TEXT.search(value):
            raise WrongValue("it has a character that no text has")
        case Decimal():
            if not value.is_finite() or abs(value.adjusted()) > 300:
                raise WrongValue("it has a number that is too large")
            return float(value)
        case int() if abs(value) >= 2**63:
            raise WrongValue("it has a number that is too large")
        case dict():
            return {as_json(name): as_json(one) for name, one in value.items()}
        case list():
            return [as_json(one) for one in value]
    return value


def _no_constant(name: str) -> object:
    raise WrongValue(f"{name} is no number")


def _once(pairs: list[tuple[str, object]]) -> dict[str, object]:
    row = dict(pairs)
    if len(row) != len(pairs):
        raise WrongValue("a name stands in it twice")
    return row


def refused(member: str, line: int, name: str, wrong: WrongValue) -> Unreadable:
    where = f"“{name}” of line {line}" if name else f"line {line}"
    return Unreadable(f"This takeout is damaged: {member}, {where}: {wrong}. Nothing was stored.")
