"""What a curator types: one name once, a sentence where it is there already, and numbers in any digits."""

import pytest
from django.urls import reverse
from pytest_django.asserts import assertContains

from exercises.models import Exercise, ExerciseAlias
from exercises.tests.factories import ExerciseFactory
from metricgain.users.tests.factories import UserFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def press():
    return ExerciseFactory(name="Press")


@pytest.fixture
def save(client, press):
    client.force_login(UserFactory(is_staff=True, is_superuser=True))
    url = reverse("admin:exercises_exercise_change", args=[press.id])

    def post(*names: str, **said):
        shown = client.get(url).context["adminform"].form.initial
        body = {name: value for name, value in shown.items() if value not in (None, False)} | said
        body |= {"aliases-TOTAL_FORMS": len(names), "aliases-INITIAL_FORMS": 0}
        return client.post(url, body | {f"aliases-{number}-name": name for number, name in enumerate(names)})

    return post


def test_other_names_are_stored_as_names_are(save):
    assert save("Dru\u0308cken", "\u202eHeave").status_code == 302
    assert sorted(ExerciseAlias.objects.values_list("name", flat=True)) == ["Drücken", "Heave"]


def test_a_name_of_another_exercise_is_refused_with_its_name(save):
    ExerciseAlias.objects.create(exercise=ExerciseFactory(name="Row"), name="Drücken")
    assertContains(save("DRU\u0308CKEN"), "“Drücken” is another name of Row already.")
    assert ExerciseAlias.objects.count() == 1


def test_one_name_twice_on_the_page_is_refused(save):
    assertContains(save("Heave", "\uff28eave"), "Two of these other names are one name.")
    assert not ExerciseAlias.objects.exists()


def test_what_nobody_sees_is_no_name_here_either(save):
    assertContains(save(name="\u200b"), "This field is required.")
    assert Exercise.objects.get().name == "Press"


def test_numbers_are_read_as_everywhere(save, press):
    assert save(rep_min="٨", rep_max="12,0", rest_seconds="90").status_code == 302
    press.refresh_from_db()
    assert (press.rep_min, press.rep_max, press.rest_seconds) == (8, 12, 90)
    assertContains(save(rep_min="1e1"), "Enter a whole number.")


def test_the_library_has_a_name_once_however_it_is_spelled(save):
    ExerciseFactory(name="Row")
    assertContains(save(name="ROW"), "The library has an exercise of that name already.")


def test_a_part_belongs_to_its_group_and_is_trained_once(save, press):
    assertContains(save(part="quads"), "Chest can have: Mid chest or Upper chest.")
    assertContains(
        save(part="mid_chest", secondary_parts=["mid_chest"]), "Mid chest cannot be trained most and at about half."
    )
    said = {"part": "mid_chest", "movement": "horizontal_press", "rank": "staple", "secondary_parts": ["triceps"]}
    assert save(**said).status_code == 302
    press.refresh_from_db()
    assert said == {name: getattr(press, name) for name in said}


@pytest.mark.parametrize("asked", ["movement=fly", "part=upper_chest", "rank=staple"])
def test_the_list_is_narrowed_by_what_an_exercise_does(client, asked):
    client.force_login(UserFactory(is_staff=True, is_superuser=True))
    name, value = asked.split("=")
    ExerciseFactory(name="Other")
    meant = ExerciseFactory(**{name: value})
    page = client.get(reverse("admin:exercises_exercise_changelist"), {f"{name}__exact": value})
    assert list(page.context["cl"].queryset) == [meant]
