"""/metrics, for Prometheus: what each request cost, and how the installation is.

What processes count lies in files of a directory that they share, so that one of them can tell the sum. What the
database knows is asked when somebody looks."""

import os
from collections.abc import Iterator, Sequence

from django.conf import settings
from django.db import Error, connection
from django.http import Http404, HttpRequest, HttpResponse
from django.utils.crypto import constant_time_compare
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe
from prometheus_client import CollectorRegistry, Counter, Histogram, generate_latest
from prometheus_client.core import GaugeMetricFamily, Metric
from prometheus_client.exposition import CONTENT_TYPE_LATEST
from prometheus_client.multiprocess import MultiProcessCollector
from prometheus_client.registry import Collector

import metricgain
from metricgain.operations.servers import counting, disks
from metricgain.postgresql import patience
from metricgain.web import hosts

BOUNDS = (0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0)  # seconds

own = CollectorRegistry()
requests = Histogram(
    "metricgain_request_seconds", "Requests, with their times.", ["view", "status"], buckets=BOUNDS, registry=own
)
facts = Counter(
    "metricgain_facts", "Sets, ratings and notes that arrived: stored, or stale.", ["fact", "outcome"], registry=own
)

ASKED = """
SELECT (SELECT count(*) FROM jobs WHERE state = 'waiting' AND due_at <= now()),
    (SELECT count(*) FROM jobs WHERE state = 'running'),
    (SELECT count(*) FROM jobs WHERE state = 'failed'),
    (SELECT extract(epoch FROM now() - last_backup_at) FROM installation),
    (SELECT extract(epoch FROM now() - last_verified_at) FROM installation),
    pg_database_size(current_database()),
    (SELECT numbackends FROM pg_stat_database WHERE datname = current_database())
"""


@never_cache
@require_safe
def metrics(request: HttpRequest) -> HttpResponse:
    """Tells them to this machine, and to whoever has METRICS_TOKEN. For anybody else the page is not there."""
    if not may_read(request):
        raise Http404
    registry = CollectorRegistry()
    registry.register(Installed())
    if counting.DIRECTORY in os.environ:
        MultiProcessCollector(registry)
    else:
        registry.register(own)
    return HttpResponse(generate_latest(registry), content_type=CONTENT_TYPE_LATEST)


def may_read(request: HttpRequest) -> bool:
    token = request.headers.get("Authorization", "").removeprefix("Bearer ").strip()
    if settings.METRICS_TOKEN and constant_time_compare(token, settings.METRICS_TOKEN):
        return True
    peer = hosts.address_of(request.META.get("REMOTE_ADDR", ""))
    return peer is not None and peer.is_loopback and not getattr(request, "came_through_a_proxy", False)


class Installed(Collector):
    """What the database and the disks know now."""

    def collect(self) -> Iterator[Metric]:
        yield gauge_of("info", "The version that serves.", [(("version", metricgain.__version__), 1)])
        found = disks.gauge.read(settings.DATA_DIR, settings.BACKUP_DIR)
        yield gauge_of("disk_free_bytes", "Room on the disks.", [(("disk", disk.name), disk.free) for disk in found])
        patience.at_most(2)
        try:
            with connection.cursor() as cursor:
                cursor.execute(ASKED)
                [(due, running, failed, backup, verified, size, connections)] = cursor.fetchall()
        except Error:
            yield gauge_of("database_up", "Whether the database answers.", [(None, 0)])
            return
        yield gauge_of("database_up", "Whether the database answers.", [(None, 1)])
        jobs = [(("state", "due"), due), (("state", "running"), running), (("state", "failed"), failed)]
        yield gauge_of("jobs", "Jobs that are due, running, or failed within a week.", jobs)
        if backup is not None:
            yield gauge_of("backup_age_seconds", "Since the last backup.", [(None, backup)])
        if verified is not None:
            yield gauge_of("backup_verified_age_seconds", "Since a backup was last verified.", [(None, verified)])
        yield gauge_of("database_bytes", "The size of the database.", [(None, size)])
        yield gauge_of("database_connections", "Sessions in the database.", [(None, connections)])


def gauge_of(name: str, words: str, values: Sequence[tuple[tuple[str, str] | None, float]]) -> GaugeMetricFamily:
    labels = [label[0] for label, _ in values[:1] if label]
    family = GaugeMetricFamily(f"metricgain_{name}", words, labels=labels)
    for label, value in values:
        family.add_metric([label[1]] if label else [], float(value))
    return family
