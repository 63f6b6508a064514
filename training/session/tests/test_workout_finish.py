from datetime import timedelta
from decimal import Decimal

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone
from pytest_django.asserts import assertContains, assertRedirects

from exercises.tests.factories import ExerciseFactory
from training.models import Mesocycle, Prescription, WorkoutLog
from training.tests.factories import SlotFactory, WorkoutFactory, planned_workout


@pytest.fixture
def finish_url(workout):
    return reverse("training:workout_finish", args=[workout.id, 1])


def log_sets(client, workout, exercise, *reps, week=1, weight="100", unit="kg"):
    for number, count in enumerate(reps, start=1):
        url = reverse("training:set_log", args=[workout.id, week, exercise.id, number])
        assert client.post(url, {"weight": weight, "reps": count, "unit": unit}).status_code == 303


def finish(client, workout, week=1):
    assert client.post(reverse("training:workout_finish", args=[workout.id, week])).status_code == 303


def asked(workout, exercise, week) -> Prescription:
    return workout.prescriptions.current().get(exercise=exercise, week_number=week)


def test_it_completes_the_session_and_shows_its_summary(signed_in, workout, exercise, finish_url):
    log_sets(signed_in, workout, exercise, 10, 9, 8)
    answer = signed_in.post(finish_url)
    page = reverse("training:workout_detail", args=[workout.id, 1])
    assertRedirects(answer, f"{page}#summary", status_code=303)
    log = WorkoutLog.objects.get()
    assert log.is_completed
    assert log.duration_minutes == 0
    assertContains(signed_in.get(page), "Workout done")
    assertContains(signed_in.get(page), "3 of 3")
    assertContains(signed_in.get(page), "2,700 kg")


def test_the_time_runs_from_the_first_set(signed_in, workout, exercise, set_url, finish_url):
    began = timezone.now() - timedelta(minutes=50)
    signed_in.post(set_url(1), {"weight": "100", "reps": "8", "unit": "kg", "edited_at": began.isoformat()})
    signed_in.post(finish_url)
    assert WorkoutLog.objects.get().duration_minutes == 50


def test_next_week_asks_from_what_was_done_and_says_why(signed_in, workout, exercise, finish_url):
    log_sets(signed_in, workout, exercise, 10, 9, 8)
    signed_in.post(finish_url)
    row = asked(workout, exercise, 2)
    # Week 1 of 5 leaves 3 in reserve, week 2 leaves 2: the same weight, one more rep, the same sets.
    assert (row.sets, row.weight, row.reps, row.rir) == (3, Decimal("100.00"), 11, 2)
    assert row.reasons[0]["code"] == "REPS_UP"
    assert row.sentences[0].startswith("Go for 11 reps")
    assert (row.engine_version, len(row.config_hash) > 8) == ("1.3", True)
    assert row.inputs["done"] == [["100.00", 10, None], ["100.00", 9, None], ["100.00", 8, None]]


def test_reps_above_the_range_raise_the_weight(signed_in, workout, exercise, finish_url):
    log_sets(signed_in, workout, exercise, 14, 13, 12)
    signed_in.post(finish_url)
    row = asked(workout, exercise, 2)
    assert row.weight > 100
    assert row.reasons[0]["code"] == "LOAD_UP"


def test_pounds_stay_pounds(signed_in, alice):
    alice.preferences = {"unit": "lb"}
    alice.save()
    workout = planned_workout(alice)
    exercise = workout.slots.get().exercise
    log_sets(signed_in, workout, exercise, 14, 13, 12, weight="225", unit="lb")
    finish(signed_in, workout)
    row = asked(workout, exercise, 2)
    assert (row.unit, row.weight % 5) == ("lb", 0)
    assert row.weight > 225


def test_what_was_not_trained_is_asked_again(signed_in, alice):
    trained, left_out = ExerciseFactory(), ExerciseFactory()
    workout = planned_workout(alice, trained, left_out, target_weight=60)
    log_sets(signed_in, workout, trained, 10, weight="60")
    finish(signed_in, workout)
    row = asked(workout, left_out, 2)
    assert (row.weight, row.reasons[0]["code"]) == (60, "LOAD_SKIPPED")


def test_the_last_week_is_a_deload(signed_in, alice):
    workout = planned_workout(alice, weeks=3)
    exercise = workout.slots.get().exercise
    for week in (1, 2):
        log_sets(signed_in, workout, exercise, 10, 9, 8, week=week)
        finish(signed_in, workout, week)
    row = asked(workout, exercise, 3)
    assert (row.kind, row.rir, row.sets, row.reps, row.weight) == ("deload", None, 2, 5, 100)
    assert row.reasons[0]["code"] == "DELOAD"


def test_after_the_last_workout_of_a_week_the_next_week_begins(signed_in, alice):
    first = planned_workout(alice, weeks=3)
    second = WorkoutFactory(mesocycle=first.mesocycle, position_in_week=99)
    slot = SlotFactory(workout=second)
    log_sets(signed_in, first, first.slots.get().exercise, 10)
    finish(signed_in, first)
    assert Mesocycle.objects.get().current_week == 1
    log_sets(signed_in, second, slot.exercise, 10)
    finish(signed_in, second)
    assert Mesocycle.objects.get().current_week == 2


def test_after_the_last_workout_of_the_last_week_the_mesocycle_is_done(signed_in, alice):
    workout = planned_workout(alice, weeks=3)
    for week in (1, 2, 3):
        log_sets(signed_in, workout, workout.slots.get().exercise, 10, week=week)
        finish(signed_in, workout, week)
    mesocycle = Mesocycle.objects.get()
    assert (mesocycle.status, mesocycle.current_week) == ("completed", 3)
    assert mesocycle.completed_at
    assert not workout.prescriptions.filter(week_number__gt=3).exists()


def test_finishing_twice_changes_nothing(signed_in, workout, exercise, finish_url):
    log_sets(signed_in, workout, exercise, 10, 9, 8)
    signed_in.post(finish_url)
    before = WorkoutLog.objects.values().get()
    signed_in.post(finish_url)
    assert WorkoutLog.objects.values().get() == before
    assert workout.prescriptions.filter(week_number=2).count() == 1


def test_a_set_mended_after_the_finish_changes_what_next_week_asks(signed_in, workout, exercise, finish_url):
    log_sets(signed_in, workout, exercise, 10, 9, 8)
    signed_in.post(finish_url)
    first = asked(workout, exercise, 2)
    log_sets(signed_in, workout, exercise, 14)
    second = asked(workout, exercise, 2)
    assert second.replaces == first
    assert second.weight > first.weight == 100
    first.refresh_from_db()
    assert first.superseded_at


def test_once_a_muscle_has_begun_next_week_its_prescription_is_settled(signed_in, workout, exercise, finish_url):
    log_sets(signed_in, workout, exercise, 10, 9, 8)
    signed_in.post(finish_url)
    settled = asked(workout, exercise, 2)
    log_sets(signed_in, workout, exercise, 11, week=2)
    log_sets(signed_in, workout, exercise, 6, 5, 4)
    assert asked(workout, exercise, 2) == settled


def test_still_sore_keeps_the_weight(signed_in, workout, exercise, finish_url):
    """What was said at the start of the session before changes nothing today."""
    signed_in.post(reverse("training:soreness_rate", args=[workout.id, 1, "chest"]), {"soreness_level": 3})
    log_sets(signed_in, workout, exercise, 14, 13, 12)
    signed_in.post(finish_url)
    assert asked(workout, exercise, 2).weight > 100
    signed_in.post(reverse("training:soreness_rate", args=[workout.id, 2, "chest"]), {"soreness_level": 3})
    row = asked(workout, exercise, 2)
    assert (row.weight, row.why(about_sets=False)) == (
        100,
        f"{row.reps} reps with {row.rir} left, one more than planned, and the same weight, "
        "because you are still sore today.",
    )


def test_a_session_without_sets_is_not_finished(signed_in, finish_url, workout):
    assertContains(signed_in.post(finish_url), "Log at least one", status_code=422)
    signed_in.post(reverse("training:soreness_rate", args=[workout.id, 1, "chest"]), {"soreness_level": 1})
    assert signed_in.post(finish_url).status_code == 422
    assert not WorkoutLog.objects.get().is_completed


def test_it_hides_alices_session_from_bob(client, signed_in, bob, workout, exercise, finish_url):
    log_sets(signed_in, workout, exercise, 10)
    client.force_login(bob)
    assert client.post(finish_url).status_code == 404
    assert not WorkoutLog.objects.get().is_completed


def test_opening_its_address_leads_to_the_page_and_stores_nothing(signed_in, finish_url, workout):
    page = reverse("training:workout_detail", args=[workout.id, 1])
    assertRedirects(signed_in.get(finish_url), page, status_code=303)
    assert not WorkoutLog.objects.exists()
    assert signed_in.put(finish_url).status_code == 405


@pytest.mark.parametrize(("week", "at_most"), [(1, 15), (2, 15)])
def test_it_takes_thirteen_queries_and_a_savepoint_however_many_exercises(signed_in, alice, week, at_most):
    counts = []
    for exercises in (2, 8):
        Mesocycle.objects.all().delete()
        workout = planned_workout(alice, *ExerciseFactory.create_batch(exercises), weeks=3)
        for trained in range(1, week + 1):
            for slot in workout.slots.all():
                log_sets(signed_in, workout, slot.exercise, 10, week=trained)
            with CaptureQueriesContext(connection) as queries:
                finish(signed_in, workout, trained)
        counts.append(len(queries))
    assert counts[0] == counts[1] <= at_most


def test_a_set_mended_in_a_finished_session_takes_as_many_however_many_exercises(signed_in, alice):
    counts = []
    for exercises in (2, 8):
        Mesocycle.objects.all().delete()
        workout = planned_workout(alice, *ExerciseFactory.create_batch(exercises))
        log_sets(signed_in, workout, workout.slots.first().exercise, 10)
        finish(signed_in, workout)
        with CaptureQueriesContext(connection) as queries:
            log_sets(signed_in, workout, workout.slots.first().exercise, 14)
        counts.append(len(queries))
    assert counts == [18, 18]
