"""MetricGain as an app on a phone: its manifest, its worker, and the mark by which the worker knows our pages."""

import pwa.views
from django.contrib.auth.decorators import login_not_required
from django.shortcuts import render
from django.urls import path
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from metricgain.web import staticfiles

# A page of ours says whose it is: an id, or "none". What a captive portal answers in our place does not.
MARK = "MetricGain-User"
# Bytes that saved pages may take on a phone, uncompressed as they lie there. A week of three workouts with its
# exercises and the library takes less than half of it.
BUDGET = 4_000_000
# What each page of this version may need; the worker's own files come with it.
ASSETS = ("css/", "js/", "icons/logo", "icons/icons")
NOT_ASSETS = ("js/worker/",)


class MarkMiddleware:
    """Marks the documents that may stand for a page of MetricGain; an error of the server is none."""

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
    """The worker and the files that it holds: other files, another worker, and browsers take the new one."""
    names = sorted(name for name in staticfiles.storage().hashed_files if name.startswith(ASSETS))
    assets = [staticfiles.storage().url(name) for name in names if not name.startswith(NOT_ASSETS)]
    return render(request, "serviceworker.js", {"assets": assets, "budget": BUDGET}, content_type="text/javascript")


urlpatterns = [
    path("serviceworker.js", serviceworker, name="serviceworker"),
    path("manifest.json", login_not_required(pwa.views.manifest), name="manifest"),
    path("offline/", login_not_required(pwa.views.offline), name="offline"),
]
