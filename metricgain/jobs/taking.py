"""Hands jobs out to workers, and notes what became of them. Several workers on several machines take turns by
`FOR UPDATE SKIP LOCKED`.

A worker that lives says so every second (`beat`). The jobs of one that was silent for LEASE are taken up again
where they are repeatable, and are interrupted where not."""

from collections.abc import Collection
from datetime import timedelta

from django.db.models.functions import Now

from metricgain.jobs.models import Job
from metricgain.jobs.tasks_backend import JobTask, UnknownKind, kind_of

LEASE = timedelta(seconds=60)
FIRST_PAUSE, LONGEST_PAUSE = timedelta(seconds=10), timedelta(hours=1)
KILLED = "Its worker was killed, or lost the database."

TAKE = """
UPDATE jobs SET state = 'running', attempts = attempts + 1, worker = %(worker)s, started_at = statement_timestamp(),
    beat_at = statement_timestamp(), finished_at = NULL, is_cancel_asked = false, per_cent = NULL, words = ''
WHERE id = (
    SELECT id FROM jobs
    WHERE state = 'waiting' AND queue = %(queue)s AND due_at <= statement_timestamp() AND kind <> ALL (%(without)s)
    ORDER BY due_at, id LIMIT 1 FOR UPDATE SKIP LOCKED)
RETURNING *
"""


def take(worker: str, queue: str, *, without: Collection[str] = ()) -> Job | None:
    """Returns the job that has been due for longest, marked as taken by this worker; None where none is due. `without`:
    kinds that this machine does not do."""
    values = {"worker": worker, "queue": queue, "without": list(without)}
    return next(iter(Job.objects.raw(TAKE, values)), None)


def beat(worker: str) -> set[int]:
    """Says that a worker lives. Returns the ids of its running jobs that are to be cancelled."""
    mine = Job.objects.filter(worker=worker, state=Job.State.RUNNING)
    mine.update(beat_at=Now())
    return set(mine.filter(is_cancel_asked=True).values_list("id", flat=True))


def note_progress(job: Job, per_cent: int | None, words: str) -> None:
    _mine(job).update(per_cent=per_cent, words=words[:200])


def finish(job: Job, task: JobTask, outcome: object = None) -> None:
    if task.every:
        return _again(job, task.every, attempts=0, outcome=outcome, error="")
    if not task.is_kept:
        _mine(job).delete()
        return
    _mine(job).update(state=Job.State.DONE, finished_at=Now(), outcome=outcome, per_cent=100)


def cancel(job: Job) -> None:
    _mine(job).update(state=Job.State.CANCELLED, finished_at=Now())


def fail(job: Job, task: JobTask, error: str, *, may_repeat: bool) -> None:
    """Notes that an attempt failed. `may_repeat`: nothing was done, or doing it twice does no harm."""
    if may_repeat and job.attempts < task.attempts:
        return _again(job, pause_after(job.attempts), error=error)
    if task.every:
        return _again(job, task.every, attempts=0, error=error)
    kept: dict[str, dict] = {} if task.is_kept else {"arguments": {}}  # a mail's hold a link
    _mine(job).update(state=Job.State.FAILED, finished_at=Now(), error=error, **kept)


def revive(lease: timedelta = LEASE) -> int:
    """Takes up, or ends, the jobs of workers that have been silent for `lease`. Returns how many."""
    silent = Job.objects.filter(state=Job.State.RUNNING, beat_at__lt=Now() - lease)  # all by one clock
    found = list(silent)
    for job in found:
        try:
            task = kind_of(job.kind)
        except UnknownKind:
            continue  # a newer version runs beside this one, and does it
        if task.is_repeatable:
            fail(job, task, KILLED, may_repeat=True)
        else:
            _mine(job).update(state=Job.State.INTERRUPTED, finished_at=Now(), error=KILLED)
    return len(found)


def pause_after(attempts: int) -> timedelta:
    """Returns how long a job waits after its first, second ... attempt has failed."""
    return min(FIRST_PAUSE * 4 ** (attempts - 1), LONGEST_PAUSE)


def _again(job: Job, pause: timedelta, **values: object) -> None:
    _mine(job).update(state=Job.State.WAITING, due_at=Now() + pause, finished_at=Now(), **values)


def _mine(job: Job):
    """Returns the row of a job as long as this attempt of this worker holds it."""
    return Job.objects.filter(id=job.id, worker=job.worker, attempts=job.attempts, state=Job.State.RUNNING)
