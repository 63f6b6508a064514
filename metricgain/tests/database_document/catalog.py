"""What PostgreSQL itself says that its tables, indexes and keys are."""

from dataclasses import dataclass, field

from metricgain.tests.database_document.rows import run

COLUMNS = """
SELECT attname,
       concat_ws(' ', format_type(atttypid, atttypmod), CASE WHEN attnotnull THEN 'not null' END,
                 CASE WHEN attidentity <> '' THEN 'identity'
                      WHEN attgenerated = 's' THEN 'generated'
                      ELSE 'default ' || pg_get_expr(adbin, adrelid) END)
FROM pg_attribute LEFT JOIN pg_attrdef ON adrelid = attrelid AND adnum = attnum
WHERE attrelid = to_regclass(%s) AND attnum > 0 AND NOT attisdropped
"""

INDEXES = """
SELECT class.relname, amname, indisunique, pg_get_expr(indpred, indrelid, true),
       array(SELECT replace(pg_get_indexdef(indexrelid, place, true), '"', '') ||
                    CASE WHEN pg_index.indoption[place - 1] & 1 = 1 THEN ' DESC' ELSE '' END
             FROM generate_series(1, indnkeyatts) place),
       array(SELECT opcname FROM unnest(indclass) WITH ORDINALITY AS used(opclass, place)
             JOIN pg_opclass ON pg_opclass.oid = opclass ORDER BY place),
       array(SELECT pg_get_indexdef(indexrelid, place, true) FROM generate_series(indnkeyatts + 1, indnatts) place)
FROM pg_index JOIN pg_class class ON class.oid = indexrelid JOIN pg_am ON pg_am.oid = class.relam
WHERE indrelid = to_regclass(%s) AND indisvalid
"""

KEYS = """
SELECT conname, conrelid::regclass::text, confrelid::regclass::text,
       CASE confdeltype WHEN 'c' THEN 'CASCADE' WHEN 'n' THEN 'SET NULL' ELSE 'refuse' END,
       array(SELECT attname::text FROM unnest(conkey) WITH ORDINALITY AS k(number, place)
             JOIN pg_attribute ON attrelid = conrelid AND attnum = number ORDER BY place),
       array(SELECT attname::text FROM unnest(confkey) WITH ORDINALITY AS k(number, place)
             JOIN pg_attribute ON attrelid = confrelid AND attnum = number ORDER BY place)
FROM pg_constraint WHERE contype = 'f' AND connamespace = 'public'::regnamespace
"""


@dataclass(frozen=True, slots=True)
class Index:
    name: str
    method: str
    unique: bool
    condition: str | None
    keys: list[str]  # "performed_at DESC"
    classes: list[str]
    included: list[str] = field(default_factory=list)

    def serves(self, other: "Index") -> bool:
        """Whether every lookup and order that `other` allows is one of mine: it is my prefix, over the same rows."""
        prefix = slice(len(other.keys))
        return (
            self.method == other.method
            and self.keys[prefix] == other.keys
            and (not other.classes or self.classes[prefix] == other.classes)
            and self.condition in (None, other.condition)
            and (not other.unique or (self.unique and self.keys == other.keys and self.condition == other.condition))
        )


@dataclass(frozen=True, slots=True)
class ForeignKey:
    name: str
    table: str
    target: str
    on_delete: str  # CASCADE, SET NULL, or "refuse" (NO ACTION, RESTRICT, SET DEFAULT)
    columns: list[str]
    target_columns: list[str]

    @property
    def column(self) -> str:
        """The column that holds the target's id; in a composite key the other one repeats the owner."""
        return self.columns[self.target_columns.index("id")]


def columns(table: str) -> dict[str, str]:
    """Returns each column of `table` with its type, nullability and default in words."""
    return dict(run(COLUMNS, [table]))


def indexes(table: str) -> list[Index]:
    return [Index(*row) for row in run(INDEXES, [table])]


def foreign_keys() -> list[ForeignKey]:
    return [ForeignKey(*row) for row in run(KEYS)]


def tables_with(column: str) -> set[str]:
    named = "SELECT table_name FROM information_schema.columns WHERE table_schema = 'public' AND column_name = %s"
    return {table for [table] in run(named, [column])}


def keys_in_the_chain_to(table: str) -> list[ForeignKey]:
    """Returns every key through which deleting a row of `table` can reach another row, however far."""
    keys, chain, found = foreign_keys(), [table], []
    for parent in chain:
        for key in keys:
            if key.target == parent:
                found.append(key)
                if key.table not in chain:
                    chain.append(key.table)
    return found


def constraints(table: str, kind: str) -> set[str]:
    """Returns the names of the constraints of a kind: c = CHECK, u = UNIQUE, p = PRIMARY KEY."""
    found = run("SELECT conname FROM pg_constraint WHERE conrelid = to_regclass(%s) AND contype = %s", [table, kind])
    return {name for [name] in found}
