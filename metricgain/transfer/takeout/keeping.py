"""The jobs of a takeout: making its file, and bringing one back. Both files wait with their job, for a day at most."""

import tempfile
from collections.abc import Iterator
from dataclasses import asdict
from pathlib import Path

from django.db import transaction

from metricgain.jobs.models import FileTooLarge, Job, JobChunk
from metricgain.jobs.tasks_backend import LATER, JobTask, job
from metricgain.transfer.files.archive import MOST_BYTES
from metricgain.transfer.files.unreadable import Unreadable
from metricgain.transfer.takeout.bringing import bring
from metricgain.transfer.takeout.taking import one_snapshot, takeout
from metricgain.users.models import User

MOST = 200 * 2**20  # bytes of a takeout that a page makes
TOO_LARGE = (
    "Your data are more than a page can hand out. Ask whoever runs this server: `manage.py takeout` has no limit."
)
FILE_IS_GONE = "The file was kept for a day, which is over. Choose it again."
PIECE = 2**20


def takeout_of(user: User) -> Job | None:
    """Returns the latest job that took the user's data out."""
    return _latest(user, take_out)


def bringing_of(user: User) -> Job | None:
    return _latest(user, bring_back)


def _latest(user: User, task: JobTask) -> Job | None:
    return Job.objects.filter(user=user, kind=task.module_path).order_by("-id").first()


def begin_takeout(user: User) -> None:
    """Makes a file in a job, in place of the one before. While one is being made, nothing changes."""
    with transaction.atomic():
        User.objects.select_for_update(no_key=True).get(id=user.pk)
        before = Job.objects.filter(user=user, kind=take_out.module_path)
        if not before.under_way().exists():
            before.delete()
            take_out.enqueue(user_id=user.pk)


def begin_bringing(user: User, path: Path) -> None:
    """Keeps a takeout with a job that brings it back. While one is being brought, nothing changes."""
    with transaction.atomic():
        User.objects.select_for_update(no_key=True).get(id=user.pk)
        before = Job.objects.filter(user=user, kind=bring_back.module_path)
        if not before.under_way().exists():
            before.delete()
            queued = bring_back.enqueue(user_id=user.pk)
            Job.objects.get(id=int(queued.id)).keep_file(_pieces(path), most=MOST_BYTES)


@job(is_repeatable=True, queue=LATER, takes_context=True)
def take_out(context, *, user_id: int) -> dict[str, object]:
    user = User.objects.get(id=user_id)
    try:
        with one_snapshot():
            return {"bytes": context.job.keep_file(takeout(user, say=context.say), most=MOST)}
    except FileTooLarge:
        return {"refused": TOO_LARGE}


@job(is_repeatable=True, queue=LATER, takes_context=True)
def bring_back(context, *, user_id: int) -> dict[str, object]:
    """Stores the takeout. Done again after a kill, it finds nothing stored; or all, and then says that."""
    user = User.objects.get(id=user_id)
    context.say(1, "Checking the file")
    with tempfile.NamedTemporaryFile(prefix="metricgain-") as file:
        for piece in context.job.file():
            file.write(piece)
        file.flush()
        try:
            if not file.tell():
                raise Unreadable(FILE_IS_GONE)
            outcome: dict[str, object] = asdict(bring(Path(file.name), user, say=context.say))
        except Unreadable as refused:
            outcome = {"refused": str(refused)}
    JobChunk.objects.filter(job=context.job).delete()
    return outcome


def _pieces(path: Path) -> Iterator[bytes]:
    with path.open("rb") as file:
        while piece := file.read(PIECE):
            yield piece
