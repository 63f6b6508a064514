"""Plans to start a mesocycle from: ours, or one's own."""

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

FOCUS = " focus"  # tags that name what goes first: "chest focus"
# None of the exercises that it names needs another equipment.
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
        """Those of so many days a week."""
        return self.filter(config__days_per_week=days)

    def doable_with(self, equipment: Iterable[str]) -> "TemplateQuerySet":
        """Those that need nothing else."""
        return self.filter(RawSQL(DOABLE, [list(equipment)], output_field=BooleanField()))

    def most_used_first(self) -> "TemplateQuerySet":
        return self.order_by("-times_used", "name")


class Template(Timestamped):
    """`config` is the plan by value: {"duration_weeks", "days_per_week", "workouts": [{"name", "day_of_week",
    "exercises": [{"exercise_id", "target_sets", "target_reps_min", "target_reps_max", "target_rir",
    "target_weight"}]}]}; of an exercise only its id is needed. `plan` reads it; nothing else may trust it."""

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
    # Who has the link that holds this may look and take a copy; None: it is not shared.
    share_token = models.CharField(max_length=64, null=True, blank=True, editable=False)
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
        """The plan within the bounds, and what was not."""
        return read_plan(self.config)

    @property
    def days(self) -> int:
        """Workouts a week as they are counted in a list, unread; 0: nobody can tell."""
        days = self.config.get("days_per_week") if isinstance(self.config, dict) else None
        return days if DAYS.holds(days) else 0

    @property
    def is_special(self) -> bool:
        """Whether it puts a muscle first, or does with less equipment or time: a choice, not a suggestion."""
        return any(tag in SPECIAL or tag.endswith(FOCUS) for tag in self.tags or [])

    def share(self) -> None:
        """Makes a link to it, once; nobody guesses 192 random bits."""
        if self.share_token is None:
            self.share_token = secrets.token_urlsafe(24)
            self.save(update_fields=["share_token"])

    def unshare(self) -> None:
        """The link leads nowhere from now on; who took a copy keeps it."""
        self.share_token = None
        self.save(update_fields=["share_token"])

    def count_use(self) -> None:
        type(self).objects.filter(id=self.id).update(times_used=F("times_used") + 1)
