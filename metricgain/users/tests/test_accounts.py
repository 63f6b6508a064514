import importlib

import pytest
from django.db import connection
from django.test import Client
from django.urls import reverse
from pytest_django.asserts import assertContains, assertRedirects

from metricgain.users.models import User
from metricgain.users.tests.factories import UserFactory

pytestmark = pytest.mark.django_db

FORM = {"email": "alice@example.org", "password1": "correct-horse-7", "unit": "lb", "timezone": "Europe/Berlin"}


def test_sign_up_makes_an_account_and_opens_today(client):
    assertRedirects(client.post(reverse("account_signup"), FORM), reverse("training:today"))
    user = User.objects.get()
    assert (user.email, user.unit, user.timezone) == ("alice@example.org", "lb", "Europe/Berlin")
    assert user.password.startswith("argon2$argon2id$")


@pytest.mark.parametrize(
    ("field", "typed", "words"),
    [
        ("email", "nobody", "valid email"),
        ("password1", "12345678", "too common"),
        ("password1", "", "required"),
        ("timezone", "Mars/Olympus", "Mars/Olympus"),
        ("unit", "stone", "stone"),
    ],
)
def test_sign_up_refuses_with_words_and_keeps_what_was_typed(client, field, typed, words):
    answer = client.post(reverse("account_signup"), FORM | {field: typed})
    assertContains(answer, words, status_code=422)
    if field != "email":
        assertContains(answer, "alice@example.org", status_code=422)
    assert not User.objects.exists()


def test_one_address_is_one_account_however_it_is_written(client):
    UserFactory(email="alice@example.org")
    answer = client.post(reverse("account_signup"), FORM | {"email": "Alice@Example.org"})
    assert answer.status_code == 422
    assert User.objects.count() == 1


def test_sign_in_and_out(client):
    client.post(reverse("account_signup"), FORM)
    client.post(reverse("account_logout"))
    assert client.get(reverse("training:template_list")).status_code == 302
    answer = client.post(reverse("account_login"), {"login": "Alice@example.org", "password": "correct-horse-7"})
    assertRedirects(answer, reverse("training:today"))


def test_sign_in_leads_where_the_visitor_wanted_to_go(client):
    client.post(reverse("account_signup"), FORM)
    client.post(reverse("account_logout"))
    login = client.get(reverse("training:template_list")).url
    form = {"login": "alice@example.org", "password": "correct-horse-7", "next": "/templates/"}
    assertRedirects(client.post(login, form), "/templates/")


def test_a_wrong_password_is_refused(client):
    client.post(reverse("account_signup"), FORM)
    client.post(reverse("account_logout"))
    answer = client.post(reverse("account_login"), {"login": "alice@example.org", "password": "wrong"})
    assertContains(answer, "not correct", status_code=422)


def test_a_visit_does_not_sign_out(client):
    client.post(reverse("account_signup"), FORM)
    client.get(reverse("account_logout"))
    assert client.get(reverse("training:today")).status_code == 200


def test_settings_keep_name_unit_and_time_zone(client):
    client.force_login(UserFactory())
    url = reverse("users:settings")
    form = {"full_name": "Alice", "unit": "lb", "timezone": "Asia/Tokyo"}
    assertRedirects(client.post(url, form), url, status_code=303)
    user = User.objects.get()
    assert (user.full_name, user.unit, user.timezone) == ("Alice", "lb", "Asia/Tokyo")
    answer = client.post(url, form | {"timezone": "Mars/Olympus"})
    assertContains(answer, "Mars/Olympus", status_code=422)


def test_the_owner_account_opens_the_admin(client):
    owner = User.objects.create_superuser("owner@example.org", "correct-horse-7")
    assert client.login(email="owner@example.org", password="correct-horse-7")
    for page in ("admin:index", "admin:users_user_changelist", "admin:users_user_add", "admin:exercises_exercise_add"):
        assert client.get(reverse(page)).status_code == 200
    assert client.get(reverse("admin:users_user_change", args=[owner.id])).status_code == 200


@pytest.mark.parametrize("zone", ["Nowhere/At all", "", "../../etc/passwd"])
def test_a_zone_that_no_machine_knows_counts_as_utc(zone):
    assert str(User(timezone=zone).zone) == "UTC"


def can_sign_in(email: str) -> bool:
    return Client().post("/login/", {"login": email, "password": "correct-horse-7"}).status_code == 302


def test_an_owner_who_wrote_the_address_in_capitals_can_sign_in():
    User.objects.create_superuser("Owner@Example.org", "correct-horse-7")
    assert can_sign_in("Owner@Example.org")
    assert can_sign_in("owner@example.org")


def test_who_was_stored_with_capitals_is_found_after_migrating():
    user = User.objects.create_user("owner@example.org", "correct-horse-7")
    User.objects.filter(id=user.id).update(email="Owner@Example.org")
    assert not can_sign_in("Owner@Example.org")
    [repair] = importlib.import_module("metricgain.users.migrations.0004_emails_in_small_letters").Migration.operations
    with connection.cursor() as cursor:
        cursor.execute(repair.sql)
    assert can_sign_in("Owner@Example.org")


def test_the_admin_stores_addresses_in_small_letters(admin_client):
    passwords = {"usable_password": "true", "password1": "correct-horse-7", "password2": "correct-horse-7"}
    form = {"email": "Bob@Example.org"} | passwords
    assert admin_client.post(reverse("admin:users_user_add"), form).status_code == 302
    assert can_sign_in("bob@example.org")
