"""Takes all out that a lifter has: a ZIP, written while it is read, so that neither memory nor disk holds it."""

import csv
import io
import json
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import partial

from django.db import connection, transaction

from metricgain.postgresql.limits import unlimited
from metricgain.transfer.takeout.exercise_names import names_of
from metricgain.transfer.takeout.layout import (
    APP,
    FILES,
    HASHES,
    LAYOUT,
    LIBRARY,
    LIBRARY_FIELDS,
    MANIFEST,
    MEMBERS,
    README,
    ROWS_OF,
    TWIN_OF,
    TakeoutMember,
)
from metricgain.transfer.takeout.numbers import number_rows, selected
from metricgain.transfer.takeout.values import line_of, written
from metricgain.transfer.takeout.zip_stream import Hashes, zipped
from metricgain.users.models import User

Say = Callable[[int, str], object]
ROWS_AT_ONCE = 1000
BOM = b"\xef\xbb\xbf"  # by it a spreadsheet knows UTF-8
FORMULA = ("=", "+", "-", "@", "\t", "\r")
README_TEXT = b"""This is everything that you have in MetricGain, except what opens your account: no address, no
password, no devices, no secret links.

csv/           your data as tables, for a spreadsheet
*.jsonl        the same for programs: one JSON object a line
library.jsonl  the exercises of the library that the other files name
SHA256SUMS     the hash of each file: sha256sum --check SHA256SUMS

To bring it back, into an empty account of any MetricGain: Settings, "Bring your logs", and choose this ZIP as it is.
docs/takeout.md of MetricGain says what each field means.
"""


@contextmanager
def one_snapshot() -> Iterator[None]:
    """Makes all reads inside show the database at one moment. Unlike `analytics.dataset.one_moment` it may write, which
    a temporary table needs."""
    with transaction.atomic():
        if not connection.savepoint_ids:  # an outer transaction may have read already; then this is too late
            with connection.cursor() as cursor:
                cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ")
        with unlimited():
            yield


def takeout(user: User, *, say: Say = lambda per_cent, words: None) -> Iterator[bytes]:
    """Yields the ZIP. Its caller has opened `one_snapshot`, in which a file may be kept too."""
    yield from zipped(_Taking(user, say).files())


class _Taking:
    def __init__(self, user: User, say: Say):
        self.user, self.say, self.hashes = user, say, Hashes()
        exercises = names_of(user)
        self.of_id = {one.id: one for one in exercises}
        self.of_name = {one.name: one for one in exercises}
        self.used = set[str]()  # of the library
        self.counts = dict[str, int]()
        number_rows(user, exercises)
        self.aliases = self.numbers_of_aliases()

    def numbers_of_aliases(self) -> dict[int, int]:
        with connection.cursor() as cursor:
            cursor.execute("SELECT id, number FROM takeout_rows WHERE member = 'aliases'")
            return dict(cursor.fetchall())

    def files(self) -> Iterator[tuple[str, Iterator[bytes]]]:
        made = {README: lambda: iter([README_TEXT]), MANIFEST: self.manifest}
        made |= {ROWS_OF.format(one.name): partial(self.lines, one) for one in MEMBERS}
        made |= {TWIN_OF.format(one.name): partial(self.table, one) for one in MEMBERS}
        made |= {ROWS_OF.format(LIBRARY): self.library_lines, TWIN_OF.format(LIBRARY): self.library_table}
        for place, name in enumerate(FILES):
            self.say(98 * place // len(FILES), f"Writing {name}")
            yield name, iter([self.hashes.text]) if name == HASHES else self.hashes.of(name, made[name]())

    def lines(self, member: TakeoutMember) -> Iterator[bytes]:
        count = 0
        for row, _ in self.rows(member):
            count += 1
            yield line_of(row)
        self.counts[member.name] = count

    def rows(self, member: TakeoutMember, *, for_people: bool = False) -> Iterator[tuple[dict[str, object], tuple]]:
        """Yields each row by its names in the file, and what stands behind it for people."""
        names, width = member.names, len(member.fields)
        behind = len(member.for_people) if for_people else 0
        with connection.chunked_cursor() as cursor:
            cursor.execute(selected(member, self.user, for_people=for_people))
            while some := cursor.fetchmany(ROWS_AT_ONCE):
                for values in some:
                    row = dict(zip(names, map(written, values[:width]), strict=True))
                    self.without_ids(member, row, values[width : len(values) - behind])
                    yield row, values[len(values) - behind :]

    def without_ids(self, member: TakeoutMember, row: dict, numbers: tuple) -> None:
        """Puts names in place of the ids that no column but a JSON value or a list has."""
        for name in ("exercise", "merged_into"):
            self.use(row.get(name))
        match member.name:
            case "profile":
                row["preferences"] = json.loads(row["preferences"])
            case "templates":
                row["config"] = self.config(json.loads(row["config"]))
            case "imports":
                row["new_exercises"] = sorted(filter(None, map(self.exercise, row["new_exercises"])))
                row["new_aliases"] = sorted(filter(None, map(self.aliases.get, row["new_aliases"])))
            case "prescriptions":
                row["reasons"] = json.loads(row["reasons"])
                row["inputs"] = self.inputs(json.loads(row["inputs"]), *numbers)

    def exercise(self, of: object) -> str | None:
        """Returns the name of the exercise with an id; None where the lifter can have none such."""
        found = self.of_id.get(of) if type(of) is int else None
        return self.use(found.name) if found else None

    def use(self, name: str | None) -> str | None:
        if name and self.of_name[name].row:
            self.used.add(name)
        return name

    def config(self, config: object) -> object:
        for workout in _dicts(config, "workouts"):
            for slot in _dicts(workout, "exercises"):
                if "exercise_id" in slot:
                    slot["exercise_id"] = self.exercise(slot["exercise_id"])
        return config

    def inputs(self, inputs: dict, plan: int | None, mesocycle: int | None, workout: int | None) -> dict:
        if "plan" in inputs:
            inputs["plan"] = plan
        if "instead_of" in inputs:
            inputs["instead_of"] = self.exercise(inputs["instead_of"])
        if isinstance(inputs.get("exercise"), dict):
            inputs["exercise"]["id"] = self.exercise(inputs["exercise"].get("id"))
        if isinstance(inputs.get("parent"), dict):
            inputs["parent"] |= {"mesocycle": mesocycle, "workout": workout}
        return inputs

    def library(self) -> Iterator[dict[str, object]]:
        for name in sorted(self.used, key=str.encode):
            row = self.of_name[name].row or {}
            yield {field: row.get(field) for field in LIBRARY_FIELDS}

    def library_lines(self) -> Iterator[bytes]:
        yield from map(line_of, self.library())
        self.counts[LIBRARY] = len(self.used)

    def library_table(self) -> Iterator[bytes]:
        return _table(LIBRARY_FIELDS, (tuple(row.values()) for row in self.library()))

    def table(self, member: TakeoutMember) -> Iterator[bytes]:
        """Yields the rows as CSV for people: an exercise has its name, and JSON stands as it is."""
        called = {"exercise", "merged_into"} & set(member.names)
        head = (*member.names, *(name for name, _ in member.for_people))
        rows = self.rows(member, for_people=True)

        def cells(row: dict, behind: tuple) -> tuple:
            named = {name: self.of_name[row[name]].for_people for name in called if row[name]}
            return (*(row | named).values(), *map(written, behind))

        return _table(head, (cells(row, behind) for row, behind in rows))

    def manifest(self) -> Iterator[bytes]:
        yield json.dumps({"app": APP, "layout": LAYOUT, "rows": self.counts}, indent=1).encode() + b"\n"


def _dicts(value: object, key: str) -> Iterator[dict]:
    inner = value.get(key) if isinstance(value, dict) else None
    yield from (one for one in (inner if isinstance(inner, list) else ()) if isinstance(one, dict))


def _table(head: tuple[str, ...], rows: Iterator[tuple]) -> Iterator[bytes]:
    text = io.StringIO()
    writer = csv.writer(text)
    yield BOM
    writer.writerow(head)
    for row in rows:
        writer.writerow([_cell(value) for value in row])
        if text.tell() > 2**16:
            yield text.getvalue().encode()
            text.seek(0)
            text.truncate()
    yield text.getvalue().encode()


def _cell(value: object) -> object:
    """Returns a cell. What a spreadsheet would run as a formula gets an apostrophe in front, which it hides."""
    if isinstance(value, dict | list):
        return json.dumps(value, ensure_ascii=False, separators=(",", ":"))
    if isinstance(value, str) and value.startswith(FORMULA):
        return "'" + value
    return value
