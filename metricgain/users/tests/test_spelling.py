"""An email address that mail reaches, and a password however a keyboard spells it, at every door."""

import unicodedata
from datetime import timedelta

import pytest
from django.contrib.auth.hashers import get_hasher, make_password
from django.core.exceptions import ValidationError
from django.core.management import CommandError, call_command
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from pytest_django.asserts import assertContains, assertRedirects

from metricgain.users.invitations import invitation
from metricgain.users.models import User
from metricgain.users.spelling import forms_of, reachable, stored_form

NFC, NFD = (unicodedata.normalize(form, "Überkopfdrücken-7") for form in ("NFC", "NFD"))
FORM = {"email": "alice@example.org", "password1": "correct-horse-7", "unit": "kg", "timezone": "UTC"}
UNREACHABLE = [
    "İlker@example.org",
    "ılker@example.org",
    "müller@example.org",
    "ſam@example.org",
    "иван@example.org",
    '"a\x01b"@example.org',
    f"{'a' * 65}@example.org",
    f"a@{'ü' * 60}.example",  # longer than a domain may be, as mail servers write it
    f"a@{'.'.join(['b' * 60] * 5)}.org",
]


def can_sign_in(password: str, email: str = "alice@example.org") -> bool:
    return Client().post("/login/", {"login": email, "password": password}).status_code == 302


@pytest.mark.parametrize("email", UNREACHABLE)
def test_an_address_that_no_mail_reaches_is_refused_in_a_sentence(email):
    with pytest.raises(ValidationError, match="No mail reaches this address"):
        reachable(email)


@pytest.mark.parametrize(
    ("typed", "stored"),
    [
        ("Alice@Example.org", "alice@example.org"),
        ("o'neil+gym_1@example.org", "o'neil+gym_1@example.org"),
        ("alice@bücher.example", "alice@bücher.example"),
        (unicodedata.normalize("NFD", "alice@bücher.example"), "alice@bücher.example"),
        ("\N{KELVIN SIGN}ate@example.org", "kate@example.org"),
    ],
)
def test_an_address_that_mail_reaches_is_taken(typed, stored):
    assert reachable(typed) == stored


@pytest.mark.parametrize("email", ["", "alice", "@example.org", "alice@", "a b@example.org"])
def test_what_is_no_address_is_refused(email):
    with pytest.raises(ValidationError, match="valid email"):
        reachable(email)


@pytest.mark.parametrize("email", ["İlker@example.org", "müller@example.org"])
def test_sign_up_refuses_an_address_that_no_mail_reaches(client, db, email):
    assertContains(client.post("/signup/", FORM | {"email": email}), "No mail reaches", status_code=422)
    assert not User.objects.exists()


def test_an_invitation_opens_no_way_around(client, db, settings):
    settings.SIGNUP = "invite"
    link = f"/signup/?invite={invitation(until=timezone.now() + timedelta(days=1))}"
    assertContains(client.post(link, FORM | {"email": "İlker@example.org"}), "No mail reaches", status_code=422)
    assert not User.objects.exists()


def test_the_owners_command_refuses_an_address_that_no_mail_reaches(db):
    with pytest.raises(CommandError, match="No mail reaches"):
        call_command("createsuperuser", email="İlker@example.org", interactive=False)
    assert not User.objects.exists()


def test_the_admin_refuses_an_address_that_no_mail_reaches(admin_client):
    passwords = {"usable_password": "true", "password1": "correct-horse-7", "password2": "correct-horse-7"}
    answer = admin_client.post(reverse("admin:users_user_add"), {"email": "İlker@example.org"} | passwords)
    assertContains(answer, "No mail reaches")
    assert User.objects.count() == 1


def test_the_admin_can_change_an_account_that_has_such_an_address_already(admin_client):
    user = User.objects.create(email="ılker@example.org")
    page = reverse("admin:users_user_change", args=[user.id])
    form = {"email": user.email, "timezone": "UTC", "preferences": "{}", "full_name": "İlker"}
    assert admin_client.post(page, form).status_code == 302
    assert User.objects.get(id=user.id).full_name == "İlker"
    assertContains(admin_client.post(page, form | {"email": "ıl@example.org"}), "No mail reaches")


def test_an_older_account_with_such_an_address_can_sign_in(client, db):
    User.objects.create(email="i\N{COMBINING DOT ABOVE}lker@example.org", password=make_password("correct-horse-7"))
    assert can_sign_in("correct-horse-7", "İlker@example.org")


def test_the_address_of_an_account_is_found_in_either_spelling(client, db, mailoutbox):
    typed = unicodedata.normalize("NFD", "alice@bücher.example")
    assertRedirects(client.post("/signup/", FORM | {"email": typed}), "/")
    for email in (typed, "alice@bücher.example"):
        assert can_sign_in("correct-horse-7", email)
        Client().post("/password/reset/", {"email": email})
    assert [mail.to for mail in mailoutbox] == [["alice@bücher.example"]] * 2


@pytest.mark.parametrize(("first", "then"), [(NFC, NFD), (NFD, NFC), (NFD, NFD), ("two words 7", "two\u00a0words 7")])
def test_a_password_is_the_same_however_a_keyboard_spells_it(client, db, first, then):
    assertRedirects(client.post("/signup/", FORM | {"password1": first}), "/")
    assert can_sign_in(then)
    assert not can_sign_in(then.upper())
    new = {"oldpassword": then, "password1": "better-horse-8", "password2": "better-horse-8"}
    assertRedirects(client.post("/password/change/", new), "/settings/")
    again = {"oldpassword": "better-horse-8", "password1": first, "password2": first}
    assertRedirects(client.post("/password/change/", again), "/settings/")
    assertRedirects(client.post("/settings/deactivate/", {"password": then}), "/inactive/", status_code=303)


@pytest.mark.parametrize("stored", [NFC, NFD])
@pytest.mark.parametrize("typed", [NFC, NFD])
def test_a_password_from_before_there_was_one_form_counts_on(db, stored, typed):
    User.objects.create(email="alice@example.org", password=make_password(stored))
    assert can_sign_in(typed)
    assert not can_sign_in(f"{typed}x")


def test_a_password_without_accents_is_tried_once():
    assert forms_of("correct-horse-7") == ["correct-horse-7"]
    assert stored_form("ﬁne") == "ﬁne"  # NFC, not NFKC: what looks different stays different


def test_accents_do_not_make_a_password_longer(client, db):
    typed = unicodedata.normalize("NFD", "éàüö")
    assertContains(client.post("/signup/", FORM | {"password1": typed}), "too short", status_code=422)


@pytest.mark.parametrize("password", ["wrong-horse-7", NFC, NFD])
def test_a_wrong_password_is_hashed_as_often_whether_there_is_an_account_or_not(client, alice, monkeypatch, password):
    hashed, hasher = [], type(get_hasher())
    monkeypatch.setattr(hasher, "encode", lambda *args: hashed.append(args) or "no$hash")
    monkeypatch.setattr(hasher, "verify", lambda *args: hashed.append(args))
    counts = []
    for email in (alice.email, "nobody@example.org"):
        hashed.clear()
        client.post("/login/", {"login": email, "password": password})
        counts.append(len(hashed))
    assert counts[0] == counts[1] > 0
