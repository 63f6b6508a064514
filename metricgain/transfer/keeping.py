"""A file between its upload and its storing: it waits with the job that reads it, in the database, for a day."""

import hashlib
import tempfile
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path

from django.db import transaction
from django.utils import timezone

from metricgain.jobs.models import Job, JobChunk
from metricgain.jobs.tasks_backend import LATER, job
from metricgain.transfer.files.archive import MOST_BYTES
from metricgain.transfer.files.unreadable import Unreadable, Unrecognised
from metricgain.transfer.formats.any import columns_by_place
from metricgain.transfer.history.looking import look_at, table_of
from metricgain.transfer.history.storing import store
from metricgain.transfer.reading import read
from metricgain.users.models import User
from training.models import Import

READ_AT_ONCE = 4_000_000  # bytes: read while the lifter waits for the page; a larger file is read by a job
CHUNK = 2**20
IS_UNDER_WAY = "An import is being stored. Wait until it is done; then choose the file again."
FILE_IS_GONE = "The file was kept for a day, which is over. Choose it again."


class UnderWay(ValueError):
    """Another import of the lifter is being stored."""


def keep(user: User, path: Path, name: str) -> Import:
    """Keeps a file, with what it says. It replaces one that the lifter chose before and did not store; the same file
    keeps what they chose. Raises Unreadable, UnderWay."""
    with path.open("rb") as file:
        digest = hashlib.file_digest(file, "sha256").hexdigest()
    with transaction.atomic():
        unfinished = Import.objects.owned_by(user).filter(stored_at=None).select_for_update()
        same = unfinished.filter(sha256=digest).first()
        before = unfinished.order_by("-id").first()
        said = {"names": before.choices["names"]} if before and "names" in before.choices else {}
        import_ = same or Import(user=user, sha256=digest, choices=said)
        import_.file_name = name[-255:]
        if path.stat().st_size <= READ_AT_ONCE:
            read_into(import_, path)
        if storing_jobs(user).under_way().exists():
            raise UnderWay(IS_UNDER_WAY)
        Job.objects.filter(id__in=[one.job_id for one in unfinished]).delete()
        unfinished.exclude(id=import_.id).delete()
        import_.save()
        _read_later(import_, _pieces(path))
    return import_


def _read_later(import_: Import, pieces: Iterable[bytes]) -> None:
    """Gives the file to a job that reads it. Where it was read already, the job is done before any worker sees it."""
    queued = read_logs.enqueue(user_id=import_.user_id, import_id=import_.id)
    import_.job = Job.objects.get(id=int(queued.id))
    import_.job.keep_file(pieces, most=MOST_BYTES)
    if import_.look is not None:
        Job.objects.filter(id=import_.job.id).update(state=Job.State.DONE, finished_at=timezone.now())
    import_.save(update_fields=["job"])


def read_into(import_: Import, path: Path) -> None:
    """Reads the file into `app` and `look`. A table leaves its first rows there until the lifter has said its columns.
    Raises Unreadable."""
    columns = {int(place): meaning for place, meaning in import_.choices.get("columns", {}).items()}
    try:
        book = read(path, zone=import_.user.zone, columns=columns or None)
    except Unrecognised as unknown:
        said = {str(place): meaning for place, meaning in (columns or columns_by_place(unknown.head[0])).items()}
        import_.app, import_.look = "", {"table": {"head": unknown.head, "said": said}}
    else:
        asks = book.head and not columns
        import_.app = book.app
        import_.look = {"table": table_of(book)} if asks else look_at(import_.user, book, now=timezone.now())


def point_out(import_: Import, columns: dict[int, str]) -> None:
    """Reads the file with the columns that the lifter pointed out. Raises Unreadable."""
    import_.choices = import_.choices | {"columns": {str(place): meaning for place, meaning in columns.items()}}
    with file_of(import_) as path:
        read_into(import_, path)
    import_.save(update_fields=["app", "look", "choices"])


def begin(import_: Import, *, unit: str | None, with_changed: bool) -> None:
    """Stores the import in a job. Raises UnderWay; a second call changes nothing."""
    with transaction.atomic():
        locked = Import.objects.select_for_update().get(id=import_.id)
        if locked.stored_at or storing_jobs(import_.user).under_way().filter(arguments__import_id=import_.id).exists():
            return
        if storing_jobs(import_.user).under_way().exists():
            raise UnderWay(IS_UNDER_WAY)
        if not locked.job or not locked.job.chunks.exists():
            raise Unreadable(FILE_IS_GONE)
        locked.choices = locked.choices | {"unit": unit, "changed": with_changed}
        locked.save(update_fields=["choices"])
        store_logs.enqueue(user_id=import_.user_id, import_id=import_.id)


def storing_jobs(user: User):
    return Job.objects.filter(user=user, kind=store_logs.module_path).order_by("-id")


@job(is_repeatable=True, queue=LATER, takes_context=True)
def read_logs(context, *, user_id: int, import_id: int) -> None:
    import_ = (
        Import.objects.owned_by(user_id).select_related("user", "job").filter(id=import_id, look__isnull=True).first()
    )
    if import_ is None:
        return
    context.say(1, "Reading the file")
    try:
        with file_of(import_) as path:
            read_into(import_, path)
    except Unreadable as refused:
        import_.look = {"refused": str(refused)}
    import_.save(update_fields=["app", "look"])


@job(is_repeatable=True, queue=LATER, takes_context=True)
def store_logs(context, *, user_id: int, import_id: int) -> None:
    """Stores an import. Done again after a kill, it finds nothing stored, or all."""
    import_ = (
        Import.objects.owned_by(user_id).select_related("user", "job").filter(id=import_id, stored_at=None).first()
    )
    if import_ is None:
        return
    context.say(0, "Reading the file")
    columns = {int(place): meaning for place, meaning in import_.choices.get("columns", {}).items()}
    with file_of(import_) as path:
        book = read(path, zone=import_.user.zone, columns=columns or None)
    store(import_, book, now=timezone.now(), say=context.say)
    JobChunk.objects.filter(job=import_.job_id).delete()


@contextmanager
def file_of(import_: Import) -> Iterator[Path]:
    """Yields the path of the file that was kept. Raises Unreadable where it is gone."""
    with tempfile.NamedTemporaryFile(prefix="metricgain-") as file:
        for piece in import_.job.file() if import_.job else ():
            file.write(piece)
        file.flush()
        if not file.tell():
            raise Unreadable(FILE_IS_GONE)
        yield Path(file.name)


def _pieces(path: Path) -> Iterator[bytes]:
    with path.open("rb") as file:
        while piece := file.read(CHUNK):
            yield piece
