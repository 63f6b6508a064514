from django.db import models
from django.db.models import Q


class InstallationQuerySet(models.QuerySet["Installation"]):
    def current(self) -> "Installation":
        """Returns the only row; an empty one where nothing was noted yet."""
        return self.first() or self.model()

    def note(self, **facts: object) -> None:
        self.update_or_create(id=1, defaults=facts)


class Installation(models.Model):
    """What all servers of this database have to agree on. The table has one row."""

    id = models.SmallIntegerField(primary_key=True, default=1)
    secret_fingerprint = models.TextField(null=True)
    last_backup_at = models.DateTimeField(null=True)
    last_backup = models.TextField(null=True)  # the machine and the file: "gym:/srv/backups/metricgain-….dump"
    last_verified_at = models.DateTimeField(null=True)

    objects = InstallationQuerySet.as_manager()

    class Meta:
        db_table = "installation"
        constraints = [models.CheckConstraint(condition=Q(id=1), name="one_installation")]

    def __str__(self) -> str:
        return "the installation"
