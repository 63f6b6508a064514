"""Entries that a phone sends for a merged exercise: each kind acts on the exercise it became."""

import pytest
from django.db import transaction
from django.urls import reverse
from pytest_django.asserts import assertContains

from exercises.models import ExerciseSettings
from exercises.tests.factories import ExerciseFactory
from training.models import DeletedSet, Mesocycle, Set
from training.own_exercise import merging
from training.session import changes
from training.session.recording import SessionKey
from training.tests.factories import planned_workout
from training.tests.test_races import beside_us

pytestmark = pytest.mark.django_db


def stored(exercise) -> dict[int, int]:
    return {one.set_number: int(one.weight) for one in Set.objects.filter(exercise=exercise)}


@pytest.fixture
def late(signed_in, alice, mine, press, row):
    """Posts as an outbox does, after `mine` was merged into `press`, in a workout of `mine` and `row`."""
    workout = planned_workout(alice, mine, row)
    Mesocycle.objects.filter(id=workout.mesocycle_id).update(status="active")
    merging.merge(mine, press)

    def post(name, *of, **typed):
        address = reverse(f"training:{name}", args=[workout.id, 1, *of])
        return signed_in.post(address, typed, headers={"X-Outbox": str(alice.id)})

    post.workout = workout
    return post


def asked(workout) -> list[tuple[str, int]]:
    rows = workout.prescriptions.current().filter(week_number=1).select_related("exercise")
    return [(row.exercise.name, row.sets) for row in rows.order_by("position")]


def slots(workout) -> list[str]:
    return [slot.exercise.name for slot in workout.slots.order_by("position")]


def test_a_late_set_and_its_undo_follow(late, mine, press):
    assert late("set_log", mine.id, 1, weight="80", reps="8", unit="kg").status_code < 300
    assert stored(press) == {1: 80}
    assert late("set_delete", mine.id, 1).status_code < 300
    assert stored(press) == {}
    assert DeletedSet.objects.get().exercise == press


@pytest.mark.parametrize("scope", ["today", "from_now_on"])
def test_a_late_count_of_sets_follows(late, mine, scope):
    for _ in range(2):
        assert late("exercise_sets", mine.id, sets="5", scope=scope).status_code < 300
    assert asked(late.workout) == [("Press", 5), ("Row", 3)]


def test_a_late_removal_for_today_follows(late, mine):
    for _ in range(2):
        assert late("exercise_remove", mine.id, scope="today").status_code < 300
    assert asked(late.workout) == [("Row", 3)]
    assert slots(late.workout) == ["Press", "Row"]


def test_a_late_removal_from_now_on_follows(late, mine):
    late("exercise_remove", mine.id, scope="from_now_on")
    assert asked(late.workout) == [("Row", 3)]
    assert slots(late.workout) == ["Row"]


@pytest.mark.parametrize("scope", ["today", "from_now_on"])
def test_a_late_swap_from_the_old_one_follows(late, mine, scope):
    fly = ExerciseFactory(name="Fly")
    for _ in range(2):
        assert late("exercise_swap", mine.id, exercise=fly.id, scope=scope).status_code < 300
    assert asked(late.workout) == [("Fly", 3), ("Row", 3)]
    assert slots(late.workout) == (["Press", "Row"] if scope == "today" else ["Fly", "Row"])


@pytest.mark.parametrize("scope", ["today", "from_now_on"])
def test_a_late_swap_to_the_old_one_brings_the_new_one(late, mine, row, scope):
    late("exercise_remove", mine.id, scope="from_now_on")
    for _ in range(2):
        assert late("exercise_swap", row.id, exercise=mine.id, scope=scope).status_code < 300
    assert asked(late.workout) == [("Press", 3)]
    assert slots(late.workout) == (["Row"] if scope == "today" else ["Press"])


def test_a_late_swap_to_what_it_became_is_done_already(late, mine, press):
    assert late("exercise_swap", mine.id, exercise=press.id, scope="from_now_on").status_code < 300
    assert asked(late.workout) == [("Press", 3), ("Row", 3)]


def test_a_late_move_follows(late, mine):
    for _ in range(2):
        assert late("exercise_move", mine.id, place="2").status_code < 300
    assert asked(late.workout) == [("Row", 3), ("Press", 3)]
    assert slots(late.workout) == ["Row", "Press"]


def test_a_late_addition_adds_the_new_one_once(late, mine):
    late("exercise_remove", mine.id, scope="from_now_on")
    for _ in range(2):
        assert late("exercise_add", exercise=mine.id, scope="from_now_on").status_code < 300
    assert asked(late.workout) == [("Row", 3), ("Press", 3)]
    assert slots(late.workout) == ["Row", "Press"]


def test_a_late_note_is_of_the_new_one(late, alice, mine, press):
    assert late("exercise_note", mine.id, note="Seat 4").status_code < 300
    assert ExerciseSettings.objects.get().exercise == press
    assert press.settings.get().note == "Seat 4"


def test_merged_twice_a_late_change_goes_all_the_way(late, mine, press):
    merging.merge(press, ExerciseFactory(name="Bench"))
    late("exercise_sets", mine.id, sets="4", scope="today")
    assert asked(late.workout) == [("Bench", 4), ("Row", 3)]


def test_what_it_became_is_archived_since_so_a_late_swap_says_so(late, mine, press, row):
    late("exercise_remove", mine.id, scope="from_now_on")
    press.archive()
    answer = late("exercise_swap", row.id, exercise=mine.id, scope="today")
    assertContains(answer, "archived", status_code=422)


def test_nobody_elses_merged_exercise_is_followed(client, bob, late, mine):
    hers = planned_workout(bob, ExerciseFactory())
    client.force_login(bob)
    for name in ("exercise_sets", "exercise_remove", "exercise_move", "exercise_note", "exercise_swap"):
        address = reverse(f"training:{name}", args=[hers.id, 1, mine.id])
        answer = client.post(address, {"sets": "5", "place": "1", "note": "x", "scope": "today"})
        assert answer.status_code in (303, 404)
    assert asked(late.workout) == [("Press", 3), ("Row", 3)]
    assert not ExerciseSettings.objects.exists()


@pytest.mark.django_db(transaction=True)
def test_a_change_that_arrives_while_the_merge_is_under_way_waits_and_follows(alice, mine, press):
    workout = planned_workout(alice, mine)
    address = SessionKey(workout.mesocycle.user_id, workout.id, 1)
    with transaction.atomic():
        merging.merge(mine, press)
        thread, done = beside_us(lambda: changes.change_sets(address, exercise_id=mine.id, sets=5, scope="today"))
        assert thread.is_alive()  # it waits
    thread.join(timeout=30)
    assert done == [press.id]
    assert asked(workout) == [("Press", 5)]
