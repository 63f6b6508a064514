"""Parts that our tables share: time stamps that are right after plain SQL too, and indexes with the names that the
schema in docs/database.md gives them."""

from django.contrib.postgres.functions import TransactionNow
from django.db import models


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
