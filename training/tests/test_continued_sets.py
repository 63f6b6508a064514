"""Drops and myo-rep rows: each continues a set, wherever that lies and whenever it comes."""

from datetime import timedelta
from decimal import Decimal
from itertools import permutations

import pytest
from django.db import connection
from django.utils import timezone

from exercises.tests.factories import ExerciseFactory
from training.models import Set
from training.own_exercise import merging
from training.session.page.reading import read_session
from training.session.recording import Edit, Outcome, SessionKey, TypedSet, delete_set, log_set
from training.tests.factories import planned_workout

pytestmark = pytest.mark.django_db
START = timezone.now() - timedelta(hours=1)


@pytest.fixture
def mine(alice):
    return ExerciseFactory(user=alice, is_system=False, name="My press")


@pytest.fixture
def workout(alice, press, mine):
    return planned_workout(alice, press, mine)


@pytest.fixture
def say(alice, workout):
    """Logs set `number` of an exercise in minute `at`; `reps` None: takes it back."""

    def said(exercise, number, reps, *, at, kind="working", **more):
        key, edit = SessionKey(alice.id, workout.id, 1), Edit(START + timedelta(minutes=at), alice.today())
        if reps is None:
            return delete_set(key, edit, exercise_id=exercise.id, number=number)
        typed = {"weight": Decimal(80), "unit": "kg", "reps": reps, "set_type": kind}
        return log_set(key, edit, TypedSet(exercise_id=exercise.id, number=number, **typed, **more))

    return said


def stored() -> list[tuple]:
    return list(Set.objects.order_by("exercise", "set_number").values_list("set_number", "set_type", "extends"))


def test_it_continues_the_set_that_was_named(say, press):
    say(press, 1, 8, at=1)
    say(press, 2, 8, at=2)
    say(press, 4, 6, at=3, kind="drop", extends=1)
    say(press, 5, 4, at=4, kind="myo", extends=2)
    assert stored() == [(1, "working", None), (2, "working", None), (4, "drop", 1), (5, "myo", 2)]


def test_without_a_name_it_continues_the_nearest_working_set_before_it(say, press):
    say(press, 1, 8, at=1, kind="failure")
    say(press, 2, 6, at=2, kind="drop")
    say(press, 3, 5, at=3, kind="drop")
    say(press, 4, 8, at=4)
    assert stored() == [(1, "failure", None), (2, "drop", 1), (3, "drop", 1), (4, "working", None)]


def test_with_no_set_before_it_is_a_working_set(say, press):
    assert say(press, 1, 6, at=1, kind="drop") is Outcome.APPLIED
    assert say(press, 2, 6, at=2, kind="myo", extends=2) is Outcome.APPLIED  # it cannot continue itself
    assert stored() == [(1, "working", None), (2, "myo", 1)]


def test_an_edit_that_does_not_name_it_keeps_what_is_stored(say, press):
    say(press, 1, 8, at=1)
    say(press, 2, 8, at=2)
    say(press, 3, 6, at=3, kind="drop", extends=1)
    say(press, 3, 7, at=4, kind="drop")
    assert stored()[-1] == (3, "drop", 1)
    say(press, 3, 7, at=5)
    assert stored()[-1] == (3, "working", None)


def test_the_set_may_come_later(say, press):
    say(press, 3, 6, at=3, kind="drop", extends=1)
    assert stored() == [(3, "drop", 1)]
    say(press, 1, 8, at=1)
    assert stored() == [(1, "working", None), (3, "drop", 1)]


def test_plain_sql_needs_not_know_of_it(say, press):
    say(press, 1, 8, at=1)
    columns = "workout_log_id, exercise_id, set_number, weight, reps, set_type"
    with connection.cursor() as cursor:
        for number, kind in ((2, "drop"), (3, "myo"), (4, "working")):
            cursor.execute(
                f"INSERT INTO sets ({columns}) SELECT workout_log_id, exercise_id, %s, 60, 6, %s FROM sets LIMIT 1",
                [number, kind],
            )
        cursor.execute("UPDATE sets SET set_type = 'working' WHERE set_number = 3")
    assert stored() == [(1, "working", None), (2, "drop", 1), (3, "working", None), (4, "working", None)]


def test_the_page_shows_it_behind_its_set_and_counts_one(alice, say, workout, press):
    say(press, 1, 8, at=1)
    say(press, 4, 6, at=2, kind="drop", extends=1)
    say(press, 5, 6, at=2, kind="myo", extends=9)  # whose set is not there yet
    one = read_session(alice, workout.id, 1, now=timezone.now()).exercises[0]
    assert one.numbers == [1, 4, 2, 3, 5, 6]


def test_with_its_set_it_is_taken_back(say, press):
    say(press, 1, 8, at=1)
    say(press, 4, 6, at=2, kind="drop", extends=1)
    say(press, 5, 6, at=9, kind="drop", extends=1)
    assert say(press, 1, None, at=5) is Outcome.APPLIED
    assert stored() == [(5, "drop", 1)]  # it was entered later
    say(press, 4, 7, at=4, kind="drop", extends=1)  # an older write cannot bring it back
    say(press, 6, 7, at=4, kind="drop", extends=1)  # nor come after its set
    assert stored() == [(5, "drop", 1)]
    say(press, 4, 7, at=6, kind="drop", extends=1)
    assert stored() == [(4, "drop", 1), (5, "drop", 1)]


@pytest.mark.parametrize("order", list(permutations(range(4))), ids=str)
def test_in_every_order_the_same_stands(say, press, order):
    edits = [
        lambda: say(press, 1, 8, at=1),
        lambda: say(press, 4, 6, at=2, kind="drop", extends=1),
        lambda: say(press, 1, None, at=5),
        lambda: say(press, 1, 9, at=7),
    ]
    for place in order:
        edits[place]()
    assert stored() == [(1, "working", None)]  # the drop was of the set that was taken back
    assert Set.objects.get().reps == 9


def test_a_merge_moves_it_with_its_set(say, press, mine):
    say(press, 1, 8, at=1)
    say(mine, 1, 10, at=2)
    say(mine, 4, 6, at=3, kind="drop", extends=1)
    merging.merge(mine, press)
    assert stored() == [(1, "working", None), (2, "working", None), (4, "drop", 2)]


def test_after_a_merge_both_names_are_followed(say, press, mine):
    say(press, 1, 8, at=1)
    say(mine, 1, 10, at=2)
    merging.merge(mine, press)
    say(mine, 4, 6, at=3, kind="drop", extends=1)
    say(press, 5, 6, at=4, kind="drop", extends=1)
    assert stored() == [(1, "working", None), (2, "working", None), (4, "drop", 2), (5, "drop", 1)]


def test_a_set_that_comes_after_the_merge_is_found_by_its_row(say, press, mine):
    say(press, 1, 8, at=1)
    say(mine, 4, 6, at=3, kind="drop", extends=1)
    merging.merge(mine, press)
    say(mine, 1, 10, at=2)
    [drop] = Set.objects.filter(set_type="drop")
    assert Set.objects.get(set_number=drop.extends).reps == 10


def test_a_merge_leaves_the_number_of_a_set_that_its_drop_waits_for(say, press, mine):
    say(press, 4, 6, at=3, kind="drop", extends=1)  # whose set is still on a phone
    say(mine, 1, 10, at=2)
    merging.merge(mine, press)
    say(press, 1, 8, at=1)
    say(mine, 1, None, at=5)
    assert stored() == [(1, "working", None), (4, "drop", 1)]
