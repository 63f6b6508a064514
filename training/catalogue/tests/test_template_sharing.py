"""Templates go from one lifter to another by a link that can be taken back. The copy is a copy by value, and nothing
hostile gets in."""

import json

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils import timezone
from pytest_django.asserts import assertContains, assertRedirects

from exercises.models import Exercise
from exercises.tests.factories import ExerciseFactory
from training.catalogue import sharing
from training.catalogue.sharing import MOST_BYTES, BadTemplate, read_shared, take_over, to_shared
from training.models import Template


@pytest.fixture
def template(alice, press):
    """Makes a template of alice's, with an exercise of the library and one of her own."""
    own = ExerciseFactory(
        user=alice, name="Alice's Pull", muscle_group="back", equipment="cable", exercise_type="cable"
    )
    slots = [
        {"exercise_id": one.id, "target_sets": 3, "target_reps_min": 8, "target_reps_max": 12} for one in (press, own)
    ]
    config = {"duration_weeks": 5, "days_per_week": 1, "workouts": [{"name": "Day", "exercises": slots}]}
    return Template.objects.create(user=alice, name="Alice's plan", description="Words", config=config)


@pytest.fixture
def shared(template):
    return to_shared(template)


@pytest.fixture
def bobs(client, bob):
    client.force_login(bob)
    return client


def link(template) -> str:
    template.share()
    return reverse("training:template_shared", args=[template.share_token])


def test_what_the_owner_chose_for_an_own_exercise_travels_along(template, alice, bob):
    alice.exercises.update(movement="pullover", part="lats")
    shared = to_shared(template)
    of_library, own = shared["workouts"][0]["exercises"]
    assert (own["movement"], own["part"]) == ("pullover", "lats")
    assert not {"movement", "part"} & of_library.keys()
    take_over(bob, read_shared(json.dumps(shared)))
    assert bob.exercises.values_list("movement", "part", "secondary_parts").get() == ("pullover", "lats", [])
    del own["movement"], own["part"]  # as earlier versions write it
    bob.exercises.update(name="Another", archived_at=timezone.now())
    take_over(bob, read_shared(json.dumps(shared)))
    assert bob.exercises.get(archived_at=None).movement != "pullover"


def test_a_link_is_made_once_cannot_be_guessed_and_can_be_taken_back(signed_in, template):
    for _ in range(2):
        signed_in.post(reverse("training:template_share", args=[template.id]))
    token = Template.objects.get().share_token
    assert len(token) >= 32
    url = reverse("training:template_shared", args=[token])
    assertContains(signed_in.get(reverse("training:template_detail", args=[template.id])), url)
    assertContains(signed_in.get(url), "Alice&#x27;s plan")
    signed_in.post(reverse("training:template_unshare", args=[template.id]))
    assert signed_in.get(url).status_code == 404
    signed_in.post(reverse("training:template_share", args=[template.id]))
    assert Template.objects.get().share_token != token


def test_who_is_not_signed_in_signs_in_first(client, template):
    url = link(template)
    assert client.get(url).url == f"/login/?next={url}"


def test_the_database_keeps_a_token_that_can_be_guessed_out(template):
    with pytest.raises(IntegrityError), transaction.atomic():
        Template.objects.update(share_token="short")


def test_bob_takes_a_copy_by_value(bobs, bob, template, press):
    assertContains(bobs.get(link(template)), "Alice&#x27;s Pull")
    answer = bobs.post(link(template))
    copy = Template.objects.get(user=bob)
    assertRedirects(answer, reverse("training:template_detail", args=[copy.id]), status_code=303)
    assert (copy.name, copy.description, copy.share_token) == ("Alice's plan", "Words", None)
    own = Exercise.objects.get(user=bob)
    assert (own.name, own.muscle_group, own.exercise_type, own.equipment) == ("Alice's Pull", "back", "cable", "cable")
    assert (own.movement, own.part, own.secondary_parts) == (None, None, [])  # its name was read, and says nothing
    [workout] = copy.config["workouts"]
    assert [slot["exercise_id"] for slot in workout["exercises"]] == [press.id, own.id]
    assert workout["exercises"][1]["target_reps_max"] == 12
    template.delete()
    assertContains(bobs.get(reverse("training:template_detail", args=[copy.id])), "Alice&#x27;s Pull")


def test_the_link_gives_nothing_else_of_hers(bobs, template):
    link(template)
    assert bobs.get(reverse("training:template_detail", args=[template.id])).status_code == 404
    assert bobs.get(reverse("training:template_download", args=[template.id])).status_code == 404


def test_taken_twice_it_makes_no_exercise_twice(bob, shared):
    for _ in range(2):
        take_over(bob, shared_and_read(shared))
    assert Exercise.objects.owned_by(bob).count() == 1


def shared_and_read(shared: dict) -> dict:
    return read_shared(json.dumps(shared))


def test_a_name_that_is_taken_for_another_muscle_is_told_apart(bob, shared, press):
    ExerciseFactory(user=bob, name="alice's pull", muscle_group="legs")
    shared["workouts"][0]["exercises"][0]["muscle_group"] = "tris"  # a press for the triceps is not ours
    take_over(bob, shared_and_read(shared))
    names = Exercise.objects.owned_by(bob).values_list("name", "muscle_group")
    assert set(names) == {("alice's pull", "legs"), ("Alice's Pull (Back)", "back"), ("Press", "tris")}


def test_what_is_downloaded_can_be_brought_back(signed_in, template):
    answer = signed_in.get(reverse("training:template_download", args=[template.id]))
    assert answer["Content-Disposition"] == 'attachment; filename="alices-plan.json"'
    file = SimpleUploadedFile("plan.json", answer.content)
    signed_in.post(reverse("training:template_import"), {"file": file})
    signed_in.post(reverse("training:template_import"), {"text": answer.text})
    assert Template.objects.filter(name="Alice's plan").count() == 3
    assert len({json.dumps(one.config["workouts"][0]["exercises"]) for one in Template.objects.all()}) == 1


def changed(**columns):
    return lambda shared: shared | columns


def in_workout(**columns):
    return lambda shared: shared | {"workouts": [shared["workouts"][0] | columns]}


def in_slot(**columns):
    def change(shared):
        [workout] = shared["workouts"]
        return shared | {"workouts": [workout | {"exercises": [workout["exercises"][0] | columns]}]}

    return change


HOSTILE = {
    "no object": lambda shared: [shared],
    "another format": changed(format="other"),
    "another version": changed(version=2),
    "no name": changed(name=""),
    "a name that is a list": changed(name=["x"]),
    "a long name": changed(name="x" * 256),
    "a zero byte": changed(name="a\x00b"),
    "half a surrogate pair": changed(name="\ud800"),
    "a long description": changed(description="x" * 2001),
    "a zero byte in the description": changed(description="a\x00"),
    "too many weeks": changed(duration_weeks=8),
    "weeks that are true": changed(duration_weeks=True),
    "weeks with a fraction": changed(duration_weeks=4.5),
    "a huge number": changed(duration_weeks=10**400),
    "no workouts": changed(workouts=[]),
    "workouts that are none": changed(workouts={"0": 1}),
    "eight workouts": lambda shared: shared | {"workouts": shared["workouts"] * 8},
    "a workout that is a number": changed(workouts=[1]),
    "a day that is none": in_workout(day_of_week=7),
    "no exercises": in_workout(exercises=[]),
    "an exercise that is a string": in_workout(exercises=["Press"]),
    "too many exercises": lambda shared: in_workout(exercises=shared["workouts"][0]["exercises"] * 16)(shared),
    "an unknown muscle": in_slot(muscle_group="wings"),
    "a muscle that is a list": in_slot(muscle_group=["chest"]),
    "an unknown type": in_slot(exercise_type="magic"),
    "an unknown equipment": in_slot(equipment="rocket"),
    "an unknown movement": in_slot(movement="rocket"),
    "a part of another muscle group": in_slot(part="quads"),
    "sixteen sets": in_slot(target_sets=16),
    "negative sets": in_slot(target_sets=-1),
    "sets in words": in_slot(target_sets="3"),
    "a range upside down": in_slot(target_reps_min=12, target_reps_max=8),
    "half a range": in_slot(target_reps_min=8, target_reps_max=None),
    "a name in two lines": in_slot(name="Press\nRow"),
}


def stored() -> tuple:
    return Template.objects.count(), Exercise.objects.count()


@pytest.mark.parametrize("change", HOSTILE.values(), ids=HOSTILE.keys())
def test_what_is_broken_is_refused_in_words_and_nothing_is_stored(bobs, shared, change):
    before, text = stored(), json.dumps(change(shared))
    answer = bobs.post(reverse("training:template_import"), {"text": text})
    assert answer.status_code == 422
    [words] = answer.context["form"].errors["text"]
    assert words.endswith(".")
    assert answer.context["form"]["text"].value() == text
    assert stored() == before


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("", "Paste the text"),
        ("{", "cannot be read"),
        ("[" * 30000, "cannot be read"),
        ('{"format": NaN}', "not a template of MetricGain"),
        ("9" * 5000, "cannot be read"),
        (" " * (MOST_BYTES + 1), "at most 64 kB"),
    ],
)
def test_text_that_is_no_template_is_refused(bobs, text, words):
    # Stripped by the form, blanks alone are nothing; as a file they count.
    body = {"text": text} if text.strip() or not text else {"file": SimpleUploadedFile("x.json", text.encode())}
    assertContains(bobs.post(reverse("training:template_import"), body), words, status_code=422)


def test_a_file_that_is_no_text_is_refused(bobs):
    body = {"file": SimpleUploadedFile("x.json", b"\xff\xfe\x00")}
    assertContains(bobs.post(reverse("training:template_import"), body), "it is not text", status_code=422)


def test_an_import_that_would_lead_to_too_many_exercises_stores_nothing(bob, shared, monkeypatch):
    monkeypatch.setattr(sharing, "MOST_OWN", 0)
    before = stored()
    with pytest.raises(BadTemplate, match="exercises of your own"):
        take_over(bob, shared_and_read(shared))
    assert stored() == before


def test_a_largest_template_costs_as_many_queries_as_a_small_one(bob, shared, django_assert_num_queries):
    slots = [shared["workouts"][0]["exercises"][0] | {"name": f"Move {n}"} for n in range(20)]
    large = shared | {"workouts": [shared["workouts"][0] | {"exercises": slots}] * 7}
    with django_assert_num_queries(10):
        take_over(bob, shared_and_read(shared))
    with django_assert_num_queries(10):
        take_over(bob, shared_and_read(large))


def test_the_link_begins_with_the_named_address_else_with_the_one_that_was_asked(signed_in, template, settings):
    path, page = link(template), reverse("training:template_detail", args=[template.id])
    settings.SITE_URL, settings.IS_SITE_NAMED = "https://gym.example.org", True
    assertContains(signed_in.get(page), f">https://gym.example.org{path}<")
    settings.IS_SITE_NAMED = False
    assertContains(signed_in.get(page), f">http://testserver{path}<")
