"""Logs that are odd but possible: whatever stands in the log, a session can be finished and the next one is asked."""

from datetime import timedelta
from decimal import Decimal

import pytest
from django.urls import reverse
from django.utils import timezone
from pytest_django.asserts import assertContains, assertNotContains

from exercises.tests.factories import ExerciseFactory
from training.models import Mesocycle, Set, WorkoutLog
from training.session.tests.test_recording import at_once
from training.session.tests.test_workout_finish import asked, finish, log_sets
from training.tests.factories import SlotFactory, planned_workout


@pytest.mark.parametrize("loading", ["weight", "added", "assisted", "bodyweight"])
@pytest.mark.parametrize(
    ("weight", "unit", "reps"),
    [
        ("9999.99", "kg", 30),
        ("9999.99", "kg", 1),
        ("5000", "kg", 30),
        ("0.01", "lb", 5),
        ("0", "kg", 12),
        ("20", "kg", 0),
        ("20", "kg", 300),
        ("45", "lb", 10),
    ],
)
@pytest.mark.parametrize("planned", ["kg", "lb"])
def test_any_weight_and_reps_can_be_finished(signed_in, alice, loading, weight, unit, reps, planned):
    alice.preferences = {"unit": planned}
    alice.save()
    workout = planned_workout(alice, ExerciseFactory(loading=loading))
    exercise = workout.slots.get().exercise
    log_sets(signed_in, workout, exercise, reps, reps, weight=weight, unit=unit)
    finish(signed_in, workout)
    assert asked(workout, exercise, 2).sentences


@pytest.mark.parametrize("set_type", ["failure", "drop", "myo"])
def test_any_type_of_set_can_be_finished(signed_in, workout, exercise, set_url, set_type):
    signed_in.post(set_url(), {"weight": "60", "reps": "8", "unit": "kg", "set_type": set_type})
    finish(signed_in, workout)
    assert asked(workout, exercise, 2)


@pytest.mark.parametrize("weight", [0, None, 60])
def test_a_planned_weight_of_nothing_is_a_question(alice, weight):
    workout = planned_workout(alice, target_weight=weight)
    assert asked(workout, workout.slots.get().exercise, 1).weight == (weight or None)


def test_where_only_the_body_moves_there_is_no_weight_to_type(signed_in, alice):
    workout = planned_workout(alice, ExerciseFactory(loading="bodyweight", equipment="bodyweight"))
    exercise = workout.slots.get().exercise
    page = reverse("training:workout_detail", args=[workout.id, 1])
    assertContains(signed_in.get(page), "Body weight")
    assertNotContains(signed_in.get(page), "Pick a weight")
    log_sets(signed_in, workout, exercise, 12, 12, 12, weight="0")
    finish(signed_in, workout)
    assert (asked(workout, exercise, 2).weight, asked(workout, exercise, 2).load_and_reps) == (0, "13 reps")


def test_a_pull_up_without_history_offers_the_body_alone(signed_in, alice):
    workout = planned_workout(alice, ExerciseFactory(loading="added", equipment="bodyweight"))
    page = reverse("training:workout_detail", args=[workout.id, 1])
    assertContains(signed_in.get(page), 'value="0"')


def test_a_saved_drop_set_stays_one_and_counts_as_none(signed_in, workout, set_url):
    typed = {"weight": "60", "reps": "8", "unit": "kg"}
    signed_in.post(set_url(1), typed)
    signed_in.post(set_url(2), typed | {"set_type": "drop"})
    page = signed_in.get(reverse("training:workout_detail", args=[workout.id, 1]))
    assertContains(page, '<input type="hidden" name="set_type" value="drop">')
    assertContains(page, 'aria-hidden="true">+</span>', count=1)


def test_an_exercise_that_joined_the_plan_goes_on_from_what_was_done(signed_in, workout):
    extra = ExerciseFactory()
    log_sets(signed_in, workout, extra, 10, 10, 10, weight="40")
    SlotFactory(workout=workout, exercise=extra)
    finish(signed_in, workout)
    assert asked(workout, extra, 2).weight == 40


def test_a_pull_up_done_without_its_weight_deloads_without_it(signed_in, alice):
    workout = planned_workout(alice, ExerciseFactory(loading="added"), weeks=3, target_weight=20)
    exercise = workout.slots.get().exercise
    for week in (1, 2):
        log_sets(signed_in, workout, exercise, 10, 9, 8, week=week, weight="0")
        finish(signed_in, workout, week)
    assert asked(workout, exercise, 3).weight == 0


def test_a_late_fact_of_a_retired_workout_asks_nothing(signed_in, workout, exercise):
    log_sets(signed_in, workout, exercise, 10)
    finish(signed_in, workout)
    before = workout.prescriptions.count()
    type(workout).objects.filter(id=workout.id).update(retired_at=timezone.now())
    log_sets(signed_in, workout, exercise, 14)
    assert workout.prescriptions.count() == before


def test_today_says_that_a_week_is_a_deload(signed_in, alice):
    workout = planned_workout(alice, weeks=3)
    for week in (1, 2):
        log_sets(signed_in, workout, workout.slots.get().exercise, 10, week=week)
        finish(signed_in, workout, week)
    assertContains(signed_in.get(reverse("training:today")), "week 3 of 3 · deload")


# What loses to a later edit changes nothing, the clock of the session included


def test_a_set_that_comes_back_after_its_deletion_starts_nothing(signed_in, workout, set_url):
    written = (timezone.now() - timedelta(minutes=30)).isoformat()
    typed = {"weight": "60", "reps": "8", "unit": "kg", "edited_at": written}
    signed_in.post(set_url(), typed)
    signed_in.post(set_url(name="set_delete"))
    signed_in.post(set_url(), typed)
    assert WorkoutLog.objects.get().started_at is None
    assert signed_in.post(reverse("training:workout_finish", args=[workout.id, 1])).status_code == 422


def test_a_stale_edit_does_not_move_the_start(signed_in, set_url):
    typed = {"weight": "60", "reps": "8", "unit": "kg"}
    signed_in.post(set_url(), typed)
    started = WorkoutLog.objects.get().started_at
    signed_in.post(set_url(), typed | {"edited_at": "2020-01-01T00:00:00Z"})
    log = WorkoutLog.objects.get()
    assert (log.started_at, log.performed_at) == (started, started)


def test_a_clock_from_another_age_is_refused(signed_in, set_url):
    typed = {"weight": "60", "reps": "8", "unit": "kg", "edited_at": "0001-01-01T00:00:00+14:00"}
    assertContains(signed_in.post(set_url(), typed), "years behind", status_code=422)


def test_a_clock_at_the_end_of_time_is_held_to_the_servers(signed_in, alice, set_url):
    type(alice).objects.filter(id=alice.id).update(timezone="Asia/Tokyo")
    typed = {"weight": "60", "reps": "8", "unit": "kg", "edited_at": "9999-12-31T23:59:59+00:00"}
    assert signed_in.post(set_url(), typed).status_code == 303


def test_a_set_made_yesterday_belongs_to_yesterday(signed_in, alice, set_url):
    at = timezone.now() - timedelta(days=2)
    signed_in.post(set_url(), {"weight": "60", "reps": "8", "unit": "kg", "edited_at": at.isoformat()})
    assert WorkoutLog.objects.get().local_date == alice.today(at)


def test_undoing_every_set_of_a_finished_session_opens_it_again(signed_in, workout, exercise, set_url):
    log_sets(signed_in, workout, exercise, 10)
    finish(signed_in, workout)
    signed_in.post(set_url(1, name="set_delete"))
    log = WorkoutLog.objects.get()
    assert (log.status, log.completed_at, Mesocycle.objects.get().current_week) == ("in_progress", None, 1)


def test_undo_and_finish_at_once_do_not_wait_for_each_other(transactional_db, client, alice):
    workout = planned_workout(alice)
    exercise = workout.slots.get().exercise
    client.force_login(alice)
    log_sets(client, workout, exercise, 10, 9, 8)
    finish(client, workout)
    clients = [type(client)() for _ in range(9)]
    for one in clients:
        one.force_login(alice)
    undo = reverse("training:set_delete", args=[workout.id, 1, exercise.id, 3])
    end = reverse("training:workout_finish", args=[workout.id, 1])
    jobs = [lambda c=c, n=n: c.post(undo if n % 3 == 0 else end).status_code for n, c in enumerate(clients)]
    assert at_once(jobs) == [303] * 9


@pytest.mark.parametrize(
    "path",
    [
        "/workouts/{id}/week/1/exercises/{exercise}/sets/0/delete/",
        "/workouts/{id}/week/1/exercises/{exercise}/sets/100/delete/",
        "/workouts/{id}/week/1/exercises/99999999999999999999/sets/1/",
        "/workouts/{id}/week/1/exercises/999999999999999999/sets/1/",
        "/workouts/99999999999999999999/week/1/finish/",
        "/workouts/{id}/week/99999999999999999999/finish/",
        "/mesocycles/99999999999999999999/",
    ],
)
def test_numbers_that_nothing_can_have_are_not_found(signed_in, workout, exercise, path):
    path = path.format(id=workout.id, exercise=exercise.id)
    assert signed_in.post(path, {"weight": "60", "reps": "8", "unit": "kg"}).status_code == 404


def test_two_units_of_one_moment_end_the_same_in_either_order(signed_in, set_url):
    moment = (timezone.now() - timedelta(minutes=1)).isoformat()
    ends = set()
    for order in (("kg", "lb", "kg"), ("lb", "kg", "lb")):
        for unit in order:
            signed_in.post(set_url(), {"weight": "60", "reps": "8", "unit": unit, "edited_at": moment})
        ends.add(Set.objects.get().unit)
        Set.objects.all().delete()
    assert len(ends) == 1


def test_the_weight_of_a_slip_of_the_finger_is_held_to_what_can_be_stored(signed_in, workout, exercise):
    log_sets(signed_in, workout, exercise, 30, weight="9999.99")
    finish(signed_in, workout)
    assert asked(workout, exercise, 2).weight <= Decimal("9999.99")
