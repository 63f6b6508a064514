from django.contrib.auth import middleware
from django.http import HttpResponse
from django.utils import timezone

from metricgain.users import whereabouts
from metricgain.web.http import OUTBOX, is_from_outbox

# Forbids what no page of ours uses, so that injected code cannot use it either. The rest timer uses the wake lock and
# vibration, so these stay allowed.
PERMISSIONS_POLICY = "camera=(), display-capture=(), geolocation=(), microphone=(), payment=(), usb=()"


class PermissionsPolicyMiddleware:
    """Adds the Permissions-Policy header, for which Django has no setting."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        response = self.get_response(request)
        response.headers.setdefault("Permissions-Policy", PERMISSIONS_POLICY)
        return response


class PrivatePagesMiddleware:
    """Keeps what a signed-in user gets out of shared caches. A browser's own cache asks before it shows it again. The
    header has no `no-store`: phones save pages to show them without a signal (`static/js/worker/pages.js`)."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        response = self.get_response(request)
        # What read no session depends on nobody, such as /healthz. After an error, the database may be away.
        if response.status_code < 500 and request.session.accessed and request.user.is_authenticated:
            response.headers.setdefault("Cache-Control", "private, no-cache")
        return response


class LoginRequiredMiddleware(middleware.LoginRequiredMiddleware):
    """Requires a signed-in user, as Django does. An outbox gets no redirect but a status: 401 where nobody is signed
    in, 409 where another user is."""

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
    """Shows times in the time zone where the signed-in user is."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        # `override` restores the default at the end, whatever zone was activated.
        with whereabouts.told_by(request), timezone.override(None):
            return self.get_response(request)

    def process_view(self, request, view, args, kwargs):
        # A page for everybody, such as /healthz, must not read the session, which is in the database.
        if getattr(view, "login_required", True) and request.user.is_authenticated:
            timezone.activate(request.user.here)
