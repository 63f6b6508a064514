from django.urls import reverse
from django.utils import timezone
from pytest_django.asserts import assertContains, assertNotContains, assertNumQueries

from exercises.tests.factories import ExerciseFactory
from training.models import Template
from training.session.tests.test_workout_finish import finish, log_sets
from training.tests.factories import MesocycleFactory, planned_workout


def test_the_list_shows_ones_own_newest_first_in_pages(signed_in, alice, bob):
    MesocycleFactory.create_batch(25, user=alice, status="completed")
    MesocycleFactory(user=bob, name="Bob's own")
    answer = signed_in.get(reverse("training:mesocycle_list"))
    assertContains(answer, "Page 1 of 2")
    assertNotContains(answer, "Bob's own")
    with assertNumQueries(4):
        signed_in.get(reverse("training:mesocycle_list") + "?page=2")


def test_an_empty_list_says_where_to_start(signed_in):
    assertContains(signed_in.get(reverse("training:mesocycle_list")), reverse("training:template_list"))


def test_the_weeks_show_what_is_done(signed_in, workout, exercise):
    log_sets(signed_in, workout, exercise, 10)
    finish(signed_in, workout)
    url = reverse("training:mesocycle_detail", args=[workout.mesocycle_id])
    answer = signed_in.get(url)
    assertContains(answer, "week-grid__slot--done", count=1)
    assertContains(answer, "Week 5 · deload")
    with assertNumQueries(10):  # six of them read what the engine looks at, for what may come
        signed_in.get(url)
    workout.mesocycle.finish(at=timezone.now())
    with assertNumQueries(6):
        signed_in.get(url)


def test_a_longer_mesocycle_costs_no_more_queries(signed_in, alice):
    exercises = [ExerciseFactory(muscle_group=muscle) for muscle in ("chest", "back", "legs", "abs")]
    workout = planned_workout(alice, *exercises, weeks=7)
    for week in (1, 2):
        for exercise in exercises:
            log_sets(signed_in, workout, exercise, 10, 9, 8, week=week)
        finish(signed_in, workout, week)
    with assertNumQueries(10):
        signed_in.get(reverse("training:mesocycle_detail", args=[workout.mesocycle_id]))


def test_it_hides_alices_mesocycle_from_bob(client, bob, workout):
    client.force_login(bob)
    assert client.get(reverse("training:mesocycle_detail", args=[workout.mesocycle_id])).status_code == 404


def test_templates_are_those_for_everyone_and_ones_own(signed_in, alice, bob):
    config = {"duration_weeks": 4, "days_per_week": 3, "workouts": []}
    Template.objects.create(name="For everyone", is_system=True, config=config)
    Template.objects.create(name="Alice's", user=alice, config=config)
    Template.objects.create(name="Bob's", user=bob, config=config)
    answer = signed_in.get(reverse("training:template_list"))
    assertContains(answer, "For everyone")
    assertContains(answer, "Alice&#x27;s")
    assertNotContains(answer, "Bob&#x27;s")
