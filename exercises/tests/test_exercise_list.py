import pytest
from django.db import connection
from django.urls import reverse
from django.utils import timezone
from pytest_django.asserts import assertContains, assertNotContains, assertNumQueries

from exercises import library_seed
from exercises.models import Exercise, ExerciseAlias
from exercises.naming.matching import plain_text
from exercises.tests.factories import ExerciseFactory
from metricgain.users.tests.factories import UserFactory

pytestmark = pytest.mark.django_db
URL = reverse("exercises:exercise_list")


@pytest.fixture
def alice(client):
    user = UserFactory()
    client.force_login(user)
    return user


def found(client, **asked) -> list[str]:
    return [exercise.name for exercise in client.get(URL, asked).context["page"]]


def test_it_lists_the_library_and_ones_own_by_muscle_group(client, alice):
    ExerciseFactory(name="Cable Fly")
    ExerciseFactory(name="My Row", muscle_group="back", user=alice)
    ExerciseFactory(name="Bob's Row", muscle_group="back", user=UserFactory())
    answer = client.get(URL)
    assertContains(answer, "Cable Fly")
    assertContains(answer, "My Row")
    assertNotContains(answer, "Bob&#x27;s Row")
    assertNotContains(client.get(URL, {"muscle": "back"}), "Cable Fly")


def test_pages_keep_the_filter(client, alice):
    ExerciseFactory.create_batch(45)
    assertContains(client.get(URL, {"muscle": "chest"}), "?muscle=chest&amp;page=2")
    with assertNumQueries(4):
        client.get(URL, {"muscle": "chest", "page": "2"})


def test_a_search_is_one_query_however_much_there_is(client, alice):
    library_seed.seed()
    for asked in ({"q": "curl"}, {"q": "dumbel bench presss", "type": "freeweight"}):
        with assertNumQueries(3):
            client.get(URL, asked)


FORGIVEN = {
    "barbell bench press": "Barbell Bench Press",
    "press bench barbell": "Barbell Bench Press",
    "barbel bench pres": "Barbell Bench Press",
    "benchpress barbell": "Barbell Bench Press",
    "dumbel lateral rise": "Dumbbell Lateral Raise",
    "DB lateral raise": "Dumbbell Lateral Raise",
    "bicep curl (barbell)": "Barbell Curl",
    "Bankdrücken": "Barbell Bench Press",
    "romainian deadlift": "Romanian Deadlift",
    "pullups": "Pull-ups",
    "Barfiks": "Pull-ups",
    "lat pull down": "Lat Pulldown",
    "skull crusher dumbbell": "Dumbbell Skullcrusher",
    "hack squats": "Hack Squat",
    "lat raise cable": "Cable Lateral Raise",
    "hip thrsut barbell": "Barbell Hip Thrust",
    "belt sqaut": "Belt Squat",
}


def test_it_forgives_typing_and_word_order_and_knows_other_names(client, alice):
    library_seed.seed()
    names = {typed: found(client, q=typed) for typed in FORGIVEN}
    assert {typed: found[0] if found else None for typed, found in names.items()} == FORGIVEN


def test_ones_own_names_count_and_nobody_elses(client, alice):
    press = ExerciseFactory(name="Press")
    ExerciseAlias.objects.create(exercise=press, name="Heave", user=alice)
    ExerciseAlias.objects.create(exercise=press, name="Shove", user=UserFactory())
    assert found(client, q="heave") == ["Press"]
    assert found(client, q="shove") == []


def test_what_is_not_found_can_be_created(client, alice):
    answer = client.get(URL, {"q": "Wobble Board", "muscle": "legs"})
    assertContains(answer, "Nothing here is called “Wobble Board”.")
    assertContains(answer, f"{reverse('exercises:exercise_create')}?muscle=legs&amp;name=Wobble+Board")


def test_filters_narrow_it(client, alice):
    ExerciseFactory(name="Press")
    ExerciseFactory(name="Fly", equipment="cable", exercise_type="cable")
    ExerciseFactory(name="Mine", user=alice)
    ExerciseFactory(name="Old", user=alice, archived_at=timezone.now())
    assert found(client) == ["Mine", "Fly", "Press"]
    assert found(client, equipment="cable") == ["Fly"]
    assert found(client, type="freeweight") == ["Mine", "Press"]
    assert found(client, which="mine") == ["Mine"]
    assert found(client, which="archived") == ["Old"]
    assert found(client, which="recent") == []


def test_an_address_that_makes_no_sense_shows_everything(client, alice):
    ExerciseFactory(name="Press")
    assert found(client, muscle="nose", type="x", which="y", page="z", q="\x00") == ["Press"]


@pytest.mark.parametrize("typed", ["()", "!!!", "xyzzy", "ßß"])
def test_signs_and_nonsense_find_nothing_and_say_so(client, alice, typed):
    ExerciseFactory(name="Press")
    assert found(client, q=typed) == []
    assertContains(client.get(URL, {"q": typed}), "Nothing here is called")


@pytest.mark.parametrize("name", ["Überzüge", "ベンチプレス", "Подъём", "Ćwiczenie łydek"])
def test_ones_own_name_is_found_as_typed_and_without_accents(client, alice, name):
    ExerciseFactory(name=name, user=alice)
    ExerciseFactory(name="Press")
    for typed in (name, name.upper(), name[:4], plain_text(name)):
        assert found(client, q=typed) == [name], typed


@pytest.mark.parametrize("table", ["exercises", "exercise_aliases"])
def test_an_index_can_find_what_a_word_is_like(table):
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL enable_seqscan = off")
        cursor.execute(f"EXPLAIN SELECT id FROM {table} WHERE name %%> 'bench'", [])
        assert f"idx_{table}_name_trgm" in str(cursor.fetchall())


def test_names_mean_exercises_of_the_user(alice):
    library_seed.seed()
    mine = ExerciseFactory(name="Hack Squat", user=alice)
    ExerciseFactory(name="Wobble", user=UserFactory())
    names = Exercise.objects.usable_by(alice).names(alice)
    assert names.resolve("HACK SQUAT") == mine.id
    assert names.resolve("Wobble") is None
    assert names.resolve("Squat (Barbell)") == Exercise.objects.get(slug="barbell-back-squat").id
