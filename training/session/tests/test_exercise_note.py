"""The note of an exercise, written on the floor."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone
from pytest_django.asserts import assertRedirects

from exercises.models import ExerciseSettings
from exercises.tests.factories import ExerciseFactory
from training.models import WorkoutLog


@pytest.fixture
def write(signed_in, workout, exercise):
    def post(note, at=None, to=exercise, **extra):
        url = reverse("training:exercise_note", args=[workout.id, 1, to.id])
        said = {"note": note} | ({"edited_at": at.isoformat()} if at else {})
        return signed_in.post(url, said, **extra)

    return post


def note_of(user, exercise):
    return ExerciseSettings.objects.get(user=user, exercise=exercise).note


def test_it_keeps_the_note_and_begins_no_session(write, alice, workout, exercise):
    answer = write("Seat on 4.")
    assertRedirects(
        answer,
        f"/workouts/{workout.id}/week/1/#exercise-{exercise.id}",
        status_code=303,
        fetch_redirect_response=False,
    )
    assert note_of(alice, exercise) == "Seat on 4."
    assert not WorkoutLog.objects.exists()


def test_written_again_it_is_one_note_and_an_empty_one_takes_it_away(write, alice, exercise):
    for note in ("Seat on 4.", "Seat on 4.", ""):
        write(note)
    assert note_of(alice, exercise) is None


def test_the_later_edit_wins_whichever_arrives_last(write, alice, exercise):
    now = timezone.now()
    write("Later", at=now)
    answer = write("Earlier", at=now - timedelta(minutes=5))
    assert note_of(alice, exercise) == "Later"
    assert "kept=" in answer["Location"]


def test_the_settings_page_is_an_edit_too(write, signed_in, alice, exercise):
    before = timezone.now()
    settings = reverse("training:exercise_settings", args=[exercise.id])
    signed_in.post(settings, {"unit": "kg", "note": "From settings"})
    write("Offline, before", at=before)
    assert note_of(alice, exercise) == "From settings"


def test_what_else_is_said_of_the_exercise_stays(write, alice, exercise):
    ExerciseSettings.objects.create(user=alice, exercise=exercise, rest_seconds=75)
    write("Seat on 4.")
    assert ExerciseSettings.objects.get(user=alice, exercise=exercise).rest_seconds == 75


def test_a_long_one_is_refused(write):
    assert write("x" * 1001).status_code == 422


def test_somebody_elses_exercise_and_workout_are_not_found(write, client, bob, workout, exercise):
    assert write("Mine", to=ExerciseFactory(user=bob, name="Bob's")).status_code == 404
    client.force_login(bob)
    url = reverse("training:exercise_note", args=[workout.id, 1, exercise.id])
    assert client.post(url, {"note": "Mine"}).status_code == 404
    assert not ExerciseSettings.objects.exists()


def test_the_outbox_is_answered(write, alice, exercise):
    answer = write("Seat on 4.", headers={"X-Outbox": str(alice.id)})
    assert answer.status_code == 200
    assert note_of(alice, exercise) == "Seat on 4."
