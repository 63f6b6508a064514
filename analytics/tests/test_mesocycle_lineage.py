"""The chain of mesocycles: what each step changed, and the outcome beside it."""

from datetime import timedelta
from decimal import Decimal

import pytest
from django.urls import reverse
from django.utils import timezone
from pytest_django.asserts import assertContains, assertNotContains, assertNumQueries

from analytics.lineage import lineage_of
from exercises.tests.factories import ExerciseFactory
from metricgain.users.tests.factories import UserFactory
from training.models import Mesocycle
from training.plan import next_mesocycle
from training.tests.factories import planned_workout
from training.tests.lifting import Lifter


@pytest.fixture
def alice(db):
    return UserFactory(email="alice@example.org")


@pytest.fixture
def signed_in(client, alice):
    client.force_login(alice)
    return client


@pytest.fixture
def press(db):
    return ExerciseFactory(name="Press")


def go_on(parent: Mesocycle, *, ago: int, weeks: int = 5, name: str = "Winter") -> Mesocycle:
    """Plans the next one from week 1, and begins it `ago` days ago."""
    at = timezone.now() - timedelta(days=ago)
    planned = next_mesocycle.plan_next(parent, week=1, weeks=weeks, name=name, today=at.date(), at=at)
    next_mesocycle.begin(planned, start_date=at.date(), days=None, at=at, ends=None)
    planned.refresh_from_db()
    return planned


@pytest.fixture
def chain(alice, press):
    """Autumn, trained two weeks and ended; Winter from its week 1, with a dip for the press, trained once."""
    row = ExerciseFactory(name="Row", muscle_group="back")
    workout = planned_workout(alice, press, row)
    lifter = Lifter(alice, alice.today() - timedelta(days=35))
    lifter.train(workout, 1, 10, 10, 10, soreness=1, pump=1, challenge=2)
    lifter.train(workout, 2, 12, 11, 10, soreness=2, pump=2, challenge=2)
    workout.mesocycle.finish(at=timezone.now())
    workout.mesocycle.name = "Autumn"
    workout.mesocycle.save()
    return [workout.mesocycle, go_on(workout.mesocycle, ago=14, weeks=4)]


def test_it_tells_the_chain_with_the_latest_first(alice, chain):
    autumn, winter = chain
    for mesocycle in chain:
        assert [step.mesocycle for step in lineage_of(mesocycle, alice)] == [winter, autumn]


def test_an_outcome_stands_beside_each_step(alice, chain, press):
    _, autumn = lineage_of(chain[0], alice)
    assert (autumn.prescribed_sets, autumn.done_sets, autumn.adherence_percent) == (12, 12, 100)
    assert (autumn.felt.soreness, autumn.felt.pump, autumn.felt.challenge) == (
        Decimal("1.5"),
        Decimal("1.5"),
        Decimal("2.0"),
    )
    [strength] = [one for one in autumn.strength if one.exercise == press]
    assert strength.last > strength.first > 100
    assert strength.percent > 0
    assert autumn.stronger == 2


def test_what_a_step_changed_is_named(alice, chain, press):
    _, winter = chain
    dip, fly = ExerciseFactory(name="Dip"), ExerciseFactory(name="Raise", muscle_group="delts")
    workout = winter.workouts.get()
    workout.prescriptions.filter(exercise=press).update(exercise=dip)
    workout.prescriptions.filter(exercise__name="Row").update(exercise=fly)
    step, first = lineage_of(winter, alice)
    assert (step.swapped, step.added, step.removed) == ([("Press", "Dip")], ["Raise"], ["Row"])
    assert (step.weeks_before, step.weeks_changed, step.days_changed) == (5, True, True)
    assert not first.has_parent


def test_sets_at_the_start_and_at_the_end_are_by_muscle(alice, chain):
    _, autumn = lineage_of(chain[0], alice)
    by_muscle = {one.muscle: (one.start, one.end) for one in autumn.muscles}
    assert by_muscle["chest"][0] == 3
    assert set(by_muscle) == {"chest", "back"}


def test_the_page_shows_it(signed_in, chain):
    answer = signed_in.get(reverse("analytics:mesocycle_lineage", args=[chain[0].id]))
    for words in ("Autumn", "Winter", "Goes on from week 1", "4 weeks instead of 5", "100 %", "rules 1.3"):
        assertContains(answer, words)


def test_a_mesocycle_of_its_own_says_so(signed_in, alice):
    workout = planned_workout(alice)
    answer = signed_in.get(reverse("analytics:mesocycle_lineage", args=[workout.mesocycle_id]))
    assertContains(answer, "not made from an earlier mesocycle")
    assertContains(answer, "Nothing is logged in it yet.")
    assertNotContains(answer, "What changed")


def test_a_longer_chain_costs_no_more_queries(signed_in, alice, chain):
    url = reverse("analytics:mesocycle_lineage", args=[chain[0].id])
    with assertNumQueries(11):
        signed_in.get(url)
    for number in range(3):
        chain[-1].finish(at=timezone.now())
        Lifter(alice, alice.today() - timedelta(days=14)).train(chain[-1].workouts.get(), 1, 10, 9, 9)
        chain.append(go_on(chain[-1], ago=0, name=f"Spring {number}"))
    with assertNumQueries(11):
        answer = signed_in.get(url)
    assert len(answer.context["steps"]) == 5


def test_a_chain_that_bites_its_tail_ends(alice, chain):
    autumn, winter = chain
    Mesocycle.objects.filter(id=autumn.id).update(parent_mesocycle=winter)
    assert len(lineage_of(winter, alice)) == 2


def test_somebody_elses_chain_is_not_found(client, chain):
    client.force_login(UserFactory())
    assert client.get(reverse("analytics:mesocycle_lineage", args=[chain[0].id])).status_code == 404


def test_a_repeated_week_is_said_and_is_no_change_of_the_plan(signed_in, chain):
    autumn, winter = chain
    Mesocycle.objects.filter(id=autumn.id).update(duration_weeks=6, repeated_weeks=[2])
    answer = signed_in.get(reverse("analytics:mesocycle_lineage", args=[winter.id]))
    assertContains(answer, "6 weeks, 1 of them repeated")
    assertContains(answer, "4 weeks instead of 5.")
