"""A block of training: 3 to 7 weeks, the last one a deload."""

from datetime import datetime, timedelta

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Case, Exists, F, OuterRef, Q, When

from metricgain.database import Index, Timestamped
from training import progression
from training.models.bounds import DAYS, WEEKS
from training.models.imports import Import


class MesocycleQuerySet(models.QuerySet["Mesocycle"]):
    def planned_by(self, user) -> "MesocycleQuerySet":
        """Keeps the user's own mesocycles. Those that came from another app are history, and no plan."""
        return self.filter(user=user, imported_by=None)

    def active(self) -> "MesocycleQuerySet":
        return self.filter(status=Mesocycle.Status.ACTIVE)

    def trained(self) -> "MesocycleQuerySet":
        """Keeps mesocycles with at least one started session."""
        logs = self.model.logs.rel.related_model._default_manager.filter(mesocycle=OuterRef("id"))
        return self.filter(Exists(logs.filter(started_at__isnull=False)))

    def running_first(self) -> "MesocycleQuerySet":
        """Orders the active mesocycle first, then all others, the latest first."""
        return self.order_by(Case(When(status="active", then=0), default=1), "-created_at", "-id")

    def in_plan(self) -> "MesocycleQuerySet":
        """Keeps mesocycles whose plan can still change: active and planned ones."""
        return self.filter(status__in=[Mesocycle.Status.PLANNED, Mesocycle.Status.ACTIVE])

    def archived(self, archived: bool) -> "MesocycleQuerySet":
        """Keeps the archived mesocycles, or all that are not archived."""
        put_away = Q(status=Mesocycle.Status.ARCHIVED)
        return self.filter(put_away if archived else ~put_away)

    def locked(self) -> "MesocycleQuerySet":
        """Locks the mesocycle for a change and reads its user too. With "no key", storing a fact, which only refers to
        the row, need not wait for the lock."""
        return self.select_for_update(of=("self",), no_key=True).select_related("user")

    def newest_first(self) -> "MesocycleQuerySet":
        return self.order_by("-created_at", "-id")


class Mesocycle(Timestamped):
    class Status(models.TextChoices):
        PLANNED = "planned", "Planned"
        ACTIVE = "active", "Active"
        COMPLETED = "completed", "Completed"
        ARCHIVED = "archived", "Archived"

    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.DB_CASCADE, related_name="mesocycles", db_index=False)
    name = models.CharField(max_length=255)
    description = models.TextField(null=True, blank=True)
    duration_weeks = models.IntegerField("weeks")
    current_week = models.IntegerField(default=1, db_default=1)
    status = models.CharField(max_length=50, choices=Status, default=Status.ACTIVE, db_default=Status.ACTIVE)
    start_date = models.DateField(null=True, blank=True)
    end_date = models.DateField(null=True, blank=True)
    days_per_week = models.IntegerField()
    completed_at = models.DateTimeField(null=True, blank=True)
    parent_mesocycle = models.ForeignKey(
        "self", models.DB_SET_NULL, null=True, blank=True, related_name="children", db_index=False
    )
    copied_from_week = models.IntegerField(null=True, blank=True)
    # Set for the history of another app, which is archived and goes with its import.
    imported_by = models.ForeignKey(
        Import,
        models.DB_CASCADE,
        null=True,
        blank=True,
        related_name="mesocycles",
        db_column="import_id",
        db_index=False,
        db_constraint=False,
    )
    # Weeks that repeat the week before them: [4] where week 4 repeats week 3.
    repeated_weeks = ArrayField(models.IntegerField(), null=True, blank=True)

    objects = MesocycleQuerySet.as_manager()

    class Meta:
        db_table = "mesocycles"
        constraints = [
            models.CheckConstraint(
                condition=Q(duration_weeks__range=WEEKS.ends),
                name="mesocycles_duration_weeks_check",
            ),
            models.CheckConstraint(condition=Q(current_week__lte=F("duration_weeks")), name="check_weeks"),
            models.CheckConstraint(condition=Q(current_week__gte=1), name="check_current_week"),
            models.CheckConstraint(
                condition=Q(status__in=["planned", "active", "completed", "archived"]),
                name="check_mesocycle_status",
            ),
            models.CheckConstraint(condition=Q(days_per_week__range=DAYS.ends), name="check_days_per_week"),
            models.CheckConstraint(
                condition=Q(copied_from_week=None) | Q(copied_from_week__range=(1, WEEKS.most)),
                name="check_copied_from_week",
            ),
            models.CheckConstraint(
                condition=Q(end_date=None) | Q(start_date=None) | Q(end_date__gte=F("start_date")),
                name="check_mesocycle_dates",
            ),
            models.CheckConstraint(
                condition=Q(repeated_weeks=None)
                | Q(repeated_weeks__contained_by=list(range(2, WEEKS.most)), repeated_weeks__len__lte=WEEKS.most - 3),
                name="check_repeated_weeks",
            ),
            models.CheckConstraint(
                condition=Q(imported_by=None) | Q(status="archived"), name="check_imported_is_archived"
            ),
            models.UniqueConstraint(
                fields=["user"], condition=Q(status="active"), name="one_active_mesocycle_per_user"
            ),
            # Logs refer to it by a composite foreign key, so that a log and its mesocycle have the same user.
            models.UniqueConstraint(fields=["id", "user"], name="mesocycles_id_user_key"),
        ]
        indexes = [
            Index(fields=["user"], name="idx_mesocycles_user_id"),
            Index(fields=["status"], name="idx_mesocycles_status"),
            Index(fields=["-created_at"], name="idx_mesocycles_created_at"),
            Index(fields=["parent_mesocycle"], name="idx_mesocycles_parent"),
            Index(fields=["imported_by"], condition=Q(imported_by__isnull=False), name="idx_mesocycles_import"),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def is_active(self) -> bool:
        return self.status == self.Status.ACTIVE

    @property
    def is_planned(self) -> bool:
        return self.status == self.Status.PLANNED

    @property
    def is_freestyle(self) -> bool:
        """Whether this is freestyle training, without a plan: every workout is an extra session of one week."""
        return all(workout.only_week for workout in self.workouts.all())

    def has(self, workout, week: int) -> bool:
        """Whether `workout` is trained in `week`. An extra session is trained only in its own week."""
        return 1 <= week <= self.duration_weeks and workout.occurs_in(week)

    def is_deload(self, week: int) -> bool:
        return week == self.duration_weeks

    def is_over(self, week: int) -> bool:
        """Whether nothing of `week` is still to do."""
        return week < self.current_week or self.status in (self.Status.COMPLETED, self.Status.ARCHIVED)

    def is_repeat(self, week: int) -> bool:
        """Whether `week` repeats the week before it."""
        return week in (self.repeated_weeks or [])

    @property
    def planned_weeks(self) -> int:
        """The number of weeks without the repeated ones."""
        return max(WEEKS.least, self.duration_weeks - len(self.repeated_weeks or []))

    def week_of_plan(self, week: int) -> int:
        """Returns the week of the plan that `week` stands for. A repeated week stands for the same as the week before
        it."""
        return week - sum(repeat <= week for repeat in self.repeated_weeks or [])

    def like_week(self, week: int, other: "Mesocycle") -> int | None:
        """Returns the week of `other` that is like `week` of this one: the deload for the deload, otherwise the same
        week of the plan. None for a repeated week, and where `other` has no such week."""
        if self.is_deload(week):
            return other.duration_weeks
        hard = (one for one in range(1, other.duration_weeks) if not other.is_repeat(one))
        place = None if self.is_repeat(week) else self.week_of_plan(week)
        return next((one for one in hard if other.week_of_plan(one) == place), None)

    def target_rir(self, week: int, *, floor_rir: int = 0) -> int | None:
        """Returns the RIR that `week` asks for; None in the deload. A repeated week asks the same as the week before
        it."""
        weeks = self.planned_weeks
        of_plan = weeks if self.is_deload(week) else min(self.week_of_plan(week), weeks - 1)
        return progression.target_rir(weeks, week=of_plan, floor_rir=floor_rir)

    def next_weeks(self, workout) -> list[int]:
        """Returns the weeks in which the workout can be trained next: its first week, and each week after an ended one,
        as long as they have not ended themselves."""
        ended = {log.week_number for log in self.logs.all() if log.workout_id == workout.id and log.has_ended}
        return [
            week
            for week in range(workout.first_week, self.duration_weeks + 1)
            if week not in ended and (week == workout.first_week or week - 1 in ended)
        ]

    @property
    def may_be_edited(self) -> bool:
        """Whether the mesocycle has a plan that can still change."""
        return self.status in (self.Status.PLANNED, self.Status.ACTIVE) and not self.is_freestyle

    @property
    def may_deload_now(self) -> bool:
        """Whether the lifter may ask for a deload now: the plan runs, and this week is not the deload anyway."""
        return self.is_active and not self.is_freestyle and not self.is_deload(self.current_week)

    def finish(self, *, at: datetime) -> None:
        """Completes the mesocycle. What was done stays; the remaining sessions are no longer asked."""
        self.status, self.completed_at = self.Status.COMPLETED, at
        self.save(update_fields=["status", "completed_at"])

    def resume(self) -> None:
        """Makes a completed mesocycle active again after its last workout was taken back, unless another one is active
        by now. A mesocycle that the lifter ended early stays completed."""
        other = Mesocycle.objects.planned_by(self.user_id).active().exclude(id=self.id)
        had_been_done = self.status == self.Status.COMPLETED and len(self.open_occurrences()) == 1
        if had_been_done and not self.is_freestyle and not other.exists():
            self.status, self.completed_at = self.Status.ACTIVE, None
            self.save(update_fields=["status", "completed_at"])

    @property
    def weeks_late(self) -> int:
        """How many whole weeks `end_date` lies after the planned end."""
        if self.start_date is None or self.end_date is None:
            return 0
        planned = self.start_date + timedelta(weeks=self.duration_weeks, days=-1)
        return max(0, (self.end_date - planned).days // 7)

    def reckon_end(self) -> None:
        """Sets `end_date` so that the remaining weeks fit in after the week that was trained latest against the
        calendar."""
        if self.start_date is None or self.end_date is None:
            return
        logs = (log for log in self.logs.all() if log.is_started)
        trained = sorted((log.local_date, log.week_number) for log in logs if log.local_date)
        latest = {week: day for day, week in trained}
        days_late = [(day - self.start_date).days + 1 - 7 * week for week, day in latest.items()]
        late = max((-(-days // 7) for days in days_late), default=0)
        end = self.start_date + timedelta(weeks=self.duration_weeks + max(0, late), days=-1)
        if end != self.end_date:
            self.end_date = end
            self.save(update_fields=["end_date"])

    def repeat(self, week: int) -> None:
        """Inserts `week` as a repeat of the week before it. The mesocycle becomes a week longer, so that no week of the
        plan is lost."""
        self.repeated_weeks = sorted([*(later + (later >= week) for later in self.repeated_weeks or []), week])
        self.duration_weeks += 1
        if self.start_date and self.end_date:
            self.end_date += timedelta(weeks=1)
        self.save(update_fields=["repeated_weeks", "duration_weeks", "end_date"])

    def archive(self) -> None:
        """Archives the mesocycle. An active one is left as it is: it has to end first."""
        if not self.is_active:
            self.status = self.Status.ARCHIVED
            self.save(update_fields=["status"])

    def unarchive(self) -> None:
        """Takes the mesocycle out of the archive: completed where it was trained, else planned."""
        if self.status == self.Status.ARCHIVED:
            was_trained = self.completed_at or self.logs.exists()
            self.status = self.Status.COMPLETED if was_trained else self.Status.PLANNED
            self.save(update_fields=["status"])

    def end_with(self, week: int) -> None:
        """Makes `week` (3 or later) the last week. Later weeks are no longer asked."""
        self.duration_weeks = week
        if self.start_date and self.end_date:
            self.end_date = self.start_date + timedelta(weeks=week, days=-1)
        self.save(update_fields=["duration_weeks", "end_date"])
        self.reckon_end()

    def move_on(self, *, at: datetime) -> None:
        """Sets `current_week` to the first week with a workout still to do. Without such a week the mesocycle is
        completed.

        Nothing else moves the week. It counts workouts, never days: a week is an ordinal."""
        if not self.is_active or self.is_freestyle:
            return
        week = self.first_open_week()
        if week is None:
            self.finish(at=at)
        elif week != self.current_week:
            self.current_week = week
            self.save(update_fields=["current_week"])

    def first_open_week(self) -> int | None:
        """The first week in which a workout of the plan is neither completed nor skipped."""
        return min((week for _, week in self.open_occurrences()), default=None)

    def open_occurrences(self) -> list[tuple[int, int]]:
        """Returns (workout id, week) of every session of the plan that is neither completed nor skipped. Extra sessions
        are left out: nothing waits for them."""
        ended = {(log.workout_id, log.week_number) for log in self.logs.all() if log.has_ended}
        return [
            (workout.id, week)
            for workout in self.workouts.all()
            for week in range(1, self.duration_weeks + 1)
            if workout.is_of_plan and workout.occurs_in(week) and (workout.id, week) not in ended
        ]
