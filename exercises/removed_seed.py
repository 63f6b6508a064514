"""What came with the app and was deleted."""

from django.contrib.postgres.functions import TransactionNow
from django.db import models


class RemovedSeed(models.Model):
    """A row that came with the app and was deleted. While it stands here, `seed` does not bring the deleted row back.

    A trigger of the database writes it, so that a deletion in plain SQL counts too."""

    table_name = models.CharField("what", max_length=63)
    slug = models.CharField(max_length=100)
    name = models.CharField(max_length=255)
    removed_at = models.DateTimeField(db_default=TransactionNow())

    class Meta:
        db_table = "removed_seeds"
        constraints = [models.UniqueConstraint(fields=["table_name", "slug"], name="unique_removed_seed")]

    def __str__(self) -> str:
        return self.name
