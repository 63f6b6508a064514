"""What one cell says: numbers, durations, units, kinds of sets. A cell that nobody can read raises `Left`."""

import re
import unicodedata
from decimal import ROUND_HALF_UP, Decimal
from functools import lru_cache

from metricgain.names import clean_name
from metricgain.numbers import MOST_SIGNS, in_ascii
from metricgain.transfer.logbook import KindOfSet, NotTakenBecause

NUMBER = re.compile(r"-?(?:[0-9]+(?:[.,][0-9]*)?|[.,][0-9]+)(?:[eE][-+]?[0-9]{1,2})?")
THOUSANDS = re.compile(r"[1-9][0-9]{0,2},[0-9][0-9]0")  # 1,500 may be either of two numbers
CLOCK = re.compile(r"(?:([0-9]{1,3}):)?([0-9]{1,3}):([0-9]{2})(?:[.,][0-9]+)?")
PART = re.compile(r"([0-9]+(?:[.,][0-9]+)?)\s*([^\W\d_]+)")
MOST_COUNT = 1_000_000  # reps or seconds that are still worth a look
LONGEST_NAME = 255
KEPT = 4096  # numbers: a log repeats its weights, and each is one object then

# The ways to begin a word for an hour, a minute, a second. The longer come first: "min" is no metre.
SECONDS_IN = {
    3600: ("h", "stu", "std", "ore", "ora", "uur", "u", "sa", "ч", "godz", "小时", "小時", "時間", "시간", "ώ"),
    60: ("m", "dk", "dak", "мин", "м", "分", "분", "λ"),
    1: ("s", "сек", "с", "秒", "초", "δ"),
}
SHORTEST, LONGEST = 60, 6 * 3600  # seconds of a session that somebody really trained, not of a forgotten timer
UNITS = {
    "kg": ("kg", "kgs", "kilo", "kilos", "kilogram", "kilograms", "kilogramm", "kilogramme", "公斤", "千克", "кг"),
    "lb": ("lb", "lbs", "pound", "pounds", "pfund", "libra", "libras", "livre", "livres", "libbre", "磅", "фунт"),
}
UNIT_OF = {word: unit for unit, words in UNITS.items() for word in words}
TRUE = {"1", "true", "t", "yes", "y", "x", "si", "sí", "sì", "ja", "oui", "sim"}
WARM_UP_BEGINS = ("warm", "aufwärm", "échauff", "calent", "riscald", "aquec", "热身")
DROP_BEGINS = ("drop", "reduc", "reduk")
FAILURE_BEGINS = ("fail", "to failure", "muskelversagen", "versagen", "échec", "fallo", "falha", "cedimento")
MYO_BEGINS = ("myo", "rest pause", "rest-pause")
LEAST_RPE, MOST_RPE = Decimal(5), Decimal(10)  # below, RPE says how easy it felt and counts no reps
MOST_RIR = Decimal(10)


class Left(Exception):
    """The row is not taken."""

    def __init__(self, reason: NotTakenBecause) -> None:
        super().__init__(reason)
        self.reason = reason


def plain_words(text: str) -> str:
    """Returns a text as it is compared: small letters, single blanks, none around it and no quotation marks."""
    return " ".join(unicodedata.normalize("NFC", text).strip("\ufeff\"' \t\r\n").casefold().split())


@lru_cache(KEPT)
def _clean(text: str) -> str:
    return clean_name(text)


def name(text: str) -> str:
    """Returns a name as it is stored; empty where nobody can see it, or where it is no name by its length."""
    return _clean(text) if len(text) <= LONGEST_NAME else ""


def number(text: str) -> Decimal | None:
    """Returns the number; None for an empty cell. The decimal sign is a point or a comma."""
    if len(text) > MOST_SIGNS:
        raise Left(NotTakenBecause.UNREADABLE)
    return _number(text)


@lru_cache(KEPT)
def _number(text: str) -> Decimal | None:
    written = in_ascii(text)
    if written in ("", "-", "—"):
        return None
    if not NUMBER.fullmatch(written) or THOUSANDS.fullmatch(written):
        raise Left(NotTakenBecause.UNREADABLE)
    return Decimal(written.replace(",", "."))


def count(text: str) -> int | None:
    """Returns a whole number. Half a rep is none: 7.5 is 7."""
    found = number(text)
    if found is not None and not -MOST_COUNT < found < MOST_COUNT:
        raise Left(NotTakenBecause.IMPOSSIBLE)
    return None if found is None else int(found)


def seconds(text: str) -> int | None:
    """Returns the seconds of "90", "1:30", "0:01:30", "1h 5min", "1小时13分钟"; None for an empty cell and for 0."""
    if len(text) > MOST_SIGNS:
        raise Left(NotTakenBecause.UNREADABLE)
    return _seconds(text)


@lru_cache(KEPT)
def _seconds(text: str) -> int | None:
    written = in_ascii(text)
    if clock := CLOCK.fullmatch(written):
        hours, minutes, rest = (int(part or 0) for part in clock.groups())
        return hours * 3600 + minutes * 60 + rest or None
    if parts := PART.findall(written):
        found = sum(Decimal(many.replace(",", ".")) * _seconds_in(word) for many, word in parts)
    else:
        found = number(written) or Decimal(0)
    if not 0 <= found < MOST_COUNT:
        raise Left(NotTakenBecause.IMPOSSIBLE)
    return int(Decimal(found).to_integral_value(ROUND_HALF_UP)) or None


def _seconds_in(word: str) -> int:
    begins = {beginning: factor for factor, ways in SECONDS_IN.items() for beginning in ways}
    found = [beginning for beginning in begins if word.casefold().startswith(beginning)]
    if not found:
        raise Left(NotTakenBecause.UNREADABLE)
    return begins[max(found, key=len)]


def believed(duration: int | None) -> int | None:
    """Returns the seconds of a session, None where nobody trains so short or so long."""
    return duration if duration and SHORTEST <= duration <= LONGEST else None


def session_seconds(text: str) -> int | None:
    try:
        return believed(seconds(text))
    except Left:
        return None


def rir_of_rpe(text: str) -> Decimal | None:
    """Returns 10 - RPE in halves. None for an RPE below 5 and for what is no RPE: the set counts without it."""
    rpe = _lenient(text)
    return _halves(MOST_RPE - rpe) if rpe is not None and LEAST_RPE <= rpe <= MOST_RPE else None


def rir(text: str) -> Decimal | None:
    said = _lenient(text)
    return _halves(said) if said is not None and 0 <= said <= MOST_RIR else None


def _lenient(text: str) -> Decimal | None:
    try:
        return number(text)
    except Left:
        return None


def _halves(value: Decimal) -> Decimal:
    return (value * 2).to_integral_value(ROUND_HALF_UP) / 2


def unit(text: str) -> str | None:
    return UNIT_OF.get(text.strip(" .").casefold())


def unit_in(header: str) -> str | None:
    """Returns the unit that the name of a column has in it: "Weight (kg)", "weight_lbs"."""
    return next((UNIT_OF[word] for word in re.findall(r"[^\W\d_]+", header.casefold()) if word in UNIT_OF), None)


def is_true(text: str) -> bool:
    return plain_words(text) in TRUE


def kind(text: str) -> KindOfSet:
    """Returns the kind of a set that a word of any app names; a number and an unknown word are a working set."""
    word = plain_words(text).replace("_", " ")
    if word == "w" or word.startswith(WARM_UP_BEGINS):
        return KindOfSet.WARM_UP
    if word == "d" or word.startswith(DROP_BEGINS):
        return KindOfSet.DROP
    if word == "f" or word.startswith(FAILURE_BEGINS):
        return KindOfSet.FAILURE
    return KindOfSet.MYO if word.startswith(MYO_BEGINS) else KindOfSet.WORKING
