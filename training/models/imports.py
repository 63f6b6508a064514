"""Imports: the log files of other apps, and the history that came from each."""

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.functions import TransactionNow
from django.db import models
from django.db.models import Q

from metricgain.database import Index
from metricgain.jobs.models import Job


class ImportQuerySet(models.QuerySet["Import"]):
    def owned_by(self, user) -> "ImportQuerySet":
        return self.filter(user=user)

    def stored(self) -> "ImportQuerySet":
        """Keeps the imports whose sessions are here."""
        return self.filter(stored_at__isnull=False)


class Import(models.Model):
    """A file of logs. Until it is stored, `look` is what was read of it and `choices` what its lifter said to that. Its
    sessions are those of its mesocycles, and go with it."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.DB_CASCADE, related_name="imports", db_index=False)
    app = models.CharField(max_length=50, default="", db_default="")  # "" before it was read
    file_name = models.CharField(max_length=255)
    sha256 = models.CharField(max_length=64)
    created_at = models.DateTimeField(db_default=TransactionNow(), editable=False)
    job = models.ForeignKey(Job, models.DB_SET_NULL, null=True, blank=True, related_name="+", db_index=False)
    look = models.JSONField(null=True, blank=True)
    choices = models.JSONField(default=dict, db_default={}, blank=True)
    stored_at = models.DateTimeField(null=True, blank=True)
    sessions = models.IntegerField(default=0, db_default=0)
    sets = models.IntegerField(default=0, db_default=0)
    rows_not_taken = models.IntegerField(default=0, db_default=0)
    names_new = models.IntegerField(default=0, db_default=0)
    # What it added to the lifter's library. No keys, because the library lies below and its rows may go.
    new_exercises = ArrayField(models.BigIntegerField(), default=list, db_default=[], blank=True)
    new_aliases = ArrayField(models.BigIntegerField(), default=list, db_default=[], blank=True)

    objects = ImportQuerySet.as_manager()

    class Meta:
        db_table = "imports"
        constraints = [
            models.CheckConstraint(condition=Q(sha256__regex="^[0-9a-f]{64}$"), name="check_import_sha256"),
            models.CheckConstraint(
                condition=Q(sessions__gte=0, sets__gte=0, rows_not_taken__gte=0, names_new__gte=0),
                name="check_import_counts",
            ),
            # Mesocycles refer to it by a composite foreign key, so that both have the same user.
            models.UniqueConstraint(fields=["id", "user"], name="imports_id_user_key"),
        ]
        indexes = [
            Index(fields=["user", "-created_at"], name="idx_imports_user"),
            Index(fields=["job"], name="idx_imports_job"),
        ]

    def __str__(self) -> str:
        return f"{self.file_name} ({self.app})" if self.app else self.file_name
