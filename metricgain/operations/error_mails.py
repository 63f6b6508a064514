"""Mails errors to the owner, each kind once an hour."""

import logging
import traceback

from django.conf import settings
from django.core.mail import EmailMessage

from metricgain.web.log_lines import First, fingerprint, one_line
from metricgain.web.outage import is_outage

EVERY = 3600  # seconds


class ErrorMails(logging.Handler):
    """A handler that mails to ERROR_MAIL. It leaves out outages of the database, which a monitor sees by /healthz, and
    mails that could not be sent."""

    def __init__(self, level: int = logging.NOTSET) -> None:
        super().__init__(level)
        self.first = First()

    def emit(self, record: logging.LogRecord) -> None:
        error = record.exc_info[1] if record.exc_info else None
        if error is None or not settings.ERROR_MAIL or is_outage(error) or record.name == "metricgain.users.mail":
            return
        if self.first.within(EVERY, f"mail-{fingerprint(error)}"):
            try:
                self._mail(record, error)
            except Exception:  # whatever a mail server, or the table of jobs, may raise
                self.handleError(record)

    def _mail(self, record: logging.LogRecord, error: BaseException) -> None:
        from metricgain.users.mail import send_beside  # logging is set up before there are models

        subject = f"MetricGain: {type(error).__name__} [{fingerprint(error)}]"
        body = f"{one_line(record, error)}\n\n{''.join(traceback.format_exception(error))}\n"
        body += "\nThe same error is mailed again after an hour at the earliest; the log has all of them.\n"
        send_beside(EmailMessage(subject, body, settings.DEFAULT_FROM_EMAIL, settings.ERROR_MAIL))
