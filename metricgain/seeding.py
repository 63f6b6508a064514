"""Seeding: brings fixtures to the database at every start, without undoing a curator's edits."""

from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass

from django.db import models

from metricgain.names import keys_of


@dataclass(frozen=True, slots=True)
class Seeded:
    """Counts of the rows that one run created, updated and kept."""

    created: int
    updated: int
    kept: int


def _nothing(row: models.Model, values: dict) -> Collection[str]:
    return ()


def seed_rows(
    model: type[models.Model],
    wanted: Iterable[dict],
    *,
    apart: frozenset = frozenset(),
    stays: Callable[..., Collection[str]] = _nothing,
    removed: frozenset = frozenset(),
) -> Seeded:
    """Brings the system rows of `model` to the state of the fixture rows `wanted`, each {"slug", "name", columns...}.

    Finds a row by its slug; a row with no slug of ours is adopted by its name, however
    it is spelled. A column follows the fixture only while
    it holds what the last seed wrote (on an adopted row: its default), so an edit in the admin stays. Keys in `apart`
    are no columns; they are only remembered in `seeded`. `stays` is called with a row and its fixture row, and returns
    the columns that must stay as they are. Rows that a curator deleted (`removed`, slugs) are not made
    again."""
    rows: list = list(model._default_manager.filter(is_system=True))
    wanted = [values for values in wanted if values["slug"] not in removed]
    if not wanted:
        return Seeded(created=0, updated=0, kept=0)
    slugs = {values["slug"] for values in wanted}
    by_slug = {row.slug: row for row in rows}
    keys = keys_of({*(row.name for row in rows), *(values["name"] for values in wanted)})
    by_name = {keys[row.name]: row for row in rows if row.slug not in slugs}
    columns = [key for key in wanted[0] if key not in apart]
    new, changed = [], []
    for values in wanted:
        row = by_slug.get(values["slug"]) or by_name.get(keys[values["name"]])
        if row is None:
            new.append(model(is_system=True, seeded=values, **{key: values[key] for key in columns}))
        elif row.seeded != values:
            stay = stays(row, values)
            for column in columns:
                if column not in stay:
                    _follow(row, column, values[column])
            row.seeded = values
            changed.append(row)
    model._default_manager.bulk_create(new)
    if changed:
        model._default_manager.bulk_update(changed, [*columns, "seeded"])
    return Seeded(created=len(new), updated=len(changed), kept=len(wanted) - len(new) - len(changed))


def _follow(row, column: str, value: object) -> None:
    last = row.seeded.get(column) if row.seeded else row._meta.get_field(column).get_default()
    if getattr(row, column) in (last, None):
        setattr(row, column, value)
