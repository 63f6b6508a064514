"""Django's tasks, kept in our table of jobs: due at a time, retried with growing pauses, recurring where asked.

A function becomes a kind of job by `job`, which must say whether it may be repeated:

    @job(is_repeatable=True, queue=LATER, takes_context=True)
    def import_logs(context, *, user_id: int): ...

    import_logs.enqueue(user_id=7)

`django-tasks-db`, the backend of the package from which Django's interface came, neither retries, nor takes up the jobs
of a killed worker, nor sends at most once."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta

from django.db import transaction
from django.tasks import Task, TaskResult, TaskResultStatus, task_backends
from django.tasks.backends.base import BaseTaskBackend
from django.tasks.base import TaskError
from django.tasks.exceptions import InvalidTask, TaskResultDoesNotExist
from django.utils import timezone
from django.utils.module_loading import import_string

from metricgain.jobs.models import Job

SOON, LATER = "soon", "later"  # queues: what takes a moment and must not wait, and what may take minutes
STATUS = {
    Job.State.WAITING: TaskResultStatus.READY,
    Job.State.RUNNING: TaskResultStatus.RUNNING,
    Job.State.DONE: TaskResultStatus.SUCCESSFUL,
}


@dataclass(frozen=True, slots=True, kw_only=True)
class JobTask(Task):
    """A kind of job. `is_repeatable`: doing it twice does no harm, so a job whose worker was killed is done again. A
    kind that is not is marked before it is done, and then done at most once: what fails before it is sent raises
    NotSent, and only that is tried again."""

    is_repeatable: bool
    attempts: int = 5  # at most
    every: timedelta | None = None  # it recurs
    is_kept: bool = True  # for some days after it is done; else its row goes at once, with what stands in it

    @property
    def recurs(self) -> bool:
        return self.every is not None


def job(
    *,
    is_repeatable: bool,
    queue: str,
    attempts: int = 5,
    every: timedelta | None = None,
    is_kept: bool = True,
    takes_context: bool = False,
) -> Callable[[Callable[..., object]], JobTask]:
    """Makes a function a kind of job; see JobTask. It is Django's `task` with these arguments alone."""

    def made(function: Callable[..., object]) -> JobTask:
        return JobTask(
            func=function,
            queue_name=queue,
            takes_context=takes_context,
            is_repeatable=is_repeatable,
            attempts=attempts,
            every=every,
            is_kept=is_kept,
        )

    return made


class NotSent(Exception):
    """A job that is done at most once has done nothing yet, so it may be tried again."""


class UnknownKind(LookupError):
    """A job names a function that this version does not have, or that is no task."""


def kind_of(path: str) -> JobTask:
    """Returns the task at a path. Raises UnknownKind."""
    try:
        found = import_string(path)
    except ImportError as error:
        raise UnknownKind(path) from error
    if not isinstance(found, JobTask):
        raise UnknownKind(path)
    return found


class JobsBackend(BaseTaskBackend):
    """Options: `recurring`, the paths of the tasks that recur."""

    task_class = JobTask
    supports_defer = supports_get_result = True

    def __init__(self, alias: str, params: dict):
        super().__init__(alias, params | {"QUEUES": [SOON, LATER]})

    def validate_task(self, task: Task) -> None:
        super().validate_task(task)
        if isinstance(task, JobTask) and task.recurs and not task.is_repeatable:
            raise InvalidTask("A recurring task must be repeatable.")

    def enqueue(self, task: Task, args: list, kwargs: dict) -> TaskResult:
        """Adds a job, with the transaction around it. Arguments are named; `user_id` is its lifter."""
        self.validate_task(task)
        if args:
            raise InvalidTask("Name the arguments of a job.")
        due = {} if task.run_after is None else {"due_at": task.run_after}
        job = Job.objects.create(
            kind=task.module_path, queue=task.queue_name, arguments=kwargs, user_id=kwargs.get("user_id"), **due
        )
        job.refresh_from_db(fields=["due_at", "created_at"])
        return self.result(job, task)

    def get_result(self, result_id: str) -> TaskResult:
        job = Job.objects.filter(id=int(result_id)).first() if result_id.isdecimal() else None
        if job is None:
            raise TaskResultDoesNotExist(result_id)
        return self.result(job, kind_of(job.kind))

    def recurring(self) -> dict[str, JobTask]:
        """Returns the recurring tasks by path."""
        return {path: kind_of(path) for path in self.options.get("recurring", ())}

    def schedule(self) -> None:
        """Gives each recurring task its row, due now, and takes those away that recur no longer."""
        tasks = self.recurring()
        with transaction.atomic():
            Job.objects.filter(is_recurring=True).exclude(kind__in=tasks).delete()
            rows = [Job(kind=path, queue=task.queue_name, is_recurring=True) for path, task in tasks.items()]
            Job.objects.bulk_create(rows, ignore_conflicts=True)
            now = timezone.now()
            Job.objects.filter(is_recurring=True, state=Job.State.WAITING, due_at__gt=now).update(due_at=now)

    def result(self, job: Job, task: Task) -> TaskResult:
        errors = [TaskError(exception_class_path="builtins.Exception", traceback=job.error)] if job.error else []
        result: TaskResult = TaskResult(
            task=task,
            id=str(job.id),
            status=STATUS.get(Job.State(job.state), TaskResultStatus.FAILED),
            enqueued_at=job.created_at,
            started_at=job.started_at,
            finished_at=job.finished_at,
            last_attempted_at=job.started_at,
            args=[],
            kwargs=job.arguments,
            backend=self.alias,
            errors=errors,
            worker_ids=[job.worker] * job.attempts,
        )
        object.__setattr__(result, "_return_value", job.outcome)
        return result


def backend() -> JobsBackend:
    found = task_backends["default"]
    assert isinstance(found, JobsBackend), "settings.TASKS names it"
    return found
