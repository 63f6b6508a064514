"""Mails that are sent after the answer, as jobs."""

import logging
from smtplib import SMTPException

from django.conf import settings
from django.core.mail import EmailMessage, EmailMultiAlternatives, mailers

from metricgain.jobs.tasks_backend import SOON, NotSent, job

UNSENT = "A mail could not be sent. `manage.py reset_link EMAIL` prints a link for a new password."
logger = logging.getLogger(__name__)


def send_beside(message: EmailMessage) -> None:
    """Sends a mail after the answer, so that neither the time that a mail server takes nor its failure tells who has an
    account."""
    if not settings.MAIL_BY_SMTP:  # to print or to write a file takes no time
        return _send_now(message)
    pages = [list(one) for one in getattr(message, "alternatives", ())]
    said = {"subject": message.subject, "body": message.body, "sender": message.from_email}
    send_mail.enqueue(**said, to=message.to, headers=message.extra_headers, alternatives=pages)


def _send_now(message: EmailMessage) -> None:
    try:
        message.send()
    except Exception:  # whatever a mail server and its library may raise
        logger.exception(UNSENT)


@job(is_repeatable=False, is_kept=False, queue=SOON)
def send_mail(
    *, subject: str, body: str, sender: str, to: list[str], headers: dict[str, str], alternatives: list[list[str]]
) -> None:
    """Sends a mail. Where the server cannot be reached nothing was sent, and it is tried again; a failure later may
    have sent it."""
    server = mailers.default
    message = EmailMultiAlternatives(subject, body, sender, to, headers=headers, connection=server)
    for content, kind in alternatives:
        message.attach_alternative(content, kind)
    try:
        server.open()
    except (OSError, SMTPException) as error:
        logger.exception(UNSENT)
        raise NotSent(str(error)) from error
    try:
        message.send()
    finally:
        server.close()
