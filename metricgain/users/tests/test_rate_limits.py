"""Attempts are counted, by address and by account, at the one door that lifters and the admin share."""

import importlib
import re
import threading
from ipaddress import ip_network
from urllib.parse import unquote

import pytest
from allauth.account.models import EmailAddress
from django.apps import apps
from django.core.cache import cache, caches
from django.core.cache.backends.db import DatabaseCache
from django.db import connection
from django.urls import reverse
from pytest_django.asserts import assertContains, assertRedirects

from metricgain.users.models import User
from metricgain.users.tests.conftest import PASSWORD

BY_ADDRESS = 10  # wrong passwords in a minute
BY_ACCOUNT = 5  # in five minutes, from one address
ANYWHERE = 100  # in five minutes, at one account from all addresses
PER_MINUTE = 30  # attempts of any kind

migration = importlib.import_module("metricgain.users.migrations.0003_shared_cache").Migration


def sign_in(client, email="alice@example.org", password=PASSWORD, *, ip="203.0.113.7", **more):
    return client.post("/login/", {"login": email, "password": password, **more}, REMOTE_ADDR=ip)


def attempts_until_429(attempt) -> int:
    """Returns how many attempts are looked at before one is not."""
    for number in range(200):
        if attempt(number).status_code == 429:
            return number
    raise AssertionError("Nobody counted 200 attempts.")


def test_an_account_is_guessed_at_five_times_from_one_address(client, alice):
    guessed = attempts_until_429(lambda n: sign_in(client, password=f"guess-{n}"))
    assert guessed == BY_ACCOUNT
    # Now the right one is not looked at either, and the page says what to do, keeping what was typed.
    answer = sign_in(client)
    assertContains(answer, "Wait five minutes", status_code=429)
    assertContains(answer, alice.email, status_code=429)


def test_a_stranger_who_guesses_elsewhere_locks_nobody_out(client, alice):
    attempts_until_429(lambda n: sign_in(client, password=f"guess-{n}", ip="198.51.100.9"))
    assertRedirects(sign_in(client), "/")


def test_a_stranger_in_another_network_of_ipv6_locks_nobody_out(client, alice):
    attempts_until_429(lambda n: sign_in(client, password=f"guess-{n}", ip=f"2001:db8:1:1::{n:x}"))
    assertRedirects(sign_in(client, ip="2001:db8:1:2::1"), "/")


def test_many_addresses_together_guess_a_hundred_times_at_an_account(client, alice, clock):
    guessed = attempts_until_429(lambda n: sign_in(client, password=f"guess-{n}", ip=f"203.0.113.{n}"))
    assert guessed == ANYWHERE
    assert sign_in(client, ip="198.51.100.9").status_code == 429
    clock.shift(5 * 60 + 1)
    assertRedirects(sign_in(client, ip="198.51.100.9"), "/")


def test_another_name_of_the_server_gives_no_more_guesses(client, alice, settings):
    settings.ALLOWED_HOSTS = ["*"]  # as on a server that listens on all interfaces

    def ask(number):
        form = {"login": alice.email, "password": "guess"}
        return client.post("/login/", form, REMOTE_ADDR="203.0.113.7", headers={"host": f"10.0.0.{number}"})

    assert attempts_until_429(ask) == BY_ACCOUNT


def test_addresses_of_ipv4_stay_apart_where_the_server_listens_on_ipv6(client, alice):
    attempts_until_429(lambda n: sign_in(client, password=f"guess-{n}", ip="::ffff:198.51.100.9"))
    assertRedirects(sign_in(client, ip="::ffff:203.0.113.7"), "/")


def test_a_client_on_the_same_cable_can_sign_in(client, alice):
    assertRedirects(sign_in(client, ip="fe80::1%eth0"), "/")


@pytest.fixture
def few_anywhere(settings) -> int:
    """A lower limit for all addresses together, where the test is not about its height."""
    settings.ACCOUNT_RATE_LIMITS = settings.ACCOUNT_RATE_LIMITS | {"login_failed_anywhere": "12/5m/key"}
    return 12


@pytest.mark.parametrize("signed_up", [True, False])
def test_who_chose_a_new_password_is_let_in_at_once(client, alice, mailoutbox, signed_up, few_anywhere):
    if signed_up:
        EmailAddress.objects.create(user=alice, email=alice.email, primary=True)
    for number in range(few_anywhere):
        sign_in(client, password=f"guess-{number}", ip=f"198.51.100.{number}")
    attempts_until_429(lambda n: sign_in(client, password=f"guess-{n}"))
    client.post("/password/reset/", {"email": alice.email}, REMOTE_ADDR="203.0.113.7")
    link = re.search(r"http://[^/]+(/\S+)", mailoutbox[0].body)[1]
    new = {"password1": "better-horse-8", "password2": "better-horse-8"}
    client.post(client.get(link, REMOTE_ADDR="203.0.113.7").url, new, REMOTE_ADDR="203.0.113.7")
    assertRedirects(sign_in(client, password="better-horse-8"), "/")


def test_an_address_guesses_ten_times_at_whatever_account(client, db):
    guessed = attempts_until_429(lambda n: sign_in(client, f"lifter{n}@example.org", "correct-horse-7"))
    assert guessed == BY_ADDRESS
    assert sign_in(client, "lifter@example.org", ip="203.0.113.8").status_code == 422


def test_any_attempts_of_an_address_are_counted(client, alice):
    done = attempts_until_429(lambda n: sign_in(client, "no address"))
    assert done == PER_MINUTE
    assertContains(sign_in(client, "no address"), "Wait five minutes", status_code=429)


def test_another_account_at_the_same_address_is_not_locked_out(client, alice):
    User.objects.create_user("bob@example.org", PASSWORD)
    attempts_until_429(lambda n: sign_in(client, password=f"guess-{n}"))
    assertRedirects(sign_in(client, "bob@example.org"), "/")


def test_who_waits_five_minutes_can_sign_in_again(client, alice, clock):
    attempts_until_429(lambda n: sign_in(client, password=f"guess-{n}"))
    clock.shift(4 * 60)
    assert sign_in(client).status_code == 429
    clock.shift(61)
    assertRedirects(sign_in(client), "/")


def test_an_address_that_guessed_is_let_in_a_minute_later(client, alice, clock):
    attempts_until_429(lambda n: sign_in(client, f"lifter{n}@example.org"))
    assert sign_in(client).status_code == 429
    clock.shift(61)
    assertRedirects(sign_in(client), "/")


def test_being_refused_does_not_make_the_wait_longer(client, alice, clock):
    attempts_until_429(lambda n: sign_in(client, password=f"guess-{n}"))
    for _ in range(5):
        clock.shift(59)
        assert sign_in(client).status_code == 429
    clock.shift(6)
    assertRedirects(sign_in(client), "/")


def test_signing_in_rightly_costs_no_attempt(client, alice):
    for _ in range(BY_ACCOUNT + 2):
        assertRedirects(sign_in(client), "/")
        client.post("/logout/")


def test_one_who_knows_one_password_gets_no_more_guesses_at_another(client, alice):
    User.objects.create_user("mallory@example.org", PASSWORD)
    for number in range(BY_ACCOUNT):
        assert sign_in(client, password=f"guess-{number}").status_code == 422
        assertRedirects(sign_in(client, "mallory@example.org"), "/")
        client.post("/logout/")
    assert sign_in(client, password="guess").status_code == 429


def test_capitals_are_no_other_account(client, alice, few_anywhere):
    spellings = ["alice@example.org", "Alice@example.org", "ALICE@EXAMPLE.ORG", " alice@example.org "]
    assert attempts_until_429(lambda n: sign_in(client, spellings[n % 4], "guess")) == BY_ACCOUNT
    elsewhere = attempts_until_429(lambda n: sign_in(client, spellings[n % 4], "guess", ip=f"198.51.100.{n}"))
    assert BY_ACCOUNT + elsewhere == few_anywhere


def test_the_admin_is_entered_through_the_same_door(client, db):
    owner = User.objects.create_superuser("owner@example.org", PASSWORD)
    for page in (reverse("admin:index"), reverse("admin:login"), reverse("admin:users_user_changelist")):
        form = {"username": owner.email, "password": PASSWORD}
        for answer in (client.get(page, follow=True), client.post(page, form, follow=True)):
            path, _status = answer.redirect_chain[-1]
            assert unquote(path).startswith("/login/?next=/admin/")
            assertContains(answer, "Forgot your password?")
    assert "_auth_user_id" not in client.session
    assertRedirects(sign_in(client, owner.email, next="/admin/"), "/admin/")


def test_guessing_at_the_owner_of_the_admin_is_counted(client, db):
    owner = User.objects.create_superuser("owner@example.org", PASSWORD)
    attempts_until_429(lambda n: sign_in(client, owner.email, f"guess-{n}", next="/admin/", ip="198.51.100.9"))
    assertRedirects(sign_in(client, owner.email, next="/admin/"), "/admin/")
    client.post("/logout/")
    attempts_until_429(lambda n: sign_in(client, owner.email, f"guess-{n}", next="/admin/"))
    assert sign_in(client, owner.email, next="/admin/").status_code == 429
    for page in ("admin:index", "admin:login"):
        client.post(reverse(page), {"username": owner.email, "password": PASSWORD})
        assert "_auth_user_id" not in client.session


def test_the_admin_is_closed_to_lifters(signed_in):
    assert signed_in.get(reverse("admin:login")).status_code == 403


def test_asking_for_mail_is_counted_by_address_and_by_inbox(client, alice, mailoutbox):
    def ask(email, ip):
        return client.post("/password/reset/", {"email": email}, REMOTE_ADDR=ip)

    assert attempts_until_429(lambda n: ask(alice.email, "198.51.100.9")) == 5
    assert len(mailoutbox) == 5
    # A stranger who asked before keeps nobody from a link, but an inbox is not flooded from many addresses either.
    assert attempts_until_429(lambda n: ask(alice.email, f"203.0.113.{n}")) == 15
    assert len(mailoutbox) == 20
    # Nobody may find out by trying whether an address has an account.
    assert attempts_until_429(lambda n: ask(f"lifter{n}@example.org", "203.0.113.99")) == 10


def test_sign_ups_and_new_passwords_are_counted(client, alice):
    assert attempts_until_429(lambda n: client.post("/signup/", {})) == 20
    client.force_login(alice)
    assert attempts_until_429(lambda n: client.post("/password/change/", {"oldpassword": f"guess-{n}"})) == 5


def test_looking_at_a_page_is_no_attempt(client, db):
    for _ in range(PER_MINUTE + 5):
        assert client.get("/login/").status_code == 200


@pytest.fixture
def proxy(client, settings):
    """Signs in through a proxy on this machine, which appends the address that it sees to what the client claims."""
    settings.TRUSTED_PROXIES = [ip_network("127.0.0.1")]

    def attempt(number, *, claims="", seen="203.0.113.7"):
        form = {"login": f"lifter{number}@example.org", "password": "guess"}
        forwarded = f"{claims}, {seen}" if claims else seen
        return client.post("/login/", form, REMOTE_ADDR="127.0.0.1", headers={"x-forwarded-for": forwarded})

    return attempt


def test_behind_a_proxy_each_client_is_counted_by_its_own_address(db, proxy):
    assert {proxy(number, seen=f"203.0.113.{100 + number}").status_code for number in range(40)} == {422}
    assert attempts_until_429(proxy) == BY_ADDRESS


def test_behind_a_proxy_a_made_up_address_changes_nothing(db, proxy):
    assert attempts_until_429(lambda n: proxy(n, claims=f"198.51.100.{n}")) == BY_ADDRESS


def test_without_a_proxy_a_made_up_address_changes_nothing(db, proxy, settings):
    settings.TRUSTED_PROXIES = []  # as it is without HTTPS
    assert attempts_until_429(lambda n: proxy(n, seen=f"198.51.100.{n}")) == BY_ADDRESS


# What a thread of its own writes is committed, and is there for every other connection, as of every other worker.
@pytest.mark.django_db(transaction=True)
def test_workers_count_together(client):
    User.objects.create_user("alice@example.org", PASSWORD)
    answers = []

    def work(worker):
        for number in range(4):
            answers.append(sign_in(client_of(), password=f"guess-{worker}-{number}"))
        connection.close()

    def client_of():
        return type(client)()

    threads = [threading.Thread(target=work, args=[worker]) for worker in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    counted = [answer.status_code for answer in answers]
    assert sorted(counted) == [422] * BY_ACCOUNT + [429] * (16 - BY_ACCOUNT)


def test_the_cache_is_a_table_that_a_migration_makes_and_takes_away(db):
    assert isinstance(caches["default"], DatabaseCache)
    [operation] = migration.operations
    state = apps
    with connection.schema_editor() as editor:
        operation.database_backwards("users", editor, state, state)
        assert "shared_cache" not in connection.introspection.table_names()
        operation.database_forwards("users", editor, state, state)
    cache.set("key", {"value": 1}, 60)
    assert cache.get("key") == {"value": 1}


def test_the_cache_forgets_nobody_to_make_room(settings):
    assert settings.CACHES["default"]["OPTIONS"]["MAX_ENTRIES"] >= 100_000
