"""Answers while the database is away: 503 instead of 500, with a page that says what is safe."""

import sys

import psycopg
from django.db import Error
from django.http import HttpResponse
from django.shortcuts import render
from django.views import defaults

from metricgain.web.http import is_from_outbox

RETRY_AFTER = 10  # seconds: an embedded server that died is back in less than 15
# Codes (or their first digits) of errors that pass. In this order: no connection, no resources, shut down or statement
# cancelled, broken files, lost to another transaction, waits for a lock, the server is a standby at the moment.
PASSING = ("08", "53", "57", "58", "40", "55P03", "25006")


def is_outage(error: BaseException | None) -> bool:
    """Tells whether the database failed rather than the statement. Then the same request may succeed later."""
    if isinstance(error, Error):
        error = error.__cause__
    if not isinstance(error, psycopg.Error):
        return False
    if error.sqlstate is None:
        return isinstance(error, psycopg.OperationalError)
    return error.sqlstate.startswith(PASSING)


def server_error(request):
    """Answers an uncaught exception (`handler500`): 503 during an outage, else Django's 500."""
    if not is_outage(sys.exc_info()[1]):
        return defaults.server_error(request)
    if is_from_outbox(request):
        answer = HttpResponse("The database is away.", status=503, content_type="text/plain")
    else:
        answer = render(None, "503.html", {"is_form": request.method == "POST"}, status=503)
    answer.headers["Retry-After"] = str(RETRY_AFTER)
    answer.headers["Cache-Control"] = "no-store"
    return answer
