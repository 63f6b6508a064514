"""A look at a file before anything of it is stored: what it is, what its names mean, and what is here already."""

from collections import Counter
from dataclasses import asdict
from typing import TypedDict

from exercises.models import Measure
from metricgain.transfer.history.blocks import local_start
from metricgain.transfer.history.here import key_of, read_here
from metricgain.transfer.history.name_meanings import LEFT_OUT, NameLook, library_of, look_at_names
from metricgain.transfer.history.session_rows import Meant, digest_of, set_rows
from metricgain.transfer.logbook import AppLog
from metricgain.transfer.units import proposed
from metricgain.users.models import User

MOST_CHANGED = 20  # sessions that the page lists


class UnitLook(TypedDict):
    """The unit of a file that does not say it: "kg" or "lb", why, and whether that is beyond doubt."""

    proposed: str
    evidence: str
    is_sure: bool


class Look(TypedDict):
    """All that the page before an import shows, as it is kept in `imports.look`."""

    sessions: int
    first: str  # days, in ISO; "" where there is none
    last: str
    unit: UnitLook | None
    is_date_order_sure: bool
    names: list[NameLook]
    left: dict[str, int]  # rows not taken, by reason, whatever the names become
    left_rows: list[dict[str, object]]
    here: int
    fresh: int
    changed: list[dict[str, str]]
    changed_count: int


def look_at(user: User, book: AppLog) -> Look:
    names = look_at_names(user, book)
    held = dict(library_of(user).values_list("id", "measure"))
    meanings = {one["name"]: _meant(one, held) for one in names}
    days = [local_start(one, user.zone).date() for one in book.sessions]
    here, tally, changed = read_here(user), Counter[str](), list[dict[str, str]]()
    for session, day in zip(book.sessions, days, strict=True):
        known = here.by_key.get(key_of(book.app, session))
        rows, _ = set_rows(session, meanings)
        if known and known.digest != digest_of(session):
            tally["changed"] += 1
            changed.append({"title": session.title, "day": f"{day:%Y-%m-%d}"})
        elif known or here.has_done(session, rows):
            tally["here"] += 1
        elif rows:
            tally["fresh"] += 1
    return {
        "sessions": len(book.sessions),
        "first": min(days).isoformat() if days else "",
        "last": max(days).isoformat() if days else "",
        "unit": _unit_look(book),
        "is_date_order_sure": book.is_date_order_sure,
        "names": names,
        "left": {reason.value: count for reason, count in book.left.items()},
        "left_rows": [asdict(one) for one in book.not_taken],
        "here": tally["here"],
        "fresh": tally["fresh"],
        "changed": changed[:MOST_CHANGED],
        "changed_count": tally["changed"],
    }


def _unit_look(book: AppLog) -> UnitLook | None:
    found = proposed(book)
    return {"proposed": found.unit, "evidence": found.sentence, "is_sure": found.is_sure} if found else None


def _meant(look: NameLook, held: dict[int, str]) -> Meant | None:
    """Returns what a name means before its new exercise is made: that one has no sets yet, so any id will do."""
    if look["how"] == LEFT_OUT:
        return None
    return Meant(look["exercise"] or 0, held.get(look["exercise"] or 0) == Measure.SECONDS)
