"""Questions of earlier workouts that wait in a session."""

import pytest
from django.urls import reverse
from django.utils import timezone
from pytest_django.asserts import assertContains, assertNotContains

from exercises.tests.factories import ExerciseFactory
from training.models import Mesocycle, WorkoutLog
from training.schedule.today import load_upcoming
from training.session.page.tests.test_cards import do, session_of
from training.session.recording import Edit, SessionKey, rate_performance
from training.tests.factories import SlotFactory, WorkoutFactory, planned_workout


@pytest.fixture
def upper(alice, press):
    return planned_workout(alice, press)


@pytest.fixture
def lower(upper, press):
    """Makes a second workout of the week, with the press again."""
    other = WorkoutFactory(mesocycle=upper.mesocycle, name="Lower")
    SlotFactory(workout=other, exercise=press)
    return other


def waiting(workout, week=1):
    return [(one.muscle, one.words, one.url) for one in session_of(workout, week).waiting]


def test_pump_and_challenge_of_an_earlier_workout_wait(upper, lower, press):
    do(upper, 1, 60, 8, exercise=press)
    assert waiting(lower) == [
        ("chest", f"Chest in {upper.name}, week 1", f"/workouts/{upper.id}/week/1/muscles/chest/performance/")
    ]


def test_its_own_questions_do_not_wait_in_a_session(upper, press):
    do(upper, 1, 60, 8, exercise=press)
    assert waiting(upper) == []


def test_an_answer_ends_the_wait(alice, upper, lower, press):
    do(upper, 1, 60, 8, exercise=press)
    edit = Edit(at=None, local_date=alice.today())
    rate_performance(SessionKey(alice.id, upper.id, 1), edit, muscle="chest", pump=1)
    [one] = session_of(lower).waiting  # each answer is a tap of its own
    assert [choice.chosen for choice in one.pump] == [False, True, False, False]
    rate_performance(SessionKey(alice.id, upper.id, 1), edit, muscle="chest", challenge=2)
    assert waiting(lower) == []


def test_so_does_the_muscles_next_workout(upper, lower, press):
    do(upper, 1, 60, 8, exercise=press)
    do(lower, 1, 60, 8, exercise=press)
    assert waiting(lower) == []
    # That session's own question waits for the next.
    assert [words for _, words, _ in waiting(upper, 2)] == ["Chest in Lower, week 1"]


def test_nobody_is_asked_about_long_ago_a_deload_or_a_session_without_a_plan(upper, lower, press):
    do(upper, 1, 60, 8, exercise=press)
    WorkoutLog.objects.update(performed_at=timezone.now() - timezone.timedelta(days=15))
    assert waiting(lower) == []
    WorkoutLog.objects.update(performed_at=timezone.now())
    assert len(waiting(lower)) == 1
    upper.only_week = 1
    upper.save()
    assert waiting(lower) == []
    upper.only_week = None
    upper.save()
    Mesocycle.objects.update(duration_weeks=3)
    WorkoutLog.objects.update(week_number=3)
    lower.mesocycle.duration_weeks = 3
    assert waiting(lower) == []


def test_today_has_them_too(alice, upper, lower, press):
    do(upper, 1, 60, 8, exercise=press)
    WorkoutLog.objects.update(status="completed")
    upcoming = load_upcoming(upper.mesocycle, now=timezone.now())
    assert upcoming.occurrence.workout == lower
    assert [one.words for one in upcoming.waiting] == [f"Chest in {upper.name}, week 1"]


def test_several_are_folded_into_one_so_that_the_workout_stays_in_sight(signed_in, upper, lower, press):
    row = ExerciseFactory(name="Row", muscle_group="back")
    do(upper, 1, 60, 8, exercise=press)
    page = reverse("training:workout_detail", args=[lower.id, 1])
    assertNotContains(signed_in.get(page), 'id="tray"')
    do(upper, 1, 60, 8, exercise=row)
    assertContains(signed_in.get(page), "2 unanswered questions")
