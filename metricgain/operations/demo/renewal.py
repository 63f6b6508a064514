"""Builds the demo, and keeps it no older than a day, while the app is served with DEMO=on: a job that looks every ten
minutes. The database rolls back a demo that is half built."""

from datetime import timedelta

from django.core.management import call_command
from django.utils import timezone

from metricgain.jobs.tasks_backend import LATER, job
from metricgain.operations.demo import demo_account


@job(is_repeatable=True, queue=LATER, every=timedelta(minutes=10))
def renew_demo() -> None:
    if demo_account.is_due(timezone.now()):
        call_command("demo", if_due=True, verbosity=0)
