"""What the engine asked, and why. Rows are only ever added; a newer one supersedes."""

import math
from typing import final

from django.db import models
from django.db.models import Exists, F, FilteredRelation, OuterRef, Q, Subquery

from exercises.models import Exercise, ExerciseSettings, Loading
from metricgain.bounds import span
from metricgain.database import Index
from metricgain.numbers import plain
from metricgain.users.models import Unit
from training.models.bounds import SETS, WEEKS
from training.models.workout import Workout
from training.progression import Grid, Reason, is_about_sets, sentence

# Who chose a row, and for how long: kept in its `inputs`.
LIFTER = "lifter"
TODAY, FROM_NOW_ON = "today", "from_now_on"
# Where a row of a first week was worked out from: {"mesocycle", "workout", "week"}, in its `inputs`.
PARENT = "parent"


class PrescriptionQuerySet(models.QuerySet):
    def current(self) -> "PrescriptionQuerySet":
        return self.filter(superseded_at=None)

    def begun(self) -> "PrescriptionQuerySet":
        """Those whose muscle has a set in their session."""
        sets = Prescription.logged_sets.rel.related_model._default_manager.filter(
            workout_log__workout=OuterRef("workout"),
            workout_log__week_number=OuterRef("week_number"),
            exercise__muscle_group=OuterRef("exercise__muscle_group"),
        )
        return self.filter(Exists(sets))

    def with_settings_of(self, user_id: int) -> "PrescriptionQuerySet":
        """Each with its exercise, and as `own` how the user does that exercise (None: as the library says)."""
        own = FilteredRelation("exercise__settings", condition=Q(exercise__settings__user=user_id))
        return self.annotate(own=own).select_related("exercise", "own")

    def with_plan_notes(self) -> "PrescriptionQuerySet":
        """Each with what its slot of the plan says of it as `plan_note`."""
        slots = Workout.slots.rel.related_model._default_manager.filter(
            workout=OuterRef("workout"), exercise=OuterRef("exercise")
        )
        return self.annotate(plan_note=Subquery(slots.values("notes")[:1]))


@final
class Prescription(models.Model):
    class Kind(models.TextChoices):
        NORMAL = "normal", "Normal"
        RECOVERY = "recovery", "Recovery"
        DELOAD = "deload", "Deload"

    workout = models.ForeignKey(Workout, models.DB_CASCADE, related_name="prescriptions", db_index=False)
    week_number = models.IntegerField()
    exercise = models.ForeignKey(Exercise, models.DB_CASCADE, related_name="prescriptions")
    position = models.IntegerField()
    sets = models.IntegerField()
    reps = models.IntegerField()  # of set 1
    reps_lo = models.IntegerField()  # of the last set
    drop = models.DecimalField(max_digits=4, decimal_places=2)  # reps lost from set to set
    weight = models.DecimalField(max_digits=6, decimal_places=2, null=True)  # null = ask the lifter
    unit = models.CharField(max_length=2, choices=Unit)
    rir = models.IntegerField(null=True)  # null = deload
    kind = models.CharField(max_length=20, choices=Kind, default=Kind.NORMAL, db_default=Kind.NORMAL)
    reasons = models.JSONField(default=list)  # [{"code": ..., parameters}], the strongest first
    inputs = models.JSONField(default=dict)  # what the engine was given, to check any number later
    engine_version = models.CharField(max_length=20)
    config_hash = models.CharField(max_length=64)
    replaces = models.ForeignKey("self", models.DB_SET_NULL, null=True, related_name="replaced_by")
    created_at = models.DateTimeField(db_default=models.functions.Now())
    superseded_at = models.DateTimeField(null=True)  # the only column written later

    own: ExerciseSettings | None = None  # the lifter's, where read `with_settings_of` and there are any
    plan_note: str | None = None  # where read `with_plan_notes` and there is one
    in_plan: bool  # where read for the changes that last
    muscle: str  # this and the next three where read `for_engine`
    chosen_by: str | None
    chosen_for: str | None
    stands_for: int | None

    objects = PrescriptionQuerySet.as_manager()

    class Meta:
        db_table = "prescriptions"
        constraints = [
            models.UniqueConstraint(
                fields=["workout", "week_number", "exercise"],
                condition=Q(superseded_at=None),
                name="one_current_prescription",
            ),
            models.CheckConstraint(condition=Q(week_number__range=(1, WEEKS.most)), name="check_prescription_week"),
            models.CheckConstraint(condition=Q(sets__range=SETS.ends), name="check_prescription_sets"),
            models.CheckConstraint(
                condition=Q(reps_lo__gte=0, reps__gte=F("reps_lo"), reps__lte=9999),
                name="check_prescription_reps",
            ),
            models.CheckConstraint(condition=Q(drop__gte=0, drop__lte=10), name="check_prescription_drop"),
            models.CheckConstraint(
                condition=Q(weight=None) | Q(weight__gte=0, weight__lte="9999.99"),
                name="check_prescription_weight",
            ),
            models.CheckConstraint(condition=Q(unit__in=Unit.values), name="check_prescription_unit"),
            models.CheckConstraint(condition=Q(rir=None) | Q(rir__range=(0, 10)), name="check_prescription_rir"),
            models.CheckConstraint(
                condition=Q(kind__in=["normal", "recovery", "deload"]), name="check_prescription_kind"
            ),
        ]
        indexes = [Index(fields=["workout", "week_number", "exercise"], name="idx_prescriptions_address")]

    def __str__(self) -> str:
        return self.target

    @property
    def address(self) -> tuple[int, int, int]:
        """(workout, week, exercise)."""
        return self.workout_id, self.week_number, self.exercise_id

    @property
    def is_by_lifter(self) -> bool:
        return self.inputs.get("by") == LIFTER

    @property
    def is_for_today(self) -> bool:
        """Whether the lifter chose it for that session alone: next week goes on from what stood before."""
        return self.is_by_lifter and self.inputs.get("scope") == TODAY

    def is_planned_in(self, slot) -> bool:
        """Whether the plan still asks what this row did; the lifter may have changed it since."""
        return (self.sets, self.weight) == (slot.target_sets, slot.target_weight)

    def target_reps(self, order: int) -> int:
        """Reps asked of the set at place `order` (1, 2, 3...): they fall from set to set, to `reps_lo` at least."""
        return max(self.reps_lo, math.floor(self.reps - self.drop * (order - 1)))

    @property
    def grid(self) -> Grid | None:
        """The weights there were when it was asked; None on rows that did not keep them yet."""
        stored = self.inputs.get("grid")
        return Grid.from_dict(stored) if stored else None

    @property
    def target(self) -> str:
        """As the lifter reads it: "3 sets · 100 kg × 8–10 @ 2 RIR"."""
        sets = "1 set" if self.sets == 1 else f"{self.sets} sets"
        return f"{sets} · {self.load_and_reps} @ {'4+' if self.rir is None else self.rir} RIR"

    @property
    def load_and_reps(self) -> str:
        """ "100 kg × 8–10"; "8–10 reps" where there is no weight to name."""
        reps = span(self.reps_lo, self.reps)
        match self.exercise.loading:
            case _ if self.weight is None:
                return f"{reps} reps"
            case Loading.BODYWEIGHT:
                return f"{reps} reps"
            case Loading.ADDED:
                return f"{reps} reps" if not self.weight else f"+{plain(self.weight)} {self.unit} × {reps}"
            case Loading.ASSISTED:
                return f"{plain(self.weight)} {self.unit} help × {reps}"
            case _:
                return f"{plain(self.weight)} {self.unit} × {reps}"

    @property
    def sentences(self) -> list[str]:
        """Why, in words, the strongest reason first."""
        return [sentence(Reason.from_dict(reason)) for reason in self.reasons]

    def carries(self, code: str) -> bool:
        return any(reason["code"] == code for reason in self.reasons)

    def sentence_of(self, code: str) -> str:
        """The sentence of one reason; empty where the row does not carry it."""
        found = (one for one in self.reasons if one["code"] == code)
        return next((sentence(Reason.from_dict(one)) for one in found), "")

    def why(self, *, about_sets: bool) -> str:
        """The strongest reason for its sets, or for its weight and reps; empty where there is none."""
        return strongest_reason(self.reasons, about_sets=about_sets)


def strongest_reason(reasons: list[dict], *, about_sets: bool) -> str:
    """In words, among those about sets or the others; empty where there is none."""
    found = (one for one in reasons if is_about_sets(one["code"]) == about_sets)
    return next((sentence(Reason.from_dict(one)) for one in found), "")
