"""Names with one key are one name, for the index and for the forms."""

import unicodedata

import pytest
from django.db import connection
from django.urls import reverse
from pytest_django.asserts import assertContains

from exercises.models import Exercise, ExerciseAlias, ExerciseQuerySet
from exercises.tests.factories import ExerciseFactory
from metricgain.names import clean_name, keys_of
from metricgain.operations.servers import databases
from metricgain.users.tests.factories import UserFactory

pytestmark = pytest.mark.django_db
CREATE = reverse("exercises:exercise_create")
SAID = {"muscle_group": "back", "equipment": "machine", "loading": "weight", "mechanic": "compound"}
ONE_NAME = [
    ("Incline Press", "incline press"),
    ("\u0130ncline Press", "incline press"),
    ("I\u0307ncline Press", "incline press"),
    ("\u212a press", "K press"),
    ("\u03f4", "\u03b8"),
    ("\u0398", "\u03d1"),
    ("ΣΟΦΟΣ", "σοφος"),
    ("Überzüge", "U\u0308BERZU\u0308GE"),
    ("Fußheben", "FUSSHEBEN"),
    ("FU\u1e9eHEBEN", "fussheben"),
    ("\uff22\uff45\uff4e\uff43\uff48", "bench"),
    ("ベンチプレス", "ﾍﾞﾝﾁﾌﾟﾚｽ"),
    ("Bench  press", " bench\u00a0press\t"),
    ("Be\u00adnch\u200b press", "bench press"),
    ("می\u200cخواهم", "میخواهم"),
    ("ЖИМ ЛЁЖА", "жим лёжа"),
    ("ǰ-row", "J\u030c-ROW"),
]
TWO_NAMES = [("Sırt", "Sirt"), ("Bench", "Bench 2"), ("Tod", "Töd"), ("ｱ", "ｲ"), ("Pull-up", "Pull up"), ("жим", "жім")]
NO_NAMES = ["\u200b", " \u00a0 ", "\u202e\u2066", "\u200d\ufe0f", "\u3164", "\u2800", "\U000e0020"]


@pytest.fixture
def alice(client):
    user = UserFactory()
    client.force_login(user)
    return user


@pytest.mark.parametrize(("one", "other"), ONE_NAME, ids=ascii)
def test_one_name_has_one_key(one, other):
    assert len(set(keys_of([one, other]).values())) == 1


@pytest.mark.parametrize(("one", "other"), TWO_NAMES, ids=ascii)
def test_two_names_have_two_keys(one, other):
    assert len(set(keys_of([one, other]).values())) == 2


def test_every_letter_has_the_key_of_its_other_case_and_of_its_own_key():
    """Of letters that are one letter in the other case too, and not dotless."""
    signs = [
        chr(code) for code in range(0x20, 0x20000) if unicodedata.category(chr(code)) in ("Lu", "Ll", "Lt", "Nd", "So")
    ]
    pairs = [(f"a{sign}b", f"a{sign.casefold()}b") for sign in signs if sign not in "\u0130\u0131\u0149\u0390\u03b0"]
    keys = keys_of(name for pair in pairs for name in pair)
    several = {sign for sign in signs if len(unicodedata.normalize("NFKC", sign.casefold())) > 1}
    apart = [one for one, other in pairs if keys[one] != keys[other] and one[1] not in several]
    assert [ascii(one) for one in apart] == []
    again = keys_of(keys.values())
    assert [ascii(key) for key in again if again[key] != key] == []


def test_a_key_fits_into_an_index(alice):
    longest = ExerciseFactory(user=alice, name="\ufdfa" * 255)
    assert len(keys_of([longest.name])[longest.name]) == 255


@pytest.mark.parametrize(("one", "other"), [pair for both in ONE_NAME for pair in (both, both[::-1])], ids=ascii)
def test_the_form_refuses_what_the_index_refuses(client, alice, one, other):
    ExerciseFactory(user=alice, name=clean_name(one))
    answer = client.post(CREATE, SAID | {"name": other})
    assertContains(answer, "You have an exercise of that name already.", status_code=422)
    assert Exercise.objects.count() == 1


@pytest.mark.parametrize("address", ["create", "edit"])
def test_of_two_requests_at_once_the_second_gets_a_sentence(client, alice, address, monkeypatch):
    """Both looked before either had stored."""
    row = ExerciseFactory(user=alice, name="Row")
    url = CREATE if address == "create" else reverse("exercises:exercise_edit", args=[ExerciseFactory(user=alice).id])
    monkeypatch.setattr(ExerciseQuerySet, "named", lambda looked, name: looked.none())
    answer = client.post(url, SAID | {"name": "ROW", "anyway": row.id})
    assertContains(answer, "You have an exercise of that name already.", status_code=422)
    assert [one.name for one in Exercise.objects.filter(name__iexact="row")] == ["Row"]


@pytest.mark.parametrize(("one", "other"), TWO_NAMES, ids=ascii)
def test_the_form_takes_what_the_index_takes(client, alice, one, other):
    made = ExerciseFactory(user=alice, name=one)
    assert client.post(CREATE, SAID | {"name": other, "anyway": made.id}).status_code == 303
    assert Exercise.objects.count() == 2


@pytest.mark.parametrize("typed", NO_NAMES, ids=ascii)
def test_what_nobody_sees_is_no_name(client, alice, typed):
    assertContains(client.post(CREATE, SAID | {"name": typed}), "Give it a name.", status_code=422)
    assert not Exercise.objects.exists()


@pytest.mark.parametrize(
    ("typed", "stored"),
    [
        ("\u202eevil\u202c row", "evil row"),
        ("\u2066Row\u2069", "Row"),
        ("U\u0308berzu\u0308ge", "Überzüge"),
        ("می\u200cخواهم", "می\u200cخواهم"),
        ("👩🏽\u200d🦱 curl", "👩🏽\u200d🦱 curl"),
        ("ベンチ\u3000プレス", "ベンチ プレス"),
        ("क्\u200dष", "क्\u200dष"),
    ],
    ids=ascii,
)
def test_any_script_is_stored_without_signs_that_turn_it(client, alice, typed, stored):
    client.post(CREATE, SAID | {"name": typed})
    assert Exercise.objects.get().name == stored


def test_the_database_makes_the_key_itself(alice):
    """The version before knows no key."""
    _run(
        "INSERT INTO exercises (name, muscle_group, exercise_type, user_id) "
        f"VALUES ('K press', 'chest', 'machine', {alice.id}) RETURNING id"
    )
    assert Exercise.objects.owned_by(alice).named("\u212a PRESS").exists()


def test_an_alias_is_found_by_its_key(alice):
    ExerciseAlias.objects.create(exercise=ExerciseFactory(name="Row"), name="Überzüge")
    assert ExerciseAlias.objects.named("U\u0308BERZU\u0308GE").exists()


def test_a_database_of_another_locale_makes_the_same_keys(db):
    texts = [name for pair in (*ONE_NAME, *TWO_NAMES) for name in pair]
    ours = keys_of(texts)
    [[function]] = _run("SELECT pg_get_functiondef('name_key'::regproc)")
    with databases.maintenance() as server:
        server.execute("DROP DATABASE IF EXISTS names_in_c")
        server.execute("CREATE DATABASE names_in_c TEMPLATE template0 ENCODING 'UTF8' LOCALE_PROVIDER libc LOCALE 'C'")
        try:
            with databases.session("names_in_c") as other:
                other.execute(function)
                theirs = dict(other.execute("SELECT name, name_key(name) FROM unnest(%s::text[]) name", [texts]))
        finally:
            server.execute("DROP DATABASE names_in_c WITH (FORCE)")
    assert theirs == ours


def _run(statement: str) -> list[tuple]:
    with connection.cursor() as cursor:
        cursor.execute(statement)
        return cursor.fetchall()
