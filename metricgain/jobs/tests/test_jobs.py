"""Jobs are taken once, tried again, taken up after a kill, or done at most once, as their kind says."""

import threading
import time
from collections import Counter
from datetime import timedelta

import pytest
from django.db import connection, transaction
from django.tasks import TaskResultStatus
from django.tasks.exceptions import InvalidTask
from django.utils import timezone

from exercises.models import Exercise
from metricgain.jobs import models, taking, tasks_backend
from metricgain.jobs.models import FileTooLarge, Job
from metricgain.jobs.sweeping import forget_jobs
from metricgain.jobs.tests import kinds
from metricgain.operations.workers.job_worker import JobWorker, Running
from metricgain.users.tests.factories import UserFactory

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def nothing_done():
    kinds.done.clear()


@pytest.fixture
def worker() -> JobWorker:
    return JobWorker(print)


def the_job() -> Job:
    return Job.objects.get()


def due_now() -> None:
    Job.objects.update(due_at=timezone.now())


def test_a_job_is_done_and_its_outcome_is_kept(worker):
    result = kinds.note.enqueue(number=21)
    assert result.status == TaskResultStatus.READY
    assert worker.do_one("soon")
    assert not worker.do_one("soon")
    result.refresh()
    assert (result.status, result.return_value, kinds.done) == (TaskResultStatus.SUCCESSFUL, 42, [21])


def test_it_waits_until_it_is_due_and_in_its_queue(worker):
    kinds.note.using(run_after=timezone.now() + timedelta(minutes=1)).enqueue(number=1)
    kinds.write_ten.enqueue(name="Row")
    assert not worker.do_one("soon")
    assert worker.do_one("later")
    due_now()
    assert worker.do_one("soon")


def test_a_machine_leaves_out_what_it_does_not_do(worker):
    kinds.note.enqueue(number=1)
    worker.without = ["metricgain.jobs.tests.kinds.note"]
    assert not worker.do_one("soon")


def test_with_its_transaction_it_is_gone_too():
    with pytest.raises(ZeroDivisionError), transaction.atomic():
        kinds.note.enqueue(number=1)
        _ = 1 / 0
    assert not Job.objects.exists()


def test_what_fails_is_tried_again_after_growing_pauses(worker):
    kinds.break_down.enqueue()
    worker.do_one("soon")
    job = the_job()
    assert (job.state, job.attempts) == ("waiting", 1)
    assert 9 < (job.due_at - job.finished_at).total_seconds() < 11
    assert "no luck" in job.error
    due_now()
    worker.do_one("soon")
    assert (the_job().state, the_job().attempts) == ("failed", 2)
    pauses = [taking.pause_after(attempts).total_seconds() for attempts in range(1, 8)]
    assert pauses == [10, 40, 160, 640, 2560, 3600, 3600]


def test_what_is_sent_at_most_once_is_tried_again_only_where_nothing_was_sent(worker):
    kinds.send_and_break.enqueue()
    worker.do_one("soon")
    assert (the_job().state, kinds.done) == ("failed", ["sent"])
    Job.objects.all().delete()
    kinds.send_to_nobody.enqueue(address="https://push.example.org/secret")
    for _attempt in range(3):
        due_now()
        assert worker.do_one("soon")
    job = the_job()
    assert (job.state, job.attempts) == ("failed", 3)
    assert job.arguments == {}  # what was not sent says nothing any more


def killed_before_its_mark(worker) -> Job:
    """Does a job and forgets to note it, as a worker that is killed then."""
    job = taking.take(worker.name, "soon")
    taking.kind_of(job.kind).call(**job.arguments)
    Job.objects.update(beat_at=timezone.now() - 2 * taking.LEASE)
    return job


def test_killed_after_the_act_a_repeatable_job_is_done_again(worker):
    kinds.note.enqueue(number=5)
    first = killed_before_its_mark(worker)
    assert taking.revive() == 1
    due_now()
    assert worker.do_one("soon")
    assert (kinds.done, the_job().state) == ([5, 5], "done")
    taking.fail(first, kinds.note, "late", may_repeat=True)  # the first one lives after all: its note counts no more
    assert the_job().state == "done"


def test_killed_after_the_act_what_is_sent_once_is_not_sent_again(worker):
    kinds.send.enqueue(number=5)
    killed_before_its_mark(worker)
    assert taking.revive() == 1
    assert not worker.do_one("soon")
    assert (kinds.done, the_job().state) == ([5], "interrupted")


def test_a_worker_that_lives_keeps_its_job(worker):
    kinds.note.enqueue(number=5)
    job = taking.take(worker.name, "soon")
    Job.objects.update(beat_at=timezone.now() - 2 * taking.LEASE)
    worker.running[job.id] = Running(job)
    worker.beat()
    assert taking.revive() == 0


def test_progress_is_told_and_a_cancelled_job_is_undone_whole(worker, monkeypatch):
    kinds.write_ten.enqueue(name="Row")
    job = taking.take(worker.name, "later")
    running = worker.running[job.id] = Running(job)
    running.progress = (40, "row 4")
    worker.beat()
    assert (the_job().per_cent, the_job().words) == (40, "row 4")
    assert Job.objects.all().cancel() == 1
    worker.beat()
    assert running.is_cancelled.is_set()
    monkeypatch.setattr("metricgain.operations.workers.job_worker.Running", lambda job: running)
    worker.do(job)
    assert the_job().state == "cancelled"
    assert not Exercise.objects.filter(name__startswith="Row").exists()


@pytest.mark.django_db(transaction=True)  # the worker closes its connection
def test_no_job_ends_the_thread_that_does_it(worker):
    said = []
    worker.say = said.append
    kinds.return_what_no_row_can_hold.enqueue()
    assert worker.try_(lambda: worker.do_one("soon")) is None
    assert worker.running == {}
    assert said == ["The worker waits: Object of type object is not JSON serializable"]


def test_a_job_that_waits_is_cancelled_at_once(worker):
    kinds.note.enqueue(number=1)
    assert Job.objects.all().cancel() == 1
    assert not worker.do_one("soon")
    assert the_job().state == "cancelled"


def test_a_recurring_job_has_one_row_and_waits_again(worker):
    path = "metricgain.jobs.tests.kinds.look"
    backend = type(kinds.look.get_backend())("default", {"OPTIONS": {"recurring": [path]}})
    for _start in range(2):
        backend.schedule()
    assert worker.do_one("soon")
    job = the_job()
    assert (job.state, job.attempts, job.is_recurring) == ("waiting", 0, True)
    assert timedelta(minutes=59) < job.due_at - timezone.now() <= timedelta(hours=1)
    backend.schedule()  # a worker that starts looks at once
    assert worker.do_one("soon")
    assert kinds.done == ["looked", "looked"]
    backend.options = {}
    backend.schedule()
    assert not Job.objects.exists()


def test_a_kind_that_only_a_newer_version_has_is_left_to_it(worker):
    Job.objects.create(kind="training.of_next_year", queue="soon")
    worker.do_one("soon")
    assert (the_job().state, the_job().attempts) == ("waiting", 0)
    assert not worker.do_one("soon")


def test_a_kind_must_say_whether_it_may_be_repeated():
    with pytest.raises(TypeError, match="is_repeatable"):
        tasks_backend.job(queue="soon")
    with pytest.raises(InvalidTask, match="repeatable"):
        tasks_backend.job(is_repeatable=False, queue="soon", every=timedelta(1))(kinds.note.func)
    with pytest.raises(InvalidTask, match="Name the arguments"):
        kinds.note.enqueue(5)


def test_a_job_of_a_lifter_goes_with_the_lifter():
    user = UserFactory()
    Job.objects.create(kind="x", queue="soon", user=user).keep_file([b"what I typed"], most=2**20)
    user.delete()
    assert not Job.objects.exists()
    assert not models.JobChunk.objects.exists()


def test_a_restored_database_does_not_do_what_was_done_since():
    kinds.send.enqueue(number=1)
    Job.objects.create(kind="metricgain.jobs.sweeping.forget_jobs", queue="later", is_recurring=True)
    with connection.cursor() as cursor:
        cursor.execute(models.INTERRUPT)
    assert dict(Job.objects.values_list("is_recurring", "state")) == {False: "interrupted", True: "waiting"}


def test_files_are_kept_in_pieces_and_go_after_a_day_and_their_jobs_after_a_week():
    kinds.note.enqueue(number=1)
    job, whole = the_job(), bytes(range(256)) * 10_000
    pieces = (whole[start : start + 65_536] for start in range(0, len(whole), 65_536))
    assert job.keep_file(pieces, most=2**22) == len(whole)
    assert b"".join(job.file()) == whole
    assert [len(one.data) for one in job.chunks.order_by("number")] == [2**20, 2**20, len(whole) - 2**21]
    with pytest.raises(FileTooLarge, match="larger than 1 MB"):
        job.keep_file([whole], most=2**20)
    assert b"".join(job.file()) == whole
    Job.objects.update(state="done", finished_at=timezone.now() - timedelta(hours=25))
    forget_jobs.call()
    assert not models.JobChunk.objects.exists()
    Job.objects.update(finished_at=timezone.now() - timedelta(days=8))
    assert forget_jobs.call() == 1


@pytest.mark.django_db(transaction=True)
def test_three_workers_do_each_of_a_hundred_jobs_once():
    for number in range(100):
        kinds.send.enqueue(number=number)
    workers = [JobWorker(print) for _ in range(3)]
    threads = [threading.Thread(target=worker.run) for worker in workers]
    for thread in threads:
        thread.start()
    until = time.monotonic() + 30
    while Job.objects.filter(is_recurring=False).under_way().exists() and time.monotonic() < until:
        time.sleep(0.05)
    for worker in workers:
        worker.stop()
    for thread in threads:
        thread.join()
    assert Counter(kinds.done) == Counter(range(100))
    assert len(set(Job.objects.filter(is_recurring=False).values_list("worker", flat=True))) > 1
