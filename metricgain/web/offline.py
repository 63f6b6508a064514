"""MetricGain as an app on a phone: its manifest, its worker, and the mark by which the worker knows our pages."""

import pwa.views
from django.contrib.auth.decorators import login_not_required
from django.shortcuts import render
from django.urls import path
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from metricgain.web import staticfiles

# This header says whose page it is: a user's id, or "none". The answer of a captive portal does not have it.
MARK = "MetricGain-User"
# Bytes that saved pages may take on a phone, uncompressed. A week of three workouts with its exercises and the library
# takes less than half of it.
BUDGET = 4_000_000
# Files that a page of this version may need. The worker loads its own files itself.
ASSETS = ("css/", "js/", "icons/logo", "icons/icons")
NOT_ASSETS = ("js/worker/",)


class MarkMiddleware:
    """Marks every HTML answer as a page of MetricGain, except errors of the server, which no phone may save."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        response = self.get_response(request)
        if response.status_code < 500 and response.headers.get("Content-Type", "").startswith("text/html"):
            response.headers[MARK] = str(request.user.pk or "none")
        return response


@login_not_required
@require_safe
@never_cache
def serviceworker(request):
    """Serves the worker with the list of files that it holds. Any changed file changes this script, and so browsers
    install the new worker."""
    names = sorted(name for name in staticfiles.storage().hashed_files if name.startswith(ASSETS))
    assets = [staticfiles.storage().url(name) for name in names if not name.startswith(NOT_ASSETS)]
    return render(request, "serviceworker.js", {"assets": assets, "budget": BUDGET}, content_type="text/javascript")


urlpatterns = [
    path("serviceworker.js", serviceworker, name="serviceworker"),
    path("manifest.json", login_not_required(pwa.views.manifest), name="manifest"),
    path("offline/", login_not_required(pwa.views.offline), name="offline"),
]
