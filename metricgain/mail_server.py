"""How mail is sent: through a mail server, or printed to the console, for the owner to pass on."""

import environ
from django.core.exceptions import ImproperlyConfigured
from django.core.mail.backends import console

from metricgain.web.hosts import Refused

# The message does not repeat EMAIL_URL, because a password is in it.
REFUSED = (
    "EMAIL_URL does not name a mail server. It must begin with smtp+tls:// (or smtp+ssl://, smtp://), and every "
    "character of user and password that is not a letter or a digit must be written as its code (@ as %40, / as %2F). "
    "For example: "
    "smtp+tls://user:password@mail.example.org:587"
)
TIMEOUT = 10  # seconds; without one, a mail server that hangs would hold a thread for good


class EmailBackend(console.EmailBackend):
    """Prints the text that a person reads. Django's own backend prints the encoded mail, which breaks a long link in
    two."""

    def write_message(self, message):
        to, body = ", ".join(message.recipients()), message.body.strip()
        self.stream.write(f"\nMail to {to}: {message.subject}\n\n{body}\n\n")


def mailer(url: str) -> dict:
    """Returns an entry of MAILERS for an EMAIL_URL such as `smtp+tls://user:password@mail.example.org:587`."""
    try:
        read = environ.Env.email_url_config(url)
    except (ValueError, ImproperlyConfigured) as error:
        raise Refused(REFUSED) from error
    backend = read["EMAIL_BACKEND"]
    if backend.endswith("console.EmailBackend"):
        return {"BACKEND": f"{__name__}.EmailBackend"}
    if backend.endswith("filebased.EmailBackend"):
        return {"BACKEND": backend, "OPTIONS": {"file_path": f"/{read['EMAIL_FILE_PATH']}"}}
    if not backend.endswith("smtp.EmailBackend"):
        return {"BACKEND": backend}
    if not read["EMAIL_HOST"]:
        raise Refused(REFUSED)
    options = {
        "host": read["EMAIL_HOST"],
        "port": read["EMAIL_PORT"],
        "username": read["EMAIL_HOST_USER"] or "",
        "password": read["EMAIL_HOST_PASSWORD"] or "",
        "use_tls": read.get("EMAIL_USE_TLS", False),
        "use_ssl": read.get("EMAIL_USE_SSL", False),
        "timeout": TIMEOUT,
    }
    return {"BACKEND": backend, "OPTIONS": options}
