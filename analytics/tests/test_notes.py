from datetime import datetime

import pytest
from django.urls import reverse
from django.utils import timezone
from pytest_django.asserts import assertContains, assertNumQueries

from exercises.models import ExerciseSettings
from exercises.tests.factories import ExerciseFactory
from metricgain.transfer.tests.made import a_session, a_set, stored
from metricgain.users.tests.factories import UserFactory
from training.models import WorkoutLog
from training.tests.factories import planned_workout
from training.tests.lifting import Lifter

pytestmark = pytest.mark.django_db
URL = reverse("analytics:notes")
LATER = datetime(2024, 3, 4, 18)


@pytest.fixture
def press():
    return ExerciseFactory(name="Press")


@pytest.fixture
def alice(client):
    user = UserFactory()
    client.force_login(user)
    return user


@pytest.fixture
def workout(alice, press):
    """A workout with a note of its session, of its exercise and of its slot."""
    return noted(alice, press)


def noted(user, press, words: str = ""):
    workout = planned_workout(user, press)
    Lifter(user).log(workout, 1, press, 10)
    WorkoutLog.objects.filter(workout=workout).update(notes=f"Slept badly, 50% of it {words}")
    said = {"note": f"Elbows IN {words}", "note_edited_at": timezone.now()}
    ExerciseSettings.objects.create(user=user, exercise=press, **said)
    workout.slots.update(notes=f"Bench by the window {words}")
    return workout


def found(client, words: str = "") -> list[str]:
    return [note.kind for note in client.get(URL, {"q": words}).context["notes"]]


def test_each_note_has_its_day_and_leads_to_where_it_was_typed(client, alice, workout, press):
    answer = client.get(URL)
    session, exercise, _slot = sorted(answer.context["notes"], key=lambda note: note.text, reverse=True)
    assert session.text.startswith("Slept"), session
    for note in answer.context["notes"]:
        assertContains(answer, f'href="{note.address}"')
        assert client.get(note.address).status_code == 200
    assert session.day == Lifter(alice).day(1)
    assert exercise.day == alice.today()
    days = [note.day for note in answer.context["notes"]]
    assert days == sorted(days, reverse=True)


@pytest.mark.parametrize(
    ("words", "kinds"),
    [
        ("slept BADLY", ["session"]),
        ("elbows in", ["exercise"]),
        ("window", ["slot"]),
        ("press", ["exercise", "slot"]),
        ("50%", ["session"]),
        ("5%0", []),
        ("e%s", []),
        ("Elbows_IN", []),
        ("\\", []),
    ],
)
def test_the_search_takes_words_as_they_are_in_any_case(client, workout, words, kinds):
    assert found(client, words) == kinds


def test_what_nobody_can_have_typed_is_told_at_the_field(client, workout):
    for words in ("x" * 101, "a\0b"):
        answer = client.get(URL, {"q": words})
        assert answer.status_code == 200
        assertContains(answer, 'aria-invalid="true"')


def test_notes_of_others_are_not_shown(client, alice, press):
    noted(UserFactory(), press, "Secret")
    assertContains(client.get(URL), "No notes yet")
    assert found(client, "Secret") == []


def test_a_note_that_a_plan_took_along_is_shown_once(client, alice, workout, press):
    type(workout.mesocycle).objects.update(status="completed")
    later = planned_workout(alice, press, ExerciseFactory(name="Row"))
    later.slots.update(notes=workout.slots.get().notes)
    slots = [note for note in client.get(URL).context["notes"] if note.kind == "slot"]
    assert {(note.name, note.of) for note in slots} == {("Press", workout.mesocycle_id), ("Row", later.mesocycle_id)}
    assert len(slots) == 2


def test_what_another_app_noted_is_there_too(client, alice):
    stored(alice, a_session(title="Push", note="Belt forgotten"), a_session(LATER, "Pull", a_set(note="Left")))
    assert found(client, "belt") == ["session"]


def test_a_name_and_a_note_are_text(client, alice, press):
    noted(alice, press, "<b>&")
    assertContains(client.get(URL), "&lt;b&gt;&amp;", count=3)


def test_pages_take_the_words_along_and_cost_the_same(client, alice, workout, press):
    with assertNumQueries(4):
        client.get(URL)
    for number in range(25):
        exercise = ExerciseFactory(name=f"Row {number}")
        ExerciseSettings.objects.create(user=alice, exercise=exercise, note=f"Again {number}")
    with assertNumQueries(4):
        answer = client.get(URL, {"q": "again"})
    assert len(answer.context["notes"]) == 20
    assertContains(answer, 'href="?q=again&amp;page=2"')
    assert len(client.get(URL, {"q": "again", "page": 2}).context["notes"]) == 5


def test_what_another_app_noted_at_an_exercise_leads_to_its_session(client, alice, press):
    bench = a_set("Press", note="Elbows in")
    stored(alice, a_session(LATER, "Push", bench), a_session(LATER.replace(day=5), "Push", bench))
    page = client.get(URL).content.decode()
    assert page.count("Elbows in") == 2
    assert "4 March 2024" in page
    assert "5 March 2024" in page
    assert "In the plan" not in page
    for log in WorkoutLog.objects.all():
        address = reverse("training:workout_detail", args=[log.workout_id, log.week_number])
        assert address in page
        assert client.get(address).status_code == 200
