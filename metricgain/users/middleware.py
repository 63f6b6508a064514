from django.contrib.auth import middleware
from django.http import HttpResponse
from django.utils import timezone

from metricgain.web.http import OUTBOX, is_from_outbox

# What no page of ours asks a phone for, so that nothing slipped into one can either. The wake lock and vibration of a
# rest timer are not among them.
PERMISSIONS_POLICY = "camera=(), display-capture=(), geolocation=(), microphone=(), payment=(), usb=()"


class PermissionsPolicyMiddleware:
    """The one header of this kind that Django has no setting for."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        response = self.get_response(request)
        response.headers.setdefault("Permissions-Policy", PERMISSIONS_POLICY)
        return response


class LoginRequiredMiddleware(middleware.LoginRequiredMiddleware):
    """Says plainly to an outbox what a browser would be led around: who is signed out (401), or somebody else (409)."""

    def process_view(self, request, view, args, kwargs):
        answer = super().process_view(request, view, args, kwargs)
        if answer or not is_from_outbox(request) or not request.user.is_authenticated:
            return answer
        if request.headers[OUTBOX] == str(request.user.pk):
            return None
        return HttpResponse("Somebody else is signed in.", status=409, content_type="text/plain")

    def handle_no_permission(self, request, view):
        if is_from_outbox(request):
            return HttpResponse("Sign in first.", status=401, content_type="text/plain")
        return super().handle_no_permission(request, view)


class TimezoneMiddleware:
    """Shows times in the time zone of whoever is signed in."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        with timezone.override(None):  # restored at the end, whatever the view activates
            return self.get_response(request)

    def process_view(self, request, view, args, kwargs):
        # A page for everybody (/healthz among them) must not need the session to be shown.
        if getattr(view, "login_required", True) and request.user.is_authenticated:
            timezone.activate(request.user.zone)
