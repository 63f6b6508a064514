"""Sets keep their names through merges, in whatever order facts arrive: none takes another's place."""

import random
import re
from datetime import UTC, datetime, timedelta
from importlib import import_module

import pytest
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone
from pytest_django.asserts import assertContains, assertNumQueries

from exercises.models import Exercise
from exercises.tests.factories import ExerciseFactory
from training.models import MergedSet, Mesocycle, Set, WorkoutLog
from training.own_exercise import merging
from training.session import finishing, recording
from training.session.recording import Edit, Outcome, SessionKey
from training.session.tests.test_recording import at_once
from training.tests.factories import planned_workout
from training.tests.test_races import beside_us

pytestmark = pytest.mark.django_db
NOON = datetime(2026, 11, 2, 12, tzinfo=UTC)


@pytest.fixture
def other(alice):
    return ExerciseFactory(name="My other Press", user=alice)


@pytest.fixture
def workout(alice, mine, other):
    return planned_workout(alice, mine, other)


@pytest.fixture
def say(alice, workout):
    """Logs a set of `weight` as of `minute` after noon, or deletes it where `weight` is None."""

    def say(exercise, number, weight, minute=0):
        address, edit = SessionKey(alice.id, workout.id, 1), Edit(NOON + timedelta(minutes=minute), NOON.date())
        place = {"exercise_id": exercise.id, "number": number}
        if weight is None:
            return recording.delete_set(address, edit, **place)
        return recording.log_set(address, edit, recording.TypedSet(**place, weight=weight, unit="kg", reps=8))

    return say


@pytest.fixture
def page(signed_in, workout):
    return lambda: signed_in.get(reverse("training:workout_detail", args=[workout.id, 1])).content.decode()


def stored(exercise) -> dict[int, int]:
    return {one.set_number: int(one.weight) for one in Set.objects.filter(exercise=exercise)}


def test_late_sets_of_the_merged_exercise_take_numbers_that_are_free(say, mine, press):
    say(press, 1, 50, minute=-1)
    say(press, 2, 51, minute=5)
    merging.merge(mine, press)
    for _ in range(2):
        say(mine, 1, 30)
        say(mine, 2, 31)
    assert stored(press) == {1: 50, 2: 51, 3: 30, 4: 31}


@pytest.mark.parametrize("are_late", [("mine",), ("other",), ("mine", "other")])
def test_late_sets_of_a_chain_of_merges_take_numbers_that_are_free(say, mine, other, press, are_late):
    chain = {"mine": mine, "other": other, "press": press}
    weights = {name: 10 * place for place, name in enumerate(chain, start=1)}
    for name in chain.keys() - set(are_late):
        say(chain[name], 1, weights[name])
    merging.merge(mine, other)
    merging.merge(other, press)
    for name in are_late:
        say(chain[name], 1, weights[name] + 1, minute=1)
        assert say(chain[name], 1, weights[name]) is Outcome.STALE
    late_or_not = {weights[name] + (name in are_late) for name in chain}
    assert set(stored(press).values()) == late_or_not
    assert set(stored(press)) == {1, 2, 3}


def test_a_set_that_was_delivered_before_the_merge_is_the_same_when_it_comes_again(say, mine, press):
    say(mine, 1, 30)
    merging.merge(mine, press)
    say(mine, 1, 30)
    say(mine, 1, 32, minute=2)
    assert say(mine, 1, 31, minute=1) is Outcome.STALE
    assert stored(press) == {1: 32}


def test_a_late_set_of_the_other_exercise_does_not_take_the_merged_ones_place(say, mine, press):
    say(mine, 1, 30)
    merging.merge(mine, press)
    for _ in range(2):
        say(press, 1, 50, minute=1)
    assert sorted(stored(press).values()) == [30, 50]
    say(press, 1, 51, minute=2)
    say(mine, 1, 31, minute=2)
    assert sorted(stored(press).values()) == [31, 51]


def test_late_sets_meet_those_that_were_logged_after_the_merge(say, mine, press):
    say(mine, 1, 30)
    merging.merge(mine, press)
    say(press, 2, 52, minute=5)
    say(mine, 2, 32, minute=1)
    assert stored(press) == {1: 30, 2: 52, 3: 32}
    say(press, 3, 53, minute=6)  # from a page that did not show the late one
    assert stored(press) == {1: 30, 2: 52, 3: 32, 4: 53}


def test_what_is_late_to_an_empty_session_keeps_its_place_from_the_others(say, mine, press):
    merging.merge(mine, press)
    say(mine, 1, 30)
    say(press, 1, 50)
    assert stored(press) == {1: 30, 2: 50}


def test_a_late_undo_takes_back_its_own_set_and_no_other(say, mine, press):
    say(press, 1, 50)
    say(mine, 2, 31)
    merging.merge(mine, press)
    say(mine, 1, None, minute=5)
    say(mine, 2, None, minute=5)
    assert stored(press) == {1: 50}
    say(mine, 1, 30, minute=4)
    assert stored(press) == {1: 50}
    say(mine, 1, 33, minute=6)
    say(press, 2, 52, minute=1)
    assert sorted(stored(press).values()) == [33, 50, 52]


@pytest.mark.parametrize("seed", range(8))
def test_whatever_is_said_in_whatever_order_each_set_stands_once_with_its_latest_edit(say, mine, other, press, seed):
    chance = random.Random(seed)
    merges = [(mine, other), (other, press)]
    due = sorted(chance.sample(range(60), 2))
    latest, said = {}, []
    for step in range(60):
        if due and step == due[0]:
            merging.merge(*merges.pop(0))
            due.pop(0)
        name = (chance.choice([mine, other, press]), chance.randint(1, 4))
        fact = (*name, None if chance.random() < 0.2 else 100 + step, chance.randint(-1000, 1000))
        if chance.random() < 0.2 and said:
            fact = chance.choice(said)  # again
        elif any(fact[3] == one[3] for one in said):
            continue
        said.append(fact)
        say(*fact)
        latest[fact[:2]] = max(latest.get(fact[:2], fact), fact, key=lambda one: one[3])
    stands = [int(one.weight) for one in Set.objects.filter(exercise__merged_into=None)]
    assert sorted(stands) == sorted(weight for *_, weight, _ in latest.values() if weight)
    assert Set.objects.count() == len(stands)


def test_the_page_sends_each_set_to_its_own_address(signed_in, say, page, workout, mine, other):
    say(other, 1, 50)
    say(mine, 1, 30)
    merging.merge(mine, other)
    say(other, 2, 52)  # its place is the merged one's
    base = reverse("training:workout_detail", args=[workout.id, 1])
    signed_in.post(reverse("training:exercise_sets", args=[workout.id, 1, other.id]), {"sets": "4"})
    rows = dict(re.findall(r'id="(set-[\d-]+)"[^>]*action="([^"#]+)#', page()))
    card = [f"{mine.id}-1", f"{other.id}-1", f"{other.id}-2", f"{other.id}-4"]
    assert {f"set-{key}" for key in card} < set(rows)
    for key in card:
        exercise, number = key.split("-")
        assert rows[f"set-{key}"] == f"{base}exercises/{exercise}/sets/{number}/"
    signed_in.post(rows[f"set-{mine.id}-1"], {"weight": "31", "reps": "8", "unit": "kg"})
    signed_in.post(rows[f"set-{other.id}-2"] + "delete/")
    signed_in.post(rows[f"set-{other.id}-4"], {"weight": "54", "reps": "8", "unit": "kg"})
    assert stored(other) == {1: 50, 2: 31, 4: 54}


def test_a_row_that_is_to_do_never_has_the_address_of_a_set_that_was_taken_back(say, page, mine, other):
    say(other, 1, 50)
    say(mine, 1, 30)
    merging.merge(mine, other)
    say(mine, 1, None, minute=1)
    keys = re.findall(rf'id="set-({other.id}-\d+|{mine.id}-\d+)"', page())
    assert keys == [f"{other.id}-{number}" for number in (1, 3, 4)]
    assert 'data-next="5"' in page()  # for a set that a phone adds


def test_a_refused_set_of_the_merged_exercise_comes_back_in_its_row(signed_in, say, workout, mine, other):
    say(other, 1, 50)
    say(mine, 1, 30)
    merging.merge(mine, other)
    url = reverse("training:set_log", args=[workout.id, 1, mine.id, 1])
    answer = signed_in.post(url, {"weight": "eighty", "reps": "8", "unit": "kg"})
    assertContains(answer, 'value="eighty"', status_code=422, count=1)
    row = answer.content.decode().partition(f'id="set-{mine.id}-1"')[2].partition("</form>")[0]
    assert 'value="eighty"' in row


def test_where_no_number_is_left_it_says_so_and_keeps_what_there_is(signed_in, alice, say, workout, mine, press):
    log = WorkoutLog.objects.create(
        workout=workout, mesocycle=workout.mesocycle, user=alice, week_number=1, local_date=NOON.date()
    )
    Mesocycle.objects.filter(id=workout.mesocycle_id).update(status="active")
    Set.objects.bulk_create(
        Set(workout_log=log, user=alice, exercise=press, set_number=number, weight=number, reps=8, edited_at=NOON)
        for number in range(1, 100)
    )
    merging.merge(mine, press)
    for name in ("set_log", "set_delete"):
        url = reverse(f"training:{name}", args=[workout.id, 1, mine.id, 1])
        said = {"weight": "30", "reps": "8", "unit": "kg"}
        for headers in ({}, {"X-Outbox": str(alice.id)}):
            answer = signed_in.post(url, said, headers=headers)
            assertContains(answer, "A workout holds 99 sets of an exercise", status_code=422)
    assert len(stored(press)) == 99


def test_a_merge_for_which_no_number_is_left_is_refused_whole(alice, say, workout, mine, press):
    say(mine, 1, 30)
    log = WorkoutLog.objects.get()
    Set.objects.bulk_create(
        Set(workout_log=log, user=alice, exercise=press, set_number=number, weight=number, reps=8)
        for number in range(1, 100)
    )
    with pytest.raises(merging.MergeRefused, match="99 sets"):
        merging.merge(mine, press)
    assert stored(mine) == {1: 30}


def test_sets_that_were_merged_twice_before_this_are_followed_to_the_end(say, workout, mine, other, press):
    """Until now `became` was the number in the next exercise, whatever became of that one."""
    say(press, 3, 30)
    log = WorkoutLog.objects.get()
    MergedSet.objects.create(workout_log=log, exercise=mine, set_number=1, became=2)
    MergedSet.objects.create(workout_log=log, exercise=other, set_number=2, became=3)
    Exercise.objects.filter(id=mine.id).update(merged_into=other)
    Exercise.objects.filter(id=other.id).update(merged_into=press)
    with connection.cursor() as cursor:
        cursor.execute(import_module("training.migrations.0008_places_of_sets_merged_twice").FOLLOW)
    say(mine, 1, 31, minute=1)
    assert stored(press) == {3: 31}
    say(other, 2, 32, minute=2)  # as a page called it between the two merges
    assert stored(press) == {3: 32}
    last = ExerciseFactory(name="Another Press")
    merging.merge(press, last)
    say(mine, 1, 33, minute=3)
    say(other, 2, 34, minute=4)
    assert stored(last) == {3: 34}


# At once


@pytest.mark.django_db(transaction=True)
def test_a_set_that_waited_while_a_late_one_took_its_number_takes_another(say, workout, mine, press):
    say(press, 1, 50)
    merging.merge(mine, press)
    with transaction.atomic():
        say(mine, 1, 30)  # takes 2, and holds the log
        thread, said = beside_us(lambda: say(press, 2, 52))
        assert thread.is_alive()
    thread.join(timeout=30)
    assert said == [Outcome.APPLIED]
    assert stored(press) == {1: 50, 2: 30, 3: 52}


@pytest.mark.django_db(transaction=True)
def test_a_set_of_the_other_exercise_that_waited_for_the_merge_takes_no_merged_ones_place(say, workout, mine, press):
    say(mine, 1, 30)
    with transaction.atomic():
        merging.merge(mine, press)
        thread, said = beside_us(lambda: say(press, 1, 50, minute=1))
        assert thread.is_alive()
    thread.join(timeout=30)
    assert said == [Outcome.APPLIED]
    assert stored(press) == {1: 30, 2: 50}


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("round_", range(3))
def test_twelve_phones_and_two_merges_at_once_lose_nothing(say, workout, mine, other, press, round_):
    Mesocycle.objects.filter(id=workout.mesocycle_id).update(status="active")
    names = [(exercise, number) for exercise in (mine, other, press) for number in (1, 2)]
    sets = [(*name, 10 * place + 1) for place, name in enumerate(names)]
    jobs = [lambda one=one: say(*one) for one in sets * 2]
    jobs += [lambda: merging.merge(mine, other), lambda: merging.merge(other, press)]
    random.Random(round_).shuffle(jobs)
    results = at_once(jobs)
    refused = [one for one in results if isinstance(one, merging.MergeRefused)]  # into what is archived already
    assert [one for one in results if isinstance(one, Exception)] == refused
    assert len(refused) <= 1
    merging.merge(other, press)
    if refused:
        merging.merge(mine, press)
    for one in sets:
        say(*one)
    assert sorted(stored(press).values()) == sorted(weight for *_, weight in sets)
    assert Set.objects.count() == len(sets)


@pytest.mark.django_db(transaction=True)
def test_a_merge_and_the_end_of_a_session_beside_whose_plan_it_was_trained_do_not_wait_in_a_ring(alice, mine, press):
    workout = planned_workout(alice, press)
    Mesocycle.objects.filter(id=workout.mesocycle_id).update(status="active")
    address, edit = SessionKey(alice.id, workout.id, 1), Edit(timezone.now(), NOON.date())
    for exercise in (mine, press):
        recording.log_set(
            address, edit, recording.TypedSet(exercise_id=exercise.id, number=1, weight=50, unit="kg", reps=8)
        )
    with transaction.atomic():  # as far as an end of the session has come when the merge begins
        Mesocycle.objects.select_for_update(no_key=True).get()
        WorkoutLog.objects.select_for_update(no_key=True).get()
        thread, said = beside_us(lambda: merging.merge(mine, press))
        finishing.finish_workout(address, edit, now=timezone.now())
    thread.join(timeout=30)
    assert said == [None]
    assert stored(press) == {1: 50, 2: 50}


def test_only_what_may_lie_elsewhere_takes_the_longer_way(
    signed_in, say, workout, mine, other, django_assert_num_queries
):
    say(mine, 1, 30)
    merging.merge(mine, other)
    said = {"weight": "50", "reps": "8", "unit": "kg", "edited_at": timezone.now().isoformat()}
    with assertNumQueries(3):  # session, user, the fact
        signed_in.post(reverse("training:set_log", args=[workout.id, 1, other.id, 2]), said)
    with assertNumQueries(14):
        signed_in.post(reverse("training:set_log", args=[workout.id, 1, mine.id, 1]), said)


def test_the_page_of_a_session_with_merged_sets_takes_one_query_more(say, page, mine, other):
    say(mine, 1, 30)
    with CaptureQueriesContext(connection) as before:
        page()
    merging.merge(mine, other)
    with assertNumQueries(len(before) + 1):
        page()
