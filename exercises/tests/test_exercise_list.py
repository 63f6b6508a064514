import pytest
from django.urls import reverse
from pytest_django.asserts import assertContains, assertNotContains, assertNumQueries

from exercises.tests.factories import ExerciseFactory
from metricgain.users.tests.factories import UserFactory

pytestmark = pytest.mark.django_db
URL = reverse("exercises:exercise_list")


@pytest.fixture
def alice(client):
    user = UserFactory()
    client.force_login(user)
    return user


def test_it_lists_the_library_and_ones_own_by_muscle_group(client, alice):
    ExerciseFactory(name="Cable Fly")
    ExerciseFactory(name="My Row", muscle_group="back", user=alice)
    ExerciseFactory(name="Bob's Row", muscle_group="back", user=UserFactory())
    answer = client.get(URL)
    assertContains(answer, "Cable Fly")
    assertContains(answer, "My Row")
    assertNotContains(answer, "Bob&#x27;s Row")
    assertNotContains(client.get(URL, {"muscle": "back"}), "Cable Fly")


def test_pages_keep_the_filter(client, alice):
    ExerciseFactory.create_batch(45)
    assertContains(client.get(URL, {"muscle": "chest"}), "?muscle=chest&amp;page=2")
    with assertNumQueries(4):
        client.get(URL, {"muscle": "chest", "page": "2"})
