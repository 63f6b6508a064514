"""The status page of the admin: how this installation is, in one place."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.conf import settings
from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.core.mail import EmailMessage
from django.db import connection
from django.db.migrations.recorder import MigrationRecorder
from django.db.models import Count, Min, Q
from django.shortcuts import redirect
from django.template.defaultfilters import filesizeformat
from django.template.response import TemplateResponse
from django.utils import timezone
from django.utils.timesince import timesince

import metricgain
from metricgain.jobs.models import Job
from metricgain.operations.backups import manifests
from metricgain.operations.models import Installation
from metricgain.operations.point_in_time import walarchive
from metricgain.operations.servers import disks, schema
from metricgain.push.models import PushSubscription

OLD_BACKUP = timedelta(days=2)
LATE_JOB = timedelta(minutes=10)
DATABASE = """
SELECT current_setting('server_version'), pg_database_size(current_database()),
    (SELECT count(*) FROM pg_stat_activity WHERE datname = current_database()), current_setting('max_connections')
"""


@dataclass(frozen=True, slots=True)
class StatusRow:
    name: str
    value: str
    is_bad: bool = False  # the owner should look


def status(request):
    """Shows it to owners. A POST sends them a mail, to try the mail server."""
    if not request.user.is_superuser:
        raise PermissionDenied
    if request.method == "POST":
        try_mail(request)
        return redirect("admin:status")
    sections = {
        "MetricGain": installed(),
        "Database": database(),
        "Disks": rooms(),
        "Backups": backups(),
        "Jobs": jobs(),
        "Pushes": pushes(),
    }
    context = admin.site.each_context(request) | {"title": "Status"}
    context |= {"sections": {title: list(rows) for title, rows in sections.items()}, "mail": mail()}
    return TemplateResponse(request, "admin/status.html", context)


def try_mail(request) -> None:
    words = "This mail was asked for on the status page of MetricGain. Mail works."
    message = EmailMessage("A mail from MetricGain", words, settings.DEFAULT_FROM_EMAIL, [request.user.email])
    try:
        message.send()
    except Exception as error:  # whatever a mail server and its library may raise
        messages.error(request, f"The mail could not be sent: {error}. EMAIL_URL says which server sends it.")
    else:
        messages.success(request, f"A mail is on its way to {request.user.email}.")


def installed() -> Iterator[StatusRow]:
    yield StatusRow("Version", metricgain.__version__)
    applied = {f"{app}.{name}" for app, name in MigrationRecorder(connection).applied_migrations()}
    missing, newer = sorted(schema.ours() - applied), schema.newer_than_ours(applied)
    yield StatusRow("Migrations applied", str(len(applied)))
    if missing:
        yield StatusRow("Migrations missing", schema.named(missing), is_bad=True)
    if newer:
        yield StatusRow("Migrations of a newer version", schema.named(newer), is_bad=True)


def database() -> Iterator[StatusRow]:
    with connection.cursor() as cursor:
        cursor.execute(DATABASE)
        [(version, size, connections, most)] = cursor.fetchall()
    whose = "embedded" if settings.EMBEDDED_POSTGRES else "your own"
    yield StatusRow("PostgreSQL", f"{version} ({whose})")
    yield StatusRow("Size", filesizeformat(size))
    yield StatusRow("Connections", f"{connections} of {most}", is_bad=connections > 0.8 * int(most))


def rooms() -> Iterator[StatusRow]:
    names = {"disk": "Of the data", "backup_disk": "Of the backups"}
    for disk in disks.gauge.read(settings.DATA_DIR, settings.BACKUP_DIR):
        words = f"{filesizeformat(disk.free)} free, {disk.percent} % full"
        yield StatusRow(names[disk.name], words, is_bad=disk.is_nearly_full)


def backups() -> Iterator[StatusRow]:
    noted = Installation.objects.current()
    is_old = noted.last_backup_at is None or timezone.now() - noted.last_backup_at > OLD_BACKUP
    yield StatusRow("Last backup", _when(noted.last_backup_at), is_bad=is_old)
    if noted.last_backup:
        yield StatusRow("Where (machine: file)", noted.last_backup.replace(":", ": ", 1))
    yield StatusRow("Last verified (manage.py backup --verify)", _when(noted.last_verified_at))
    here = manifests.all_in(settings.BACKUP_DIR)
    size = filesizeformat(sum(backup.manifest.size for backup in here))
    yield StatusRow(f"On this machine, in {settings.BACKUP_DIR}", f"{len(here)} kept, {size}")
    if settings.EMBEDDED_POSTGRES and walarchive.is_on():
        failure = walarchive.failure()
        yield StatusRow("Archived log (manage.py pitr status)", failure or "works", is_bad=failure is not None)


def jobs() -> Iterator[StatusRow]:
    is_due = Q(state=Job.State.WAITING, due_at__lte=timezone.now())
    found = Job.objects.aggregate(
        due=Count("id", filter=is_due),
        since=Min("due_at", filter=is_due),
        running=Count("id", filter=Q(state=Job.State.RUNNING)),
        failed=Count("id", filter=Q(state=Job.State.FAILED)),
    )
    is_late = found["since"] is not None and timezone.now() - found["since"] > LATE_JOB
    late = f", the first since {timesince(found['since'])}: does a worker run?" if is_late else ""
    yield StatusRow("Due", f"{found['due']}{late}", is_bad=is_late)
    yield StatusRow("Running", str(found["running"]))
    yield StatusRow("Failed within a week", str(found["failed"]), is_bad=found["failed"] > 0)


def pushes() -> Iterator[StatusRow]:
    found = PushSubscription.objects.aggregate(all=Count("id"), slow=Count("id", filter=Q(slow_times__gt=0)))
    yield StatusRow("Devices that may ring", str(found["all"]))
    yield StatusRow("Whose service was slow the last time", str(found["slow"]))


def mail() -> str:
    return "by a mail server (EMAIL_URL)" if settings.MAIL_IS_SENT else "printed to the console: EMAIL_URL is not set"


def _when(moment: datetime | None) -> str:
    return f"{timesince(moment)} ago ({moment:%Y-%m-%d %H:%M} UTC)" if moment else "never"
