from datetime import timedelta

from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone
from pytest_django.asserts import assertContains, assertNotContains, assertNumQueries, assertTemplateUsed

from exercises.tests.factories import ExerciseFactory
from training.models import Set, WorkoutLog
from training.tests.factories import MesocycleFactory, SlotFactory, WorkoutFactory, planned_workout
from training.tests.lifting import Lifter


def page(workout, week=1):
    return reverse("training:workout_detail", args=[workout.id, week])


def with_history(user, exercises, sessions=30):
    """Logs `sessions` older workouts of the same exercises, three sets each."""
    mesocycle = MesocycleFactory(user=user, status="completed", duration_weeks=7)
    for day in range(sessions):
        workout = WorkoutFactory(mesocycle=mesocycle)
        when = timezone.now() - timedelta(days=day + 1)
        log = WorkoutLog.objects.create(
            workout=workout, mesocycle=mesocycle, user=user, week_number=1, performed_at=when, started_at=when
        )
        Set.objects.bulk_create(
            Set(workout_log=log, user=user, exercise=exercise, set_number=n, weight=50 + day, reps=n, performed_at=when)
            for exercise in exercises
            for n in (1, 2, 3)
        )


def test_it_shows_each_exercise_with_its_sets_to_do(signed_in, workout, exercise):
    answer = signed_in.get(page(workout))
    assertTemplateUsed(answer, "training/session/workout_detail.html")
    assertContains(answer, exercise.name)
    assertContains(answer, "0 of 3 sets done")
    # A blank card lies ready for an exercise chosen offline.
    assert answer.content.decode().split("<template")[0].count('class="set-row"') == 3


def test_it_prefills_the_forms_from_the_prescription(signed_in, alice):
    workout = planned_workout(alice, target_weight=62.5)
    answer = signed_in.get(page(workout))
    assertContains(answer, 'value="62.5"', count=3)
    for reps in (10, 9, 8):
        assertContains(answer, f'value="{reps}"')
    assertContains(answer, "Your plan starts at 62.5 kg")


def test_without_a_weight_it_asks_for_one_and_offers_the_last_one_typed(signed_in, workout, set_url):
    assertContains(signed_in.get(page(workout)), "Pick a weight you could lift 10 times")
    signed_in.post(set_url(1), {"weight": "70", "reps": "10", "unit": "kg"})
    assertContains(signed_in.get(page(workout)), 'value="70"', count=3)


def test_it_shows_what_was_done_last_time_in_any_mesocycle(signed_in, alice, workout, exercise):
    with_history(alice, [exercise], sessions=2)
    answer = signed_in.get(page(workout))
    assertContains(answer, "Last time 50 kg × 1")
    assertNotContains(answer, "51 kg")


def test_a_muscles_first_session_ever_asks_no_soreness(signed_in, alice, workout, exercise):
    assertNotContains(signed_in.get(page(workout)), "how sore")
    with_history(alice, [exercise], sessions=1)
    assertContains(signed_in.get(page(workout)), "Chest: how sore were you after last time?", count=1)


def test_soreness_stands_in_the_first_and_the_rest_after_the_last_exercise_of_a_muscle(signed_in, alice):
    chest = [ExerciseFactory(name="Press"), ExerciseFactory(name="Fly")]
    back = ExerciseFactory(name="Row", muscle_group="back")
    with_history(alice, [*chest, back], sessions=1)
    workout = planned_workout(alice, *chest, back)
    text = signed_in.get(page(workout)).content.decode()
    order = [">Press<", "Chest: how sore", ">Fly<", "Chest: how did it go", ">Row<", "Back: how sore", "Back: how did"]
    places = [text.index(words) for words in order]
    assert places == sorted(places)


def test_what_is_true_of_a_muscle_stands_once_beside_its_question(signed_in, alice):
    press, fly = ExerciseFactory(name="Press"), ExerciseFactory(name="Fly")
    workout, lifter = planned_workout(alice, press, fly), Lifter(alice, alice.today() - timedelta(days=7))
    lifter.train(workout, 1, 10, 9, 8, pump=2, challenge=1)
    words = "Same sets for Chest because you did not say how sore you got."
    text = signed_in.get(page(workout, 2)).content.decode()
    assert text.count(words) == 1
    assert text.index(">Press<") < text.index("Chest: how sore") < text.index(words) < text.index(">Fly<")
    lifter.say(workout, 2, "chest", soreness=3)
    answer = signed_in.get(page(workout, 2))
    assertContains(answer, "No extra set for Chest: you are still sore today.", count=1)
    assertNotContains(answer, words)


def test_what_is_true_of_a_muscle_stands_at_its_first_exercise_where_it_has_no_question(signed_in, alice):
    workout = planned_workout(alice, ExerciseFactory(name="Press"), ExerciseFactory(name="Fly"))
    Lifter(alice).skip(workout, 1)
    text = signed_in.get(page(workout, 2)).content.decode()
    words = "You left it out last time, so the sets stay as they were."
    assert text.count(words) == 1
    assert text.index(">Press<") < text.index(words) < text.index(">Fly<")


def test_a_deload_asks_nothing(signed_in, alice):
    workout = planned_workout(alice, weeks=3)
    exercise = workout.slots.get().exercise
    for week in (1, 2):
        url = reverse("training:set_log", args=[workout.id, week, exercise.id, 1])
        signed_in.post(url, {"weight": "70", "reps": "10", "unit": "kg"})
        signed_in.post(reverse("training:workout_finish", args=[workout.id, week]))
    answer = signed_in.get(page(workout, 3))
    assertContains(answer, "deload")
    assertContains(answer, "@ 4+ RIR")
    assertNotContains(answer, "how sore")
    assertNotContains(answer, "how did it go")


def test_a_week_that_is_not_prescribed_yet_says_when_it_will_be(signed_in, workout):
    answer = signed_in.get(page(workout, 2))
    assertContains(answer, "not prescribed yet")
    assertContains(answer, page(workout, 1))


def test_a_done_set_can_be_mended_and_undone(signed_in, workout, set_url):
    signed_in.post(set_url(1), {"weight": "70", "reps": "10", "unit": "kg", "rir": "2"})
    answer = signed_in.get(page(workout))
    assertContains(answer, "set-row set-row--done", count=1)
    assertContains(answer, set_url(1, name="set_delete"))


def test_names_are_escaped(signed_in, alice):
    workout = planned_workout(alice, ExerciseFactory(name="<script>alert(1)</script>"))
    assertNotContains(signed_in.get(page(workout)), "<script>alert")


def test_it_hides_alices_workout_from_bob(client, bob, workout):
    client.force_login(bob)
    assert client.get(page(workout)).status_code == 404


def test_weeks_outside_the_mesocycle_are_not_found(signed_in, workout):
    assert [signed_in.get(page(workout, week)).status_code for week in (0, 5, 6, 8)] == [404, 200, 404, 404]


def test_it_takes_six_queries_whatever_the_history_and_one_more_for_muscles_that_are_new(signed_in, alice):
    exercises = [ExerciseFactory(muscle_group=muscle) for muscle in ("chest", "chest", "back", "legs", "bis", "abs")]
    workout = planned_workout(alice, *exercises)
    counts = []
    for sessions in (0, 1, 30):
        with_history(alice, exercises, sessions)
        for exercise in exercises:
            url = reverse("training:set_log", args=[workout.id, 1, exercise.id, 1])
            signed_in.post(url, {"weight": "70", "reps": "10", "unit": "kg"})
        with CaptureQueriesContext(
            connection,
        ) as queries:
            signed_in.get(page(workout))
        counts.append(len(queries))
    assert counts == [7, 6, 6]


def test_exercises_beside_the_plan_take_one_query_more_and_keep_the_order_in_which_they_were_done(signed_in, alice):
    workout = planned_workout(alice)
    planned = workout.slots.get().exercise
    others = [ExerciseFactory(name=name) for name in ("Zottman Curl", "Arnold Press")]
    with_history(alice, [planned, *others], sessions=1)
    for exercise in others:
        url = reverse("training:set_log", args=[workout.id, 1, exercise.id, 1])
        signed_in.post(url, {"weight": "70", "reps": "10", "unit": "kg"})
    with assertNumQueries(7):
        text = signed_in.get(page(workout)).content.decode()
    places = [text.index(f">{exercise.name}<") for exercise in (planned, *others)]
    assert places == sorted(places)
    assert text.count("Last time 50 kg × 1.") == 3


def test_a_refused_set_beside_those_that_were_asked_comes_back_below_them(signed_in, workout, exercise):
    url = reverse("training:set_log", args=[workout.id, 1, exercise.id, 4])
    answer = signed_in.post(url, {"weight": "eighty", "reps": "10", "unit": "kg"})
    assertContains(answer, f"{exercise.name}, set 4", status_code=422)
    assertContains(answer, 'value="eighty"', status_code=422, count=1)


def test_a_retired_slot_keeps_its_history_on_the_page(signed_in, workout, exercise, set_url):
    signed_in.post(set_url(1), {"weight": "70", "reps": "10", "unit": "kg"})
    workout.slots.all().delete()
    SlotFactory(workout=workout)
    assertContains(signed_in.get(page(workout)), exercise.name)
