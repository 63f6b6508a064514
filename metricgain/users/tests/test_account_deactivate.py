import pytest
from django.contrib.sessions.models import Session
from django.test import Client
from django.urls import reverse
from pytest_django.asserts import assertContains, assertRedirects

from metricgain.users.models import BodyWeight, User
from metricgain.users.tests.conftest import PASSWORD
from metricgain.users.tests.factories import UserFactory

URL = "/settings/deactivate/"


@pytest.fixture
def other_phone(alice):
    client = Client()
    client.force_login(alice)
    return client


def test_deactivating_signs_out_everywhere_and_keeps_all_data(signed_in, other_phone, alice):
    BodyWeight.objects.create(user=alice, date="2026-11-02", kg=64)
    answer = signed_in.post(URL, {"password": PASSWORD})
    assertRedirects(answer, reverse("account_inactive"), status_code=303)
    alice.refresh_from_db()
    assert not alice.is_active
    assert alice.body_weights.count() == 1
    for client in (signed_in, other_phone):
        assertRedirects(client.get("/settings/"), "/login/?next=/settings/")
    assert not Session.objects.exists()


def test_a_deactivated_account_cannot_be_signed_in_to(signed_in, client, alice):
    alice.deactivate()
    form = {"login": alice.email, "password": PASSWORD}
    assertRedirects(Client().post("/login/", form), reverse("account_inactive"))
    visitor = Client()
    visitor.post("/login/", form)
    assertRedirects(visitor.get("/settings/"), "/login/?next=/settings/")


def test_a_deactivated_account_gets_no_link_for_a_new_password(client, alice, mailoutbox):
    alice.deactivate()
    assertRedirects(client.post("/password/reset/", {"email": alice.email}), "/password/reset/done/")
    assert not mailoutbox


def test_others_stay_signed_in(signed_in, client):
    bob = UserFactory()
    his = Client()
    his.force_login(bob)
    signed_in.post(URL, {"password": PASSWORD})
    assert his.get("/settings/").status_code == 200


@pytest.mark.parametrize("typed", ["", "wrong"])
def test_deactivating_asks_for_the_password(signed_in, alice, typed):
    answer = signed_in.post(URL, {"password": typed})
    assert answer.status_code == 422
    alice.refresh_from_db()
    assert alice.is_active


def test_the_page_says_what_will_happen_and_does_nothing_yet(signed_in, alice):
    assertContains(signed_in.get(URL), "Everything you logged is kept")
    alice.refresh_from_db()
    assert alice.is_active


def test_the_only_owner_cannot_lock_everybody_out(client, db):
    owner = User.objects.create_superuser("owner@example.org", PASSWORD)
    client.force_login(owner)
    assertContains(client.post(URL, {"password": PASSWORD}), "only owner", status_code=422)
    User.objects.create_superuser("second@example.org", PASSWORD)
    assert client.post(URL, {"password": PASSWORD}).status_code == 303


def test_the_owner_activates_an_account_again_in_the_admin(signed_in, other_phone, alice):
    signed_in.post(URL, {"password": PASSWORD})
    owner = Client()
    owner.force_login(User.objects.create_superuser("owner@example.org", PASSWORD))
    change = reverse("admin:users_user_change", args=[alice.id])
    form = {"email": alice.email, "timezone": "UTC", "preferences": "{}", "is_active": "on"}
    assert owner.post(change, form).status_code == 302
    alice.refresh_from_db()
    assert alice.is_active
    # What was signed in before stays signed out.
    assert other_phone.get("/settings/").status_code == 302
    assertRedirects(Client().post("/login/", {"login": alice.email, "password": PASSWORD}), "/")


def test_whom_the_owner_deactivates_is_signed_out(signed_in, alice):
    User.objects.update(is_active=False)
    assertRedirects(signed_in.get("/settings/"), "/login/?next=/settings/")


def test_guessing_the_password_of_somebody_who_left_a_phone_lying_is_slowed_down(signed_in):
    answers = [signed_in.post(URL, {"password": f"guess-{number}"}).status_code for number in range(6)]
    assert answers == [422] * 5 + [429]
