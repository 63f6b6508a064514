import pytest
from django.core.management import CommandError, call_command

from metricgain.operations import one_secret
from metricgain.operations.models import Installation

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
