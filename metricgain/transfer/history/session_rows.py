"""Which rows of a session become sets, and under which numbers. Pure: no database."""

import hashlib
import json
from collections import Counter, defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import NamedTuple

from metricgain.transfer.logbook import AppSession, AppSet, KindOfSet, NotTakenBecause
from training.models.bounds import HEAVIEST, HELD
from training.models.log import MAX_SET_NUMBER

MOST_REPS = 9999
CONTINUING = {KindOfSet.DROP: "drop", KindOfSet.MYO: "myo"}  # sets that continue the one before them


class Meant(NamedTuple):
    """The exercise that a name of the file means."""

    exercise: int
    is_hold: bool = False


Meanings = Mapping[str, Meant | None]  # None for what is no strength training


@dataclass(frozen=True, slots=True)
class StoredSet:
    """A set as it is stored. `place`: its row among the taken ones of the session, from 0."""

    exercise: int
    number: int
    weight: Decimal
    unit: str
    reps: int
    seconds: int | None
    rir: Decimal | None
    set_type: str
    extends: int | None
    place: int


def refusal_of(one: AppSet, meant: Meant) -> NotTakenBecause | None:
    """Returns why a row is not taken; None where it is."""
    counted = one.seconds if meant.is_hold else one.reps
    if one.went_far:
        return NotTakenBecause.CARDIO
    if counted is None or (meant.is_hold and counted == 0):
        return NotTakenBecause.NO_REPS
    if counted > (HELD.most if meant.is_hold else MOST_REPS) or (one.weight or 0) > HEAVIEST:
        return NotTakenBecause.IMPOSSIBLE
    return None


def set_rows(session: AppSession, meanings: Meanings) -> tuple[list[StoredSet], list[tuple[AppSet, NotTakenBecause]]]:
    """Returns the sets of a session in the file's order, and why the other rows are not taken. Sets of an exercise are
    numbered in that order, also where two names of the file mean it."""
    taken: list[StoredSet] = []
    left: list[tuple[AppSet, NotTakenBecause]] = []
    numbers: Counter[int] = Counter()
    latest: dict[int, int] = {}  # the last working set of an exercise, which a drop continues
    for one in session.sets:
        meant = meanings[one.exercise]
        reason = refusal_of(one, meant) if meant else NotTakenBecause.CARDIO
        if meant is None or reason:
            left.append((one, reason or NotTakenBecause.CARDIO))
        elif numbers[meant.exercise] == MAX_SET_NUMBER:
            left.append((one, NotTakenBecause.TOO_MANY))
        else:
            numbers[meant.exercise] += 1
            number = numbers[meant.exercise]
            extends = latest.get(meant.exercise) if one.kind in CONTINUING else None
            if extends is None:
                latest[meant.exercise] = number
            taken.append(_row(one, meant, number=number, extends=extends, place=len(taken)))
    return taken, left


def _row(one: AppSet, meant: Meant, *, number: int, extends: int | None, place: int) -> StoredSet:
    return StoredSet(
        exercise=meant.exercise,
        number=number,
        weight=one.weight or Decimal(0),
        unit=one.unit or "kg",
        reps=1 if meant.is_hold else one.reps or 0,
        seconds=one.seconds if meant.is_hold else None,
        rir=one.rir,
        set_type=CONTINUING[one.kind] if extends else "failure" if one.kind == KindOfSet.FAILURE else "working",
        extends=extends,
        place=place,
    )


def supersets_of(session: AppSession, meanings: Meanings) -> dict[int, int]:
    """Returns the number of the superset of each exercise that the file pairs with another, from 1."""
    of_mark: defaultdict[str, list[int]] = defaultdict(list)
    for one in session.sets:
        meant = meanings[one.exercise]
        if one.superset and meant and meant.exercise not in of_mark[one.superset]:
            of_mark[one.superset].append(meant.exercise)
    paired = [exercises for exercises in of_mark.values() if len(exercises) > 1]
    return {exercise: number for number, exercises in enumerate(paired, start=1) for exercise in exercises}


def notes_of(session: AppSession, meanings: Meanings) -> dict[int, str]:
    """Returns what the file notes at the sets of each exercise, each note once."""
    found: dict[int, list[str]] = {}
    for one in session.sets:
        if one.note and (meant := meanings[one.exercise]):
            found.setdefault(meant.exercise, []).append(one.note)
    return {exercise: "\n".join(dict.fromkeys(notes)) for exercise, notes in found.items()}


def digest_of(session: AppSession) -> str:
    """Returns a digest of all that a file says of a session, as it says it: before units and names are decided."""
    if session.came_with:
        return session.came_with[1]
    rows = [
        (one.exercise, one.weight, one.unit, one.reps, one.seconds, one.rir, one.kind, one.superset, one.note)
        for one in session.sets
    ]
    said = json.dumps([session.seconds, session.note, rows], default=str, ensure_ascii=False)
    return hashlib.sha256(said.encode(errors="replace")).hexdigest()
