"""Reads the owner's settings. A wrong one ends with a sentence instead of a traceback. The settings import this."""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from urllib.parse import urlsplit

import environ

from metricgain.web.hosts import Refused

POSTGRESQL = ("postgresql", "postgres", "psql", "pgsql")
ON, OFF = ("on", "true", "yes", "1"), ("off", "false", "no", "0", "")
# Time limits by which we notice that the server is gone: for connecting, for keepalives, and for data that is not
# acknowledged. All of them work on our side, so that a pooler has nothing to refuse.
NOTICES = {
    "connect_timeout": 30,  # seconds; a page waits less (metricgain.postgresql.patience)
    "keepalives_idle": 30,
    "keepalives_interval": 5,
    "keepalives_count": 3,
    "tcp_user_timeout": 30_000,  # milliseconds
}


@contextmanager
def told_in_a_sentence() -> Iterator[None]:
    """Ends the process with the sentence of the error. No command can do anything useful with wrong settings."""
    try:
        yield
    except Refused as error:
        raise SystemExit(str(error)) from error
    except OSError as error:
        raise SystemExit(
            "DATA_DIR, or a file that a setting such as SECRET_KEY_FILE names, cannot be used: "
            f"{error.filename}: {error.strerror}"
        ) from error


def database(url: str, variable: str = "DATABASE_URL") -> dict:
    """Returns the URL of a database as an entry of Django's DATABASES. Raises Refused with a sentence that does not
    repeat the URL, because a password is in it."""
    example = "For example: postgresql://user:password@host:5432/database"
    scheme, separator, _ = url.partition("://")
    if not separator or scheme not in POSTGRESQL:
        raise Refused(f"{variable} does not name a PostgreSQL server: it must begin with postgresql://. {example}")
    try:
        urlsplit(url)
        found = environ.Env().db_url_config(url)
    except ValueError as error:
        raise Refused(
            f"{variable} cannot be read. Its port must be a number, and every character of the password that is not "
            f"a letter or a digit must be written as its code (@ as %40, / as %2F, : as %3A). {example}"
        ) from error
    if not found["NAME"]:
        raise Refused(f"{variable} does not name a database. {example}")
    found["ENGINE"] = "metricgain.postgresql"
    found["OPTIONS"] = NOTICES | found.get("OPTIONS", {})
    return found


def is_on(variable: str, text: str) -> bool:
    """Reads a switch; empty: off. Raises Refused for what is neither on nor off."""
    switch = text.strip().lower()
    if switch not in (*ON, *OFF):
        raise Refused(f"{variable}={text} is neither on nor off.")
    return switch in ON


def kind_of_log(text: str) -> str:
    """Reads ACCESS_LOG. Returns "plain", "json", or nothing where none is kept."""
    kind = text.strip().lower()
    if kind in OFF:
        return ""
    if kind in ("plain", "json"):
        return kind
    raise Refused(f"ACCESS_LOG={text} is no kind of log: write plain, json or off.")


def mail_addresses(variable: str, texts: list[str]) -> list[str]:
    addresses = [text.strip() for text in texts if text.strip()]
    if all(re.fullmatch(r"[^@\s]+@[^@\s]+", address) for address in addresses):
        return addresses
    raise Refused(f"{variable}={','.join(texts)} is no list of mail addresses: owner@example.org,another@example.org")


def push_key(text: str) -> str:
    """Reads a private key of VAPID; empty: none. Raises Refused, and does not repeat the key."""
    key = text.strip().rstrip("=")
    if key and not re.fullmatch("[A-Za-z0-9_-]{43}", key):
        raise Refused("VAPID_PRIVATE_KEY is no private key: that is 32 bytes in base64url, 43 characters.")
    return key


def how_many(variable: str, text: str, default: int) -> int:
    number = text.strip() or str(default)
    if number.isdecimal() and number.isascii() and 0 < int(number) <= 1000:
        return int(number)
    raise Refused(f"{variable}={text} is not a number from 1 to 1000.")
