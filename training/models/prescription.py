"""What the engine asked, and why. Rows are only ever added; a newer one supersedes."""

import math

from django.db import models
from django.db.models import F, Q

from exercises.models import Exercise, Loading
from metricgain.database import Index
from metricgain.numbers import plain
from metricgain.users.models import Unit
from training.models.mesocycle import MAX_WEEKS
from training.models.workout import MAX_SETS, Workout
from training.progression import Reason, sentence


class PrescriptionQuerySet(models.QuerySet):
    def current(self) -> "PrescriptionQuerySet":
        return self.filter(superseded_at=None)


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

    objects = PrescriptionQuerySet.as_manager()

    class Meta:
        db_table = "prescriptions"
        constraints = [
            models.UniqueConstraint(
                fields=["workout", "week_number", "exercise"],
                condition=Q(superseded_at=None),
                name="one_current_prescription",
            ),
            models.CheckConstraint(condition=Q(week_number__range=(1, MAX_WEEKS)), name="check_prescription_week"),
            models.CheckConstraint(condition=Q(sets__range=(1, MAX_SETS)), name="check_prescription_sets"),
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

    def target_reps(self, order: int) -> int:
        """Reps asked of the set at place `order` (1, 2, 3...): they fall from set to set, to `reps_lo` at least."""
        return max(self.reps_lo, math.floor(self.reps - self.drop * (order - 1)))

    @property
    def target(self) -> str:
        """As the lifter reads it: "3 sets · 100 kg × 8–10 @ 2 RIR"."""
        sets = "1 set" if self.sets == 1 else f"{self.sets} sets"
        return f"{sets} · {self.load_and_reps} @ {'4+' if self.rir is None else self.rir} RIR"

    @property
    def load_and_reps(self) -> str:
        """ "100 kg × 8–10"; "8–10 reps" where there is no weight to name."""
        reps = f"{self.reps}" if self.reps == self.reps_lo else f"{self.reps_lo}–{self.reps}"
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
