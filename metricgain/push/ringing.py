"""The ring: a phone whose page sleeps is told by a push that the rest is over."""

from datetime import datetime, timedelta

from django.db import connection, transaction
from django.tasks import Task

from metricgain.jobs.models import Job, JobQuerySet
from metricgain.jobs.tasks_backend import SOON, job
from metricgain.push.envelope import Message
from metricgain.push.sending import push_to, send_push
from metricgain.users.models import User
from metricgain.web.once import LOCK

LATE = timedelta(seconds=20)  # after that the lifter has looked, and a ring disturbs the set
LONGEST = timedelta(hours=3)
MOST_WORDS = 200  # characters
TITLE, TAG = "Rest is over", "rest"


def ring_at(user: User, ends_at: datetime, words: str, url: str) -> None:
    """Rings when the rest ends, in place of a ring that waits. `words`: what is next. `url`: the page that it opens."""
    said = {"user_id": user.pk, "words": words[:MOST_WORDS], "url": url, "ends_at": ends_at.isoformat()}
    with transaction.atomic():
        with connection.cursor() as cursor:
            cursor.execute(LOCK, [f"ring of {user.pk}"])
        if not _waiting(user, ring_rest).update(due_at=ends_at, arguments=said):
            ring_rest.using(run_after=ends_at).enqueue(**said)


def take_back_ring(user: User) -> None:
    """Takes back the ring that waits, also where it is on its way to the devices."""
    (_waiting(user, ring_rest) | _waiting(user, send_push).filter(arguments__message__tag=TAG)).delete()


def _waiting(user: User, task: Task) -> JobQuerySet:
    return Job.objects.filter(user=user, kind=task.module_path, state=Job.State.WAITING)


@job(is_repeatable=False, is_kept=False, attempts=1, queue=SOON)
def ring_rest(*, user_id: int, words: str, url: str, ends_at: str) -> None:
    user = User.objects.get(id=user_id)
    push_to(user, Message(TITLE, words, url, tag=TAG), stale_at=datetime.fromisoformat(ends_at) + LATE)
