"""Templates: plans to start a mesocycle from, MetricGain's own or a lifter's."""

import secrets
from collections.abc import Iterable

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.db import models
from django.db.models import BooleanField, F, Q
from django.db.models.expressions import RawSQL
from django.db.models.functions import Length
from django.db.models.lookups import GreaterThanOrEqual

from metricgain.database import Index, Timestamped
from training.models.bounds import DAYS
from training.models.template_plan import TemplatePlan, read_plan

FOCUS = " focus"  # how the tag of a template ends that puts a muscle first: "chest focus"
# True where no exercise of the template needs equipment other than the given.
DOABLE = """NOT EXISTS (
    SELECT FROM jsonb_path_query(templates.config, '$.workouts[*].exercises[*].exercise_id') AS named (id)
    JOIN exercises ON exercises.id::text = named.id #>> '{}'
    WHERE exercises.equipment <> ALL (%s))"""
SPECIAL = {"dumbbells only", "bodyweight", "machines", "minimal equipment", "short sessions"}


class TemplateQuerySet(models.QuerySet):
    def usable_by(self, user) -> "TemplateQuerySet":
        return self.filter(Q(is_system=True) | Q(user=user))

    def with_tag(self, tag: str) -> "TemplateQuerySet":
        return self.filter(tags__contains=[tag])

    def of_days(self, days: int) -> "TemplateQuerySet":
        """Keeps templates with `days` workouts a week."""
        return self.filter(config__days_per_week=days)

    def doable_with(self, equipment: Iterable[str]) -> "TemplateQuerySet":
        """Keeps templates that need no other equipment."""
        return self.filter(RawSQL(DOABLE, [list(equipment)], output_field=BooleanField()))

    def most_used_first(self) -> "TemplateQuerySet":
        return self.order_by("-times_used", "name")


class Template(Timestamped):
    """A template. `config` is the plan by value: {"duration_weeks", "days_per_week", "workouts": [{"name",
    "day_of_week", "exercises": [{"exercise_id", "target_sets", "target_reps_min", "target_reps_max", "target_rir",
    "target_weight", "measure", "superset"}]}]}. An exercise needs only its id; `measure` is said of holds. Read
    `config` through `plan`: nothing may trust it unread."""

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
    # Part of the share link: anybody who has the link may look and take a copy. None: not shared.
    share_token = models.CharField(max_length=64, null=True, blank=True, editable=False)
    tags = ArrayField(models.TextField(), null=True, blank=True)
    # The values that `seed` last wrote. Where a column still has that value, the next release may improve it.
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
            models.UniqueConstraint(fields=["share_token"], name="unique_template_share_token"),
            models.CheckConstraint(
                # A token that can be guessed is no secret.
                condition=Q(share_token=None) | Q(GreaterThanOrEqual(Length("share_token"), 32)),
                name="check_share_token",
            ),
        ]
        indexes = [
            Index(fields=["is_system"], name="idx_templates_is_system"),
            Index(fields=["user"], name="idx_templates_user_id"),
            Index(fields=["-times_used"], name="idx_templates_times_used"),
            GinIndex(fields=["tags"], name="idx_templates_tags"),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def plan(self) -> TemplatePlan:
        """The plan, brought inside the bounds, and what was outside them."""
        return read_plan(self.config)

    @property
    def days(self) -> int:
        """Workouts a week as `config` states them, for lists, which do not read the plan; 0 where it states none."""
        days = self.config.get("days_per_week") if isinstance(self.config, dict) else None
        return days if DAYS.holds(days) else 0

    @property
    def is_special(self) -> bool:
        """Whether the template puts a muscle first or needs less equipment or time. Lifters choose such a template;
        MetricGain does not suggest it."""
        return any(tag in SPECIAL or tag.endswith(FOCUS) for tag in self.tags or [])

    def share(self) -> None:
        """Makes the share link, unless there is one. Nobody can guess its 192 random bits."""
        if self.share_token is None:
            self.share_token = secrets.token_urlsafe(24)
            self.save(update_fields=["share_token"])

    def unshare(self) -> None:
        """Withdraws the share link. Copies that were taken stay."""
        self.share_token = None
        self.save(update_fields=["share_token"])

    def count_use(self) -> None:
        type(self).objects.filter(id=self.id).update(times_used=F("times_used") + 1)
