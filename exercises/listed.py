"""An exercise as a search reads it, by the hundred: a row, no object of the model."""

from collections.abc import Iterable
from datetime import datetime
from typing import NamedTuple, Protocol

from django.contrib.postgres.fields import ArrayField
from django.db.models import BooleanField, Func, IntegerField, TextField, Value
from django.db.models.functions import Length
from django.db.models.lookups import GreaterThan

from exercises.kinds import Equipment, MuscleGroup, Rank
from exercises.naming.searching import Findable, ranked

RANKS = {Rank.STAPLE.value: 0, Rank.COMMON.value: 1, Rank.SPECIAL.value: 2, None: 1}


class Listed(NamedTuple):
    """What lists show of an exercise, and what a search has to know. `called`: its other names."""

    id: int
    name: str
    muscle_group: str
    equipment: str
    description: str | None
    part: str | None
    movement: str | None
    rank: str | None
    last_done: datetime | None
    called: list[str]

    def get_muscle_group_display(self) -> str:
        return MuscleGroup(self.muscle_group).label

    def get_equipment_display(self) -> str:
        return Equipment(self.equipment).label


class Called(Protocol):
    """An exercise with its other names."""

    @property
    def id(self) -> int: ...
    @property
    def name(self) -> str: ...
    @property
    def rank(self) -> str | None: ...
    @property
    def muscle_group(self) -> str: ...
    @property
    def part(self) -> str | None: ...
    @property
    def movement(self) -> str | None: ...
    @property
    def last_done(self) -> datetime | None: ...
    @property
    def called(self) -> list[str]: ...


def meant[Row: Called](text: str, rows: Iterable[Row]) -> list[Row]:
    """Returns those of the exercises that a search means, the likeliest first."""
    found = {row.id: row for row in rows}
    return [found[id_] for id_ in ranked(text, [_findable(row) for row in found.values()])]


def _findable(row: Called) -> Findable:
    done = row.last_done.timestamp() if row.last_done else 0
    return Findable(row.id, (row.name, *row.called), RANKS[row.rank], done, (row.muscle_group, row.part, row.movement))


class HasAny(Func):
    """Whether a text has one of some pieces of small letters, which the text may have as large ones."""

    template = "(lower(%(expressions)s))"  # (lower(text COLLATE "C") LIKE ANY (pieces))
    arg_joiner = ' COLLATE "C") LIKE ANY ('
    arity = 2
    output_field = BooleanField()

    def __init__(self, text: str, pieces: Iterable[str]) -> None:
        super().__init__(text, Value([f"%{piece}%" for piece in pieces], ArrayField(TextField())))


def has_other_letters(text: str) -> GreaterThan:
    """Whether a text has other letters than English ones."""
    return GreaterThan(Func(text, function="octet_length", output_field=IntegerField()), Length(text))
