"""Who may sign up: everybody, nobody, or people with an invitation.

An invitation is a signed link that opens sign-up until it expires. Nothing is stored, so it can be used more than once.
"""

from datetime import datetime

from django.core import signing
from django.utils import timezone

from metricgain.web.hosts import Refused

SALT = "metricgain.users.invitation"
WAYS = ("open", "invite", "closed")


def way_in(text: str) -> str:
    """Reads the owner's setting SIGNUP. Returns one of WAYS."""
    way = text.strip().lower() or "open"
    if way not in WAYS:
        raise Refused(f"SIGNUP={text} is none of these: {', '.join(WAYS)}.")
    return way


def invitation(*, until: datetime) -> str:
    return signing.dumps(int(until.timestamp()), salt=SALT)


def is_invited(token: str, *, at: datetime | None = None) -> bool:
    try:
        until = signing.loads(token, salt=SALT)
    except signing.BadSignature:
        return False
    return (at or timezone.now()).timestamp() < until
