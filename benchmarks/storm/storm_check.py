"""Compares the phones' edits, the server's acknowledgements and the database: is anything lost or doubled?"""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

Fact = tuple  # (kind, workout, week, ...): an address


@dataclass(eq=False, slots=True)
class Saying:
    """An edit that a lifter made on a phone. A `value` of None deletes."""

    fact: Fact
    value: Any
    edited: int  # ms, by the server's clock as the phone estimates it
    is_sent: bool = False  # at least once, so that it may have arrived
    is_acknowledged: bool = False
    is_exact: bool = True  # whether `edited` is known to the millisecond

    @property
    def order(self) -> tuple:
        """The order by which the later edit wins. At the same moment a deletion wins, then the greater values."""
        return self.edited, self.value is None, self.value if self.value is not None else ()


@dataclass(frozen=True, slots=True)
class Stored:
    value: Any
    at: int | None = None  # ms; None where the database keeps no time of this edit


@dataclass(slots=True)
class Verdict:
    facts: int = 0
    acknowledged: int = 0
    left: int = 0  # facts with an edit still on a phone
    lost: list[str] = field(default_factory=list)
    doubled: list[str] = field(default_factory=list)
    outdated: list[str] = field(default_factory=list)  # the stored edit is older than an acknowledged one

    def __iadd__(self, other: "Verdict") -> "Verdict":
        self.facts += other.facts
        self.acknowledged += other.acknowledged
        self.left += other.left
        self.lost += other.lost
        self.doubled += other.doubled
        self.outdated += other.outdated
        return self

    @property
    def faults(self) -> list[str]:
        return [*self.lost, *self.doubled, *self.outdated]


def called(said: Iterable[Saying], stored: Mapping[Fact, list[Stored]]) -> dict[Fact, list[Stored]]:
    """Returns what is stored, with each set under the address at which it was typed; a merge may have moved it.

    Recognises a set by its values alone, because no lifter types the same values twice, and not by the server's own
    records."""
    typed = {(one.fact[:3], one.value): one.fact for one in said if one.fact[0] == "set" and one.value}
    found = defaultdict(list)
    for fact, rows in stored.items():
        for row in rows:
            found[typed.get((fact[:3], row.value), fact)].append(row)
    return dict(found)


def judge(
    said: Iterable[Saying], stored: Mapping[Fact, list[Stored]], *, kept: set[Saying], acknowledged: set[Saying]
) -> Verdict:
    """Judges all edits (`said`), of which `kept` are still on a phone. An acknowledged edit has to be stored, or a
    later one in its place. An edit that is neither acknowledged nor kept has to be replaced by a later one of its
    address."""
    verdict = Verdict()
    by_fact = defaultdict(list)
    for one in said:
        by_fact[one.fact].append(one)
    for fact, edits in by_fact.items():
        edits.sort(key=lambda one: one.order)
        proven = [one for one in edits if one in acknowledged]
        verdict.facts += bool(proven) or any(one.value for one in edits)  # a drop that never was is none
        verdict.acknowledged += bool(proven)
        verdict.left += any(one in kept for one in edits)
        # A last edit that deletes has nothing to lose: it goes with another's entry (PhoneLifter.take_back).
        is_open = edits[-1].value is None or any(one in kept for one in edits)
        if not proven and not is_open:
            verdict.lost.append(f"{fact}: neither acknowledged nor on a phone")
            continue
        rows = stored.get(fact, [])
        if len(rows) > 1:
            verdict.doubled.append(f"{fact}: {rows}")
        least = proven[-1].order if proven else None
        possible = [one for one in edits if one.is_sent and (least is None or one.order >= least)]
        row = rows[0] if rows else None
        if not (row is None and not proven) and not any(_is(row, one) for one in possible):
            where = verdict.lost
            if row is not None and all(one.value is None for one in possible):
                where = verdict.doubled
            elif row is not None and any(_is(row, one) for one in edits if least and one.order < least):
                where = verdict.outdated
            where.append(f"{fact}: stored {row}, acknowledged {proven[-1:]}, of {edits}")
    for fact in stored.keys() - by_fact.keys():
        verdict.doubled.append(f"{fact}: {stored[fact]}, and nobody said so")
    return verdict


def _is(row: Stored | None, one: Saying) -> bool:
    if row is None or one.value is None:
        return row is None and one.value is None
    if row.value != one.value:
        return False
    # The server sets an edit that is ahead of its clock to its own time.
    return not one.is_exact or row.at is None or row.at <= one.edited
