"""Kinds of jobs for tests."""

import time
from datetime import timedelta

from django.db import transaction

from exercises.tests.factories import ExerciseFactory
from metricgain.jobs.tasks_backend import LATER, SOON, NotSent, job

done: list = []


@job(is_repeatable=True, queue=SOON)
def note(*, number: int) -> int:
    done.append(number)
    return number * 2


@job(is_repeatable=False, queue=SOON)
def send(*, number: int) -> None:
    done.append(number)


@job(is_repeatable=False, queue=SOON, is_kept=False, attempts=3)
def send_to_nobody(*, address: str) -> None:
    raise NotSent("nobody listens")


@job(is_repeatable=False, queue=SOON)
def send_and_break() -> None:
    done.append("sent")
    raise ValueError("the answer was cut")


@job(is_repeatable=True, queue=SOON, attempts=2)
def break_down() -> None:
    raise ValueError("no luck")


@job(is_repeatable=True, queue=LATER, takes_context=True)
def write_ten(context, *, name: str) -> None:
    """Writes ten rows, all or none."""
    with transaction.atomic():
        for number in range(10):
            ExerciseFactory(name=f"{name} {number}")
            context.say(10 * number, f"row {number}")


@job(is_repeatable=True, queue=SOON, every=timedelta(hours=1))
def look() -> None:
    done.append("looked")


@job(is_repeatable=True, queue=LATER)
def write_slowly(*, name: str) -> None:
    """Writes ten rows in two seconds, all or none."""
    with transaction.atomic():
        for number in range(10):
            ExerciseFactory(name=f"{name} {number}")
            time.sleep(0.2)


@job(is_repeatable=True, queue=SOON)
def return_what_no_row_can_hold() -> object:
    return object()
