"""A worker: takes jobs and does them, several at a time, until it is told to stop."""

import os
import secrets
import socket
import threading
import time
import traceback
from collections.abc import Callable, Collection
from dataclasses import dataclass, field
from datetime import timedelta

from django.conf import settings
from django.db import close_old_connections, connection

from metricgain.jobs import taking
from metricgain.jobs.models import Job
from metricgain.jobs.tasks_backend import LATER, SOON, JobTask, NotSent, UnknownKind, backend, kind_of

THREADS = {SOON: 2, LATER: 1}  # by queue: what may take minutes never holds up what must not wait
LOOKS_EVERY = 1.0  # seconds
REVIVES_EVERY = 15.0
Say = Callable[[str], object]


class Cancelled(BaseException):
    """Raised in a job that is to stop. No `except Exception` of the job may catch it."""


@dataclass(frozen=True, slots=True)
class JobContext:
    """What a job with `takes_context` is given."""

    running: "Running"

    @property
    def job(self) -> Job:
        return self.running.job

    def say(self, per_cent: int, words: str = "") -> None:
        """Says how far the job is, for pages. Raises Cancelled where it is to stop."""
        self.running.progress = (per_cent, words)
        if self.running.is_cancelled.is_set():
            raise Cancelled


@dataclass(eq=False, slots=True)
class Running:
    """A job at work. Its progress is written by the thread that beats, because the job may be in a transaction."""

    job: Job
    progress: tuple[int | None, str] = (None, "")
    told: tuple[int | None, str] = (None, "")
    is_cancelled: threading.Event = field(default_factory=threading.Event)


class JobWorker:
    """`without`: kinds that this machine does not do. `is_wanted`: whether it goes on."""

    def __init__(
        self,
        say: Say,
        *,
        without: Collection[str] = (),
        is_wanted: Callable[[], bool] = lambda: True,
        lease: timedelta = taking.LEASE,
    ):
        self.say, self.without, self.is_wanted, self.lease = say, without, is_wanted, lease
        self.name = f"{socket.gethostname()[:60]} {os.getpid()} {secrets.token_hex(4)}"  # no other ever had it
        self.running: dict[int, Running] = {}
        self.is_over = threading.Event()
        self.said = ""

    def run(self) -> None:
        """Works until `stop`, or until it is no longer wanted. Jobs at work are finished first."""
        while not self.try_(self.schedule) and not self.is_over.is_set() and self.is_wanted():
            pass  # `try_` has waited
        threads = [
            threading.Thread(target=self.work, args=[queue], name=f"{queue} {number}")
            for queue, count in THREADS.items()
            for number in range(count)
        ]
        for thread in threads:
            thread.start()
        revived = 0.0
        while not self.is_over.is_set() and self.is_wanted():
            self.try_(self.beat)
            if time.monotonic() - revived >= REVIVES_EVERY:
                revived = time.monotonic()
                self.try_(lambda: taking.revive(self.lease))
            self.is_over.wait(LOOKS_EVERY)
        self.is_over.set()
        for thread in threads:
            while thread.is_alive():
                self.try_(self.beat)
                thread.join(LOOKS_EVERY)
        connection.close()

    def stop(self, *ignored: object) -> None:
        self.is_over.set()

    def work(self, queue: str) -> None:
        try:
            while not self.is_over.is_set():
                if not self.try_(lambda: self.do_one(queue)):
                    self.is_over.wait(LOOKS_EVERY)
        finally:
            connection.close()

    def do_one(self, queue: str) -> bool:
        """Takes one job and does it. Returns whether there was one."""
        job = taking.take(self.name, queue, without=self.without)
        if job is None:
            return False
        self.do(job)
        return True

    def do(self, job: Job) -> None:
        """Does a job that was taken, and notes what became of it."""
        try:
            task = kind_of(job.kind)
        except UnknownKind:
            return self.give_back(job)
        running = self.running[job.id] = Running(job)
        try:
            outcome = call(task, running)
        except Cancelled:
            taking.cancel(job)
        except Exception as error:  # whatever a job may raise
            self.say(f"A job failed ({job.kind}, attempt {job.attempts}): {error}")
            may_repeat = task.is_repeatable or isinstance(error, NotSent)
            taking.fail(job, task, traceback.format_exc(limit=-8), may_repeat=may_repeat)
        else:
            taking.finish(job, task, outcome)
        finally:
            del self.running[job.id]

    def give_back(self, job: Job) -> None:
        """Leaves a job of a newer version to a worker of that version."""
        Job.objects.filter(id=job.id).update(state=Job.State.WAITING, attempts=job.attempts - 1)
        self.without = {*self.without, job.kind}

    def beat(self) -> None:
        """Says that this worker lives, and how far its jobs are; hears which of them are to stop."""
        if self.running:
            for cancelled in taking.beat(self.name):
                if running := self.running.get(cancelled):
                    running.is_cancelled.set()
        for running in list(self.running.values()):
            if running.progress != running.told:
                running.told = running.progress
                taking.note_progress(running.job, *running.told)

    def try_(self, act: Callable[[], object]) -> object:
        """Acts, and waits where that fails, most often because the database is away. A thread of this worker must not
        end by it."""
        close_old_connections()
        try:
            return act()
        except Exception as error:
            self.say_once(f"The worker waits: {str(error).strip().partition('\n')[0] or type(error).__name__}")
            connection.close()
            self.is_over.wait(LOOKS_EVERY)
            return None

    def say_once(self, sentence: str) -> None:
        """Says what it did not say just before, because it tries every second."""
        if sentence != self.said:
            self.said = sentence
            self.say(sentence)

    def schedule(self) -> bool:
        backend().schedule()
        return True


def call(task: JobTask, running: Running) -> object:
    arguments = running.job.arguments
    if not task.takes_context:
        return task.call(**arguments)
    return task.call(JobContext(running), **arguments)


def left_out() -> list[str]:
    """Returns the kinds that this machine does not do, by its settings."""
    return [path for path, is_done in settings.JOBS_OF_THIS_MACHINE.items() if not is_done]
