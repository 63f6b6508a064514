"""Twelve writers at once, replays and any order of arrival: the same facts end in the same rows."""

import itertools
import random
import threading
from datetime import timedelta
from decimal import Decimal

import pytest
from django.db import connection
from django.urls import reverse
from django.utils import timezone

from metricgain.users.tests.factories import UserFactory
from training.models import DeletedSet, MuscleGroupFeedback, Set, WorkoutLog
from training.session import finishing, recording
from training.tests.factories import planned_workout

WRITERS = 12


def at_once(jobs) -> list:
    """Runs the jobs in threads that start together, each with its own connection; returns what they returned."""
    gate = threading.Barrier(len(jobs))
    results = [None] * len(jobs)

    def run(place, job):
        try:
            gate.wait()
            results[place] = job()
        except Exception as error:  # a thread's error belongs to the test
            results[place] = error
        finally:
            connection.close()

    threads = [threading.Thread(target=run, args=one) for one in enumerate(jobs)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return results


@pytest.fixture
def place(transactional_db):
    alice = UserFactory(email="alice@example.org")
    workout = planned_workout(alice)
    return recording.SessionKey(alice.id, workout.id, 1), workout.slots.get().exercise_id


def log(place, reps, at, number=1):
    address, exercise = place
    edit = recording.Edit(at=at, local_date=at.date())
    return recording.log_set(
        address,
        edit,
        recording.TypedSet(exercise_id=exercise, number=number, weight=Decimal(100), unit="kg", reps=reps),
    )


@pytest.mark.parametrize("round_", range(5))
def test_twelve_posts_of_one_set_through_the_page_make_one_row(place, client, round_):
    address, exercise = place
    url = reverse("training:set_log", args=[address.workout_id, 1, exercise, 1])
    clients = []
    for _ in range(WRITERS):
        one = type(client)()
        one.force_login(WorkoutLog._meta.get_field("user").related_model.objects.get(id=address.user_id))
        clients.append(one)
    typed = {"weight": "100", "reps": "8", "unit": "kg"}
    answers = at_once([lambda c=c: c.post(url, typed).status_code for c in clients])
    assert answers == [303] * WRITERS
    assert WorkoutLog.objects.count() == 1
    assert [(one.weight, one.reps) for one in Set.objects.all()] == [(Decimal(100), 8)]


@pytest.mark.parametrize("round_", range(4))
def test_twelve_edits_at_once_leave_the_latest(place, round_):
    start = timezone.now() - timedelta(minutes=10)
    edits = [(reps, start + timedelta(seconds=reps)) for reps in range(1, WRITERS + 1)]
    random.Random(round_).shuffle(edits)
    outcomes = at_once([lambda e=e: log(place, *e) for e in edits])
    assert all(isinstance(outcome, recording.Outcome) for outcome in outcomes), outcomes
    assert (WorkoutLog.objects.count(), Set.objects.count()) == (1, 1)
    assert Set.objects.get().reps == WRITERS


@pytest.mark.parametrize("round_", range(4))
def test_writes_and_a_deletion_at_once_end_as_their_times_say(place, round_):
    address, exercise = place
    start = timezone.now() - timedelta(minutes=10)

    def delete(at):
        return recording.delete_set(
            address, recording.Edit(at=at, local_date=at.date()), exercise_id=exercise, number=1
        )

    writes = [lambda n=n: log(place, n, start + timedelta(seconds=n)) for n in range(1, WRITERS)]
    deletion_is_last = round_ % 2 == 0
    deleted_at = start + timedelta(seconds=60 if deletion_is_last else 5.5)
    jobs = [*writes, lambda: delete(deleted_at)]
    random.Random(round_).shuffle(jobs)
    outcomes = at_once(jobs)
    assert all(isinstance(outcome, recording.Outcome) for outcome in outcomes), outcomes
    reps = list(Set.objects.values_list("reps", flat=True))
    assert reps == ([] if deletion_is_last else [WRITERS - 1])
    assert DeletedSet.objects.get().deleted_at == deleted_at


@pytest.mark.parametrize("order", list(itertools.permutations(range(4))))
def test_any_order_of_two_edits_a_deletion_and_a_third_edit_ends_the_same(place, order):
    address, exercise = place
    start = timezone.now() - timedelta(minutes=10)
    times = [start + timedelta(seconds=n) for n in range(4)]

    def delete():
        edit = recording.Edit(at=times[2], local_date=start.date())
        return recording.delete_set(address, edit, exercise_id=exercise, number=1)

    steps = [
        lambda: log(place, 5, times[0]),
        lambda: log(place, 6, times[1]),
        delete,
        lambda: log(place, 7, times[3]),
    ]
    for step in order:
        steps[step]()
        steps[step]()  # and each one replayed
    assert list(Set.objects.values_list("reps", flat=True)) == [7]


def test_two_edits_of_one_moment_end_the_same_in_either_order(place):
    moment = timezone.now() - timedelta(minutes=1)
    results = set()
    for first, second in [(7, 9), (9, 7)]:
        log(place, first, moment, number=first + second)
        log(place, second, moment, number=first + second)
        results.add(Set.objects.get().reps)
        Set.objects.all().delete()
    assert results == {9}


def test_twelve_answers_about_a_muscle_at_once_make_one_row_with_both_parts(place):
    address, _ = place
    start = timezone.now() - timedelta(minutes=10)

    def edit(n):
        return recording.Edit(at=start + timedelta(seconds=n), local_date=start.date())

    sore = [lambda n=n: recording.rate_soreness(address, edit(n), muscle="chest", soreness=n % 4) for n in range(6)]
    felt = [
        lambda n=n: recording.rate_performance(address, edit(n), muscle="chest", pump=n % 4, challenge=1)
        for n in range(6)
    ]
    outcomes = at_once([*sore, *felt])
    assert all(isinstance(outcome, recording.Outcome) for outcome in outcomes), outcomes
    feedback = MuscleGroupFeedback.objects.get()
    assert (feedback.soreness_level, feedback.pump_level, feedback.challenge_level) == (1, 1, 1)
    assert not WorkoutLog.objects.get().is_started


def test_twelve_finishes_at_once_prescribe_next_week_once(place):
    address, exercise = place
    log(place, 10, timezone.now() - timedelta(minutes=1))
    edit = recording.Edit(at=None, local_date=timezone.now().date())
    logs = at_once([lambda: finishing.finish_workout(address, edit, now=timezone.now()) for _ in range(WRITERS)])
    assert {one.id for one in logs} == {WorkoutLog.objects.get().id}
    workout = WorkoutLog.objects.get().workout
    assert workout.prescriptions.filter(week_number=2, exercise=exercise).count() == 1
    assert workout.mesocycle.current_week == 2
