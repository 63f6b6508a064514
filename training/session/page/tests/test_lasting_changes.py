"""What was changed for today alone is asked about once the session is finished, and one tap makes it last."""

import pytest
from django.urls import reverse

from exercises.tests.factories import ExerciseFactory
from training.session.page.tests.test_cards import do, session_of
from training.tests.factories import planned_workout


@pytest.fixture
def fly(db):
    return ExerciseFactory(name="Fly")


@pytest.fixture
def dip(db):
    return ExerciseFactory(name="Dip")


@pytest.fixture
def workout(alice, press, fly):
    return planned_workout(alice, press, fly)


@pytest.fixture
def post(signed_in, workout):
    def send(name, *args, **said):
        return signed_in.post(reverse(f"training:{name}", args=[workout.id, 1, *args]), said)

    return send


@pytest.fixture
def finished(post, workout):
    """Returns the changes that are asked about after a set and a finish."""

    def changes(exercise):
        do(workout, 1, 60, 8, exercise=exercise)
        post("workout_finish")
        return session_of(workout).changes

    return changes


def names_in_plan(workout):
    return list(workout.slots.values_list("exercise__name", flat=True))


def keep(client, change):
    return client.post(change.url, dict(change.fields))


def test_nothing_changed_nothing_asked(finished, press):
    assert finished(press) == ()


def test_another_number_of_sets_for_today_can_last(signed_in, post, finished, workout, press):
    post("exercise_sets", press.id, sets=5, scope="today")
    (change,) = finished(press)
    assert change.words == f"{press.name}: 5 sets instead of 3"
    keep(signed_in, change)
    assert session_of(workout).changes == ()
    assert workout.slots.get(exercise=press).target_sets == 5
    assert workout.prescriptions.current().get(exercise=press, week_number=2).sets == 5


def test_sets_that_less_time_leaves_out_are_not_asked_about(post, finished, press):
    post("workout_shorten", minutes=10)
    assert finished(press) == ()


def test_a_swap_for_today_can_last(signed_in, post, finished, workout, press, dip):
    post("exercise_swap", press.id, exercise=dip.id, scope="today")
    (change,) = finished(dip)
    assert change.words == "Dip in place of Press"
    assert names_in_plan(workout) == ["Press", "Fly"]
    for _ in range(2):
        assert keep(signed_in, change).status_code == 303
        assert names_in_plan(workout) == ["Dip", "Fly"]
    assert session_of(workout).changes == ()
    week_2 = workout.prescriptions.current().filter(week_number=2).values_list("exercise__name", flat=True)
    assert set(week_2) == {"Dip", "Fly"}


def test_a_swap_of_a_swap_takes_the_first_ones_place(signed_in, post, finished, workout, press, dip):
    cable = ExerciseFactory(name="Cable")
    post("exercise_swap", press.id, exercise=dip.id, scope="today")
    post("exercise_swap", dip.id, exercise=cable.id, scope="today")
    (change,) = finished(cable)
    keep(signed_in, change)
    assert names_in_plan(workout) == ["Cable", "Fly"]


def test_an_exercise_added_for_today_can_last(signed_in, post, finished, workout, dip):
    post("exercise_add", exercise=dip.id, scope="today")
    (change,) = finished(dip)
    assert change.words == "Dip added"
    for _ in range(2):
        keep(signed_in, change)
        assert names_in_plan(workout) == ["Press", "Fly", "Dip"]
    assert session_of(workout).changes == ()


def test_an_exercise_left_out_today_can_stay_out(signed_in, post, finished, workout, press, fly):
    post("exercise_remove", fly.id, scope="today")
    (change,) = finished(press)
    assert change.words == "Fly left out"
    for _ in range(2):
        keep(signed_in, change)
        assert names_in_plan(workout) == ["Press"]
    assert session_of(workout).changes == ()


def test_what_was_swapped_back_sets_order_and_minutes_are_not_asked_about(post, finished, press, fly, dip):
    post("exercise_swap", press.id, exercise=dip.id, scope="today")
    post("exercise_swap", dip.id, exercise=press.id, scope="today")
    post("exercise_sets", press.id, sets="5", scope="today")
    post("exercise_move", press.id, place="2")
    post("workout_shorten", minutes="10")
    assert finished(press) == ()


def test_an_exercise_left_out_of_a_shortened_day_can_stay_out(post, finished, press, fly):
    post("workout_shorten", minutes="20")
    post("exercise_remove", fly.id, scope="today")
    assert [change.words for change in finished(press)] == ["Fly left out"]


def test_what_was_changed_for_good_is_not_asked_about(post, finished, press, fly, dip):
    post("exercise_swap", press.id, exercise=dip.id, scope="from_now_on")
    post("exercise_remove", fly.id, scope="from_now_on")
    assert finished(dip) == ()


def test_before_the_end_and_in_the_last_week_nothing_is_asked(post, alice, workout, fly):
    post("exercise_remove", fly.id, scope="today")
    assert session_of(workout).changes == ()
    workout.only_week = 1
    workout.save()
    do(workout, 1, 60, 8)
    post("workout_finish")
    assert session_of(workout).changes == ()
