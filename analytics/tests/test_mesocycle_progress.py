from datetime import timedelta
from decimal import Decimal

import pytest
from django.urls import reverse
from pytest_django.asserts import assertContains, assertNotContains, assertNumQueries

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


AFTER = MONDAY + timedelta(weeks=8)


def mesocycle_of(alice, press, *sets, weeks=5, parent=None, begins=MONDAY, **other) -> Mesocycle:
    """Returns a mesocycle with `sets` sets of the press in its first week, its second week, ... The rest is to do."""
    workout, lifter = planned_workout(alice, press, weeks=weeks), Lifter(alice, begins=begins)
    for week, count in enumerate(sets, start=1):
        if count:
            lifter.log(workout, week, press, *[10] * count, weight="50")
            lifter.finish(workout, week)
        else:
            lifter.skip(workout, week)
    Mesocycle.objects.filter(id=workout.mesocycle_id).update(parent_mesocycle=parent, **other)
    return Mesocycle.objects.select_related("parent_mesocycle").get(id=workout.mesocycle_id)


def beside(mesocycle) -> list[tuple]:
    return [(one.number, one.number_before, one.sets, one.sets_before) for one in summary_of(mesocycle).compared]


@pytest.fixture
def press(db):
    return ExerciseFactory(name="Press")


def test_weeks_that_are_over_stand_beside_those_of_the_parent(client, alice, press):
    parent = mesocycle_of(alice, press, 2, 3, 4, 5, 1)
    child = mesocycle_of(alice, press, 3, 4, parent=parent, begins=AFTER)
    Lifter(alice, begins=AFTER).log(child.workouts.get(), 3, press, 10, weight="50")
    assert (parent.status, child.current_week) == ("completed", 3)
    assert beside(child) == [(1, 1, 3, 2), (2, 2, 4, 3)]
    both = summary_of(child).together
    assert (both.sets, both.sets_before, both.volume_kg, both.volume_before_kg) == (7, 5, 3500, 2500)
    answer = client.get(reverse("analytics:mesocycle_progress", args=[child.id]))
    for words in (
        "It was made from",
        "Together",
        "2,500",
        "Only weeks that are over and were trained in both",
    ):
        assertContains(answer, words)
    assertNotContains(answer, "the one before had")


def test_the_deload_stands_beside_the_deload_and_other_lengths_are_said(client, alice, press):
    parent = mesocycle_of(alice, press, 2, 3, 4, 5, 6, 1, weeks=6)
    child = mesocycle_of(alice, press, 3, 4, 5, 2, weeks=4, parent=parent, begins=AFTER)
    assert beside(child) == [(1, 1, 3, 2), (2, 2, 4, 3), (3, 3, 5, 4), (4, 6, 2, 1)]
    answer = client.get(reverse("analytics:mesocycle_progress", args=[child.id]))
    assertContains(answer, "This plan has 4 weeks, the one before had 6.")


def test_a_week_that_was_skipped_or_repeats_another_is_compared_with_none(alice, press):
    parent = mesocycle_of(alice, press, 2, 3, 9, 4, 0, 1, weeks=6, repeated_weeks=[3])
    child = mesocycle_of(alice, press, 3, 0, 5, 6, 2, parent=parent, begins=AFTER)
    assert beside(child) == [(1, 1, 3, 2), (3, 4, 5, 4), (5, 6, 2, 1)]


def test_nothing_is_compared_before_a_week_is_over(client, alice, press):
    child = mesocycle_of(alice, press, parent=mesocycle_of(alice, press, 2, 3, 4, 5, 1), begins=AFTER)
    Lifter(alice, begins=AFTER).log(child.workouts.get(), 1, press, 10, weight="50")
    assert (beside(child), summary_of(child).strengths) == ([], [])
    answer = client.get(reverse("analytics:mesocycle_progress", args=[child.id]))
    assertContains(answer, "There is no week to compare yet.")


def test_strength_in_exercises_of_both_is_compared_by_their_best_sets_of_these_weeks(client, alice, press):
    parent = mesocycle_of(alice, press, 2, 3, 4, 5, 1)
    best = Lifter(alice)
    best.log(parent.workouts.get(), 1, press, 10, 9, weight="100")
    best.log(parent.workouts.get(), 4, press, 10, weight="140")  # the child is not that far
    child = planned_workout(alice, press, ExerciseFactory(name="Fly"))
    Mesocycle.objects.filter(id=child.mesocycle_id).update(parent_mesocycle=parent)
    lifter = Lifter(alice, begins=AFTER)
    lifter.log(child, 1, press, 8, weight="110", rir=2)
    lifter.log(child, 1, child.slots.get(exercise__name="Fly").exercise, 8)
    lifter.finish(child, 1)
    child.mesocycle.refresh_from_db()
    [one] = summary_of(child.mesocycle).strengths
    before, now = shown_e1rm(Decimal(100), 10, 3), shown_e1rm(Decimal(110), 8, 2)  # nothing said: 3 were asked
    assert (one.name, one.before, one.now) == ("Press", round(before, 2), round(now, 2))
    assert one.change == f"{100 * (one.now / one.before - 1):+.1f} %" == "+1.7 %"
    with assertNumQueries(11):
        answer = client.get(reverse("analytics:mesocycle_progress", args=[child.mesocycle_id]))
    assertContains(answer, "+1.7 %")
    child.logs.get().sets.filter(exercise=press).update(weight=1100)  # a slip of the thumb
    assert summary_of(child.mesocycle).strengths == []
    child.logs.get().sets.filter(exercise=press).update(weight=110)
    child.logs.update(ill=True)
    assert summary_of(child.mesocycle).strengths == []


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
