"""Brings a takeout back into an empty account: all of it in one transaction, or nothing."""

import json
from array import array
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from itertools import count
from pathlib import Path

import psycopg
from django.db import DataError, IntegrityError, connection, models, transaction
from django.db.models import QuerySet
from psycopg import sql

from exercises.models import Exercise, ExerciseAlias, ExerciseSettings
from metricgain.names import keys_of
from metricgain.postgresql.limits import unlimited
from metricgain.transfer.files.unreadable import Unreadable
from metricgain.transfer.history.storing import take_turn
from metricgain.transfer.takeout import archive
from metricgain.transfer.takeout.exercise_names import HERE, library_name
from metricgain.transfer.takeout.inputs import check_inputs, check_reasons
from metricgain.transfer.takeout.layout import (
    LIBRARY,
    LIBRARY_FIELDS,
    MEMBERS,
    TRAITS,
    TakeoutMember,
    member_of,
    refers_to,
)
from metricgain.transfer.takeout.values import SLUG, Read, WrongValue, as_json, reader_of, refused, whole_between
from metricgain.users.models import BodyWeight, User
from training.models import Import, Mesocycle, Template

Say = Callable[[int, str], object]
# Django's, and those that COPY raises, which Django does not turn into its own.
REFUSED_BY_THE_DATABASE = (IntegrityError, DataError, psycopg.IntegrityError, psycopg.DataError)
LONGEST_CHAIN = 500  # mesocycles made from each other, or exercises merged one into the next
NOT_EMPTY = "Your account has training of its own already."
BREAKS = "This takeout says what cannot be ({}). Nothing was stored."
# What makes an account one's own. Preferences do not count: every account has some.
OWNED = (Mesocycle, Exercise, ExerciseAlias, ExerciseSettings, BodyWeight, Template)


@dataclass(frozen=True, slots=True)
class Brought:
    """What an account has now. `lacked`: exercises that the library here does not have."""

    sessions: int
    sets: int
    lacked: int


def is_empty(user: User) -> bool:
    """Whether an account has nothing that a takeout could get into the way of."""
    if Import.objects.owned_by(user).stored().exists():
        return False
    return not any(model._default_manager.filter(user=user).exists() for model in OWNED)


def bring(path: Path, user: User, *, say: Say = lambda per_cent, words: None) -> Brought:
    """Stores a takeout. Raises Unreadable, with a sentence, for one that is damaged, hostile, or of a newer layout, and
    for an account that is not empty; then nothing is stored."""
    with archive.opened(path) as opened:
        try:
            with unlimited(), transaction.atomic():
                take_turn(user)
                locked = User.objects.select_for_update(no_key=True).get(id=user.pk)
                if not is_empty(locked):
                    raise Unreadable(NOT_EMPTY)
                return _Bringing(opened, locked, say).run()
        except REFUSED_BY_THE_DATABASE as error:
            raise Unreadable(BREAKS.format(_rule_of(error))) from error


def refuse_circles(rows: QuerySet, above: str) -> None:
    """Raises Unreadable where a row leads back to itself, or so far up that nobody would follow."""
    leads_to = dict(rows.exclude(**{above: None}).order_by().values_list("id", above))
    for row in leads_to:
        for _ in range(LONGEST_CHAIN):
            if (row := leads_to.get(row)) is None:
                break
        else:
            raise Unreadable(BREAKS.format(f"“{above}” goes in a circle"))


def _rule_of(error: Exception) -> str:
    """Returns the name of the rule that PostgreSQL kept, without the row."""
    said = getattr(error, "diag", None) or getattr(error.__cause__, "diag", None)
    return (said and (said.constraint_name or said.table_name)) or "a rule of the database"


class _Bringing:
    def __init__(self, opened: archive.OpenTakeout, user: User, say: Say):
        self.archive, self.user, self.say = opened, user, say
        self.exercises: dict[str, int] = {}
        self.ids = {one.name: self.new_ids(one.model, opened.lines[one.name]) for one in MEMBERS if one.numbered}
        self.own = self.new_ids(Exercise, opened.lines["exercises"])
        self.lacked = 0

    def run(self) -> Brought:
        self.exercises |= {f"own {number}": id_ for number, id_ in enumerate(self.own, start=1)}
        self.add_lacked(list(self.library()))
        for place, member in enumerate(MEMBERS):
            self.say(5 + 90 * place // len(MEMBERS), member.name.replace("_", " ").capitalize())
            if member.name == "profile":
                self.keep_profile(member)
            else:
                self.copy(member)
            if member.name == "exercises":
                refuse_circles(Exercise.objects.owned_by(self.user), "merged_into")
            if member.name == "mesocycles":
                refuse_circles(Mesocycle.objects.filter(user=self.user), "parent_mesocycle")
        lines = self.archive.lines
        return Brought(lines["sessions"], lines["sets"], self.lacked)

    def new_ids(self, model: type[models.Model], wanted: int) -> array:
        """Returns ids for rows, so that any row can refer to any other before it is stored."""
        with connection.cursor() as cursor:
            sequence = "SELECT nextval(pg_get_serial_sequence(%s, 'id')) FROM generate_series(1, %s)"
            cursor.execute(sequence, [model._meta.db_table, wanted])
            ids = array("q")
            while some := cursor.fetchmany(10_000):
                ids.extend(id_ for (id_,) in some)
        return ids

    # -- exercises ----------------------------------------------------------------------------------

    def library(self) -> Iterator[dict[str, object]]:
        """Finds the exercises of the library by their names. Yields the rows of those that are not here."""
        here = {library_name(one): one for one in Exercise.objects.filter(is_system=True).iterator()}
        readers = {name: reader_of(_trait(name)) for name in ("slug", "name", *TRAITS)}
        for line, row in self.archive.rows(LIBRARY):
            self.check_names(LIBRARY, line, row, LIBRARY_FIELDS)
            read = {name: self.read(LIBRARY, line, row, name, readers[name]) for name in readers}
            wanted = str(read["slug"] or f"library {read['name']}")
            name = str(row["exercise"])
            if name not in (wanted, f"library {wanted}, another") or (read["slug"] and not SLUG.fullmatch(wanted)):
                raise refused(LIBRARY, line, "exercise", WrongValue("it is not its name"))
            if name in self.exercises:
                raise refused(LIBRARY, line, "exercise", WrongValue("it stands there twice"))
            known = here.get(wanted)
            if known and (known.measure, known.loading) == (read["measure"], read["loading"]):
                self.exercises[name] = known.pk
            else:
                [self.exercises[name]] = self.new_ids(Exercise, 1)
                yield row

    def add_lacked(self, rows: list[dict[str, object]]) -> None:
        """Adds what the library lacks as own exercises, before the others, which may be merged into them. A name that
        one of the others has gets a number behind it."""
        self.lacked = len(rows)
        taken = set(keys_of(str(row.get("name")) for _, row in self.archive.rows("exercises")).values())
        for row in rows:
            name = self.free_name(str(row["name"]), taken)
            traits = {trait: row[trait] for trait in TRAITS}
            came = {field: row[field] for field in LIBRARY_FIELDS} | {HERE: name}
            id_ = self.exercises[str(row["exercise"])]
            exercise = Exercise(id=id_, user=self.user, name=name, came_as=came, **traits)
            exercise.guess_facts()
            exercise.save(force_insert=True)

    def free_name(self, name: str, taken: set[str]) -> str:
        names = (name if number == 1 else f"{name[:240]} ({number})" for number in count(1))
        for each in names:
            [key] = keys_of([each]).values()
            if key not in taken:
                taken.add(key)
                return each
        raise AssertionError("numbers do not end")

    # -- rows ---------------------------------------------------------------------------------------

    def keep_profile(self, member: TakeoutMember) -> None:
        rows = list(self.rows(member))
        if len(rows) != 1:
            raise Unreadable(archive.DAMAGED.format("it is not of one lifter"))
        said = dict(zip(member.columns_in(self.archive.layout), rows[0][1], strict=True))
        said["preferences"] = json.loads(str(said["preferences"]))
        if not isinstance(said["preferences"], dict):
            raise refused(member.name, 1, "preferences", WrongValue("it is no object"))
        User.objects.filter(id=self.user.pk).update(**said)

    def copy(self, member: TakeoutMember) -> None:
        """Stores the rows of a member by COPY, with the ids that others refer to."""
        ids = self.own if member.name == "exercises" else self.ids.get(member.name)
        columns = [str(field.column) for field in member.columns_in(self.archive.layout).values()]
        fixed: tuple[object, ...] = ()
        if any(field.name == "user" for field in member.model._meta.concrete_fields):
            columns, fixed = [*columns, "user_id"], (self.user.pk,)
        if ids is not None:
            columns = [*columns, "id"]
        names = sql.SQL(", ").join(sql.Identifier(column) for column in columns)
        table = sql.Identifier(member.model._meta.db_table)
        statement = sql.SQL("COPY {} ({}) FROM STDIN").format(table, names)
        with connection.cursor() as cursor, cursor.copy(statement) as copy:
            for line, values in self.rows(member):
                copy.write_row((*values, *fixed, *(() if ids is None else (ids[line - 1],))))

    def rows(self, member: TakeoutMember) -> Iterator[tuple[int, list[object]]]:
        """Yields the values of each line, as they are stored."""
        readers = {name: self.reader(field) for name, field in member.columns_in(self.archive.layout).items()}
        for line, row in self.archive.rows(member.name):
            self.check_names(member.name, line, row, readers)
            yield line, [self.read(member.name, line, row, name, read) for name, read in readers.items()]

    def check_names(self, member: str, line: int, row: dict[str, object], names: Iterable[str]) -> None:
        if row.keys() != set(names):
            odd = sorted(row.keys() ^ set(names))[0][:50]
            raise refused(member, line, odd, WrongValue("it is missing, or too much"))

    def read(self, member: str, line: int, row: dict[str, object], name: str, read: Read) -> object:
        try:
            return read(row[name])
        except (WrongValue, RecursionError) as wrong:
            raise refused(member, line, name, WrongValue(str(wrong))) from wrong

    def reader(self, field: models.Field) -> Read:
        """Returns what reads a field: of a reference, what it refers to here."""
        special = {
            "prescriptions.inputs": self.inputs,
            "prescriptions.reasons": lambda value: json.dumps(check_reasons(value)),
            "templates.config": self.config,
            "imports.new_exercises": lambda value: [self.exercise(one) for one in _list(value)],
            "imports.new_aliases": lambda value: [self.numbered("aliases", one) for one in _list(value)],
        }
        if read := special.get(f"{field.model._meta.db_table}.{field.name}"):
            return read
        model = refers_to(field)
        if model is None:
            plain = reader_of(field)
            is_json = isinstance(field, models.JSONField)
            return (lambda value: json.dumps(plain(value))) if is_json else plain
        to = self.exercise if model is Exercise else lambda value: self.numbered(member_of(model).name, value)
        return lambda value: None if value is None and field.null else to(value)

    def exercise(self, name: object) -> int:
        found = self.exercises.get(name) if isinstance(name, str) else None
        if found is None:
            raise WrongValue("it names no exercise of the file")
        return found

    def numbered(self, member: str, number: object) -> int:
        ids = self.ids[member]
        return ids[int(str(whole_between(1, len(ids))(number))) - 1]

    def config(self, value: object) -> str:
        """Reads the plan of a template. It is never trusted unread, so only what it names is looked at."""
        config = as_json(value)
        workouts = config.get("workouts") if isinstance(config, dict) else None
        for workout in workouts if isinstance(workouts, list) else ():
            slots = workout.get("exercises") if isinstance(workout, dict) else None
            for slot in slots if isinstance(slots, list) else ():
                if isinstance(slot, dict) and slot.get("exercise_id") is not None:
                    slot["exercise_id"] = self.exercise(slot["exercise_id"])
        return json.dumps(config)

    def inputs(self, value: object) -> str:
        """Reads what the engine was given, with the ids that the rows have here."""
        inputs = check_inputs(value)
        if inputs.get("plan") is not None:
            inputs["plan"] = self.numbered("prescriptions", inputs["plan"])
        if inputs.get("instead_of") is not None:
            inputs["instead_of"] = self.exercise(inputs["instead_of"])
        if (exercise := inputs.get("exercise")) and exercise.get("id") is not None:
            exercise["id"] = self.exercise(exercise["id"])
        if parent := inputs.get("parent"):
            for name in ("mesocycle", "workout"):
                if parent.get(name) is not None:
                    parent[name] = self.numbered(f"{name}s", parent[name])
        return json.dumps(inputs)


def _list(value: object) -> list:
    if type(value) is not list or len(value) > 10_000 or len(value) != len(set(map(repr, value))):
        raise WrongValue("it is no list of different things")
    return value


def _trait(name: str) -> models.Field:
    field = Exercise._meta.get_field(name)
    assert isinstance(field, models.Field)
    return field
