from datetime import timedelta

from django.tasks import task

from metricgain.jobs.models import Job
from metricgain.jobs.tasks_backend import LATER


@task(is_repeatable=True, queue_name=LATER, every=timedelta(hours=1))
def forget_jobs() -> int:
    return Job.objects.forget()
