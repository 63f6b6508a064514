import pytest
from django.urls import reverse
from django.utils import timezone
from pytest_django.asserts import assertContains, assertNotContains, assertNumQueries

from analytics import exercise_sessions, strength
from exercises.models import ExerciseSettings
from exercises.tests.factories import ExerciseFactory
from metricgain.users.tests.factories import UserFactory
from training.models import Set
from training.session.tests.test_workout_finish import log_sets
from training.tests.factories import planned_workout
from training.tests.lifting import Lifter

pytestmark = pytest.mark.django_db


def url_of(exercise) -> str:
    return reverse("analytics:exercise_history", args=[exercise.id])


@pytest.fixture
def alice(client):
    user = UserFactory()
    client.force_login(user)
    return user


def test_the_history_of_an_exercise_is_ones_own(client, alice):
    exercise = ExerciseFactory()
    assertContains(client.get(url_of(exercise)), "not logged this exercise yet")
    workout = planned_workout(alice, exercise)
    log_sets(client, workout, exercise, 10, 9, weight="60")
    assertContains(client.get(url_of(exercise)), "60 kg × 10, 60 kg × 9")
    with assertNumQueries(5):
        client.get(url_of(exercise))
    client.force_login(UserFactory())
    assertContains(client.get(url_of(exercise)), "not logged this exercise yet")


def test_a_drop_stands_behind_its_set(client, alice):
    exercise = ExerciseFactory()
    log_sets(client, planned_workout(alice, exercise), exercise, 10, 9, 6, weight="60")
    Set.objects.filter(set_number=3).update(set_type="drop", extends=1, weight=45)
    assertContains(client.get(url_of(exercise)), "60 kg × 10 + 45 kg × 6, 60 kg × 9")


def test_somebody_elses_exercise_is_not_found(client, alice):
    other = ExerciseFactory(user=UserFactory())
    assert client.get(url_of(other)).status_code == 404


def test_its_line_is_the_one_of_the_page_for_all_exercises(alices):
    alices.user.body_weights.create(date="2026-01-01", kg=80)
    for exercise in alices.exercises:
        sessions = exercise_sessions.exercise_history(alices.user, exercise, since=None)
        [overall] = strength.strength_of(alices.user, [exercise], since=None)
        assert exercise_sessions.strength_in(alices.user, exercise, sessions) == overall
        assert len(overall.points) > 5


def test_sessions_come_newest_first_with_what_was_done_in_order(alices):
    exercise = alices.exercises[0]
    sessions = exercise_sessions.exercise_history(alices.user, exercise, since=None)
    expected = {}
    for log, one, of in alices.rows:
        if of == exercise:
            expected.setdefault(log.performed_at, []).append(one.reps)
    assert [one.at for one in sessions] == sorted(expected, reverse=True)
    assert [[done.reps for done in one.sets] for one in sessions] == [expected[one.at] for one in sessions]


def test_a_period_without_a_session_says_so(client, alice):
    exercise = ExerciseFactory()
    workout = planned_workout(alice, exercise)
    Lifter(alice, begins=timezone.now().date().replace(year=2024, day=1)).log(workout, 1, exercise, 10, weight="60")
    answer = client.get(url_of(exercise) + "?period=6m")
    assertContains(answer, "You did not train it in this period")
    assertContains(answer, "60 kg</th><td>10</td>")
    assertContains(client.get(url_of(exercise) + "?period=all"), "60 kg × 10")
    unasked = client.get(url_of(exercise))
    assertContains(unasked, "60 kg × 10")
    assertContains(unasked, 'aria-current="true">All')


def test_notes_of_the_exercise_and_of_its_sessions_are_there(client, alice):
    exercise = ExerciseFactory()
    workout = planned_workout(alice, exercise)
    log_sets(client, workout, exercise, 10, weight="60")
    workout.logs.update(notes="Slept badly")
    ExerciseSettings.objects.create(user=alice, exercise=exercise, note="Seat on 4")
    assertContains(client.get(url_of(exercise)), "Slept badly")
    assertContains(client.get(url_of(exercise)), "Seat on 4")


def test_a_deload_says_so_and_is_no_point_of_the_line(client, alice):
    exercise = ExerciseFactory()
    workout = planned_workout(alice, exercise)
    log_sets(client, workout, exercise, 10, weight="60")
    assertNotContains(client.get(url_of(exercise)), "Deload")
    shown = workout.prescriptions.get()
    workout.logs.get().sets.update(prescription=shown)
    workout.prescriptions.update(kind="deload")
    answer = client.get(url_of(exercise))
    assertContains(answer, '<span class="tag">Deload</span>')
    assertNotContains(answer, '<svg class="chart"')
