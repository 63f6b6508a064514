"""The table of jobs, and the files that jobs read or make."""

from collections.abc import Iterable, Iterator
from datetime import timedelta
from typing import final

from django.conf import settings
from django.contrib.postgres.functions import TransactionNow
from django.db import models, transaction
from django.db.models import Q
from django.db.models.functions import Now
from django.utils import timezone

from metricgain.database import Index

CHUNK = 2**20  # bytes of a file in one row
FILES_LAST = timedelta(days=1)  # after a job has ended
JOBS_LAST = timedelta(days=7)  # so that their owner can see what became of them
# Ends the one-off jobs of a database that was restored: what they were to do may have been done since it was dumped.
INTERRUPT = """
UPDATE jobs SET state = 'interrupted', finished_at = now() WHERE state IN ('waiting', 'running') AND NOT is_recurring
"""


class FileTooLarge(ValueError):
    """The message says how large a file may be."""


class JobQuerySet(models.QuerySet):
    def under_way(self) -> "JobQuerySet":
        return self.filter(state__in=(Job.State.WAITING, Job.State.RUNNING))

    def cancel(self) -> int:
        """Cancels jobs. One that runs stops at its next word about its progress. Returns how many are under way."""
        with transaction.atomic():
            waiting = self.filter(state=Job.State.WAITING).update(state=Job.State.CANCELLED, finished_at=Now())
            return waiting + self.filter(state=Job.State.RUNNING).update(is_cancel_asked=True)

    def forget(self) -> int:
        """Deletes jobs that ended long ago, and files that nobody fetched. Returns how many jobs."""
        now = timezone.now()
        JobChunk.objects.filter(job__finished_at__lt=now - FILES_LAST).delete()
        over = self.filter(finished_at__lt=now - JOBS_LAST, is_recurring=False)
        return over.exclude(state__in=(Job.State.WAITING, Job.State.RUNNING)).delete()[0]


@final
class Job(models.Model):
    """One piece of work. `kind` is the path of its function. A recurring job has one row, which waits again after each
    run and keeps the outcome of the last."""

    class State(models.TextChoices):
        WAITING = "waiting", "Waiting"
        RUNNING = "running", "Running"
        DONE = "done", "Done"
        FAILED = "failed", "Failed"
        CANCELLED = "cancelled", "Cancelled"
        INTERRUPTED = "interrupted", "Interrupted"

    kind = models.CharField(max_length=200)
    queue = models.CharField(max_length=20)
    arguments = models.JSONField(default=dict)  # by name
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.DB_CASCADE, null=True, related_name="jobs", db_index=False
    )
    is_recurring = models.BooleanField(default=False, db_default=False)
    state = models.CharField(max_length=20, choices=State, default=State.WAITING, db_default=State.WAITING)
    due_at = models.DateTimeField(db_default=Now())
    attempts = models.PositiveSmallIntegerField(default=0, db_default=0)
    worker = models.CharField(max_length=100, default="", db_default="")  # who took it last
    started_at = models.DateTimeField(null=True)
    beat_at = models.DateTimeField(null=True)  # the last sign of life of its worker
    finished_at = models.DateTimeField(null=True)
    is_cancel_asked = models.BooleanField(default=False, db_default=False)
    per_cent = models.PositiveSmallIntegerField(null=True)
    words = models.CharField(max_length=200, default="", db_default="")  # what it does now, for a page
    outcome = models.JSONField(null=True)
    error = models.TextField(default="", db_default="")  # of the last attempt that failed
    created_at = models.DateTimeField(db_default=TransactionNow(), editable=False)

    objects = JobQuerySet.as_manager()

    class Meta:
        db_table = "jobs"
        constraints = [
            models.CheckConstraint(
                condition=Q(
                    state__in=["waiting", "running", "done", "failed", "cancelled", "interrupted"],
                ),
                name="check_job_state",
            ),
            models.CheckConstraint(condition=Q(per_cent=None) | Q(per_cent__lte=100), name="check_job_per_cent"),
            models.UniqueConstraint(fields=["kind"], condition=Q(is_recurring=True), name="one_recurring_job"),
        ]
        indexes = [
            Index(fields=["queue", "due_at"], condition=Q(state="waiting"), name="idx_jobs_due"),
            Index(fields=["beat_at"], condition=Q(state="running"), name="idx_jobs_running"),
            Index(fields=["user", "kind"], name="idx_jobs_user"),
        ]

    def __str__(self) -> str:
        return f"{self.kind} ({self.get_state_display()})"

    @property
    def is_over(self) -> bool:
        return self.state not in (self.State.WAITING, self.State.RUNNING)

    def keep_file(self, pieces: Iterable[bytes], *, most: int) -> int:
        """Keeps a file with the job, in place of one that it had. Returns its size in bytes. Raises FileTooLarge for
        more than `most` bytes; then it keeps nothing."""
        with transaction.atomic():
            self.chunks.all().delete()
            size = 0
            for number, data in enumerate(_chunks(pieces)):
                size += len(data)
                if size > most:
                    raise FileTooLarge(f"The file is larger than {most // 2**20} MB.")
                JobChunk.objects.create(job=self, number=number, data=data)
        return size

    def file(self) -> Iterator[bytes]:
        """Yields the file of the job, one chunk at a time."""
        number = 0
        while data := self.chunks.filter(number=number).values_list("data", flat=True).first():
            yield bytes(data)
            number += 1


def _chunks(pieces: Iterable[bytes]) -> Iterator[bytes]:
    held = bytearray()
    for piece in pieces:
        held += piece
        while len(held) >= CHUNK:
            yield bytes(held[:CHUNK])
            del held[:CHUNK]
    if held:
        yield bytes(held)


@final
class JobChunk(models.Model):
    """A part of the file of a job. Backups leave this table out."""

    job = models.ForeignKey(Job, models.DB_CASCADE, related_name="chunks", db_index=False)
    number = models.PositiveSmallIntegerField()
    data = models.BinaryField(max_length=CHUNK)

    class Meta:
        db_table = "job_chunks"
        constraints = [models.UniqueConstraint(fields=["job", "number"], name="one_chunk_of_a_number")]

    def __str__(self) -> str:
        return f"part {self.number} of a file of job {self.job_id}"
