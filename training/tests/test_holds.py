"""A hold from the page to the row: its seconds are stored, shown, edited and taken back."""

from datetime import UTC, datetime, timedelta

import pytest
from django.urls import reverse
from pytest_django.asserts import assertContains, assertNotContains, assertNumQueries

from exercises.tests.factories import ExerciseFactory
from training.models import Set
from training.plan.next_mesocycle import plan_next
from training.session import changes, recording
from training.session.recording import Edit, Outcome, SessionKey, TypedSet
from training.tests.factories import planned_workout
from training.tests.lifting import Lifter, asked

NOON = datetime(2026, 11, 2, 12, tzinfo=UTC)
TYPED = {"weight": "0", "unit": "kg"}


@pytest.fixture
def plank(db):
    return ExerciseFactory(name="Plank", muscle_group="abs", loading="added", measure="seconds")


@pytest.fixture
def workout(alice, plank):
    return planned_workout(alice, plank, target_reps_min=20, target_reps_max=60)


@pytest.fixture
def exercise(plank):
    return plank


def stored() -> list[tuple[int, int | None]]:
    return list(Set.objects.order_by("set_number").values_list("reps", "seconds"))


@pytest.mark.parametrize(
    "said", [{"seconds": "45"}, {"reps": "45"}, {"reps": "45", "seconds": "45"}, {"reps": "1", "seconds": "45"}]
)
def test_a_post_says_the_seconds_or_its_reps_are_the_seconds(signed_in, set_url, said):
    assert signed_in.post(set_url(), TYPED | said).status_code == 303
    assert stored() == [(1, 45)]


def test_a_hold_takes_no_more_queries_than_a_lift(signed_in, set_url):
    signed_in.post(set_url(1), TYPED | {"reps": "45"})
    with assertNumQueries(3):
        signed_in.post(set_url(2), TYPED | {"seconds": "45"})


def test_seconds_of_an_exercise_that_counts_reps_are_its_reps(signed_in, alice):
    lift = planned_workout(alice)
    url = reverse("training:set_log", args=[lift.id, 1, lift.slots.get().exercise_id, 1])
    signed_in.post(url, TYPED | {"weight": "80", "seconds": "8"})
    assert stored() == [(8, None)]


@pytest.mark.parametrize(
    ("said", "words"),
    [
        ({"reps": ""}, "Say how many seconds."),
        ({"reps": "long"}, "Type a whole number. A hold lasts 0 to 3600 seconds."),
        ({"reps": "4000"}, "A hold lasts 0 to 3600 seconds."),
        ({"seconds": "-1", "reps": "1"}, "A hold lasts 0 to 3600 seconds. Type 0 for a failed set."),
    ],
)
def test_what_cannot_be_held_is_refused_in_the_words_of_seconds(signed_in, set_url, plank, said, words):
    answer = signed_in.post(set_url(), TYPED | said)
    assertContains(answer, f'id="reps-{plank.id}-1">{words}', status_code=422, count=1)
    assertContains(answer, "field__error", status_code=422, count=1)
    assert stored() == []


def test_a_hold_may_last_longer_than_reps_may_be_many(signed_in, set_url):
    assert signed_in.post(set_url(), TYPED | {"reps": "420"}).status_code == 303
    assert stored() == [(1, 420)]


def test_the_page_counts_seconds(signed_in, set_url, workout, plank):
    page = signed_in.get(reverse("training:workout_detail", args=[workout.id, 1]))
    for words in ("3 sets · ", "<span>Seconds</span>", f'aria-label="{plank.name}, set 1: Seconds"', "Hold for "):
        assertContains(page, words)
    assertNotContains(page, "Aim for 2")
    for number, seconds, weight in ((1, "45", "0"), (2, "40", "0"), (3, "30", "5")):
        signed_in.post(set_url(number), TYPED | {"reps": seconds, "weight": weight})
    page = signed_in.get(reverse("training:workout_detail", args=[workout.id, 1]))
    assertContains(page, "45, 40 s; 5 kg × 30 s")
    assertContains(page, 'value="45"')


def test_an_edit_a_deletion_and_a_set_brought_back_keep_the_seconds(alice, workout, plank):
    def at(minute: int) -> Edit:
        return Edit(at=NOON + timedelta(minutes=minute), local_date=NOON.date())

    def log(minute: int, **said) -> Outcome:
        typed = TypedSet(exercise_id=plank.id, number=1, weight=0, unit="kg", **said)
        return recording.log_set(key, at(minute), typed)

    key = SessionKey(alice.id, workout.id, 1)
    assert log(0, reps=45) is Outcome.APPLIED
    assert log(2, reps=1, seconds=50) is Outcome.APPLIED
    assert log(1, reps=40) is Outcome.STALE
    assert stored() == [(1, 50)]
    assert str(recording.standing_set(key, exercise_id=plank.id, number=1)) == "50 s"
    assert recording.delete_set(key, at(3), exercise_id=plank.id, number=1) is Outcome.APPLIED
    assert log(2, reps=55) is Outcome.STALE
    assert stored() == []
    assert log(4, reps=55) is Outcome.APPLIED
    assert stored() == [(1, 55)]


@pytest.mark.parametrize("first", [45, 50])
def test_of_two_edits_at_one_moment_the_longer_hold_wins(alice, workout, plank, first):
    key, edit = SessionKey(alice.id, workout.id, 1), Edit(at=NOON, local_date=NOON.date())
    for seconds in (first, 95 - first):
        typed = TypedSet(exercise_id=plank.id, number=1, weight=0, unit="kg", reps=seconds)
        recording.log_set(key, edit, typed)
    assert stored() == [(1, 50)]


def test_weeks_of_a_plank_go_up_by_steps_and_down_in_the_deload(alice, workout, plank):
    lifter, found = Lifter(alice), [asked(workout, plank, 1)]
    for week in range(1, 5):
        lifter.train(workout, week, *[found[-1].target_reps(1)] * found[-1].sets, weight="0", soreness=1, pump=1)
        found.append(asked(workout, plank, week + 1))
    assert [row.seconds for row in found[:-1]] == [20, 25, 30, 35]
    assert {(row.reps, row.reps_lo, row.open) for row in found} == {(1, 1, False)}
    assert found[1].load_and_reps == "25 s"
    assert "RIR" not in found[1].target
    assert "Every set lasted 20 s or longer, so 25 s now." in found[1].sentences
    assert (found[-1].kind, found[-1].seconds) == ("deload", 20)
    assert found[1].engine_version == "1.3"


def test_a_set_that_ended_early_is_tried_again_and_then_taken_at_its_word(alice, workout, plank):
    lifter = Lifter(alice)
    for week, held in ((1, (30, 30, 30)), (2, (35, 35, 31)), (3, (35, 33, 33))):
        lifter.train(workout, week, *held, weight="0")
    found = [asked(workout, plank, week) for week in (2, 3, 4)]
    assert [row.seconds for row in found] == [30, 35, 35]
    assert [row.carries("SECONDS_UP") for row in found] == [True, True, False]
    assert found[2].carries("SECONDS_TRY")


def test_the_first_weight_of_a_loaded_hold_is_the_lifters(alice):
    pallof = ExerciseFactory(name="Pallof Hold", muscle_group="abs", equipment="cable", measure="seconds")
    workout = planned_workout(alice, pallof, target_reps_min=None, target_reps_max=None)
    first = asked(workout, pallof, 1)
    assert (first.weight, first.seconds, first.load_and_reps) == (None, 20, "20 s")
    assert first.sentences == ["Pick a weight that you can hold for 20 s."]
    Lifter(alice).train(workout, 1, 60, 60, 60, weight="20", soreness=1)
    following = asked(workout, pallof, 2)
    assert (following.weight, following.seconds, following.load_and_reps) == (20, 60, "20 kg × 60 s")
    Lifter(alice).train(workout, 2, 60, 60, 60, 60, weight="20")
    assert asked(workout, pallof, 3).load_and_reps == "25 kg × 40 s"


def test_still_sore_today_a_hold_is_no_longer_than_last_time(alice, workout, plank):
    lifter = Lifter(alice)
    lifter.train(workout, 1, 20, 20, 20, weight="0", soreness=1)
    assert asked(workout, plank, 2).seconds == 25
    lifter.say(workout, 2, "abs", soreness=3)
    assert (asked(workout, plank, 2).seconds, asked(workout, plank, 2).reasons[0]["code"]) == (20, "SECONDS_SORE")


def test_the_next_mesocycle_opens_below_what_is_due(alice, workout, plank):
    lifter = Lifter(alice)
    for week in range(1, 6):
        lifter.train(workout, week, 45, 45, 45, weight="0", soreness=1)
    today = lifter.day(6)
    following = plan_next(workout.mesocycle, week=1, weeks=5, name="Next", today=today, at=lifter.at(6))
    (row,) = following.workouts.get().prescriptions.current()
    assert (row.seconds, row.carries("SECONDS_OPEN")) == (35, True)


def test_an_exercise_added_or_swapped_in_is_asked_in_what_it_counts(alice, lifter, workout, plank):
    hang = ExerciseFactory(name="Dead Hang", muscle_group="back", loading="added", measure="seconds")
    lift = ExerciseFactory(name="Row", muscle_group="back")
    key = lifter.address(workout, 1)
    for exercise in (hang, lift):
        changes.add_exercise(key, exercise=exercise, scope="from_now_on")
    assert (asked(workout, hang, 1).seconds, asked(workout, lift, 1).seconds) == (20, None)
    changes.change_sets(key, exercise_id=hang.id, sets=2, scope="today")
    assert (asked(workout, hang, 1).seconds, asked(workout, hang, 1).sets) == (20, 2)
    changes.swap_exercise(key, exercise_id=lift.id, other=plank_of(alice), scope="today")
    assert workout.prescriptions.current().filter(seconds=None).count() == 0


def plank_of(user):
    return ExerciseFactory(name="My Plank", muscle_group="abs", loading="bodyweight", measure="seconds", user=user)
