from datetime import date

import pytest
from django.urls import reverse
from pytest_django.asserts import assertContains, assertRedirects

from exercises.tests.factories import ExerciseFactory
from metricgain.users.models import User
from training.models import Mesocycle, Template, Workout

FORM = {"name": "Autumn", "duration_weeks": "4", "start_date": "2026-11-30"}


@pytest.fixture
def exercises(db):
    return [ExerciseFactory(name="Press"), ExerciseFactory(name="Row", muscle_group="back")]


@pytest.fixture
def template(exercises):
    slots = [{"exercise_id": e.id, "target_sets": 3, "target_reps_min": 6, "target_reps_max": 10} for e in exercises]
    config = {
        "duration_weeks": 5,
        "days_per_week": 2,
        "workouts": [
            {"name": "A", "day_of_week": 0, "exercises": slots},
            {"name": "B", "day_of_week": 3, "exercises": slots[:1]},
        ],
    }
    return Template.objects.create(name="Two days", is_system=True, config=config)


@pytest.fixture
def start_url(template):
    return reverse("training:mesocycle_start", args=[template.id])


def test_it_makes_the_plan_and_prescribes_the_first_week(signed_in, alice, template, start_url):
    assertRedirects(signed_in.post(start_url, FORM), reverse("training:today"), status_code=303)
    mesocycle = Mesocycle.objects.get()
    assert (mesocycle.user, mesocycle.name, mesocycle.duration_weeks, mesocycle.status) == (
        alice,
        "Autumn",
        4,
        "active",
    )
    assert (mesocycle.start_date, mesocycle.end_date) == (date(2026, 11, 30), date(2026, 12, 27))
    workouts = Workout.objects.in_plan()
    assert [(w.name, w.day_of_week, w.slots.count()) for w in workouts] == [("A", 0, 2), ("B", 3, 1)]
    rows = workouts[0].prescriptions.order_by("position")
    assert [(p.exercise.name, p.sets, p.reps, p.reps_lo, p.rir, p.weight) for p in rows] == [
        ("Press", 3, 8, 6, 2, None),
        ("Row", 3, 8, 6, 2, None),
    ]
    assert [p.reasons[0]["code"] for p in rows] == ["SEED_ASK", "SEED_ASK"]


def test_it_counts_the_use_of_the_template(signed_in, template, start_url):
    signed_in.post(start_url, FORM)
    template.refresh_from_db()
    assert template.times_used == 1


def test_it_plans_in_the_unit_of_the_lifter(signed_in, alice, start_url):
    User.objects.filter(id=alice.id).update(preferences={"unit": "lb"})
    signed_in.post(start_url, FORM)
    assert set(Mesocycle.objects.get().workouts.values_list("slots__unit", flat=True)) == {"lb"}


def test_a_running_mesocycle_is_only_ended_when_told(signed_in, start_url):
    signed_in.post(start_url, FORM)
    answer = signed_in.post(start_url, FORM | {"name": "Winter"})
    assertContains(answer, "only one mesocycle runs at a time", status_code=422)
    assertContains(answer, 'value="Winter"', status_code=422)
    assert Mesocycle.objects.count() == 1
    signed_in.post(start_url, FORM | {"name": "Winter", "end_active": "on"})
    assert set(Mesocycle.objects.values_list("name", "status")) == {("Autumn", "completed"), ("Winter", "active")}


@pytest.mark.parametrize(
    ("field", "typed"), [("duration_weeks", "2"), ("duration_weeks", "8"), ("start_date", "soon"), ("name", "")]
)
def test_bad_input_comes_back_and_starts_nothing(signed_in, start_url, field, typed):
    answer = signed_in.post(start_url, FORM | {field: typed})
    assert answer.status_code == 422
    assert not Mesocycle.objects.exists()


def test_somebody_elses_template_is_not_found(signed_in, bob, template, start_url):
    template.is_system, template.user = False, bob
    template.save()
    assert signed_in.post(start_url, FORM).status_code == 404
    assert signed_in.get(reverse("training:template_detail", args=[template.id])).status_code == 404


def test_an_exercise_that_left_the_library_is_left_out(signed_in, template, start_url, exercises):
    exercises[1].delete()
    assert signed_in.get(reverse("training:template_detail", args=[template.id])).status_code == 200
    signed_in.post(start_url, FORM)
    assert [w.slots.count() for w in Workout.objects.in_plan()] == [1, 1]


def test_it_rejects_get(signed_in, start_url):
    assert signed_in.get(start_url).status_code == 405


def test_the_preview_shows_workouts_and_weekly_sets(signed_in, template):
    answer = signed_in.get(reverse("training:template_detail", args=[template.id]))
    assertContains(answer, "Press")
    assertContains(answer, '<dd class="facts__value">6</dd>')
