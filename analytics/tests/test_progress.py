import pytest
from django.urls import reverse
from pytest_django.asserts import assertContains, assertNumQueries

from exercises.tests.factories import ExerciseFactory
from metricgain.users.tests.factories import UserFactory
from training.tests.factories import planned_workout
from training.tests.test_workout_finish import log_sets

pytestmark = pytest.mark.django_db
URL = reverse("analytics:progress")


@pytest.fixture
def alice(client):
    user = UserFactory()
    client.force_login(user)
    return user


def test_the_page_shows_the_weeks(client, alice):
    assertContains(client.get(URL), "Nothing to show yet")
    workout = planned_workout(alice)
    log_sets(client, workout, workout.slots.get().exercise, 10, weight="100")
    assertContains(client.get(URL), "1,000 kg")
    with assertNumQueries(4):
        client.get(URL)


def test_the_history_of_an_exercise_is_ones_own(client, alice):
    exercise = ExerciseFactory()
    url = reverse("analytics:exercise_history", args=[exercise.id])
    assertContains(client.get(url), "not logged this exercise yet")
    workout = planned_workout(alice, exercise)
    log_sets(client, workout, exercise, 10, 9, weight="60")
    assertContains(client.get(url), "60 kg × 10, 60 kg × 9")
    with assertNumQueries(4):
        client.get(url)
    client.force_login(UserFactory())
    assertContains(client.get(url), "not logged this exercise yet")


def test_somebody_elses_exercise_is_not_found(client, alice):
    other = ExerciseFactory(user=UserFactory())
    assert client.get(reverse("analytics:exercise_history", args=[other.id])).status_code == 404
