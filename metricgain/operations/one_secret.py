"""One secret for all servers of a database. A fingerprint of it stands in the database, so that a server with another
secret says so, instead of taking everybody for signed out."""

from django.conf import settings
from django.core.management import CommandError
from django.db import transaction
from django.utils.crypto import salted_hmac

from metricgain.operations.models import Installation

PURPOSE = "metricgain.operations.one_secret"


class AnotherSecret(CommandError):
    def __init__(self) -> None:
        super().__init__(
            "This database is served with another SECRET_KEY than this server has, so whoever meets this server would "
            "be signed out. Give it the same one: SECRET_KEY, or the file that SECRET_KEY_FILE names (without them it "
            "is DATA_DIR/secret_key). If you want to change the secret: put the former into SECRET_KEY_FALLBACKS, and "
            "nobody is signed out (docs/beyond-one-machine.md has the order for several servers); or accept that "
            "everybody is: manage.py serve --accept-new-secret"
        )


def agree(*, accept_new: bool = False) -> None:
    """Notes the fingerprint of our secret where the database has none, or that of one of our fallbacks. Raises
    AnotherSecret where it has a different one, unless `accept_new`."""
    ours = fingerprint(settings.SECRET_KEY)
    former = [fingerprint(secret) for secret in settings.SECRET_KEY_FALLBACKS]
    with transaction.atomic():
        Installation.objects.get_or_create(id=1)  # so that there is a row to lock
        noted = Installation.objects.select_for_update().get(id=1).secret_fingerprint
        if noted == ours:
            return
        if noted not in (None, *former) and not accept_new:
            raise AnotherSecret
        Installation.objects.note(secret_fingerprint=ours)


def check() -> None:
    """Raises AnotherSecret where the database has noted a secret that we do not know."""
    noted = Installation.objects.current().secret_fingerprint
    known = [settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS]
    if noted is not None and noted not in map(fingerprint, known):
        raise AnotherSecret


def fingerprint(secret: str) -> str:
    return salted_hmac(PURPOSE, "", secret=secret, algorithm="sha256").hexdigest()
