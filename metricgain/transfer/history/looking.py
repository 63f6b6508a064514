"""A look at a file before anything of it is stored: what it is, what its names mean, and what is here already."""

from collections import Counter, defaultdict
from datetime import datetime
from typing import TypedDict

from exercises.models import Measure
from metricgain.numbers import hundredths, plain
from metricgain.transfer.history.blocks import leave_what_is_to_come, local_start
from metricgain.transfer.history.here import key_of, new_weighings, read_here
from metricgain.transfer.history.name_meanings import LEFT_OUT, NameLook, library_of, look_at_names
from metricgain.transfer.history.session_rows import Meanings, Meant, digest_of, set_rows
from metricgain.transfer.logbook import AppLog, AppSession, NotTakenBecause
from metricgain.transfer.units import proposed
from metricgain.users.models import User
from training.models import Import

MOST_CHANGED = 20  # sessions that the page lists
SAMPLES, SETS_OF_SAMPLE = 3, 4  # sessions that the page shows as they were read
# What may be a mistake comes before what is meant to be left out.
MISTAKES = (
    NotTakenBecause.UNREADABLE,
    NotTakenBecause.NO_DATE,
    NotTakenBecause.TO_COME,
    NotTakenBecause.IMPOSSIBLE,
    NotTakenBecause.NO_REPS,
)


class UnitLook(TypedDict):
    """The unit of a file that does not say it: "kg" or "lb", why, and whether that is beyond doubt."""

    proposed: str
    evidence: str
    is_sure: bool


class TableLook(TypedDict):
    """A table whose columns are asked: its first rows, and the meaning of its columns by place, as text."""

    head: list[list[str]]
    said: dict[str, str]


class Look(TypedDict):
    """All that the page before an import shows, as it is kept in `imports.look`."""

    sessions: int
    first: str  # days, in ISO; "" where there is none
    last: str
    samples: list[dict[str, str]]
    unit: UnitLook | None
    is_date_order_sure: bool
    table: TableLook | None
    names: list[NameLook]
    left: dict[str, int]  # rows not taken, by reason, whatever the names become
    left_rows: list[dict[str, object]]
    here: int
    fresh: int
    changed: list[dict[str, str]]
    changed_count: int
    weighings: int  # of days that have none


def look_at(user: User, book: AppLog, *, now: datetime) -> Look:
    leave_what_is_to_come(book, user, now=now)
    names = look_at_names(user, book)
    days = [local_start(one, user.zone).date() for one in book.sessions]
    meanings, here = _meanings(user, names), read_here(user)
    tally, changed = Counter[str](), list[dict[str, str]]()
    left: defaultdict[str, Counter[NotTakenBecause]] = defaultdict(Counter)
    for session, day in zip(book.sessions, days, strict=True):
        known = here.by_key.get(key_of(book.app, session))
        rows, left_of_session = set_rows(session, meanings)
        for one, reason in left_of_session:
            left[one.exercise][reason] += 1
        if known and known.digest != digest_of(session):
            tally["changed"] += 1
            changed.append({"title": session.title, "day": f"{day:%Y-%m-%d}"})
        elif known or here.has_done(session, rows):
            tally["here"] += 1
        elif rows:
            tally["fresh"] += 1
    for name in names:
        name["left"] = {reason.value: count for reason, count in left[name["name"]].items()}
    return {
        "sessions": len(book.sessions),
        "first": min(days).isoformat() if days else "",
        "last": max(days).isoformat() if days else "",
        "samples": [
            {"day": f"{day:%Y-%m-%d}", "title": session.title, "words": _in_words(session)}
            for session, day in list(zip(book.sessions, days, strict=True))[: -SAMPLES - 1 : -1]
        ],
        "unit": _unit_look(user, book),
        "is_date_order_sure": book.is_date_order_sure,
        "table": table_of(book),
        "names": names,
        "left": {reason.value: count for reason, count in book.left.items()},
        "left_rows": [
            {"line": one.line, "reason": one.reason.value, "words": one.words}
            for one in sorted(book.not_taken, key=lambda one: (one.reason not in MISTAKES, one.line))
        ],
        "here": tally["here"],
        "fresh": tally["fresh"],
        "changed": changed[:MOST_CHANGED],
        "changed_count": tally["changed"],
        "weighings": len(new_weighings(user, book)),
    }


def table_of(book: AppLog) -> TableLook | None:
    said = {str(place): meaning for place, meaning in book.columns.items()}
    return {"head": book.head, "said": said} if book.head else None


def _in_words(session: AppSession) -> str:
    """Returns the first sets of a session as the file has them: "Squat 100 kg × 5, Squat 100 kg × 5 and 12 more"."""
    shown = [
        f"{one.exercise} {f'{plain(hundredths(one.weight))} {one.unit or ""}'.strip() if one.weight else ''} × "
        f"{one.reps if one.reps is not None else f'{one.seconds} s'}".replace("  ", " ")
        for one in session.sets[:SETS_OF_SAMPLE]
    ]
    more = len(session.sets) - len(shown)
    return ", ".join(shown) + (f" and {more} more" if more else "")


def _unit_look(user: User, book: AppLog) -> UnitLook | None:
    """Returns the unit of weights that have none: that of the lifter's earlier file of the app, or what they show."""
    found = proposed(book)
    if found is None:
        return None
    earlier = Import.objects.owned_by(user).stored().filter(app=book.app, look__has_key="unit").order_by("-stored_at")
    if said := earlier.values_list("look__unit", flat=True).first():
        words = {"kg": "kilograms", "lb": "pounds"}[said]
        return {"proposed": said, "evidence": f"Your earlier file of {book.app} was in {words}.", "is_sure": True}
    return {"proposed": found.unit, "evidence": found.sentence, "is_sure": found.is_sure}


def _meanings(user: User, names: list[NameLook]) -> Meanings:
    """Returns what the names mean before new exercises are made: those have numbers below zero until then."""
    held = dict(library_of(user).values_list("id", "measure"))
    found: dict[str, Meant | None] = {}
    for place, look in enumerate(names, start=1):
        is_hold = (look["guess"]["measure"] if look["exercise"] is None else held[look["exercise"]]) == Measure.SECONDS
        found[look["name"]] = None if look["how"] == LEFT_OUT else Meant(look["exercise"] or -place, is_hold)
    return found
