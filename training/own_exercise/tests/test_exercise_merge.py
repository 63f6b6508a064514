"""Everything of one exercise becomes another's, and what a phone still sends to the old address lands there too."""

from datetime import UTC, datetime, timedelta

import pytest
from django.db import transaction
from django.urls import reverse
from pytest_django.asserts import assertContains, assertNotContains, assertNumQueries, assertRedirects

from exercises.models import Exercise, ExerciseAlias, ExerciseSettings
from exercises.tests.factories import ExerciseFactory
from metricgain.users.tests.factories import UserFactory
from training.models import DeletedSet, MergedSet, Mesocycle, Prescription, Set, Template, WorkoutExercise, WorkoutLog
from training.own_exercise import merging
from training.session import recording
from training.session.recording import Edit, Outcome, SessionKey, UnknownAddress
from training.tests.factories import planned_workout
from training.tests.test_races import beside_us

pytestmark = pytest.mark.django_db
NOON = datetime(2026, 11, 2, 12, tzinfo=UTC)


@pytest.fixture
def workout(alice, mine):
    return planned_workout(alice, mine)


def log(workout, exercise, number, *, weight=80, minute=0, week=1):
    address = SessionKey(workout.mesocycle.user_id, workout.id, week)
    edit = Edit(at=NOON + timedelta(minutes=minute), local_date=NOON.date())
    return recording.log_set(
        address, edit, recording.TypedSet(exercise_id=exercise.id, number=number, weight=weight, unit="kg", reps=8)
    )


def take_back(workout, exercise, number, *, minute=0):
    address = SessionKey(workout.mesocycle.user_id, workout.id, 1)
    edit = Edit(at=NOON + timedelta(minutes=minute), local_date=NOON.date())
    return recording.delete_set(address, edit, exercise_id=exercise.id, number=number)


def stored(exercise) -> dict[int, int]:
    return {one.set_number: int(one.weight) for one in Set.objects.filter(exercise=exercise)}


def url(exercise: Exercise) -> str:
    return reverse("training:exercise_merge", args=[exercise.id])


def test_history_plans_settings_and_names_move(alice, workout, mine, press):
    log(workout, mine, 1)
    log(workout, mine, 2, weight=85)
    ExerciseSettings.objects.create(user=alice, exercise=mine, note="Seat 4")
    ExerciseAlias.objects.create(user=alice, exercise=mine, name="Heave")
    slots = [{"exercise_id": mine.id, "target_sets": 3}]
    template = Template.objects.create(user=alice, name="T", config={"workouts": [{"exercises": slots}]})
    merging.merge(mine, press)
    assert stored(press) == {1: 80, 2: 85}
    assert workout.slots.get().exercise == press
    assert set(workout.prescriptions.values_list("exercise", flat=True)) == {press.id}
    assert press.settings.get().note == "Seat 4"
    assert set(press.aliases.values_list("name", "user")) == {("Heave", alice.id), ("My Press", alice.id)}
    template.refresh_from_db()
    assert template.config["workouts"][0]["exercises"][0]["exercise_id"] == press.id
    mine.refresh_from_db()
    assert mine.merged_into == press
    assert mine.archived_at


def test_said_again_it_changes_nothing(workout, mine, press):
    log(workout, mine, 1)
    merging.merge(mine, press)
    before = list(Set.objects.values()), list(ExerciseAlias.objects.values())
    merging.merge(mine, press)
    assert (list(Set.objects.values()), list(ExerciseAlias.objects.values())) == before


def test_no_set_is_lost_where_a_session_has_both(workout, mine, press):
    for number in (1, 2):
        log(workout, mine, number, weight=80 + number)
        log(workout, press, number, weight=90 + number)
    log(workout, mine, 5, weight=85)
    merging.merge(mine, press)
    assert stored(press) == {1: 91, 2: 92, 3: 81, 4: 82, 5: 85}


def test_numbers_past_the_last_take_what_is_free(workout, mine, press):
    log(workout, press, 99, weight=99)
    log(workout, mine, 99, weight=11)
    merging.merge(mine, press)
    assert stored(press) == {99: 99, 1: 11}


def test_a_late_set_of_the_old_one_lands_on_the_new_one(workout, mine, press):
    log(workout, mine, 1)
    merging.merge(mine, press)
    assert log(workout, mine, 2, weight=82, minute=1) is Outcome.APPLIED
    assert log(workout, mine, 1, weight=81, minute=1) is Outcome.APPLIED
    assert log(workout, mine, 1, weight=70, minute=-1) is Outcome.STALE
    assert log(workout, mine, 3, weight=83, minute=1, week=2) is Outcome.APPLIED
    assert not Set.objects.filter(exercise=mine).exists()
    assert sorted(stored(press).items()) == [(1, 81), (2, 82), (3, 83)]


def test_a_late_set_finds_its_own_where_a_session_has_both(workout, mine, press):
    log(workout, mine, 1, weight=81)
    log(workout, press, 1, weight=91)
    log(workout, press, 2, weight=92)
    merging.merge(mine, press)
    assert stored(press) == {1: 91, 2: 92, 3: 81}
    log(workout, mine, 1, weight=80, minute=1)  # an edit of what is now the third
    for _ in range(2):  # one that was on its way, sent twice
        log(workout, mine, 2, weight=82, minute=1)
    assert stored(press) == {1: 91, 2: 92, 3: 80, 4: 82}
    assert set(MergedSet.objects.values_list("set_number", "became")) == {(1, 3), (2, 4)}


def test_what_was_taken_back_stays_so_and_can_be_taken_back_late(workout, mine, press):
    log(workout, mine, 1)
    log(workout, mine, 2, weight=82)
    take_back(workout, mine, 1, minute=5)
    merging.merge(mine, press)
    assert DeletedSet.objects.get().exercise == press
    assert log(workout, mine, 1, minute=4) is Outcome.STALE
    assert take_back(workout, mine, 2, minute=5) is Outcome.APPLIED
    assert stored(press) == {}


def test_merged_twice_a_late_set_goes_all_the_way(alice, workout, mine, press):
    between = ExerciseFactory(name="Between", user=alice)
    log(workout, mine, 1, weight=81)
    log(workout, between, 1, weight=71)
    log(workout, press, 1, weight=91)
    merging.merge(mine, between)
    merging.merge(between, press)
    assert sorted(stored(press).values()) == [71, 81, 91]
    log(workout, mine, 1, weight=82, minute=1)
    log(workout, between, 1, weight=72, minute=1)
    assert sorted(stored(press).values()) == [72, 82, 91]


def test_where_a_workout_plans_both_one_place_is_left(alice, mine, press):
    workout = planned_workout(alice, mine, press)
    merging.merge(mine, press)
    assert [slot.exercise for slot in workout.slots.all()] == [press]
    assert Prescription.objects.current().filter(workout=workout, week_number=1).count() == 1


def test_settings_of_the_other_stay(alice, mine, press):
    ExerciseSettings.objects.create(user=alice, exercise=mine, note="Mine")
    ExerciseSettings.objects.create(user=alice, exercise=press, note="Press")
    assert merging.preview(mine, press).settings_dropped == 1
    merging.merge(mine, press)
    assert ExerciseSettings.objects.get().note == "Press"


@pytest.mark.parametrize(
    ("merged", "standing", "left"),
    [
        (("Seat 4", 5), ("Seat 3", 0), ("Seat 4", 5)),
        (("Seat 4", 0), ("Seat 3", 5), ("Seat 3", 5)),
        (("Seat 4", 0), ("Seat 3", 0), ("Seat 3", 0)),
        (("Seat 4", 0), ("Seat 3", None), ("Seat 4", 0)),
        (("Seat 4", None), ("Seat 3", 0), ("Seat 3", 0)),
        (("Seat 4", None), (None, None), ("Seat 4", None)),
        (("Seat 4", 0), (None, 5), ("Seat 4", 0)),
        ((None, 5), ("Seat 3", 0), ("Seat 3", 0)),
        ((None, 5), (None, 0), (None, 5)),
    ],
)
def test_of_two_notes_the_later_stays_and_none_is_taken_away(alice, mine, press, merged, standing, left):
    def at(minute):
        return None if minute is None else NOON + timedelta(minutes=minute)

    for exercise, (note, minute) in ((mine, merged), (press, standing)):
        ExerciseSettings.objects.create(
            user=alice, exercise=exercise, note=note, note_edited_at=at(minute), rest_seconds=exercise.id
        )
    merging.merge(mine, press)
    own = ExerciseSettings.objects.get()
    assert (own.note, own.note_edited_at, own.rest_seconds) == (left[0], at(left[1]), press.id)


@pytest.mark.parametrize(("minute", "left"), [(4, "Seat 3"), (6, "Seat 5")])
def test_a_late_note_of_the_merged_exercise_is_held_against_what_stands(alice, workout, mine, press, minute, left):
    ExerciseSettings.objects.create(user=alice, exercise=mine, note="Seat 4", note_edited_at=NOON)
    ExerciseSettings.objects.create(
        user=alice, exercise=press, note="Seat 3", note_edited_at=NOON + timedelta(minutes=5)
    )
    merging.merge(mine, press)
    edit = Edit(at=NOON + timedelta(minutes=minute), local_date=NOON.date())
    recording.write_exercise_note(SessionKey(alice.id, workout.id, 1), edit, exercise_id=mine.id, text="Seat 5")
    assert ExerciseSettings.objects.get().note == left


def test_each_lifters_notes_are_held_against_each_other_alone(press):
    double, users = ExerciseFactory(name="The Press"), [UserFactory(), UserFactory()]
    for user, minute in zip(users, (0, 10), strict=True):
        at = NOON + timedelta(minutes=minute)
        ExerciseSettings.objects.create(user=user, exercise=double, note="Double", note_edited_at=at)
        at = NOON + timedelta(minutes=5)
        ExerciseSettings.objects.create(user=user, exercise=press, note="Press", note_edited_at=at)
    merging.merge(double, press)
    assert list(press.settings.order_by("user").values_list("note", flat=True)) == ["Press", "Double"]


def test_settings_that_are_posted_for_the_old_one_are_of_the_new_one(signed_in, mine, press):
    merging.merge(mine, press)
    address = reverse("training:exercise_settings", args=[mine.id])
    assert signed_in.post(address, {"unit": "kg", "note": "Seat 4"}).status_code == 303
    assert press.settings.get().note == "Seat 4"
    assert not mine.settings.exists()


def test_what_runs_is_asked_anew_from_the_history_of_both(alice, mine, press):
    old = planned_workout(alice, press)
    for number in (1, 2, 3):
        log(old, press, number, weight=100)
    Mesocycle.objects.update(status="completed")
    workout = planned_workout(alice, mine)
    Mesocycle.objects.filter(id=workout.mesocycle_id).update(status="active")
    assert workout.prescriptions.current().get(week_number=1).weight is None
    merging.merge(mine, press)
    assert workout.prescriptions.current().get(week_number=1).weight is not None


def test_the_page_says_what_moves_then_does_it(signed_in, workout, mine, press):
    log(workout, mine, 1)
    row = ExerciseFactory(name="My Machine Press", muscle_group="shoulders", equipment="machine", loading="assisted")
    found = signed_in.get(url(mine))
    assertContains(found, f"?into={press.id}")
    assertNotContains(found, f"?into={mine.id}")
    assertContains(signed_in.get(url(mine), {"q": "machine"}), "My Machine Press")
    preview = signed_in.get(url(mine), {"into": row.id})
    assertContains(preview, "Its sets will count for Shoulders, no longer for Chest.")
    assertContains(preview, "will be read as “help from the machine”")
    assert stored(mine) == {1: 80}
    answer = signed_in.post(url(mine), {"into": press.id})
    assertRedirects(answer, reverse("exercises:exercise_detail", args=[press.id]), status_code=303)
    assert stored(press) == {1: 80}
    assert signed_in.get(url(mine)).status_code == 404


@pytest.mark.parametrize("said", ["", "x", "9" * 30, "²"])
def test_without_a_choice_it_asks_for_one(signed_in, mine, said):
    assertContains(signed_in.post(url(mine), {"into": said}), "Choose the exercise", status_code=422)


def test_what_makes_no_sense_is_refused_with_words(signed_in, mine, press):
    assertContains(signed_in.post(url(mine), {"into": mine.id}), "this one is the same", status_code=422)
    press.archive()
    assertContains(signed_in.post(url(mine), {"into": press.id}), "Press is archived", status_code=422)
    with pytest.raises(merging.MergeRefused, match="cannot become one person"):
        merging.merge(press, mine)


def test_nobody_elses_exercise_is_merged_or_merged_into(signed_in, mine, press):
    hers = ExerciseFactory(user=UserFactory())
    assert signed_in.post(url(hers), {"into": press.id}).status_code == 404
    assert signed_in.post(url(mine), {"into": hers.id}).status_code == 404
    assert signed_in.post(url(press), {"into": mine.id}).status_code == 404
    assert not Exercise.objects.filter(merged_into__isnull=False).exists()


def test_a_stranger_does_not_reach_a_merged_exercise(workout, mine, press):
    bobs = planned_workout(UserFactory(), press)
    merging.merge(mine, press)
    with pytest.raises(UnknownAddress):
        log(bobs, mine, 1)


def test_a_change_of_the_plan_for_the_old_one_reaches_the_new_one(signed_in, workout, mine, press):
    Mesocycle.objects.filter(id=workout.mesocycle_id).update(status="active")
    merging.merge(mine, press)
    address = reverse("training:exercise_sets", args=[workout.id, 1, mine.id])
    assert signed_in.post(address, {"sets": "5", "scope": "today"}).status_code == 303
    assert workout.prescriptions.current().get(week_number=1).sets == 5


def test_a_duplicate_of_the_library_takes_everybodys_along(press):
    double = ExerciseFactory(name="The Press")
    users = [UserFactory(), UserFactory()]
    for user in users:
        log(planned_workout(user, double), double, 1)
        ExerciseSettings.objects.create(user=user, exercise=double)
    merging.merge(double, press)
    assert set(Set.objects.values_list("user", "exercise")) == {(user.id, press.id) for user in users}
    assert WorkoutExercise.objects.filter(exercise=press).count() == WorkoutLog.objects.count() == 2
    assert press.aliases.get().user is None


def test_the_preview_asks_as_much_for_many_sets_as_for_few(workout, mine, press):
    counts = []
    for number in (1, 2, 3):
        log(workout, mine, number)
        with assertNumQueries(8):
            counts.append(merging.preview(mine, press).sets)
    assert counts == [1, 2, 3]


@pytest.mark.django_db(transaction=True)
def test_a_set_that_arrives_while_the_merge_is_under_way_waits_and_lands_on_the_new_one(workout, mine, press):
    with transaction.atomic():
        merging.merge(mine, press)
        thread, arrived = beside_us(lambda: log(workout, mine, 1, weight=82, minute=1))
        assert thread.is_alive()  # it waits
    thread.join(timeout=30)
    assert arrived == [Outcome.APPLIED]
    assert stored(press) == {1: 82}
    assert not Set.objects.filter(exercise=mine).exists()


def test_whose_late_edit_loses_hears_what_stands_at_the_new_address(signed_in, workout, mine, press):
    log(workout, mine, 1, weight=80)
    log(workout, press, 1, weight=90)
    merging.merge(mine, press)
    address = reverse("training:set_log", args=[workout.id, 1, mine.id, 1])
    said = {"weight": "70", "reps": "8", "unit": "kg", "edited_at": "2026-11-02T11:00:00Z"}
    answer = signed_in.post(address, said, headers={"X-Outbox": str(workout.mesocycle.user_id)})
    assertContains(answer, "80 kg × 8")
