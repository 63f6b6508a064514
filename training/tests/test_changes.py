"""Changing a session's plan: today or from now on, twice is once, nothing logged is lost."""

from decimal import Decimal

import pytest
from django.urls import reverse
from pytest_django.asserts import assertContains, assertNotContains, assertNumQueries

from exercises.tests.factories import ExerciseFactory
from training.models import Prescription, Set
from training.tests.factories import planned_workout
from training.tests.test_workout_finish import asked, finish, log_sets


@pytest.fixture
def press(db):
    return ExerciseFactory(name="Press")


@pytest.fixture
def fly(db):
    return ExerciseFactory(name="Fly", equipment="cable")


@pytest.fixture
def row(db):
    return ExerciseFactory(name="Row", muscle_group="back")


@pytest.fixture
def workout(alice, press, row):
    return planned_workout(alice, press, row)


@pytest.fixture
def change(signed_in, workout):
    def post(name, of=None, /, *, week=1, **typed):
        place = [workout.id, week] + ([of.id] if of else [])
        return signed_in.post(reverse(f"training:{name}", args=place), typed)

    return post


def current(workout, week=1):
    rows = workout.prescriptions.current().filter(week_number=week).order_by("position")
    return [(row.exercise.name, row.sets) for row in rows]


# Sets


def test_one_set_less_today_leaves_next_week_as_planned(signed_in, change, workout, press):
    assert change("exercise_sets", press, sets=2, scope="today").status_code == 303
    assert current(workout) == [("Press", 2), ("Row", 3)]
    log_sets(signed_in, workout, press, 10, 9)
    finish(signed_in, workout)
    assert asked(workout, press, 2).sets == 3


def test_one_set_more_from_now_on_is_the_new_base(signed_in, change, workout, press):
    change("exercise_sets", press, sets=4, scope="from_now_on")
    assert workout.slots.get(exercise=press).target_sets == 4
    log_sets(signed_in, workout, press, 10, 9, 8, 8)
    finish(signed_in, workout)
    assert asked(workout, press, 2).sets == 4


def test_a_set_more_than_asked_is_logged_without_changing_the_plan(signed_in, workout, press):
    log_sets(signed_in, workout, press, 10, 9, 8, 8)
    assert current(workout) == [("Press", 3), ("Row", 3)]
    page = signed_in.get(reverse("training:workout_detail", args=[workout.id, 1]))
    assertContains(page, "Press, set 4")
    assertContains(page, "Press, set 5")  # the next one more
    finish(signed_in, workout)
    assert asked(workout, press, 2).sets == 3


def test_saying_it_again_changes_nothing(change, workout, press):
    for _ in range(2):
        change("exercise_sets", press, sets=2, scope="today")
    assert Prescription.objects.filter(workout=workout, exercise=press).count() == 2


def test_what_stood_is_superseded_and_says_so(change, workout, press):
    before = asked(workout, press, 1)
    change("exercise_sets", press, sets=2)
    after = asked(workout, press, 1)
    before.refresh_from_db()
    assert (after.replaces, before.superseded_at is not None) == (before, True)
    assert after.sentences[0] == "Sets today by your choice: 2. Next week goes on from the plan."


@pytest.mark.parametrize(("sets", "words"), [("0", "To leave it out, remove it"), ("16", "at most 15"), ("x", "whole")])
def test_sets_that_cannot_be_are_refused_with_words(change, workout, press, sets, words):
    assertContains(change("exercise_sets", press, sets=sets), words, status_code=422)
    assert current(workout) == [("Press", 3), ("Row", 3)]


# Swap


def test_a_swap_for_today_keeps_the_place_and_comes_back_next_week(signed_in, change, workout, press, fly):
    answer = change("exercise_swap", press, exercise=fly.id, scope="today")
    assert answer.url.endswith(f"#exercise-{fly.id}")
    assert current(workout) == [("Fly", 3), ("Row", 3)]
    assert asked(workout, fly, 1).sentences[0] == "You chose it in place of Press."
    log_sets(signed_in, workout, fly, 12, 12, 12, weight="20")
    finish(signed_in, workout)
    assert current(workout, 2) == [("Press", 3), ("Row", 3)]


def test_a_swap_from_now_on_stays(signed_in, change, workout, press, fly):
    change("exercise_swap", press, exercise=fly.id, scope="from_now_on")
    log_sets(signed_in, workout, fly, 12, 12, 12, weight="20")
    finish(signed_in, workout)
    assert current(workout, 2) == [("Fly", 3), ("Row", 3)]
    assert asked(workout, fly, 2).weight == Decimal("20.00")


def test_a_swap_keeps_what_was_logged(signed_in, change, workout, press, fly):
    log_sets(signed_in, workout, press, 10)
    change("exercise_swap", press, exercise=fly.id, scope="today")
    page = signed_in.get(reverse("training:workout_detail", args=[workout.id, 1]))
    assertContains(page, "what you logged of it counts")
    assert Set.objects.get().exercise == press


def test_a_swap_said_again_changes_nothing(change, workout, press, fly):
    for _ in range(2):
        assert change("exercise_swap", press, exercise=fly.id).status_code == 303
    assert current(workout) == [("Fly", 3), ("Row", 3)]


def test_a_swap_back_resumes(change, workout, press, fly):
    change("exercise_swap", press, exercise=fly.id)
    change("exercise_swap", fly, exercise=press.id)
    assert current(workout) == [("Press", 3), ("Row", 3)]


def test_what_is_there_already_is_no_choice(change, press, row):
    assertContains(change("exercise_swap", press, exercise=row.id), "is in this workout already", status_code=422)


def test_the_page_offers_the_same_muscle_group(signed_in, workout, press, fly, row):
    page = signed_in.get(reverse("training:exercise_swap", args=[workout.id, 1, press.id]))
    assertContains(page, "Fly")
    assertNotContains(page, f'value="{row.id}"')
    assertNotContains(page, f'value="{press.id}"')


@pytest.mark.parametrize("typed", ["", "x", "999999"])
def test_no_exercise_is_refused(change, press, typed):
    assert change("exercise_swap", press, exercise=typed).status_code == 422


# Add and remove


def test_an_exercise_added_today_is_gone_next_week(signed_in, change, workout, fly):
    change("exercise_add", exercise=fly.id, scope="today")
    assert current(workout) == [("Press", 3), ("Row", 3), ("Fly", 3)]
    log_sets(signed_in, workout, fly, 12)
    finish(signed_in, workout)
    assert current(workout, 2) == [("Press", 3), ("Row", 3)]


def test_an_exercise_added_from_now_on_stays(signed_in, change, workout, fly):
    for _ in range(2):
        change("exercise_add", exercise=fly.id, scope="from_now_on")
    log_sets(signed_in, workout, fly, 12, 12, 12, weight="20")
    finish(signed_in, workout)
    assert current(workout, 2) == [("Press", 3), ("Row", 3), ("Fly", 3)]


def test_an_exercise_removed_today_returns_next_week(signed_in, change, workout, press, row):
    for _ in range(2):
        assert change("exercise_remove", row, scope="today").status_code == 303
    assert current(workout) == [("Press", 3)]
    log_sets(signed_in, workout, press, 10, 9, 8)
    finish(signed_in, workout)
    assert current(workout, 2) == [("Press", 3), ("Row", 3)]


def test_an_exercise_removed_from_now_on_stays_away(signed_in, change, workout, press, row):
    change("exercise_remove", row, scope="from_now_on")
    log_sets(signed_in, workout, press, 10, 9, 8)
    finish(signed_in, workout)
    assert current(workout, 2) == [("Press", 3)]


def test_bobs_own_exercise_is_no_choice(change, bob):
    assert change("exercise_add", exercise=ExerciseFactory(user=bob).id).status_code == 422


# Order


def test_an_exercise_moves_today_and_in_the_plan(signed_in, change, workout, press, row):
    for _ in range(2):
        change("exercise_move", press, place=2)
    assert current(workout) == [("Row", 3), ("Press", 3)]
    log_sets(signed_in, workout, press, 10, 9, 8)
    finish(signed_in, workout)
    assert current(workout, 2) == [("Row", 3), ("Press", 3)]


def test_what_the_lifter_chose_for_a_session_to_come_is_not_undone_by_a_late_fact(signed_in, change, workout, press):
    log_sets(signed_in, workout, press, 10, 9, 8)
    finish(signed_in, workout)
    change("exercise_sets", press, week=2, sets=2, scope="today")
    log_sets(signed_in, workout, press, 14)
    assert asked(workout, press, 2).sets == 2


@pytest.mark.parametrize("name", ["exercise_sets", "exercise_swap", "exercise_remove", "exercise_move"])
def test_it_hides_alices_workout_from_bob(client, bob, workout, press, fly, name):
    client.force_login(bob)
    url = reverse(f"training:{name}", args=[workout.id, 1, press.id])
    assert client.post(url, {"sets": 2, "exercise": fly.id, "place": 1}).status_code == 404
    assert current(workout) == [("Press", 3), ("Row", 3)]


@pytest.mark.parametrize("more", [0, 60])
def test_the_pages_of_choices_take_as_many_queries_however_long(signed_in, workout, press, more):
    ExerciseFactory.create_batch(more)
    with assertNumQueries(5):  # session, user, workout, exercise, choices
        signed_in.get(reverse("training:exercise_swap", args=[workout.id, 1, press.id]))
    with assertNumQueries(4):
        signed_in.get(reverse("training:exercise_add", args=[workout.id, 1]))
