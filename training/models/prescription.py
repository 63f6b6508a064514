"""What the engine asked, and why. Rows are only added; a newer row supersedes the older one."""

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
from training.models.workout import Workout, WorkoutExercise
from training.progression import Grid, Reason, is_about_sets, is_of_muscle, sentence, told_of_muscle

# Values of `by` and `scope` in the `inputs` of a row that the lifter chose.
LIFTER = "lifter"
TODAY, FROM_NOW_ON = "today", "from_now_on"
# The keys in `inputs` that a copy of a row keeps: by which rep range, grid and bias of the RIR it was made.
MADE_BY = ("lo", "hi", "grid", "bias")
# The key in `inputs` that says that the superset of a row was chosen for its session alone.
PAIRED = "paired"
# The key in `inputs` that says which session a row of week 1 was made from: {"mesocycle", "workout", "week"}.
PARENT = "parent"


class PrescriptionQuerySet(models.QuerySet):
    def current(self) -> "PrescriptionQuerySet":
        return self.filter(superseded_at=None)

    def begun(self) -> "PrescriptionQuerySet":
        """Keeps prescriptions whose muscle group already has a set in the session."""
        sets = Prescription.logged_sets.rel.related_model._default_manager.filter(
            workout_log__workout=OuterRef("workout"),
            workout_log__week_number=OuterRef("week_number"),
            exercise__muscle_group=OuterRef("exercise__muscle_group"),
        )
        return self.filter(Exists(sets))

    def beside_the_plan(self) -> "PrescriptionQuerySet":
        """Reads with each row whether its exercise is in the plan of its workout, and the mark that it has there."""
        slots = WorkoutExercise.objects.filter(workout=OuterRef("workout"), exercise=OuterRef("exercise"))
        return self.annotate(in_plan=Exists(slots), plan_superset=Subquery(slots.values("superset")[:1]))

    def with_settings_of(self, user_id: int) -> "PrescriptionQuerySet":
        """Reads each row with its exercise and, as `own`, the user's settings for it (None: the library's hold)."""
        own = FilteredRelation("exercise__settings", condition=Q(exercise__settings__user=user_id))
        return self.annotate(own=own).select_related("exercise", "own")


@final
class Prescription(models.Model):
    class Kind(models.TextChoices):
        NORMAL = "normal", "Normal"
        RECOVERY = "recovery", "Recovery"
        DELOAD = "deload", "Deload"

    EASY = (Kind.DELOAD.value, Kind.RECOVERY.value)  # the kinds that test no strength

    workout = models.ForeignKey(Workout, models.DB_CASCADE, related_name="prescriptions", db_index=False)
    week_number = models.IntegerField()
    exercise = models.ForeignKey(Exercise, models.DB_CASCADE, related_name="prescriptions")
    position = models.IntegerField()
    sets = models.IntegerField()
    reps = models.IntegerField()  # of set 1
    reps_lo = models.IntegerField()  # of the last set
    drop = models.DecimalField(max_digits=4, decimal_places=2)  # reps fewer from set to set
    seconds = models.PositiveSmallIntegerField(null=True)  # of each set of a hold, whose reps are then 1
    weight = models.DecimalField(max_digits=6, decimal_places=2, null=True)  # null = ask the lifter
    unit = models.CharField(max_length=2, choices=Unit)
    rir = models.IntegerField(null=True)  # null = deload
    superset = models.PositiveSmallIntegerField(null=True)  # as of a slot; rows that share it are done in turn
    open = models.BooleanField(default=False, db_default=False)  # set 1 asks for as many reps as the lifter has
    kind = models.CharField(max_length=20, choices=Kind, default=Kind.NORMAL, db_default=Kind.NORMAL)
    reasons = models.JSONField(default=list)  # [{"code": ..., parameters}], the strongest first
    inputs = models.JSONField(default=dict)  # what the engine was given, to check any number later
    engine_version = models.CharField(max_length=20)
    config_hash = models.CharField(max_length=64)
    replaces = models.ForeignKey("self", models.DB_SET_NULL, null=True, related_name="replaced_by")
    created_at = models.DateTimeField(db_default=models.functions.Now())
    superseded_at = models.DateTimeField(null=True)  # the only column written later

    own: ExerciseSettings | None = None  # the lifter's settings, after `with_settings_of`
    plan_note: str | None = None  # of its slot in the plan, on the page of a session
    in_plan: bool  # after `beside_the_plan`, and so the next
    plan_superset: int | None
    muscle: str  # on a row that the engine has just made

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
            models.CheckConstraint(condition=Q(seconds=None) | Q(reps=1, reps_lo=1), name="check_prescription_seconds"),
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
        """Whether the lifter chose this row for its session alone. The next week then builds on the row before it."""
        return self.is_by_lifter and self.inputs.get("scope") == TODAY

    def take_place_of(self, other: "Prescription") -> None:
        """Puts this row, which is not stored yet, where `other` stands: at its position, in its superset."""
        self.position, self.superset = other.position, other.superset
        paired = {PAIRED: other.inputs[PAIRED]} if PAIRED in other.inputs else {}
        self.inputs = {key: value for key, value in self.inputs.items() if key != PAIRED} | paired

    def is_planned_in(self, slot) -> bool:
        """Whether the slot still asks for the sets and weight of this row. The lifter may have changed it since."""
        return (self.sets, self.weight) == (slot.target_sets, slot.target_weight)

    def target_reps(self, order: int) -> int:
        """Returns the reps asked of set number `order` (1, 2, 3...). They fall from set to set, but not below
        `reps_lo`. Of a hold it returns the seconds, which do not."""
        if self.seconds is not None:
            return self.seconds
        return max(self.reps_lo, math.floor(self.reps - self.drop * (order - 1)))

    @property
    def grid(self) -> Grid | None:
        """The grid on which the row was made. None on old rows, which did not store it."""
        stored = self.inputs.get("grid")
        return Grid.from_dict(stored) if stored else None

    @property
    def target(self) -> str:
        """The target as the lifter reads it: "3 sets · 100 kg × 8–10 @ 2 RIR"."""
        sets = "1 set" if self.sets == 1 else f"{self.sets} sets"
        effort = "" if self.exercise.is_hold else f" @ {'4+' if self.rir is None else self.rir} RIR"
        return f"{sets} · {self.load_and_reps}{effort}"

    @property
    def load_and_reps(self) -> str:
        """ "100 kg × 8–10"; "8–10 reps" where there is no weight to show. Of a hold: "+10 kg × 45 s", "45 s"; with
        one side after the other: "45 s a side"."""
        side = " a side" if self.exercise.unilateral else ""
        reps = span(self.reps_lo, self.reps) + side
        alone = f"{span(self.reps_lo, self.reps)} reps{side}"
        if self.exercise.is_hold:
            reps = alone = f"{self.target_reps(1)} s{side}"
        match self.exercise.loading:
            case _ if self.weight is None:
                return alone
            case Loading.BODYWEIGHT:
                return alone
            case Loading.ADDED:
                return alone if not self.weight else f"+{plain(self.weight)} {self.unit} × {reps}"
            case Loading.ASSISTED:
                return f"{plain(self.weight)} {self.unit} help × {reps}"
            case _:
                return f"{plain(self.weight)} {self.unit} × {reps}"

    @property
    def sentences(self) -> list[str]:
        """The sentences of its reasons, the strongest first."""
        return [sentence(one) for one in self._told]

    @property
    def sentences_of_exercise(self) -> list[str]:
        """Its sentences without that of the muscle, which a page tells once for all exercises of the muscle."""
        return [sentence(one) for one in self._told if not is_of_muscle(one)]

    @property
    def sentence_of_muscle(self) -> str:
        """Why the sets of its muscle are as they are; "" where single exercises gained or lost a set."""
        return next((sentence(told_of_muscle(one)) for one in self._told if is_of_muscle(one)), "")

    @property
    def _told(self) -> list[Reason]:
        return [Reason.from_dict(reason) for reason in self.reasons]

    def carries(self, code: str) -> bool:
        return any(reason["code"] == code for reason in self.reasons)

    def sentence_of(self, code: str) -> str:
        """Returns the sentence of one reason, or "" where the row does not carry it."""
        found = (one for one in self.reasons if one["code"] == code)
        return next((sentence(Reason.from_dict(one)) for one in found), "")

    def why(self, *, about_sets: bool) -> str:
        """Returns the sentence of the strongest reason for its sets, or for its weight and reps; "" without one."""
        return next((sentence(one) for one in self._told if is_about_sets(one.code) == about_sets), "")
