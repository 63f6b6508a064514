"""What the version before a migration needs of the tables, so that it can go on serving beside them."""

from typing import NamedTuple

import psycopg

COLUMNS = """
SELECT table_name, column_name, data_type, COALESCE(character_maximum_length, numeric_precision),
    is_nullable = 'YES', column_default IS NOT NULL OR is_identity = 'YES', is_generated = 'ALWAYS'
FROM information_schema.columns WHERE table_schema = 'public'
"""
# What ON CONFLICT (...) finds an existing row by. Indexes on expressions or on some rows alone are not compared.
KEYS = """
SELECT indrelid::regclass::text, array_agg(attname::text ORDER BY attname)
FROM pg_index JOIN pg_attribute ON attrelid = indrelid AND attnum = ANY(indkey)
WHERE indisunique AND indpred IS NULL AND indexprs IS NULL AND indrelid::regclass::text !~ '[.]'
GROUP BY indexrelid, indrelid
"""


class Column(NamedTuple):
    """`size`: the most letters, or digits; None without a limit."""

    type: str
    size: int | None
    may_be_null: bool
    has_default: bool
    is_generated: bool

    @property
    def may_be_left_out(self) -> bool:
        return self.may_be_null or self.has_default or self.is_generated


class Tables(NamedTuple):
    columns: dict[tuple[str, str], Column]
    keys: set[tuple[str, ...]]  # a table and the columns of one of its unique indexes


def tables(session: psycopg.Connection) -> Tables:
    columns = {(table, name): Column(*said) for table, name, *said in session.execute(COLUMNS)}
    return Tables(columns, {(table, *names) for table, names in session.execute(KEYS)})


def missed(before: Tables, now: Tables) -> list[str]:
    """Returns what the version that made `before` would miss in `now`; none where it can go on.

    Allowed are: new tables; new columns that an INSERT may leave out; more letters or digits in a column; NULL where
    there was none, if the column is left out or written by the version before anyway; a new default. Not seen here are
    new checks and triggers that refuse what the version before writes: each has a test of its own."""
    wrong = []
    known = {table for table, _ in before.columns}
    for (table, name), column in before.columns.items():
        found = now.columns.get((table, name))
        if found is None:
            wrong.append(f"{table}.{name} is gone")
        elif found.type != column.type or (found.size is not None and found.size < (column.size or found.size + 1)):
            wrong.append(f"{table}.{name} is {found.type} ({found.size}) now, was {column.type} ({column.size})")
        elif column.may_be_left_out and not found.may_be_left_out:
            wrong.append(f"{table}.{name} may not be left out any more")
        elif found.is_generated and not column.is_generated:
            wrong.append(f"{table}.{name} may not be written any more")
    for (table, name), column in now.columns.items():
        if table in known and (table, name) not in before.columns and not column.may_be_left_out:
            wrong.append(f"{table}.{name} is new and may not be left out")
    return [*wrong, *(f"{key[0]} has no key {key[1:]} any more" for key in sorted(before.keys - now.keys))]
