"""Supersets of a plan: paired in the builder, and carried wherever the plan goes."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone
from pytest_django.asserts import assertContains, assertNotContains

from exercises.tests.factories import ExerciseFactory
from training.catalogue import sharing
from training.models import Template, Workout
from training.plan import builder, next_mesocycle
from training.plan.from_template import plan_from_template
from training.plan.overview import load_overview
from training.schedule import deload, rescheduling
from training.session import changes
from training.session.recording import SessionKey
from training.session.tests.test_exercise_superset import planned, supersets
from training.tests.factories import planned_workout
from training.tests.lifting import Lifter, asked

PAIR, ALONE = [("Press", "Row")], []
NOW = timezone.now


@pytest.fixture
def curl(db):
    return ExerciseFactory(name="Curl", muscle_group="bis", mechanic="isolation")


@pytest.fixture
def workout(alice, press, row, curl):
    return planned_workout(alice, press, row, curl)


@pytest.fixture
def pair(signed_in, workout):
    def post(one, other, status=303):
        at = reverse("training:slot_superset", args=[workout.id, one.id])
        answer = signed_in.post(at, {"with": other.id if other else ""})
        assert answer.status_code == status
        return answer

    return post


def test_paired_the_next_session_has_it_and_saying_it_again_changes_nothing(pair, workout, press, row):
    for one, other in ((press, row), (press, row), (row, press)):
        pair(one, other)
        assert (planned(workout), supersets(workout)) == (PAIR, PAIR)
    assert workout.prescriptions.count() == 5


def test_taken_out_both_are_alone(pair, workout, press, row):
    pair(press, row)
    for _ in range(2):
        pair(row, None)
        assert (planned(workout), supersets(workout)) == (ALONE, ALONE)


def test_who_is_no_neighbour_is_refused_with_words(pair, signed_in, workout, press, curl):
    assertContains(pair(press, curl, 422), "Press and Curl cannot be paired in this plan", status_code=422)
    at = reverse("training:slot_superset", args=[workout.id, press.id])
    assert signed_in.post(at, {"with": "x"}).status_code == 422
    assert signed_in.post(reverse("training:slot_superset", args=[workout.id, 9**9]), {}).status_code == 404
    assert planned(workout) == ALONE


def test_its_mark_is_none_of_a_pair_for_today(signed_in, pair, workout, press, row, curl):
    at = reverse("training:exercise_superset", args=[workout.id, 1, press.id])
    signed_in.post(at, {"with": row.id, "scope": "today"})
    pair(row, curl)
    assert (planned(workout), supersets(workout)) == ([("Row", "Curl")], PAIR)


def test_the_page_brackets_them_and_counts_the_rest_of_a_round_once(pair, signed_in, workout, press, row):
    url = reverse("training:day_detail", args=[workout.id])
    alone = load_overview(workout.mesocycle).day(workout).minutes
    assertNotContains(signed_in.get(url), 'class="superset"')
    pair(press, row)
    page = signed_in.get(url)
    assertContains(page, '<div class="superset" role="group"', count=1)
    assertContains(page, "Pair with next", count=1)
    assertContains(page, "Unpair", count=2)
    assert load_overview(workout.mesocycle).day(workout).minutes < alone


def test_removed_the_other_is_alone_and_put_back_they_are_a_pair(pair, signed_in, workout, press, row):
    pair(press, row)
    signed_in.post(reverse("training:slot_remove", args=[workout.id, press.id]))
    assert (planned(workout), supersets(workout)) == (ALONE, ALONE)
    signed_in.post(reverse("training:plan_undo", args=[workout.mesocycle.id]))
    assert (planned(workout), supersets(workout)) == (PAIR, PAIR)


def test_swapped_the_other_one_takes_its_place_in_the_pair(pair, workout, press, row):
    pair(press, row)
    fly = ExerciseFactory(name="Fly")
    builder.swap_slot(workout, press.id, other=fly, now=NOW())
    assert (planned(workout), supersets(workout)) == ([("Fly", "Row")], [("Fly", "Row")])


def test_moved_away_it_is_alone(pair, workout, press, row):
    pair(press, row)
    builder.move_slot(workout, press.id, place=3, now=NOW())
    assert (planned(workout), supersets(workout)) == (ALONE, ALONE)


def test_what_the_lifter_put_into_a_session_follows_the_plan(alice, pair, workout, press, row, curl):
    lifter = Lifter(alice, alice.today() - timedelta(days=7))
    lifter.train(workout, 1, 10, 9, 8)
    fly = ExerciseFactory(name="Fly")
    changes.add_exercise(SessionKey(alice.id, workout.id, 2), exercise=fly, scope="from_now_on")
    pair(curl, fly)
    assert supersets(workout, 2) == [("Curl", "Fly")]
    pair(curl, None)
    assert supersets(workout, 2) == ALONE


def test_another_range_of_what_was_added_leaves_the_pairs_of_today(alice, signed_in, workout, curl):
    Lifter(alice, alice.today() - timedelta(days=7)).train(workout, 1, 10, 9, 8)
    fly = ExerciseFactory(name="Fly")
    builder.add_slot(workout, exercise=fly, now=NOW())
    at = reverse("training:exercise_superset", args=[workout.id, 2, curl.id])
    signed_in.post(at, {"with": fly.id, "scope": "today"})
    before = asked(workout, fly, 2)
    said = {"target_reps_min": 5, "target_reps_max": 6}
    builder.edit_slot(workout, fly.id, sets=3, said=said, now=NOW())
    assert asked(workout, fly, 2).reps != before.reps
    assert (planned(workout), supersets(workout, 2)) == (ALONE, [("Curl", "Fly")])


def test_a_session_whose_muscle_has_begun_keeps_its_rows(alice, pair, workout, press, row):
    lifter = Lifter(alice, alice.today())
    lifter.log(workout, 1, press, 10)
    pair(press, row)
    assert (planned(workout), supersets(workout)) == (PAIR, ALONE)
    lifter.log(workout, 1, row, 10)
    lifter.finish(workout, 1)
    assert supersets(workout, 2) == PAIR


# Carried


def test_a_copy_of_the_day_has_the_pair(pair, workout, press, row):
    pair(press, row)
    copy = builder.duplicate_day(workout, now=NOW())
    assert (planned(copy), supersets(copy)) == (PAIR, PAIR)


def test_a_template_has_it_and_so_has_who_takes_a_copy(pair, alice, bob, workout, press, row):
    pair(press, row)
    template = Template.objects.create(user=alice, name="Mine", config=sharing.config_of(workout.mesocycle))
    assert planned(plan_from_template(alice, template).workouts.get()) == PAIR
    taken = sharing.take_over(bob, sharing.read_shared(sharing.json.dumps(sharing.to_shared(template))))
    plan = plan_from_template(bob, taken).workouts.get()
    assert (planned(plan), supersets(plan)) == (PAIR, PAIR)


@pytest.mark.parametrize("mark", [0, 100, "1", 1.0, True])
def test_a_mark_that_is_none_is_refused_from_a_stranger_and_alone_in_a_plan(alice, press, row, mark):
    slots = [{"exercise_id": one.id, "superset": mark} for one in (press, row)]
    config = {"duration_weeks": 5, "workouts": [{"name": "Day", "exercises": slots}]}
    template = Template.objects.create(user=alice, name="Mine", config=config)
    assert "It is planned alone" in template.plan.said_of(1, press.id)[0]
    assert planned(plan_from_template(alice, template).workouts.get()) == ALONE
    shared = sharing.to_shared(template)
    for slot in shared["workouts"][0]["exercises"]:
        slot["superset"] = mark
    with pytest.raises(sharing.BadTemplate, match="marked by a number from 1 to 99"):
        sharing.read_shared(sharing.json.dumps(shared))


def test_the_next_mesocycle_has_it(alice, pair, workout, press, row):
    pair(press, row)
    lifter = Lifter(alice, alice.today() - timedelta(days=40))
    lifter.train(workout, 1, 10, 9, 8)
    ahead = next_mesocycle.plan_next(workout.mesocycle, week=1, weeks=5, name="Next", today=alice.today(), at=NOW())
    copy = Workout.objects.get(mesocycle=ahead)
    assert (planned(copy), supersets(copy)) == (PAIR, PAIR)


@pytest.mark.parametrize(("scope", "left"), [("today", ALONE), ("from_now_on", PAIR)])
def test_a_repeated_week_has_the_pairs_of_the_plan(alice, signed_in, workout, press, row, scope, left):
    at = reverse("training:exercise_superset", args=[workout.id, 1, press.id])
    signed_in.post(at, {"with": row.id, "scope": scope})
    lifter = Lifter(alice, alice.today())
    lifter.log(workout, 1, press, 10, 9, 8)
    rescheduling.repeat_week(workout.mesocycle, week=1, day=alice.today(), now=NOW())
    assert (supersets(workout), supersets(workout, 2)) == (PAIR, left)


def test_a_deload_has_it(alice, pair, workout, press, row):
    pair(press, row)
    deload.deload_week(workout.mesocycle, now=NOW())
    assert supersets(workout) == PAIR


def test_an_extra_session_like_the_workout_has_it(alice, pair, workout, press, row):
    pair(press, row)
    session, _ = rescheduling.add_session(workout.mesocycle, name="Again", like=workout, day=alice.today())
    assert supersets(session) == PAIR
