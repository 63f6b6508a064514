"""Reads the owner's settings. A wrong one ends with a sentence instead of a traceback. The settings import this."""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from urllib.parse import urlsplit

import environ
from environ.fileaware_mapping import FileAwareMapping

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


class Variables(FileAwareMapping):
    """The environment variables. The value of NAME stands in a file where NAME_FILE names one; it has to have one."""

    def __getitem__(self, key: str) -> str:
        try:
            value = super().__getitem__(key)
        except OSError as error:
            raise Refused(f"{key}_FILE names {error.filename}, which cannot be read: {error.strerror}.") from error
        except UnicodeDecodeError as error:
            raise Refused(f"{key}_FILE names {self.env[f'{key}_FILE']}, which has no text.") from error
        if (path := self.env.get(f"{key}_FILE")) and not value.strip():
            raise Refused(f"{key}_FILE names {path}, which is empty.")
        return value


class Environment(environ.FileAwareEnv):
    ENVIRON = Variables()

    def secret(self, variable: str) -> str:
        """Returns the value as it stands, without spaces around it; empty: none. (A call of the class takes one that
        begins with $ for the name of another variable.)"""
        return self.ENVIRON.get(variable, "").strip()


@contextmanager
def told_in_a_sentence() -> Iterator[None]:
    """Ends the process with the sentence of the error. No command can do anything useful with wrong settings."""
    try:
        yield
    except Refused as error:
        raise SystemExit(str(error)) from error
    except OSError as error:
        raise SystemExit(f"DATA_DIR cannot be used: {error.filename}: {error.strerror}") from error


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
