"""Sends to the phones of a lifter, one job a phone, each at most once."""

import math
import time
from dataclasses import asdict
from datetime import datetime
from email.utils import parseaddr

from django.conf import settings
from django.utils import timezone

from metricgain.jobs.tasks_backend import SOON, NotSent, job
from metricgain.push import connection
from metricgain.push.envelope import Message, headers, sealed
from metricgain.push.guard import NoPushService, checked, endpoint_of, looked_up
from metricgain.push.models import PushKey, PushSubscription
from metricgain.users.models import User

GONE = (404, 410)  # the phone has unsubscribed
UNTAKEN = 503  # of all faults of a server the one that says that nothing was done


class MaybeSent(Exception):
    """The push service failed while it had the message."""


def push_to(
    user: User, message: Message, *, stale_at: datetime | None = None, ttl: int = 60, endpoint: str = ""
) -> int:
    """Sends to all phones of a lifter, or to that with an endpoint. Returns to how many. `stale_at`: from then on it is
    dropped. `ttl`: seconds for which a push service keeps it for a phone that is off."""
    ringing = PushSubscription.objects.that_ring(user.pk)
    ids = list((ringing.filter(endpoint=endpoint) if endpoint else ringing).values_list("id", flat=True))
    said = {"message": asdict(message), "stale_at": stale_at and stale_at.isoformat(), "ttl": ttl}
    for subscription in ids:
        send_push.enqueue(user_id=user.pk, subscription=subscription, **said)
    return len(ids)


@job(is_repeatable=False, is_kept=False, attempts=1, queue=SOON)
def send_push(*, user_id: int, subscription: int, message: dict, stale_at: str | None = None, ttl: int = 60) -> None:
    """Sends one push, unless it is too late, or the phone is another lifter's by now."""
    to = PushSubscription.objects.that_ring(user_id).filter(id=subscription)
    phone, left = to.first(), seconds_until(stale_at)
    if phone is None or left <= 0:
        return
    begun = time.monotonic()
    try:
        status = posted(phone, Message(**message), ttl=ttl if math.isinf(left) else min(ttl, math.ceil(left)))
    finally:
        to.note_pace(time.monotonic() - begun)
    if 200 <= status < 300:
        to.note_used()
    elif status in GONE:
        to.filter(endpoint=phone.endpoint).delete()  # unless the phone has said another one meanwhile
    elif 300 <= status < 500 or status == UNTAKEN:
        raise NotSent(f"The push service answered {status}.")
    else:
        raise MaybeSent(f"The push service answered {status}.")


def posted(phone: PushSubscription, message: Message, *, ttl: int) -> int:
    """Posts a message to a push service, and returns the status of its answer. Raises NotSent and MaybeSent, whose
    words do not say the address: it is a secret of the phone."""
    until, local = time.monotonic() + connection.SECONDS, settings.PUSH_LOOPBACK
    private = PushKey.objects.pair().private
    try:
        endpoint = endpoint_of(phone.endpoint, loopback=local)
        found = looked_up(endpoint.host, within=connection.time_left(until))
        addresses = checked(found, endpoint, loopback=local)
        said = headers(message, origin=endpoint.origin, private=private, sender=sender(), ttl=ttl)
        body = sealed(message.as_json, p256dh=phone.p256dh, auth=phone.auth)
        trusts = settings.PUSH_TRUSTS
        return connection.status_of_post(endpoint, addresses, body=body, headers=said, trusts=trusts, until=until)
    except connection.NoAnswer as error:
        raise MaybeSent(str(error)) from None
    except (NoPushService, connection.NotConnected) as error:
        raise NotSent(str(error)) from None
    except OSError as error:  # the resolver
        raise NotSent(type(error).__name__) from None


def sender() -> str:
    """Returns where the owners of a push service find those of this server."""
    if settings.SITE_URL.startswith("https://"):
        return settings.SITE_URL
    return f"mailto:{parseaddr(settings.DEFAULT_FROM_EMAIL)[1]}"


def seconds_until(moment: str | None) -> float:
    return math.inf if moment is None else (datetime.fromisoformat(moment) - timezone.now()).total_seconds()
