"""The answer to a phone's outbox before it sends anything, and the answer to an outdated CSRF token."""

import time

from django.contrib.auth.decorators import login_not_required
from django.http import HttpResponse, JsonResponse
from django.middleware.csrf import get_token
from django.views import csrf
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from metricgain.web.http import OUTBOX, is_from_outbox

# The sentence that a phone shows for an answer without words of its own; its status goes into the braces.
REFUSED = "The server refused it ({})."


@login_not_required
@require_safe
@never_cache
def outbox(request):
    """Answers with the signed-in user's id, a CSRF token, and the server's time in milliseconds since 1970. Answers 401
    where nobody is signed in.

    An outbox asks because a page that was saved on the phone has none of these, or outdated ones."""
    now = time.time_ns() // 1_000_000
    if not request.user.is_authenticated:
        return JsonResponse({"user": None, "time": now}, status=401)
    said = {"user": request.user.pk, "token": get_token(request), "time": now, "refused": REFUSED}
    return JsonResponse(said)


def csrf_failure(request, reason=""):
    """Answers a wrong CSRF token. An outbox gets a marked 403, fetches a new token and tries once more; a browser gets
    a page."""
    if is_from_outbox(request):
        return HttpResponse(
            "Your token is an old one.", status=403, content_type="text/plain", headers={OUTBOX: "csrf"}
        )
    return csrf.csrf_failure(request, reason=reason)
