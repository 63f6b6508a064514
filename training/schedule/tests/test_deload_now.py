import pytest
from django.urls import reverse
from pytest_django.asserts import assertContains, assertNotContains, assertRedirects

from exercises.tests.factories import ExerciseFactory
from training.models import Mesocycle
from training.tests.factories import planned_workout
from training.tests.lifting import asked


@pytest.fixture
def workout(alice):
    return planned_workout(alice, ExerciseFactory(), ExerciseFactory(muscle_group="legs"), weeks=5)


@pytest.fixture
def url(workout):
    return reverse("training:deload_now", args=[workout.mesocycle_id])


def test_it_says_what_a_deload_changes_and_offers_the_muscles_of_the_plan(signed_in, url):
    page = signed_in.get(url)
    assertContains(page, "the plan goes on")
    assertContains(page, "Legs only")
    assertNotContains(page, "Biceps only")


def test_from_the_third_week_it_ends_the_mesocycle(signed_in, url):
    Mesocycle.objects.update(current_week=3)
    assertContains(signed_in.get(url), "the mesocycle ends with it")


def test_everything(signed_in, workout, url):
    assertRedirects(signed_in.post(url, {"of": "everything"}), reverse("training:today"), status_code=303)
    assert set(workout.prescriptions.current().values_list("kind", "sets")) == {("deload", 2)}


def test_one_muscle(signed_in, workout, url):
    signed_in.post(url, {"of": "legs"})
    rows = workout.prescriptions.current().order_by("position")
    assert [row.kind for row in rows] == ["normal", "recovery"]


def test_where_the_muscle_has_begun_it_says_what_to_do_instead(signed_in, workout, url):
    exercise = workout.slots.first().exercise
    signed_in.post(
        reverse("training:set_log", args=[workout.id, 1, exercise.id, 1]), {"weight": 80, "reps": 8, "unit": "kg"}
    )
    page = signed_in.post(url, {"of": "chest"})
    assertContains(page, "ask again next week", status_code=422)
    assertContains(signed_in.post(url, {"of": "everything"}), "finish them, then deload", status_code=422)
    assert asked(workout, exercise, 1).kind == "normal"


def test_a_muscle_that_is_not_trained_is_no_choice(signed_in, url):
    assert signed_in.post(url, {"of": "bis"}).status_code == 422
    assert signed_in.post(url, {}).status_code == 422


def test_in_the_deload_week_there_is_nothing_to_ask_for(signed_in, url):
    Mesocycle.objects.update(current_week=5)
    assert signed_in.get(url).status_code == 404


def test_the_mesocycle_leads_there_while_there_is_something_to_lighten(signed_in, workout, url):
    page = reverse("training:mesocycle_detail", args=[workout.mesocycle_id])
    assertContains(signed_in.get(page), url)
    Mesocycle.objects.update(current_week=5)
    assertNotContains(signed_in.get(page), url)


def test_it_hides_alices_mesocycle_from_bob(client, bob, url):
    client.force_login(bob)
    assert client.get(url).status_code == 404
    assert client.post(url, {"of": "everything"}).status_code == 404
