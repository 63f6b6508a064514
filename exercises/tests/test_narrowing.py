"""What PostgreSQL leaves out of a search is nothing that the rules would have found."""

import csv
import random

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from exercises.library import rows
from exercises.models import Exercise
from exercises.naming.narrowing import pieces_of
from exercises.naming.searching import ranked
from exercises.naming.spelling import one_slip_from
from exercises.naming.words import PHRASES
from exercises.tests.factories import ExerciseFactory
from exercises.tests.test_searching import CASES, NamedRow
from metricgain.users.tests.factories import UserFactory


@pytest.fixture(scope="module")
def queries() -> list[str]:
    """What is typed: whole, still being typed, and with a slip."""
    chance = random.Random(27)
    with CASES.open(encoding="utf-8") as file:
        typed = [row[0] for row in csv.reader(file, delimiter="\t")]
    begun = [text[: chance.randint(2, len(text))] for text in typed]
    slipped = [chance.choice(sorted(one_slip_from(text))) for text in typed if text.isascii()]
    return chance.sample([*typed, *begun, *slipped], 250)


@pytest.fixture(scope="module")
def own_names() -> list[str]:
    """Names as lifters make them up: those of the library with a word more, a slip, in short forms, other languages."""
    chance = random.Random(27)
    library = [name for row in rows() for name in (row["name"], *row["aliases"])]
    names = [f"{name} {chance.choice(['2', 'heavy', 'left', 'at home', '(new)'])}" for name in library]
    names += [chance.choice(sorted(one_slip_from(name.lower()))) for name in library]
    names += [" ".join([*way, chance.choice(["wide", "paused"])]).title() for way in PHRASES]
    return chance.sample(list(dict.fromkeys(names)), 1500)


def test_nothing_that_is_meant_is_left_out(queries, own_names):
    library = [NamedRow(place, (row["name"], *row["aliases"])) for place, row in enumerate(rows())]
    own = [NamedRow(10_000 + place, (name,)) for place, name in enumerate(own_names)]
    missed = []
    for text in queries:
        kept = [one for one in own if not one.names[0].isascii() or _has_a_piece(one.names[0], text)]
        lost = set(ranked(text, [*library, *own])) - set(ranked(text, [*library, *kept]))
        missed += [(text, one.names[0]) for one in lost]
    assert missed == []


@pytest.mark.parametrize(
    ("typed", "name"),
    [
        ("press", "Flat DB bench"),
        ("bench", "Chest press on a machine"),
        ("suqat", "Squat thing"),
        ("hmastrign", "Hamstring thing"),
        ("fly", "Flies wide"),
        ("calf", "Calves wide"),
        ("jm", "J.M. thing"),
        ("romanian", "RDL 2"),
        ("rdl", "Romanian deadlift 2"),
        ("benchpress", "Bench press 2"),
        ("klimmzug", "Pull-up with towels"),
    ],
)
def test_a_name_is_kept_however_it_is_written(typed, name):
    library = [NamedRow(place, (row["name"], *row["aliases"])) for place, row in enumerate(rows())]
    mine = NamedRow(-1, (name,))
    assert mine in ranked(typed, [*library, mine])
    assert _has_a_piece(name, typed)


def _has_a_piece(name: str, text: str) -> bool:
    return any(piece in name.lower() for piece in pieces_of(text))


@pytest.mark.django_db
def test_a_search_reads_the_library_and_few_of_thousands():
    user = UserFactory()
    system = ExerciseFactory(name="Barbell Row")
    Exercise.objects.bulk_create(
        ExerciseFactory.build(user=user, name=f"{word} {number}")
        for number in range(1000)
        for word in ("Machine Curl", "Leg Thing")
    )
    mine = [ExerciseFactory(user=user, name=name) for name in ("Row at home", "Remada", "Ряд", "Ruderzug")]
    renamed = ExerciseFactory(user=user, name="Thing 1")
    renamed.aliases.create(user=user, name="Helms rows")
    delts = ExerciseFactory(user=user, name="Thing 2", muscle_group="delts", part="side_delts")
    usable = Exercise.objects.usable_by(user)
    assert {one.id for one in usable.may_mean("rows", user)} == {one.id for one in (system, *mine, renamed)}
    assert [one.name for one in usable.searched("side delts", user)] == [delts.name]
    with CaptureQueriesContext(connection) as queries:
        found = usable.searched("rows", user)
    assert len(queries) == 1
    assert {one.name for one in found} == {"Barbell Row", "Remada", "Row at home", "Thing 1"}
