"""Plans to start a mesocycle from: ours, or one's own."""

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.db import models
from django.db.models import F, Q

from metricgain.database import Index, Timestamped


class TemplateQuerySet(models.QuerySet):
    def usable_by(self, user) -> "TemplateQuerySet":
        return self.filter(Q(is_system=True) | Q(user=user))

    def most_used_first(self) -> "TemplateQuerySet":
        return self.order_by("-times_used", "name")


class Template(Timestamped):
    """`config` is the plan by value: {"duration_weeks", "days_per_week", "workouts": [{"name", "day_of_week",
    "exercises": [{"exercise_id", "target_sets", "target_reps_min", "target_reps_max"}]}]}."""

    name = models.CharField(max_length=255)
    slug = models.SlugField(max_length=100, null=True, blank=True, db_index=False)
    description = models.TextField(null=True, blank=True)
    is_system = models.BooleanField("for everyone", default=False, db_default=False)
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.DB_CASCADE,
        null=True,
        blank=True,
        related_name="templates",
        db_index=False,
    )
    config = models.JSONField()
    times_used = models.IntegerField(default=0, db_default=0)
    tags = ArrayField(models.TextField(), null=True, blank=True)
    # What `seed` last wrote here: where a column still says that, the next release may better it.
    seeded = models.JSONField(null=True, blank=True, editable=False)

    objects = TemplateQuerySet.as_manager()

    class Meta:
        db_table = "templates"
        constraints = [
            models.CheckConstraint(
                condition=Q(is_system=False) | Q(user=None),
                name="check_template_owner",
                violation_error_message="A template is either for everyone or belongs to one person.",
            ),
            models.CheckConstraint(condition=Q(times_used__gte=0), name="check_times_used"),
            models.UniqueConstraint(fields=["slug"], name="unique_template_slug"),
        ]
        indexes = [
            Index(fields=["is_system"], name="idx_templates_is_system"),
            Index(fields=["user"], name="idx_templates_user_id"),
            Index(fields=["-times_used"], name="idx_templates_times_used"),
            GinIndex(fields=["tags"], name="idx_templates_tags"),
        ]

    def __str__(self) -> str:
        return self.name

    def count_use(self) -> None:
        type(self).objects.filter(id=self.id).update(times_used=F("times_used") + 1)
