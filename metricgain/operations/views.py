from allauth.decorators import rate_limit
from django.conf import settings
from django.contrib import messages
from django.contrib.auth import login
from django.contrib.auth.decorators import login_not_required
from django.db import Error, connection
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from metricgain.operations.demo.demo_account import demo_lifter
from metricgain.operations.servers import disks
from metricgain.postgresql import patience
from metricgain.web.http import SeeOther
from metricgain.web.outage import RETRY_AFTER

gauge = disks.DiskGauge()


@login_not_required
@require_safe
@never_cache
def healthz(request: HttpRequest) -> JsonResponse:
    """Tells a monitor or a proxy whether this process and its database answer, and whether its disks have room."""
    patience.at_most(2)
    found = gauge.read(settings.DATA_DIR, settings.BACKUP_DIR)
    told = {disk.name: f"{disk.percent} % full" for disk in found if disk.is_nearly_full}
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
    except Error:
        later = {"Retry-After": str(RETRY_AFTER)}
        return JsonResponse({"status": "database unreachable"} | told, status=503, headers=later)
    return JsonResponse({"status": "ok"} | told)


@login_not_required
@require_POST
@rate_limit(action="login")  # each request makes a session
def demo_start(request: HttpRequest) -> HttpResponse:
    """Signs a visitor in as the demo lifter. A user who is signed in already stays so."""
    if not settings.DEMO:
        raise Http404
    lifter = None if request.user.is_authenticated else demo_lifter()
    if lifter:
        login(request, lifter, backend=settings.AUTHENTICATION_BACKENDS[0])
    elif not request.user.is_authenticated:
        messages.info(request, "The demo is not ready yet. Try again in a minute.")
    return SeeOther("training:today")
