"""Changing a session's plan: today or from now on, twice is once, nothing logged is lost."""

from decimal import Decimal

import pytest
from django.urls import reverse
from pytest_django.asserts import assertContains, assertNotContains, assertNumQueries

from exercises.tests.factories import ExerciseFactory
from training.models import Prescription, Set
from training.models.bounds import DAY_IS_FULL, EXERCISES
from training.session.tests.test_workout_finish import asked, finish, log_sets
from training.tests.factories import planned_workout


@pytest.fixture
def fly(db):
    return ExerciseFactory(name="Fly", equipment="cable")


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
    assertNotContains(page, "Press, set 5")
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
    assert after.sentences[0] == "You chose 2 sets for today. Next week goes on from the plan."


@pytest.mark.parametrize(("sets", "words"), [("0", "To leave it out, remove it"), ("16", "to 15 sets"), ("x", "whole")])
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


def test_what_the_workout_has_already_is_not_offered_to_be_added(signed_in, change, workout, press, row, fly):
    page = reverse("training:exercise_add", args=[workout.id, 1])
    log_sets(signed_in, workout, press, 10)
    offered = signed_in.get(page).context["choices"]
    assert [one.id for one in (*offered.known, *offered.others)] == [fly.id]
    change("exercise_remove", row, scope="today")
    offered = signed_in.get(page).context["choices"]
    assert {one.id for one in offered.others} == {fly.id, row.id}


def test_several_are_added_at_once_all_or_none(signed_in, change, bob, workout, fly):
    curl, theirs = ExerciseFactory(name="Curl", muscle_group="bis"), ExerciseFactory(user=bob)
    for said in ({"exercises": [fly.id, theirs.id]}, {"exercises": [fly.id, "x"]}, {}):
        assert change("exercise_add", scope="today", **said).status_code == 422
    assert current(workout) == [("Press", 3), ("Row", 3)]
    page = signed_in.get(reverse("training:exercise_add", args=[workout.id, 1]))
    assertContains(page, 'name="exercises"', count=2)
    for _ in range(2):  # a double tap; what is tapped counts beside what is ticked
        assert change("exercise_add", scope="today", exercise=fly.id, exercises=[fly.id, curl.id]).status_code == 303
    assert sorted(current(workout)) == [("Curl", 3), ("Fly", 3), ("Press", 3), ("Row", 3)]


def test_of_several_none_is_added_where_there_is_no_room_for_all(signed_in, alice, fly):
    full = planned_workout(alice, *(ExerciseFactory() for _ in range(EXERCISES.most - 1)))
    url, several = reverse("training:exercise_add", args=[full.id, 1]), [fly.id, ExerciseFactory().id]
    assertContains(signed_in.post(url, {"exercises": several}), DAY_IS_FULL, status_code=422)
    day = reverse("training:slot_add", args=[full.id])
    assertContains(signed_in.post(day, {"exercises": several}), DAY_IS_FULL, status_code=422)
    assert full.slots.count() == len(current(full)) == EXERCISES.most - 1


@pytest.mark.parametrize("scope", ["today", "from_now_on"])
def test_a_full_workout_refuses_one_more_and_keeps_the_choice(signed_in, alice, fly, scope):
    full = planned_workout(alice, *(ExerciseFactory() for _ in range(EXERCISES.most)))
    url = reverse("training:exercise_add", args=[full.id, 1])
    typed = {"exercise": str(fly.id), "scope": scope}
    answer = signed_in.post(url, typed)
    assertContains(answer, DAY_IS_FULL, status_code=422)
    assert {name: answer.context["form"][name].value() for name in typed} == typed
    there = full.slots.first().exercise_id
    assert signed_in.post(url, typed | {"exercise": there}).status_code == 303  # it is in the workout already
    signed_in.post(reverse("training:exercise_remove", args=[full.id, 1, there]), {"scope": scope})
    assert signed_in.post(url, typed).status_code == 303
    assert len(current(full)) == EXERCISES.most


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


def test_dragged_to_a_place_and_said_again_it_stands_there(signed_in, alice):
    exercises = [ExerciseFactory(name=name) for name in "ABCD"]
    alice.mesocycles.update(status="completed")
    workout = planned_workout(alice, *exercises)
    url = reverse("training:exercise_move", args=[workout.id, 1, exercises[3].id])
    for _ in range(2):
        assert signed_in.post(url, {"place": 2}).status_code == 303
        assert [name for name, _ in current(workout)] == ["A", "D", "B", "C"]
    rows = workout.prescriptions.count()
    signed_in.post(url, {"place": 2})
    assert workout.prescriptions.count() == rows
    signed_in.post(url, {"place": 99})
    assert [name for name, _ in current(workout)] == ["A", "B", "C", "D"]


@pytest.mark.parametrize("name", ["exercise_sets", "exercise_swap", "exercise_remove", "exercise_move"])
def test_it_hides_alices_workout_from_bob(client, bob, workout, press, fly, name):
    client.force_login(bob)
    url = reverse(f"training:{name}", args=[workout.id, 1, press.id])
    assert client.post(url, {"sets": 2, "exercise": fly.id, "place": 1}).status_code == 404
    assert current(workout) == [("Press", 3), ("Row", 3)]


@pytest.mark.parametrize("more", [0, 60])
def test_the_pages_of_choices_take_as_many_queries_however_long(signed_in, workout, press, more):
    ExerciseFactory.create_batch(more)
    with assertNumQueries(7):  # session, user, workout, exercise, what is there, choices, when each was last done
        signed_in.get(reverse("training:exercise_swap", args=[workout.id, 1, press.id]))
    with assertNumQueries(7 if more else 6):  # without the exercise that goes; the page is read apart from the list
        signed_in.get(reverse("training:exercise_add", args=[workout.id, 1]))


# What a reviewer who lived with it met


def test_from_now_on_after_the_finish_reaches_the_week_that_is_prescribed(signed_in, change, workout, press, fly, row):
    log_sets(signed_in, workout, press, 10, 9, 8)
    finish(signed_in, workout)
    change("exercise_sets", press, sets=5, scope="from_now_on")
    change("exercise_remove", row, scope="from_now_on")
    change("exercise_add", exercise=fly.id, scope="from_now_on")
    assert current(workout, 2) == [("Press", 5), ("Fly", 3)]


def test_a_swap_for_today_can_be_made_to_last(signed_in, change, workout, press, fly):
    change("exercise_swap", press, exercise=fly.id, scope="today")
    change("exercise_swap", press, exercise=fly.id, scope="from_now_on")
    assert {slot.exercise.name for slot in workout.slots.all()} == {"Fly", "Row"}
    log_sets(signed_in, workout, fly, 12, 12, 12, weight="20")
    finish(signed_in, workout)
    assert current(workout, 2) == [("Fly", 3), ("Row", 3)]


def test_an_exercise_of_today_swapped_from_now_on_takes_the_slot(change, workout, press, fly):
    dips = ExerciseFactory(name="Dips")
    change("exercise_swap", press, exercise=fly.id, scope="today")
    change("exercise_swap", fly, exercise=dips.id, scope="from_now_on")
    assert {slot.exercise.name for slot in workout.slots.all()} == {"Dips", "Row"}


def test_sets_from_now_on_of_an_exercise_of_today_are_refused_with_words(change, press, fly):
    change("exercise_swap", press, exercise=fly.id, scope="today")
    answer = change("exercise_sets", fly, sets=5, scope="from_now_on")
    assertContains(answer, "here just for today", status_code=422)


@pytest.mark.parametrize("scope", ["today", "from_now_on"])
def test_a_swap_back_asks_what_was_asked(signed_in, change, workout, press, fly, scope):
    log_sets(signed_in, workout, press, 10, 9, 8)
    finish(signed_in, workout)
    before, slot = asked(workout, press, 2), workout.slots.filter(exercise=press).values().get()
    change("exercise_swap", press, week=2, exercise=fly.id, scope=scope)
    change("exercise_swap", fly, week=2, exercise=press.id, scope=scope)
    after, back = asked(workout, press, 2), workout.slots.filter(exercise=press).values().get()
    for name in ("weight", "reps", "reps_lo", "sets"):
        assert getattr(after, name) == getattr(before, name)
    for name in ("target_reps_min", "target_reps_max", "target_weight"):
        assert back[name] == slot[name]


def test_one_set_less_then_more_is_as_before(change, workout, press):
    before = asked(workout, press, 1)
    change("exercise_sets", press, sets=2)
    change("exercise_sets", press, sets=3)
    after = asked(workout, press, 1)
    assert [after.target_reps(n) for n in (1, 2, 3)] == [before.target_reps(n) for n in (1, 2, 3)]


def test_a_swap_said_again_after_a_reorder_changes_nothing(change, workout, press, fly):
    change("exercise_swap", press, exercise=fly.id)
    change("exercise_move", fly, place=2)
    assert change("exercise_swap", press, exercise=fly.id).status_code == 303
    assert current(workout) == [("Row", 3), ("Fly", 3)]


def test_with_every_exercise_removed_one_can_be_added_or_the_workout_skipped(signed_in, change, workout, press, row):
    log_sets(signed_in, workout, press, 10)
    finish(signed_in, workout)
    for exercise in (press, row):
        change("exercise_remove", exercise, week=2, scope="from_now_on")
    page = signed_in.get(reverse("training:workout_detail", args=[workout.id, 2]))
    assertContains(page, "Add an exercise")
    assertContains(page, "Skip this workout")
    assertNotContains(page, "not prescribed yet")


def test_an_exercise_is_swapped_in_in_the_unit_of_today(change, alice, workout, press, fly):
    type(alice).objects.filter(id=alice.id).update(preferences={"unit": "lb"})
    change("exercise_swap", press, exercise=fly.id)
    assert asked(workout, fly, 1).unit == "lb"


def test_a_place_beyond_reason_is_refused(change, press):
    assert change("exercise_move", press, place="9" * 23).status_code == 422
