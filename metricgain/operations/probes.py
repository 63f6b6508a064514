"""What monitors and load balancers ask. They ask by any address of ours, so they are answered before the Host is
looked at, and they leave no line in a log."""

from collections.abc import Callable

from django.conf import settings
from django.db import Error, ProgrammingError, connection
from django.db.migrations.recorder import MigrationRecorder
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseNotFound, JsonResponse
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

import metricgain
from metricgain.operations.metrics import metrics
from metricgain.operations.models import Installation
from metricgain.operations.servers import disks, schema
from metricgain.operations.servers.draining import draining
from metricgain.postgresql import patience
from metricgain.web.outage import RETRY_AFTER


@never_cache
@require_safe
def livez(request: HttpRequest) -> JsonResponse:
    """Tells whether this process answers. Restart it where it does not: that does not help a database."""
    return JsonResponse({"status": "ok"})


@never_cache
@require_safe
def readyz(request: HttpRequest) -> JsonResponse:
    """Tells a load balancer whether to send requests here."""
    draining.note_asked()
    if draining.is_going:
        return _not_now("going")
    patience.at_most(2)
    try:
        missing = _missing_migrations()
    except Error:
        return _not_now("database unreachable")
    return _not_now(f"{missing} migrations missing") if missing else JsonResponse({"status": "ok"})


@never_cache
@require_safe
def healthz(request: HttpRequest) -> JsonResponse:
    """Tells a monitor how this server is: its database, its disks, and how old the last backup is."""
    patience.at_most(2)
    found = disks.gauge.read(settings.DATA_DIR, settings.BACKUP_DIR)
    told: dict[str, object] = {"version": metricgain.__version__}
    told |= {"disk_left": {disk.name: disk.free for disk in found}}
    told |= {disk.name: f"{disk.percent} % full" for disk in found if disk.is_nearly_full}
    try:
        made = Installation.objects.current().last_backup_at
    except ProgrammingError:  # the schema is older: /readyz says so
        made = None
    except Error:
        return _not_now("database unreachable", **told)
    age = int((timezone.now() - made).total_seconds()) if made else None
    return JsonResponse({"status": "ok", "last_backup_seconds": age} | told)


PROBES: dict[str, Callable[[HttpRequest], HttpResponse]] = {
    "/livez": livez,
    "/readyz": readyz,
    "/healthz": healthz,
    "/metrics": metrics,
}


class ProbesMiddleware:
    """Stands before the middleware that looks at the Host."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        probe = PROBES.get(request.path_info)
        if probe is None:
            return self.get_response(request)
        try:
            return probe(request)
        except Http404:
            return HttpResponseNotFound()


class Unlogged(JsonResponse):
    _has_been_logged = True  # Django logs each 503 otherwise


class _Migrations:
    """Remembers that none is missing: nobody takes a migration back under a server that runs."""

    are_applied = False


def _missing_migrations() -> int:
    if _Migrations.are_applied:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
        return 0
    applied = {f"{app}.{name}" for app, name in MigrationRecorder(connection).applied_migrations()}
    missing = len(schema.ours() - applied)
    _Migrations.are_applied = not missing
    return missing


def _not_now(status: str, **told: object) -> JsonResponse:
    return Unlogged({"status": status} | told, status=503, headers={"Retry-After": str(RETRY_AFTER)})
