"""Supersets on the floor: paired for today or from now on, and what every other change leaves of them."""

import json

import pytest
from django.urls import reverse
from django.utils import timezone
from pytest_django.asserts import assertContains, assertNotContains

from exercises.models import Exercise
from exercises.tests.factories import ExerciseFactory
from training import progression
from training.models import Prescription
from training.own_exercise import merging
from training.prescribing import writing
from training.prescribing.week_plan.history import History
from training.schedule.deload import deload_week
from training.session.page.building import build_page
from training.session.page.reading import read_session
from training.session.tests.test_workout_finish import asked, finish, log_sets
from training.tests.factories import planned_workout

SCOPES = pytest.mark.parametrize("scope", ["today", "from_now_on"])
PAIR, ALONE = [("Press", "Row")], []


@pytest.fixture
def curl(db):
    return ExerciseFactory(name="Curl", muscle_group="bis", mechanic="isolation")


@pytest.fixture
def fly(db):
    return ExerciseFactory(name="Fly", equipment="cable")


@pytest.fixture
def workout(alice, press, row, curl):
    return planned_workout(alice, press, row, curl)


@pytest.fixture
def change(signed_in, workout):
    def post(name, of=None, /, *, week=1, **typed):
        place = [workout.id, week] + ([of.id] if of else [])
        return signed_in.post(reverse(f"training:{name}", args=place), typed)

    return post


@pytest.fixture
def pair(change):
    def post(one, other, scope="today", **more):
        answer = change("exercise_superset", one, **{"with": other.id if other else ""}, scope=scope, **more)
        assert answer.status_code == 303
        return answer

    return post


def named(rows) -> list[tuple[str, ...]]:
    found = progression.supersets([row.superset for row in rows])
    return [tuple(rows[place].exercise.name for place in places) for places in found]


def supersets(workout, week=1) -> list[tuple[str, ...]]:
    rows = workout.prescriptions.current().filter(week_number=week).select_related("exercise")
    return named(list(rows.order_by("position", "id")))


def planned(workout) -> list[tuple[str, ...]]:
    return named(list(workout.slots.select_related("exercise")))


def do_all(client, workout):
    for slot in workout.slots.select_related("exercise"):
        log_sets(client, workout, slot.exercise, 10, 9, 8)
    finish(client, workout)


# Paired


def test_for_today_it_is_over_next_week(signed_in, pair, workout, press, row):
    pair(press, row)
    assert (supersets(workout), planned(workout)) == (PAIR, ALONE)
    do_all(signed_in, workout)
    assert (supersets(workout), supersets(workout, 2)) == (PAIR, ALONE)


def test_from_now_on_next_week_has_it_too(signed_in, pair, workout, press, row):
    pair(press, row, "from_now_on")
    assert (supersets(workout), planned(workout)) == (PAIR, PAIR)
    do_all(signed_in, workout)
    assert supersets(workout, 2) == PAIR
    assert {one.superset for one in workout.slots.all()} == {asked(workout, press, 2).superset, None}


def test_from_now_on_reaches_the_next_session_where_it_is_prescribed_already(signed_in, pair, workout, press, row):
    do_all(signed_in, workout)
    pair(press, row, "from_now_on")
    assert (supersets(workout), supersets(workout, 2)) == (PAIR, PAIR)
    pair(press, None, "from_now_on")
    assert (supersets(workout), supersets(workout, 2)) == (ALONE, ALONE)


@SCOPES
def test_saying_it_again_changes_nothing(pair, workout, press, row, scope):
    pair(press, row, scope)
    before = set(Prescription.objects.values_list("id", "superseded_at"))
    pair(press, row, scope)
    pair(row, press, scope)
    assert set(Prescription.objects.values_list("id", "superseded_at")) == before


@SCOPES
def test_taken_out_again_it_stays_so(signed_in, pair, workout, press, row, scope):
    pair(press, row, "from_now_on")
    for _ in range(2):
        pair(row, None, scope)
    assert (supersets(workout), planned(workout)) == (ALONE, PAIR if scope == "today" else ALONE)
    do_all(signed_in, workout)
    assert supersets(workout, 2) == (PAIR if scope == "today" else ALONE)


@SCOPES
def test_three_are_the_most(change, pair, workout, press, row, curl, fly, scope):
    change("exercise_add", exercise=fly.id, scope=scope)
    pair(press, row, scope)
    pair(row, curl, scope)
    assert supersets(workout) == [("Press", "Row", "Curl")]
    answer = change("exercise_superset", curl, **{"with": fly.id}, scope=scope)
    assertContains(answer, "a superset has two to 3 exercises", status_code=422)
    assert supersets(workout) == [("Press", "Row", "Curl")]


def test_who_is_no_neighbour_is_not_paired(change, workout, press, curl):
    answer = change("exercise_superset", press, **{"with": curl.id})
    assertContains(answer, "Press and Curl cannot be paired in this workout", status_code=422)
    assert supersets(workout) == ALONE


def test_from_now_on_they_have_to_be_neighbours_in_the_plan(change, workout, press, row, curl):
    change("exercise_remove", row, scope="today")
    answer = change("exercise_superset", press, **{"with": curl.id}, scope="from_now_on")
    assertContains(answer, "Press and Curl cannot be paired in this plan", status_code=422)
    change("exercise_superset", press, **{"with": curl.id}, scope="today")
    assert (supersets(workout), planned(workout)) == ([("Press", "Curl")], ALONE)


def test_what_is_not_in_the_workout_is_refused_with_words(change, bob, workout, press, row, fly):
    own = ExerciseFactory(user=bob, name="Bob's")
    for other in (fly, own):
        answer = change("exercise_superset", press, **{"with": other.id})
        assertContains(answer, "is not in this workout", status_code=422)
    assert change("exercise_superset", fly, **{"with": press.id}).status_code == 404
    assert change("exercise_superset", press, **{"with": "x"}).status_code == 422
    assert supersets(workout) == ALONE


def test_it_is_paired_while_its_muscle_is_trained_and_no_set_is_lost(signed_in, pair, workout, press, row):
    log_sets(signed_in, workout, press, 10)
    pair(press, row)
    assert supersets(workout) == PAIR
    log_sets(signed_in, workout, row, 10)
    assert supersets(workout) == PAIR
    assert set(workout.logs.get().sets.values_list("exercise", "reps")) == {(press.id, 10), (row.id, 10)}


def test_what_the_engine_asks_anew_today_stays_paired(change, pair, workout, press, row):
    pair(press, row)
    before = asked(workout, row, 1)
    workout.slots.filter(exercise=row).update(target_reps_min=5, target_reps_max=6)
    writing.prescribe(History(workout.mesocycle, today=workout.mesocycle.user.today()))
    assert asked(workout, row, 1).reps != before.reps
    assert supersets(workout) == PAIR


@SCOPES
def test_in_another_unit_what_the_lifter_put_in_stays_paired(signed_in, alice, change, pair, workout, curl, fly, scope):
    change("exercise_add", exercise=fly.id, scope=scope)
    pair(curl, fly)
    alice.preferences["unit"] = "lb"
    alice.save()
    signed_in.get(reverse("training:workout_detail", args=[workout.id, 1]))
    assert (asked(workout, fly, 1).unit, supersets(workout)) == ("lb", [("Curl", "Fly")])


@SCOPES
def test_lightened_early_it_stays_paired(change, pair, workout, press, row, curl, fly, scope):
    change("exercise_add", exercise=fly.id, scope=scope)
    pair(press, row, scope)
    pair(curl, fly, scope)
    deload_week(workout.mesocycle, now=timezone.now())
    assert {row.kind for row in workout.prescriptions.current()} == {"deload"}
    assert supersets(workout) == [("Press", "Row"), ("Curl", "Fly")]


def test_lightened_early_what_was_swapped_for_today_keeps_its_place_in_the_pair(change, pair, workout, press, row, fly):
    pair(press, row, "from_now_on")
    change("exercise_swap", press, exercise=fly.id, scope="today")
    deload_week(workout.mesocycle, now=timezone.now())
    assert supersets(workout) == [("Fly", "Row")]


# What another change leaves


@SCOPES
@pytest.mark.parametrize("of", ["today", "from_now_on"])
def test_removing_one_of_two_leaves_the_other_alone(signed_in, change, pair, workout, press, row, of, scope):
    pair(press, row, of)
    change("exercise_remove", press, scope=scope)
    assert supersets(workout) == ALONE
    log_sets(signed_in, workout, row, 10, 9, 8)
    finish(signed_in, workout)
    assert supersets(workout, 2) == (PAIR if (of, scope) == ("from_now_on", "today") else ALONE)


@SCOPES
def test_removing_one_of_three_leaves_a_pair(change, pair, workout, press, row, curl, scope):
    pair(press, row, scope)
    pair(row, curl, scope)
    change("exercise_remove", row, scope=scope)
    assert supersets(workout) == [("Press", "Curl")]
    assert planned(workout) == ([("Press", "Curl")] if scope == "from_now_on" else ALONE)


@SCOPES
@pytest.mark.parametrize("of", ["today", "from_now_on"])
def test_a_swap_keeps_the_pair(signed_in, change, pair, workout, press, row, fly, of, scope):
    pair(press, row, of)
    change("exercise_swap", press, exercise=fly.id, scope=scope)
    assert supersets(workout) == [("Fly", "Row")]
    log_sets(signed_in, workout, row, 10, 9, 8)
    finish(signed_in, workout)
    next_week = [("Press" if scope == "today" else "Fly", "Row")]
    assert supersets(workout, 2) == (next_week if of == "from_now_on" else ALONE)


@SCOPES
def test_swapped_back_it_is_paired_still(change, pair, workout, press, row, fly, scope):
    pair(press, row, scope)
    change("exercise_swap", press, exercise=fly.id, scope=scope)
    change("exercise_swap", fly, exercise=press.id, scope=scope)
    assert supersets(workout) == PAIR
    assert planned(workout) == (PAIR if scope == "from_now_on" else ALONE)


@SCOPES
def test_other_sets_keep_the_pair(signed_in, change, pair, workout, press, row, scope):
    pair(press, row, scope)
    change("exercise_sets", press, sets=4, scope=scope)
    assert supersets(workout) == PAIR
    do_all(signed_in, workout)
    assert supersets(workout, 2) == (PAIR if scope == "from_now_on" else ALONE)


@SCOPES
def test_an_added_exercise_is_alone(change, pair, workout, row, curl, fly, scope):
    pair(row, curl, scope)
    change("exercise_add", exercise=fly.id, scope=scope)
    assert supersets(workout) == [("Row", "Curl")]
    pair(curl, fly, scope)
    assert supersets(workout) == [("Row", "Curl", "Fly")]


@SCOPES
def test_moved_away_it_is_alone_and_moved_within_it_is_not(signed_in, change, pair, workout, press, row, scope):
    pair(press, row, scope)
    change("exercise_move", press, place=2)
    assert supersets(workout) == [("Row", "Press")]
    change("exercise_move", row, place=3)
    assert supersets(workout) == ALONE
    do_all(signed_in, workout)
    assert supersets(workout, 2) == ALONE


def test_what_stands_between_them_parts_them(change, pair, workout, press, row, curl):
    pair(press, row, "from_now_on")
    change("exercise_move", curl, place=2)
    assert (supersets(workout), planned(workout)) == (ALONE, ALONE)


@SCOPES
def test_skipped_the_pair_is_asked_again(change, pair, workout, press, row, scope):
    pair(press, row, scope)
    change("workout_skip")
    assert supersets(workout, 2) == (PAIR if scope == "from_now_on" else ALONE)


@SCOPES
def test_with_less_time_a_pair_stays_or_goes_whole_and_comes_back(change, pair, workout, row, curl, scope):
    pair(row, curl, scope)
    change("workout_shorten", minutes=20)
    left = workout.prescriptions.current().filter(week_number=1, exercise__in=(row, curl))
    assert left.count() in (0, 2)
    assert supersets(workout) == ([("Row", "Curl")] if left else ALONE)
    change("workout_shorten", minutes="")
    assert supersets(workout) == [("Row", "Curl")]


@SCOPES
def test_paired_in_a_shortened_session_it_is_a_pair_in_the_whole_one(change, pair, workout, press, row, scope):
    change("workout_shorten", minutes=20)
    pair(press, row, scope)
    change("workout_shorten", minutes="")
    assert supersets(workout) == PAIR


def test_what_was_left_out_comes_back_into_its_pair(change, pair, workout, press, row, curl):
    pair(press, row)
    said = json.dumps([[press.id, 2], [row.id, 0], [curl.id, 3]])  # from a page of before
    change("workout_shorten", minutes=20, sets=said)
    assert supersets(workout) == ALONE
    change("workout_shorten", minutes="")
    assert supersets(workout) == PAIR


@SCOPES
def test_a_merge_into_an_exercise_of_the_library_keeps_the_pair(alice, press, scope, client):
    client.force_login(alice)
    own = ExerciseFactory(user=alice, name="My row", muscle_group="back")
    into = ExerciseFactory(name="Row", muscle_group="back")
    workout = planned_workout(alice, press, own)
    at = reverse("training:exercise_superset", args=[workout.id, 1, press.id])
    client.post(at, {"with": own.id, "scope": scope})
    merging.merge(own, into)
    assert supersets(workout) == PAIR
    client.post(at, {"with": own.id, "scope": scope})  # from a phone that does not know of the merge
    assert (supersets(workout), planned(workout)) == (PAIR, PAIR if scope == "from_now_on" else ALONE)


def test_a_merge_of_the_two_leaves_one_alone(alice, pair_of_own):
    workout, one, other = pair_of_own
    merging.merge(one, other)
    assert (supersets(workout), planned(workout)) == (ALONE, ALONE)
    assert workout.slots.count() == 1


@pytest.fixture
def pair_of_own(alice, client):
    client.force_login(alice)
    one, other = (ExerciseFactory(user=alice, name=name, muscle_group="back") for name in ("Mine", "My row"))
    workout = planned_workout(alice, one, other)
    at = reverse("training:exercise_superset", args=[workout.id, 1, one.id])
    client.post(at, {"with": other.id, "scope": "from_now_on"})
    assert supersets(workout) == [("Mine", "My row")]
    return workout, one, other


# The page


def test_the_page_brackets_them_and_offers_what_can_be_changed(signed_in, pair, workout, press, row, curl):
    url = reverse("training:workout_detail", args=[workout.id, 1])
    assertNotContains(signed_in.get(url), "<super-set")
    pair(press, row)
    page = signed_in.get(url)
    assertContains(page, '<super-set class="superset"', count=1)
    assertContains(page, ": Row with Curl</span>", count=1)
    assertNotContains(page, ": Press with Row</span>")
    for name, count in (("Press", 1), ("Row", 1), ("Curl", 0)):
        assertContains(page, f'Unpair<span class="unseen"> {name}</span>', count=count)


def at_hand(workout) -> str:
    now = timezone.now()
    page = build_page(read_session(workout.mesocycle.user, workout.id, 1, now=now), now=now)
    return str(Exercise.objects.get(id=page.at_hand))


def test_a_page_that_is_opened_again_opens_on_the_set_whose_turn_it_is(signed_in, pair, workout, press, row, curl):
    pair(press, row)
    assert at_hand(workout) == "Press"
    opened = []
    for number in (1, 2, 3):
        for exercise in (press, row):
            at = reverse("training:set_log", args=[workout.id, 1, exercise.id, number])
            signed_in.post(at, {"weight": "100", "unit": "kg", "reps": 8})
            opened.append(at_hand(workout))
    assert opened == ["Row", "Press", "Row", "Press", "Row", "Curl"]


def test_a_finished_session_offers_to_keep_the_pairs_of_today(signed_in, pair, workout, press, row, curl):
    pair(press, row)
    pair(row, curl)
    do_all(signed_in, workout)
    url = reverse("training:workout_detail", args=[workout.id, 1])
    words = [f"{one} and {other} as a superset" for one, other in (("Press", "Row"), ("Row", "Curl"))]
    for said in words:
        assertContains(signed_in.get(url), f"<span>{said}</span>", count=1)
    pair(press, row, "from_now_on")
    assertNotContains(signed_in.get(url), words[0])
    assert (planned(workout), supersets(workout, 2)) == (PAIR, PAIR)
    pair(row, curl, "from_now_on")
    assertNotContains(signed_in.get(url), words[1])
    assert planned(workout) == supersets(workout, 2) == [("Press", "Row", "Curl")]
