import re
from datetime import timedelta

import pytest
from django.core import signing
from django.core.management import CommandError, call_command
from django.urls import reverse
from django.utils import timezone
from pytest_django.asserts import assertContains, assertNotContains, assertRedirects

from metricgain.users.invitations import invitation, is_invited, way_in
from metricgain.users.models import User
from metricgain.web.hosts import Refused

pytestmark = pytest.mark.django_db

FORM = {"email": "alice@example.org", "password1": "correct-horse-7", "unit": "kg", "timezone": "UTC"}


@pytest.fixture
def by_invitation(settings):
    settings.SIGNUP = "invite"


@pytest.fixture
def link(by_invitation, capsys):
    call_command("invite")
    return capsys.readouterr().out.strip().removeprefix("http://127.0.0.1:8000")


def refused(client, url="/signup/", words="by invitation"):
    assertContains(client.get(url), words, status_code=403)
    assertContains(client.post(url, FORM), words, status_code=403)
    assert not User.objects.exists()


def test_sign_up_that_is_closed_says_so_and_makes_no_account(client, settings):
    settings.SIGNUP = "closed"
    refused(client, words="Sign-up is closed")
    assertNotContains(client.get("/login/"), "/signup/")


def test_sign_up_that_is_closed_takes_no_invitation(client, link, settings):
    settings.SIGNUP = "closed"
    refused(client, link, words="Sign-up is closed")


def test_sign_up_by_invitation_needs_one(client, by_invitation):
    refused(client)
    assertNotContains(client.get("/login/"), "/signup/")


def test_an_invitation_opens_sign_up(client, link):
    page = client.get(link)
    assertContains(page, "Create an account")
    assertNotContains(page, f'action="{reverse("account_signup")}"')  # it is posted to the link itself
    # A mistake does not cost the invitation.
    assert client.post(link, FORM | {"password1": "12345678"}).status_code == 422
    assertRedirects(client.post(link, FORM), "/")
    assert User.objects.get().email == "alice@example.org"


def test_an_invitation_expires(client, link, clock):
    clock.shift(7 * 24 * 3600 - 60)
    assert client.get(link).status_code == 200
    clock.shift(120)
    refused(client, link)


@pytest.mark.parametrize("token", ["", "x", "MTIz:abc:def"])
def test_nobody_invites_themselves(client, by_invitation, token):
    refused(client, f"/signup/?invite={token}")


def test_what_was_signed_for_something_else_invites_nobody(client, by_invitation):
    refused(client, f"/signup/?invite={signing.dumps(99999999999, salt='another')}")


def test_an_invitation_cannot_be_made_to_last_longer(by_invitation):
    token = invitation(until=timezone.now() + timedelta(days=1))
    _value, stamp, signature = token.split(":")
    longer = signing.b64_encode(b"99999999999").decode()
    assert is_invited(token)
    assert not is_invited(f"{longer}:{stamp}:{signature}")


def test_an_invitation_can_be_asked_to_last_other_than_a_week(client, by_invitation, capsys, clock):
    call_command("invite", days=1)
    link = capsys.readouterr().out.strip()
    clock.shift(24 * 3600 + 60)
    assert client.get(link).status_code == 403
    with pytest.raises(CommandError, match="1 to 365"):
        call_command("invite", days=0)


def test_the_command_says_so_where_its_link_is_not_needed(settings, capsys):
    call_command("invite")
    assert "SIGNUP is open" in capsys.readouterr().err


def test_the_link_is_built_from_the_address_of_the_site(settings, capsys):
    settings.SITE_URL = "https://gym.example.org"
    call_command("invite")
    assert re.fullmatch(r"https://gym\.example\.org/signup/\?invite=\S+\n", capsys.readouterr().out)


def test_who_is_signed_in_needs_no_invitation(client, link, settings):
    client.post(link, FORM)
    assertRedirects(client.get(link), "/")


def test_open_sign_up_is_offered_on_the_sign_in_page(client):
    assertContains(client.get("/login/"), "/signup/")
    assert client.get("/signup/").status_code == 200


def test_the_ways_to_sign_up_are_three():
    assert [way_in(text) for text in ("", "open", " Invite ", "CLOSED")] == ["open", "open", "invite", "closed"]
    with pytest.raises(Refused, match="SIGNUP=maybe is none of these: open, invite, closed"):
        way_in("maybe")
