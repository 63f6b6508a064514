from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone
from pytest_django.asserts import assertContains, assertNotContains, assertRedirects

from exercises.tests.factories import ExerciseFactory
from training.models import Mesocycle, Workout
from training.schedule.freestyle import just_train
from training.session.tests.test_workout_finish import finish, log_sets

URL = reverse("training:freestyle_start")
TODAY = reverse("training:today")


def test_it_opens_an_empty_session_of_today(signed_in, alice):
    answer = signed_in.post(URL)
    workout = Workout.objects.get()
    assertRedirects(answer, reverse("training:workout_detail", args=[workout.id, 1]), status_code=303)
    assert (workout.only_week, workout.mesocycle.name, workout.mesocycle.status) == (1, "Freestyle", "active")
    assertContains(signed_in.get(answer.url), "No exercise here yet")


def test_twice_a_day_is_the_same_session(signed_in):
    signed_in.post(URL)
    signed_in.post(URL)
    assert Workout.objects.count() == 1


def test_exercises_are_added_logged_and_finished_and_today_offers_the_next(signed_in, alice):
    signed_in.post(URL)
    workout, exercise = Workout.objects.get(), ExerciseFactory()
    signed_in.post(reverse("training:exercise_add", args=[workout.id, 1]), {"exercise": exercise.id})
    log_sets(signed_in, workout, exercise, 10, 9, 8)
    finish(signed_in, workout)
    assert Mesocycle.objects.get().is_active
    assertContains(signed_in.get(TODAY), "Training without a plan")
    assertContains(signed_in.get(TODAY), "Just train")


def test_no_word_of_a_plan_stands_where_there_is_none(signed_in):
    page = signed_in.post(URL, follow=True)
    assertNotContains(page, "week 1 of")
    adding = signed_in.get(reverse("training:exercise_add", args=[Workout.objects.get().id, 1]))
    assertNotContains(adding, "From now on")


def test_a_planned_mesocycle_goes_first(signed_in, workout):
    assertRedirects(signed_in.post(URL), TODAY, status_code=303)
    assert Mesocycle.objects.count() == 1


def test_the_weeks_go_by_and_after_six_a_new_one_begins(alice):
    start = timezone.localdate() - timedelta(weeks=7)
    weeks = [just_train(alice, day=start + timedelta(days=d), at=timezone.now())[1] for d in (0, 8, 35, 42)]
    assert weeks == [1, 2, 6, 1]
    assert sorted(Mesocycle.objects.values_list("status", flat=True)) == ["active", "completed"]


def test_it_can_be_ended_by_starting_a_plan(signed_in, alice):
    signed_in.post(URL)
    assert Mesocycle.objects.owned_by(alice).active().get().is_freestyle


def test_it_rejects_get(signed_in):
    assert signed_in.get(URL).status_code == 405


@pytest.mark.django_db
def test_it_sends_visitors_to_sign_in(client):
    assert client.post(URL).url.startswith("/login/")


def test_an_empty_session_is_not_waited_for(signed_in, alice):
    just_train(alice, day=timezone.localdate() - timedelta(days=1), at=timezone.now())
    page = signed_in.get(TODAY)
    assertContains(page, "Training without a plan")
    assertContains(page, "Just train")


def test_progress_stays_with_what_was_trained(signed_in, workout, exercise):
    log_sets(signed_in, workout, exercise, 10)
    Mesocycle.objects.get().finish(at=timezone.now())
    signed_in.post(URL)
    assertContains(signed_in.get(reverse("analytics:mesocycle_latest"), follow=True), "Upper / Lower")


def test_an_extra_session_is_of_its_week_alone(signed_in, alice):
    signed_in.post(URL)
    workout, exercise = Workout.objects.get(), ExerciseFactory()
    assert signed_in.get(f"/workouts/{workout.id}/week/2/").status_code == 404
    place = f"/workouts/{workout.id}/week/2/exercises/{exercise.id}/sets/1/"
    assert signed_in.post(place, {"weight": "60", "reps": "8", "unit": "kg"}).status_code == 404
