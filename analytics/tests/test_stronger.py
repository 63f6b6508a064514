import pytest
from django.urls import reverse
from pytest_django.asserts import assertContains, assertNotContains, assertNumQueries

from metricgain.users.tests.factories import UserFactory

pytestmark = pytest.mark.django_db
URL = reverse("analytics:stronger")


def test_it_says_whether_each_exercise_grows_and_shows_its_line(client, alices):
    client.force_login(alices.user)
    with assertNumQueries(6):
        answer = client.get(URL + "?period=all")
    for exercise in alices.exercises:
        assertContains(answer, exercise.name)
    assertContains(answer, '<svg class="chart"', count=len(alices.exercises))
    assertContains(answer, "Estimated strength in Bench, kg</title>")
    assertContains(answer, "Most reps in a set in Crunch, reps</title>")
    assertContains(answer, "As a table", count=len(alices.exercises))


def test_a_period_and_a_muscle_are_in_the_address(client, alices):
    client.force_login(alices.user)
    answer = client.get(URL + "?period=4w&muscle=chest")
    assertContains(answer, "Bench")
    assertNotContains(answer, "Row")
    assertContains(answer, "it takes six to compare")
    assertContains(answer, 'aria-current="true">4 weeks')
    assertContains(answer, '?period=1y&amp;muscle=chest"')
    assertContains(client.get(URL + "?period=4w&muscle=legs"), "nothing for that muscle group in this period")
    assertContains(client.get(URL + "?period=nonsense&muscle=nonsense&page=nonsense"), 'aria-current="true">12 weeks')


def test_nobody_elses_strength_is_shown(client, alices):
    client.force_login(UserFactory())
    assertContains(client.get(URL + "?period=all"), "Nothing to show yet")


def test_records_come_page_by_page(client, alices):
    url = reverse("analytics:records")
    client.force_login(alices.user)
    with assertNumQueries(4):
        first = client.get(url)
    assertContains(first, " before")
    if b"?page=2" in first.content:
        assertContains(client.get(url + "?page=2"), "?page=1")
    assertContains(client.get(url + "?page=99"), "There are no more records")
    assert client.get(url + "?page=-1").content == client.get(url + "?page=x").content
    client.force_login(UserFactory())
    assertContains(client.get(url), "No records yet")
