"""Exercises of one's own: made, changed, put away, and nobody else's."""

import pytest
from django.urls import reverse
from pytest_django.asserts import assertContains, assertNotContains, assertNumQueries, assertRedirects

from exercises.models import Exercise, ExerciseAlias
from exercises.tests.factories import ExerciseFactory
from metricgain.users.tests.factories import UserFactory

pytestmark = pytest.mark.django_db
CREATE = reverse("exercises:exercise_create")
SAID = {"name": "My Row", "muscle_group": "back", "equipment": "machine", "loading": "weight", "mechanic": "compound"}


@pytest.fixture
def alice(client):
    user = UserFactory()
    client.force_login(user)
    return user


def url(name: str, exercise: Exercise) -> str:
    return reverse(f"exercises:exercise_{name}", args=[exercise.id])


def test_an_own_exercise_is_created(client, alice):
    answer = client.post(CREATE, SAID | {"rep_min": "8", "rep_max": "12", "unilateral": "on"})
    row = Exercise.objects.get()
    assertRedirects(answer, url("detail", row), status_code=303)
    assert (row.user, row.is_system, row.exercise_type, row.slug) == (alice, False, "machine", None)
    assert (row.rep_min, row.rep_max, row.unilateral, row.description) == (8, 12, True, None)


def test_an_own_exercise_may_be_a_hold(client, alice):
    assertContains(client.get(CREATE), "Counts")
    client.post(CREATE, SAID | {"measure": "seconds", "rep_min": "20", "rep_max": "90"})
    row = Exercise.objects.get()
    assert (row.measure, row.rep_min, row.rep_max) == ("seconds", 20, 90)
    client.post(url("edit", row), SAID | {"rep_min": "20", "rep_max": "30"})  # as a page of the version before posts it
    row.refresh_from_db()
    assert (row.measure, row.rep_min, row.rep_max) == ("seconds", 20, 30)
    client.post(url("edit", row), SAID | {"measure": "reps"})
    row.refresh_from_db()
    assert row.measure == "reps"


def test_what_it_does_is_guessed_from_its_name(client, alice):
    assertContains(client.get(CREATE), "As its name says")
    client.post(CREATE, SAID | {"name": "Wobble Pulldown"})
    row = Exercise.objects.get()
    assert facts_of(row) == ("vertical_pull", "lats", ["biceps", "upper_back"])
    assertContains(client.get(url("detail", row)), "Lats, with biceps and upper back · Vertical pull")


def test_its_owner_says_what_it_does(client, alice):
    row = ExerciseFactory(user=alice, name="Wobble", muscle_group="legs", movement="squat", part="quads")
    said = SAID | {"name": "Wobble", "muscle_group": "legs", "movement": "hinge", "part": "hamstrings"}
    client.post(url("edit", row), said)
    assert facts_of(row) == ("hinge", "hamstrings", ["glutes", "lower_back"])
    client.post(url("edit", row), said | {"part": ""})
    assert facts_of(row) == ("hinge", "hamstrings", ["glutes", "lower_back"])  # as of any other hinge
    client.post(url("edit", row), said | {"name": "Wobble Lunge", "part": "", "movement": ""})
    assert facts_of(row) == ("lunge", "quads", ["glutes"])


def test_a_part_of_another_muscle_group_is_refused_in_words(client, alice):
    row = ExerciseFactory(user=alice, name="Wobble", muscle_group="legs", movement="squat", part="quads")
    answer = client.post(url("edit", row), SAID | {"part": "quads", "movement": "squat"})
    assertContains(answer, "Back can have: Lats or Upper back or Lower back or Traps.", status_code=422)
    row.refresh_from_db()
    assert (row.muscle_group, row.part) == ("legs", "quads")


def test_a_page_of_the_version_before_leaves_what_its_owner_said(client, alice):
    row = ExerciseFactory(
        user=alice, name="My Row", muscle_group="back", movement="pullover", part="lats", secondary_parts=["abs"]
    )
    client.post(url("edit", row), SAID)
    assert facts_of(row) == ("pullover", "lats", ["abs"])
    client.post(url("edit", row), SAID | {"muscle_group": "chest"})
    assert facts_of(row) == ("pullover", "mid_chest", ["lats"])  # it has no lats there


def facts_of(row: Exercise) -> tuple:
    row.refresh_from_db()
    return row.movement, row.part, row.secondary_parts


def test_it_comes_back_with_the_new_one_to_where_it_was_called_from(client, alice):
    page = client.get(CREATE, {"next": "/templates/?muscle=back&exercise=1", "muscle": "back", "name": "Row"})
    assertContains(page, 'value="/templates/?muscle=back&amp;exercise=1"')
    assertContains(page, '<option value="back" selected>')
    answer = client.post(CREATE, SAID | {"next": "/templates/?muscle=back&exercise=1"})
    assert answer.url == f"/templates/?muscle=back&exercise={Exercise.objects.get().id}"


@pytest.mark.parametrize("typed", ["BB Bench Press", "bench press (barbell)", "bench press"])
def test_what_the_library_has_is_offered_first_and_made_on_purpose_only(client, alice, typed):
    bench = ExerciseFactory(name="Barbell Bench Press")
    said = SAID | {"name": typed, "description": "Slowly", "next": "/templates/?muscle=chest"}
    met = client.post(CREATE, said)
    for words in ("That is in the library: use it?", "Slowly", f"/templates/?muscle=chest&amp;exercise={bench.id}"):
        assertContains(met, words, status_code=422)
    assert client.post(CREATE, said | {"anyway": str(bench.id + 1)}).status_code == 422
    assert not alice.exercises.exists()
    assert client.post(CREATE, said | {"anyway": str(bench.id)}).status_code == 303
    assert alice.exercises.get().name == typed


def test_an_own_one_under_another_spelling_is_offered_too(client, alice):
    own, _ = ExerciseFactory(name="Zercher Row", user=alice), ExerciseFactory(name="Wobble Board", user=UserFactory())
    met = client.post(CREATE, SAID | {"name": "Row Zercher"})
    assertContains(met, "That is in your library: use it?", status_code=422)
    assertContains(met, f'href="{url("detail", own)}">Use it', status_code=422)
    assert client.post(CREATE, SAID | {"name": "Wobble Board"}).status_code == 303
    own.archive()
    assert client.post(CREATE, SAID | {"name": "Row Zercher"}).status_code == 303


@pytest.mark.parametrize("elsewhere", ["https://evil.example/", "//evil.example/", "javascript:alert(1)"])
def test_it_never_leads_to_another_site(client, alice, elsewhere):
    answer = client.post(CREATE, SAID | {"next": elsewhere})
    assert answer.url == url("detail", Exercise.objects.get())


@pytest.mark.parametrize(
    ("said", "words"),
    [
        ({"name": "  "}, "Give it a name."),
        ({"name": "MY PRESS"}, "You have an exercise of that name already."),
        ({"name": "old press"}, "It is among your archived ones."),
        ({"muscle_group": "nose"}, "Select a valid choice"),
        ({"rep_min": "8"}, "A rep range has both ends, or neither."),
        ({"rep_min": "12", "rep_max": "8"}, "A rep range has its lower end first."),
        ({"rep_min": "0", "rep_max": "8"}, "The range of an exercise lies within 1 to 30 reps."),
        ({"rep_min": "8", "rep_max": "31"}, "The range of an exercise lies within 1 to 30 reps."),
        ({"measure": "seconds", "rep_min": "4", "rep_max": "60"}, "The range of a hold lies within 5 to 600 seconds."),
        ({"measure": "miles"}, "Select a valid choice"),
        ({"rest_seconds": "4000"}, "An hour (3600) is the longest rest."),
        ({"rest_seconds": "99999999999"}, "An hour (3600) is the longest rest."),
        ({"name": "x" * 256}, "at most 255 characters"),
    ],
)
def test_what_cannot_be_is_refused_with_what_was_typed(client, alice, said, words):
    ExerciseFactory(name="My Press", user=alice)
    ExerciseFactory(name="Old Press", user=alice).archive()
    answer = client.post(CREATE, SAID | {"description": "Slowly"} | said)
    assert answer.status_code == 422
    assertContains(answer, words, status_code=422)
    assertContains(answer, "Slowly", status_code=422)
    assert Exercise.objects.count() == 2


def test_bobs_exercise_of_the_same_name_is_no_hindrance(client, alice):
    ExerciseFactory(name="My Row", user=UserFactory())
    assert client.post(CREATE, SAID).status_code == 303


def test_it_is_edited(client, alice):
    row = ExerciseFactory(name="Row", user=alice)
    assertContains(client.get(url("edit", row)), 'value="Row"')
    assertRedirects(client.post(url("edit", row), SAID), url("detail", row), status_code=303)
    row.refresh_from_db()
    assert (row.name, row.muscle_group, row.exercise_type, row.user) == ("My Row", "back", "machine", alice)
    answer = client.post(url("edit", row), SAID | {"name": ""})
    assertContains(answer, "<h1>Edit <bdi>My Row</bdi></h1>", status_code=422)


def test_it_is_archived_and_unarchived_and_saying_so_again_changes_nothing(client, alice):
    row = ExerciseFactory(user=alice)
    for name, usable in (("archive", False), ("archive", False), ("unarchive", True), ("unarchive", True)):
        assert client.post(url(name, row)).status_code == 303
        assert Exercise.objects.usable_by(alice).exists() is usable
    assert client.get(url("archive", row)).status_code == 405


@pytest.mark.parametrize("name", ["edit", "archive", "unarchive"])
def test_the_library_is_not_ones_own(client, alice, name):
    assert client.post(url(name, ExerciseFactory()), SAID).status_code == 404
    assert client.post(url(name, ExerciseFactory(user=UserFactory())), SAID).status_code == 404


def test_the_page_of_an_exercise_says_what_it_is(client, alice):
    row = ExerciseFactory(name="Press", description="Push.", unsafe_to_fail=True, rep_min=6, rep_max=10)
    ExerciseAlias.objects.create(exercise=row, name="Heave")
    ExerciseAlias.objects.create(exercise=row, name="Shove", user=UserFactory())
    with assertNumQueries(4):
        answer = client.get(url("detail", row))
    for words in ("Push.", "6–10", "Failing is unsafe", "Heave", reverse("analytics:exercise_history", args=[row.id])):
        assertContains(answer, words)
    assertNotContains(answer, "Shove")
    assertNotContains(answer, "Edit")
    assert client.get(url("detail", ExerciseFactory(user=UserFactory()))).status_code == 404


def test_the_page_of_a_merged_one_leads_to_where_it_went(client, alice):
    last = ExerciseFactory()
    between = ExerciseFactory(user=alice, merged_into=last)
    first = ExerciseFactory(user=alice, merged_into=between)
    assertRedirects(client.get(url("detail", first)), url("detail", last), status_code=303)
    assert client.get(url("edit", first)).status_code == 404
