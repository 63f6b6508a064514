from datetime import date, timedelta

import pytest
from django.urls import reverse
from django.utils import timezone
from pytest_django.asserts import assertContains

from training.models import Mesocycle, WorkoutLog
from training.session.tests.test_workout_finish import asked, finish, log_sets
from training.tests.factories import planned_workout


def post(client, name, workout, week=1, **typed):
    return client.post(reverse(f"training:{name}", args=[workout.id, week]), typed)


def test_a_skipped_workout_repeats_what_it_asked(signed_in, alice):
    workout = planned_workout(alice, target_weight=60)
    exercise = workout.slots.get().exercise
    for _ in range(2):
        assert post(signed_in, "workout_skip", workout).status_code == 303
    assert WorkoutLog.objects.get().is_skipped
    row = asked(workout, exercise, 2)
    assert (row.weight, row.sets, row.reasons[0]["code"]) == (60, 3, "LOAD_SKIPPED")
    assert Mesocycle.objects.get().current_week == 2


@pytest.mark.parametrize(("week", "said"), [(1, True), (2, False), (3, False)])
def test_it_says_what_a_skip_leads_to_and_promises_nothing_of_the_deload(signed_in, alice, week, said):
    workout = planned_workout(alice, weeks=3, target_weight=60)
    for each in range(1, week + 1):
        post(signed_in, "workout_skip", workout, each)
    page = signed_in.get(reverse("training:workout_detail", args=[workout.id, week])).content.decode()
    assert "Log a set here, or reopen it" in page
    assert ("Next week repeats what this one asked." in page) is said


def test_a_workout_with_sets_is_finished_not_skipped(signed_in, workout, exercise):
    log_sets(signed_in, workout, exercise, 10)
    assertContains(post(signed_in, "workout_skip", workout), "finish it instead", status_code=422)


def test_a_set_after_a_skip_reopens(signed_in, workout, exercise):
    post(signed_in, "workout_skip", workout)
    log_sets(signed_in, workout, exercise, 10)
    assert WorkoutLog.objects.get().status == "in_progress"


def test_a_skip_that_was_made_before_a_set_and_arrives_after_it_loses(signed_in, workout, exercise):
    log_sets(signed_in, workout, exercise, 10)
    earlier = (timezone.now() - timedelta(minutes=5)).isoformat()
    assert post(signed_in, "workout_skip", workout, edited_at=earlier).status_code == 303
    assert WorkoutLog.objects.get().status == "in_progress"


def test_a_skip_can_be_taken_back_and_so_can_a_finish(signed_in, workout, exercise):
    post(signed_in, "workout_skip", workout)
    post(signed_in, "workout_reopen", workout)
    assert (WorkoutLog.objects.get().status, Mesocycle.objects.get().current_week) == ("in_progress", 1)
    log_sets(signed_in, workout, exercise, 10)
    finish(signed_in, workout)
    for _ in range(2):
        assert post(signed_in, "workout_reopen", workout).status_code == 303
    log = WorkoutLog.objects.get()
    assert (log.status, log.completed_at, Mesocycle.objects.get().current_week) == ("in_progress", None, 1)


def test_a_reopened_session_asks_anew_when_it_is_finished_again(signed_in, workout, exercise):
    log_sets(signed_in, workout, exercise, 10, 9, 8)
    finish(signed_in, workout)
    post(signed_in, "workout_reopen", workout)
    log_sets(signed_in, workout, exercise, 14, 13, 12)
    finish(signed_in, workout)
    assert asked(workout, exercise, 2).weight > 100


def test_once_the_next_occurrence_has_a_set_it_is_too_late_to_reopen(signed_in, workout, exercise):
    log_sets(signed_in, workout, exercise, 10)
    finish(signed_in, workout)
    log_sets(signed_in, workout, exercise, 10, week=2)
    assertContains(post(signed_in, "workout_reopen", workout), "begun in a later week", status_code=422)
    assert WorkoutLog.objects.get(week_number=1).is_completed


def test_reopening_the_last_workout_brings_the_mesocycle_back(signed_in, alice):
    workout = planned_workout(alice, weeks=3)
    for week in (1, 2, 3):
        log_sets(signed_in, workout, workout.slots.get().exercise, 10, week=week)
        finish(signed_in, workout, week)
    post(signed_in, "workout_reopen", workout, week=3)
    mesocycle = Mesocycle.objects.get()
    assert (mesocycle.status, mesocycle.completed_at, mesocycle.current_week) == ("active", None, 3)


def test_nothing_to_reopen_is_not_found(signed_in, workout):
    assert post(signed_in, "workout_reopen", workout).status_code == 404


@pytest.mark.parametrize("name", ["workout_skip", "workout_reopen", "workout_note", "workout_backfill"])
def test_it_hides_alices_session_from_bob(client, bob, workout, name):
    client.force_login(bob)
    assert post(client, name, workout, day="2026-11-01").status_code == 404
    assert not WorkoutLog.objects.exists()


# A missed week, and the calendar


def test_a_missed_week_waits_and_moves_the_end(signed_in, workout, exercise):
    today = timezone.localdate()
    start = today - timedelta(days=today.weekday() + 14)
    Mesocycle.objects.update(start_date=start, end_date=start + timedelta(days=34))
    page = signed_in.get(reverse("training:today"))
    assertContains(page, "Week 1 waited for you")
    log_sets(signed_in, workout, exercise, 10)
    finish(signed_in, workout)
    mesocycle = Mesocycle.objects.get()
    assert mesocycle.current_week == 2
    assert mesocycle.end_date == start + timedelta(days=34 + 14)


def test_a_missed_week_can_be_left_out(signed_in, workout):
    url = reverse("training:week_skip", args=[workout.mesocycle_id, 1])
    for _ in range(2):
        assert signed_in.post(url).status_code == 303
    assert Mesocycle.objects.get().current_week == 2
    assert signed_in.post(reverse("training:week_skip", args=[workout.mesocycle_id, 9])).status_code == 404


def test_leaving_a_week_out_keeps_what_was_trained_in_it(signed_in, workout, exercise):
    log_sets(signed_in, workout, exercise, 10)
    signed_in.post(reverse("training:week_skip", args=[workout.mesocycle_id, 1]))
    assert WorkoutLog.objects.get().status == "in_progress"


def test_bob_does_not_skip_alices_week(client, bob, workout):
    client.force_login(bob)
    assert client.post(reverse("training:week_skip", args=[workout.mesocycle_id, 1])).status_code == 404


def test_a_week_that_just_runs_is_not_missed(signed_in, workout):
    Mesocycle.objects.update(start_date=date.today() - timedelta(days=3))
    assert "waited for you" not in signed_in.get(reverse("training:today")).content.decode()


def test_a_mesocycle_begun_midweek_does_not_move_while_it_is_on_time(signed_in, workout, exercise):
    start = timezone.localdate() - timedelta(days=6)
    Mesocycle.objects.update(start_date=start, end_date=start + timedelta(days=34))
    log_sets(signed_in, workout, exercise, 10)
    finish(signed_in, workout)
    assert Mesocycle.objects.get().end_date == start + timedelta(days=34)


def test_a_set_after_a_skip_brings_the_week_back(signed_in, workout, exercise):
    post(signed_in, "workout_skip", workout)
    assert Mesocycle.objects.get().current_week == 2
    log_sets(signed_in, workout, exercise, 10)
    assert Mesocycle.objects.get().current_week == 1
    assertContains(signed_in.get(reverse("training:today")), "Resume workout")


def test_a_set_after_the_last_workout_was_skipped_brings_the_mesocycle_back(signed_in, alice):
    workout = planned_workout(alice, weeks=3)
    for week in (1, 2, 3):
        post(signed_in, "workout_skip", workout, week=week)
    assert not Mesocycle.objects.get().is_active
    log_sets(signed_in, workout, workout.slots.get().exercise, 10, week=3)
    assert Mesocycle.objects.get().is_active


def test_a_week_to_come_is_not_skipped(signed_in, workout):
    assertContains(post(signed_in, "workout_skip", workout, week=3), "still to come", status_code=422)
    assert not WorkoutLog.objects.exists()


def test_a_mesocycle_that_was_ended_early_stays_ended(signed_in, workout, exercise):
    log_sets(signed_in, workout, exercise, 10)
    finish(signed_in, workout)
    Mesocycle.objects.get().finish(at=timezone.now())
    post(signed_in, "workout_reopen", workout)
    assert not Mesocycle.objects.get().is_active


def test_after_a_missed_week_the_next_one_is_not_missed_at_once(signed_in, workout, exercise):
    start = timezone.localdate() - timedelta(days=14)
    Mesocycle.objects.update(start_date=start, end_date=start + timedelta(days=34))
    log_sets(signed_in, workout, exercise, 10)
    finish(signed_in, workout)
    assert "waited for you" not in signed_in.get(reverse("training:today")).content.decode()


def test_a_session_in_time_that_was_typed_in_late_moves_no_end(signed_in, workout, exercise):
    start = timezone.localdate() - timedelta(days=10)
    Mesocycle.objects.update(start_date=start, end_date=start + timedelta(days=34))
    log_sets(signed_in, workout, exercise, 10)
    finish(signed_in, workout)
    assert Mesocycle.objects.get().end_date == start + timedelta(days=41)
    post(signed_in, "workout_backfill", workout, day=(start + timedelta(days=1)).isoformat())
    assert Mesocycle.objects.get().end_date == start + timedelta(days=34)
