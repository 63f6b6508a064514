"""A lifter types yesterday's workout today, and writes notes."""

from datetime import UTC, date, datetime, time, timedelta

import pytest
from django.urls import reverse
from django.utils import timezone
from pytest_django.asserts import assertContains

from metricgain.users.models import User
from training.models import Set, WorkoutLog
from training.session.tests.test_workout_finish import finish, log_sets


@pytest.fixture
def backfill(signed_in, workout):
    def post(**typed):
        return signed_in.post(reverse("training:workout_backfill", args=[workout.id, 1]), typed)

    return post


def test_the_day_is_what_was_typed_and_its_sets_move_along(signed_in, workout, exercise, backfill):
    log_sets(signed_in, workout, exercise, 10, 9)
    day = timezone.localdate() - timedelta(days=3)
    assert backfill(day=day.isoformat()).status_code == 303
    log = WorkoutLog.objects.get()
    assert (log.local_date, log.performed_at.date(), log.started_at) == (day, day, None)
    assert {one.performed_at.date() for one in Set.objects.all()} == {day}


def test_sets_logged_after_the_day_was_typed_belong_to_it(signed_in, workout, exercise, backfill):
    day = timezone.localdate() - timedelta(days=3)
    backfill(day=day.isoformat())
    log_sets(signed_in, workout, exercise, 10, 9)
    sets = Set.objects.order_by("set_number")
    assert [one.performed_at.date() for one in sets] == [day, day]
    assert sets[0].performed_at < sets[1].performed_at
    assert all(one.edited_at.date() == timezone.now().date() for one in sets)


def test_times_are_typed_or_empty(signed_in, alice, workout, exercise, backfill):
    User.objects.filter(id=alice.id).update(timezone="Europe/Berlin")
    backfill(day="2026-11-02", began="18:00", ended="19:10")
    log_sets(signed_in, workout, exercise, 10)
    finish(signed_in, workout)
    log = WorkoutLog.objects.get()
    assert (log.started_at, log.duration_minutes) == (datetime(2026, 11, 2, 17, tzinfo=UTC), 70)
    backfill(day="2026-11-02")
    log.refresh_from_db()
    assert (log.duration_minutes, log.is_completed) == (None, True)
    assertContains(signed_in.get(reverse("training:workout_detail", args=[workout.id, 1])), "Workout done")


def test_an_end_before_the_start_was_after_midnight(signed_in, workout, exercise, backfill):
    log_sets(signed_in, workout, exercise, 10)
    backfill(day="2026-11-02", began="23:30", ended="00:20")
    assert WorkoutLog.objects.get().duration_minutes == 50


@pytest.mark.parametrize(("began", "ended", "hours"), [("18:00", "17:00", "23"), ("09:00", "14:30", "5.5")])
def test_more_than_five_hours_are_asked_back(workout, backfill, began, ended, hours):
    typed = {"day": "2026-11-02", "began": began, "ended": ended}
    asked = backfill(**typed)
    assertContains(asked, f"From {began} to {ended} are {hours} hours.", status_code=422)
    assertContains(asked, f'value="{began}"', status_code=422)
    assert not WorkoutLog.objects.exists()
    assert 'name="is_long"' in asked.text
    assert backfill(**typed, is_long="on").status_code == 303
    assert WorkoutLog.objects.get().duration_minutes == float(hours) * 60


def test_five_hours_are_not(backfill):
    page = backfill(day="2026-11-02", began="21:00", ended="02:00")
    assert page.status_code == 303


@pytest.mark.parametrize(
    ("times", "clocks"),
    [
        ({"began": "18:00", "ended": "18:45"}, ["18:00", "18:15", "18:30"]),
        ({"began": "18:00"}, ["18:00", "18:02", "18:05"]),
        ({"ended": "19:00"}, ["18:55", "18:57", "19:00"]),
        ({}, ["08:00", "08:02", "08:05"]),
    ],
)
def test_sets_lie_within_the_times_that_were_typed(signed_in, workout, exercise, backfill, times, clocks):
    log_sets(signed_in, workout, exercise, 10, 9, 8)
    morning = datetime.combine(timezone.localdate(), time(8), UTC)
    for one, minutes in zip(Set.objects.order_by("set_number"), (0, 2, 5), strict=True):
        Set.objects.filter(id=one.id).update(performed_at=morning + timedelta(minutes=minutes))
    day = timezone.localdate() - timedelta(days=3)
    backfill(day=day.isoformat(), **times)
    sets = Set.objects.order_by("set_number").values_list("performed_at", flat=True)
    assert [f"{one:%H:%M}" for one in sets] == clocks
    assert {one.date() for one in sets} == {day}


@pytest.mark.parametrize(
    ("typed", "words"),
    [
        ({"day": ""}, "Choose the day you trained."),
        ({"day": "2099-01-01"}, "still to come"),
        ({"day": "0026-11-20"}, "check the year"),
        ({"day": "0001-01-01"}, "check the year"),
        ({"day": "2026-11-02", "began": "late"}, "valid time"),
    ],
)
def test_bad_input_comes_back_with_words(backfill, typed, words):
    assertContains(backfill(**typed), words, status_code=422)
    assert not WorkoutLog.objects.exists()


def test_the_later_edit_of_the_day_wins(workout, backfill):
    now = timezone.now()
    backfill(day="2026-11-03", edited_at=(now - timedelta(minutes=1)).isoformat())
    backfill(day="2026-11-02", edited_at=(now - timedelta(minutes=2)).isoformat())
    assert WorkoutLog.objects.get().local_date == date(2026, 11, 3)


def test_a_note_stays_with_the_session_and_the_later_one_wins(signed_in, workout):
    url = reverse("training:workout_note", args=[workout.id, 1])
    now = timezone.now()
    signed_in.post(url, {"notes": "Slept badly", "edited_at": (now - timedelta(minutes=1)).isoformat()})
    signed_in.post(url, {"notes": "older", "edited_at": (now - timedelta(minutes=2)).isoformat()})
    assert WorkoutLog.objects.get().notes == "Slept badly"
    assertContains(signed_in.get(reverse("training:workout_detail", args=[workout.id, 1])), "Slept badly")
    signed_in.post(url, {"notes": ""})
    assert WorkoutLog.objects.get().notes is None


def test_a_note_too_long_comes_back(signed_in, workout):
    url = reverse("training:workout_note", args=[workout.id, 1])
    answer = signed_in.post(url, {"notes": "x" * 5001})
    assertContains(answer, "at most 5,000 characters", status_code=422)
    assertContains(answer, "x" * 5001, status_code=422)


def test_last_time_is_not_the_session_itself(signed_in, workout, exercise, backfill):
    log_sets(signed_in, workout, exercise, 10, 9)
    backfill(day=timezone.localdate().isoformat(), began="23:58")
    page = signed_in.get(reverse("training:workout_detail", args=[workout.id, 1])).content.decode()
    assert 'hint">Last time' not in page


def test_whoever_loses_is_told(signed_in, workout):
    now = timezone.now()
    for name, typed in (("note", {"notes": "x"}), ("backfill", {"day": "2026-11-02"})):
        url = reverse(f"training:workout_{name}", args=[workout.id, 1])
        signed_in.post(url, typed | {"edited_at": (now - timedelta(minutes=1)).isoformat()})
        answer = signed_in.post(url, typed | {"edited_at": (now - timedelta(minutes=2)).isoformat()})
        assertContains(signed_in.get(answer.url), "Kept as it stands", count=1)
