"""Deletes what nothing needs any more."""

from datetime import timedelta

from django.utils import timezone

from metricgain.jobs.tasks_backend import LATER, job
from training.models import DeletedSet

# A phone may send an edit that is older than the deletion for as long as it is signed in, which is a year without a
# visit. Twice that is safe.
TOMBSTONES_LAST = timedelta(days=2 * 365)


@job(is_repeatable=True, queue=LATER, every=timedelta(days=1))
def sweep_deleted_sets() -> int:
    return DeletedSet.objects.filter(deleted_at__lt=timezone.now() - TOMBSTONES_LAST).delete()[0]
