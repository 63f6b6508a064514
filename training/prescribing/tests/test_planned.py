"""A planned mesocycle. Its workouts can be opened. What is logged too early is refused with a sentence, and never
lost."""

import pytest
from django.urls import reverse
from django.utils import timezone
from pytest_django.asserts import assertContains, assertNotContains

from training.models import Mesocycle, MuscleGroupFeedback, Set, WorkoutLog
from training.plan import next_mesocycle

SET = {"weight": "82.5", "reps": "8", "unit": "kg"}


@pytest.fixture
def planned(workout) -> Mesocycle:
    Mesocycle.objects.filter(id=workout.mesocycle_id).update(status="planned", start_date=None)
    workout.mesocycle.refresh_from_db()
    return workout.mesocycle


@pytest.fixture
def url(workout, planned):
    return lambda name, *of: reverse(f"training:{name}", args=[workout.id, 1, *of])


def test_its_workout_says_that_it_has_not_begun_and_how_it_does(signed_in, planned, url):
    page = signed_in.get(url("workout_detail"))
    assertContains(page, "has not begun")
    assertContains(page, reverse("training:mesocycle_begin", args=[planned.id]))
    assertNotContains(page, "<set-dock")  # nothing that asks to log
    Mesocycle.objects.update(status="active")
    page = signed_in.get(url("workout_detail"))
    assertNotContains(page, "has not begun")
    assertContains(page, "<set-dock")


def test_a_set_is_refused_and_what_was_typed_comes_back(signed_in, url, exercise):
    answer = signed_in.post(url("set_log", exercise.id, 1), SET)
    assertContains(answer, "has not begun, so nothing is logged in it yet", status_code=422)
    assertContains(answer, "What you typed is still there", status_code=422)
    assertContains(answer, 'value="82.5"', status_code=422)
    assert not WorkoutLog.objects.exists()


def test_an_outbox_hears_why_and_sends_the_same_again_once_it_runs(signed_in, alice, planned, url, exercise):
    def send():
        return signed_in.post(url("set_log", exercise.id, 1), SET, headers={"X-Outbox": str(alice.id)})

    assertContains(send(), "Start it from its own page", status_code=422)
    next_mesocycle.begin(planned, start_date=alice.today(), days=None, at=timezone.now(), ends=None)
    assert send().status_code == 200
    assert Set.objects.get().reps == 8


@pytest.mark.parametrize(
    ("name", "typed"),
    [
        ("workout_note", {"notes": "Tired"}),
        ("workout_backfill", {"day": "2026-01-05"}),
        ("workout_finish", {}),
        ("workout_skip", {}),
        ("workout_reopen", {}),
    ],
)
def test_nothing_of_its_sessions_is_stored(signed_in, url, name, typed):
    assertContains(signed_in.post(url(name), typed), "has not begun", status_code=422)
    assert not WorkoutLog.objects.exists()


def test_nor_how_a_muscle_felt_nor_a_set_taken_back(signed_in, url, exercise):
    muscle = exercise.muscle_group
    assert signed_in.post(url("soreness_rate", muscle), {"soreness_level": "1"}).status_code == 422
    assert signed_in.post(url("performance_rate", muscle), {"pump_level": "1"}).status_code == 422
    assert signed_in.post(url("set_delete", exercise.id, 1)).status_code == 422
    assert not MuscleGroupFeedback.objects.exists()
    assert not WorkoutLog.objects.exists()


def test_a_week_of_it_is_not_skipped(signed_in, planned):
    assert signed_in.post(reverse("training:week_skip", args=[planned.id, 1])).status_code == 303
    assert not WorkoutLog.objects.exists()


def test_a_strangers_planned_one_is_a_404(client, bob, url, exercise):
    client.force_login(bob)
    assert client.post(url("set_log", exercise.id, 1), SET).status_code == 404
