from collections import defaultdict
from datetime import date, timedelta
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pytest_django.asserts import assertNumQueries

from analytics import strength
from analytics.periods import period_of
from analytics.strength import Strength, load_moved
from exercises.models import Exercise
from exercises.tests.factories import ExerciseFactory
from training.models import Prescription, Set
from training.progression import shown_e1rm
from training.tests.factories import planned_workout
from training.tests.lifting import Lifter

KG = Decimal


@pytest.mark.parametrize(
    ("loading", "body", "moved"),
    [
        ("weight", None, 20),
        ("added", 80, 100),
        ("added", None, None),
        ("bodyweight", 80, 80),
        ("assisted", 80, 60),
        ("assisted", 15, None),
    ],
)
def test_the_load_moved_knows_what_the_number_means(loading, body, moved):
    assert load_moved(loading, KG(20), body and KG(body)) == moved


@pytest.mark.django_db
def test_a_sessions_strength_is_the_best_estimate_of_its_sets(alices):
    alices.user.body_weights.create(date="2020-01-01", kg=80)
    sessions = defaultdict(list)
    for log, one, exercise in alices.rows:
        sessions[exercise.id, log.performed_at].append(one)
    with assertNumQueries(2):
        found = strength.strength_of(alices.user, alices.exercises, since=None)
    assert [one.exercise for one in found] == alices.exercises
    compared = 0
    for one in found:
        extra = 0 if one.exercise.loading == "weight" else 80
        expected = []
        for at in sorted(at for exercise, at in sessions if exercise == one.exercise.id):
            sets = sessions[one.exercise.id, at]
            known = [shown_e1rm(s.weight + extra, s.reps, Decimal(s.rir)) for s in sets if s.rir is not None]
            if any(known):
                day = at.astimezone(alices.user.zone).date()
                expected.append((day, max(value for value in known if value).quantize(KG("0.01"))))
        assert one.points == expected
        compared += len(expected)
    assert compared > 30


@pytest.mark.django_db
def test_reps_in_reserve_make_a_set_worth_more(alices):
    Set.objects.filter(user=alices.user).update(rir=0)
    [spent] = strength.strength_of(alices.user, alices.exercises[:1], since=None)
    Set.objects.filter(user=alices.user).update(reps=8)
    [same] = strength.strength_of(alices.user, alices.exercises[:1], since=None)
    Set.objects.filter(user=alices.user).update(rir=2)
    [spare] = strength.strength_of(alices.user, alices.exercises[:1], since=None)
    assert all(more[1] > less[1] for more, less in zip(spare.points, same.points, strict=True))
    assert spent.points != same.points


@pytest.mark.django_db
def test_without_a_body_mass_reps_have_to_do(alices):
    found = {one.exercise.name: one for one in strength.strength_of(alices.user, alices.exercises, since=None)}
    assert (found["Crunch"].unit, found["Dip"].unit, found["Bench"].unit) == ("reps", "reps", "kg")
    assert all(4 <= value <= 15 for _, value in found["Crunch"].points)


@pytest.mark.django_db
def test_deloads_and_recoveries_are_no_test_of_strength(alices):
    alice, press = alices.user, ExerciseFactory()
    workout, lifter = planned_workout(alice, press), Lifter(alice)
    lifter.log(workout, 1, press, 10, weight="60")
    assert len(strength.strength_of(alice, [press], since=None)[0].points) == 1
    for kind in ("deload", "recovery"):
        Prescription.objects.update(kind=kind)
        assert strength.strength_of(alice, [press], since=None)[0].points == []


@pytest.mark.django_db
def test_the_latest_trained_come_first_within_the_period(alices):
    newest = sorted(alices.exercises, key=lambda e: max(s.performed_at for _, s, of in alices.rows if of == e))
    found = strength.trained_exercises(alices.user, since=None)
    assert set(found) == {exercise.id for exercise in newest}
    times = {e.id: max(s.performed_at for _, s, of in alices.rows if of == e) for e in alices.exercises}
    assert [times[one] for one in found] == sorted(times.values(), reverse=True)
    assert strength.trained_exercises(alices.user, since=max(times.values()) + timedelta(1)) == []
    assert set(strength.trained_exercises(alices.user, since=None, muscle="back")) == {alices.exercises[2].id}


def of(*values) -> Strength:
    return Strength(None, "kg", [(date(2026, 1, 1 + n), KG(value)) for n, value in enumerate(values)])


@pytest.mark.parametrize(
    ("values", "change", "verdict"),
    [
        ([100, 100, 100, 103, 104, 105], KG("4.0"), "Stronger"),
        ([100, 100, 100, 101, 101, 101], KG("1.0"), "About the same"),
        ([100, 100, 100, 90, 90, 90], KG("-10.0"), "Weaker"),
        ([100, 120, 130, 140, 150], None, "Not enough data yet"),
    ],
)
def test_the_verdict_compares_both_ends_of_the_period(values, change, verdict):
    assert (of(*values).change_percent, of(*values).verdict) == (change, verdict)


@given(st.text())
def test_a_period_nobody_knows_is_the_default(key):
    assert period_of(key, default="12w").key in {"4w", "12w", "6m", "1y", "all"}
    assert period_of("x" + key, default="12w").weeks == 12


def point(*sets):
    return strength.point(
        date(2026, 1, 1), Exercise(loading="weight"), [(KG(kg), reps, *rir) for kg, reps, *rir in sets], None
    )


def test_equal_strength_draws_an_equal_line_however_it_is_said():
    said, asked = point((100, 8, KG(2), 3)), point((100, 8, None, 2))
    assert (said.kg, said.is_estimated) == (shown_e1rm(KG(100), 8, 2), False)
    assert (asked.kg, asked.is_estimated) == (said.kg, True)


def test_a_set_of_which_nobody_knows_the_rir_is_no_test():
    assert point((100, 8, None, None)).kg is None
    best = point((110, 8, None, None), (100, 8, KG(1), 1))
    assert (best.kg, best.is_estimated, best.reps) == (shown_e1rm(KG(100), 8, 1), False, 8)


@pytest.mark.django_db
def test_an_estimated_point_is_hollow_and_says_so(alices):
    alice, press = alices.user, ExerciseFactory()
    workout, lifter = planned_workout(alice, press, target_weight=100), Lifter(alice)
    lifter.train(workout, 1, 10, 10, 10)
    lifter.log(workout, 2, press, 10, rir=1)
    [found] = strength.strength_of(alice, [press], since=None)
    asked = workout.prescriptions.get(week_number=1).rir
    assert [value for _, value in found.points] == [round(shown_e1rm(KG(100), 10, rir), 2) for rir in (asked, 1)]
    assert (found.estimated, found.chart.holes.count("M")) == ({0}, 1)
    assert [words.endswith(", estimated") for _, words in found.rows] == [False, True]
    assert found.description.endswith("1 of 2 sessions are estimated.")


@pytest.mark.django_db
def test_days_while_ill_and_slips_are_no_test_of_strength(alices):
    alice, press = alices.user, ExerciseFactory()
    workout, lifter = planned_workout(alice, press), Lifter(alice)
    for week, weight in ((1, "60"), (2, "60"), (3, "600"), (4, "62.5")):
        lifter.log(workout, week, press, 8, 8 if week < 3 else 0, weight=weight, rir=2)
    [found] = strength.strength_of(alice, [press], since=None)
    assert len(found.points) == 3
    workout.logs.filter(week_number=4).update(ill=True)
    [found] = strength.strength_of(alice, [press], since=None)
    assert len(found.points) == 2
