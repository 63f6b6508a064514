"""What our tables share: time stamps that plain SQL keeps too, and indexes with the names of the database
document (docs/database.md)."""

from django.contrib.postgres.functions import TransactionNow
from django.db import models


class Timestamped(models.Model):
    """`created_at` by a database default, `updated_at` by a trigger (see `updated_at_trigger`)."""

    created_at = models.DateTimeField(db_default=TransactionNow(), editable=False)
    updated_at = models.DateTimeField(db_default=TransactionNow(), editable=False)

    class Meta:
        abstract = True


class Index(models.Index):
    """An index with a name as long as PostgreSQL allows; Django stops at 30 for the sake of Oracle."""

    max_name_length = 63


def updated_at_trigger(table: str, columns: str = "") -> tuple[str, str]:
    """SQL, and the SQL that takes it back, for a trigger that keeps `updated_at` of `table`: `auto_now` would miss
    QuerySet.update() and plain SQL. With `columns` ("a, b") only an UPDATE that names one of them counts."""
    of = f"OF {columns}" if columns else ""
    return (
        f"CREATE TRIGGER {table}_updated_at BEFORE UPDATE {of} ON {table} "
        "FOR EACH ROW EXECUTE FUNCTION keep_updated_at()",
        f"DROP TRIGGER {table}_updated_at ON {table}",
    )
