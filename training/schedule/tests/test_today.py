from datetime import date, timedelta
from decimal import Decimal

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone
from pytest_django.asserts import assertContains, assertNotContains

from exercises.tests.factories import ExerciseFactory
from training.prescribing import writing
from training.schedule.today import Upcoming, load_upcoming
from training.schedule.weeks import Occurrence
from training.session.page.tests.test_workout_detail import with_history
from training.session.tests.test_workout_finish import finish, log_sets
from training.tests.factories import SlotFactory, WorkoutFactory, planned_workout
from training.tests.lifting import Lifter

TODAY = reverse("training:today")


def test_without_a_mesocycle_it_says_what_one_is_and_where_to_start(signed_in):
    answer = signed_in.get(TODAY)
    assertContains(answer, "No mesocycle is running")
    assertContains(answer, reverse("training:template_list"))


def test_it_offers_the_next_workout_with_one_button(signed_in, workout):
    answer = signed_in.get(TODAY)
    assertContains(answer, "Start workout")
    assertContains(answer, reverse("training:workout_detail", args=[workout.id, 1]))
    assertContains(answer, "week 1 of 5")


def test_it_resumes_a_session_under_way(signed_in, workout, exercise):
    log_sets(signed_in, workout, exercise, 10)
    assertContains(signed_in.get(TODAY), "Resume workout")


def test_after_a_week_it_says_what_changes_and_why(signed_in, workout, exercise):
    log_sets(signed_in, workout, exercise, 10, 9, 8)
    finish(signed_in, workout)
    answer = signed_in.get(TODAY)
    assertContains(answer, "week 2 of 5")
    assertContains(answer, "What changes, and why")
    assertContains(answer, "Go for 11 reps: in this workout you last did 10 with 3 planned in reserve, now leave 2.")


def upcoming_of(lifter, workout, *, week, day=0):
    workout.mesocycle.refresh_from_db()
    [one] = load_upcoming(workout.mesocycle, now=lifter.at(week, day)).prescribed
    return one


def test_weight_and_reps_are_compared_with_what_was_done(alice, press):
    workout, lifter = planned_workout(alice, press, target_weight=100), Lifter(alice)
    lifter.train(workout, 1, 10, 9, 8, weight="110")
    one = upcoming_of(lifter, workout, week=2)
    assert (one.now.weight, one.now.reps) == (Decimal(110), 11)
    assert one.changes == ["+1 rep", "2 RIR, was 3"]  # 100 kg was asked, but 110 kg is what its sentence speaks of


def test_more_in_reserve_after_days_off_is_told(alice, press):
    workout, lifter = planned_workout(alice, press, target_weight=100), Lifter(alice)
    lifter.train(workout, 1, 10, 9, 8, soreness=1, pump=2, challenge=1)
    writing.prescribe_anew(workout.mesocycle_id, today=lifter.day(2, 5))
    assert upcoming_of(lifter, workout, week=2, day=5).why[-1] == "3 left, one more than planned, after 12 days."


def test_what_every_exercise_has_as_its_reason_is_said_once(signed_in, alice):
    workout = planned_workout(alice, ExerciseFactory(), ExerciseFactory(muscle_group="legs"), weeks=5, target_weight=80)
    signed_in.post(reverse("training:deload_now", args=[workout.mesocycle_id]), {"of": "everything"})
    page = signed_in.get("/").content.decode()
    assert page.count("You asked for a deload: about a third of the work this week.") == 1


def test_after_the_last_workout_it_offers_the_next_plan(signed_in, alice):
    workout = planned_workout(alice, weeks=3)
    for week in (1, 2, 3):
        log_sets(signed_in, workout, workout.slots.get().exercise, 10, week=week)
        finish(signed_in, workout, week)
    assertContains(signed_in.get(TODAY), reverse("training:template_list"))
    assertNotContains(signed_in.get(TODAY), "Start workout")


def test_it_shows_nothing_of_alices_to_bob(client, bob, workout):
    client.force_login(bob)
    assertNotContains(client.get(TODAY), workout.name)


def test_it_shows_visitors_what_this_is_and_nothing_of_anybodys(client, workout):
    answer = client.get(TODAY)
    assertContains(answer, reverse("account_login"))
    assertNotContains(answer, workout.name)


def test_it_takes_at_most_eight_queries_whatever_the_history(signed_in, alice):
    exercises = [ExerciseFactory(muscle_group=muscle) for muscle in ("chest", "chest", "back", "legs")]
    workout = planned_workout(alice, *exercises)
    counts = []
    for week, sessions in ((1, 0), (2, 1), (3, 30)):
        with_history(alice, exercises, sessions)
        for exercise in exercises:
            log_sets(signed_in, workout, exercise, 10, 9, 8, week=week)
        finish(signed_in, workout, week)
        with CaptureQueriesContext(connection) as queries:
            signed_in.get(TODAY)
        counts.append(len(queries))
    assert counts == [6, 6, 6]


@pytest.mark.parametrize(
    ("week", "today", "expected"),
    [
        (1, date(2026, 11, 30), None),  # Thursday of this week
        (2, date(2026, 11, 30), date(2026, 12, 10)),
        (2, date(2026, 12, 6), date(2026, 12, 10)),  # a Sunday: next week begins tomorrow
        (2, date(2026, 12, 7), None),
        (2, date(2026, 12, 20), None),  # it is late, and waits
    ],
)
def test_a_day_after_this_week_has_its_date(alice, press, week, today, expected):
    workout = planned_workout(alice, press)
    workout.day_of_week, workout.mesocycle.start_date = 3, date(2026, 11, 30)
    workout.mesocycle.end_date = None
    upcoming = Upcoming(Occurrence(workout, week, None, timezone.now()), week_untouched=True, prescribed=[])
    assert upcoming.day_after_this_week(today) == expected


def test_the_date_stands_beside_the_day(signed_in, workout, exercise, alice):
    workout.mesocycle.start_date = alice.today() - timedelta(days=alice.today().weekday())
    workout.mesocycle.save()
    workout.day_of_week = 0
    workout.save()
    monday = workout.mesocycle.start_date + timedelta(weeks=1)
    assertNotContains(signed_in.get(TODAY), f"{monday:%B}</small>")
    log_sets(signed_in, workout, exercise, 10, 9, 8)
    finish(signed_in, workout)
    assertContains(signed_in.get(TODAY), f"Monday <small>{monday.day} {monday:%B}</small>")


def test_the_page_has_the_other_workouts_of_the_week_in_their_order_for_a_phone_without_a_signal(
    signed_in, workout, exercise
):
    mesocycle = workout.mesocycle
    second, third = (WorkoutFactory(mesocycle=mesocycle) for _ in range(2))
    for one in (second, third):
        SlotFactory(workout=one, exercise=exercise)
    log_sets(signed_in, third, exercise, 10)
    now = timezone.now()
    upcoming = load_upcoming(mesocycle, now=now)
    assert [one.workout for one in (upcoming.occurrence, *upcoming.later)] == [third, workout, second]
    finish(signed_in, third)
    mesocycle.refresh_from_db()
    upcoming = load_upcoming(mesocycle, now=now)
    assert [one.workout for one in (upcoming.occurrence, *upcoming.later)] == [workout, second]
