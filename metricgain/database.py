"""Parts that our tables share: time stamps that are right after plain SQL too, and indexes with the names that the
schema in docs/database.md gives them. And rows of joined tables, read by SQL of our own."""

from collections.abc import Iterator, Sequence
from functools import cache

from django.contrib.postgres.functions import TransactionNow
from django.db import connection, models


class Timestamped(models.Model):
    """Adds `created_at`, set by a database default, and `updated_at`, kept by a trigger (`updated_at_trigger`)."""

    created_at = models.DateTimeField(db_default=TransactionNow(), editable=False)
    updated_at = models.DateTimeField(db_default=TransactionNow(), editable=False)

    class Meta:
        abstract = True


class Index(models.Index):
    """An index whose name may be as long as PostgreSQL allows; Django stops at 30 characters because of Oracle."""

    max_name_length = 63


def updated_at_trigger(table: str, columns: str = "") -> tuple[str, str]:
    """Returns the SQL that creates and the SQL that drops a trigger which keeps `updated_at` of `table`. `auto_now`
    would miss QuerySet.update() and plain SQL. With `columns` ("a, b"), only an UPDATE of one of them counts."""
    of = f"OF {columns}" if columns else ""
    return (
        f"CREATE TRIGGER {table}_updated_at BEFORE UPDATE {of} ON {table} "
        "FOR EACH ROW EXECUTE FUNCTION keep_updated_at()",
        f"DROP TRIGGER {table}_updated_at ON {table}",
    )


def columns_of(alias: str, model: type[models.Model]) -> str:
    """Returns the columns of a table for a SELECT whose rows `rows_of` reads."""
    return ", ".join(f'{alias}."{field.column}"' for field in model._meta.concrete_fields)


def rows_of(sql: str, values: Sequence[int | str | None], *joined: type[models.Model]) -> Iterator[list]:
    """Yields for each row an instance of each of `joined`, in the order of their columns (None: it is not there), and
    then any further columns. For statements that run so often that it matters how long Django takes to write them."""
    kinds = [(model, *_fields_of(model)) for model in joined]
    with connection.cursor() as cursor:
        cursor.execute(sql, values)
        rows = cursor.fetchall()
    for row in rows:
        found, start = [], 0
        for model, names, converters in kinds:
            given = list(row[start : start + len(names)])
            start += len(names)
            for place, converter in converters:
                given[place] = converter(given[place], None, connection)
            found.append(model.from_db(connection.alias, names, given) if given[0] is not None else None)
        yield [*found, *row[start:]]


@cache
def _fields_of(model: type[models.Model]) -> tuple[list[str], list[tuple]]:
    """Returns the names of a model's fields, and, by place, what turns a column into the value of its field."""
    fields = model._meta.concrete_fields
    converters = [
        (place, converter) for place, field in enumerate(fields) for converter in field.get_db_converters(connection)
    ]
    return [field.attname for field in fields], converters
