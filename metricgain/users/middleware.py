from django.utils import timezone


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
