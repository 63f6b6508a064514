"""A session that nobody finished: after four hours it counts as finished at its last set."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone
from pytest_django.asserts import assertContains, assertNotContains

from training.models import WorkoutLog
from training.session.tests.test_workout_finish import asked, finish, log_sets
from training.tests.factories import SlotFactory, WorkoutFactory

TODAY = reverse("training:today")


@pytest.fixture
def last_set(signed_in, workout, set_url):
    """Logs two sets, and returns the time of the last one, five hours ago."""
    at = timezone.now() - timedelta(hours=5)
    for number, when in ((1, at - timedelta(minutes=30)), (2, at)):
        signed_in.post(set_url(number), {"weight": "70", "reps": "10", "unit": "kg", "edited_at": when.isoformat()})
    return at


def test_today_offers_to_finish_it_at_its_last_set(signed_in, alice, last_set):
    time = last_set.astimezone(alice.zone).strftime("%H:%M")
    assertContains(signed_in.get(TODAY), f"Finish at {time}")
    assertContains(signed_in.get(TODAY), "Resume workout")


def test_the_workout_page_says_so_too(signed_in, workout, last_set):
    page = reverse("training:workout_detail", args=[workout.id, 1])
    assertContains(signed_in.get(page), "You left this workout open")


def test_finishing_it_ends_it_at_its_last_set(signed_in, workout, exercise, last_set):
    finish(signed_in, workout)
    log = WorkoutLog.objects.get()
    assert (log.status, log.completed_at, log.duration_minutes) == ("completed", last_set, 30)
    assert asked(workout, exercise, 2)


def test_finishing_another_workout_writes_it(signed_in, workout, last_set):
    other = WorkoutFactory(mesocycle=workout.mesocycle, position_in_week=99)
    slot = SlotFactory(workout=other)
    log_sets(signed_in, other, slot.exercise, 10)
    finish(signed_in, other)
    log = WorkoutLog.objects.get(workout=workout)
    assert (log.status, log.completed_at) == ("completed", last_set)
    assert log.mesocycle.current_week == 2


def test_a_session_of_the_last_hours_is_just_under_way(signed_in, workout, exercise):
    log_sets(signed_in, workout, exercise, 10)
    assertNotContains(signed_in.get(TODAY), "Finish at")
    assertContains(signed_in.get(TODAY), "Resume workout")


def test_later_facts_still_land(signed_in, workout, exercise, set_url, last_set):
    finish(signed_in, workout)
    signed_in.post(set_url(3), {"weight": "70", "reps": "9", "unit": "kg"})
    log = WorkoutLog.objects.get()
    assert (log.sets.count(), log.completed_at) == (3, last_set)
