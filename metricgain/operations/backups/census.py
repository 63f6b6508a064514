"""The census of a database: for each table its number of rows and a checksum over their contents.

Two databases with the same census hold the same rows. A dump and the census in its manifest are of one snapshot."""

from dataclasses import dataclass

import psycopg
from psycopg import sql

from metricgain.operations.servers import databases

# The checksums are over the text of values, and these settings decide how PostgreSQL writes a value as text.
WRITTEN = {
    "TimeZone": "UTC",
    "DateStyle": "ISO, YMD",
    "IntervalStyle": "postgres",
    "extra_float_digits": "1",
    "bytea_output": "hex",
}
LEFT_OUT = ("job_chunks",)  # files that are fetched within a day
TABLES = """
SELECT n.nspname, c.relname FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
WHERE c.relkind = 'r' AND c.relpersistence <> 't' AND n.nspname !~ '^pg_' AND n.nspname <> 'information_schema'
  AND NOT (n.nspname = 'public' AND c.relname = ANY (%s))
  AND NOT EXISTS (SELECT FROM pg_depend WHERE classid = 'pg_class'::regclass AND objid = c.oid AND deptype = 'e')
ORDER BY 1, 2
"""


@dataclass(frozen=True, slots=True)
class Table:
    rows: int
    sum: str  # the sum of a hash of each row, so that the order does not matter


Census = dict[str, Table]


def taken(opened: psycopg.Connection) -> Census:
    """Counts inside a transaction that has begun (`databases.begin_snapshot`); the settings end with it."""
    for key, value in WRITTEN.items():
        opened.execute(sql.SQL("SET LOCAL {} = {}").format(sql.Identifier(key), sql.Literal(value)))
    return {_name(*table): _counted(opened, *table) for table in opened.execute(TABLES, [list(LEFT_OUT)]).fetchall()}


def differences(wanted: Census, found: Census, *, sums: bool = True) -> list[str]:
    """Returns a phrase for each table that differs. Without `sums` it compares only the numbers of rows, because
    another major version may write a value differently."""
    phrases = []
    for name in sorted(wanted.keys() | found.keys()):
        one, other = wanted.get(name), found.get(name)
        if one is None or other is None:
            phrases.append(f"{name} is {'too many' if one is None else 'missing'}")
        elif one.rows != other.rows:
            phrases.append(f"{name} has {other.rows:,} rows and should have {one.rows:,}")
        elif sums and one.sum != other.sum:
            phrases.append(f"{name} has rows with other contents")
    return phrases


def total(census: Census) -> int:
    return sum(table.rows for table in census.values())


def _counted(opened: psycopg.Connection, schema: str, table: str) -> Table:
    query = sql.SQL("SELECT count(*), coalesce(sum(hashtextextended(t::text, 0)), 0)::text FROM {} t")
    return Table(*databases.row_of(opened, query.format(sql.Identifier(schema, table))))


def _name(schema: str, table: str) -> str:
    return table if schema == "public" else f"{schema}.{table}"
