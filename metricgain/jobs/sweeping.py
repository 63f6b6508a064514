from datetime import timedelta

from metricgain.jobs.models import Job
from metricgain.jobs.tasks_backend import LATER, job


@job(is_repeatable=True, queue=LATER, every=timedelta(hours=1))
def forget_jobs() -> int:
    return Job.objects.forget()
