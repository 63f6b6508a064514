"""A hold from the page to the row: its seconds are stored, shown, edited and taken back."""

from datetime import UTC, datetime, timedelta

import pytest
from django.urls import reverse
from pytest_django.asserts import assertContains, assertNotContains, assertNumQueries

from exercises.tests.factories import ExerciseFactory
from training.models import Set
from training.session import recording
from training.session.recording import Edit, Outcome, SessionKey, TypedSet
from training.tests.factories import planned_workout

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
