from allauth.decorators import rate_limit
from django.conf import settings
from django.contrib import messages
from django.contrib.auth import login
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.http import require_POST

from metricgain.operations.demo.demo_account import demo_lifter
from metricgain.web.http import SeeOther


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
