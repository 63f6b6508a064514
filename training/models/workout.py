"""The plan inside a mesocycle: the workouts of the week, and the slots of each workout."""

import calendar
from datetime import date
from itertools import count
from math import inf

from django.db import models
from django.db.models import F, FilteredRelation, Q

from exercises.models import Exercise, ExerciseSettings
from metricgain.database import Index, Timestamped
from metricgain.users.models import Unit
from training.models.bounds import BOUNDS, MINUTES, SETS, WEEKS
from training.models.mesocycle import Mesocycle


class WorkoutQuerySet(models.QuerySet["Workout"]):
    def owned_by(self, user) -> "WorkoutQuerySet":
        return self.filter(mesocycle__user=user)

    def in_plan(self) -> "WorkoutQuerySet":
        """Keeps workouts that are not retired, in the order of the week."""
        return self.filter(retired_at=None).order_by("position_in_week", "id")

    def of_plan(self) -> "WorkoutQuerySet":
        """Keeps workouts that are trained every week, in the order of the week: no extra sessions."""
        return self.in_plan().filter(only_week=None)


class Workout(Timestamped):
    mesocycle = models.ForeignKey(Mesocycle, models.DB_CASCADE, related_name="workouts", db_index=False)
    name = models.CharField(max_length=255)
    description = models.TextField(null=True, blank=True)
    day_of_week = models.IntegerField(null=True, blank=True)  # 0 = Monday
    position_in_week = models.IntegerField(null=True, blank=True)
    # A workout that has logs is retired, never deleted, so that its history stays.
    retired_at = models.DateTimeField(null=True, blank=True)
    # Set for an extra session, which belongs to this one week, not to the plan.
    only_week = models.IntegerField(null=True, blank=True)
    # Set for a workout that was added to a running plan: it is trained from this week on.
    from_week = models.IntegerField(null=True, blank=True)
    # In the one week `moved_week` the workout is on `moved_to` instead of its own day.
    moved_week = models.IntegerField(null=True, blank=True)
    moved_to = models.IntegerField(null=True, blank=True)  # 0 = Monday
    minutes_at_most = models.IntegerField(
        null=True, blank=True
    )  # that it should take; the plan grows no longer than that

    objects = WorkoutQuerySet.as_manager()

    class Meta:
        db_table = "workouts"
        constraints = [
            models.CheckConstraint(
                condition=Q(day_of_week=None) | Q(day_of_week__range=(0, 6)), name="check_day_of_week"
            ),
            models.CheckConstraint(
                condition=Q(only_week=None) | Q(only_week__range=(1, WEEKS.most)), name="check_only_week"
            ),
            models.CheckConstraint(
                condition=Q(from_week=None) | Q(from_week__range=(1, WEEKS.most), only_week=None),
                name="check_from_week",
            ),
            models.CheckConstraint(
                condition=Q(moved_week=None, moved_to=None)
                | Q(
                    moved_week__isnull=False,
                    moved_to__isnull=False,
                    moved_week__range=(1, WEEKS.most),
                    moved_to__range=(0, 6),
                ),
                name="check_moved_day",
            ),
            models.CheckConstraint(
                condition=Q(position_in_week=None) | Q(position_in_week__gte=1), name="check_position_in_week"
            ),
            models.CheckConstraint(
                condition=Q(minutes_at_most=None) | Q(minutes_at_most__range=MINUTES.ends),
                name="check_minutes_at_most",
            ),
            # Logs refer to it by a composite foreign key, so that a log and its workout have the same mesocycle.
            models.UniqueConstraint(fields=["id", "mesocycle"], name="workouts_id_mesocycle_key"),
        ]
        indexes = [
            Index(fields=["mesocycle"], name="idx_workouts_mesocycle_id"),
            Index(fields=["day_of_week"], name="idx_workouts_day_of_week"),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def place(self) -> tuple[float, int]:
        """The sort key in the week: its position, then its age."""
        return (inf if self.position_in_week is None else self.position_in_week), self.id

    @property
    def is_of_plan(self) -> bool:
        """Whether the workout is trained every week: neither retired nor an extra session."""
        return self.retired_at is None and self.only_week is None

    @property
    def first_week(self) -> int:
        return self.only_week or self.from_week or 1

    def occurs_in(self, week: int) -> bool:
        return week == self.only_week if self.only_week else week >= self.first_week

    def day_in(self, week: int) -> int | None:
        """Returns the weekday planned for `week`, 0 = Monday; None without one."""
        return self.moved_to if week == self.moved_week else self.day_of_week

    def is_named_after(self, day: date) -> bool:
        """Whether the name is that of `name_after`."""
        return self.name == _title_of(day) or self.name.startswith(f"{_title_of(day)} (")

    def name_after(self, day: date) -> None:
        """Sets the name, the weekday and the position of a session without a plan. A second one of the same day gets a
        number."""
        others = self.mesocycle.workouts.filter(only_week=self.only_week).exclude(id=self.id)
        taken = set(others.values_list("name", flat=True))
        titles = (f"{_title_of(day)} ({number})" if number > 1 else _title_of(day) for number in count(1))
        self.name = next(title for title in titles if title not in taken)
        self.day_of_week, self.position_in_week = day.weekday(), day.weekday() + 1

    @property
    def weekday(self) -> str:
        """The name of its day, "Monday" to "Sunday"; "" where the workout has no day of its own."""
        return "" if self.day_of_week is None else calendar.day_name[self.day_of_week]


def _title_of(day: date) -> str:
    return f"{day:%A}, {day.day} {day:%B}"


class WorkoutExerciseQuerySet(models.QuerySet):
    def with_settings_of(self, user) -> "WorkoutExerciseQuerySet":
        """Reads each slot with its exercise and, as `own`, the user's settings for it (None: the library's hold)."""
        own = FilteredRelation("exercise__settings", condition=Q(exercise__settings__user=user))
        return self.annotate(own=own).select_related("exercise", "own")


# A slot does not know what its exercise counts, so that the range may be as wide as that of a hold.
COUNTED = (BOUNDS["reps"].least, BOUNDS["seconds"].most)


class WorkoutExercise(Timestamped):
    """A slot: one exercise in one workout, with what the lifter planned for it."""

    workout = models.ForeignKey(Workout, models.DB_CASCADE, related_name="slots", db_index=False)
    exercise = models.ForeignKey(Exercise, models.DB_CASCADE, related_name="slots", db_index=False)
    position = models.IntegerField()
    target_sets = models.IntegerField(default=3, db_default=3)
    target_reps_min = models.IntegerField(null=True, blank=True)
    target_reps_max = models.IntegerField(null=True, blank=True)
    target_weight = models.DecimalField(max_digits=6, decimal_places=2, null=True, blank=True)
    target_rir = models.IntegerField("RIR floor", null=True, blank=True)
    unit = models.CharField(max_length=2, choices=Unit, null=True, blank=True)
    superset = models.PositiveSmallIntegerField(null=True, blank=True)
    notes = models.TextField(null=True, blank=True)

    own: ExerciseSettings | None = None  # the lifter's settings, after `with_settings_of`

    objects = WorkoutExerciseQuerySet.as_manager()

    class Meta:
        db_table = "workout_exercises"
        ordering = ["position", "id"]
        constraints = [
            models.UniqueConstraint(fields=["workout", "exercise"], name="unique_workout_exercise"),
            models.CheckConstraint(condition=Q(target_sets__range=SETS.ends), name="check_target_sets"),
            models.CheckConstraint(condition=Q(position__gte=0), name="check_position"),
            models.CheckConstraint(
                condition=Q(target_reps_min=None) | Q(target_reps_min__range=COUNTED),
                name="check_target_reps_min",
            ),
            models.CheckConstraint(
                condition=Q(target_reps_max=None) | Q(target_reps_max__range=COUNTED),
                name="check_target_reps_max",
            ),
            models.CheckConstraint(
                condition=Q(target_reps_min=None)
                | Q(target_reps_max=None)
                | Q(target_reps_max__gte=F("target_reps_min")),
                name="check_target_reps",
            ),
            models.CheckConstraint(
                # The upper bound keeps NaN out, which PostgreSQL holds greater than every number.
                condition=Q(target_weight=None) | Q(target_weight__gte=0, target_weight__lte="9999.99"),
                name="check_target_weight",
            ),
            models.CheckConstraint(
                # Wider than the bound RIR, because the version before may write such values.
                condition=Q(target_rir=None) | Q(target_rir__range=(0, 10)),
                name="check_target_rir",
            ),
            models.CheckConstraint(
                condition=Q(unit=None) | Q(unit__in=Unit.values), name="check_workout_exercise_unit"
            ),
        ]
        indexes = [
            Index(fields=["exercise"], name="idx_workout_exercises_exercise_id"),
            Index(fields=["workout", "position"], name="idx_workout_exercises_position"),
        ]

    def __str__(self) -> str:
        return f"{self.exercise} in {self.workout}"
