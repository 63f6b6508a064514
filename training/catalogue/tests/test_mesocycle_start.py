from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone
from pytest_django.asserts import assertContains, assertNotContains, assertRedirects

from exercises.models import ExerciseSettings
from exercises.tests.factories import ExerciseFactory
from metricgain.users.models import User
from training.models import Mesocycle, Template, Workout
from training.plan.from_template import AnotherRuns, start_mesocycle

TODAY = timezone.now().date()
MONDAY = TODAY + timedelta(days=7 - TODAY.weekday())
FORM = {"name": "Autumn", "duration_weeks": "4", "start_date": str(MONDAY), "weekdays": ["0", "3"]}


def days_on(days: int, start=TODAY) -> str:
    return str(start + timedelta(days=days))


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
    assert (mesocycle.start_date, mesocycle.end_date) == (MONDAY, MONDAY + timedelta(days=27))
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


def test_an_exercise_that_the_lifter_does_in_another_unit_is_planned_in_it(signed_in, alice, exercises, start_url):
    ExerciseSettings.objects.create(user=alice, exercise=exercises[1], unit="lb")
    signed_in.post(start_url, FORM)
    slots = Mesocycle.objects.get().workouts.order_by("position_in_week").first().slots.all()
    assert [slot.unit for slot in slots] == ["kg", "lb"]


def test_where_no_sets_are_named_a_muscle_begins_with_what_it_needs_a_week(signed_in, alice, template, start_url):
    for plan in template.config["workouts"]:
        for slot in plan["exercises"]:
            slot.pop("target_sets", None)
    template.save()
    User.objects.filter(id=alice.id).update(preferences={"experience": "advanced"})
    signed_in.post(start_url, FORM)
    first, second = Mesocycle.objects.get().workouts.order_by("position_in_week")
    # An advanced lifter needs 6 sets a week for the chest, here on two days, and 10 for the back; at most 4 each.
    assert [slot.target_sets for slot in first.slots.all()] == [3, 4]
    assert [slot.target_sets for slot in second.slots.all()] == [3]


def test_a_running_mesocycle_is_only_ended_when_told(signed_in, start_url):
    signed_in.post(start_url, FORM)
    answer = signed_in.post(start_url, FORM | {"name": "Winter"})
    assertContains(answer, "only one mesocycle runs at a time", status_code=422)
    assertContains(answer, 'value="Winter"', status_code=422)
    assert Mesocycle.objects.count() == 1
    signed_in.post(start_url, FORM | {"name": "Winter", "end_active": "on"})
    assert set(Mesocycle.objects.values_list("name", "status")) == {("Autumn", "completed"), ("Winter", "active")}


@pytest.mark.parametrize(
    ("field", "typed", "words"),
    [
        ("duration_weeks", "2", "A mesocycle has 3 to 7 weeks."),
        ("duration_weeks", "8", "A mesocycle has 3 to 7 weeks."),
        ("start_date", "soon", "such as 2026-11-30"),
        ("start_date", "", "Choose the day you begin"),
        ("start_date", days_on(400), "not more than a year away"),
        ("start_date", days_on(-400), "not more than a year away"),
        ("start_date", "9999-12-31", "not more than a year away"),
        ("name", "", "Give the mesocycle a name"),
        ("name", "x" * 256, "at most 255 characters"),
        ("weekdays", [], "This template has 2 workouts a week and you chose 0 days."),
        ("weekdays", ["2"], "This template has 2 workouts a week and you chose 1 day."),
        ("weekdays", ["2", "2"], "you chose 1 day."),
        ("weekdays", ["0", "1", "2"], "you chose 3 days. Choose 2, or go without fixed days."),
        ("weekdays", ["0", "7"], "7 is not one of the available choices"),
    ],
)
def test_bad_input_comes_back_with_what_was_typed_and_starts_nothing(signed_in, start_url, field, typed, words):
    typed_all = FORM | {"name": "My autumn"} | {field: typed}
    answer = signed_in.post(start_url, typed_all)
    assertContains(answer, words, status_code=422)
    assert not Mesocycle.objects.exists()
    form = answer.context["form"]
    assert {name: form[name].value() for name in typed_all} == typed_all


@pytest.mark.parametrize(
    ("begins", "weekdays", "days"),
    [
        (days_on(0, MONDAY), ["0", "3"], [0, 3]),
        (days_on(0, MONDAY), ["5", "1"], [1, 5]),
        (days_on(2, MONDAY), ["0", "3"], [3, 0]),  # a Wednesday: Thursday comes first, Monday after it
        (days_on(3, MONDAY), ["0", "3"], [3, 0]),  # on a training day itself
        (days_on(6, MONDAY), ["0", "6"], [6, 0]),
    ],
)
def test_workouts_go_on_the_chosen_days_in_the_order_of_the_week_that_begins(
    signed_in, start_url, begins, weekdays, days
):
    signed_in.post(start_url, FORM | {"start_date": begins, "weekdays": weekdays})
    assert [(w.name, w.day_of_week) for w in Workout.objects.in_plan()] == list(zip("AB", days, strict=True))


def test_without_fixed_days_workouts_go_in_order_whatever_is_ticked_beside(signed_in, start_url):
    assertRedirects(signed_in.post(start_url, FORM | {"any_day": "on"}), reverse("training:today"), status_code=303)
    assert [(w.name, w.day_of_week, w.position_in_week) for w in Workout.objects.in_plan()] == [
        ("A", None, 1),
        ("B", None, 2),
    ]


def test_the_days_of_the_template_are_chosen_already(signed_in, template):
    page = reverse("training:template_detail", args=[template.id])
    form = signed_in.get(page).context["form"]
    assert (form["weekdays"].value(), form["any_day"].value()) == ([0, 3], False)


@pytest.mark.parametrize("day", [0, None])
def test_a_template_without_a_day_for_each_workout_begins_without_fixed_days(signed_in, template, day):
    template.config["workouts"][1]["day_of_week"] = day
    template.save()
    form = signed_in.get(reverse("training:template_detail", args=[template.id])).context["form"]
    assert (form["weekdays"].value(), form["any_day"].value()) == ([], True)


@pytest.mark.parametrize("away", [-1, -365, 365])
def test_a_first_day_may_be_a_year_away(signed_in, start_url, away):
    signed_in.post(start_url, FORM | {"start_date": days_on(away)})
    assert Mesocycle.objects.get().start_date == TODAY + timedelta(days=away)


def test_a_double_tap_starts_one_mesocycle(signed_in, template, start_url):
    for _ in range(2):
        assertRedirects(signed_in.post(start_url, FORM), reverse("training:today"), status_code=303)
    for _ in range(2):
        winter = FORM | {"name": "Winter", "end_active": "on"}
        assertRedirects(signed_in.post(start_url, winter), reverse("training:today"), status_code=303)
    assert Mesocycle.objects.count() == 2
    template.refresh_from_db()
    assert template.times_used == 2


def test_other_days_a_moment_later_are_no_double_tap(signed_in, start_url):
    signed_in.post(start_url, FORM)
    assert signed_in.post(start_url, FORM | {"weekdays": ["1", "4"]}).status_code == 422
    signed_in.post(start_url, FORM | {"weekdays": ["1", "4"], "end_active": "on"})
    assert [w.day_of_week for w in Workout.objects.filter(mesocycle__status="active").in_plan()] == [1, 4]


def test_the_same_form_a_while_later_is_no_double_tap(signed_in, start_url):
    signed_in.post(start_url, FORM)
    Mesocycle.objects.update(created_at=timezone.now() - timedelta(minutes=2))
    assert signed_in.post(start_url, FORM).status_code == 422


def test_only_the_mesocycle_that_was_named_is_ended(alice, template):
    values = {"name": "Winter", "weeks": 4, "start_date": MONDAY, "at": timezone.now()}
    autumn = start_mesocycle(alice, template, **values | {"name": "Autumn"})
    with pytest.raises(AnotherRuns):
        start_mesocycle(alice, template, **values)
    winter = start_mesocycle(alice, template, **values, ends=autumn)
    with pytest.raises(AnotherRuns):
        start_mesocycle(alice, template, **values, ends=autumn)
    assert list(Mesocycle.objects.active()) == [winter]


def test_training_without_a_plan_ends_unasked(signed_in, alice, template, start_url):
    freestyle = Mesocycle.objects.create(user=alice, name="Freestyle", duration_weeks=7, days_per_week=7)
    assertNotContains(signed_in.get(reverse("training:template_detail", args=[template.id])), "end_active")
    signed_in.post(start_url, FORM)
    freestyle.refresh_from_db()
    assert freestyle.status == "completed"
    assert Mesocycle.objects.active().get().name == "Autumn"


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


def test_who_had_to_sign_in_first_is_back_at_the_template_and_nothing_is_started(client, alice, template, start_url):
    assert client.post(start_url, FORM).url == f"/login/?next={start_url}"
    client.force_login(alice)
    page = reverse("training:template_detail", args=[template.id])
    assertRedirects(client.get(start_url), page, status_code=303)
    assert client.put(start_url).status_code == 405
    assert not Mesocycle.objects.exists()


def test_the_preview_shows_workouts_and_weekly_sets(signed_in, template):
    answer = signed_in.get(reverse("training:template_detail", args=[template.id]))
    assertContains(answer, "Press")
    assertContains(answer, '<td class="number">6</td>')


def queries_of(ask) -> int:
    with CaptureQueriesContext(connection) as queries:
        ask()
    return len(queries)


def test_queries_do_not_grow_with_the_plan(signed_in, alice, exercises, template, start_url):
    page = reverse("training:template_detail", args=[template.id])
    # session, user, template, active mesocycle, exercises
    assert queries_of(lambda: signed_in.get(page)) == 5
    small = queries_of(lambda: signed_in.post(start_url, FORM))
    # and: whether it is one without a plan
    assert queries_of(lambda: signed_in.get(page)) == 6
    Mesocycle.objects.all().delete()
    workout = template.config["workouts"][0]
    more = [{"exercise_id": ExerciseFactory().id, "target_sets": 3} for _ in range(8)]
    template.config["workouts"] = [workout | {"exercises": workout["exercises"] + more}] * 2
    template.save()
    assert queries_of(lambda: signed_in.get(page)) == 5
    assert queries_of(lambda: signed_in.post(start_url, FORM)) == small


def test_the_list_of_templates_takes_four_queries(signed_in, template):
    url = reverse("training:template_list")
    assert queries_of(lambda: signed_in.get(url)) == 4
    Template.objects.bulk_create(
        Template(name=f"Template {n}", is_system=True, config=template.config, tags=["beginner"]) for n in range(19)
    )
    assert queries_of(lambda: signed_in.get(url)) == 4
