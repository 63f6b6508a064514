"""One spelling for what people type to get in: an email address that mail reaches, and a password.

A keyboard may send "é" as one character or as "e" with an accent, and nobody sees which."""

import unicodedata

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.utils.encoding import punycode

LONGEST_NAME, LONGEST_ADDRESS = 64, 254  # characters before the "@" and in all (RFC 5321)


def reachable(email: str) -> str:
    """Returns the address in small letters. Raises ValidationError where no mail could be sent to it: mail servers that
    take other letters before the "@" (SMTPUTF8) are few, and our own mail never asks for it."""
    email = composed(email.strip().lower())
    name, _, domain = email.rpartition("@")
    if name and domain and not (name.isascii() and name.isprintable()):
        raise ValidationError(
            "No mail reaches this address: before the @ there may be only a to z without accents, digits, and signs "
            "such as . _ + -. Type another address of yours.",
            code="unreachable",
        )
    validate_email(email)
    try:
        punycode(domain)
    except UnicodeError as error:
        raise ValidationError(
            "No mail reaches this address: there is no such domain. Look at what stands behind the @.",
            code="unreachable",
        ) from error
    if len(name) > LONGEST_NAME or len(email) > LONGEST_ADDRESS:
        raise ValidationError(
            f"No mail reaches this address: it may have {LONGEST_ADDRESS} characters, {LONGEST_NAME} of them before "
            "the @.",
            code="unreachable",
        )
    return email


def composed(text: str) -> str:
    return unicodedata.normalize("NFC", text)


def stored_form(password: str) -> str:
    """Returns the password as it is hashed: the OpaqueString of RFC 8265, in NFC and with plain blanks."""
    return composed("".join(" " if unicodedata.category(one) == "Zs" else one for one in password))


def forms_of(password: str) -> list[str]:
    """Returns the spellings under which a password may be stored: as we store it, then as it was typed and as some
    keyboards send it, for hashes from before there was one form. Most passwords have one."""
    return list(dict.fromkeys([stored_form(password), password, unicodedata.normalize("NFD", password)]))
