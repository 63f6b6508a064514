"""The row of a drop or of myo-reps that is to be entered behind its set. A phone adds it by itself
(static/js/continuing.js)."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import NamedTuple

from metricgain.numbers import plain
from training.models import Set
from training.progression import Grid
from training.session.drops import MYO_REPS, drop_weight
from training.session.page.phone_words import say
from training.session.page.set_rows import SetRow


class GoesOn(NamedTuple):
    """A row that the lifter wants to enter: the key of the row that it continues, and its type."""

    key: str
    set_type: str

    @classmethod
    def asked_by(cls, said: Mapping[str, str]) -> "GoesOn | None":
        """Reads the address of the page, which a link of a logged set leads to where there is no script."""
        set_type = said.get("as", "")
        return cls(said.get("continues", ""), set_type) if set_type in (Set.Type.DROP, Set.Type.MYO) else None


def with_row(rows: Sequence[SetRow], extra: SetRow, goes_on: GoesOn, grid: Grid) -> list[SetRow]:
    """Adds the row behind its set, with the number of `extra`."""
    base = next((row for row in rows if row.key == goes_on.key and row.may_go_on and row.done), None)
    if base is None or base.done is None:
        return list(rows)
    of, called = base.key.split("-")
    nth = say(f"nth_{goes_on.set_type}", order=base.sign)
    done, is_drop = base.done, goes_on.set_type == Set.Type.DROP
    row = replace(
        extra,
        key=f"{of}-{extra.number}",
        sign="+",
        name=f"{extra.name.rpartition(', ')[0]}, {nth}",
        words=f"{nth} of {extra.name.rpartition(', ')[0]}",
        url=f"{base.url.rpartition('sets/')[0]}sets/{extra.number}/",
        unit=base.unit,
        weight_label=base.weight_label,
        set_type=goes_on.set_type,
        extends=called,
        weight=plain(drop_weight(done.weight, grid) if is_drop else done.weight),
        reps=str(done.reps if is_drop else MYO_REPS),
        hint="",
        last_unit="",
    )
    behind = max(place for place, one in enumerate(rows) if one is base or one.extends == called) + 1
    return [*rows[:behind], row, *rows[behind:]]
