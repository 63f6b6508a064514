"""What a phone's outbox asks before it sends anything, and what it hears when its token is an old one."""

import time

from django.contrib.auth.decorators import login_not_required
from django.http import HttpResponse, JsonResponse
from django.middleware.csrf import get_token
from django.views import csrf
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from metricgain.web.http import OUTBOX, is_from_outbox

# What a phone says of an answer that has no words of its own, with its status.
REFUSED = "The server refused it ({})."


@login_not_required
@require_safe
@never_cache
def outbox(request):
    """Who is signed in, a token to post with, the server's time in milliseconds since 1970. Signed out: 401.

    A page that was saved on the phone knows none of them."""
    now = time.time_ns() // 1_000_000
    if not request.user.is_authenticated:
        return JsonResponse({"user": None, "time": now}, status=401)
    said = {"user": request.user.pk, "token": get_token(request), "time": now, "refused": REFUSED}
    return JsonResponse(said)


def csrf_failure(request, reason=""):
    """Marked for an outbox, which fetches a new token and tries once more; a page for everybody else."""
    if is_from_outbox(request):
        return HttpResponse(
            "Your token is an old one.", status=403, content_type="text/plain", headers={OUTBOX: "csrf"}
        )
    return csrf.csrf_failure(request, reason=reason)
