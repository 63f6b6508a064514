from datetime import timedelta
from decimal import Decimal

import pytest
from django.urls import reverse
from pytest_django.asserts import assertContains, assertNumQueries

from analytics.mesocycles import summary_of
from exercises.tests.factories import ExerciseFactory
from metricgain.users.tests.factories import UserFactory
from training.models import Mesocycle
from training.progression import shown_e1rm
from training.tests.factories import planned_workout
from training.tests.lifting import MONDAY, Lifter, sets_prescribed

pytestmark = pytest.mark.django_db


@pytest.fixture
def alice(client):
    user = UserFactory()
    client.force_login(user)
    return user


@pytest.fixture
def trained(alice):
    press, row = ExerciseFactory(name="Press"), ExerciseFactory(name="Row", muscle_group="back")
    workout, lifter = planned_workout(alice, press, row), Lifter(alice)
    lifter.train(workout, 1, 10, 10, 7, soreness=0, pump=1, challenge=1)
    lifter.log(workout, 2, press, 5, weight="90")
    return workout


def test_what_was_asked_stands_beside_what_was_done(trained):
    first, second = summary_of(trained.mesocycle).weeks
    assert (first.done_sets, first.prescribed_sets) == (6, sum(sets_prescribed(trained, 1)))
    assert (first.sessions_done, first.sessions_skipped, first.volume_kg) == (1, 0, Decimal(5400))
    assert (second.done_sets, second.prescribed_sets) == (1, sum(sets_prescribed(trained, 2)))
    assert (second.reached, second.compared) == (0, 1)


def test_a_target_is_met_with_its_reps_and_its_weight(trained):
    targets = trained.prescriptions.current().filter(week_number=1)
    least = {p.exercise_id: p.reps_lo for p in targets}
    met = sum(reps >= lowest for lowest in least.values() for reps in (10, 10, 7))
    [first, _] = summary_of(trained.mesocycle).weeks
    assert (first.reached, first.compared) == (met, 6)
    assert 0 < met < 6
    targets.update(weight="100.5")
    assert summary_of(trained.mesocycle).weeks[0].reached == 0
    targets.update(kind="deload")
    assert summary_of(trained.mesocycle).weeks[0].compared == 0


def test_less_help_than_asked_meets_the_target(alice):
    pull = ExerciseFactory(loading="assisted", muscle_group="back")
    workout, lifter = planned_workout(alice, pull), Lifter(alice)
    workout.prescriptions.update(weight="30", reps=8, reps_lo=8)
    lifter.log(workout, 1, pull, 8, weight="25")
    assert summary_of(workout.mesocycle).weeks[0].reached == 1
    workout.prescriptions.update(weight="20")
    assert summary_of(workout.mesocycle).weeks[0].reached == 0


def test_the_parents_weeks_stand_beside_its_own(client, trained, alice):
    Mesocycle.objects.update(status="completed")
    child = planned_workout(alice, *[slot.exercise for slot in trained.slots.all()])
    Mesocycle.objects.filter(id=child.mesocycle_id).update(parent_mesocycle=trained.mesocycle, copied_from_week=1)
    child.mesocycle.refresh_from_db()
    [week, *_] = summary_of(child.mesocycle).weeks
    assert (week.done_sets, week.parent_sets, week.parent_volume_kg) == (0, 6, Decimal(5400))
    answer = client.get(reverse("analytics:mesocycle_progress", args=[child.mesocycle_id]))
    assertContains(answer, "It was made from")
    assertContains(answer, "5,400")


def test_strength_in_exercises_of_both_is_compared_by_their_best_sets(client, trained, alice):
    Mesocycle.objects.update(status="completed")
    press = trained.slots.get(exercise__name="Press").exercise
    child = planned_workout(alice, press, ExerciseFactory(name="Fly"))
    Mesocycle.objects.filter(id=child.mesocycle_id).update(parent_mesocycle=trained.mesocycle)
    lifter = Lifter(alice, begins=MONDAY + timedelta(weeks=6))
    lifter.log(child, 1, press, 8, weight="110", rir=2)
    lifter.log(child, 1, child.slots.get(exercise__name="Fly").exercise, 8)
    child.mesocycle.refresh_from_db()
    [one] = summary_of(child.mesocycle).strengths
    before, now = shown_e1rm(Decimal(100), 10, None), shown_e1rm(Decimal(110), 8, 2)
    assert (one.name, one.before, one.now) == ("Press", round(before, 2), round(now, 2))
    assert one.change == f"{100 * (one.now / one.before - 1):+.1f} %" == "+10.0 %"
    with assertNumQueries(10):
        answer = client.get(reverse("analytics:mesocycle_progress", args=[child.mesocycle_id]))
    assertContains(answer, "+10.0 %")


def test_mesocycle_progress_page(client, trained):
    url = reverse("analytics:mesocycle_progress", args=[trained.mesocycle_id])
    with assertNumQueries(8):
        answer = client.get(url)
    assertContains(answer, "Asked and done")
    assertContains(answer, "nothing to compare it with")
    assertContains(answer, f'1<span class="soft">/{sets_prescribed(trained, 2)[0]}</span>')
    client.force_login(UserFactory())
    assert client.get(url).status_code == 404


def test_mesocycle_latest_shows_the_one_trained_last(client, alice):
    url = reverse("analytics:mesocycle_latest")
    assertContains(client.get(url), "Train the first workout")
    press = ExerciseFactory()
    workout = planned_workout(alice, press)
    Mesocycle.objects.update(status="completed")
    planned_workout(alice)
    Lifter(alice).log(workout, 1, press, 10)
    answer = client.get(url)
    assert answer.context["mesocycle"] == workout.mesocycle
    assertContains(answer, "Asked and done")
