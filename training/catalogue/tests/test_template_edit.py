"""A lifter's own template: its name, words and tags, and a plan that is saved in its place."""

import pytest
from django.urls import reverse
from pytest_django.asserts import assertContains, assertNotContains, assertRedirects

from exercises.tests.factories import ExerciseFactory
from training.catalogue.tests.test_templates import template_of
from training.models import Template
from training.tests.factories import planned_workout


@pytest.fixture
def template(alice):
    columns = {"name": "Mine", "description": "Old words", "tags": ["chest focus", "garage"]}
    return template_of([ExerciseFactory()], user=alice, **columns)


@pytest.fixture
def url(template):
    return reverse("training:template_edit", args=[template.id])


SAID = {"name": "Renamed", "description": "New words", "tags": ["full body", "short sessions"]}


def test_name_words_and_tags_change_and_what_is_not_offered_stays(signed_in, template, url):
    page = signed_in.get(url)
    assertContains(page, "Old words")
    detail = reverse("training:template_detail", args=[template.id])
    for _ in range(2):
        assertRedirects(signed_in.post(url, SAID), detail, status_code=303)
    template.refresh_from_db()
    assert (template.name, template.description) == ("Renamed", "New words")
    assert template.tags == ["full body", "short sessions", "garage"]
    assertContains(signed_in.get(reverse("training:template_list"), {"goal": "full body"}), "Renamed")


def test_its_page_leads_there_and_from_there_it_is_deleted(signed_in, template, url):
    assertContains(signed_in.get(reverse("training:template_detail", args=[template.id])), url)
    assertContains(signed_in.get(url), reverse("training:template_delete", args=[template.id]))


def test_without_a_name_what_was_typed_comes_back(signed_in, template, url):
    answer = signed_in.post(url, SAID | {"name": " "})
    assertContains(answer, "Give the template a name.", status_code=422)
    assertContains(answer, "New words", status_code=422)
    template.refresh_from_db()
    assert template.name == "Mine"


def test_a_tag_that_is_not_offered_is_refused(signed_in, url):
    assert signed_in.post(url, SAID | {"tags": ["evil"]}).status_code == 422


def test_nobody_edits_anothers_or_everybodys(client, signed_in, bob, url):
    everybodys = template_of([ExerciseFactory()], name="All")
    assert signed_in.post(reverse("training:template_edit", args=[everybodys.id]), SAID).status_code == 404
    client.force_login(bob)
    assert client.get(url).status_code == 404
    assert client.post(url, SAID).status_code == 404
    assert not Template.objects.filter(name="Renamed").exists()


# A plan in its place


@pytest.fixture
def workout(alice):
    return planned_workout(alice, ExerciseFactory(name="Row"))


@pytest.fixture
def save(signed_in, workout):
    url = reverse("training:template_save", args=[workout.mesocycle_id])
    return lambda **typed: signed_in.post(url, {"name": "Mine", "description": "Words"} | typed)


def test_a_plan_takes_its_place_and_link_and_tags_stay(workout, template, save):
    template.share()
    for _ in range(2):
        assert save(replaces=template.id).status_code == 303
    kept = Template.objects.get()
    assert (kept.id, kept.share_token, kept.tags) == (template.id, template.share_token, ["chest focus", "garage"])
    row = workout.slots.get().exercise_id
    assert [slot["exercise_id"] for slot in kept.config["workouts"][0]["exercises"]] == [row]


def test_the_form_offers_ones_own_the_one_of_the_same_name_first(signed_in, workout, template, save):
    url = reverse("training:template_save", args=[workout.mesocycle_id])
    template_of([ExerciseFactory()], name="Everybody's")
    page = signed_in.get(url)
    assertContains(page, "In the place of “Mine”")
    assertNotContains(page, "selected>In the place")
    assertNotContains(page, "Everybody")
    workout.mesocycle.name = "Mine"
    workout.mesocycle.save()
    assertContains(signed_in.get(url), "selected>In the place of “Mine”")


def test_unless_it_says_so_it_is_a_new_one(template, save):
    save()
    assert Template.objects.count() == 2


def test_anothers_and_one_that_is_gone_are_not_replaced(bob, template, save):
    bobs = template_of([ExerciseFactory()], name="Bob's", user=bob)
    assertContains(save(replaces=bobs.id), "That template is gone", status_code=422)
    bobs.refresh_from_db()
    assert bobs.name == "Bob's"
