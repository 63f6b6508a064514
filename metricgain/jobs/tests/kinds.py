"""Kinds of jobs for tests."""

import time
from datetime import timedelta

from django.db import transaction
from django.tasks import task

from exercises.tests.factories import ExerciseFactory
from metricgain.jobs.tasks_backend import LATER, SOON, NotSent

done: list = []


@task(is_repeatable=True, queue_name=SOON)
def note(*, number: int) -> int:
    done.append(number)
    return number * 2


@task(is_repeatable=False, queue_name=SOON)
def send(*, number: int) -> None:
    done.append(number)


@task(is_repeatable=False, queue_name=SOON, is_kept=False, attempts=3)
def send_to_nobody(*, address: str) -> None:
    raise NotSent("nobody listens")


@task(is_repeatable=False, queue_name=SOON)
def send_and_break() -> None:
    done.append("sent")
    raise ValueError("the answer was cut")


@task(is_repeatable=True, queue_name=SOON, attempts=2)
def break_down() -> None:
    raise ValueError("no luck")


@task(is_repeatable=True, queue_name=LATER, takes_context=True)
def write_ten(context, *, name: str) -> None:
    """Writes ten rows, all or none."""
    with transaction.atomic():
        for number in range(10):
            ExerciseFactory(name=f"{name} {number}")
            context.say(10 * number, f"row {number}")


@task(is_repeatable=True, queue_name=SOON, every=timedelta(hours=1))
def look() -> None:
    done.append("looked")


@task(is_repeatable=True, queue_name=LATER)
def write_slowly(*, name: str) -> None:
    """Writes ten rows in two seconds, all or none."""
    with transaction.atomic():
        for number in range(10):
            ExerciseFactory(name=f"{name} {number}")
            time.sleep(0.2)
