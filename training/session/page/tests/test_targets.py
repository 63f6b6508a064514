"""What the sets still to do aim for, and what the page says of a question, as the session goes on."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from pytest_django.asserts import assertContains, assertNotContains

from exercises.tests.factories import ExerciseFactory
from training.models import Prescription
from training.session.page.tests.test_cards import session_of
from training.tests.factories import planned_workout
from training.tests.lifting import Lifter, asked


@pytest.fixture
def workout(alice):
    """Makes a workout that asks 3 sets of 100 kg for 8 to 12 reps, 10 in the first."""
    return planned_workout(alice, ExerciseFactory(name="Press"), target_weight=100)


def log(client, workout, number, weight, reps, **more):
    url = reverse("training:set_log", args=[workout.id, 1, workout.slots.get().exercise_id, number])
    assert client.post(url, {"weight": weight, "reps": reps, "unit": "kg"} | more).status_code == 303


def to_do(workout):
    workout.mesocycle.user.refresh_from_db()
    (card,) = session_of(workout).cards
    return [(row.weight, row.reps) for row in card.rows if not row.done], card.words


def test_as_planned_the_rest_aims_for_the_plan(signed_in, workout):
    log(signed_in, workout, 1, 100, 10)
    assert to_do(workout) == ([("100", "9"), ("100", "8")], "")


def test_another_weight_changes_the_reps_to_come(signed_in, workout):
    log(signed_in, workout, 1, 110, 10)
    assert to_do(workout) == ([("110", "7"), ("110", "6")], "")


def test_a_weight_far_from_the_plan_has_no_target(signed_in, workout):
    log(signed_in, workout, 1, 150, 8)
    assert to_do(workout) == ([("150", ""), ("150", "")], "")


def test_below_the_range_the_rest_is_offered_one_step_lighter(signed_in, workout):
    log(signed_in, workout, 1, 100, 6)
    rows, words = to_do(workout)
    assert rows == [("97.5", "9"), ("97.5", "8")]
    assert "97.5 kg" in words
    assertContains(signed_in.get(reverse("training:workout_detail", args=[workout.id, 1])), words)


def test_where_nobody_knew_a_weight_the_first_set_tells(signed_in, alice):
    workout = planned_workout(alice, ExerciseFactory())
    log(signed_in, workout, 1, 60, 18)
    rows, words = to_do(workout)
    assert float(rows[0][0]) > 60
    assert 8 <= int(rows[0][1]) <= 12
    assert words


def test_a_set_in_another_unit_leaves_the_plan_as_it_is(signed_in, workout):
    log(signed_in, workout, 1, 240, 5, unit="lb")
    assert to_do(workout)[0] == [("100", "9"), ("100", "8")]


def test_rows_from_before_the_weights_were_kept_aim_for_the_plan(signed_in, workout):
    Prescription.objects.update(inputs={})
    log(signed_in, workout, 1, 110, 5)
    assert to_do(workout) == ([("100", "9"), ("100", "8")], "")


def test_a_question_whose_answer_changes_nothing_says_so(signed_in, alice):
    workout, lifter = planned_workout(alice, ExerciseFactory(), weeks=3), Lifter(alice, alice.today() - timedelta(7))
    lifter.train(workout, 1, 10, 9, 8, soreness=0, pump=1, challenge=1)
    page = reverse("training:workout_detail", args=[workout.id, 2])
    assertNotContains(signed_in.get(page), "Answer if you like")
    exercise = workout.slots.get().exercise
    lifter.log(workout, 2, exercise, *[10] * asked(workout, exercise, 2).sets)
    assertContains(signed_in.get(page), "Answer if you like: next week is the deload", count=2)


def test_days_off_show_on_the_page_as_soon_as_it_is_opened(signed_in, alice):
    workout, lifter = planned_workout(alice, ExerciseFactory()), Lifter(alice)
    lifter.train(workout, 1, 10, 9, 8, soreness=0, pump=1, challenge=1)  # months ago
    exercise = workout.slots.get().exercise
    assert asked(workout, exercise, 2).weight == 100
    page = signed_in.get(reverse("training:workout_detail", args=[workout.id, 2]))
    assert asked(workout, exercise, 2).weight < 100
    assertContains(page, "days off")
    rows = workout.prescriptions.count()
    signed_in.get(reverse("training:workout_detail", args=[workout.id, 2]))
    assert workout.prescriptions.count() == rows


@pytest.mark.parametrize(("mode", "planned"), [("cors", 0), ("navigate", 1)])
def test_a_phone_that_saves_the_page_ahead_plans_nothing(signed_in, alice, mode, planned):
    workout, lifter = planned_workout(alice, ExerciseFactory()), Lifter(alice)
    lifter.train(workout, 1, 10, 9, 8, soreness=0, pump=1, challenge=1)  # months ago
    rows = workout.prescriptions.count()
    signed_in.get(reverse("training:workout_detail", args=[workout.id, 2]), headers={"Sec-Fetch-Mode": mode})
    assert workout.prescriptions.count() == rows + planned


def test_today_is_saved_first_and_plans_what_comes_next(signed_in, alice):
    workout, lifter = planned_workout(alice, ExerciseFactory()), Lifter(alice)
    lifter.train(workout, 1, 10, 9, 8, soreness=0, pump=1, challenge=1)  # months ago
    rows = workout.prescriptions.count()
    [first, second, *_] = signed_in.get(reverse("training:pages_ahead")).json()["pages"]
    assert (first["url"], second["url"]) == ("/", reverse("training:workout_detail", args=[workout.id, 2]))
    for page in (first, second):
        signed_in.get(page["url"], headers={"Sec-Fetch-Mode": "cors"})
    assert workout.prescriptions.count() == rows + 1
    assertContains(signed_in.get(second["url"], headers={"Sec-Fetch-Mode": "cors"}), "days off")


def test_an_open_question_takes_six_queries_more_whatever_the_history(signed_in, alice):
    workout, lifter = planned_workout(alice, ExerciseFactory()), Lifter(alice, alice.today() - timedelta(14))
    exercise, counts = workout.slots.get().exercise, []
    for week in (1, 2, 3):
        lifter.log(workout, week, exercise, *[10] * asked(workout, exercise, week).sets)
        with CaptureQueriesContext(connection) as queries:
            signed_in.get(reverse("training:workout_detail", args=[workout.id, week]))
        counts.append(len(queries))
        lifter.finish(workout, week)
    assert counts == [13, 12, 12]


def test_the_other_sets_follow_the_rir_of_the_first(signed_in, workout):
    log(signed_in, workout, 1, 100, 10, rir=5)
    rows, words = to_do(workout)
    assert rows == [("100", "11"), ("100", "10")]
    assert words == "You had 5 left, so go for 11, 10 in the next sets."
    log(signed_in, workout, 2, 105, 10)  # from there on as with any other weight
    assert to_do(workout) == ([("105", "9")], "")


def test_a_first_set_that_was_light_makes_the_others_heavier(signed_in, workout):
    log(signed_in, workout, 1, 100, 14, rir=5)
    rows, words = to_do(workout)
    assert rows[0] == ("102.5", "14")
    assert words == "That was light: take 102.5 kg for the next sets."


def test_after_the_last_set_nothing_is_said_of_the_next_ones(signed_in, workout):
    log(signed_in, workout, 1, 100, 9)
    log(signed_in, workout, 2, 100, 6)
    assert to_do(workout) == ([("97.5", "8")], "Fewer than 8 reps: take 97.5 kg for the next sets.")
    log(signed_in, workout, 3, 97.5, 6)
    assert to_do(workout) == ([], "")


def test_a_slip_is_no_order_for_the_sets_to_come(signed_in, workout):
    log(signed_in, workout, 1, 1000, 10)
    assert to_do(workout) == ([("100", "9"), ("100", "8")], "")
