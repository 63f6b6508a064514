""" "I have 30 minutes": a session shortened for today, repeated, taken back, and what the next week builds on."""

import pytest
from django.urls import reverse
from pytest_django.asserts import assertContains

from exercises.tests.factories import ExerciseFactory
from training.models import Prescription, Set
from training.session import recording
from training.session.page.tests.test_cards import do, session_of
from training.tests.factories import SlotFactory, WorkoutFactory, planned_workout
from training.tests.lifting import Lifter, asked, codes, sets_prescribed


@pytest.fixture
def fly(db):
    return ExerciseFactory(name="Fly", mechanic="isolation")


@pytest.fixture
def workout(alice, press, fly, row):
    """Makes a workout of 12 sets, which take 42 minutes."""
    return planned_workout(alice, press, fly, row, target_sets=4, target_weight=60)


@pytest.fixture
def shorten(signed_in, workout):
    def post(minutes, week=1, **extra):
        return signed_in.post(
            reverse("training:workout_shorten", args=[workout.id, week]), {"minutes": minutes}, **extra
        )

    return post


def test_it_takes_sets_away_for_today_and_says_so(shorten, workout, press, fly, row):
    answer = shorten("20")
    assert (answer.status_code, answer["Location"]) == (303, f"/workouts/{workout.id}/week/1/")
    assert sets_prescribed(workout, 1) == [2, 3]
    assert codes(asked(workout, press, 1))[0] == "SHORTENED"
    assert not Prescription.objects.current().filter(exercise=fly).exists()


def test_the_page_says_what_goes_before_it_goes_and_does_just_that(shorten, workout):
    session = session_of(workout)
    assert [one.minutes for one in session.shortenings] == [30, 20]
    offered = session.shortenings[1]
    assert offered.words == "Press: 2 of 4 sets; Fly: left out; Row: 3 of 4 sets."
    shorten("20")
    after = session_of(workout)
    assert {card.exercise.id: card.prescription.sets for card in after.cards} == {
        exercise: sets for exercise, sets in offered.sets if sets
    }
    assert (after.shortened_to, session.shortened_to) == (20, None)


def test_what_a_phone_showed_stands_although_more_is_done_when_it_arrives(signed_in, alice, workout, press, fly, row):
    offered = session_of(workout).shortenings[1]
    assert dict(offered.sets) == {press.id: 2, fly.id: 0, row.id: 3}
    for number in (1, 2, 3):
        do(workout, number, 60, 10, exercise=press)
    do(workout, 1, 60, 10, exercise=fly)
    cut = {"minutes": "20", "sets": offered.as_json}
    signed_in.post(reverse("training:workout_shorten", args=[workout.id, 1]), cut)
    left = {card.exercise.id: card.prescription.sets for card in session_of(workout).cards}
    assert left == {press.id: 3, fly.id: 1, row.id: 3}  # no fewer than are done


@pytest.mark.parametrize("sets", ["nonsense", "[[1]]", "{}", "7", "[[null, 2]]"])
def test_what_no_page_says_is_worked_out(shorten, signed_in, workout, sets):
    signed_in.post(reverse("training:workout_shorten", args=[workout.id, 1]), {"minutes": "20", "sets": sets})
    assert sets_prescribed(workout, 1) == [2, 3]


def test_said_again_it_changes_nothing(shorten, workout):
    shorten("20")
    rows = list(Prescription.objects.values_list("id", "superseded_at"))
    shorten("20")
    assert list(Prescription.objects.values_list("id", "superseded_at")) == rows


def test_the_whole_session_comes_back_as_it_was(shorten, workout, press, fly):
    before = list(Prescription.objects.current().order_by("position").values("exercise", "sets", "reps_lo", "reasons"))
    shorten("20")
    shorten("")
    shorten("")
    after = list(Prescription.objects.current().order_by("position").values("exercise", "sets", "reps_lo", "reasons"))
    assert after == before
    assert session_of(workout).shortened_to is None


def test_from_shorter_to_longer_it_is_cut_from_the_whole(shorten, workout):
    shorten("20")
    shorten("30")
    straight = sets_prescribed(workout, 1)
    shorten("")
    shorten("30")
    assert sets_prescribed(workout, 1) == straight
    assert sum(straight) > 4


def test_even_where_whole_exercises_alone_go_the_session_knows(signed_in, alice, press, fly, row):
    workout = planned_workout(alice, press, fly, target_sets=3, target_weight=60)
    signed_in.post(reverse("training:workout_shorten", args=[workout.id, 1]), {"minutes": "12"})
    assert sets_prescribed(workout, 1) == [3]
    assert session_of(workout).shortened_to == 12


def test_what_was_logged_stays(shorten, workout, press, fly):
    for number in (1, 2, 3):
        do(workout, number, 60, 8, exercise=press)
    do(workout, 1, 20, 12, exercise=fly)
    shorten("6")
    assert Set.objects.count() == 4
    assert asked(workout, press, 1).sets == 3
    assert asked(workout, fly, 1).sets == 1


def test_the_minutes_count_from_now(shorten, workout, press):
    at_the_start = session_of(workout).shortenings[-1]
    assert at_the_start.minutes == 20
    for number in (1, 2, 3, 4):
        do(workout, number, 60, 8, exercise=press)
    offered = session_of(workout).shortenings[-1]
    assert offered.minutes == 20
    assert sum(sets for _, sets in offered.sets) >= sum(sets for _, sets in at_the_start.sets) + 3
    shorten("20")
    assert sum(sets_prescribed(workout, 1)) == sum(sets for _, sets in offered.sets)


def test_what_the_lifter_took_out_before_stays_out(shorten, signed_in, workout, fly):
    signed_in.post(reverse("training:exercise_remove", args=[workout.id, 1, fly.id]))
    shorten("20")
    shorten("")
    assert sets_prescribed(workout, 1) == [4, 4]


def test_sets_chosen_before_come_back_as_chosen(shorten, signed_in, workout, press):
    signed_in.post(reverse("training:exercise_sets", args=[workout.id, 1, press.id]), {"sets": "6"})
    shorten("20")
    assert asked(workout, press, 1).sets < 6
    shorten("")
    row = asked(workout, press, 1)
    assert (row.sets, codes(row)[0]) == (6, "LIFTER_SETS_TODAY")


def test_next_week_starts_from_the_full_plan(alice, press, fly, row, client):
    workout = planned_workout(alice, press, fly, row, target_sets=4, target_weight=100)
    lifter = Lifter(alice)
    client.force_login(alice)
    client.post(reverse("training:workout_shorten", args=[workout.id, 1]), {"minutes": "20"})
    lifter.log(workout, 1, press, 10, 9)
    lifter.log(workout, 1, row, 10, 9)
    lifter.finish(workout, 1)
    assert all(sets >= 4 for sets in sets_prescribed(workout, 2))
    assert len(sets_prescribed(workout, 2)) == 3


def test_an_answer_about_soreness_keeps_the_shorter_session(shorten, workout, alice, press):
    shorten("20")
    edit = recording.Edit(at=None, local_date=alice.today())
    recording.rate_soreness(recording.SessionKey(alice.id, workout.id, 1), edit, muscle="chest", soreness=3)
    row = asked(workout, press, 1)
    assert (row.sets, codes(row)[0], row.is_for_today) == (2, "SHORTENED", True)


def test_the_sets_of_the_weeks_other_workouts_count(alice, shorten, workout, row):
    other = WorkoutFactory(mesocycle=workout.mesocycle)
    pull = SlotFactory(workout=other, exercise=ExerciseFactory(muscle_group="back"), target_sets=12)
    Prescription.objects.create(
        workout=other, week_number=1, exercise=pull.exercise, position=1, sets=12, reps=8, reps_lo=8, drop=0, unit="kg"
    )
    shorten("20")
    assert sets_prescribed(workout, 1) == [3, 2]


def test_minutes_that_make_no_sense_are_refused(shorten):
    for minutes in ("1", "soon", "9999"):
        assert shorten(minutes).status_code == 422
    assertContains(shorten("2"), "Five minutes are too few", status_code=422)


def test_the_outbox_is_answered_with_the_address(shorten, workout, alice):
    answer = shorten("20", headers={"X-Outbox": str(alice.id)})
    assertContains(answer, f"/workouts/{workout.id}/week/1/shorten/")


def test_it_hides_alices_session_from_bob(client, bob, workout):
    client.force_login(bob)
    url = reverse("training:workout_shorten", args=[workout.id, 1])
    assert client.post(url, {"minutes": "20"}).status_code == 404
    assert sets_prescribed(workout, 1) == [4, 4, 4]
