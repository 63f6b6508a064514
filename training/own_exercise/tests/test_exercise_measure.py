"""An own exercise whose reps were seconds: its sets are turned over, and back; then it can be merged into a hold."""

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse
from pytest_django.asserts import assertContains, assertNotContains, assertRedirects

from exercises.models import Exercise
from exercises.tests.factories import ExerciseFactory
from training.models import Set
from training.own_exercise import measuring, merging
from training.session import recording
from training.session.recording import TypedSet
from training.tests.factories import planned_workout
from training.tests.lifting import Lifter, asked

pytestmark = pytest.mark.django_db


@pytest.fixture
def mine(alice):
    return ExerciseFactory(name="My Plank", user=alice, muscle_group="abs", loading="added", rep_min=10, rep_max=30)


@pytest.fixture
def plank(db):
    return ExerciseFactory(name="Plank", muscle_group="abs", loading="added", measure="seconds")


@pytest.fixture
def workout(alice, mine):
    workout = planned_workout(alice, mine, target_reps_min=20, target_reps_max=30)
    Lifter(alice).train(workout, 1, 30, 25, weight="0")
    return workout


def url(exercise: Exercise) -> str:
    return reverse("training:exercise_measure", args=[exercise.id])


def stored(exercise: Exercise) -> list[tuple[int, int | None]]:
    return list(Set.objects.filter(exercise=exercise).order_by("set_number").values_list("reps", "seconds"))


def test_it_says_how_many_turns_them_and_turns_them_back(signed_in, workout, mine):
    assertContains(signed_in.get(reverse("training:exercise_settings", args=[mine.id])), url(mine))
    assertContains(signed_in.get(url(mine)), "2 logged sets")
    for _ in range(2):  # a page that is posted twice
        assertRedirects(signed_in.post(url(mine), {"measure": "seconds"}), url(mine), status_code=303)
        assert stored(mine) == [(1, 30), (1, 25)]
    mine.refresh_from_db()
    assert (mine.measure, mine.rep_min, mine.rep_max) == ("seconds", 10, 30)
    page = signed_in.get(url(mine))
    assertContains(page, "Count reps")
    signed_in.post(url(mine), {"measure": "reps"})
    assert stored(mine) == [(30, None), (25, None)]
    mine.refresh_from_db()
    assert mine.measure == "reps"


def test_a_range_that_no_reps_have_is_left_out_on_the_way_back(mine):
    measuring.count_in(mine, "seconds")
    Exercise.objects.filter(id=mine.id).update(rep_min=20, rep_max=90)
    measuring.count_in(mine, "reps")
    mine.refresh_from_db()
    assert (mine.measure, mine.rep_min, mine.rep_max) == ("reps", None, None)


def test_what_comes_next_is_asked_in_what_it_counts_then(workout, mine):
    assert asked(workout, mine, 2).seconds is None
    measuring.count_in(mine, "seconds")
    assert asked(workout, mine, 2).seconds == 20
    measuring.count_in(mine, "reps")
    assert asked(workout, mine, 2).seconds is None


def test_it_is_merged_into_a_hold_only_after_that(signed_in, workout, mine, plank):
    merge = reverse("training:exercise_merge", args=[mine.id])
    refused = signed_in.post(merge, {"into": plank.id})
    words = "My Plank counts reps, and Plank counts seconds. If those were seconds, say so in the settings of My Plank"
    assertContains(refused, words, status_code=422)
    with pytest.raises(merging.MergeRefused, match="counts seconds"):
        merging.preview(mine, plank)
    measuring.count_in(mine, "seconds")
    assert signed_in.post(merge, {"into": plank.id}).status_code == 303
    assert stored(plank) == [(1, 30), (1, 25)]
    assert asked(workout, plank, 2).seconds == 20


def test_a_late_set_of_the_merged_one_is_of_seconds_too(alice, workout, mine, plank):
    measuring.count_in(mine, "seconds")
    merging.merge(Exercise.objects.get(id=mine.id), plank)
    lifter = Lifter(alice)
    late = TypedSet(exercise_id=mine.id, number=1, weight=0, unit="kg", reps=40)
    recording.log_set(lifter.address(workout, 1), lifter.edit(1), late)
    assert stored(plank) == [(1, 40), (1, 25)]


def test_only_ones_own_can_be_turned(signed_in, workout, plank, bob):
    for exercise in (plank, ExerciseFactory(user=bob)):
        assert signed_in.get(url(exercise)).status_code == 404
        assert signed_in.post(url(exercise), {"measure": "seconds"}).status_code == 404


def test_the_form_of_a_logged_exercise_leaves_what_it_counts(signed_in, workout, mine):
    edit = reverse("exercises:exercise_edit", args=[mine.id])
    assertNotContains(signed_in.get(edit), 'name="measure"')
    with pytest.raises(IntegrityError, match="sets that do not count seconds"), transaction.atomic():
        Exercise.objects.filter(id=mine.id).update(measure="seconds")


def test_the_settings_of_a_hold_speak_of_seconds(signed_in, plank):
    settings = reverse("training:exercise_settings", args=[plank.id])
    page = signed_in.get(settings)
    assertContains(page, "Fewest seconds")
    for words in ("Always leave in reserve", "How many can you do", url(plank)):
        assertNotContains(page, words)
    refused = signed_in.post(settings, {"unit": "kg", "rep_min": "20", "rep_max": "900"})
    assertContains(refused, "The range of a hold lies within 5 to 600 seconds.", status_code=422)
    assert signed_in.post(settings, {"unit": "kg", "rep_min": "20", "rep_max": "90"}).status_code == 303
    assert plank.settings.get().rep_max == 90
