"""What was done: the log of a session, its sets, its deleted sets, and where merged sets lie."""

from datetime import date, datetime, timedelta
from decimal import Decimal

from django.conf import settings
from django.contrib.postgres.functions import TransactionNow
from django.db import models
from django.db.models import Case, F, OuterRef, Q, Subquery, Value, When, Window
from django.db.models.functions import Coalesce, DenseRank, Extract, NullIf

from exercises.models import Exercise
from metricgain.database import Index, Timestamped
from metricgain.numbers import plain
from metricgain.units import KG_PER_LB
from metricgain.users.models import Unit
from training.models.bounds import WEEKS
from training.models.mesocycle import Mesocycle
from training.models.prescription import Prescription
from training.models.workout import Workout

MAX_SET_NUMBER = 99
# When this time has passed since the last set, a session that nobody finished counts as finished at that set.
LEFT_OPEN_AFTER = timedelta(hours=4)


class WorkoutLogQuerySet(models.QuerySet):
    def owned_by(self, user) -> "WorkoutLogQuerySet":
        return self.filter(user=user)

    def completed(self) -> "WorkoutLogQuerySet":
        return self.filter(status=WorkoutLog.Status.COMPLETED)

    def newest_first(self) -> "WorkoutLogQuerySet":
        return self.order_by("-performed_at")

    def with_last_set(self) -> "WorkoutLogQuerySet":
        """Annotates each log with `last_set_at`: the time of its latest set while it is in progress, else None.

        It groups and takes the maximum. Ordering by time and taking the first would tempt PostgreSQL's planner to walk
        the sets of all lifters by time."""
        of_log = Set.objects.filter(workout_log=OuterRef("id")).order_by().values("workout_log")
        latest = Subquery(of_log.annotate(latest=models.Max("performed_at")).values("latest"))
        return self.annotate(last_set_at=Case(When(status=WorkoutLog.Status.IN_PROGRESS, then=latest)))

    def with_ease(self) -> "WorkoutLogQuerySet":
        """Annotates each log with `ease`: why the session was easy ("ill", "deload", "recovery"), None for a hard one.

        It goes by what was asked of the session, because an early deload is not always the last week. Where nothing was
        asked, the last week of a plan is its deload."""
        deload, normal = Prescription.Kind.DELOAD.value, Prescription.Kind.NORMAL.value
        asked = Prescription.objects.current().filter(workout=OuterRef("workout"), week_number=OuterRef("week_number"))
        # A session is as hard as the hardest that it asks. EXISTS would tempt the planner to read what is asked of all.
        hardest = asked.order_by(Case(When(kind=normal, then=0), default=1), "kind").values("kind")[:1]
        ends_plan = Workout.objects.filter(
            id=OuterRef("workout"), only_week=None, mesocycle__duration_weeks=OuterRef("week_number")
        )
        kind = Coalesce(Subquery(hardest), Subquery(ends_plan.values(kind=Value(deload))[:1]))
        return self.annotate(ease=Case(When(ill=True, then=Value("ill")), default=NullIf(kind, Value(normal))))


class WorkoutLog(Timestamped):
    """The log of a session, at the address (workout, week). The session starts with its first set, not with its first
    fact."""

    class Status(models.TextChoices):
        IN_PROGRESS = "in_progress", "In progress"
        COMPLETED = "completed", "Completed"
        SKIPPED = "skipped", "Skipped"

    workout = models.ForeignKey(Workout, models.DB_CASCADE, related_name="logs", db_index=False)
    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.DB_CASCADE, related_name="logs", db_index=False)
    mesocycle = models.ForeignKey(Mesocycle, models.DB_CASCADE, related_name="logs", db_index=False)
    week_number = models.IntegerField()
    performed_at = models.DateTimeField(db_default=TransactionNow())
    local_date = models.DateField(null=True, blank=True)  # in the lifter's time zone
    status = models.CharField(max_length=50, choices=Status, default=Status.IN_PROGRESS, db_default=Status.IN_PROGRESS)
    started_at = models.DateTimeField(null=True, blank=True)
    completed_at = models.DateTimeField(null=True, blank=True)
    duration_minutes = models.GeneratedField(
        expression=Extract(F("completed_at") - F("started_at"), "epoch") / 60,
        output_field=models.IntegerField(),
        db_persist=True,
        null=True,
    )
    notes = models.TextField(null=True, blank=True)
    ill = models.BooleanField(default=False, db_default=False)  # "I was ill": it says nothing about what one can do
    # Edit times, one for each kind of edit: the later edit wins.
    status_edited_at = models.DateTimeField(null=True, blank=True)
    notes_edited_at = models.DateTimeField(null=True, blank=True)
    ill_edited_at = models.DateTimeField(null=True, blank=True)
    # Not null: back-filled. The day and the times are what the lifter typed, not when the sets were stored.
    performed_edited_at = models.DateTimeField(null=True, blank=True)

    # Of a session that came from another app: app, start and title as its file has them, by which a later file knows it
    # again, and a digest of its rows.
    import_key = models.TextField(null=True, blank=True)
    import_digest = models.CharField(max_length=64, null=True, blank=True)

    last_set_at: datetime | None  # where read `with_last_set`
    ease: str | None  # where read `with_ease`

    objects = WorkoutLogQuerySet.as_manager()

    class Meta:
        db_table = "workout_logs"
        constraints = [
            models.UniqueConstraint(fields=["workout", "week_number"], name="unique_workout_week"),
            models.UniqueConstraint(fields=["id", "user"], name="workout_logs_id_user_key"),
            models.UniqueConstraint(
                fields=["user", "import_key"],
                condition=Q(import_key__isnull=False),
                name="one_session_of_an_import_key",
            ),
            models.CheckConstraint(condition=Q(week_number__range=(1, WEEKS.most)), name="check_week_number"),
            models.CheckConstraint(
                condition=Q(status__in=["in_progress", "completed", "skipped"]),
                name="check_workout_log_status",
            ),
            models.CheckConstraint(
                condition=Q(started_at=None) | Q(completed_at=None) | Q(completed_at__gte=F("started_at")),
                name="check_duration",
            ),
        ]
        indexes = [
            Index(fields=["user", "-performed_at"], name="idx_workout_logs_user_id"),
            Index(fields=["-performed_at"], name="idx_workout_logs_performed_at"),
            Index(fields=["mesocycle", "week_number"], name="idx_workout_logs_week_number"),
            Index(fields=["status"], name="idx_workout_logs_status"),
        ]

    def __str__(self) -> str:
        return f"{self.workout}, week {self.week_number}"

    @property
    def is_completed(self) -> bool:
        return self.status == self.Status.COMPLETED

    @property
    def is_skipped(self) -> bool:
        return self.status == self.Status.SKIPPED

    @property
    def has_ended(self) -> bool:
        """Whether the session is completed or skipped, so that nothing waits for it any more."""
        return self.status != self.Status.IN_PROGRESS

    @property
    def is_backfilled(self) -> bool:
        """Whether the lifter typed when the session was. Its times are then the typed ones, or empty."""
        return self.performed_edited_at is not None

    @property
    def is_started(self) -> bool:
        return self.started_at is not None or self.is_backfilled

    def was_left_open(self, now: datetime, *, last_set_at: datetime | None) -> bool:
        """Whether the session is in progress, but its last set is more than LEFT_OPEN_AFTER ago."""
        under_way = self.status == self.Status.IN_PROGRESS and not self.is_backfilled
        return under_way and last_set_at is not None and last_set_at < now - LEFT_OPEN_AFTER

    def finish(self, *, at: datetime, edited_at: datetime | None = None) -> bool:
        """Completes the session at `at`; the edit time is `edited_at`, or `at` without one.

        Returns False, and changes nothing, where the session is already completed or a later edit stands."""
        edited_at = edited_at or at
        if self.is_completed or self._edited_after(edited_at):
            return False
        self.status, self.status_edited_at = self.Status.COMPLETED, edited_at
        if not self.is_backfilled:
            self.completed_at = max(at, self.started_at) if self.started_at else at
        self.save(update_fields=["status", "status_edited_at", "completed_at"])
        return True

    def skip(self, *, at: datetime) -> bool:
        """Marks the session as skipped. Returns False where it already is, or where a later edit or set stands."""
        if self.is_skipped or self._edited_after(at) or self.sets.filter(edited_at__gt=at).exists():
            return False
        self.status, self.status_edited_at = self.Status.SKIPPED, at
        self.save(update_fields=["status", "status_edited_at"])
        return True

    def reopen(self, *, at: datetime) -> bool:
        """Takes a finish or a skip back. Returns False where there is neither, or where a later edit stands."""
        if self.status == self.Status.IN_PROGRESS or self._edited_after(at):
            return False
        self.status, self.status_edited_at = self.Status.IN_PROGRESS, at
        if not self.is_backfilled:
            self.completed_at = None
        self.save(update_fields=["status", "status_edited_at", "completed_at"])
        return True

    def _edited_after(self, at: datetime) -> bool:
        return self.status_edited_at is not None and self.status_edited_at > at

    def start_with_first_set(self) -> None:
        """Sets `started_at` to the time of the first set that is left. Without sets the session has not started."""
        if self.is_backfilled:
            return
        self.started_at = self.sets.aggregate(first=models.Min("performed_at"))["first"]
        if self.completed_at and self.started_at:
            self.completed_at = max(self.completed_at, self.started_at)
        self.save(update_fields=["started_at", "completed_at"])

    def move_to(self, day: date, *, began: datetime | None, ended: datetime | None, edited_at: datetime) -> bool:
        """Back-fills the session: it was on `day`, from `began` to `ended` (None: the lifter does not know). Its sets
        move there too: spread from the one time to the other, or as far apart as they were where one time is missing.

        Returns False where a later edit of the day stands."""
        if self.performed_edited_at and self.performed_edited_at > edited_at:
            return False
        moved = day - (self.local_date or day)
        self._move_sets(moved, began=began, ended=ended)
        self.performed_at = began or self.performed_at + moved
        self.local_date, self.started_at, self.completed_at = day, began, ended
        self.performed_edited_at = edited_at
        self.save(update_fields=["performed_at", "local_date", "started_at", "completed_at", "performed_edited_at"])
        return True

    def _move_sets(self, moved: timedelta, *, began: datetime | None, ended: datetime | None) -> None:
        sets = list(self.sets.order_by("performed_at", "id"))
        if not sets:
            return
        first, last = sets[0].performed_at, sets[-1].performed_at
        if began and ended:
            for place, one in enumerate(sets):
                one.performed_at = began + (ended - began) * place / len(sets)
        else:
            moved = began - first if began else ended - last if ended else moved
            for one in sets:
                one.performed_at += moved
        Set.objects.bulk_update(sets, ["performed_at"])


class SetQuerySet(models.QuerySet):
    def working(self) -> "SetQuerySet":
        """Keeps the sets that a prescription and "set 3" count. Drop and myo-rep rows extend the set before them."""
        return self.filter(set_type__in=Set.COUNTING)

    def of_last_sessions(
        self, user_id: int, exercise_ids: list[int], *, since: datetime, sessions: int
    ) -> "SetQuerySet":
        """Returns the user's working sets of each exercise from its latest `sessions` sessions after `since`, the
        latest session first. Deloads, recovery sessions and days while ill are left out. Annotates each set with the
        `local_date` of its session and the `asked_rir` of its prescription."""
        latest_first = Window(
            DenseRank(), partition_by="exercise", order_by=[F("workout_log__performed_at").desc(), "workout_log"]
        )
        done = self.working().filter(user=user_id, exercise__in=exercise_ids, performed_at__gte=since)
        done = done.filter(workout_log__ill=False)
        done = done.exclude(prescription__kind__in=Prescription.EASY)
        ranked = done.annotate(latest=latest_first).filter(latest__lte=sessions)
        ranked = ranked.annotate(local_date=F("workout_log__local_date"), asked_rir=F("prescription__rir"))
        return ranked.order_by("exercise", "latest", "set_number")


class Set(models.Model):
    """A set: a fact at the address (session, exercise, set number). `weight` is as typed, in `unit`."""

    class Type(models.TextChoices):
        WORKING = "working", "Working set"
        FAILURE = "failure", "To failure"
        DROP = "drop", "Drop set"
        MYO = "myo", "Myo-reps"

    # The types of a working set. A drop or myo-rep row continues one of them.
    COUNTING = (Type.WORKING.value, Type.FAILURE.value)

    # One composite foreign key on (workout_log_id, user_id), made by a migration, guards both columns.
    workout_log = models.ForeignKey(
        WorkoutLog, models.DB_CASCADE, related_name="sets", db_index=False, db_constraint=False
    )
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.DB_CASCADE, related_name="sets", db_index=False, db_constraint=False
    )
    exercise = models.ForeignKey(Exercise, models.DB_CASCADE, related_name="sets", db_index=False)
    set_number = models.IntegerField()
    weight = models.DecimalField(max_digits=6, decimal_places=2)
    unit = models.CharField(max_length=2, choices=Unit, default=Unit.KG, db_default=Unit.KG)
    weight_kg = models.GeneratedField(
        expression=Case(When(unit="lb", then=F("weight") * KG_PER_LB), default=F("weight")),
        output_field=models.DecimalField(max_digits=9, decimal_places=4),
        db_persist=True,
    )
    reps = models.IntegerField()  # 1 in a hold
    seconds = models.PositiveSmallIntegerField(null=True, blank=True)  # of a hold; two triggers keep it
    rir = models.DecimalField("RIR", max_digits=3, decimal_places=1, null=True, blank=True)
    set_type = models.CharField(max_length=20, choices=Type, default=Type.WORKING, db_default=Type.WORKING)
    # The number of the set that a drop or a myo-rep row continues; a trigger fills it in. The set may come later.
    extends = models.PositiveSmallIntegerField(null=True, blank=True)
    prescription = models.ForeignKey(
        Prescription, models.DB_SET_NULL, null=True, blank=True, related_name="logged_sets", db_index=False
    )
    performed_at = models.DateTimeField(db_default=TransactionNow())
    edited_at = models.DateTimeField(db_default=TransactionNow())
    video_url = models.URLField(max_length=500, null=True, blank=True)

    objects = SetQuerySet.as_manager()

    class Meta:
        db_table = "sets"
        constraints = [
            models.UniqueConstraint(fields=["workout_log", "exercise", "set_number"], name="unique_set"),
            models.CheckConstraint(condition=Q(set_number__range=(1, MAX_SET_NUMBER)), name="check_set_number"),
            models.CheckConstraint(condition=Q(reps__range=(0, 9999)), name="check_reps"),
            # The upper bound keeps NaN out, which PostgreSQL holds greater than every number.
            models.CheckConstraint(condition=Q(weight__gte=0, weight__lte="9999.99"), name="check_weight"),
            models.CheckConstraint(condition=Q(unit__in=Unit.values), name="check_set_unit"),
            models.CheckConstraint(condition=Q(seconds=None) | Q(reps=1), name="check_seconds"),
            models.CheckConstraint(condition=Q(rir=None) | Q(rir__gte=0, rir__lte=10), name="check_rir"),
            models.CheckConstraint(
                condition=Q(set_type__in=["working", "failure", "drop", "myo"]), name="check_set_type"
            ),
        ]
        indexes = [
            Index(fields=["-performed_at"], name="idx_sets_performed_at"),
            Index(fields=["exercise", "-performed_at"], name="idx_sets_user_exercise_time"),
            Index(
                fields=["user", "exercise", "-performed_at"],
                include=["weight", "weight_kg", "reps"],
                name="idx_sets_user_history",
            ),
            # Without this index, deleting a prescription would read all sets.
            Index(fields=["prescription"], condition=Q(prescription__isnull=False), name="idx_sets_prescription"),
        ]

    @property
    def counts(self) -> bool:
        return self.set_type in self.COUNTING

    def __str__(self) -> str:
        return words_of_set(self.weight, self.unit, self.reps, self.seconds)


def words_of_set(weight: Decimal, unit: str, reps: int, seconds: int | None) -> str:
    """Returns a set in words: "80 kg × 8", "8 reps"; of a hold "10 kg × 45 s", "45 s"."""
    counted = str(reps) if seconds is None else f"{seconds} s"
    if weight:
        return f"{plain(weight)} {unit} × {counted}"
    return f"{reps} reps" if seconds is None else counted


class DeletedSet(models.Model):
    """A deleted set. Deleting is an edit: its address and edit time stay, so that an older write cannot bring the set
    back."""

    workout_log = models.ForeignKey(WorkoutLog, models.DB_CASCADE, related_name="deleted_sets", db_index=False)
    exercise = models.ForeignKey(Exercise, models.DB_CASCADE)
    set_number = models.IntegerField()
    deleted_at = models.DateTimeField()

    class Meta:
        db_table = "deleted_sets"
        constraints = [
            models.UniqueConstraint(fields=["workout_log", "exercise", "set_number"], name="unique_deleted_set"),
            models.CheckConstraint(condition=Q(set_number__range=(1, MAX_SET_NUMBER)), name="check_deleted_set_number"),
        ]

    def __str__(self) -> str:
        return f"set {self.set_number} of {self.exercise}"


class MergedSet(models.Model):
    """Where a set now lies that is not at its address: under the number `became` of today's exercise. Either its
    exercise was merged into today's, or its number there was taken when it arrived. See
    `own_exercise.merged_places`."""

    workout_log = models.ForeignKey(WorkoutLog, models.DB_CASCADE, db_index=False)
    exercise = models.ForeignKey(Exercise, models.DB_CASCADE)  # the one in the address
    set_number = models.IntegerField()
    became = models.IntegerField()

    class Meta:
        db_table = "merged_sets"
        constraints = [
            models.UniqueConstraint(fields=["workout_log", "exercise", "set_number"], name="unique_merged_set"),
            models.CheckConstraint(
                condition=Q(set_number__range=(1, MAX_SET_NUMBER), became__range=(1, MAX_SET_NUMBER)),
                name="check_merged_set_numbers",
            ),
        ]

    def __str__(self) -> str:
        return f"set {self.set_number} of {self.exercise}, now {self.became}"
