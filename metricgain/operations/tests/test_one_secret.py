import pytest
from django.core.management import CommandError, call_command

from metricgain.operations import one_secret
from metricgain.operations.models import Installation
from metricgain.users.tests.factories import UserFactory

pytestmark = pytest.mark.django_db


def noted() -> str | None:
    return Installation.objects.current().secret_fingerprint


@pytest.fixture
def agreed(settings) -> str:
    """The database is served with this secret."""
    settings.SECRET_KEY = "the one that was there first"
    one_secret.agree()
    return settings.SECRET_KEY


def test_the_first_server_notes_a_fingerprint_and_not_the_secret(agreed):
    assert noted()
    assert agreed not in noted()
    one_secret.agree()  # as each later start does
    one_secret.check()


@pytest.mark.parametrize("refuses", [one_secret.agree, one_secret.check])
def test_another_secret_is_refused_in_a_sentence_with_the_ways_out(agreed, settings, refuses):
    settings.SECRET_KEY = "another"
    with pytest.raises(CommandError) as refused:
        refuses()
    for way in ("SECRET_KEY_FILE", "SECRET_KEY_FALLBACKS", "--accept-new-secret"):
        assert way in str(refused.value)
    assert agreed not in str(refused.value)


def test_a_new_secret_is_taken_where_the_former_is_a_fallback(agreed, settings):
    before = noted()
    settings.SECRET_KEY, settings.SECRET_KEY_FALLBACKS = "another", ["older still", agreed]
    one_secret.agree()
    assert noted() != before
    settings.SECRET_KEY, settings.SECRET_KEY_FALLBACKS = agreed, []
    with pytest.raises(one_secret.AnotherSecret):
        one_secret.agree()  # a server that has only the former one, started again


def test_a_new_secret_may_be_accepted(agreed, settings):
    settings.SECRET_KEY = "another"
    one_secret.agree(accept_new=True)
    one_secret.check()


def test_a_worker_on_a_machine_of_its_own_refuses_too(agreed, settings):
    settings.SECRET_KEY = "another"
    with pytest.raises(one_secret.AnotherSecret):
        call_command("work")


def is_signed_in(client, settings, secret: str, *others: str) -> bool:
    """Tells whether a server with these secrets knows the lifter. Servers take turns, so one may undo what another did
    to the session."""
    settings.SECRET_KEY, settings.SECRET_KEY_FALLBACKS = secret, [*others]
    one_secret.agree()
    return client.get("/").context["user"].is_authenticated


def test_a_secret_is_changed_in_three_rounds_of_all_servers_and_nobody_is_signed_out(client, agreed, settings):
    client.force_login(UserFactory())
    before, between, after = (agreed,), (agreed, "new"), ("new", agreed)
    for servers in ((before, between), (between, after), (after, ("new",))):
        for secrets in servers * 3:
            assert is_signed_in(client, settings, *secrets)


def test_a_server_that_does_not_know_the_new_secret_yet_signs_out(client, agreed, settings):
    client.force_login(UserFactory())
    assert is_signed_in(client, settings, "new", agreed)
    settings.SECRET_KEY, settings.SECRET_KEY_FALLBACKS = agreed, []
    assert not client.get("/").context["user"].is_authenticated
