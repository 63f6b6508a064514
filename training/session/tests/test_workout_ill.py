"""I am ill today: the session stays as a fact, and says nothing about what one can do."""

from datetime import timedelta

import pytest
from django.urls import reverse
from pytest_django.asserts import assertContains

from training.models import WorkoutLog
from training.prescribing import writing
from training.tests.factories import planned_workout
from training.tests.lifting import asked


@pytest.fixture
def workout(alice):
    return planned_workout(alice, target_weight=100)


@pytest.fixture
def place(workout):
    return [workout.id, 1]


def say(client, place, ill="on", **more):
    return client.post(reverse("training:workout_ill", args=place), {"ill": ill, **more})


def done(client, workout, exercise, reps, *, week=1):
    for number, each in enumerate(reps, start=1):
        address = reverse("training:set_log", args=[workout.id, week, exercise.id, number])
        assert client.post(address, {"weight": "100", "unit": "kg", "reps": each}).status_code == 303
    assert client.post(reverse("training:workout_finish", args=[workout.id, week])).status_code == 303


def codes(row) -> set[str]:
    return {reason["code"] for reason in row.reasons}


def test_said_alone_it_does_not_begin_the_session(signed_in, workout, place):
    answer = say(signed_in, place)
    assert (answer.status_code, answer.url) == (303, reverse("training:workout_detail", args=place) + "#ill")
    log = WorkoutLog.objects.get()
    assert (log.ill, log.is_started, log.status) == (True, False, "in_progress")
    assertContains(signed_in.get(reverse("training:workout_detail", args=place)), ">I was not ill</button>")
    today = signed_in.get(reverse("training:today"))
    assertContains(today, "Start workout")
    assertContains(today, "I am not ill")


def test_it_can_be_taken_back(signed_in, workout, place):
    say(signed_in, place)
    say(signed_in, place, ill="")
    assert not WorkoutLog.objects.get().ill
    assertContains(signed_in.get(reverse("training:workout_detail", args=place)), ">I am ill today</button>")


def test_an_older_edit_does_not_win(signed_in, workout, place):
    say(signed_in, place, edited_at="2026-11-02T11:00:00Z")
    say(signed_in, place, ill="", edited_at="2026-11-02T10:00:00Z")
    assert WorkoutLog.objects.get().ill


@pytest.mark.parametrize("when", ["before", "afterwards"])
def test_next_time_the_plan_is_repeated_and_both_reasons_say_so(signed_in, workout, exercise, place, when):
    first = asked(workout, exercise, 1)
    if when == "before":
        say(signed_in, place)
    done(signed_in, workout, exercise, [5, 4, 3])
    if when == "afterwards":
        weaker = asked(workout, exercise, 2)
        assert not codes(weaker) & {"LOAD_ILL", "SETS_ILL"}
        say(signed_in, place)
    row = asked(workout, exercise, 2)
    assert codes(row) == {"LOAD_ILL", "SETS_ILL"}
    assert row.sets == first.sets
    if when == "afterwards":
        say(signed_in, place, ill="")
        assert asked(workout, exercise, 2).reasons == weaker.reasons


def test_two_ill_days_in_a_week_suggest_a_deload(signed_in, alice, workout, exercise, place):
    for week in (1, 2):
        say(signed_in, [workout.id, week])
        done(signed_in, workout, exercise, [8, 8, 8], week=week)
    assert "DELOAD_ILL" not in codes(asked(workout, exercise, 3))  # both were on one day
    WorkoutLog.objects.filter(week_number=1).update(local_date=alice.today() - timedelta(days=2))
    writing.prescribe_anew(workout.mesocycle_id, today=alice.today())
    assert "DELOAD_ILL" in codes(asked(workout, exercise, 3))
    assertContains(signed_in.get(reverse("training:today")), "You were ill on 2 days this week")


def test_of_a_stranger_it_is_a_404(client, bob, place):
    client.force_login(bob)
    assert say(client, place).status_code == 404
    assert not WorkoutLog.objects.exists()
