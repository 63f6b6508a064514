import pytest
from django.urls import reverse
from pytest_django.asserts import assertContains, assertNotContains, assertRedirects

from metricgain.users.models import User

FORM = {
    "full_name": "Alice",
    "unit": "lb",
    "timezone": "Asia/Tokyo",
    "theme": "dark",
    "experience": "advanced",
    "deload_mode": "simple",
}
URL = "/settings/"


def test_settings_keep_everything(signed_in, alice):
    assertRedirects(signed_in.post(URL, FORM), reverse("users:settings"), status_code=303)
    alice.refresh_from_db()
    told = {name: getattr(alice, name) for name in FORM}
    assert told == FORM


def test_settings_show_what_is_kept(signed_in, alice):
    signed_in.post(URL, FORM)
    page = signed_in.get(URL)
    assert {name: page.context["form"][name].value() for name in FORM} == FORM
    assertNotContains(page, "Not said")


@pytest.mark.parametrize("field", ["unit", "timezone", "theme", "experience", "deload_mode"])
def test_settings_refuse_what_is_no_choice_and_keep_what_was_typed(signed_in, alice, field):
    answer = signed_in.post(URL, FORM | {field: "Mars/Olympus"})
    assertContains(answer, "Mars/Olympus", status_code=422)
    assertContains(answer, 'value="Alice"', status_code=422)
    alice.refresh_from_db()
    assert alice.full_name is None


def test_settings_leave_preferences_that_they_do_not_show(signed_in, alice):
    told = {"plates": [20, 10], "experience": "beginner", "deload_mode": "simple"}
    User.objects.update(preferences=told)
    signed_in.post(URL, {"unit": "kg", "timezone": "UTC"})
    alice.refresh_from_db()
    assert alice.preferences == told | {"unit": "kg"}


def test_settings_say_what_experience_and_deload_do(signed_in):
    page = signed_in.get(URL)
    assertContains(page, "Scales how many weekly sets")
    assertContains(page, "Half the sets and half the weight, all week")
    assert page.context["form"]["deload_mode"].value() == "rp"


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_a_chosen_theme_is_said_to_the_style_sheet_on_every_page(signed_in, theme):
    signed_in.post(URL, FORM | {"theme": theme})
    assertContains(signed_in.get("/templates/"), f' data-theme="{theme}">')


@pytest.mark.parametrize("preferences", [{}, {"theme": "system"}, {"theme": '"><script>'}])
def test_without_a_choice_the_phone_decides(signed_in, preferences):
    User.objects.update(preferences=preferences)
    assertNotContains(signed_in.get("/templates/"), "data-theme")


def test_settings_are_for_members(client, db):
    assertRedirects(client.get(URL), f"/login/?next={URL}")


def test_settings_take_two_queries(signed_in, django_assert_num_queries):
    with django_assert_num_queries(2):  # the session, the user
        signed_in.get(URL)
