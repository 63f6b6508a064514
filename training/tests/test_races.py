"""A set that arrives while its plan changes or is deleted is stored, or refused with a sentence, without a deadlock."""

from threading import Thread

import pytest
from django.db import connection, transaction
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from exercises.tests.factories import ExerciseFactory
from training.models import Mesocycle, MuscleGroupFeedback, Set, Workout, WorkoutLog
from training.plan import builder
from training.schedule import rescheduling
from training.session import changes
from training.session.recording import SessionKey
from training.session.tests.test_recording import at_once
from training.tests.factories import SlotFactory, WorkoutFactory, planned_workout

pytestmark = pytest.mark.django_db(transaction=True)
SET = {"weight": "80", "reps": "8", "unit": "kg"}


@pytest.fixture
def workout(alice, press, row):
    workout = planned_workout(alice, press, row)
    other = WorkoutFactory(mesocycle=workout.mesocycle, name="Other")
    SlotFactory(workout=other, exercise=press)
    return workout


@pytest.fixture
def post(alice, workout):
    """Posts from a page of its own; returns the answer's status."""
    alices = []
    for _ in range(4):
        client = Client()
        client.force_login(alice)
        alices.append(client)

    def send(name, *of, **typed):
        return alices.pop().post(reverse(f"training:{name}", args=of), typed).status_code

    return send


WAITING_FOR_US = "SELECT FROM pg_locks WHERE NOT granted AND pg_backend_pid() = ANY(pg_blocking_pids(pid))"


def beside_us(job) -> tuple[Thread, list]:
    """Starts a job on a connection of its own, and returns when it is done, or waits for this transaction."""
    said = []

    def run():
        try:
            said.append(job())
        except Exception as error:  # a thread's error belongs to the test
            said.append(error)
        finally:
            connection.close()

    thread = Thread(target=run)
    thread.start()
    with connection.cursor() as cursor:
        while thread.is_alive() and not cursor.execute(WAITING_FOR_US).rowcount:
            thread.join(timeout=0.01)
    return thread, said


def log(post, workout, press, number=1):
    return post("set_log", workout.id, 1, press.id, number, **SET)


# A plan that changes


@pytest.mark.parametrize("change", ["remove", "swap", "slot", "day"])
def test_a_set_does_not_wait_for_a_change_of_the_plan_and_stays(post, workout, press, change):
    address, now = SessionKey(workout.mesocycle.user_id, workout.id, 1), timezone.now()
    with transaction.atomic():
        if change == "remove":
            changes.remove_exercise(address, exercise_id=press.id, scope="from_now_on")
        elif change == "swap":
            fly = ExerciseFactory(name="Fly")
            changes.swap_exercise(address, exercise_id=press.id, other=fly, scope="from_now_on")
        elif change == "slot":
            builder.remove_slot(workout, press.id, now=now)
        else:
            builder.remove_day(workout, now=now)
        thread, said = beside_us(lambda: log(post, workout, press))
    thread.join(timeout=30)
    assert said == [303]
    assert Set.objects.get().exercise == press


@pytest.mark.parametrize("change", ["slot", "day"])
def test_a_set_under_way_is_kept_by_a_change_that_did_not_see_it(client, alice, post, workout, press, change):
    client.force_login(alice)
    with transaction.atomic():
        client.post(reverse("training:set_log", args=[workout.id, 1, press.id, 1]), SET)
        place = [workout.id, press.id] if change == "slot" else [workout.id]
        thread, said = beside_us(lambda: post(f"{change}_remove", *place))
    thread.join(timeout=30)
    assert said == [303]
    page = client.get(reverse("training:workout_detail", args=[workout.id, 1]))
    assert "Press" in page.content.decode()
    assert Set.objects.get().exercise == press


@pytest.mark.parametrize("round_", range(3))
def test_sets_and_changes_at_once_lose_nothing(post, workout, press, round_):
    answers = at_once(
        [
            lambda: log(post, workout, press, 1),
            lambda: post("exercise_remove", workout.id, 1, press.id, scope="from_now_on"),
            lambda: log(post, workout, press, 2),
            lambda: post("day_remove", workout.id, sure="on"),
        ]
    )
    assert answers[0] == answers[2] == 303
    assert {answers[1], answers[3]} <= {303, 404}
    assert Set.objects.count() == 2


# A mesocycle that goes


def test_a_set_that_comes_during_the_deletion_hears_that_there_is_no_such_workout(post, workout, press):
    with transaction.atomic():
        rescheduling.delete_mesocycle(workout.mesocycle, sets=0)
        thread, said = beside_us(lambda: log(post, workout, press))
        assert thread.is_alive()  # it waits
    thread.join(timeout=30)
    assert said == [404]
    assert not Set.objects.exists()


def test_the_deletion_waits_for_a_set_under_way_and_does_not_take_it_along_untold(client, alice, post, workout, press):
    client.force_login(alice)
    with transaction.atomic():
        client.post(reverse("training:set_log", args=[workout.id, 1, press.id, 1]), SET)
        thread, said = beside_us(lambda: post("mesocycle_delete", workout.mesocycle_id, sets="0", sure="on"))
        assert thread.is_alive()  # it waits
    thread.join(timeout=30)
    assert said == [422]
    assert Set.objects.get().exercise == press


@pytest.mark.parametrize("name", ["soreness", "note", "undo", "finish", "remove", "builder"])
def test_whatever_comes_during_the_deletion_is_no_error_of_the_server(post, workout, press, name):
    jobs = {
        "soreness": lambda: post("soreness_rate", workout.id, 1, press.muscle_group, soreness_level="1"),
        "note": lambda: post("workout_note", workout.id, 1, notes="Tired"),
        "undo": lambda: post("set_delete", workout.id, 1, press.id, 1),
        "finish": lambda: post("workout_finish", workout.id, 1),
        "remove": lambda: post("exercise_remove", workout.id, 1, press.id, scope="today"),
        "builder": lambda: post("slot_remove", workout.id, press.id),
    }
    with transaction.atomic():
        rescheduling.delete_mesocycle(workout.mesocycle, sets=0)
        thread, said = beside_us(jobs[name])
    thread.join(timeout=30)
    assert said in ([404], [303])
    assert not WorkoutLog.objects.exists()
    assert not MuscleGroupFeedback.objects.exists()


def test_two_deletions_at_once_are_one(post, workout):
    sent = [lambda: post("mesocycle_delete", workout.mesocycle_id, sets="0", sure="on")] * 2
    assert set(at_once(sent)) <= {303, 404}
    assert not Mesocycle.objects.exists()


@pytest.mark.parametrize("round_", range(5))
def test_a_set_and_the_deletion_at_once_agree(post, workout, press, round_):
    logged, deleted = at_once(
        [
            lambda: log(post, workout, press),
            lambda: post("mesocycle_delete", workout.mesocycle_id, sets="0", sure="on"),
        ]
    )
    assert (logged, deleted) in {(303, 422), (404, 303)}
    assert Set.objects.exists() == Workout.objects.exists() == (logged == 303)
